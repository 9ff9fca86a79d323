import { accept } from '@suanquan/core'
import { sql } from 'kysely'
import type { Query } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { visibleRows } from '../../identity/scope.ts'
import { booksOf, voucherAmounts } from '../ledger/index.ts'

/** Vouchers that a provider may deduct, each with the months of its contract that are rated and not yet billed. */
export function listBillable(world: World): Query<'listBillable'> {
  return {
    kind: 'query',
    run: async ({ person, at, today }, { db, touch }) => {
      touch({ kind: 'voucher', id: null })
      const vouchers = await db
        .selectFrom('voucher')
        .innerJoin('service_contract', 'service_contract.id', 'voucher.contract_id')
        .innerJoin('organisation', 'organisation.id', 'voucher.holder_id')
        .selectAll('voucher')
        .select(['service_contract.number as contractNumber', 'organisation.name as organisationName'])
        .where(visibleRows(person!, 'deduction.make', 'voucher', 'service_contract.provider_id'))
        .where('voucher.usable_until', '>=', today)
        .orderBy('voucher.number')
        .execute()
      const items = []
      for (const row of vouchers) {
        const inForce = await world.programmes.inForce(db, row.adoption_id)
        if (inForce.way.draws !== 'deduction') continue
        const [amounts] = await voucherAmounts(db, booksOf(inForce), [row], at)
        const months = await db
          .selectFrom('rated_line')
          .select(['booked_month as month', sql<bigint>`sum(amount_fen)::bigint`.as('fen')])
          .where('contract_id', '=', row.contract_id)
          .where('counts', '=', true)
          .where(({ not, exists, selectFrom }) =>
            not(
              exists(
                selectFrom('claim')
                  .select('claim.id')
                  .whereRef('claim.contract_id', '=', 'rated_line.contract_id')
                  .where('claim.state', 'not in', ['refused', 'withdrawn'])
                  .where(sql<boolean>`to_char(claim.period_from, 'YYYY-MM') = rated_line.booked_month`),
              ),
            ),
          )
          .groupBy('booked_month')
          .having(sql<boolean>`sum(amount_fen) > 0`)
          .orderBy('booked_month')
          .execute()
        if (months.length === 0) continue
        items.push({
          voucherId: row.id,
          voucherNumber: row.number,
          organisationName: row.organisationName,
          contractId: row.contract_id,
          contractNumber: row.contractNumber,
          usableFen: amounts!.usableFen.toString(),
          usableUntil: row.usable_until,
          months: months.map(({ month, fen }) => ({ month, ratedFen: fen.toString() })),
        })
      }
      return accept({ items })
    },
  }
}
