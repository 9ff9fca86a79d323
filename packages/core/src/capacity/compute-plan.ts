// 资金对算力: what money lets firms buy, by chip class and month, beside what is free at the centres. Money becomes card-hours
// at each contract's own price, evenly over the days on which it can be spent and evenly over the classes that the contract
// prices; card-hours become P_d16·hours by the accelerator table, where that says something trustworthy. A month that no
// centre has stated is unknown, never empty.
import { addDays, addMonths, daysBetween, type Day } from '../calendar/index.ts'
import type { Fen } from '../money/index.ts'
import { countedFp16, type Acceptance } from './accelerator.ts'
import { findAccelerator } from './claim.ts'

/** What one firm will spend if it uses up what it is given. */
export interface Purchase {
  readonly fen: Fen
  readonly prices: readonly { readonly chip: string; readonly fenPerCardHour: Fen }[]
  readonly from: Day
  /** the last day on which it can be spent; before `from`: on that day */
  readonly until: Day
}

/** What a centre has of one class in one month, and has already sold of it. */
export interface CentreStock extends Acceptance {
  readonly centre: string
  /** YYYY-MM */
  readonly month: string
  readonly chip: string
  readonly devices: number
  readonly soldCardHours: number
}

export type ComputeStanding = 'within' | 'short' | 'unknown'

export interface ComputeLine {
  /** the model of the accelerator table, or as it was written where that has no such name */
  readonly chip: string
  readonly month: string
  readonly wantedCardHours: number
  /** null: no centre has stated this month */
  readonly freeCardHours: number | null
  /** dense FP16 of one card; null while nothing trustworthy says so */
  readonly tflops: number | null
  readonly standing: ComputeStanding
}

const PLACES = 10

/** One class, however contract and centre spell it. */
export function chipClass(chip: string): string {
  return findAccelerator(chip)?.model ?? chip.toLowerCase()
}

/** P_d16·hours of card-hours; null where the card counts nothing. */
export function petaflopHours(cardHours: number, tflops: number | null): number | null {
  return tflops === null ? null : (cardHours * tflops) / 1000
}

/** @returns a line for each class and month that is wanted, in that order */
export function computePlan(
  purchases: readonly Purchase[],
  stock: readonly CentreStock[],
): readonly ComputeLine[] {
  const wanted = new Map<string, Map<string, number>>()
  for (const purchase of purchases) addPurchase(wanted, purchase)
  const stated = new Set(stock.map(({ month }) => month))
  return [...wanted]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([chip, months]) => {
      const held = stock.filter((each) => chipClass(each.chip) === chip)
      const tflops = tflopsOf(chip, held)
      return [...months]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([month, hours]): ComputeLine => {
          const wantedCardHours = rounded(hours)
          const freeCardHours = stated.has(month)
            ? rounded(
                held.filter((each) => each.month === month).reduce((sum, each) => sum + freeOf(each), 0),
              )
            : null
          const short = freeCardHours !== null && wantedCardHours > freeCardHours
          const standing = freeCardHours === null ? 'unknown' : short ? 'short' : 'within'
          return { chip, month, wantedCardHours, freeCardHours, tflops, standing }
        })
    })
}

/** Card-hours that a centre has not sold yet; what it has sold beyond what it has leaves nothing, not less. */
export function freeOf({ month, devices, soldCardHours }: CentreStock): number {
  return Math.max(0, devices * hoursOf(month) - soldCardHours)
}

export function hoursOf(month: string): number {
  const first = `${month}-01`
  return daysBetween(first, addMonths(first, 1)) * 24
}

function addPurchase(wanted: Map<string, Map<string, number>>, purchase: Purchase): void {
  const { fen, prices, from } = purchase
  const until = purchase.until < from ? from : purchase.until
  const days = daysBetween(from, until) + 1
  for (const { chip, fenPerCardHour } of prices) {
    if (fenPerCardHour <= 0n) continue
    const hours = Number(fen) / prices.length / Number(fenPerCardHour)
    const name = chipClass(chip)
    const months = wanted.get(name) ?? new Map<string, number>()
    for (let day = from; day <= until;) {
      const month = day.slice(0, 7)
      const next = addMonths(`${month}-01`, 1)
      const end = next > until ? addDays(until, 1) : next
      months.set(month, (months.get(month) ?? 0) + (hours * daysBetween(day, end)) / days)
      day = end
    }
    wanted.set(name, months)
  }
}

function tflopsOf(chip: string, held: readonly CentreStock[]): number | null {
  const card = findAccelerator(chip)
  if (card === undefined) return null
  const accepted = held.map((each) => countedFp16(card, each)).find((each) => each !== undefined)
  return countedFp16(card) ?? accepted ?? null
}

/** Sums of shares carry the dust of binary fractions; a tenth of a card-hour is more than anybody states. */
function rounded(hours: number): number {
  return Math.round(hours * PLACES) / PLACES
}
