// Will the pool last? What is left over time, and where the present speed leads.
import { daysBetween } from '@suanquan/core/calendar'
import { readDay, readMonth } from '../format/day.ts'
import type { Language } from '../format/language.ts'
import { axisMoney, ledgerMoney, sayMoney } from '../format/money.ts'
import { burnDownShape, type BurnDownData, type Frame } from './burn-down-shape.ts'
import { widthOf } from './letters.ts'
import { PAINT } from './paint.ts'
import { inWords, NARROWEST, type Picture } from './picture.ts'
import { path, rect, text, type Mark, type Scene } from './scene.ts'

export function burnDownPicture(data: BurnDownData, language: Language): Picture {
  const say = (zh: string, en: string): string => inWords(language, { zh, en })
  return {
    name: say('资金池余额', 'pool-burn-down'),
    language,
    ...finding(data, language),
    legend:
      data.exhaustion === null
        ? say('阴影：发放后的余额 · 竖线：期末', 'Shaded: left after issue · upright: end of the period')
        : say(
            '阴影：发放后的余额 · 虚线：按近期速度推算，细线为早晚区间 · 竖线：期末',
            'Shaded: left after issue · dashed: the recent pace, thin lines its range · upright: end of the period',
          ),
    table: {
      labels: 1,
      head: [say('日期', 'Day'), say('余额（元）', 'Left (yuan)')],
      rows: [...data.series].reverse().map(({ day, leftFen }) => [day, ledgerMoney(leftFen)]),
    },
    draw: (width) => drawing(data, language, width),
  }
}

function finding(data: BurnDownData, language: Language): { title: string; sentence: string } {
  const say = (zh: string, en: string): string => inWords(language, { zh, en })
  const { series, exhaustion, endsOn } = data
  const leftFen = series[series.length - 1]?.leftFen ?? '0'
  const end = readDay(endsOn, language)
  const left = sayMoney(leftFen, language)
  if (series.length === 0) {
    return {
      title: say('资金池还没有钱', 'The pool holds no money yet'),
      sentence: say(
        `预算安排复核后到账；本期截至 ${end}。`,
        `It comes once an appropriation is approved; this period ends on ${end}.`,
      ),
    }
  }
  if (BigInt(leftFen) <= 0n) {
    return {
      title: say('资金池已用完', 'The pool is used up'),
      sentence: say(`一分不剩；本期截至 ${end}。`, `Nothing is left; this period ends on ${end}.`),
    }
  }
  if (exhaustion === null) {
    return {
      title: say(`资金池还剩 ${left}`, `${left} is left in the pool`),
      sentence: say(
        `近期发放太少，还推算不出何时用完；本期截至 ${end}。`,
        `Too little was issued lately to say how long it will last; the period ends on ${end}.`,
      ),
    }
  }
  const days = daysBetween(exhaustion.day, endsOn)
  if (days < 0) {
    return {
      title: say('资金池足够用到期末', 'The pool lasts to the end of the period'),
      sentence: say(
        `还剩 ${left}，按近期速度用得到期末 ${end} 以后。`,
        `${left} is left; at the recent pace it outlasts the period, which ends on ${end}.`,
      ),
    }
  }
  if (days === 0) {
    return {
      title: say('资金池正好用到期末', 'The pool lasts just to the end of the period'),
      sentence: say(
        `还剩 ${left}，按近期速度在期末 ${end} 当天用完。`,
        `${left} is left; at the recent pace it is gone on the last day, ${end}.`,
      ),
    }
  }
  const day = readDay(exhaustion.day, language)
  const early = days === 1 ? 'a day' : `${days} days`
  return {
    title: say(`资金池约在 ${day} 用完`, `The pool runs out around ${day}`),
    sentence: say(
      `还剩 ${left}，按近期速度会早于期末 ${end} ${days} 天用完。`,
      `${left} is left; at the recent pace it is gone ${early} before the period ends on ${end}.`,
    ),
  }
}

const HEIGHT = 176

function drawing(data: BurnDownData, language: Language, width: number): Scene {
  const wide = Math.max(NARROWEST, Math.round(width))
  const levels = burnDownShape(data, { left: 0, right: 1, top: 0, bottom: 1 }).levels
  const axis = Math.max(...levels.map(({ fen }) => widthOf(axisMoney(fen, language))))
  const frame: Frame = { left: Math.ceil(axis) + 8, right: wide - 8, top: 14, bottom: HEIGHT - 26 }
  const shape = burnDownShape(data, frame)
  const marks: Mark[] = [
    path(shape.levels.map(({ y }) => `M${frame.left} ${y}H${frame.right}`).join(''), { stroke: PAINT.faint }),
    path(shape.area, { fill: '#e4eff3' }),
    path(`M${frame.left} ${frame.bottom}H${frame.right}`, { stroke: PAINT.line }),
    path(`M${shape.endsAt} ${frame.top}V${frame.bottom}`, { stroke: PAINT.quiet, strokeDasharray: '2 3' }),
    path(shape.line, { stroke: PAINT.main, strokeWidth: 2.4 }),
  ].filter(({ attributes }) => attributes['d'] !== '')
  if (shape.fan !== null) marks.push(path(shape.fan, { stroke: PAINT.limitPale }))
  if (shape.forecast !== null) {
    marks.push(path(shape.forecast, { stroke: PAINT.limit, strokeWidth: 2, strokeDasharray: '5 4' }))
  }
  if (shape.end !== null) {
    marks.push(rect({ x: shape.end.x - 4, y: shape.end.y - 4, width: 8, height: 8 }, PAINT.limit))
  }
  for (const { y, fen } of shape.levels) marks.push(text({ x: 0, y: y + 4 }, axisMoney(fen, language)))
  let free = frame.left
  for (const { x, month } of shape.months) {
    const words = readMonth(month, language)
    if (x < free || x + widthOf(words) > wide) continue
    marks.push(text({ x, y: HEIGHT - 6 }, words))
    free = x + widthOf(words) + 8
  }
  return { width: wide, height: HEIGHT, marks }
}
