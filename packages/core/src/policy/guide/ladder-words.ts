// The rows of a ladder as people read them: from where to where, and what of it.
import { toFen } from '../../money/index.ts'
import { writeRate, writeValue } from '../message.ts'
import type { Programme, Text } from '../programme.ts'
import { valueAt, type Band } from './bands.ts'

export interface BandWords {
  readonly range: Text
  readonly gives: Text
}

export function bandWords(programme: Programme, bands: readonly Band[]): BandWords[] {
  const money = (fen: bigint): Text => {
    const write = (language: 'zh' | 'en'): string =>
      writeValue(fen, { kind: 'money' }, { schema: programme.facts, language })
    return { zh: write('zh'), en: write('en') }
  }
  return bands.map((band, index) => {
    const next = bands[index + 1]
    const from = band.fromFen === 0n ? null : money(band.fromFen - 1n)
    const to = next ? money(next.fromFen - 1n) : null
    return { range: rangeWords(from, to), gives: givesWords(band, money) }
  })
}

function rangeWords(from: Text | null, to: Text | null): Text {
  if (from === null && to === null) return { zh: '不论多少', en: 'any amount' }
  if (from === null) return { zh: `不超过 ${to!.zh}`, en: `up to ${to!.en}` }
  if (to === null) return { zh: `超过 ${from.zh}`, en: `above ${from.en}` }
  return { zh: `超过 ${from.zh}、不超过 ${to.zh}`, en: `above ${from.en}, up to ${to.en}` }
}

/** A share of the whole, a fixed amount, or a fixed amount and a share of what is above the band's beginning. */
function givesWords(band: Band, money: (fen: bigint) => Text): Text {
  const share = writeRate(band.share)
  if (band.share.numerator === 0n) return money(toFen(band.plus, 'fen', 'down'))
  if (band.plus.numerator === 0n) return { zh: `全额的 ${share}`, en: `${share} of it` }
  const below = band.fromFen === 0n ? 0n : band.fromFen - 1n
  const start = money(toFen(valueAt(band, below), 'fen', 'down'))
  const bound = money(below)
  return {
    zh: `${start.zh} 加超过 ${bound.zh} 部分的 ${share}`,
    en: `${start.en} and ${share} of what is above ${bound.en}`,
  }
}
