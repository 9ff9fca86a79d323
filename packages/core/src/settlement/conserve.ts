// Conservation: what became of every fen that was rated. Of each month of a contract
//   metered value = rated + what is not charged, by its reason
//   rated = the bill = paid by voucher + the firm's own money + unpaid, by its reason
// to the fen. Claims that share days are one cluster: what the last of them left unpaid is explained by its match. A
// cluster over several months is shared out to them in proportion to what was rated, so that both sums stay exact.
import type { Day } from '../calendar/index.ts'
import type { Month } from '../metering/index.ts'
import { leastFen, splitInProportion, type Fen } from '../money/index.ts'
import type { Leg } from './evidence.ts'
import { sum } from './paper-legs.ts'
import type { ShortfallCode } from './settle.ts'

/** Why rated use is unpaid, where no match says it. */
export const WAITING_CODES = [
  'not_claimed',
  'under_review',
  'awaiting_payment',
  'approved_less',
  'rated_since_claim',
  'settled_too_much',
  'not_metered',
] as const

export type WaitingCode = (typeof WAITING_CODES)[number]

export type UnpaidCode = ShortfallCode | WaitingCode

/** Rated lines of one day that share reason and openness, summed. */
export interface UsedDay {
  readonly month: Month
  readonly day: Day
  /** of the rated lines: `rated`, or why they are not charged */
  readonly reason: string
  readonly valueFen: Fen
  readonly amountFen: Fen
}

/** A claim that was neither refused nor withdrawn. */
export interface ClaimedUse {
  readonly number: string
  readonly from: Day
  readonly to: Day
  readonly legs: readonly Leg[]
  readonly shownFen: Fen
  readonly shortfalls: readonly { readonly code: ShortfallCode; readonly differenceFen: Fen }[]
  readonly baseFen: Fen
  /** what public money may bear of the base */
  readonly payableFen: Fen
  /** null while nobody has decided */
  readonly approvedFen: Fen | null
  readonly paidFen: Fen
}

/** A line of the month's bill: one chip at one price. */
export interface Charge {
  readonly month: Month
  readonly amountFen: Fen
}

export interface ConservedMonth {
  readonly month: Month
  readonly valueFen: Fen
  /** metered and not charged, by reason */
  readonly uncharged: readonly { readonly reason: string; readonly amountFen: Fen }[]
  readonly ratedFen: Fen
  readonly chargedFen: Fen
  /** in a claim that stands */
  readonly claimedFen: Fen
  readonly voucherFen: Fen
  readonly ownFen: Fen
  /** `settled_too_much` and `not_metered` may be below zero: more was settled than the use is now worth */
  readonly unpaid: readonly { readonly code: UnpaidCode; readonly amountFen: Fen }[]
  readonly unpaidFen: Fen
  /** charged − (voucher + own + unpaid): anything but 0 is a fault of the books */
  readonly differenceFen: Fen
}

export type ConservationFault =
  | 'value_not_told'
  | 'bill_differs'
  | 'parts_differ'
  | 'match_differs'
  | 'claim_pays_more'

export interface Conserved {
  readonly months: readonly ConservedMonth[]
  readonly faults: readonly { readonly fault: ConservationFault; readonly at: string; readonly byFen: Fen }[]
}

/** What a metered leg says of lines that are not charged, or were taken by another claim: no part of the rated amount. */
const NOT_OF_THE_RATED: readonly string[] = [
  'node_failed',
  'outside_term',
  'outside_usable_days',
  'metered_settled_before',
]

/** @param claims in the order in which they were filed */
export function conserve(
  days: readonly UsedDay[],
  charges: readonly Charge[],
  claims: readonly ClaimedUse[],
): Conserved {
  const clusters = clustersOf(claims)
  const monthOf = (day: Day): Month => day.slice(0, 7) as Month
  const months = [...new Set([...days.map(({ month }) => month), ...claims.map(({ to }) => monthOf(to))])]
  const cells = new Map<Month, Map<Part, Fen>>()
  const put = (month: Month, part: Part, fen: Fen): void => {
    const of = cells.get(month) ?? new Map<Part, Fen>()
    cells.set(month, of.set(part, (of.get(part) ?? 0n) + fen))
  }
  for (const { day, month, amountFen } of days)
    if (!claims.some((claim) => holds(claim, day))) put(month, 'not_claimed', amountFen)
  for (const cluster of clusters) {
    const own = days.filter(({ day }) => cluster.some((claim) => holds(claim, day)))
    const rated = new Map<Month, Fen>()
    for (const { month, amountFen } of own) rated.set(month, (rated.get(month) ?? 0n) + amountFen)
    if (sum([...rated.values()]) === 0n) rated.set(monthOf(cluster.at(-1)!.to), 0n)
    spread(rated, partsOf(cluster, sum([...rated.values()])), put)
  }
  const conserved = months
    .sort()
    .map((month) => monthTotals(month, { days, charges, parts: cells.get(month) ?? new Map() }))
  return { months: conserved, faults: [...claims.flatMap(claimFaults), ...conserved.flatMap(monthFaults)] }
}

type Part = 'voucher' | 'own' | UnpaidCode

function holds({ from, to }: ClaimedUse, day: Day): boolean {
  return day >= from && day <= to
}

/** Claims that share a day, each cluster in filing order. */
function clustersOf(claims: readonly ClaimedUse[]): ClaimedUse[][] {
  const clusters: ClaimedUse[][] = []
  for (const claim of claims) {
    const touched = clusters.filter((cluster) =>
      cluster.some(({ from, to }) => from <= claim.to && to >= claim.from),
    )
    for (const cluster of touched) clusters.splice(clusters.indexOf(cluster), 1)
    clusters.push([...touched.flat().sort((a, b) => claims.indexOf(a) - claims.indexOf(b)), claim])
  }
  return clusters
}

