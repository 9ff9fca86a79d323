// Did everything come? A row a feed, a cell a day: whole, in part (as high as its share), silent (hatched), or nothing to
// expect. A silent day is not a day without use.
import type { Language } from '../format/language.ts'
import { fit, SIZE } from './letters.ts'
import { PAINT } from './paint.ts'
import { inWords, NARROWEST, type Picture } from './picture.ts'
import { hatch, rect, text, type Mark, type Scene } from './scene.ts'

export interface FeedDaysData {
  readonly feeds: readonly {
    readonly name: string
    readonly providerName: string
    readonly days: readonly {
      readonly day: string
      readonly state: 'complete' | 'partial' | 'silent' | 'no_feed'
      readonly percent: number
    }[]
  }[]
}

const ROW = 18
const LINE = SIZE + 6
const GAP = 10

export function feedDaysPicture({ feeds }: FeedDaysData, language: Language): Picture {
  const say = (zh: string, en: string): string => inWords(language, { zh, en })
  const all = feeds.flatMap(({ days }) => days)
  const count = (state: string): number => all.filter((each) => each.state === state).length
  const [partial, silent, whole] = [count('partial'), count('silent'), count('complete')]
  const states = {
    complete: say('完整', 'complete'),
    partial: say('部分', 'partial'),
    silent: say('没有上报', 'silent'),
    no_feed: say('未接入', 'no feed'),
  }
  return {
    name: say('用量完整性', 'completeness-of-use'),
    language,
    title:
      all.length - count('no_feed') === 0
        ? say('这些天还没有接入的计量代理', 'No feed was enrolled on these days')
        : partial + silent === 0
          ? say(`${whole} 个代理日全部完整`, `All ${whole} feed-days are complete`)
          : say(
              `${silent} 个代理日没有上报，${partial} 个只有部分`,
              `${silent} feed-days are silent, ${partial} are partial`,
            ),
    sentence: say(
      '没有上报不等于没有使用：缺的用量恢复后会补报，在此之前不能当作空闲。',
      'A silent day is not an idle one: what is missing comes in later, and until then nobody knows.',
    ),
    legend: say(
      '实心：完整 · 半高：部分，按比例 · 斜线：没有上报 · 浅灰：未接入或未到',
      'Filled: complete · part of the height: that share · hatched: silent · grey: nothing to expect',
    ),
    table: {
      labels: 4,
      head: [
        say('算力中心', 'Centre'),
        say('代理', 'Agent'),
        say('日期', 'Day'),
        say('状态', 'State'),
        say('完整度（%）', 'Complete (%)'),
      ],
      rows: feeds.flatMap(({ name, providerName, days }) =>
        days.map(({ day, state, percent }) => [
          providerName,
          name,
          day,
          states[state],
          state === 'no_feed' ? '' : String(percent),
        ]),
      ),
    },
    draw: (width) => draw(feeds, width),
  }
}

function draw(feeds: FeedDaysData['feeds'], width: number): Scene {
  const wide = Math.max(NARROWEST, Math.round(width))
  const marks: Mark[] = []
  let top = 0
  for (const { name, providerName, days } of feeds) {
    marks.push(text({ x: 0, y: top + SIZE }, fit(`${providerName} · ${name}`, wide), { fill: PAINT.ink }))
    top += LINE
    const step = wide / Math.max(1, days.length)
    for (const [index, { state, percent }] of days.entries()) {
      const cell = { x: index * step, y: top, width: Math.max(1, step - 1.5), height: ROW }
      if (state === 'silent') marks.push(...hatch(cell, PAINT.limit))
      else marks.push(rect(cell, PAINT.faint))
      const share = state === 'complete' ? 1 : state === 'partial' ? Math.max(percent, 8) / 100 : 0
      if (share > 0)
        marks.push(
          rect(
            { ...cell, y: top + ROW * (1 - share), height: ROW * share },
            state === 'complete' ? PAINT.main : PAINT.second,
          ),
        )
    }
    top += ROW + GAP
  }
  const [first, last] = [feeds[0]?.days[0]?.day, feeds[0]?.days.at(-1)?.day]
  if (first !== undefined && last !== undefined) {
    marks.push(text({ x: 0, y: top + SIZE - 4 }, first))
    marks.push(text({ x: wide, y: top + SIZE - 4 }, last, { anchor: 'end' }))
  }
  return { width: wide, height: top + LINE, marks }
}
