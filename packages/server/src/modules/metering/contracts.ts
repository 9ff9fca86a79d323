// Which contract a record of use belongs to: the cluster and the scheduler's account that the contract names, and its
// QOS where it names one. When several contracts fit, the one whose term holds the start of the run; when that is not
// exactly one, none: nothing is guessed.
import { dayOf } from '@suanquan/core/calendar'
import type { ServiceContract, UsageRecord } from '@suanquan/core/metering'
import type { Kysely, Selectable } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { agreedFrom } from '../market/index.ts'
import { trusted } from './confirmation.ts'

export type ContractRow = Selectable<Tables['service_contract']> & {
  readonly buyer: string
  readonly seller: string
}

export function matchContract(record: UsageRecord, contracts: readonly ContractRow[]): ContractRow | null {
  const named = contracts.filter(
    ({ cluster, account, qos }) =>
      cluster === record.cluster && account === record.account && (qos === null || qos === record.qos),
  )
  const exact = named.filter(({ qos }) => qos !== null)
  const fitting = exact.length > 0 ? exact : named
  if (fitting.length <= 1) return fitting[0] ?? null
  const day = dayOf(record.startedAt ?? record.submittedAt)
  const within = fitting.filter(({ starts_on: from, ends_on: to }) => day >= from && day <= to)
  return within.length === 1 ? within[0]! : null
}

export async function loadContract(db: Kysely<Tables>, id: string): Promise<ContractRow> {
  return db
    .selectFrom('service_contract')
    .innerJoin('organisation as buyer', 'buyer.id', 'service_contract.organisation_id')
    .innerJoin('organisation as seller', 'seller.id', 'service_contract.provider_id')
    .selectAll('service_contract')
    .select(['buyer.credit_code as buyer', 'seller.credit_code as seller'])
    .where('service_contract.id', '=', id)
    .executeTakeFirstOrThrow()
}

/** Contracts with a living application (what was refused or withdrawn claims no use) that the site trusts. */
export async function contractsOf(db: Kysely<Tables>, providerId: string): Promise<ContractRow[]> {
  const living = await db
    .selectFrom('service_contract')
    .innerJoin('organisation as buyer', 'buyer.id', 'service_contract.organisation_id')
    .innerJoin('organisation as seller', 'seller.id', 'service_contract.provider_id')
    .selectAll('service_contract')
    .select(['buyer.credit_code as buyer', 'seller.credit_code as seller'])
    .where((eb) =>
      eb.or([
        eb('provider_id', '=', providerId),
        // what an operator resells runs at the centre, and is metered there
        eb('service_contract.id', 'in', resoldBy(db, providerId)),
      ]),
    )
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('application')
          .select('application.id')
          .whereRef('application.contract_id', '=', 'service_contract.id')
          .where('application.state', 'not in', ['refused', 'withdrawn']),
      ),
    )
    .execute()
  return trusted(db, living)
}

// oxlint-disable-next-line typescript/explicit-function-return-type -- Kysely infers the row from the query
function resoldBy(db: Kysely<Tables>, centreId: string) {
  return db
    .selectFrom('contract_upstream')
    .innerJoin('upstream_contract', 'upstream_contract.id', 'contract_upstream.upstream_id')
    .select('contract_upstream.contract_id')
    .where('centre_id', '=', centreId)
    .where('confirmed_at', 'is not', null)
}

/** Who meters a contract: its provider, or the centre that the provider resells. */
export async function meteredBy(db: Kysely<Tables>, contract: ContractRow): Promise<string> {
  const upstream = await db
    .selectFrom('contract_upstream')
    .innerJoin('upstream_contract', 'upstream_contract.id', 'contract_upstream.upstream_id')
    .select('centre_id')
    .where('contract_id', '=', contract.id)
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst()
  return upstream?.centre_id ?? contract.provider_id
}

/** The contract as rating and settlement read it. */
export function contractOf(row: ContractRow): ServiceContract {
  return {
    contractNo: row.number,
    buyer: row.buyer,
    seller: row.seller,
    amountFen: row.amount_fen,
    signedOn: row.signed_on,
    termFrom: row.starts_on,
    termUntil: row.ends_on,
    prices: row.prices.map(({ chip, priceFenPerCardHour }) => ({
      chip,
      fenPerCardHour: BigInt(priceFenPerCardHour),
    })),
    shard: row.shard,
    ...(row.agreed === null ? {} : { agreed: row.agreed.map(agreedFrom) }),
  }
}
