// A published figure of compute, "2300P", "4.9万P" or "1.2EFLOPS", and the cards said to stand behind it.
import { accept, refuse, type Decision } from '../refusal.ts'
import { modelKey, type Accelerator } from './accelerator.ts'
import { domesticAccelerators } from './accelerators-domestic.ts'
import { foreignAccelerators } from './accelerators-foreign.ts'

export const accelerators: readonly Accelerator[] = [...foreignAccelerators, ...domesticAccelerators]

export interface CapacityClaim {
  readonly text: string
  readonly petaflops: number
  /** half a unit of the last digit written: what rounding alone may have changed */
  readonly roundingPetaflops: number
}

export interface CardCount {
  readonly card: Accelerator
  readonly count: number
}

const GREATEST_PETAFLOPS = 1_000_000_000

/** Refuses `capacity.not_a_claim` for a text without a number, a known unit, or beyond all compute on earth. */
export function parseClaim(text: string): Decision<CapacityClaim, 'capacity.not_a_claim'> {
  const match = /^\s*(\d[\d,]*)(\.\d+)?\s*(万|亿)?\s*(P|E)(FLOPS|FLOPS\/S)?\s*$/i.exec(text)
  if (match === null) return refuse('capacity.not_a_claim', { text })
  const [, integer, fraction = '', magnitude, unit] = match
  const factor =
    (magnitude === '万' ? 1e4 : magnitude === '亿' ? 1e8 : 1) * (unit!.toUpperCase() === 'E' ? 1000 : 1)
  const petaflops = Number(integer!.replaceAll(',', '') + fraction) * factor
  if (!(petaflops > 0) || petaflops > GREATEST_PETAFLOPS) return refuse('capacity.not_a_claim', { text })
  return accept({
    text: text.trim(),
    petaflops,
    roundingPetaflops: (factor * lastDigit(integer!, fraction)) / 2,
  })
}

/** The worth of the last digit written; trailing zeros of a whole number are taken as rounding. */
function lastDigit(integer: string, fraction: string): number {
  let unit = 1
  if (fraction !== '') {
    for (let digits = fraction.length - 1; digits > 0; digits--) unit /= 10
    return unit
  }
  for (const digit of [...integer.replaceAll(',', '')].reverse()) {
    if (digit !== '0') return unit
    unit *= 10
  }
  return unit
}

/** @returns undefined when no row carries the name */
export function findAccelerator(name: string): Accelerator | undefined {
  const key = modelKey(name)
  return accelerators.find((card) => [card.model, ...card.aliases].some((known) => modelKey(known) === key))
}

/** "H800:1184,A800:64". Refuses `capacity.not_a_card_list` and `capacity.unknown_card`. */
export function parseCards(
  text: string,
): Decision<readonly CardCount[], 'capacity.not_a_card_list' | 'capacity.unknown_card'> {
  const cards: CardCount[] = []
  for (const part of text.split(',')) {
    const match = /^\s*(.+?)\s*[:：]\s*(\d{1,9})\s*$/.exec(part)
    const count = Number(match?.[2])
    if (match === null || count === 0) return refuse('capacity.not_a_card_list', { text })
    const card = findAccelerator(match[1]!)
    if (card === undefined) return refuse('capacity.unknown_card', { model: match[1]! })
    cards.push({ card, count })
  }
  return accept(cards)
}
