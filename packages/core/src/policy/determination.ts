// A determination (测算) as data: what was decided, by which clause, on which facts, step by step like a till receipt.
import type { Day } from '../calendar/index.ts'
import type { Fen } from '../money/index.ts'
import type { Counter, LegId, Text } from './programme.ts'
import type { Value } from './types.ts'

/** A fact as it comes in: money as fen or as text with its unit, a date as `YYYY-MM-DD`. */
export type FactValue = string | bigint | number | boolean | readonly string[]
export type Facts = Readonly<Record<string, FactValue>>

export type Verdict = true | false | 'unknown'

/** What was already used of a cap, by counter: fen, or a number of grants for a cap that counts. */
export type CapBalance = Readonly<Partial<Record<Counter, bigint>>>
export type Balances = Readonly<Record<string, CapBalance>>

export interface ConditionFinding {
  readonly id: string
  readonly verdict: Verdict
  readonly text: Text
  /** the reason, filled in; present when the verdict is false */
  readonly fail?: Text
  readonly cite?: string
  readonly basis: string
  readonly decidedBy: 'machine' | 'reviewer' | 'expert_panel'
  readonly evidence: readonly string[]
  /** every fact the condition reads and its value where known */
  readonly facts: Readonly<Record<string, Value | null>>
  readonly needed: readonly string[]
  /** why it could not be worked out although the facts are there (`division_by_zero`, `out_of_range`, …) */
  readonly failure?: string
}

/** One line of the receipt. `amount` is the amount after the step; null while it is unknown. */
export interface Step {
  readonly kind: 'base' | 'round' | 'leg' | 'rate' | 'cap' | 'within'
  readonly id: string
  readonly amount: Fen | null
  /** the amount before rounding, in fen as a fraction in lowest terms */
  readonly exact?: { readonly numerator: bigint; readonly denominator: bigint }
  /** the rate as a fraction in lowest terms, of a `rate` step */
  readonly rate?: { readonly numerator: bigint; readonly denominator: bigint }
  readonly rounding?: { readonly to: string; readonly mode: string }
  readonly limit?: bigint | null
  readonly used?: bigint
  /** false when no balance was handed in and nothing used was assumed */
  readonly balanceKnown?: boolean
  readonly headroom?: bigint | null
  readonly binding: boolean
  readonly text?: Text
  readonly cite?: string
  readonly basis?: string
  readonly needed?: readonly string[]
  readonly failure?: string
}

/** One cap account as the ledger must post it; equal keys are the same account. */
export interface CapAccount {
  readonly cap: string
  readonly counter: Counter
  readonly measure: 'fen' | 'count'
  /** the facts that name the subject (`applicant.uscc`), or `programme`, `award`, `group:x` */
  readonly subjects: readonly string[]
  /** their values joined by +: the credit code, the contract number; of `programme` the id of its adoption */
  readonly subjectKey: string
  /** the calendar year `2024`, or '' for the whole programme or contract */
  readonly periodKey: string
  /** `<jurisdiction>/<programme id>/<cap>/<counter>/<subjectKey>/<periodKey>`; / + % in a value are %-escaped */
  readonly key: string
  readonly limit: bigint
}

/** What the engine computed for one cap: the ledger posts `take` to `account` and asserts the same limit again. */
export interface Headroom {
  readonly account: CapAccount
  readonly used: bigint
  readonly balanceKnown: boolean
  readonly headroom: bigint
  /** the ceiling in fen, or 1 for a cap that counts */
  readonly take: bigint
}

/** `exhausted`: a cap or what is left of the voucher leaves nothing; `nothing`: the amount was zero before any limit */
export type Outcome = 'supported' | 'not_governed' | 'not_eligible' | 'exhausted' | 'nothing' | 'unknown'

export interface Determination {
  readonly kind: 'grant' | 'payment'
  readonly programme: { readonly id: string; readonly version: string }
  readonly award: string
  /** the adopting authority; null for a bare programme, which never decides */
  readonly authority: Text | null
  /** true only for an adopted programme whose outcome is not `unknown` */
  readonly decides: boolean
  readonly governed: {
    readonly verdict: Verdict
    readonly by: string
    readonly on: Day | null
    readonly from: Day
    readonly to: Day | null
    readonly cite?: string
  }
  readonly eligible: Verdict
  readonly outcome: Outcome
  readonly conditions: readonly ConditionFinding[]
  /** ids of all conditions that fail, never only the first */
  readonly failed: readonly string[]
  readonly steps: readonly Step[]
  readonly rateCase: string | null
  /** the most that may be approved, in fen (不超过): null while unknown, 0 when not supported */
  readonly ceilingFen: Fen | null
  /** the cap, leg or limit that cut the amount last */
  readonly binding: string | null
  readonly headrooms: readonly Headroom[]
  /** facts still needed, and adopted parameters as `p.name`; only those that still matter */
  readonly needed: readonly string[]
  /** of a payment: the legs the programme leaves out, with their reason */
  readonly leftOut: readonly { readonly id: LegId; readonly text: Text; readonly cite?: string }[]
}
