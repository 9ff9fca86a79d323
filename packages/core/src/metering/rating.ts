// Rating: time on cards × the price that the contract names. An amount stays exact until all lines of one contract,
// month, chip and reason are together; their total is rounded once, halves away from zero as invoices are, and shared
// out to the lines by largest remainders, so that the lines add up to the total to the fen. Suspended time is not on
// the record's clock and so never metered. What is not paid for (a dead node, time outside the term) is metered,
// valued and rated 0 with its reason. A chip without a price stops rating: nothing is ever free by omission.
import { addDays, dayOf, startOf, type Day, type Instant } from '../calendar/index.ts'
import { divide, splitInProportion, type Fen } from '../money/index.ts'
import { accept, refuse, type Decision } from '../refusal.ts'
import type { ServiceContract } from './contract.ts'
import { idleOf, noIdle, splitIdle, type IdleWindows } from './idle.ts'
import { lastMeteredDay, leaseLines } from './lease-lines.ts'
import { piecesOf, type Month, type UsagePiece } from './pieces.ts'
import {
  agreedFor,
  agreedOn,
  lineTariff,
  priceChanges,
  sidePieces,
  tariffLines,
  type AgreedPrice,
  type LineTariff,
} from './tariff.ts'
import { hasEnded, lastInstantOf, type UsageRecord } from './usage.ts'

export interface RatingRules {
  /** what the programme does with a run that a dead node ended; the platform's own default is `rated_zero` */
  readonly nodeFailure: 'rated_zero' | 'rated'
  /** the days whose use the programme pays for, both included; null where it sets no bound */
  readonly usableFrom: Day | null
  readonly usableUntil: Day | null
  /** what the programme does with time in which a device is known to have done nothing */
  readonly idle: 'rated_zero' | 'rated'
}

export const defaultRatingRules: RatingRules = {
  nodeFailure: 'rated_zero',
  usableFrom: null,
  usableUntil: null,
  idle: 'rated',
}

export type RatingReason =
  | 'rated'
  | 'node_failed'
  | 'outside_term'
  | 'outside_usable_days'
  | 'idle'
  | 'beyond_use'
  | 'excluded_item'
  | 'within_lease'

/** A stretch of one run on one kind of device, with everything its amount is made of. */
export interface RatedPiece {
  readonly recordKey: string
  readonly contractNo: string
  readonly month: Month
  readonly fromAt: Instant
  readonly untilAt: Instant
  readonly chip: string
  /** whole cards (`unitsPerCard` 1) or shards of a card */
  readonly units: number
  readonly unitsPerCard: number
  readonly seconds: number
  readonly fenPerCardHour: Fen
  readonly reason: RatingReason
  /** the run had not ended when its record was taken: the line may still grow */
  readonly open: boolean
  /** the device is known to have done nothing meanwhile; absent where it worked or nobody knows */
  readonly idle?: true
  /** absent where the contract only names prices */
  readonly tariff?: LineTariff
}

export interface RatedLine extends RatedPiece {
  /** units × seconds × price / (3600 × units per card), rounded with its group */
  readonly valueFen: Fen
  /** the value where the reason is `rated`, else 0 */
  readonly amountFen: Fen
}

export interface RatedUsage {
  readonly lines: readonly RatedLine[]
  /** records that held no card or never ran: shown, not valued */
  readonly unvalued: readonly { readonly recordKey: string; readonly reason: 'no_cards' | 'no_time' }[]
  readonly valueFen: Fen
  readonly amountFen: Fen
}

export type RatingRefusal =
  | 'metering.chip_unknown'
  | 'metering.price_missing'
  | 'metering.price_not_positive'
  | 'metering.shard_price_missing'
  | 'metering.not_the_buyer'

/** One record, cut and priced but not yet rounded; `idle` are the times in which devices of it did nothing. */
export function rate(
  record: UsageRecord,
  contract: ServiceContract,
  rules: RatingRules = defaultRatingRules,
  idle: IdleWindows = noIdle,
): Decision<RatedPiece[], RatingRefusal> {
  const { contractNo } = contract
  const place = { record: record.key, contractNo }
  if (record.creditCode !== null && record.creditCode !== contract.buyer)
    return refuse('metering.not_the_buyer', { ...place, user: record.creditCode, buyer: contract.buyer })
  const windows = idleOf(idle, record.key)
  const cuts = windows.flatMap(({ fromAt, untilAt }) => [fromAt, untilAt])
  const pieces = piecesOf(record, [...boundsOf(contract, rules), ...priceChanges(contract), ...cuts])
  if (pieces.length === 0) return accept([])
  const named = record.chips.reduce((sum, { cards }) => sum + cards, 0)
  if (named < record.gpus) return refuse('metering.chip_unknown', { ...place, cards: record.gpus - named })
  const devices = record.chips.map(({ chip, cards }) => ({ chip, units: cards, unitsPerCard: 1 }))
  if (record.shards > 0) {
    if (!contract.shard) return refuse('metering.shard_price_missing', { ...place, shards: record.shards })
    const { chip, shardsPerCard } = contract.shard
    devices.push({ chip, units: record.shards, unitsPerCard: shardsPerCard })
  }
  const rated: RatedPiece[] = []
  for (const device of devices) {
    const agreed = agreedFor(contract, device.chip, device.unitsPerCard)
    const price = contract.prices.find(({ chip }) => chip === device.chip)
    if (!price) return refuse('metering.price_missing', { ...place, chip: device.chip })
    if (price.fenPerCardHour <= 0n)
      return refuse('metering.price_not_positive', { ...place, chip: device.chip })
    const ofDevice = pieces.flatMap((piece) => {
      const plain: RatedPiece = {
        recordKey: record.key,
        contractNo,
        ...piece,
        ...device,
        fenPerCardHour: price.fenPerCardHour,
        reason: reasonOf(record, piece, contract, rules),
        open: !hasEnded(record),
      }
      const split = splitIdle(plain, windows, rules.idle === 'rated_zero')
      return agreed.length === 0 ? split : split.map((part) => atAgreed(part, contract, agreed))
    })
    rated.push(...ofDevice)
    const side = ofDevice.filter(({ tariff, reason }) => tariff !== undefined && reason !== 'within_lease')
    if (side.length > 0)
      rated.push(...sidePieces(record, side, ({ fromAt }) => agreedOn(agreed, dayOf(fromAt))))
  }
  return accept(rated)
}

