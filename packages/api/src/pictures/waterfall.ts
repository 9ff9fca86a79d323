// Why only this amount: from what was metered down to what is payable, each step with what it takes away. Nothing is
// lost on the way: the first bar less every step is the last bar.
import type { z } from 'zod'
import type { Language } from '../format/language.ts'
import { ledgerMoney, readTogether, sayMoney, type FenValue } from '../format/money.ts'
import type { determination } from '../routes/determination.ts'
import type { matched } from '../routes/evidence.ts'
import { barsScene, HATCHED, type Bar } from './bars.ts'
import { PAINT } from './paint.ts'
import { inWords, leading, percent, type Picture } from './picture.ts'

type Words = { readonly zh: string; readonly en: string }

export interface WaterfallData {
  readonly matched: Pick<z.output<typeof matched>, 'legs' | 'shownFen' | 'shortfalls' | 'baseFen'>
  readonly determination: Pick<z.output<typeof determination>, 'steps'>
  readonly payableFen: string
}

export interface WaterfallStep {
  readonly id: string
  readonly text: Words
  /** what this step takes away; below zero where a rounding gives */
  readonly takesFen: bigint
  readonly afterFen: bigint
}

const LEGS: Readonly<Record<string, Words>> = {
  metered: { zh: '计量', en: 'Metered' },
  contract: { zh: '合同', en: 'Contract' },
  invoice: { zh: '发票', en: 'Invoices' },
  payment: { zh: '付款', en: 'Payments' },
}

/** the step of the support rate: the rule, not a shortfall */
const RATE = 'rate'

/** What a proof does not bear out of what the ones before it did. */
const SHORT_OF: Readonly<Record<string, Words>> = {
  metered: { zh: '计量中不予认定', en: 'Not recognised in the metering' },
  contract: { zh: '合同没有覆盖', en: 'Not covered by the contract' },
  invoice: { zh: '发票没有覆盖', en: 'Not covered by invoices' },
  payment: { zh: '付款没有覆盖', en: 'Not covered by payments' },
  claim: { zh: '没有申请', en: 'Not asked for' },
}

/** The steps from what the first leg shows to what is payable; those that take nothing are left out. */
export function waterfallSteps({ matched: match, determination: reckoned, payableFen }: WaterfallData): {
  readonly startFen: bigint
  readonly start: Words
  readonly steps: readonly WaterfallStep[]
} {
  const steps: WaterfallStep[] = []
  let left = BigInt(match.shownFen)
  const take = (id: string, text: Words, after: bigint): void => {
    if (after !== left) steps.push({ id, text, takesFen: left - after, afterFen: after })
    left = after
  }
  for (const leg of Object.keys(SHORT_OF)) {
    const sum = match.shortfalls
      .filter((shortfall) => shortfall.leg === leg)
      .reduce((total, { differenceFen }) => total + BigInt(differenceFen), 0n)
    take(leg, SHORT_OF[leg]!, left - sum)
  }
  take('base', { zh: '核对结果', en: 'The match' }, BigInt(match.baseFen))
  for (const step of reckoned.steps) {
    if (['leg', 'base', 'total'].includes(step.kind) || step.amountFen === null) continue
    const text =
      step.kind === 'rate'
        ? { zh: '支持比例以外，企业自付', en: 'Borne by the firm: beyond the rate' }
        : step.kind === 'round'
          ? { zh: '取整', en: 'Rounding' }
          : step.text
    take(step.kind === 'rate' ? RATE : step.id, text, BigInt(step.amountFen))
  }
  take('payable', { zh: '其他', en: 'Other' }, BigInt(payableFen))
  const first = match.legs.find(({ applies }) => applies)?.leg ?? 'metered'
  return { startFen: BigInt(match.shownFen), start: LEGS[first]!, steps }
}

