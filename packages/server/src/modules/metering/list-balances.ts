// How much of each contract and voucher is used, how long the rest would last at the pace of the last seven days, and what
// people were told of it.
import type { AnswerOf, Routes } from '@suanquan/api'
import { accept } from '@suanquan/core'
import type { Day } from '@suanquan/core/calendar'
import { burnOf } from '@suanquan/core/metering'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Handler } from '../../http/world.ts'
import { visibleRows } from '../../identity/scope.ts'
import { balancesOf, type BalanceRow } from './balances.ts'

type View = AnswerOf<Routes['listBalances']>['items'][number]

export function listBalances(): Handler<'listBalances'> {
  return {
    kind: 'query',
    run: async ({ query, person, at, today }, { db, touch }) => {
      touch({ kind: 'contract', id: query.contractId ?? null })
      const [buyer, seller] = ['service_contract.organisation_id', 'service_contract.provider_id']
      const visible = visibleRows(person!, 'usage.read', 'service_contract', buyer, seller)
      const vouchers = visibleRows(person!, 'voucher.read', 'v', 'v.holder_id')
      const chosen =
        query.contractId === undefined
          ? visible
          : sql<boolean>`${visible} and service_contract.id = ${query.contractId}::uuid`
      const rows = await balancesOf(db, chosen, { at, today, vouchers })
      const from = (query.page - 1) * query.size
      const page = rows.slice(from, from + query.size)
      const told = await toldOf(db, page)
      return accept({ total: rows.length, items: page.map((row) => viewBalance(row, told, today)) })
    },
  }
}

type Told = Map<string, View['told']>

async function toldOf(db: Kysely<Tables>, rows: readonly BalanceRow[]): Promise<Told> {
  const told: Told = new Map()
  if (rows.length === 0) return told
  const alerts = await db
    .selectFrom('balance_alert')
    .select(['object_id', 'total_fen', 'percent', 'at'])
    .where(
      'object_id',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('at')
    .orderBy('percent')
    .execute()
  for (const { object_id: id, total_fen: total, percent, at } of alerts) {
    const key = `${id} ${total}`
    told.set(key, [...(told.get(key) ?? []), { percent, at: new Date(at).toISOString() }])
  }
  return told
}

function viewBalance(row: BalanceRow, told: Told, today: Day): View {
  const burn = burnOf(row, today)
  return {
    kind: row.kind,
    id: row.id,
    number: row.number,
    contractId: row.contractId,
    organisationName: row.organisationName,
    providerName: row.providerName,
    endsOn: row.endsOn,
    totalFen: row.totalFen.toString(),
    usedFen: row.usedFen.toString(),
    openFen: row.openFen.toString(),
    leftFen: burn.leftFen.toString(),
    percent: burn.percent,
    paceFen: burn.paceFen.toString(),
    daysLeft: burn.daysLeft,
    lastsUntil: burn.lastsUntil,
    told: told.get(`${row.id} ${row.totalFen}`) ?? [],
  }
}
