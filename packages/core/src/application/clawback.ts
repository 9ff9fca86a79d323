// 撤销与追回: what was granted or paid wrongly is taken back by a decision of two people, after the firm was heard. 更正: an
// amount that was recorded wrongly is reversed and recorded right, by two people as well.
//
// The fine of the law is a range that is shown to whoever decides, never a result: 《财政违法行为处罚处分条例》第十四条 (`generalLaw`
// of policy, which pages do not load; a test holds the two to the same numbers), of
// money obtained by deception 10 to 50 per cent, of money used against the rules 10 to 30 per cent, and for the persons
// answerable 3,000 to 50,000 yuan.
import type { Fen } from '../money/index.ts'
import { transitions, type Workflow } from './workflow.ts'

export const clawbackTable: Workflow = {
  id: 'clawback',
  version: 1,
  initial: 'new',
  transitions: transitions(`
    new -propose(reviewer)-> hearing
    hearing -make_statement(clerk)-> heard
    hearing -make_statement(provider)-> heard
    hearing -lapse(system)-> heard
    hearing -drop(reviewer)-> dropped
    heard -drop(reviewer)-> dropped
    heard -demand(reviewer)-> owed
    heard -revoke(reviewer)-> settled
    owed -settle(finance)-> settled
    owed -annul(reviewer)-> cancelled
    owed -annul_recovered(reviewer)-> refunding
    settled -annul(reviewer)-> cancelled
    settled -annul_recovered(reviewer)-> refunding
    refunding -refund(finance)-> cancelled
  `),
  clocks: [
    { state: 'hearing', awaited: 'clerk', limit: null },
    { state: 'heard', awaited: 'reviewer', limit: null },
    { state: 'owed', awaited: 'clerk', limit: null },
    { state: 'refunding', awaited: 'finance', limit: null },
  ],
}

export const rectificationTable: Workflow = {
  id: 'rectification',
  version: 1,
  initial: 'new',
  transitions: transitions(`
    new -propose(reviewer)-> proposed
    proposed -reject(reviewer)-> rejected
    proposed -rectify(reviewer)-> rectified
    proposed -demand(reviewer)-> returning
    returning -settle(finance)-> rectified
  `),
  clocks: [
    { state: 'proposed', awaited: 'reviewer', limit: null },
    { state: 'returning', awaited: 'clerk', limit: null },
  ],
}

/** Why something is taken back: obtained by deception, used against the rules, failed acceptance, never eligible. */
export const clawbackBases = ['fraud', 'misuse', 'acceptance_failed', 'ineligible'] as const

export type ClawbackBasis = (typeof clawbackBases)[number]

export interface FineRange {
  readonly leastFen: Fen
  readonly mostFen: Fen
}

const PER_CENT: Partial<Record<ClawbackBasis, readonly [least: bigint, most: bigint]>> = {
  fraud: [10n, 50n],
  misuse: [10n, 30n],
}

/** For each person answerable, in fen. */
export const PERSONAL_FINE: FineRange = { leastFen: 300_000n, mostFen: 5_000_000n }

/** What the law lets people choose from, in whole fen inside the range; null where it knows no fine. */
export function fineRange(basis: ClawbackBasis, takenFen: Fen): FineRange | null {
  const range = PER_CENT[basis]
  if (range === undefined || takenFen <= 0n) return null
  const [least, most] = range
  return { leastFen: (takenFen * least + 99n) / 100n, mostFen: (takenFen * most) / 100n }
}