/** A piece at the version that stood; within a lease it is shown and costs nothing of its own. */
function atAgreed(
  piece: RatedPiece,
  contract: ServiceContract,
  versions: readonly AgreedPrice[],
): RatedPiece {
  const agreed = agreedOn(versions, dayOf(piece.fromAt))
  const leased = agreed.mode === 'whole_device'
  return {
    ...piece,
    fenPerCardHour: leased ? 0n : agreed.terms.priceFen,
    reason: leased && piece.reason !== 'outside_term' ? 'within_lease' : piece.reason,
    tariff: lineTariff(agreed, contract, leased ? 0 : piece.seconds),
  }
}

/** All records of one contract, rounded and conserved; the order of the records does not matter. */
export function rateUsage(
  records: readonly UsageRecord[],
  contract: ServiceContract,
  rules: RatingRules = defaultRatingRules,
  idle: IdleWindows = noIdle,
): Decision<RatedUsage, RatingRefusal> {
  const groups = new Map<string, RatedPiece[]>()
  const unvalued: { recordKey: string; reason: 'no_cards' | 'no_time' }[] = []
  for (const record of [...records].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))) {
    const pieces = rate(record, contract, rules, idle)
    if (!pieces.ok) return pieces
    if (pieces.value.length === 0)
      unvalued.push({ recordKey: record.key, reason: record.elapsedSeconds === 0 ? 'no_time' : 'no_cards' })
    for (const piece of pieces.value) {
      const reason = piece.tariff === undefined ? chargedReason(piece.reason) : 'agreed'
      const group = [piece.month, piece.chip, piece.unitsPerCard, reason].join('|')
      const list = groups.get(group)
      if (list) list.push(piece)
      else groups.set(group, [piece])
    }
  }
  const lines = [...groups.keys()].sort().flatMap((group) => linesOfGroup(groups.get(group)!, contract))
  lines.push(...leaseLines(contract, contract.agreed ? lastMeteredDay(records.map(lastInstantOf)) : null))
  const sum = (amounts: readonly Fen[]): Fen => amounts.reduce((total, fen) => total + fen, 0n)
  const valueFen = sum(lines.map((line) => line.valueFen))
  return accept({ lines, unvalued, valueFen, amountFen: sum(lines.map((line) => line.amountFen)) })
}

/** Idle time is billed with the time that was worked: one group, rounded once. */
function chargedReason(reason: RatingReason): RatingReason {
  return reason === 'idle' ? 'rated' : reason
}

function linesOfGroup(pieces: readonly RatedPiece[], contract: ServiceContract): RatedLine[] {
  const { tariff, chip, unitsPerCard } = pieces[0]!
  if (tariff === undefined) return roundedLines(pieces)
  const agreed = agreedFor(contract, chip, unitsPerCard)
  return tariffLines(pieces, ({ fromAt }) => agreedOn(agreed, dayOf(fromAt)).terms)
}

/** The pieces of one group share price and units a card: their weights are unit-seconds. */
function roundedLines(pieces: readonly RatedPiece[]): RatedLine[] {
  const { fenPerCardHour, unitsPerCard } = pieces[0]!
  const weights = pieces.map(({ units, seconds }) => BigInt(units) * BigInt(seconds))
  const unitSeconds = weights.reduce((total, weight) => total + weight, 0n)
  const total = divide(unitSeconds * fenPerCardHour, 3600n * BigInt(unitsPerCard), 'half_up')
  const values = splitInProportion(total, weights)
  return pieces.map((piece, index) => {
    const valueFen = values[index]!
    return { ...piece, valueFen, amountFen: piece.reason === 'rated' ? valueFen : 0n }
  })
}

function boundsOf(contract: ServiceContract, rules: RatingRules): Instant[] {
  const firsts = [contract.termFrom, rules.usableFrom].filter((day) => day !== null)
  const lasts = [contract.termUntil, rules.usableUntil].filter((day) => day !== null)
  return [...firsts.map(startOf), ...lasts.map((day) => startOf(addDays(day, 1)))]
}

function reasonOf(
  record: UsageRecord,
  piece: UsagePiece,
  contract: ServiceContract,
  rules: RatingRules,
): RatingReason {
  const within = (from: Day | null, until: Day | null): boolean =>
    (from === null || piece.fromAt >= startOf(from)) &&
    (until === null || piece.untilAt <= startOf(addDays(until, 1)))
  if (!within(contract.termFrom, contract.termUntil)) return 'outside_term'
  if (!within(rules.usableFrom, rules.usableUntil)) return 'outside_usable_days'
  return record.state === 'NODE_FAIL' && rules.nodeFailure === 'rated_zero' ? 'node_failed' : 'rated'
}
