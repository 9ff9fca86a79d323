// A published figure of compute, "2300P", "4.9万P" or "1.2EFLOPS", and the cards said to stand behind it.
import { accept, refuse, type Decision } from '../refusal.ts'
import { modelKey, precisions, type Accelerator, type Definition } from './accelerator.ts'
import { domesticAccelerators } from './accelerators-domestic.ts'
import { foreignAccelerators } from './accelerators-foreign.ts'

export const accelerators: readonly Accelerator[] = [...foreignAccelerators, ...domesticAccelerators]

export interface CapacityClaim {
  readonly text: string
  readonly petaflops: number
  /** half a unit of the last digit written: what rounding alone may have changed */
  readonly roundingPetaflops: number
  /** what the text itself says of its precision and sparsity */
  readonly stated: Partial<Definition>
}

export interface CardCount {
  readonly card: Accelerator
  readonly count: number
}

const GREATEST_PETAFLOPS = 1_000_000_000

const CLAIM =
  /^(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s*(万|亿)?\s*([TPE])(?:FLOPS|OPS)?(?:\/S)?\s*(?:\(([^()]*)\)|@\s*([^()]*))?$/i

/**
 * "2300P", "4.9万P", "2300 PFLOPS", "2300000TFLOPS", "2300P(FP16 稀疏)", full-width signs too. Refuses
 * `capacity.not_a_claim` for a text without a number, a known unit, or beyond all compute on earth.
 */
export function parseClaim(text: string): Decision<CapacityClaim, 'capacity.not_a_claim'> {
  const match = CLAIM.exec(text.normalize('NFKC').trim())
  if (match === null) return refuse('capacity.not_a_claim', { text })
  const [, integer, fraction = '', magnitude, unit, inBrackets, afterAt] = match
  const stated = statedIn(inBrackets ?? afterAt ?? '')
  if (stated === undefined) return refuse('capacity.not_a_claim', { text })
  const factor = (magnitude === '万' ? 1e4 : magnitude === '亿' ? 1e8 : 1) * UNITS[unit!.toUpperCase()]!
  const petaflops = Number(integer!.replaceAll(',', '') + fraction) * factor
  if (!(petaflops > 0) || petaflops > GREATEST_PETAFLOPS) return refuse('capacity.not_a_claim', { text })
  return accept({
    text: text.trim(),
    petaflops,
    roundingPetaflops: (factor * lastDigit(integer!, fraction)) / 2,
    stated,
  })
}

const UNITS: Readonly<Record<string, number>> = { T: 1e-3, P: 1, E: 1000 }

/** Words beside the figure that say what it means; undefined when one of them is not understood. */
function statedIn(text: string): Partial<Definition> | undefined {
  let stated: Partial<Definition> = {}
  for (const word of text
    .toLowerCase()
    .replace(/非稀疏|稠密|稀疏/g, ' $& ')
    .split(/[\s,、;·]+/)) {
    const name = word === 'bf16' ? 'fp16' : word
    const precision = precisions.find((each) => each === name)
    if (precision !== undefined) stated = { ...stated, precision }
    else if (['dense', '稠密', '非稀疏'].includes(word)) stated = { ...stated, sparsity: 'dense' }
    else if (['sparse', '稀疏'].includes(word)) stated = { ...stated, sparsity: 'sparse' }
    else if (word !== '') return undefined
  }
  return stated
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
  for (const part of text.normalize('NFKC').split(/[,、;]/)) {
    const match = /^\s*(.+?)\s*[:×]\s*(\d{1,9})\s*$/.exec(part)
    const count = Number(match?.[2])
    if (match === null || count === 0) return refuse('capacity.not_a_card_list', { text })
    const card = findAccelerator(match[1]!)
    if (card === undefined) return refuse('capacity.unknown_card', { model: match[1]! })
    cards.push({ card, count })
  }
  return accept(cards)
}
