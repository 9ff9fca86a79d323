// The contract of an application, registered when it is submitted. One live application a contract and applicant: the same
// buyer and number is the same contract. Buyer and seller may both rest on it: then it is one row, so that what one of
// them has had settled counts against the other, and neither changes alone what the other rests on.
import { accept, canonicalText, refuse, type Decision } from '@suanquan/core'
import type { Insertable, Selectable, Transaction } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { agreedPrices, type AgreedRefusal } from '../market/index.ts'
import { type ApplicationRow, lockOrganisation, type Parties } from './load.ts'
import { otherUseOf } from './missing.ts'

type Organisation = NonNullable<Parties['buyer']>
type Values = Omit<Insertable<Tables['service_contract']>, 'id'>

interface ToRegister {
  readonly row: ApplicationRow
  readonly buyer: Organisation
  readonly provider: Organisation
}

interface Registered {
  readonly id: string
  /** the other party has an application on it that lives */
  readonly shared: boolean
}

type RegisterRefusal =
  | 'application.contract_already_used'
  | 'application.contract_terms_differ'
  | AgreedRefusal

export async function registerContract(
  tx: Transaction<Tables>,
  newId: () => string,
  { row, buyer, provider }: ToRegister,
): Promise<Decision<Registered, RegisterRefusal>> {
  const { number } = row.draft.contract
  await lockOrganisation(tx, buyer.id)
  const other = await otherUseOf(tx, row, buyer)
  if (other !== undefined)
    return refuse('application.contract_already_used', { contractNumber: number!, number: other })
  const { contract } = row.draft
  const agreed = await agreedPrices(tx, contract, {
    providerId: provider.id,
    signedOn: contract.signedOn!,
    endsOn: contract.endsOn!,
  })
  if (!agreed.ok) return agreed
  const named = agreed.value === null ? null : JSON.stringify(agreed.value)
  const values = { ...contractValues(row, buyer, provider), agreed: named }
  const held = await heldByOther(tx, row, values)
  if (held !== undefined) {
    const fields = differing(values, held)
    return fields.length > 0
      ? refuse('application.contract_terms_differ', { contractNumber: number!, fields })
      : accept({ id: held.id, shared: true })
  }
  const id = row.contract_id ?? newId()
  if (row.contract_id === null)
    await tx
      .insertInto('service_contract')
      .values({ id, ...values })
      .execute()
  else await tx.updateTable('service_contract').set(values).where('id', '=', id).execute()
  return accept({ id, shared: false })
}

/** The contract as the other party's application holds it. */
async function heldByOther(
  tx: Transaction<Tables>,
  row: ApplicationRow,
  values: Values,
): Promise<Selectable<Tables['service_contract']> | undefined> {
  return tx
    .selectFrom('service_contract')
    .innerJoin('application', 'application.contract_id', 'service_contract.id')
    .selectAll('service_contract')
    .where('service_contract.organisation_id', '=', values.organisation_id)
    .where('service_contract.provider_id', '=', values.provider_id)
    .where('service_contract.number', '=', values.number)
    .where('application.organisation_id', '<>', row.organisation_id)
    .where('application.state', 'not in', ['refused', 'withdrawn'])
    .orderBy('application.complete_at')
    .executeTakeFirst()
}

/** What both must say alike, by the fields of a draft. */
const TERMS = {
  signedOn: 'signed_on',
  startsOn: 'starts_on',
  endsOn: 'ends_on',
  amountFen: 'amount_fen',
  excludedFen: 'excluded_fen',
  cluster: 'cluster',
  account: 'account',
  prices: 'prices',
  agreed: 'agreed',
} as const

function differing(values: Values, held: Selectable<Tables['service_contract']>): string[] {
  const written = (value: unknown): string =>
    canonicalText(typeof value === 'string' && value.startsWith('[') ? (JSON.parse(value) as unknown) : value)
  return Object.entries(TERMS)
    .filter(([, column]) => written(values[column]) !== written(held[column]))
    .map(([field]) => `contract.${field}`)
}

function contractValues(
  { jurisdiction, district, draft: { contract } }: ApplicationRow,
  buyer: Organisation,
  provider: Organisation,
): Values {
  return {
    jurisdiction,
    district,
    organisation_id: buyer.id,
    provider_id: provider.id,
    number: contract.number!,
    signed_on: contract.signedOn!,
    starts_on: contract.startsOn!,
    ends_on: contract.endsOn!,
    amount_fen: BigInt(contract.amountFen!),
    excluded_fen: BigInt(contract.excludedFen!),
    use: contract.use!,
    cluster: contract.cluster!,
    account: contract.account!,
    qos: contract.qos ?? null,
    prices: JSON.stringify(contract.prices),
    shard: contract.shard ? JSON.stringify(contract.shard) : null,
  }
}
