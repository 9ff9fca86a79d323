// What the commands of the ledger share: how the store is opened, how a moment is named, how amounts and times are written.
import { addDays, isDay, startOf, type Instant } from '@suanquan/core/calendar'
import type { AsOf } from '@suanquan/core/ledger'
import { formatFen } from '@suanquan/core/money'
import { connect, fundsOf, sql, type Database, type Fund } from '@suanquan/server'
import type { Command } from 'commander'
import { said } from '../language.ts'
import { Refused, WrongUse } from '../output.ts'
import { dataOption, withStore } from '../store.ts'

export interface LedgerOptions {
  readonly data: string
  readonly json?: boolean
  readonly fund?: string
}

export function withOptions(command: Command): Command {
  return command
    .addOption(dataOption())
    .option('--fund <number>', said({ zh: '只看一个资金账本', en: 'only one fund' }))
    .option('--json', said({ zh: '输出 JSON', en: 'print JSON' }))
}

/** Opens the store as the application's role, which may only read and post, and finds the funds asked for. */
export async function reading<Result>(
  { data, fund }: LedgerOptions,
  work: (database: Database, funds: readonly Fund[]) => Promise<Result>,
): Promise<Result> {
  if (fund !== undefined && !/^\d{1,9}$/.test(fund))
    throw new WrongUse({ zh: '--fund 应为账本编号', en: '--fund takes the number of a fund' })
  return withStore({ data, existing: true }, async ({ address }) => {
    const plain = connect({ ...address, connections: 1 })
    const { rows } = await sql<{ there: boolean }>`select to_regclass('ledger.head') is not null as there`
      .execute(plain.kysely)
      .finally(() => plain.close())
    if (!rows[0]!.there) throw new Refused({ code: 'ledger.not_set_up', params: {} })
    const database = connect({ ...address, role: 'app', connections: 2 })
    try {
      const funds = await fundsOf(database.kysely)
      const chosen = fund === undefined ? funds : funds.filter(({ ledger }) => ledger === Number(fund))
      if (fund !== undefined && chosen.length === 0)
        throw new Refused({ code: 'ledger.fund_unknown', params: { ledger: fund } })
      return await work(database, chosen)
    } finally {
      await database.close()
    }
  })
}

export function parseAsOf(text: string, option = '--as-of'): AsOf {
  if (/^\d{1,18}$/.test(text)) return { sequence: BigInt(text) }
  if (isDay(text)) return { moment: startOf(addDays(text, 1)) - 1 }
  const moment = /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN
  if (!Number.isNaN(moment)) return { moment }
  throw new WrongUse({
    zh: `${option} “${text}”不是日期、带时区的时间或序号，例如 2024-12-31、2024-12-31T18:00:00+08:00、1200`,
    en: `${option} "${text}" is not a day, a time with its zone or a sequence: 2024-12-31, 2024-12-31T18:00:00+08:00, 1200`,
  })
}

export function written(amount: bigint, unit: 'fen' | 'times'): string {
  return unit === 'fen' ? formatFen(amount) : String(amount)
}

/** In China time, since that is the civil day that counts. */
export function isoTime(at: Instant): string {
  return `${new Date(at + 8 * 3_600_000).toISOString().slice(0, 23)}+08:00`
}
