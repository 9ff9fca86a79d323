// When was support granted, and how much of it is paid? A bar a month, as open data give them: a month of too few
// organisations has none, and its row says so.
import type { Language } from '../format/language.ts'
import { ledgerMoney, sayMoney } from '../format/money.ts'
import { barsScene, HATCHED, type Bar } from './bars.ts'
import { PAINT } from './paint.ts'
import { inWords, type Picture } from './picture.ts'

export interface MonthAmounts {
  /** YYYY-MM */
  readonly month: string
  /** null: left out */
  readonly grantedFen: string | null
  readonly paidFen: string | null
}

export function monthsPicture(months: readonly MonthAmounts[], language: Language): Picture {
  const say = (zh: string, en: string): string => inWords(language, { zh, en })
  const hidden = say('不显示', 'not shown')
  const cell = (fen: string | null): string => (fen === null ? hidden : ledgerMoney(fen))
  const shown = months.filter(({ grantedFen }) => grantedFen !== null)
  const [most] = [...shown].sort((one, other) =>
    BigInt(one.grantedFen!) < BigInt(other.grantedFen!) ? 1 : -1,
  )
  return {
    name: say('各月核定与拨付', 'granted-and-paid'),
    language,
    title:
      most === undefined
        ? say('各月单位太少，不显示', 'Too few organisations a month to be shown')
        : say(
            `${most.month} 核定最多，为 ${sayMoney(most.grantedFen!, language)}`,
            `Most was granted in ${most.month}: ${sayMoney(most.grantedFen!, language)}`,
          ),
    sentence: say(
      '核定按公示期满之月计，拨付按银行付款之月计。',
      'Granted in the month in which the notice ended, paid in the month of the bank’s payment.',
    ),
    legend: say(
      '浅色：核定 · 深色：当月拨付 · 斜线：不显示',
      'Light: granted · dark: paid in the month · hatched: not shown',
    ),
    table: {
      labels: 1,
      head: [say('月份', 'Month'), say('核定（元）', 'Granted (yuan)'), say('拨付（元）', 'Paid (yuan)')],
      rows: months.map(({ month, grantedFen, paidFen }) => [month, cell(grantedFen), cell(paidFen)]),
    },
    draw: (width) =>
      barsScene(
        {
          rows: months.map((each) => barOf(each, language, hidden)),
          whole: greatest(months),
          empty: hidden,
        },
        width,
      ),
  }
}

function greatest(months: readonly MonthAmounts[]): bigint {
  const all = months.flatMap(({ grantedFen, paidFen }) => [BigInt(grantedFen ?? '0'), BigInt(paidFen ?? '0')])
  return all.reduce((most, fen) => (fen > most ? fen : most), 1n)
}

function barOf({ month, grantedFen, paidFen }: MonthAmounts, language: Language, hidden: string): Bar {
  if (grantedFen === null && paidFen === null) {
    return { label: month, value: hidden, segments: [{ from: 0n, to: 1n, fill: HATCHED }] }
  }
  const granted = BigInt(grantedFen ?? '0')
  const paid = BigInt(paidFen ?? '0')
  const segments = [
    { from: 0n, to: paid, fill: PAINT.main },
    { from: paid, to: granted, fill: PAINT.pale },
  ]
  return {
    label: month,
    value: grantedFen === null ? hidden : sayMoney(granted, language),
    segments: segments.filter(({ from, to }) => to > from),
  }
}
