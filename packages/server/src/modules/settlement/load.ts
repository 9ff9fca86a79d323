import type { Workflow } from '@suanquan/core/application'
import { w1Claim } from '@suanquan/core/application'
import type { Kysely, Selectable } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { ContractRow } from '../metering/index.ts'
import type { ClaimBody } from './match.ts'

export type ClaimRow = Omit<Selectable<Tables['claim']>, 'body'> & { readonly body: ClaimBody }

/** Claims run by the table of their way; one version of it exists so far. */
export const claimWorkflow: Workflow = w1Claim

export async function loadClaim(
  db: Kysely<Tables>,
  id: string,
  lock: 'lock' | 'read' = 'read',
): Promise<ClaimRow | undefined> {
  let query = db.selectFrom('claim').selectAll().where('id', '=', id)
  if (lock === 'lock') query = query.forUpdate()
  return (await query.executeTakeFirst()) as ClaimRow | undefined
}

export async function loadVoucher(
  db: Kysely<Tables>,
  id: string,
  lock: 'lock' | 'read' = 'read',
): Promise<Selectable<Tables['voucher']> | undefined> {
  let query = db.selectFrom('voucher').selectAll().where('id', '=', id)
  if (lock === 'lock') query = query.forUpdate()
  return query.executeTakeFirst()
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
