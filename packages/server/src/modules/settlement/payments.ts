// 拨付概况: how much waits to be paid, where it stands, what came back and why, and what is owed to the treasury.
import type { AnswerOf, Routes } from '@suanquan/api'
import { accept } from '@suanquan/core'
import type { Day } from '@suanquan/core/calendar'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Query } from '../../http/world.ts'
import { visibleRows } from '../../identity/scope.ts'

type Payments = AnswerOf<Routes['readPayments']>
type Sum = Payments['ready']

interface Row {
  readonly state: string
  readonly count: bigint
  readonly fen: bigint
}

export function readPayments(): Query<'readPayments'> {
  return {
    kind: 'query',
    run: async ({ person, today }, { db, touch }) => {
      touch({ kind: 'disbursement', id: null })
      const visible = (table: string): RawBuilder<boolean> => visibleRows(person!, 'disbursement.read', table)
      const sums = new Map((await sumsOf(db, visible)).map((row) => [row.state, sumOf(row)]))
      const of = (state: string): Sum => sums.get(state) ?? { count: 0, totalFen: '0' }
      return accept({
        ready: of('ready'),
        prepared: of('prepared'),
        approved: of('approved'),
        paid: of('paid'),
        owedAgain: of('owed_again'),
        reasons: await reasonsOf(db, visible('line')),
        clawback: await clawbacksOf(db, visible('clawback'), today),
      })
    },
  }
}

function sumOf({ count, fen }: Row): Sum {
  return { count: Number(count), totalFen: fen.toString() }
}

async function sumsOf(
  db: Kysely<Tables>,
  visible: (table: string) => RawBuilder<boolean>,
): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select 'ready' as state, count(*) as count, coalesce(sum(approved_fen - settled_fen), 0)::bigint as fen
      from claim where state = 'approved' and ${visible('claim')}
    union all select case when line.state = 'paid' then 'paid' when batch.state = 'prepared' then 'prepared' else 'approved' end,
        count(*), coalesce(sum(amount_fen), 0)::bigint
      from disbursement_line line join disbursement batch on batch.id = line.disbursement_id
      where batch.state <> 'cancelled' and line.state in ('pending', 'paid') and ${visible('line')} group by 1
    union all select 'owed_again', count(*), coalesce(sum(claim.approved_fen - claim.settled_fen), 0)::bigint
      from claim where claim.state = 'approved' and ${visible('claim')}
        and exists (select from disbursement_line line where line.claim_id = claim.id and line.state = 'returned')`.execute(
    db,
  )
  return rows
}

/** Why payments came back, the most frequent first. */
async function reasonsOf(db: Kysely<Tables>, visible: RawBuilder<boolean>): Promise<Payments['reasons']> {
  const { rows } = await sql<Row>`
    select return_reason as state, count(*) as count, sum(amount_fen)::bigint as fen
      from disbursement_line line where state = 'returned' and ${visible}
      group by 1 order by 2 desc, 1 limit 8`.execute(db)
  return rows.map((row) => ({ reason: row.state, ...sumOf(row) }))
}

async function clawbacksOf(
  db: Kysely<Tables>,
  visible: RawBuilder<boolean>,
  today: Day,
): Promise<Payments['clawback']> {
  const { rows } = await sql<Row>`
    select case when due_on < ${today} then 'overdue' else 'owed' end as state, count(*) as count,
        sum(owed_fen - coalesce((select sum(amount_fen) from clawback_recovery r
          where r.clawback_id = clawback.id and r.state = 'recorded'), 0))::bigint as fen
      from clawback where state = 'owed' and ${visible} group by 1`.execute(db)
  const of = (state: string): Sum => {
    const row = rows.find((each) => each.state === state)
    return row === undefined ? { count: 0, totalFen: '0' } : sumOf(row)
  }
  const [owed, overdue] = [of('owed'), of('overdue')]
  return {
    owed: {
      count: owed.count + overdue.count,
      totalFen: (BigInt(owed.totalFen) + BigInt(overdue.totalFen)).toString(),
    },
    overdue,
  }
}
