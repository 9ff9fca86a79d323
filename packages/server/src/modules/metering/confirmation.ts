// What a provider says of a contract. A statement is made on the terms as they stood: it holds while they are unchanged,
// and never changes them; the firm mends its application. Where the site demands it, use counts only for contracts that
// are confirmed as they stand.
import type { AnswerOf, Routes } from '@suanquan/api'
import { canonicalText } from '@suanquan/core'
import { createHash } from 'node:crypto'
import { sql, type Kysely, type Selectable } from 'kysely'
import type { Tables } from '../../database/index.ts'

export type Confirmation = AnswerOf<Routes['listStatedContracts']>['items'][number]['confirmation']
type Contract = Selectable<Tables['service_contract']>
type Statement = Selectable<Tables['contract_statement']>
export type Terms = Confirmation['stated']

export function termsOf({ cluster, account, qos, prices }: Contract): Terms {
  return { cluster, account, qos, prices: prices.map((each) => ({ ...each })) }
}

/** Everything that a statement is made on: what metering goes by, the dates and the amount. */
export function termsHash(contract: Contract): string {
  const { starts_on: startsOn, ends_on: endsOn, amount_fen: amountFen, shard, agreed } = contract
  const named = agreed === null ? {} : { agreed }
  const text = canonicalText({ ...termsOf(contract), startsOn, endsOn, amountFen, shard, ...named })
  return createHash('sha256').update(text).digest('hex')
}

/** The latest statement on each contract. */
export async function statementsOn(
  db: Kysely<Tables>,
  contractIds: readonly string[],
): Promise<ReadonlyMap<string, Statement>> {
  const rows = await db
    .selectFrom('contract_statement')
    .selectAll()
    .distinctOn('contract_id')
    .where('contract_id', '=', sql<string>`any(${[...contractIds]}::uuid[])`)
    .orderBy('contract_id')
    .orderBy('position', 'desc')
    .execute()
  return new Map(rows.map((row) => [row.contract_id, row]))
}

export async function confirmationDemanded(db: Kysely<Tables>, jurisdiction: string): Promise<boolean> {
  const row = await db
    .selectFrom('site_setting')
    .select('contracts_confirmed')
    .where('jurisdiction', '=', jurisdiction)
    .executeTakeFirst()
  return row?.contracts_confirmed === true
}

export function viewConfirmation(
  contract: Contract,
  statement: Statement | undefined,
  demanded: boolean,
): Confirmation {
  const stated = termsOf(contract)
  const none = { saidAt: null, reason: null, stated, corrected: null, demanded }
  if (statement === undefined || statement.terms_hash !== termsHash(contract))
    return { state: 'unconfirmed', ...none }
  const { outcome, reason, corrected, said_at: at } = statement
  return {
    state: outcome === 'accepted' ? 'confirmed' : outcome,
    saidAt: new Date(at).toISOString(),
    reason,
    stated,
    corrected: corrected === null ? null : (corrected as unknown as Terms),
    demanded,
  }
}

export async function confirmationOf(db: Kysely<Tables>, contractId: string): Promise<Confirmation> {
  const contract = await db
    .selectFrom('service_contract')
    .selectAll()
    .where('id', '=', contractId)
    .executeTakeFirstOrThrow()
  const statement = (await statementsOn(db, [contractId])).get(contractId)
  return viewConfirmation(contract, statement, await confirmationDemanded(db, contract.jurisdiction))
}

/** The contracts whose use counts: all, or where the site demands it those that are confirmed as they stand. */
export async function trusted<Row extends Contract>(
  db: Kysely<Tables>,
  contracts: readonly Row[],
): Promise<Row[]> {
  const [first] = contracts
  if (first === undefined || !(await confirmationDemanded(db, first.jurisdiction))) return [...contracts]
  const statements = await statementsOn(
    db,
    contracts.map(({ id }) => id),
  )
  return contracts.filter((row) => viewConfirmation(row, statements.get(row.id), true).state === 'confirmed')
}
