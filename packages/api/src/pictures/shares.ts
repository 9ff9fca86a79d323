// Who gets what when money is short, rule by rule: one bar a rule, as long as what was approved, the pool an upright line.
import type { z } from 'zod'
import type { Language } from '../format/language.ts'
import { ledgerMoney, readTogether, sayMoney } from '../format/money.ts'
import type { roundPlan } from '../routes/round.ts'
import { barsScene, HATCHED, type Bar } from './bars.ts'
import { PAINT } from './paint.ts'
import { inWords, type Picture } from './picture.ts'

type Plan = z.output<typeof roundPlan>
type Line = Plan['rules'][number]

export type SharesData = Pick<Plan, 'named' | 'poolFen' | 'claimsFen' | 'rules'>

const NAMES: Readonly<Record<Line['rule'], { readonly zh: string; readonly en: string }>> = {
  first_come: { zh: '先到先得', en: 'First come' },
  merit: { zh: '择优', en: 'By merit' },
  merit_shared: { zh: '择优，末位同分者分摊', en: 'By merit, the last tied share' },
  pro_rata: { zh: '按比例分摊', en: 'In proportion' },
  lottery: { zh: '抽签', en: 'By lot' },
}

export function sharesPicture(data: SharesData, language: Language): Picture {
  const say = (zh: string, en: string): string => inWords(language, { zh, en })
  const pool = BigInt(data.poolFen)
  const claims = BigInt(data.claimsFen)
  return {
    name: say('各办法的结果', 'what-each-rule-gives'),
    language,
    ...finding(data, language),
    legend: say(
      '深色：分出的钱 · 斜线：分到多少要看抽签 · 竖线：可分配的钱',
      'Dark: given out · hatched: hangs on the draw · upright: what there is to divide',
    ),
    table: {
      labels: 1,
      head: [
        say('办法', 'Rule'),
        say('分出（元）', 'Given out (yuan)'),
        say('余下（元）', 'Left (yuan)'),
        say('全额', 'Whole'),
        say('部分', 'In part'),
        say('没有', 'Nothing'),
      ],
      rows: data.rules.map((line) => [
        inWords(language, NAMES[line.rule]),
        line.awardedFen === null ? '—' : ledgerMoney(line.awardedFen),
        line.leftFen === null ? '—' : ledgerMoney(line.leftFen),
        line.whole === null ? reached(line, language) : String(line.whole),
        line.inPart === null ? '—' : String(line.inPart),
        line.nothing === null ? '—' : String(line.nothing),
      ]),
    },
    draw: (width) => {
      const read = readTogether(
        data.rules.flatMap(({ awardedFen }) => (awardedFen === null ? [] : [awardedFen])),
        language,
      )
      return barsScene(
        {
          rows: claims === 0n ? [] : data.rules.map((line) => bar(line, { data, read, language })),
          whole: claims > pool ? claims : pool,
          ...(claims === 0n ? {} : { rule: pool }),
          empty: say('没有已批准而等这笔钱的申请', 'No approved application waits for this money'),
        },
        width,
      )
    },
  }
}

/** How many a lottery reaches, as far as it is known before the draw. */
function reached({ fewest, most }: Line, language: Language): string {
  if (fewest === most) return String(most ?? 0)
  return inWords(language, { zh: `${fewest} 至 ${most}`, en: `${fewest} to ${most}` })
}

interface Drawn {
  readonly data: SharesData
  readonly read: (fen: string) => string
  readonly language: Language
}

function bar(line: Line, { data, read, language }: Drawn): Bar {
  const say = (zh: string, en: string): string => inWords(language, { zh, en })
  const named = line.rule === data.named
  const label = `${inWords(language, NAMES[line.rule])}${named ? say(' ◆ 措施写明的办法', ' ◆ the programme’s rule') : ''}`
  if (line.awardedFen === null) {
    const pool = BigInt(data.poolFen)
    const claims = BigInt(data.claimsFen)
    return {
      label,
      value: say('开奖才知道', 'known after the draw'),
      note: say(`可有 ${reached(line, language)} 家得到全额`, `${reached(line, language)} are met whole`),
      segments: [{ from: 0n, to: claims < pool ? claims : pool, fill: HATCHED }],
      marked: named,
    }
  }
  const parts = [
    ...((line.whole ?? 0) > 0 ? [say(`全额 ${line.whole}`, `whole ${line.whole}`)] : []),
    ...((line.inPart ?? 0) > 0 ? [say(`部分 ${line.inPart}`, `in part ${line.inPart}`)] : []),
    ...((line.nothing ?? 0) > 0 ? [say(`没有 ${line.nothing}`, `nothing ${line.nothing}`)] : []),
  ]
  return {
    label,
    value: read(line.awardedFen),
    note: parts.join(' · '),
    segments: [{ from: 0n, to: BigInt(line.awardedFen), fill: named ? PAINT.main : PAINT.second }],
    marked: named,
  }
}

function finding(
  { named, poolFen, claimsFen }: SharesData,
  language: Language,
): { readonly title: string; readonly sentence: string } {
  const say = (zh: string, en: string): string => inWords(language, { zh, en })
  const short = BigInt(claimsFen) - BigInt(poolFen)
  const amounts = { pool: sayMoney(poolFen, language), claims: sayMoney(claimsFen, language) }
  const sentence = say(
    `可分配 ${amounts.pool}，已批准而等钱的共 ${amounts.claims}；措施写明：${NAMES[named].zh}。`,
    `${amounts.pool} to divide, ${amounts.claims} approved and waiting; the programme says: ${NAMES[named].en.toLowerCase()}.`,
  )
  if (BigInt(claimsFen) === 0n) return { title: say('没有人在等', 'Nobody waits'), sentence }
  if (short <= 0n) return { title: say('钱够分', 'There is enough for all'), sentence }
  const title = say(`还差 ${sayMoney(short, language)}`, `${sayMoney(short, language)} short`)
  return { title, sentence }
}
