// Rating by a price version of an offer that the contract agreed: the same pieces of time as under a plain price, with the
// version's steps, minimum, discounts and side items. What is charged beyond use (a started step, a minimum), and what is no
// compute, are lines of their own with their reason, so that the lines add up to the charge and only use is paid for.
import { startOf, type Day, type Instant } from '../calendar/index.ts'
import {
  bandParts,
  committedOff,
  invoiced,
  timeCharge,
  versionOn,
  wholeMonths,
  type BandPart,
  type BasisPoints,
  type ItemKind,
  type OfferMode,
  type PriceTerms,
} from '../market/index.ts'
import { splitInProportion, type Fen } from '../money/index.ts'
import type { ServiceContract } from './contract.ts'
import type { RatedLine, RatedPiece } from './rating.ts'
import type { UsageRecord } from './usage.ts'
import { hasEnded } from './usage.ts'

/** A price version as the contract agreed it, kept whole: nothing that happens to the tariff later reaches it. */
export interface AgreedPrice {
  readonly offerNo: string
  readonly version: number
  readonly startsOn: Day
  readonly mode: OfferMode
  readonly chip: string
  readonly cardsPerDevice: number
  /** devices of a lease, else 1 */
  readonly devices: number
  readonly terms: PriceTerms
}

/** What a line says beside a plain one: which price, and everything that its amount was made with. */
export interface LineTariff {
  readonly offerNo: string
  readonly version: number
  readonly mode: OfferMode
  readonly item: ItemKind
  /** fen a card-hour, or a device and month, before any discount */
  readonly listFen: Fen
  /** device seconds that are charged here: those of the use, or what is charged beyond it */
  readonly chargedSeconds: number
  readonly discount: BasisPoints
  readonly committed: BasisPoints
  /** the month's hours by band, where the version has bands: `seconds` are card-seconds × units a card */
  readonly bands: readonly { readonly off: BasisPoints; readonly seconds: string }[]
  /** a lease's devices, days and days of the month */
  readonly lease?: { readonly devices: number; readonly days: number; readonly daysOfMonth: number }
}

/** The agreed versions of a chip, oldest first; a version that cuts shards prices only shards. */
export function agreedFor(contract: ServiceContract, chip: string, unitsPerCard: number): AgreedPrice[] {
  return (contract.agreed ?? [])
    .filter((agreed) => agreed.chip === chip && (agreed.mode === 'slice') === unitsPerCard > 1)
    .sort((a, b) => (a.startsOn < b.startsOn ? -1 : 1))
}

/** The first days of later versions: a run is cut there. */
export function priceChanges(contract: ServiceContract): Instant[] {
  return (contract.agreed ?? []).map(({ startsOn }) => startOf(startsOn))
}

/** The version that stands on a day; the earliest one that was agreed stands before its own first day, too. */
export function agreedOn(agreed: readonly AgreedPrice[], day: Day): AgreedPrice {
  return versionOn(agreed, day) ?? agreed[0]!
}

export function lineTariff(
  agreed: AgreedPrice,
  contract: ServiceContract,
  chargedSeconds: number,
): LineTariff {
  const { offerNo, version, mode, terms } = agreed
  const committed = committedOff(terms, wholeMonths(contract.termFrom, contract.termUntil))
  return {
    offerNo,
    version,
    mode,
    item: 'compute',
    listFen: terms.priceFen,
    chargedSeconds,
    discount: terms.discount,
    committed,
    bands: [],
  }
}

/** Seconds a run is charged for beyond its use: whole started steps, and at least the minimum. */
function beyondUse({ minimumSeconds, stepSeconds }: PriceTerms, seconds: number): number {
  const stepped = Math.ceil(seconds / stepSeconds) * stepSeconds
  return Math.max(stepped, minimumSeconds) - seconds
}

