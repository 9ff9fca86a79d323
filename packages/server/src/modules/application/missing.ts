import { missingIn, type Missing } from '@suanquan/core/application'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { requiredDocuments, type InForce } from '../policy/index.ts'
import type { Draft } from './draft.ts'
import type { ApplicationRow } from './load.ts'

/** What a draft still lacks in itself; a contract over nothing is no contract. */
export function gapsIn(draft: Draft, inForce: InForce): readonly Missing[] {
  const missing = missingIn(draft, requiredDocuments(inForce))
  return draft.contract.amountFen === '0'
    ? [...missing, { code: 'field', about: 'contract.amountFen' }]
    : missing
}

/** Everything that keeps a draft from being submitted. */
export async function missingOf(
  db: Kysely<Tables>,
  row: ApplicationRow,
  inForce: InForce,
): Promise<readonly Missing[]> {
  const gaps = gapsIn(row.draft, inForce)
  const other = await otherUseOf(db, row)
  return other === undefined ? gaps : [...gaps, { code: 'contract_used', about: other }]
}

/** The number of another live application with the same contract: the same firm and number is the same contract. */
export async function otherUseOf(db: Kysely<Tables>, row: ApplicationRow): Promise<string | undefined> {
  const { number } = row.draft.contract
  if (number === undefined) return undefined
  const other = await db
    .selectFrom('service_contract')
    .innerJoin('application', 'application.contract_id', 'service_contract.id')
    .select('application.number')
    .where('service_contract.organisation_id', '=', row.organisation_id)
    .where('service_contract.number', '=', number)
    .where('application.state', 'not in', ['refused', 'withdrawn'])
    .where('application.id', '<>', row.id)
    .executeTakeFirst()
  return other?.number
}
