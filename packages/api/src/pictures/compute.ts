// Money against compute: for each class and month what firms would buy beside what centres have free. Of many months the
// tightest of each class is drawn; the table holds all.
import type { z } from 'zod'
import type { Language } from '../format/language.ts'
import type { computeLine } from '../routes/capacity.ts'
import { barsScene, HATCHED, type Bar } from './bars.ts'
import { PAINT } from './paint.ts'
import { inWords, type Picture } from './picture.ts'

export type ComputeData = readonly z.output<typeof computeLine>[]

type Line = ComputeData[number]

const MOST_ROWS = 14

export function computePicture(lines: ComputeData, language: Language): Picture {
  const say = (zh: string, en: string): string => inWords(language, { zh, en })
  const shown = lines.length > MOST_ROWS ? tightest(lines) : lines
  const longest = shown.reduce(
    (most, line) => Math.max(most, line.wantedCardHours, line.freeCardHours ?? 0),
    0,
  )
  return {
    name: say('资金对算力', 'money-against-compute'),
    language,
    ...finding(lines, language),
    legend: say(
      '深色：要买且有空闲 · 斜线：要买但没有 · 浅色：买完还空闲',
      'Dark: wanted and free · hatched: wanted, not there · pale: free beyond that',
    ),
    table: {
      labels: 2,
      head: [
        say('卡型', 'Class'),
        say('月份', 'Month'),
        say('要买（卡时）', 'Wanted (card-hours)'),
        say('空闲（卡时）', 'Free (card-hours)'),
        say('要买（P_d16·时）', 'Wanted (P_d16·h)'),
        say('空闲（P_d16·时）', 'Free (P_d16·h)'),
      ],
      rows: lines.map((line) => [
        line.chip,
        line.month,
        figure(line.wantedCardHours),
        figure(line.freeCardHours),
        figure(line.wantedPflopHours),
        figure(line.freePflopHours),
      ]),
    },
    draw: (width) =>
      barsScene(
        {
          rows: shown.map((line) => bar(line, language)),
          whole: tenths(longest),
          empty: say('这笔钱还不买任何算力', 'This money buys no compute yet'),
        },
        width,
      ),
  }
}

/** Of each class the month with the least left, the unknown after the known. */
function tightest(lines: ComputeData): ComputeData {
  const left = ({ freeCardHours, wantedCardHours }: Line): number =>
    freeCardHours === null ? Number.MAX_VALUE : freeCardHours - wantedCardHours
  const worst = new Map<string, Line>()
  for (const line of lines) {
    const known = worst.get(line.chip)
    if (known === undefined || left(line) < left(known)) worst.set(line.chip, line)
  }
  return [...worst.values()]
}

function tenths(hours: number): bigint {
  return BigInt(Math.round(hours * 10))
}

function figure(hours: number | null): string {
  return hours === null ? '—' : grouped(Math.round(hours * 10) / 10)
}

/** Thousands apart, as in every table of figures. */
function grouped(hours: number): string {
  const [whole, rest] = String(hours).split('.')
  const parts = whole!.replace(/(?<=\d)(?=(?:\d{3})+$)/g, ',')
  return rest === undefined ? parts : `${parts}.${rest}`
}

function bar(line: Line, language: Language): Bar {
  const say = (zh: string, en: string): string => inWords(language, { zh, en })
  const wanted = tenths(line.wantedCardHours)
  const free = line.freeCardHours === null ? null : tenths(line.freeCardHours)
  const met = free === null ? 0n : wanted < free ? wanted : free
  const hours = figure(line.wantedPflopHours)
  const inP = line.wantedPflopHours === null ? '' : say(`，合 ${hours} P_d16·时`, `, ${hours} P_d16·h`)
  return {
    label: `${line.chip} · ${line.month}`,
    value: say(
      `要买 ${figure(line.wantedCardHours)} 卡时`,
      `${figure(line.wantedCardHours)} card-hours wanted`,
    ),
    note:
      free === null
        ? say(`没有中心填报这个月${inP}`, `no centre has stated this month${inP}`)
        : say(
            `空闲 ${figure(line.freeCardHours)} 卡时${inP}`,
            `${figure(line.freeCardHours)} card-hours free${inP}`,
          ),
    segments: [
      { from: 0n, to: met, fill: PAINT.main },
      { from: met, to: wanted, fill: HATCHED },
      { from: wanted, to: free ?? wanted, fill: PAINT.pale },
    ],
    marked: line.standing === 'short',
  }
}

function finding(
  lines: ComputeData,
  language: Language,
): { readonly title: string; readonly sentence: string } {
  const say = (zh: string, en: string): string => inWords(language, { zh, en })
  const short = lines.filter(({ standing }) => standing === 'short')
  const unknown = lines.filter(({ standing }) => standing === 'unknown').length
  const rest =
    unknown === 0
      ? say('其余够用。', 'The rest suffices.')
      : say(
          `有 ${unknown} 个卡型月份没有中心填报，够不够不知道。`,
          `Of ${unknown} months by class no centre has said what is free.`,
        )
  if (lines.length === 0)
    return {
      title: say('没有要买的算力', 'No compute is wanted'),
      sentence: say('没有人在等这笔钱。', 'Nobody waits for this money.'),
    }
  if (short.length > 0) {
    const [first] = short
    const { chip, month } = first!
    return {
      title: say('钱够买，算力不够', 'The money is there, the compute is not'),
      sentence: `${say(`${chip} 从 ${month} 起不够，共 ${short.length} 个卡型月份。`, `${chip} is short from ${month} on; ${short.length} months by class in all. `)}${rest}`,
    }
  }
  if (unknown > 0) return { title: say('够不够还不知道', 'Whether it suffices is not known'), sentence: rest }
  return {
    title: say('算力够用', 'There is compute enough'),
    sentence: say('每个月、每种卡都有足够空闲。', 'In every month every class has enough free.'),
  }
}
