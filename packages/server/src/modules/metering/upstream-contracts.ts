// 上游合同: what an operator buys from a centre. The operator states it, the centre confirms it; the contracts of the
// operator's firms are linked to it, and from then on what the centre meters for them is theirs.
import type { AnswerOf, Routes } from '@suanquan/api'
import { accept, refuse } from '@suanquan/core'
import { sql, type Kysely, type Transaction } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { Handlers, Person } from '../../http/world.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { unknownAttachment } from '../attachment/index.ts'
import { claimUse } from './claim-use.ts'
import { usedOf } from './used-papers.ts'

type Names =
  | 'listUpstreamContracts'
  | 'stateUpstreamContract'
  | 'confirmUpstreamContract'
  | 'linkUpstreamContract'
type View = AnswerOf<Routes['stateUpstreamContract']>

export function upstreamHandlers(): Handlers<Names> {
  return {
    stateUpstreamContract: stateContract(),
    confirmUpstreamContract: confirmContract(),
    linkUpstreamContract: linkContract(),
    listUpstreamContracts: {
      kind: 'query',
      run: async ({ person }, { db, touch }) => {
        touch({ kind: 'upstream_contract', id: null })
        const rows = await upstreamRows(db)
          .where(
            visibleRows(person!, 'upstream_contract.read', 'upstream_contract', 'operator_id', 'centre_id'),
          )
          .orderBy('stated_at', 'desc')
          .orderBy('upstream_contract.id')
          .limit(500)
          .execute()
        const items: View[] = []
        for (const row of rows) items.push(await viewRow(db, row, person))
        return accept({ items })
      },
    },
  }
}

function stateContract(): Handlers<Names>['stateUpstreamContract'] {
  return {
    kind: 'command',
    run: async ({ body, person, at }, { tx, newId, touch }) => {
      const operator = await organisation(tx, body.operatorId)
      touch({ kind: 'upstream_contract', id: null, organisationId: operator?.id ?? null })
      if (operator === undefined) return notFound('organisation')
      if (!mayTouch(person, 'contract.state', { ...operator, organisationIds: [operator.id] }))
        return outOfScope('contract.state', 'organisation')
      if (body.centreId === operator.id) return refuse('upstream.same_party')
      const centre = await organisation(tx, body.centreId)
      if (centre === undefined || !centre.roles.includes('provider')) return refuse('upstream.no_provider')
      if (body.startsOn > body.endsOn) return refuse('upstream.days')
      const shown = body.attachmentId === null ? [] : [body.attachmentId]
      const unknown = await unknownAttachment(tx, shown, operator.id)
      if (unknown !== undefined) return refuse('attachment.unknown', { attachmentId: unknown })
      const id = newId()
      const stored = await tx
        .insertInto('upstream_contract')
        .values({
          id,
          jurisdiction: operator.jurisdiction,
          district: operator.district,
          operator_id: operator.id,
          centre_id: centre.id,
          number: body.number,
          signed_on: body.signedOn,
          starts_on: body.startsOn,
          ends_on: body.endsOn,
          amount_fen: BigInt(body.amountFen),
          prices: JSON.stringify(body.prices),
          attachment_id: body.attachmentId,
          stated_by: person!.id,
          stated_at: timestamp(at),
          confirmed_by: null,
          confirmed_at: null,
        })
        .onConflict((conflict) => conflict.columns(['operator_id', 'centre_id', 'number']).doNothing())
        .executeTakeFirst()
      if (stored.numInsertedOrUpdatedRows !== 1n) return refuse('upstream.stated', { number: body.number })
      touch({ kind: 'upstream_contract', id, organisationId: operator.id })
      return accept({ subject: id })
    },
    view: (subject, { db }, { person }) => viewUpstream(db, subject, person),
  }
}

function confirmContract(): Handlers<Names>['confirmUpstreamContract'] {
  return {
    kind: 'command',
    run: async ({ params, person, at }, { tx, newId, touch }) => {
      const row = await lockUpstream(tx, params.id)
      if (row === undefined) return notFound('upstream_contract')
      touch({ kind: 'upstream_contract', id: row.id, organisationId: row.centre_id })
      const mine = (organisationId: string): boolean =>
        mayTouch(person, 'contract.state', { ...row, organisationIds: [organisationId] })
      if (!mine(row.centre_id))
        return mine(row.operator_id)
          ? refuse('upstream.not_the_centre')
          : outOfScope('contract.state', 'upstream_contract')
      if (row.confirmed_at !== null) return accept({ subject: row.id })
      await tx
        .updateTable('upstream_contract')
        .set({ confirmed_by: person!.id, confirmed_at: timestamp(at) })
        .where('id', '=', row.id)
        .execute()
      for (const contractId of await linkedTo(tx, row.id)) await claimUse(tx, newId, contractId, at)
      return accept({ subject: row.id })
    },
    view: (subject, { db }, { person }) => viewUpstream(db, subject, person),
  }
}

