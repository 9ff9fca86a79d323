// Who gains and who loses by a changed rule? One bar a kind of change, as long as how many applications it meets.
import type { z } from 'zod'
import type { Language } from '../format/language.ts'
import { ledgerMoney, sayMoney } from '../format/money.ts'
import { impactChanges, type ImpactChange } from '../impact-changes.ts'
import type { impactRoutes } from '../routes/impact.ts'
import { barsScene, HATCHED } from './bars.ts'
import { PAINT } from './paint.ts'
import { inWords, type Picture } from './picture.ts'

export type ImpactData = Pick<z.output<typeof impactRoutes.readImpact.answer>, 'counts' | 'sums'>

export const IMPACT_NAMES: Readonly<Record<ImpactChange, { readonly zh: string; readonly en: string }>> = {
  newly: { zh: '新符合条件', en: 'Newly eligible' },
  more: { zh: '多得', en: 'Gets more' },
  less: { zh: '少得', en: 'Gets less' },
  no_longer: { zh: '不再符合条件', en: 'No longer eligible' },
  same: { zh: '不变', en: 'The same' },
  unknown: { zh: '不能确定', en: 'Cannot be determined' },
}

const FILLS: Readonly<Record<ImpactChange, string>> = {
  newly: PAINT.main,
  more: PAINT.second,
  less: PAINT.limitPale,
  no_longer: PAINT.limit,
  same: PAINT.pale,
  unknown: HATCHED,
}

export function impactPicture({ counts, sums }: ImpactData, language: Language): Picture {
  const say = (zh: string, en: string): string => inWords(language, { zh, en })
  const rows = sums.rows === 0 ? [] : impactChanges.map((change) => ({ change, count: counts[change] }))
  return {
    name: say('规则改动的影响', 'what-the-change-does'),
    language,
    title: impactTitle(sums, language),
    sentence: say(
      `${sums.rows} 件申请中，两个版本都能确定的合计由 ${ledgerMoney(sums.beforeFen)} 元变为 ${ledgerMoney(sums.afterFen)} 元；${sums.unknown} 件不能确定。`,
      `Of ${sums.rows} applications, those that both versions determine go from ${ledgerMoney(sums.beforeFen)} to ${ledgerMoney(sums.afterFen)} yuan together; ${sums.unknown} cannot be determined.`,
    ),
    legend: say(
      '条长为申请件数 · 斜线：至少一个版本不能确定',
      'As long as how many applications · hatched: a version cannot determine them',
    ),
    table: {
      labels: 1,
      head: [say('变化', 'Change'), say('申请', 'Applications')],
      rows: rows.map(({ change, count }) => [inWords(language, IMPACT_NAMES[change]), String(count)]),
    },
    draw: (width) =>
      barsScene(
        {
          rows: rows.map(({ change, count }) => ({
            label: inWords(language, IMPACT_NAMES[change]),
            value: String(count),
            segments: [{ from: 0n, to: BigInt(count), fill: FILLS[change] }],
          })),
          whole: BigInt(Math.max(1, ...rows.map(({ count }) => count))),
          empty: say('这段时间没有测算过的申请', 'No application was determined in this time'),
        },
        width,
      ),
  }
}

/** 改动后 12 件多得、3 件少得，共多付 42 万元. */
export function impactTitle(
  { rows, gain, lose, beforeFen, afterFen }: ImpactData['sums'],
  language: Language,
): string {
  const say = (zh: string, en: string): string => inWords(language, { zh, en })
  if (rows === 0) return say('这段时间没有测算过的申请', 'No application was determined in this time')
  const change = BigInt(afterFen) - BigInt(beforeFen)
  const amount = sayMoney(change < 0n ? -change : change, language)
  if (gain + lose === 0) return say('改动后没有申请多得或少得', 'Nobody gains or loses by the change')
  const cost =
    change === 0n
      ? say('总额不变', 'the same in all')
      : change > 0n
        ? say(`共多付 ${amount}`, `${amount} more in all`)
        : say(`共少付 ${amount}`, `${amount} less in all`)
  return say(
    `改动后 ${gain} 件多得、${lose} 件少得，${cost}`,
    `After the change ${gain} ${gain === 1 ? 'gains' : 'gain'} and ${lose} ${lose === 1 ? 'loses' : 'lose'}: ${cost}`,
  )
}
