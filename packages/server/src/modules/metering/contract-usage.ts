import type { AnswerOf, Routes } from '@suanquan/api'
import { accept } from '@suanquan/core'
import { sql, type Selectable } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Handler } from '../../http/world.ts'
import { explainLine } from './explain-line.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'

/** The use of one contract by month, and its rated lines: what was metered, what it is worth, what counts and why. */
export function readContractUsage(): Handler<'readContractUsage'> {
  return {
    kind: 'query',
    run: async ({ params, query, person }, { db, touch }) => {
      const contract = await db
        .selectFrom('service_contract')
        .selectAll()
        .where('id', '=', params.id)
        .executeTakeFirst()
      if (!contract) return notFound('contract')
      touch({ kind: 'contract', id: contract.id, organisationId: contract.organisation_id })
      const organisationIds = [contract.organisation_id, contract.provider_id]
      if (!mayTouch(person, 'usage.read', { ...contract, organisationIds }))
        return outOfScope('usage.read', 'contract')
      let found = db.selectFrom('rated_line').where('contract_id', '=', contract.id)
      const months = await found
        .select([
          'month',
          sql<bigint>`sum(unit_seconds / units_per_card)::bigint`.as('cardSeconds'),
          sql<bigint>`coalesce(sum(amount_fen) filter (where counts), 0)::bigint`.as('amountFen'),
          sql<bigint>`coalesce(sum(seconds) filter (where reason <> 'rated'), 0)::bigint`.as('zeroSeconds'),
        ])
        .groupBy('month')
        .orderBy('month')
        .execute()
      if (query.month) found = found.where('month', '=', query.month)
      const { total } = await found.select(sql<bigint>`count(*)`.as('total')).executeTakeFirstOrThrow()
      const rows = await found
        .selectAll()
        .orderBy('started_at')
        .orderBy('identity')
        .orderBy('chip')
        .limit(query.size)
        .offset((query.page - 1) * query.size)
        .execute()
      return accept({
        total: Number(total),
        items: rows.map(viewLine),
        contractNumber: contract.number,
        totalFen: months.reduce((sum, { amountFen }) => sum + amountFen, 0n).toString(),
        months: months.map(({ month, cardSeconds, amountFen, zeroSeconds }) => ({
          month,
          cardSeconds: Number(cardSeconds),
          amountFen: amountFen.toString(),
          zeroRatedSeconds: Number(zeroSeconds),
        })),
        startsOn: contract.starts_on,
        endsOn: contract.ends_on,
      })
    },
  }
}

function viewLine(
  row: Selectable<Tables['rated_line']>,
): AnswerOf<Routes['readContractUsage']>['items'][number] {
  return {
    id: row.id,
    jobId: row.job.jobId,
    cluster: row.job.cluster,
    state: row.job.state,
    chip: row.chip,
    units: row.units,
    unitsPerCard: row.units_per_card,
    month: row.month,
    startedAt: new Date(row.started_at).toISOString(),
    endedAt: new Date(row.ended_at).toISOString(),
    seconds: row.seconds,
    suspendedSeconds: row.suspended_seconds,
    priceFenPerCardHour: row.price_fen_per_card_hour.toString(),
    valueFen: row.value_fen.toString(),
    amountFen: row.amount_fen.toString(),
    reason: row.reason,
    open: row.open,
    booking: row.booking,
    bookedMonth: row.booked_month,
    counts: row.counts,
    tariff: row.tariff,
    explanation: explainLine(row),
  }
}
