// 争议: the steps of a dispute over a line, a shortfall or a month's total. The one who disputes may take it back until it is
// decided; what is upheld waits for the centre's corrected record, and the office closes it.
import { transitions, type Workflow } from './workflow.ts'

export const disputeTable: Workflow = {
  id: 'dispute',
  version: 1,
  initial: 'new',
  transitions: transitions(`
    new -open(clerk)-> opened
    new -open(provider)-> opened
    new -open(reviewer)-> opened
    opened -answer(clerk)-> answered
    opened -answer(provider)-> answered
    opened -lapse(system)-> answered
    opened -withdraw(clerk)-> withdrawn
    opened -withdraw(provider)-> withdrawn
    opened -withdraw(reviewer)-> withdrawn
    answered -withdraw(clerk)-> withdrawn
    answered -withdraw(provider)-> withdrawn
    answered -withdraw(reviewer)-> withdrawn
    answered -dismiss(reviewer)-> closed
    answered -ask_correction(reviewer)-> correcting
    correcting -close(reviewer)-> closed
  `),
  clocks: [
    { state: 'opened', awaited: 'provider', limit: null },
    { state: 'answered', awaited: 'reviewer', limit: null },
    { state: 'correcting', awaited: 'provider', limit: null },
  ],
}
