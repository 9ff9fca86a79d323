// What a claim brings to the match: rated use, the contract, invoices and payments, each with what earlier claims have
// already taken from it. Amounts are fen, days are China's.
import type { Day } from '../calendar/index.ts'
import type { RatedLine, ServiceContract } from '../metering/index.ts'
import type { Fen } from '../money/index.ts'
import type { CreditCode } from '../party/index.ts'

/** The four legs, in the order in which a claim is explained. */
export const LEGS = ['metered', 'contract', 'invoice', 'payment'] as const

export type Leg = (typeof LEGS)[number]

export interface Invoice {
  readonly number: string
  readonly issuedOn: Day
  readonly seller: CreditCode
  readonly buyer: CreditCode
  /** tax included; below zero for a red-letter invoice */
  readonly amountFen: Fen
  /** the number of the invoice that a red-letter invoice takes back */
  readonly redLetterOf: string | null
  /** items that the programme excludes (storage, network, security) */
  readonly excludedFen: Fen
  /** what other claims, of any programme, have already used of it */
  readonly usedFen: Fen
  /** what the tax authority answered, where that takes the invoice away */
  readonly standing?: 'voided' | 'not_found'
}

export interface Payment {
  /** the bank's reference of the slip */
  readonly reference: string
  readonly paidOn: Day
  readonly payer: CreditCode
  readonly payee: CreditCode
  readonly amountFen: Fen
  readonly usedFen: Fen
}

/** What an operator's purchase from a centre is proven by; the contract always, the papers where the programme says so. */
export const UPSTREAM_LEGS = ['contract', 'invoice', 'payment'] as const

export type UpstreamLeg = (typeof UPSTREAM_LEGS)[number]

/** 上游: the operator's purchase from the centre, on which the firm's use rests. */
export interface Upstream {
  /** its buyer is the operator, its seller the centre */
  readonly contract: ServiceContract
  readonly legs: readonly UpstreamLeg[]
  /** what other claims have used of it, at its own prices */
  readonly usedFen: Fen
  readonly invoices: readonly Invoice[]
  readonly payments: readonly Payment[]
}

export interface ClaimEvidence {
  /** the legs that the programme names; all four unless its text says otherwise */
  readonly legs: readonly Leg[]
  readonly claimedOn: Day
  readonly contract: ServiceContract
  /** the part of the contract that the programme excludes */
  readonly contractExcludedFen: Fen
  /** what earlier claims have settled on this contract */
  readonly contractUsedFen: Fen
  /** all rated lines of the contract in the claim's period, those of earlier claims included */
  readonly lines: readonly RatedLine[]
  /** what earlier claims have settled of these lines */
  readonly meteredUsedFen: Fen
  /** of these lines: disputed as too much, and not decided yet; left out where nothing is */
  readonly disputed?: { readonly amountFen: Fen; readonly numbers: readonly string[] }
  readonly invoices: readonly Invoice[]
  readonly payments: readonly Payment[]
  /** what a voucher has already paid at billing (instant deduction): it counts as payment */
  readonly deductedFen: Fen
  /** where the provider resells what a centre runs; left out where the provider runs it itself */
  readonly upstream?: Upstream
  /** a claimant may ask for less than all */
  readonly askedFen: Fen | null
}