function linkContract(): Handlers<Names>['linkUpstreamContract'] {
  return {
    kind: 'command',
    run: async ({ params, body, person, at }, { tx, newId, touch }) => {
      const row = await lockUpstream(tx, params.id)
      if (row === undefined) return notFound('upstream_contract')
      touch({ kind: 'upstream_contract', id: row.id, organisationId: row.operator_id })
      if (!mayTouch(person, 'contract.state', { ...row, organisationIds: [row.operator_id] }))
        return outOfScope('contract.state', 'upstream_contract')
      const contract = await tx
        .selectFrom('service_contract')
        .select(['id', 'number', 'provider_id', 'jurisdiction', 'district'])
        .where('id', '=', body.contractId)
        .forUpdate()
        .executeTakeFirst()
      // a contract of others is not there for this operator
      if (contract?.provider_id !== row.operator_id) return refuse('upstream.not_the_operator')
      const before = await tx
        .deleteFrom('contract_upstream')
        .where('contract_id', '=', contract.id)
        .returning('upstream_id')
        .executeTakeFirst()
      if (before !== undefined && before.upstream_id !== row.id && (await isClaimedOn(tx, contract.id)))
        return refuse('upstream.used', { number: contract.number })
      await tx
        .insertInto('contract_upstream')
        .values({
          contract_id: contract.id,
          jurisdiction: contract.jurisdiction,
          district: contract.district,
          upstream_id: row.id,
          linked_by: person!.id,
          linked_at: timestamp(at),
        })
        .execute()
      if (row.confirmed_at !== null) await claimUse(tx, newId, contract.id, at)
      return accept({ subject: row.id })
    },
    view: (subject, { db }, { person }) => viewUpstream(db, subject, person),
  }
}

// oxlint-disable-next-line typescript/explicit-function-return-type -- Kysely infers the row from the query
function organisation(tx: Transaction<Tables>, id: string) {
  return tx
    .selectFrom('organisation')
    .select(['id', 'jurisdiction', 'district', 'roles'])
    .where('id', '=', id)
    .executeTakeFirst()
}

// oxlint-disable-next-line typescript/explicit-function-return-type -- Kysely infers the row from the query
function lockUpstream(tx: Transaction<Tables>, id: string) {
  return tx.selectFrom('upstream_contract').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

async function linkedTo(tx: Transaction<Tables>, upstreamId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('contract_upstream')
    .select('contract_id')
    .where('upstream_id', '=', upstreamId)
    .orderBy('contract_id')
    .execute()
  return rows.map(({ contract_id: id }) => id)
}

async function isClaimedOn(tx: Transaction<Tables>, contractId: string): Promise<boolean> {
  const claim = await tx
    .selectFrom('claim')
    .select('id')
    .where('contract_id', '=', contractId)
    .where('state', 'not in', ['refused', 'withdrawn'])
    .executeTakeFirst()
  return claim !== undefined
}

// oxlint-disable-next-line typescript/explicit-function-return-type -- Kysely infers the row from the query
function upstreamRows(db: Kysely<Tables>) {
  return db
    .selectFrom('upstream_contract')
    .innerJoin('organisation as operator', 'operator.id', 'operator_id')
    .innerJoin('organisation as centre', 'centre.id', 'centre_id')
    .selectAll('upstream_contract')
    .select(['operator.name as operatorName', 'centre.name as centreName'])
}

type Row = Awaited<ReturnType<ReturnType<typeof upstreamRows>['executeTakeFirstOrThrow']>>

async function viewUpstream(db: Kysely<Tables>, id: string, person: Person | null): Promise<View> {
  return viewRow(
    db,
    await upstreamRows(db).where('upstream_contract.id', '=', id).executeTakeFirstOrThrow(),
    person,
  )
}

async function viewRow(db: Kysely<Tables>, row: Row, person: Person | null): Promise<View> {
  const contracts = await db
    .selectFrom('contract_upstream')
    .innerJoin('service_contract', 'service_contract.id', 'contract_upstream.contract_id')
    .innerJoin('organisation', 'organisation.id', 'service_contract.organisation_id')
    .select(['service_contract.id', 'service_contract.number', 'organisation.name as organisationName'])
    .where('upstream_id', '=', row.id)
    .orderBy(sql`service_contract.number`)
    .execute()
  const used = await usedOf(db, null, ['upstream_contract'], [row.id])
  const atCentre = mayTouch(person, 'contract.state', { ...row, organisationIds: [row.centre_id] })
  const atOperator = mayTouch(person, 'upstream_contract.read', {
    ...row,
    organisationIds: [row.operator_id],
  })
  return {
    id: row.id,
    number: row.number,
    operatorId: row.operator_id,
    operatorName: row.operatorName,
    centreId: row.centre_id,
    centreName: row.centreName,
    signedOn: row.signed_on,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    amountFen: row.amount_fen.toString(),
    usedFen: (used.get(row.id) ?? 0n).toString(),
    prices: row.prices.map((price) => ({ ...price })),
    attachmentId: row.attachment_id,
    confirmedAt: row.confirmed_at === null ? null : new Date(row.confirmed_at).toISOString(),
    mayConfirm: atCentre && row.confirmed_at === null,
    // whom the operator sells to is not the centre's business
    contracts: atOperator ? contracts : [],
  }
}
