// What limited my amount: what the rate gave, how much room each cap left, and the one that decided.
import type { z } from 'zod'
import type { Language } from '../format/language.ts'
import { ledgerMoney, readTogether, sayMoney } from '../format/money.ts'
import type { determination } from '../routes/determination.ts'
import { barsScene, HATCHED, type Bar } from './bars.ts'
import { PAINT } from './paint.ts'
import { inWords, leading, type Picture } from './picture.ts'

type Determination = z.output<typeof determination>
type Step = Determination['steps'][number]

export type CapsData = Pick<Determination, 'steps' | 'eligible'>

interface Read {
  /** what was reckoned before any cap; null while a fact is missing */
  readonly before: bigint | null
  readonly caps: readonly Step[]
  readonly binding: Step | null
  readonly result: bigint | null
}

/** A cap before which nothing was reckoned limits nothing; what the last one left is the result. */
function readingOf({ steps }: CapsData): Read {
  const lines = steps.filter(({ kind }) => kind !== 'total')
  const caps = lines.filter(({ kind }) => kind === 'cap' || kind === 'within')
  const first = lines.findIndex((line) => caps.includes(line))
  const earlier = first === -1 ? lines : lines.slice(0, first)
  return {
    before: amountOf(earlier[earlier.length - 1]),
    caps,
    binding: [...caps].reverse().find(({ binding }) => binding) ?? null,
    result: amountOf(lines[lines.length - 1]),
  }
}

function amountOf(step: Step | undefined): bigint | null {
  return step?.amountFen === null || step === undefined ? null : BigInt(step.amountFen)
}

/** What a cap leaves, in fen; null where it counts times, or a fact is missing. */
function roomOf(step: Step): bigint | null {
  const room = step.kind === 'within' ? step.limitFen : step.headroomFen
  return room === null || step.counts ? null : BigInt(room)
}

export function capsPicture(data: CapsData, language: Language): Picture {
  const say = (zh: string, en: string): string => inWords(language, { zh, en })
  const reading = readingOf(data)
  return {
    name: say('金额受什么限制', 'what-limited-the-amount'),
    language,
    ...finding(data, reading, language),
    legend: legendOf(reading, language),
    table: {
      labels: 1,
      head: [
        say('项目', 'Line'),
        say('上限（元）', 'Limit (yuan)'),
        say('以前已用（元）', 'Used before (yuan)'),
        say('可用（元）', 'Room (yuan)'),
        say('之后金额（元）', 'Amount after (yuan)'),
      ],
      rows: [
        ...(reading.before === null
          ? []
          : [[say('上限之前算得', 'Before any cap'), '—', '—', '—', ledgerMoney(reading.before)]]),
        ...reading.caps.map((step) => [
          `${leading(language, step.text)}${step.binding ? say('（起作用）', ' (applied)') : ''}`,
          ...[step.limitFen, step.usedFen, step.headroomFen ?? step.limitFen].map((fen) =>
            fen === null ? '—' : step.counts ? say(`${fen} 次`, `${fen} times`) : ledgerMoney(fen),
          ),
          step.amountFen === null ? '—' : ledgerMoney(step.amountFen),
        ]),
      ],
    },
    draw: (width) => {
      const before = reading.before ?? 0n
      const result = reading.result
      return barsScene(
        {
          rows: result === null ? [] : rows(reading, language),
          whole: wholeOf(reading, before),
          ...(result === null ? {} : { rule: result }),
          empty: say('还缺资料，算不出', 'Facts are missing; nothing can be reckoned yet'),
        },
        width,
      )
    },
  }
}

/** Only of what is there to see. */
function legendOf(reading: Read, language: Language): string {
  const say = (zh: string, en: string): string => inWords(language, { zh, en })
  const whole = wholeOf(reading, reading.before ?? 0n)
  const bars = reading.caps.flatMap((step) => {
    const room = roomOf(step)
    return room === null ? [] : [{ room, used: BigInt(step.usedFen ?? '0') }]
  })
  return [
    ...(reading.result === null ? [] : [say('竖线：结果', 'Upright: the result')]),
    ...(reading.binding === null ? [] : [say('黄：起作用的上限', 'ochre: the cap that applied')]),
    ...(bars.some(({ used }) => used > 0n) ? [say('斜线：以前已用', 'hatched: used before')] : []),
    ...(bars.some(({ room, used }) => room + used > whole)
      ? [say('锯齿：更长，画不下', 'torn edge: longer than drawn')]
      : []),
  ].join(' · ')
}

