// When were the cards of a contract in use? A bar an hour or day, the line of what the contract bought over it. Hours that
// nobody read are hatched over their whole height: unknown, not idle.
import type { Language } from '../format/language.ts'
import { SIZE } from './letters.ts'
import { PAINT } from './paint.ts'
import { inWords, NARROWEST, type Picture } from './picture.ts'
import { hatch, path, rect, round, text, type Mark, type Scene } from './scene.ts'

export interface UsageHoursData {
  readonly step: 'hour' | 'day'
  readonly boughtMilliCards: number | null
  readonly hours: readonly {
    readonly at: string
    readonly cardSeconds: number
    readonly readPercent: number | null
  }[]
}

const HEIGHT = 160
const FOOT = SIZE + 8

export function usageHoursPicture(data: UsageHoursData, language: Language): Picture {
  const say = (zh: string, en: string): string => inWords(language, { zh, en })
  const { hours, step, boughtMilliCards } = data
  const seconds = step === 'hour' ? 3_600 : 86_400
  const cards = (cardSeconds: number): string => (cardSeconds / seconds).toFixed(1)
  const cardHours = Math.round(hours.reduce((sum, each) => sum + each.cardSeconds, 0) / 3_600)
  const unread = hours.filter(isUnread).length
  const unit = step === 'hour' ? say('小时', 'hours') : say('天', 'days')
  const bought = boughtMilliCards === null ? null : (boughtMilliCards / 1000).toFixed(1)
  return {
    name: say('逐时用量', 'use-by-hour'),
    language,
    title:
      cardHours === 0
        ? say('这段时间没有用量', 'Nothing was used in this time')
        : say(
            `共用 ${cardHours.toLocaleString('en-US')} 卡时`,
            `${cardHours.toLocaleString('en-US')} card-hours were used`,
          ),
    sentence: [
      bought === null
        ? say(
            '合同有多个单价，不折算平均卡数。',
            'The contract has several prices, so no average of cards is drawn.',
          )
        : say(
            `合同金额在合同期内平均相当于 ${bought} 张卡（横线）。`,
            `The contract’s amount buys ${bought} cards around the clock (the line).`,
          ),
      unread === 0
        ? ''
        : say(
            `有 ${unread} ${unit}没有读到数据：未知，不是空闲。`,
            `${unread} ${unit} were not read: unknown, not idle.`,
          ),
    ].join(language === 'en' ? ' ' : ''),
    legend: say(
      '柱：平均在用卡数 · 横线：合同平均购买 · 斜线：没有读到 · 空白：读到且空闲',
      'Bars: cards in use · line: what the contract buys · hatched: not read · empty: read, and idle',
    ),
    table: {
      labels: 1,
      head: [
        step === 'hour' ? say('小时（北京时间）', 'Hour (China time)') : say('日期', 'Day'),
        say('平均在用卡数', 'Cards in use'),
        say('读到的比例（%）', 'Read (%)'),
      ],
      rows: hours.map((each) => [
        labelOf(each.at, step),
        cards(each.cardSeconds),
        each.readPercent === null ? say('未接入', 'no feed') : String(each.readPercent),
      ]),
    },
    draw: (width) => draw(data, seconds, width),
  }
}

function isUnread({ readPercent, cardSeconds }: UsageHoursData['hours'][number]): boolean {
  return readPercent !== null && readPercent < 100 && cardSeconds === 0
}

/** China time has no summer time. */
function labelOf(at: string, step: 'hour' | 'day'): string {
  const local = new Date(Date.parse(at) + 8 * 3_600_000).toISOString()
  return step === 'hour' ? `${local.slice(0, 10)} ${local.slice(11, 16)}` : local.slice(0, 10)
}

function draw({ hours, boughtMilliCards, step }: UsageHoursData, seconds: number, width: number): Scene {
  const wide = Math.max(NARROWEST, Math.round(width))
  const bought = (boughtMilliCards ?? 0) / 1000
  const most = Math.max(1, bought, ...hours.map(({ cardSeconds }) => cardSeconds / seconds)) * 1.1
  const marks: Mark[] = []
  const each = wide / Math.max(1, hours.length)
  const base = SIZE + 6 + HEIGHT
  for (const run of unreadRuns(hours))
    marks.push(
      ...hatch(
        { x: run.from * each, y: base - HEIGHT, width: (run.until - run.from) * each, height: HEIGHT },
        PAINT.limitPale,
      ),
    )
  for (const [index, { cardSeconds }] of hours.entries()) {
    const height = (cardSeconds / seconds / most) * HEIGHT
    if (height <= 0) continue
    const gap = each > 4 ? 1 : 0
    marks.push(
      rect({ x: index * each, y: base - height, width: Math.max(0.5, each - gap), height }, PAINT.main),
    )
  }
  marks.push(path(`M0 ${base}H${wide}`, { stroke: PAINT.line, strokeWidth: 1 }))
  if (bought > 0) {
    const y = round(base - (bought / most) * HEIGHT)
    marks.push(path(`M0 ${y}H${wide}`, { stroke: PAINT.limit, strokeWidth: 2 }))
  }
  marks.push(text({ x: 0, y: SIZE }, `${Math.round(most)}`))
  const [first, last] = [hours[0], hours.at(-1)]
  if (first !== undefined && last !== undefined) {
    marks.push(text({ x: 0, y: base + SIZE + 4 }, labelOf(first.at, step)))
    marks.push(text({ x: wide, y: base + SIZE + 4 }, labelOf(last.at, step), { anchor: 'end' }))
  }
  return { width: wide, height: base + FOOT, marks }
}

function unreadRuns(hours: UsageHoursData['hours']): { from: number; until: number }[] {
  const runs: { from: number; until: number }[] = []
  for (const [index, hour] of hours.entries()) {
    if (!isUnread(hour)) continue
    const last = runs.at(-1)
    if (last?.until === index) last.until = index + 1
    else runs.push({ from: index, until: index + 1 })
  }
  return runs
}
