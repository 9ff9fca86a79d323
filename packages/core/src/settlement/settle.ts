// Settlement of one claim: only proven use is paid. The match pays on the least of the legs that the programme names;
// the way from the first leg down to that amount is told line by line, so that shown = base + Σ shortfalls. The base is
// what the policy engine's redemption starts from; rates and caps are the programme's, not ours.
import { assert } from '../assert.ts'
import { leastFen, type Fen } from '../money/index.ts'
import { accept, refuse, type Decision } from '../refusal.ts'
import { reckonUpstream, type UpstreamLink } from './chain.ts'
import { LEGS, type ClaimEvidence, type Invoice, type Leg } from './evidence.ts'
import { reckonLegs, type CauseCode, type ReckonedLeg } from './legs.ts'
import { sum } from './paper-legs.ts'

export type ShortfallCode =
  | CauseCode
  | 'contract_covers_less'
  | 'invoices_cover_less'
  | 'payments_cover_less'
  | 'asked_less'

export interface Shortfall {
  readonly code: ShortfallCode
  /** the leg that falls short; `claim` when the claimant asked for less */
  readonly leg: Leg | 'claim'
  /** what would have been paid without this line */
  readonly beforeFen: Fen
  /** what is left after it */
  readonly afterFen: Fen
  readonly differenceFen: Fen
  readonly refs: readonly string[]
}

/** The facts that redemption reads, by the names of the fact schema. */
export interface SettlementFacts {
  readonly 'contract.metered': Fen
  readonly 'contract.amount': Fen
  readonly 'contract.invoiced': Fen
  readonly 'contract.paid': Fen
  /** the base: the least of the legs that apply */
  readonly 'contract.settled': Fen
}

export interface Settlement {
  readonly legs: readonly ReckonedLeg[]
  readonly leftOut: readonly Leg[]
  /** what the first leg that applies shows before anything is taken off */
  readonly shownFen: Fen
  readonly shortfalls: readonly Shortfall[]
  readonly baseFen: Fen
  /** what earlier claims settled beyond what the lines are now worth: a matter for clawback, never netted here */
  readonly settledTooMuchFen: Fen
  readonly facts: SettlementFacts
  /** the links of the operator's purchase, where there is one */
  readonly upstream?: readonly UpstreamLink[]
}

export type SettlementRefusal =
  | 'settlement.no_legs'
  | 'settlement.amount_not_positive'
  | 'settlement.amount_negative'
  | 'settlement.red_letter_not_negative'
  | 'settlement.red_letter_exceeds'
  | 'settlement.lines_of_another_contract'
  | 'settlement.asked_not_positive'

const COVERS_LESS = {
  contract: 'contract_covers_less',
  invoice: 'invoices_cover_less',
  payment: 'payments_cover_less',
} as const

/** Matches one claim. Refused when the evidence itself cannot be (see the catalogue); whatever is merely short is explained. */
export function settle(evidence: ClaimEvidence): Decision<Settlement, SettlementRefusal> {
  const fault = faultOf(evidence)
  if (fault) return fault
  const legs = reckonLegs(evidence)
  const [first, ...others] = legs.filter(({ applies }) => applies)
  assert(first !== undefined, 'a claim has a leg')
  const shortfalls: Shortfall[] = []
  let left = first.shownFen
  const lower = (code: ShortfallCode, leg: Leg | 'claim', afterFen: Fen, refs: readonly string[]): void => {
    if (afterFen >= left) return
    shortfalls.push({ code, leg, beforeFen: left, afterFen, differenceFen: left - afterFen, refs })
    left = afterFen
  }
  for (const { code, amountFen, refs } of first.causes) lower(code, first.leg, left - amountFen, refs)
  for (const { leg, countedFen, causes } of others) {
    assert(leg !== 'metered', 'metered use is the first leg wherever it applies')
    lower(COVERS_LESS[leg], leg, countedFen, [...new Set(causes.flatMap(({ refs }) => refs))])
  }
  const { disputed } = evidence
  if (disputed && first.leg !== 'metered')
    lower('disputed', 'claim', left - leastFen(disputed.amountFen, left), disputed.numbers)
  if (evidence.askedFen !== null) lower('asked_less', 'claim', evidence.askedFen, [])
  const counted = (leg: Leg): Fen => legs.find((reckoned) => reckoned.leg === leg)!.countedFen
  const facts: SettlementFacts = {
    'contract.metered': counted('metered'),
    'contract.amount': counted('contract'),
    'contract.invoiced': counted('invoice'),
    'contract.paid': counted('payment'),
    'contract.settled': left,
  }
  return accept({
    legs,
    leftOut: legs.filter(({ applies }) => !applies).map(({ leg }) => leg),
    shownFen: first.shownFen,
    shortfalls,
    baseFen: left,
    settledTooMuchFen: settledTooMuch(evidence),
    facts,
    ...(evidence.upstream === undefined ? {} : { upstream: reckonUpstream(evidence) }),
  })
}

