import { accept, canonicalText, refuse } from '@suanquan/core'
import { sql } from 'kysely'
import { timestamp } from '../../database/index.ts'
import type { Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { claimUse } from './claim-use.ts'
import { listSales } from './sales.ts'
import { confirmationDemanded, statementsOn, termsHash, termsOf, viewConfirmation } from './confirmation.ts'

type Names = 'listSales' | 'listStatedContracts' | 'stateContract' | 'demandConfirmation'

/** What a provider finds of its contracts, and what it says of them. */
export function contractHandlers(world: World): Handlers<Names> {
  return {
    listSales: listSales(),
    listStatedContracts: listStatedContracts(),
    stateContract: stateContract(),
    demandConfirmation: demandConfirmation(world),
  }
}

function listStatedContracts(): Handlers<Names>['listStatedContracts'] {
  return {
    kind: 'query',
    run: async ({ query, person }, { db, touch }) => {
      touch({ kind: 'contract', id: null })
      const rows = await db
        .selectFrom('service_contract')
        .innerJoin('organisation', 'organisation.id', 'service_contract.organisation_id')
        .selectAll('service_contract')
        .select(['organisation.name as organisationName', 'organisation.credit_code as creditCode'])
        .where(visibleRows(person!, 'contract.state', 'service_contract', 'service_contract.provider_id'))
        .where(({ exists, selectFrom }) =>
          exists(
            selectFrom('application')
              .select('application.id')
              .whereRef('application.contract_id', '=', 'service_contract.id')
              .where('application.state', 'not in', ['refused', 'withdrawn']),
          ),
        )
        .orderBy('signed_on', 'desc')
        .orderBy('service_contract.number')
        .execute()
      const statements = await statementsOn(
        db,
        rows.map(({ id }) => id),
      )
      const demanded = rows[0] !== undefined && (await confirmationDemanded(db, rows[0].jurisdiction))
      const all = rows.map((row) => ({ row, said: viewConfirmation(row, statements.get(row.id), demanded) }))
      // what waits for the provider comes first
      const sorted = all.toSorted((a, b) => Number(isOpen(b.said)) - Number(isOpen(a.said)))
      const from = (query.page - 1) * query.size
      const page = sorted.slice(from, from + query.size)
      const use = await useOf(
        db,
        page.map(({ row }) => row.id),
      )
      return accept({
        total: all.length,
        open: all.filter(({ said }) => isOpen(said)).length,
        items: page.map(({ row, said }) => ({
          id: row.id,
          number: row.number,
          organisationName: row.organisationName,
          creditCode: row.creditCode,
          signedOn: row.signed_on,
          startsOn: row.starts_on,
          endsOn: row.ends_on,
          amountFen: row.amount_fen.toString(),
          termsHash: termsHash(row),
          confirmation: said,
          ratedFen: (use.rated.get(row.id) ?? 0n).toString(),
          unpaid: use.unpaid.get(row.id) ?? [],
        })),
      })
    },
  }
}

function isOpen({ state }: { readonly state: string }): boolean {
  return state === 'unconfirmed'
}

type Unpaid = { reason: string; lines: number; valueFen: string }

/** What of each contract's use is rated, and what is rated at nothing and why. */
async function useOf(
  db: Parameters<typeof statementsOn>[0],
  ids: readonly string[],
): Promise<{ rated: Map<string, bigint>; unpaid: Map<string, Unpaid[]> }> {
  const { rows } = await sql<{ id: string; reason: string; lines: bigint; value: bigint; amount: bigint }>`
    select contract_id as id, reason, count(*) as lines, sum(value_fen)::bigint as value,
      coalesce(sum(amount_fen) filter (where counts), 0)::bigint as amount
    from rated_line where contract_id = any(${[...ids]}::uuid[]) group by contract_id, reason order by reason`.execute(
    db,
  )
  const rated = new Map<string, bigint>()
  const unpaid = new Map<string, Unpaid[]>()
  for (const { id, reason, lines, value, amount } of rows) {
    rated.set(id, (rated.get(id) ?? 0n) + amount)
    if (amount === value) continue
    const line = { reason, lines: Number(lines), valueFen: (value - amount).toString() }
    unpaid.set(id, [...(unpaid.get(id) ?? []), line])
  }
  return { rated, unpaid }
}

function stateContract(): Handlers<Names>['stateContract'] {
  return {
    kind: 'command',
    run: async ({ params, body, person, at }, { tx, newId, touch }) => {
      const contract = await tx
        .selectFrom('service_contract')
        .selectAll()
        .where('id', '=', params.id)
        .forUpdate()
        .executeTakeFirst()
      if (!contract) return notFound('contract')
      touch({ kind: 'contract', id: contract.id, organisationId: contract.organisation_id })
      if (!mayTouch(person, 'contract.state', { ...contract, organisationIds: [contract.provider_id] }))
        return outOfScope('contract.state', 'contract')
      const hash = termsHash(contract)
      if (hash !== body.termsHash) return refuse('contract.terms_changed')
      const { outcome } = body
      const reason = body.reason?.trim() ?? ''
      if (outcome !== 'confirmed' && reason.length < 2) return refuse('contract.reason_needed')
      const terms = termsOf(contract)
      const corrected = outcome === 'corrected' ? body.corrected : null
      if (
        outcome === 'corrected' &&
        (corrected === null || canonicalText(corrected) === canonicalText(terms))
      )
        return refuse('contract.nothing_corrected')
      const before = (await statementsOn(tx, [contract.id])).get(contract.id)
      await tx
        .insertInto('contract_statement')
        .values({
          id: newId(),
          jurisdiction: contract.jurisdiction,
          district: contract.district,
          contract_id: contract.id,
          position: (before?.position ?? 0) + 1,
          outcome,
          terms_hash: hash,
          terms: JSON.stringify(terms),
          corrected: corrected === null ? null : JSON.stringify(corrected),
          reason: reason === '' ? null : reason,
          said_by: person!.id,
          said_at: timestamp(at),
        })
        .execute()
      // use that was waiting for the confirmation becomes the contract's own
      if (outcome === 'confirmed' && (await confirmationDemanded(tx, contract.jurisdiction)))
        await claimUse(tx, newId, contract.id, at)
      return accept({ subject: contract.id })
    },
    view: async () => ({ done: true as const }),
  }
}

function demandConfirmation({ site }: World): Handlers<Names>['demandConfirmation'] {
  return {
    kind: 'command',
    run: async ({ body, person, at }, { tx, newId, touch }) => {
      touch({ kind: 'site', id: null })
      const { jurisdiction } = site
      const changed = {
        contracts_confirmed: body.demanded,
        changed_by: person!.id,
        changed_at: timestamp(at),
      }
      await tx
        .insertInto('site_setting')
        .values({
          ...changed,
          jurisdiction,
          district: jurisdiction,
          particulars: '{}',
          administrators_apart: false,
        })
        .onConflict((conflict) => conflict.column('jurisdiction').doUpdateSet(changed))
        .execute()
      await tx
        .insertInto('site_event')
        .values({
          id: newId(),
          jurisdiction,
          district: jurisdiction,
          at: timestamp(at),
          event: 'contracts_confirmed',
          detail: JSON.stringify({ demanded: String(body.demanded) }),
          reason: body.reason,
          done_by: person!.id,
        })
        .execute()
      return accept({ subject: jurisdiction })
    },
    view: async () => ({ done: true as const }),
  }
}
