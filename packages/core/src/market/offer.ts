// What a provider offers at a price that it has published: a chip or a service, the mode in which it is sold, and price
// versions. A version is dated, numbered and never changed: another price is the next version, which starts on a later day.
// What a contract agreed stands whatever the tariff does after it.
import type { Day } from '../calendar/index.ts'
import { canonicalText } from '../canonical.ts'
import { divide, rate, toFen, type Exact, type Fen } from '../money/index.ts'
import { accept, refuse, type Decision } from '../refusal.ts'

/** whole device: a lease by calendar months · container, slice (a share of a card), card_hour: by time · tokens: by million */
export const OFFER_MODES = ['whole_device', 'container', 'slice', 'card_hour', 'tokens'] as const
export type OfferMode = (typeof OFFER_MODES)[number]

export const ITEM_KINDS = ['compute', 'storage', 'network', 'security'] as const
export type ItemKind = (typeof ITEM_KINDS)[number]

export type PriceUnit = 'card_hour' | 'device_month' | 'million_tokens'

/** Hundredths of a per cent off: 1,250 is 12.5 % off. */
export type BasisPoints = number
const WHOLE = 10_000

/** What is sold with the compute at a price of its own, in the unit of the mode: programmes may leave it out. */
export interface SideItem {
  readonly kind: Exclude<ItemKind, 'compute'>
  readonly priceFen: Fen
}

export interface PriceTerms {
  /** of the compute: fen a card-hour, a device and month, or a million tokens put in */
  readonly priceFen: Fen
  /** fen a million tokens given out; null for every other mode */
  readonly outputFen: Fen | null
  readonly items: readonly SideItem[]
  /** by time: a run is charged for at least so long; 0 for no minimum */
  readonly minimumSeconds: number
  /** by time: a started step is charged whole; 1 charges by the second */
  readonly stepSeconds: number
  /** a lease is charged for at least so many months; 0 for no minimum */
  readonly minimumMonths: number
  /** how a lease charges a month that it covers in part: by its days, or whole */
  readonly proration: 'by_day' | 'whole_month'
  /** off the price of the compute, for everybody */
  readonly discount: BasisPoints
  /** off for a term of so many months; the longest one reached counts */
  readonly committed: readonly { readonly months: number; readonly off: BasisPoints }[]
  /** off for card-hours of one month above a mark: only those above it, graduated */
  readonly bands: readonly { readonly aboveHours: number; readonly off: BasisPoints }[]
}

export interface PriceVersion {
  readonly offerNo: string
  readonly version: number
  /** the first day on which contracts may agree it */
  readonly startsOn: Day
  readonly terms: PriceTerms
}

export interface Offer {
  readonly offerNo: string
  readonly mode: OfferMode
  /** as contracts and schedulers write it, lower case; for tokens the service */
  readonly chip: string
  /** cards in a device that is leased whole, else 1 */
  readonly cardsPerDevice: number
  /** slices that a card is cut into, else 1 */
  readonly slicesPerCard: number
}

export type OfferRefusal =
  | 'market.price_not_positive'
  | 'market.discount_too_high'
  | 'market.steps_not_rising'
  | 'market.term_not_of_mode'
  | 'market.version_too_early'
  | 'market.version_unchanged'

export function unitOf(mode: OfferMode): PriceUnit {
  if (mode === 'tokens') return 'million_tokens'
  return mode === 'whole_device' ? 'device_month' : 'card_hour'
}

/** Nothing is free by omission, no discount gives everything away, and a term that the mode cannot use is not promised. */
export function checkTerms(mode: OfferMode, terms: PriceTerms): Decision<PriceTerms, OfferRefusal> {
  const prices = [terms.priceFen, terms.outputFen ?? 1n, ...terms.items.map(({ priceFen }) => priceFen)]
  if (prices.some((fen) => fen <= 0n)) return refuse('market.price_not_positive')
  const offs = [
    terms.discount,
    ...terms.committed.map(({ off }) => off),
    ...terms.bands.map(({ off }) => off),
  ]
  if (offs.some((off) => !Number.isSafeInteger(off) || off < 0 || off >= WHOLE))
    return refuse('market.discount_too_high')
  const rising = (marks: readonly number[]): boolean =>
    marks.every((mark, index) => Number.isSafeInteger(mark) && mark > (marks[index - 1] ?? 0))
  if (
    !rising(terms.committed.map(({ months }) => months)) ||
    !rising(terms.bands.map(({ aboveHours }) => aboveHours))
  )
    return refuse('market.steps_not_rising')
  const unit = unitOf(mode)
  const wrong = [
    ...(unit !== 'card_hour' && terms.minimumSeconds !== 0 ? ['minimumSeconds'] : []),
    ...(unit !== 'card_hour' && terms.stepSeconds !== 1 ? ['stepSeconds'] : []),
    ...(unit !== 'card_hour' && terms.bands.length > 0 ? ['bands'] : []),
    ...(unit !== 'device_month' && terms.minimumMonths !== 0 ? ['minimumMonths'] : []),
    ...((unit === 'million_tokens') !== (terms.outputFen !== null) ? ['outputFen'] : []),
    ...(unit === 'million_tokens' && terms.items.length > 0 ? ['items'] : []),
  ]
  return wrong.length > 0 ? refuse('market.term_not_of_mode', { fields: wrong }) : accept(terms)
}

/** The next version of an offer: it starts after the one before and not before today, and says something else. */
export function nextVersion(
  before: PriceVersion | null,
  { terms, startsOn, today }: { readonly terms: PriceTerms; readonly startsOn: Day; readonly today: Day },
): Decision<number, OfferRefusal> {
  const last = before?.startsOn
  if (startsOn < today || (last !== undefined && startsOn <= last))
    return refuse('market.version_too_early', { day: startsOn, today, ...(last ? { last } : {}) })
  if (before && canonicalText(before.terms) === canonicalText(terms))
    return refuse('market.version_unchanged', { version: before.version })
  return accept((before?.version ?? 0) + 1)
}

/** The version that stands on a day: the latest that has started; null before the first. */
export function versionOn<Version extends { readonly startsOn: Day }>(
  versions: readonly Version[],
  day: Day,
): Version | null {
  const started = versions.filter(({ startsOn }) => startsOn <= day)
  return started.reduce<Version | null>((a, b) => (a === null || b.startsOn > a.startsOn ? b : a), null)
}

/** What is off for a term of so many whole months. */
export function committedOff(terms: PriceTerms, months: number): BasisPoints {
  return terms.committed.reduce((off, step) => (months >= step.months ? step.off : off), 0)
}

/** A discount comes off what the one before it left. */
export function afterOffs(fen: Fen, offs: readonly BasisPoints[]): Exact {
  return offs.reduce<Exact>(
    (left, off) => rate(left.numerator * BigInt(WHOLE - off), left.denominator * BigInt(WHOLE)),
    { numerator: fen, denominator: 1n },
  )
}

/** Tokens at the price of a version: both sides exact, rounded once together, halves away from zero. */
export function tokenCharge(
  terms: PriceTerms,
  tokens: { readonly put: bigint; readonly given: bigint },
  months: number,
): Fen {
  const list = terms.priceFen * tokens.put + (terms.outputFen ?? 0n) * tokens.given
  const { numerator, denominator } = afterOffs(list, [terms.discount, committedOff(terms, months)])
  return divide(numerator, denominator * 1_000_000n, 'half_up')
}

/** Exact to fen as invoices round: halves away from zero. */
export function invoiced(exact: Exact): Fen {
  return toFen(exact, 'fen', 'half_up')
}
