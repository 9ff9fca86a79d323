import { missingIn, wrongStatements, type Missing } from '@suanquan/core/application'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { requiredOf, type InForce } from '../policy/index.ts'
import type { Draft } from './draft.ts'
import { type ApplicationRow, loadOrganisation, loadParties, type Parties } from './load.ts'

/** What a draft still lacks in itself; a statement that is no value of its fact is none, a contract over nothing no contract. */
export function gapsIn(draft: Draft, inForce: InForce): readonly Missing[] {
  const required = requiredOf(inForce)
  const stated = draft.statements.declared ?? {}
  const wrong = wrongStatements(inForce.programme, stated).filter((fact) => required.declared.includes(fact))
  const missing = [
    ...missingIn(draft, required),
    ...wrong.map((fact): Missing => ({ code: 'field', about: `statements.${fact}` })),
  ]
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
  const other = await contractUsedBy(db, row, inForce)
  return other === undefined ? gaps : [...gaps, { code: 'contract_used', about: other }]
}

/** The same, of the buyer that the application's own way and draft name. */
export async function contractUsedBy(
  db: Kysely<Tables>,
  row: ApplicationRow,
  inForce: InForce,
): Promise<string | undefined> {
  const organisation = await loadOrganisation(db, row.organisation_id)
  const { buyer } = await loadParties(db, inForce.way, organisation, row.draft)
  return otherUseOf(db, row, buyer)
}

/**
 * The number of another live application of the same applicant with the same contract: the same buyer and number is the
 * same contract.
 */
export async function otherUseOf(
  db: Kysely<Tables>,
  row: ApplicationRow,
  buyer: Parties['buyer'],
): Promise<string | undefined> {
  const { number } = row.draft.contract
  if (number === undefined || buyer === null) return undefined
  const other = await db
    .selectFrom('service_contract')
    .innerJoin('application', 'application.contract_id', 'service_contract.id')
    .select('application.number')
    .where('service_contract.organisation_id', '=', buyer.id)
    .where('application.organisation_id', '=', row.organisation_id)
    .where('service_contract.number', '=', number)
    .where('application.state', 'not in', ['refused', 'withdrawn'])
    .where('application.id', '<>', row.id)
    .executeTakeFirst()
  return other?.number
}
