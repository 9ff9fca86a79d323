// A checked programme: what `checkProgramme` returns when the file has no error. Every rule, number and cap says where
// it comes from: a clause of a source (`cite`), or that it is assumed, or that it is an open question.
import type { Day } from '../calendar/index.ts'
import type { MoneyUnit, Rate, RoundingMode } from '../money/index.ts'
import type { FactsSchema } from './facts.ts'
import type { Expression, Place, Type, Value } from './types.ts'

/** A text of the programme in both languages. */
export interface Text {
  readonly zh: string
  readonly en: string
}

/** S0–S4 founding documents · A authority's own site · B official wording on a mirror · C third party · D news · K known · U unknown */
export type Grade = 'S0' | 'S1' | 'S2' | 'S3' | 'S4' | 'A' | 'B' | 'C' | 'D' | 'K' | 'U'

export interface Source {
  readonly id: string
  readonly kind: 'official' | 'press' | 'guide' | 'reply' | 'decision' | 'proposal'
  readonly grade: Grade
  readonly title: string
  readonly number?: string
  readonly issuer?: string
  readonly issuedOn?: Day
  readonly url?: string
  /** clause number → what it says, in our words */
  readonly clauses: Readonly<Record<string, Text>>
}

/** Where a rule comes from. `assumed` and `open` items must be answered by an adoption before the programme decides. */
export interface Provenance {
  /** `<source id>.<clause>` */
  readonly cite?: string
  readonly basis: 'cited' | 'derived' | 'assumed' | 'open' | 'decided'
  readonly note?: string
}

export interface Parameter extends Provenance {
  readonly name: string
  readonly type: Type
  readonly bound: 'exact' | 'at_most' | 'at_least'
  readonly label: Text
  /** ascending; null ends the parameter; empty while the question `question` is open */
  readonly values: readonly { readonly from: Day; readonly value: Value | null; readonly written: string }[]
  readonly question?: string
  readonly place: Place
}

export interface Definition extends Provenance {
  readonly name: string
  readonly is: Expression
  readonly text: Text
}

export interface Condition extends Provenance {
  readonly id: string
  readonly require: Expression
  readonly text: Text
  /** the reason shown when it fails; `{fact}` and `{p.parameter}` are filled in */
  readonly fail: Text
  readonly evidence: readonly string[]
  readonly decidedBy: 'machine' | 'reviewer' | 'expert_panel'
  readonly place: Place
}

export interface Rounding extends Provenance {
  readonly to: MoneyUnit
  readonly mode: RoundingMode
  /** rounds only when this holds */
  readonly when?: Expression
  readonly place: Place
}

export interface Amount extends Provenance {
  readonly is: Expression
  readonly text: Text
  readonly round?: Rounding
}

export interface RateRow extends Provenance {
  readonly id: string
  readonly when: Expression
  readonly value: Expression
  readonly place: Place
}

/** `default` unless exactly one exception holds, or one of the cases, which are disjoint and exhaustive. */
export interface RateRule extends Provenance {
  readonly default?: Expression
  readonly rows: readonly RateRow[]
  readonly place: Place
}

export type CapPeriod = 'contract' | 'calendar_year' | 'programme'
/** 申领 granted and 兑付 paid; `joint` when one counter takes both. */
export type Counter = 'granted' | 'paid' | 'joint'

export interface Cap extends Provenance {
  readonly id: string
  /** money, or a whole number for a cap that counts grants */
  readonly limit: Expression
  readonly measure: 'fen' | 'count'
  /** whose cap it is: facts that name the subject together, or `programme`, `award`, `group:<id>` */
  readonly subjects: readonly string[]
  readonly period: CapPeriod
  readonly counts: readonly ('granted' | 'paid')[]
  /** a choice of `each_of` (one counter each) or `joint` (one counter for all); without it, `each_of` */
  readonly reading?: Expression
  readonly text: Text
  readonly place: Place
}

export interface Award {
  readonly id: string
  readonly title: Text
  readonly per: string
  readonly eligibility: readonly Condition[]
  readonly base: Amount
  readonly rate?: RateRule
  readonly round: Rounding
  readonly caps: readonly Cap[]
  readonly group?: string
}

export type LegId = 'metered' | 'contract' | 'invoice' | 'payment'

/** 兑付: paid on the least of the legs, at the rate, within what the voucher still holds and the paid counters. */
export interface Redemption {
  readonly eligibility: readonly Condition[]
  readonly legs: readonly { readonly id: LegId; readonly is: Expression; readonly text: Text }[]
  /** legs the programme's text leaves out, each with its reason; shown on every claim */
  readonly leftOut: readonly ({ readonly id: LegId; readonly text: Text } & Provenance)[]
  readonly rate: RateRule
  readonly round: Rounding
  readonly within: readonly { readonly id: string; readonly is: Expression; readonly text: Text }[]
}

export interface Stage extends Provenance {
  readonly id: string
  readonly actor: string
  readonly text: Text
  /** an int expression: `within` is a time limit, `lasts` a duration */
  readonly within?: { readonly unit: 'workdays' | 'days'; readonly length: Expression }
  readonly lasts?: { readonly unit: 'workdays' | 'days'; readonly length: Expression }
  /** what no answer within the limit means, where somebody is asked */
  readonly silence?: Silence
  /** where what is granted is paid in parts: the part that this stage pays */
  readonly pays?: Expression
  /** the results of acceptance that pay it; without any it is paid when the project starts */
  readonly on?: readonly AcceptanceResult[]
}