/** The lines that a run has beside those of its use, by the version under which it started. */
export function sidePieces(
  record: UsageRecord,
  pieces: readonly RatedPiece[],
  agreedOf: (piece: RatedPiece) => AgreedPrice,
): RatedPiece[] {
  const charged = pieces.filter(({ reason }) => isCharged(reason))
  const [first, last] = [charged[0], charged.at(-1)]
  if (first === undefined || last === undefined) return []
  const extra = hasEnded(record) ? beyondUse(agreedOf(first).terms, record.elapsedSeconds) : 0
  // a run that is charged in part only (it began before the term) has no minimum of its own
  const whole = charged.reduce((sum, { seconds }) => sum + seconds, 0) === record.elapsedSeconds
  const beyond =
    extra > 0 && whole
      ? [
          {
            ...last,
            seconds: 0,
            reason: 'beyond_use' as const,
            tariff: { ...last.tariff!, chargedSeconds: extra },
          },
        ]
      : []
  const items = [...charged, ...beyond].flatMap((piece) =>
    agreedOf(piece).terms.items.map(({ kind, priceFen }) => ({
      ...piece,
      seconds: 0,
      fenPerCardHour: priceFen,
      reason: 'excluded_item' as const,
      tariff: { ...piece.tariff!, item: kind, listFen: priceFen, discount: 0, committed: 0 },
    })),
  )
  return [...beyond, ...items]
}

/** What the provider bills, whether a programme pays for it or not. */
export function isCharged(reason: RatedPiece['reason']): boolean {
  return reason !== 'node_failed' && reason !== 'outside_term' && reason !== 'within_lease'
}

const weightOf = ({ units, tariff }: RatedPiece): bigint => BigInt(units) * BigInt(tariff!.chargedSeconds)

/** Lines of one month, chip and units a card: one charge for every version and item, rounded once, shared out. */
export function tariffLines(
  pieces: readonly RatedPiece[],
  termsOf: (piece: RatedPiece) => PriceTerms,
): RatedLine[] {
  const groups = new Map<string, RatedPiece[]>()
  for (const piece of pieces) {
    const { offerNo, version, item } = piece.tariff!
    const group = JSON.stringify([item, isCharged(piece.reason) ? '' : piece.reason, offerNo, version])
    groups.set(group, [...(groups.get(group) ?? []), piece])
  }
  // versions in the order in which they stood: the month's volume goes on from one to the next
  const ordered = [...groups.values()].sort((a, b) => startOfGroup(a) - startOfGroup(b))
  let volume = 0n
  return ordered.flatMap((group) => {
    const [first] = group as [RatedPiece, ...RatedPiece[]]
    const graduated = first.tariff!.item === 'compute' && isCharged(first.reason)
    const unitSeconds = group.reduce((sum, piece) => sum + weightOf(piece), 0n)
    const unitsPerCard = BigInt(first.unitsPerCard)
    const bands = graduated ? termsOf(first).bands : []
    const parts = bandParts(bands, { unitSeconds, unitsPerCard }, graduated ? volume : 0n)
    if (graduated) volume += unitSeconds
    return shared(group, parts)
  })
}

function startOfGroup(pieces: readonly RatedPiece[]): number {
  return pieces.reduce((least, { fromAt }) => Math.min(least, fromAt), Infinity)
}

function shared(group: readonly RatedPiece[], parts: readonly BandPart[]): RatedLine[] {
  const { tariff, unitsPerCard } = group[0]!
  const { listFen, discount, committed } = tariff!
  const total = invoiced(timeCharge(listFen, [discount, committed], parts, BigInt(unitsPerCard)))
  const values = splitInProportion(total, group.map(weightOf))
  const bands = parts.some(({ off }) => off > 0)
    ? parts.map(({ off, unitSeconds }) => ({ off, seconds: unitSeconds.toString() }))
    : []
  return group.map((piece, index) => {
    const valueFen = values[index]!
    const amountFen = piece.reason === 'rated' ? valueFen : 0n
    return { ...piece, tariff: { ...piece.tariff!, bands }, valueFen, amountFen }
  })
}
