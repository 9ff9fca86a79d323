// What a provider has sold, contract by contract, as the platform metered it: how much of it the buyer's own support was
// settled on, how much its own, and what is left. A sale counts once, so what is left is what may still be applied for.
import { accept } from '@suanquan/core'
import { sql } from 'kysely'
import type { Handler } from '../../http/world.ts'
import { visibleRows } from '../../identity/scope.ts'

interface Row {
  readonly id: string
  readonly number: string
  readonly buyer_name: string
  readonly buyer_code: string
  readonly signed_on: string
  readonly starts_on: string
  readonly ends_on: string
  readonly amount_fen: bigint
  readonly excluded_fen: bigint
  readonly use: 'training'
  readonly cluster: string
  readonly account: string
  readonly qos: string | null
  readonly prices: { chip: string; priceFenPerCardHour: string }[]
  readonly rated: bigint
  readonly by_buyer: bigint
  readonly by_seller: bigint
  readonly related: boolean | null
  readonly application: { id: string; number: string; state: string } | null
}

export function listSales(): Handler<'listSales'> {
  return {
    kind: 'query',
    run: async ({ person }, { db, touch }) => {
      touch({ kind: 'contract', id: null })
      const { rows } = await sql<Row>`
        with living as (
          select id, number, state, organisation_id, contract_id,
            (draft #>> '{statements,relatedParties}')::boolean as related
          from application where contract_id is not null and state not in ('refused', 'withdrawn'))
        select c.*, buyer.name as buyer_name, buyer.credit_code as buyer_code,
          (select coalesce(sum(amount_fen), 0)::bigint from rated_line where contract_id = c.id and counts) as rated,
          (select coalesce(sum(base_fen), 0)::bigint from claim where contract_id = c.id
            and organisation_id = c.organisation_id and state not in ('refused', 'withdrawn')) as by_buyer,
          (select coalesce(sum(base_fen), 0)::bigint from claim where contract_id = c.id
            and organisation_id = c.provider_id and state not in ('refused', 'withdrawn')) as by_seller,
          (select bool_or(related) from living where contract_id = c.id) as related,
          (select jsonb_build_object('id', id, 'number', number, 'state', state) from living
            where contract_id = c.id and organisation_id = c.provider_id) as application
        from service_contract c join organisation buyer on buyer.id = c.organisation_id
        where ${visibleRows(person!, 'contract.state', 'c', 'c.provider_id')}
          and exists (select from living where contract_id = c.id)
        order by buyer.name, c.number`.execute(db)
      return accept({ items: rows.map(viewSale) })
    },
  }
}

// oxlint-disable-next-line typescript/explicit-function-return-type -- the route's answer types it
function viewSale(row: Row) {
  const { rated, by_buyer: byBuyer, by_seller: bySeller } = row
  const left = rated - byBuyer - bySeller
  return {
    contractId: row.id,
    number: row.number,
    buyerName: row.buyer_name,
    buyerCode: row.buyer_code,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    amountFen: row.amount_fen.toString(),
    ratedFen: rated.toString(),
    buyerSettledFen: byBuyer.toString(),
    ownSettledFen: bySeller.toString(),
    leftFen: (left > 0n ? left : 0n).toString(),
    related: row.related,
    application: row.application,
    contract: {
      number: row.number,
      buyerCode: row.buyer_code,
      signedOn: row.signed_on,
      startsOn: row.starts_on,
      endsOn: row.ends_on,
      amountFen: row.amount_fen.toString(),
      excludedFen: row.excluded_fen.toString(),
      use: row.use,
      cluster: row.cluster,
      account: row.account,
      ...(row.qos === null ? {} : { qos: row.qos }),
      prices: row.prices,
    },
  }
}