/** 优秀、合格、不合格 */
export type AcceptanceResult = 'excellent' | 'qualified' | 'failed'

export type Silence = 'declines' | 'consents'

export interface Procedure {
  readonly way: 'W1' | 'W2' | 'W3' | 'W4' | 'W5' | 'W6'
  /** list<period>: when applications are taken */
  readonly windows?: Expression
  readonly stages: readonly Stage[]
  /** who reviews, one tier after the other; one tier of any reviewer when left out */
  readonly review?: readonly ReviewTier[]
}

export type ReviewTier = 'district' | 'city' | 'finance'

export interface VoucherRule extends Provenance {
  /** the fact that names the holder */
  readonly boundTo: string
  readonly transferable: false
  /** may be claimed in several parts */
  readonly inParts: boolean
  readonly usableUntil: Expression
  readonly claimsUntil?: Expression
  readonly onExpiry: 'return_to_pool'
}

/** A budget that bears part of every grant, such as province and city one to one. */
export interface FundingShare extends Provenance {
  readonly id: string
  readonly share: Rate
  readonly text: Text
}

/** 备用金: what providers that deduct at billing may have in hand before they claim. */
export interface ImprestTerms extends Provenance {
  /** of what was allotted to the programme, for all providers together */
  readonly share?: Expression
  /** of one provider */
  readonly amount?: Expression
  readonly beyond: 'claim' | 'refuse'
  /** after the last day on which a voucher is usable */
  readonly returnedWithin: NonNullable<Stage['within']>
}

export interface Allocation extends Provenance {
  readonly order: readonly { readonly by: Expression; readonly direction: 'ascending' | 'descending' }[]
  readonly whenShort: 'first_come' | 'prorata' | 'order_then_prorata' | 'order' | 'lottery'
}

export interface OpenQuestion {
  readonly id: string
  readonly ask: Text
  readonly blocks: 'in_force' | 'nothing'
  /** the parameters that its answer sets */
  readonly sets: readonly string[]
}

export interface Programme {
  readonly id: string
  readonly version: string
  readonly status: 'proposed' | 'draft' | 'reviewed' | 'closed'
  readonly title: Text
  /** six digits of GB/T 2260 */
  readonly jurisdiction: string
  readonly instrument: string
  /** with its own facts */
  readonly facts: FactsSchema
  readonly ownFacts?: Pick<FactsSchema, 'facts' | 'enumerations'>
  readonly sources: readonly Source[]
  readonly governs: Provenance & { readonly by: string; readonly from: Day; readonly to?: Day }
  readonly parameters: Readonly<Record<string, Parameter>>
  readonly definitions: Readonly<Record<string, Definition>>
  readonly eligibility: readonly Condition[]
  readonly awards: readonly Award[]
  readonly redemption?: Redemption
  /** who bears the money, where more than one budget does; the shares come to the whole */
  readonly funding?: readonly FundingShare[]
  readonly allocation?: Allocation
  readonly voucher?: VoucherRule
  readonly imprest?: ImprestTerms
  readonly documents: Readonly<Record<string, Text>>
  readonly procedure?: Procedure
  readonly openQuestions: readonly OpenQuestion[]
  /** what is assumed and not cited: dotted paths such as `awards.compute.round` */
  readonly assumptions: readonly string[]
  /** set by `adopt`: whose decision the programme is now */
  readonly adoption?: AdoptionRecord
}

/** One decision of the adopting authority: the value, where it is written down and who signed. */
export interface Answer {
  readonly value: string | readonly string[]
  readonly source: string
  readonly signedBy: string
}

export interface Adoption {
  readonly id: string
  /** `<programme id>@<version>` */
  readonly programme: string
  /** what the authority calls it; the measure's own title when it gives none */
  readonly title: Text | null
  readonly authority: Text
  /** six digits of GB/T 2260; with the districts it answers for */
  readonly jurisdiction: string
  readonly districts: readonly string[]
  readonly adoptedOn: Day
  /** by open question id or assumption path */
  readonly answers: Readonly<Record<string, Answer>>
  readonly parameters: Readonly<Record<string, Answer>>
  /** the days on which it governs here, where the authority decided them itself */
  readonly governs: GoverningDays | null
  /** how it runs review, appeal and its documents, as far as it decided that itself */
  readonly procedure: OwnProcedure | null
  /** how long a claim holds part of its voucher undecided; until it is decided when left out */
  readonly holds?: HoldLimit
}

export interface HoldLimit {
  readonly workdays: number
  readonly source: string
  readonly signedBy: string
}

export interface OwnProcedure {
  readonly review: readonly { readonly tier: ReviewTier; readonly workdays: number }[]
  readonly appeal: AppealTerms | null
  /** 发文机关代字 */
  readonly documentCode: string | null
  readonly remedies: Text | null
  readonly source: string
  readonly signedBy: string
}

/** In working days: from a decision to the appeal against it, and from the appeal to what is decided on it. */
export interface AppealTerms {
  readonly workdays: number
  readonly decideWorkdays: number
}

export interface GoverningDays {
  readonly from: Day
  readonly to: Day | null
  readonly source: string
  readonly signedBy: string
}

export type AdoptionRecord = Adoption

/** A programme in force: only this decides. */
export type AdoptedProgramme = Programme & { readonly adoption: AdoptionRecord }