export function waterfallPicture(data: WaterfallData, language: Language): Picture {
  const say = (zh: string, en: string): string => inWords(language, { zh, en })
  const { startFen, start, steps } = waterfallSteps(data)
  const whole = steps.reduce((most, { afterFen }) => (afterFen > most ? afterFen : most), startFen)
  const worst = steps.reduce<WaterfallStep | null>(
    (most, step) => (step.id !== RATE && step.takesFen > (most?.takesFen ?? 0n) ? step : most),
    null,
  )
  const total = BigInt(data.payableFen)
  const read = readTogether([startFen, total, ...steps.map(({ takesFen }) => takesFen)], language)
  const rows: readonly Bar[] = [
    {
      label: say(`${start.zh}显示`, `${start.en}: shown`),
      value: read(startFen),
      segments: [{ from: 0n, to: startFen, fill: PAINT.second }],
    },
    ...steps.map((step) => stepBar(step, { marked: step === worst, read, language })),
    {
      label: say('应付', 'Payable'),
      value: read(total),
      segments: [{ from: 0n, to: total, fill: PAINT.main }],
      total: true,
    },
  ]
  return {
    name: say('为什么是这个金额', 'why-this-amount'),
    language,
    ...finding({ startFen, total, worst, start }, language),
    legend: say(
      '斜线：这一步减去的 · 黄底：减得最多的一步（支持比例不算）',
      'Hatched: what a step takes away · ochre: the step that takes most, the rate aside',
    ),
    table: {
      labels: 1,
      head: [say('步骤', 'Step'), say('减去（元）', 'Takes (yuan)'), say('剩下（元）', 'Leaves (yuan)')],
      rows: [
        [say(`${start.zh}显示`, `${start.en}: shown`), '—', ledgerMoney(startFen)],
        ...steps.map(({ text, takesFen, afterFen }) => [
          leading(language, text),
          ledgerMoney(takesFen),
          ledgerMoney(afterFen),
        ]),
        [say('应付', 'Payable'), '—', ledgerMoney(total)],
      ],
    },
    draw: (width) =>
      barsScene(
        {
          rows: startFen === 0n && steps.length === 0 ? [] : rows,
          whole,
          empty: say('还没有可核对的用量', 'Nothing to match yet'),
        },
        width,
      ),
  }
}

interface Shown {
  readonly marked: boolean
  readonly read: (fen: FenValue) => string
  readonly language: Language
}

function stepBar({ text, takesFen, afterFen }: WaterfallStep, { marked, read, language }: Shown): Bar {
  const gives = takesFen < 0n
  return {
    label: leading(language, text),
    value: `${gives ? '+' : '−'}${read(gives ? -takesFen : takesFen)}`,
    segments: gives
      ? [
          { from: 0n, to: afterFen + takesFen, fill: PAINT.pale },
          { from: afterFen + takesFen, to: afterFen, fill: PAINT.second },
        ]
      : [
          { from: 0n, to: afterFen, fill: PAINT.pale },
          { from: afterFen, to: afterFen + takesFen, fill: HATCHED },
        ],
    marked,
  }
}

interface Found {
  readonly startFen: bigint
  readonly total: bigint
  readonly worst: WaterfallStep | null
  readonly start: Words
}

function finding(
  { startFen, total, worst, start }: Found,
  language: Language,
): { title: string; sentence: string } {
  const say = (zh: string, en: string): string => inWords(language, { zh, en })
  const amounts = { start: sayMoney(startFen, language), total: sayMoney(total, language) }
  if (startFen === 0n) {
    return {
      title: say('没有可支付的用量', 'Nothing was used that could be paid for'),
      sentence: say(
        `${start.zh}为 0，所以应付为 ${amounts.total}。`,
        `${start.en} is 0, so ${amounts.total} is payable.`,
      ),
    }
  }
  const share = percent(total, startFen)
  const sentence = say(
    `${start.zh}显示 ${amounts.start}，应付 ${amounts.total}（${share}）。`,
    `${amounts.start} shown (${start.en.toLowerCase()}), of which ${amounts.total} is payable (${share}).`,
  )
  if (worst === null) {
    return {
      title: say('用量全部有证明，只按支持比例计算', 'All use is proven; only the rate applies'),
      sentence,
    }
  }
  const name = leading(language, worst.text)
  const takes = sayMoney(worst.takesFen, language)
  return { title: say(`减得最多的一步：${name}，${takes}`, `Largest deduction: ${name}, ${takes}`), sentence }
}
