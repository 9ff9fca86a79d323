// The words that documents need beside those of programmes, pages and refusals, always both languages side by side.
import { paramWords } from '@suanquan/api'
import { dayOf, type Day, type Instant } from '@suanquan/core/calendar'
import { capitalsOf, formatFen } from '@suanquan/core/money'
import type { PaperLanguage } from './paper.ts'
import { clauses, lineReasons, lineStates, postings, sources, type Both } from './word-tables.ts'

/** Everything that is written differently in the two languages. */
export interface Voice {
  readonly language: PaperLanguage
  /** the same for what the shared package writes */
  readonly locale: 'zh-CN' | 'en'
  readonly say: (zh: string, en: string) => string
  readonly pick: (text: Both) => string
  /** `400,000.00 元` */
  readonly money: (fen: bigint) => string
  readonly capitals: (fen: bigint) => string
  readonly day: (day: Day) => string
  readonly on: (at: Instant) => string
  /** day and minute in China */
  readonly minute: (at: Instant) => string
  /** `400,000.00`, where the column names the unit */
  readonly figure: (fen: bigint) => string
  /** a code of the platform in words: a state, an event, the state of a line of a batch */
  readonly word: (kind: 'state' | 'event' | 'line', code: string) => string
  /** `第 2.2 条`, or the name of a clause that has none */
  readonly clause: (clause: string | null) => string
  /** where a fact comes from */
  readonly source: (source: string) => string
  readonly posting: (code: string, kind: string) => string
  /** why a metered line does not count */
  readonly lineReason: (reason: string) => string
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

export function voiceOf(language: PaperLanguage): Voice {
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en)
  const pick = ({ zh, en }: Both): string => say(zh, en)
  const day = (text: Day): string => {
    const [year, month, date] = text.split('-').map(Number) as [number, number, number]
    return say(`${year}年${month}月${date}日`, `${date} ${MONTHS[month - 1]} ${year}`)
  }
  const money = (fen: bigint): string => say(`${formatFen(fen)} 元`, `CNY ${formatFen(fen)}`)
  return {
    language,
    locale: language === 'zh' ? 'zh-CN' : 'en',
    say,
    pick,
    money,
    capitals: (fen) => say(capitalsOf(fen), ''),
    day,
    on: (at) => day(dayOf(at)),
    minute: (at) => `${dayOf(at)} ${new Date(at + 8 * 3_600_000).toISOString().slice(11, 16)}`,
    figure: (fen) => formatFen(fen),
    word: (kind, code) => pick((kind === 'line' ? lineStates : paramWords[kind])?.[code] ?? same(code)),
    clause: (clause) =>
      clause === null ? '' : pick(clauses[clause] ?? { zh: `第 ${clause} 条`, en: `§ ${clause}` }),
    source: (source) =>
      source.startsWith('register:')
        ? source.slice('register:'.length)
        : pick(sources[source] ?? same(source)),
    posting: (code, kind) => pick(postings[`${code}.${kind}`] ?? postings[code] ?? same(code)),
    lineReason: (reason) => pick(lineReasons[reason] ?? same(reason)),
  }
}

function same(text: string): Both {
  return { zh: text, en: text }
}
