// What programmes would give, each by itself: one bar each, those of the best combination full, the others pale.
import type { Language } from '../format/language.ts'
import { ledgerMoney, readTogether, sayMoney } from '../format/money.ts'
import { barsScene } from './bars.ts'
import { PAINT } from './paint.ts'
import { inWords, type Picture } from './picture.ts'

export interface OfferedData {
  /** the largest first */
  readonly rows: readonly {
    readonly name: string
    /** asked for by itself */
    readonly aloneFen: bigint
    /** in the best combination; 0 outside it */
    readonly grantedFen: bigint
  }[]
  readonly totalFen: bigint
}

/** More bars than these are read in the list. */
const MOST = 12

export function offeredPicture({ rows, totalFen }: OfferedData, language: Language): Picture {
  const say = (zh: string, en: string): string => inWords(language, { zh, en })
  const chosen = rows.filter(({ grantedFen }) => grantedFen > 0n)
  const total = sayMoney(totalFen, language)
  const shown = rows.slice(0, MOST)
  const read = readTogether(
    shown.map(({ aloneFen }) => aloneFen),
    language,
  )
  const left = rows.length - shown.length
  return {
    name: say('各项可得金额', 'what-each-programme-would-give'),
    language,
    title: say(`合法组合最多 ${total}`, `The best lawful combination gives ${total}`),
    sentence: say(
      `单独算有 ${rows.length} 项可得，最好的组合用其中 ${chosen.length} 项，合计 ${total}。`,
      `By themselves, ${rows.length} would give something; the best combination takes ${chosen.length} of them, ${total} in all.`,
    ),
    legend: [
      say('深：最好的组合用到的金额', 'dark: taken by the best combination'),
      say('浅：单独申请时的金额', 'pale: when asked for alone'),
      ...(left > 0 ? [say(`另有 ${left} 项见列表`, `${left} more in the list`)] : []),
    ].join(' · '),
    table: {
      labels: 1,
      head: [
        say('措施', 'Programme'),
        say('单独申请（元）', 'Alone (yuan)'),
        say('最好的组合中（元）', 'In the best combination (yuan)'),
      ],
      rows: rows.map(({ name, aloneFen, grantedFen }) => [
        name,
        ledgerMoney(aloneFen),
        ledgerMoney(grantedFen),
      ]),
    },
    draw: (width) =>
      barsScene(
        {
          rows: shown.map(({ name, aloneFen, grantedFen }) => ({
            label: name,
            value: read(aloneFen),
            segments: [
              { from: 0n, to: grantedFen, fill: PAINT.main },
              { from: grantedFen, to: aloneFen, fill: PAINT.pale },
            ],
          })),
          whole: shown.reduce((most, { aloneFen }) => (aloneFen > most ? aloneFen : most), 0n),
          empty: say('还没有可得的金额', 'Nothing can be reckoned yet'),
        },
        width,
      ),
  }
}