/** Wide enough for what was reckoned and for caps near it; a pool of millions is cut. */
function wholeOf({ caps }: Read, before: bigint): bigint {
  const most = caps.reduce((longest, step) => {
    const limit = BigInt((step.counts ? null : step.limitFen) ?? '0')
    return limit > longest ? limit : longest
  }, before)
  const room = (before * 5n) / 2n
  return room > 0n && most > room ? room : most
}

function rows({ before, caps, result }: Read, language: Language): readonly Bar[] {
  const say = (zh: string, en: string): string => inWords(language, { zh, en })
  const amounts = [before, result, ...caps.map(roomOf)].filter((fen) => fen !== null)
  const read = readTogether(amounts, language)
  const lines = caps.flatMap((step): Bar[] => {
    const room = roomOf(step)
    const label = `${leading(language, step.text)}${step.binding ? say(' ◆ 起作用的上限', ' ◆ this cap applied') : ''}`
    if (room === null) {
      if (!step.binding) return []
      return [{ label, value: say('次数已用完', 'none left'), segments: [], marked: true }]
    }
    const used = BigInt(step.usedFen ?? '0')
    const note =
      used > 0n
        ? say(
            `上限 ${sayMoney(step.limitFen ?? '0', language)}，以前已用 ${sayMoney(used, language)}`,
            `limit ${sayMoney(step.limitFen ?? '0', language)}, ${sayMoney(used, language)} used before`,
          )
        : ''
    return [
      {
        label,
        value: read(room),
        note,
        segments: [
          { from: 0n, to: room, fill: step.binding ? PAINT.limitPale : PAINT.pale },
          { from: room, to: room + used, fill: HATCHED },
        ],
        marked: step.binding,
      },
    ]
  })
  return [
    {
      label: say('上限之前算得', 'Before any cap'),
      value: read(before ?? 0n),
      segments: [{ from: 0n, to: before ?? 0n, fill: PAINT.second }],
    },
    ...lines,
    {
      label: say('结果', 'Result'),
      value: read(result ?? 0n),
      segments: [{ from: 0n, to: result ?? 0n, fill: PAINT.main }],
      total: true,
    },
  ]
}

function finding(
  { eligible }: CapsData,
  { before, binding, result, caps }: Read,
  language: Language,
): { title: string; sentence: string } {
  const say = (zh: string, en: string): string => inWords(language, { zh, en })
  if (before === null || result === null) {
    return {
      title: say('还算不出金额', 'No amount can be reckoned yet'),
      sentence: say(
        '补齐资料后，这里显示是哪一条上限起作用。',
        'Once all facts are there, this shows which cap applies.',
      ),
    }
  }
  const amounts = { before: sayMoney(before, language), result: sayMoney(result, language) }
  const open =
    eligible === 'yes'
      ? ''
      : say(
          '条件还没有全部满足，这只是按现有资料的测算。',
          ' Not every condition is met: this is a reckoning on the facts at hand.',
        )
  if (binding === null) {
    const title = say('没有上限起作用', 'No cap applied')
    const sentence = say(
      caps.length === 0
        ? `算得 ${amounts.result}，本措施没有上限。`
        : `算得 ${amounts.result}，各项上限都够用。`,
      caps.length === 0
        ? `The reckoning gives ${amounts.result}; the programme has no cap.`
        : `The reckoning gives ${amounts.result}, and every cap has room for it.`,
    )
    return { title, sentence: sentence + open }
  }
  const name = inWords(language, binding.text)
  return {
    title: say(`起作用的是：${name}`, `What applied: ${name}`),
    sentence:
      say(
        `上限之前算得 ${amounts.before}，这一条把它限为 ${amounts.result}，少 ${sayMoney(before - result, language)}。`,
        `${amounts.before} before the caps; this one brings it to ${amounts.result}, ${sayMoney(before - result, language)} less.`,
      ) + open,
  }
}
