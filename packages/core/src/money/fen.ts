// Money is a whole number of fen in a bigint. Text becomes money only in full: a unit is named, nothing is finer
// than a fen, and what is not understood is refused, never guessed.
import { accept, refuse, type Decision } from '../refusal.ts'

/** A whole number of fen (1 yuan = 100 fen). */
export type Fen = bigint

export type MoneyUnit = 'fen' | 'jiao' | 'yuan' | '10yuan' | '100yuan' | 'wan' | 'yi'

export const FEN_PER_UNIT: Readonly<Record<MoneyUnit, bigint>> = {
  fen: 1n,
  jiao: 10n,
  yuan: 100n,
  '10yuan': 1_000n,
  '100yuan': 10_000n,
  wan: 1_000_000n,
  yi: 10_000_000_000n,
}

const WRITTEN_UNITS: Readonly<Record<string, bigint>> = {
  分: 1n,
  角: 10n,
  元: 100n,
  万元: 1_000_000n,
  亿元: 10_000_000_000n,
}

/**
 * Reads an amount as a measure writes it: `200万元`, `1234.56元`, `5亿元`, `50分`.
 * @returns fen, or `money.no_unit` (5000万), `money.finer_than_fen` (0.001元), `money.not_a_number`
 */
export function parseMoney(
  text: string,
): Decision<Fen, 'money.no_unit' | 'money.finer_than_fen' | 'money.not_a_number'> {
  const match = /^(-?)(\d{1,15})(?:\.(\d{1,12}))?(分|角|元|万元|亿元)?$/.exec(text.trim())
  if (!match) return refuse('money.not_a_number', { text })
  const [, sign, whole, fraction = '', unit] = match
  if (unit === undefined) return refuse('money.no_unit', { text })
  const scaled = BigInt(whole! + fraction) * WRITTEN_UNITS[unit]!
  const scale = 10n ** BigInt(fraction.length)
  if (scaled % scale !== 0n) return refuse('money.finer_than_fen', { text })
  return accept(sign === '-' ? -(scaled / scale) : scaled / scale)
}

/**
 * Writes an amount in one unit with a fixed number of decimals and thousands separators; never rounds up:
 * what does not fit the decimals is cut, so a reader is never promised more than there is.
 */
export function formatFen(fen: Fen, unit: MoneyUnit = 'yuan', decimals = 2): string {
  const perUnit = FEN_PER_UNIT[unit]
  const magnitude = fen < 0n ? -fen : fen
  const whole = (magnitude / perUnit).toString().replace(/\B(?=(\d{3})+$)/g, ',')
  const cut = ((magnitude % perUnit) * 10n ** BigInt(decimals)) / perUnit
  const fraction = decimals > 0 ? `.${cut.toString().padStart(decimals, '0')}` : ''
  return `${fen < 0n ? '-' : ''}${whole}${fraction}`
}