/** What was settled in all and the part of it that the programme excludes; their difference is the base. */
export interface SettledFee {
  readonly settledFen: Fen
  readonly excludedFen: Fen
}

/** The settled fee as programmes of direct support read it: what is proven, and what the invoices bring of other items. */
export function settledFee({ legs, baseFen }: Settlement): SettledFee {
  const causes = legs.flatMap(({ leg, causes: each }) => (leg === 'invoice' ? each : []))
  const excludedFen = sum(
    causes.flatMap(({ code, amountFen }) => (code === 'invoice_excluded_items' ? [amountFen] : [])),
  )
  return { settledFen: baseFen + excludedFen, excludedFen }
}

function settledTooMuch({ legs, lines, meteredUsedFen }: ClaimEvidence): Fen {
  if (!legs.includes('metered')) return 0n
  const claimable = sum(lines.filter(({ open }) => !open).map(({ amountFen }) => amountFen))
  return meteredUsedFen - leastFen(meteredUsedFen, claimable)
}

type Refused = ReturnType<typeof refuse<SettlementRefusal>>

function faultOf(evidence: ClaimEvidence): Refused | undefined {
  const { contract, askedFen, upstream } = evidence
  if (!LEGS.some((leg) => evidence.legs.includes(leg))) return refuse('settlement.no_legs')
  const foreign = evidence.lines.find(({ contractNo }) => contractNo !== contract.contractNo)
  if (foreign)
    return refuse('settlement.lines_of_another_contract', {
      contractNo: contract.contractNo,
      other: foreign.contractNo,
    })
  if (askedFen !== null && askedFen <= 0n) return refuse('settlement.asked_not_positive')
  const paperFaults = [evidence, ...(upstream === undefined ? [] : [upstream])].map(paperFault)
  const notNegative: [string, Fen][] = [
    [contract.contractNo, evidence.contractExcludedFen],
    [contract.contractNo, evidence.contractUsedFen],
    [contract.contractNo, evidence.meteredUsedFen],
    [contract.contractNo, evidence.deductedFen],
    [contract.contractNo, evidence.disputed?.amountFen ?? 0n],
    ...(upstream === undefined ? [] : [[upstream.contract.contractNo, upstream.usedFen] as [string, Fen]]),
  ]
  for (const [ref, fen] of notNegative)
    if (fen < 0n) return refuse('settlement.amount_negative', { ref, fen })
  return paperFaults.find((fault) => fault !== undefined)
}

type Papers = Pick<ClaimEvidence, 'contract' | 'invoices' | 'payments'>

/** The contract and its papers, amount by amount. */
function paperFault({ contract, invoices, payments }: Papers): Refused | undefined {
  const positive: [string, Fen][] = [
    [contract.contractNo, contract.amountFen],
    ...invoices
      .filter(({ redLetterOf }) => redLetterOf === null)
      .map(({ number, amountFen }): [string, Fen] => [number, amountFen]),
    ...payments.map(({ reference, amountFen }): [string, Fen] => [reference, amountFen]),
  ]
  for (const [ref, fen] of positive)
    if (fen <= 0n) return refuse('settlement.amount_not_positive', { ref, fen })
  const notNegative: [string, Fen][] = [
    ...invoices.flatMap(({ number, excludedFen, usedFen }): [string, Fen][] => [
      [number, excludedFen],
      [number, usedFen],
    ]),
    ...payments.map(({ reference, usedFen }): [string, Fen] => [reference, usedFen]),
  ]
  for (const [ref, fen] of notNegative)
    if (fen < 0n) return refuse('settlement.amount_negative', { ref, fen })
  return redLetterFault(invoices)
}

function redLetterFault(invoices: readonly Invoice[]): Refused | undefined {
  for (const { number, amountFen, redLetterOf } of invoices) {
    if (redLetterOf === null) continue
    if (amountFen >= 0n) return refuse('settlement.red_letter_not_negative', { number })
    const original = invoices.find(
      (invoice) => invoice.number === redLetterOf && invoice.redLetterOf === null,
    )
    const numbers = new Map(
      invoices
        .filter((invoice) => invoice.redLetterOf === redLetterOf)
        .map((red) => [red.number, red.amountFen]),
    )
    if (original && original.amountFen + sum([...numbers.values()]) < 0n)
      return refuse('settlement.red_letter_exceeds', { number, original: redLetterOf })
  }
  return undefined
}