/** The parts of a cluster; their sum is what was rated in its days. */
function partsOf(cluster: readonly ClaimedUse[], ratedFen: Fen): Map<Part, Fen> {
  const parts = new Map<Part, Fen>()
  const add = (part: Part, fen: Fen): void => {
    if (fen !== 0n) parts.set(part, (parts.get(part) ?? 0n) + fen)
  }
  for (const { baseFen, payableFen, approvedFen, paidFen } of cluster) {
    const bornFen = approvedFen ?? payableFen
    const mostFen = bornFen > payableFen ? bornFen : payableFen
    add('voucher', paidFen)
    add(approvedFen === null ? 'under_review' : 'awaiting_payment', bornFen - paidFen)
    add('approved_less', mostFen - bornFen)
    add('own', baseFen - mostFen)
  }
  const last = cluster.at(-1)!
  let restFen = ratedFen - sum(cluster.map(({ baseFen }) => baseFen))
  const metered = cluster.every(({ legs }) => legs.includes('metered'))
  for (const { code, differenceFen } of metered ? last.shortfalls : []) {
    if (restFen <= 0n || NOT_OF_THE_RATED.includes(code)) continue
    const takenFen = leastFen(differenceFen, restFen)
    add(code, takenFen)
    restFen -= takenFen
  }
  add(metered ? (restFen > 0n ? 'rated_since_claim' : 'settled_too_much') : 'not_metered', restFen)
  return parts
}

/** Month by month in proportion to what is left of each part: no cell below zero, every row and column exact. */
function spread(
  rated: ReadonlyMap<Month, Fen>,
  parts: ReadonlyMap<Part, Fen>,
  put: (month: Month, part: Part, fen: Fen) => void,
): void {
  const months = [...rated].sort(([a], [b]) => (a < b ? -1 : 1))
  const left = [...parts].filter(([, fen]) => fen > 0n)
  const excess = [...parts].filter(([, fen]) => fen < 0n)
  const total = sum(left.map(([, fen]) => fen))
  const weights = months.map(([, fen]) => fen)
  const shares = sum(weights) === 0n ? months.map(() => 0n) : splitInProportion(total, weights)
  if (sum(weights) === 0n) shares[shares.length - 1] = total
  months.forEach(([month, ratedFen], index) => {
    const remaining = left.map(([, fen]) => fen)
    const share = shares[index]!
    if (share > 0n)
      splitInProportion(share, remaining).forEach((fen, at) => {
        put(month, left[at]![0], fen)
        left[at] = [left[at]![0], left[at]![1] - fen]
      })
    const overFen = share - ratedFen
    if (overFen > 0n) put(month, excess[0]?.[0] ?? 'settled_too_much', -overFen)
  })
}

interface MonthInput {
  readonly days: readonly UsedDay[]
  readonly charges: readonly Charge[]
  readonly parts: ReadonlyMap<Part, Fen>
}

function monthTotals(month: Month, { days, charges, parts }: MonthInput): ConservedMonth {
  const own = days.filter((day) => day.month === month)
  const reasons = [...new Set(own.map(({ reason }) => reason))].sort()
  const uncharged = reasons
    .map((reason) => ({
      reason,
      amountFen: sum(own.filter((day) => day.reason === reason).map((d) => d.valueFen - d.amountFen)),
    }))
    .filter(({ amountFen }) => amountFen !== 0n)
  const of = (part: Part): Fen => parts.get(part) ?? 0n
  const unpaid = [...parts]
    .flatMap(([code, amountFen]) =>
      code === 'voucher' || code === 'own' || amountFen === 0n ? [] : [{ code, amountFen }],
    )
    .sort((a, b) => (a.code < b.code ? -1 : 1))
  const unpaidFen = sum(unpaid.map(({ amountFen }) => amountFen))
  const chargedFen = sum(charges.filter((charge) => charge.month === month).map((c) => c.amountFen))
  const ratedFen = sum(own.map(({ amountFen }) => amountFen))
  return {
    month,
    valueFen: sum(own.map(({ valueFen }) => valueFen)),
    uncharged,
    ratedFen,
    chargedFen,
    claimedFen: ratedFen - of('not_claimed'),
    voucherFen: of('voucher'),
    ownFen: of('own'),
    unpaid,
    unpaidFen,
    differenceFen: chargedFen - of('voucher') - of('own') - unpaidFen,
  }
}

type Fault = Conserved['faults'][number]

function claimFaults(claim: ClaimedUse): Fault[] {
  const { number, shownFen, shortfalls, baseFen, payableFen, approvedFen, paidFen } = claim
  const matchFen = shownFen - baseFen - sum(shortfalls.map(({ differenceFen }) => differenceFen))
  const bornFen = approvedFen ?? payableFen
  const faults: Fault[] = matchFen === 0n ? [] : [{ fault: 'match_differs', at: number, byFen: matchFen }]
  if (bornFen > baseFen) faults.push({ fault: 'claim_pays_more', at: number, byFen: bornFen - baseFen })
  else if (paidFen > bornFen) faults.push({ fault: 'claim_pays_more', at: number, byFen: paidFen - bornFen })
  return faults
}

function monthFaults(month: ConservedMonth): Fault[] {
  const untold = month.valueFen - month.ratedFen - sum(month.uncharged.map(({ amountFen }) => amountFen))
  const bill = month.chargedFen - month.ratedFen
  return [
    { fault: 'value_not_told' as const, byFen: untold },
    { fault: 'bill_differs' as const, byFen: bill },
    { fault: 'parts_differ' as const, byFen: month.differenceFen - bill },
  ].flatMap(({ fault, byFen }) => (byFen === 0n ? [] : [{ fault, at: month.month, byFen }]))
}
