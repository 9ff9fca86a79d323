// Where a case stands on the way of its own table: what lies behind it, where it is, and the shortest way from there to
// the end that it was begun for. Read from the table the case was submitted under, so that every way is drawn by the same
// rule: a detour that was walked back (a correction that was made, an objection that was dismissed) is no station any
// more, only a count on the station it led back to.
import type { Day } from '../calendar/index.ts'
import { clockOf, type Actor, type Clock, type Transition, type Workflow } from './workflow.ts'

export interface Visit {
  readonly state: string
  readonly on: Day
}

export interface Station {
  readonly state: string
  readonly phase: 'done' | 'current' | 'stopped' | 'ahead'
  /** the last day on which it was entered; null for what is ahead */
  readonly reachedOn: Day | null
  /** who must act there; null at an end */
  readonly awaited: Actor | null
  readonly limit: Clock['limit']
  /** of a case that several tiers review */
  readonly tier: Clock['tier']
  /** how often the case left it for a detour and came back */
  readonly returns: number
}

/** Ends that no case is begun for. Every other state without a way out is a good end. */
export const STOPS: ReadonlySet<string> = new Set(['refused', 'withdrawn', 'failed', 'lapsed'])

/**
 * @param startedOn the day the case was begun, in the table's first state
 * @param visits the states it entered since, in order
 */
export function stationsOf(workflow: Workflow, startedOn: Day, visits: readonly Visit[]): readonly Station[] {
  const walked: { state: string; on: Day; returns: number }[] = []
  for (const { state, on } of [{ state: workflow.initial, on: startedOn }, ...visits]) {
    // an act that changes no state is no detour
    if (walked.at(-1)?.state === state) continue
    const before = walked.findIndex((each) => each.state === state)
    const returns = before === -1 ? 0 : walked[before]!.returns + 1
    if (before !== -1) walked.length = before
    walked.push({ state, on, returns })
  }
  const here = walked.at(-1)!.state
  const ahead = wayToGoodEnd(workflow, here)
  const states = [...walked.map(({ state }) => state), ...ahead]
  return states.map((state, index) => {
    const passed = walked[index]
    return {
      state,
      phase: passed === undefined ? 'ahead' : phaseOf(workflow, here, state),
      reachedOn: passed?.on ?? null,
      awaited: awaitedIn(workflow, state, states[index + 1]),
      limit: clockOf(workflow, state)?.limit ?? null,
      tier: clockOf(workflow, state)?.tier,
      returns: passed?.returns ?? 0,
    }
  })
}

/** The states after this one on the shortest way to a good end, that end included; nothing from an end: an appeal may lead
 * on from there, and nobody counts on it. */
export function wayToGoodEnd(workflow: Workflow, from: string): readonly string[] {
  if (STOPS.has(from)) return []
  const reached = new Map<string, readonly string[]>([[from, []]])
  for (const [state, way] of reached) {
    if (STOPS.has(state)) continue
    const onwards = leaving(workflow, state)
    if (onwards.length === 0) return way
    for (const { to } of onwards) if (!reached.has(to)) reached.set(to, [...way, to])
  }
  return []
}

function phaseOf(workflow: Workflow, here: string, state: string): Station['phase'] {
  if (state !== here) return 'done'
  if (STOPS.has(state)) return 'stopped'
  return leaving(workflow, state).length === 0 ? 'done' : 'current'
}

function awaitedIn(workflow: Workflow, state: string, next: string | undefined): Actor | null {
  const onwards = leaving(workflow, state)
  if (onwards.length === 0 || STOPS.has(state)) return null
  return clockOf(workflow, state)?.awaited ?? onwards.find(({ to }) => to === next)?.role ?? null
}

/** What leads onwards: a correction of an amount, or money that the bank sends back, opens an end again, and no case is
 * begun for that. */
function leaving(workflow: Workflow, state: string): readonly Transition[] {
  return workflow.transitions.filter(
    ({ from, event }) => from === state && !event.startsWith('correct') && event !== 'return_payment',
  )
}
