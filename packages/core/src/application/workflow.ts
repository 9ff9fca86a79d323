// A workflow is a table: from × event × role → to. What is not in the table is refused, for every role. The table is
// copied into an application when it is submitted, so that a later version never changes the rules of a running case.
import type { ReviewTier } from '../policy/index.ts'
import { accept, refuse, type Decision } from '../refusal.ts'

/** Who may cause an event; `system` is the tick, `public` anybody without signing in. */
export const actors = [
  'clerk',
  'reviewer',
  'district_reviewer',
  'city_reviewer',
  'finance',
  'provider',
  'public',
  'system',
] as const

export type Actor = (typeof actors)[number]

export interface Transition {
  readonly from: string
  readonly event: string
  readonly role: Actor
  readonly to: string
}

/** A state whose clock runs: which limit of the adoption counts, in working days, and who is awaited. */
export interface Clock {
  readonly state: string
  readonly awaited: Exclude<Actor, 'district_reviewer' | 'city_reviewer'>
  readonly limit:
    | 'review'
    | 'correction'
    | 'consent'
    | 'notice'
    | 'claim_review'
    | 'appeal'
    | 'agreement'
    | 'countersignature'
    | 'acceptance'
    | null
  /** of a case that several tiers review: which one has it */
  readonly tier?: ReviewTier | undefined
}

export interface Workflow {
  readonly id: string
  readonly version: number
  readonly initial: string
  readonly transitions: readonly Transition[]
  readonly clocks: readonly Clock[]
}

/**
 * The state after an event.
 * @returns the new state, or `application.transition_not_allowed` naming the state and the event
 */
export function advance(
  workflow: Workflow,
  from: string,
  event: string,
  role: Actor,
): Decision<string, 'application.transition_not_allowed'> {
  const found = workflow.transitions.find(
    (each) => each.from === from && each.event === event && each.role === role,
  )
  return found ? accept(found.to) : refuse('application.transition_not_allowed', { state: from, event })
}

/** As whom somebody who may be several causes an event: the first of them that the table names, else the last. */
export function actorFor(workflow: Workflow, from: string, event: string, roles: readonly Actor[]): Actor {
  const named = workflow.transitions.find(
    (each) => each.from === from && each.event === event && roles.includes(each.role),
  )
  return named?.role ?? roles.at(-1)!
}

/** The events that a role may cause now, for showing buttons: never a substitute for `advance`. */
export function allowedEvents(
  workflow: Workflow,
  from: string,
  roles: readonly Actor[],
): readonly Transition[] {
  return workflow.transitions.filter((each) => each.from === from && roles.includes(each.role))
}

export function statesOf(workflow: Workflow): readonly string[] {
  return [...new Set([workflow.initial, ...workflow.transitions.flatMap((each) => [each.from, each.to])])]
}

export function clockOf(workflow: Workflow, state: string): Clock | undefined {
  return workflow.clocks.find((each) => each.state === state)
}

/** Reads a table written as one line a transition: `from -event(role)-> to`. */
export function transitions(lines: string): readonly Transition[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => {
      const match = /^\s*(\w+) -(\w+)\((\w+)\)-> (\w+)\s*$/.exec(line)
      if (!match) throw new Error(`not a transition: ${line}`)
      return { from: match[1]!, event: match[2]!, role: match[3] as Actor, to: match[4]! }
    })
}
