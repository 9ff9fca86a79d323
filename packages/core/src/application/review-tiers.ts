// 分级审核 and 复核: the same table with more lines. A programme names who reviews, one tier after the other; the first
// tier examines what was submitted, the last one decides, every tier above the first may send back to the one below, and
// each may ask the firm for a correction, after which the first tier looks at the whole again. Where the authority hears
// appeals, a refusal or a reduced award can be looked at once more by somebody else. A table that gains lines is version 2;
// without tiers and appeals it stays as it was.
import type { ReviewTier } from '../policy/index.ts'
import { transitions, type Actor, type Clock, type Transition, type Workflow } from './workflow.ts'

/** Who may act in a tier. */
export const tierActors: Readonly<Record<ReviewTier, Actor>> = {
  district: 'district_reviewer',
  city: 'city_reviewer',
  finance: 'finance',
}

export interface ReviewPlan {
  /** in order; one or none: any reviewer, as the table has it */
  readonly tiers: readonly ReviewTier[]
  readonly appeals: boolean
}

/** The state in which a tier has the case: what was submitted is with the first one. */
export function tierState(tier: ReviewTier, position: number): string {
  return position === 0 ? 'submitted' : `review_${tier}`
}

/** An application's table as its programme reviews. */
export function reviewedTable(base: Workflow, { tiers, appeals }: ReviewPlan): Workflow {
  if (tiers.length < 2 && !appeals) return base
  const tiered = tiers.length < 2 ? base : withTiers(base, tiers)
  const appealed = appeals ? withAppeals(tiered) : tiered
  return { ...withHearing(appealed), version: 2 }
}

function withTiers(base: Workflow, tiers: readonly ReviewTier[]): Workflow {
  const first = 'submitted'
  const states = tiers.map(tierState)
  const actors = tiers.map((tier) => tierActors[tier])
  const last = tiers.length - 1
  // a refusal is the last reviewers' to give: the treasury countersigns what is granted
  const refusing = tiers.findLastIndex((tier) => tier !== 'finance')
  const decided = base.transitions.flatMap((each): readonly Transition[] => {
    if (each.from !== first || each.role !== 'reviewer') {
      return each.from === first && each.event === 'withdraw'
        ? states.map((from) => ({ ...each, from }))
        : [each]
    }
    if (each.event === 'request_correction')
      return states.map((from, tier) => ({ ...each, from, role: actors[tier]! }))
    const at = each.event === 'refuse' ? refusing : last
    return [{ ...each, from: states[at]!, role: actors[at]! }]
  })
  const steps = states.slice(1).flatMap((state, below): readonly Transition[] => [
    { from: states[below]!, event: 'endorse', role: actors[below]!, to: state },
    { from: state, event: 'send_back', role: actors[below + 1]!, to: states[below]! },
  ])
  const clocks = base.clocks.flatMap((clock): readonly Clock[] =>
    clock.state === first
      ? states.map((state, tier) => ({
          ...clock,
          state,
          tier: tiers[tier]!,
          awaited: actors[tier] === 'finance' ? 'finance' : 'reviewer',
        }))
      : [clock],
  )
  return { ...base, transitions: [...decided, ...steps], clocks }
}

/** `appealed`: nothing is reserved any more; `contested`: the reduced award stays reserved until it is decided. */
function withAppeals(base: Workflow): Workflow {
  const lines = transitions(`
    refused -lodge_appeal(clerk)-> appealed
    appealed -affirm(reviewer)-> refused
    appealed -change(reviewer)-> proposed
    appealed -change_waiting(reviewer)-> waiting
    appealed -remand(reviewer)-> submitted
    appealed -withdraw_appeal(clerk)-> refused
    proposed -lodge_appeal(clerk)-> contested
    announced -lodge_appeal(clerk)-> contested
    contested -affirm(reviewer)-> proposed
    contested -change(reviewer)-> proposed
    contested -change_waiting(reviewer)-> waiting
    contested -remand(reviewer)-> submitted
    contested -withdraw_appeal(clerk)-> proposed
    contested -withdraw(clerk)-> withdrawn
  `)
  return {
    ...base,
    transitions: [...base.transitions, ...lines],
    clocks: [...base.clocks, ...appealClocks],
  }
}

const appealClocks: readonly Clock[] = [
  { state: 'appealed', awaited: 'reviewer', limit: 'appeal' },
  { state: 'contested', awaited: 'reviewer', limit: 'appeal' },
]

/** 听取申辩: before an objection is decided the firm may be asked what it says to it; the office's clock waits for it. */
function withHearing(base: Workflow): Workflow {
  const lines = transitions(`
    objected -hear(reviewer)-> hearing
    hearing -explain(clerk)-> objected
    hearing -unheard(system)-> objected
    hearing -withdraw(clerk)-> withdrawn
  `)
  const clock: Clock = { state: 'hearing', awaited: 'clerk', limit: 'correction' }
  return { ...base, transitions: [...base.transitions, ...lines], clocks: [...base.clocks, clock] }
}

/** A claim that was refused can be looked at once more where its hold can be made again. */
export function withClaimAppeals(base: Workflow): Workflow {
  const lines = transitions(`
    refused -lodge_appeal(clerk)-> appealed
    appealed -affirm(reviewer)-> refused
    appealed -change(reviewer)-> approved
    appealed -withdraw_appeal(clerk)-> refused
  `)
  const clock: Clock = { state: 'appealed', awaited: 'reviewer', limit: 'appeal' }
  return {
    ...base,
    version: 2,
    transitions: [...base.transitions, ...lines],
    clocks: [...base.clocks, clock],
  }
}

/** The tier that has a case now, by the table it runs under; null in one tier or outside review. */
export function tierOf(workflow: Workflow, state: string): ReviewTier | null {
  return workflow.clocks.find((clock) => clock.state === state)?.tier ?? null
}

/** The states in which a decision on an application is awaited, whichever tier has it. */
export const reviewStates = ['submitted', 'review_city', 'review_finance'] as const

/** The tiers of a table, in their order; empty where any reviewer decides. */
export function pathOf(workflow: Workflow): readonly ReviewTier[] {
  return reviewStates.flatMap((state) => tierOf(workflow, state) ?? [])
}
