// Where the money out stands: what waits for a batch, for a second person, for the bank; what is paid; what came back and is
// owed again.
import type { z } from 'zod'
import type { Language } from '../format/language.ts'
import { ledgerMoney, readTogether, sayMoney } from '../format/money.ts'
import type { treasuryRoutes } from '../routes/treasury.ts'
import { barsScene, HATCHED, type Bar } from './bars.ts'
import { PAINT } from './paint.ts'
import { inWords, type Picture } from './picture.ts'

export type PaymentsData = z.output<typeof treasuryRoutes.readPayments.answer>

const ROWS = [
  { id: 'ready', zh: '待编批次', en: 'Waits for a batch', fill: PAINT.second },
  { id: 'prepared', zh: '待复核', en: 'Waits for a second person', fill: PAINT.second },
  { id: 'approved', zh: '待银行答复', en: 'Waits for the bank', fill: PAINT.second },
  { id: 'paid', zh: '已到账', en: 'Paid', fill: PAINT.main },
  { id: 'owedAgain', zh: '退回后待重付', en: 'Came back, owed again', fill: HATCHED },
] as const

export function paymentsPicture(data: PaymentsData, language: Language): Picture {
  const say = (zh: string, en: string): string => inWords(language, { zh, en })
  const fenOf = (id: (typeof ROWS)[number]['id']): bigint => BigInt(data[id].totalFen)
  const waits = fenOf('ready') + fenOf('prepared') + fenOf('approved')
  const whole = ROWS.reduce((most, { id }) => (fenOf(id) > most ? fenOf(id) : most), 0n)
  const read = readTogether(
    ROWS.map(({ id }) => fenOf(id)),
    language,
  )
  const rows = ROWS.map(({ id, zh, en, fill }): Bar => ({
    label: say(zh, en),
    value: read(fenOf(id)),
    note: say(`${data[id].count} 笔`, `${data[id].count} ${data[id].count === 1 ? 'payment' : 'payments'}`),
    segments: [{ from: 0n, to: fenOf(id), fill }],
    marked: id === 'owedAgain' && data[id].count > 0,
  }))
  const back = data.owedAgain
  return {
    name: say('拨付概况', 'payments'),
    language,
    title:
      waits === 0n
        ? say('没有等待拨付的钱', 'Nothing waits to be paid')
        : say(`还有 ${sayMoney(waits, language)}没有到账`, `${sayMoney(waits, language)} not paid yet`),
    sentence:
      back.count === 0
        ? say('没有退回后还没有重付的款项。', 'Nothing that came back still waits to be paid again.')
        : say(
            `${back.count} 笔共 ${sayMoney(BigInt(back.totalFen), language)}被银行退回，还没有重付（已计入待编批次）。`,
            `The bank sent back ${back.count}, ${sayMoney(BigInt(back.totalFen), language)}, not paid again yet (counted as waiting for a batch).`,
          ),
    legend: say('斜线：被银行退回，须由新的批次重付', 'Hatched: sent back, to be paid by another batch'),
    table: {
      labels: 1,
      head: [say('状态', 'State'), say('笔数', 'Payments'), say('金额（元）', 'Amount (yuan)')],
      rows: ROWS.map(({ id, zh, en }) => [
        say(zh, en),
        String(data[id].count),
        ledgerMoney(data[id].totalFen),
      ]),
    },
    draw: (width) => barsScene({ rows, whole, empty: say('还没有拨付', 'Nothing paid yet') }, width),
  }
}
