// 凭证与证明: made and revoked by the firm's clerk, listed for the firm and the offices, looked up by whoever holds one.
// Every look is in the trail, with the firm whose paper it is.
import { accept, refuse } from '@suanquan/core'
import { sql } from 'kysely'
import { timestamp } from '../../database/index.ts'
import type { Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { makeAttestation, makeCredential } from './make.ts'
import { stateOn, viewCredential, viewCredentials } from './view.ts'

type Names =
  | 'makeCredential'
  | 'makeAttestation'
  | 'listCredentials'
  | 'readCredential'
  | 'revokeCredential'
  | 'checkCredential'

export function credentialHandlers(world: World): Handlers<Names> {
  return {
    makeCredential: makeCredential(world),
    makeAttestation: makeAttestation(world),
    listCredentials: listCredentials(),
    readCredential: readCredential(),
    revokeCredential: revokeCredential(),
    checkCredential: checkCredential(),
  }
}

function listCredentials(): Handlers<Names>['listCredentials'] {
  return {
    kind: 'query',
    run: async ({ query, person, today }, { db, touch }) => {
      touch({ kind: 'credential', id: null })
      const conditions = [visibleRows(person!, 'credential.read', 'c', 'c.organisation_id')]
      if (query.kind !== undefined) conditions.push(sql`c.kind = ${query.kind}`)
      if (query.voucherId !== undefined) conditions.push(sql`c.voucher_id = ${query.voucherId}`)
      const which = sql`${sql.join(conditions, sql` and `)}`
      const counted = await sql<{ total: bigint }>`
        select count(*) as total from credential c where ${which}`.execute(db)
      const from = (query.page - 1) * query.size
      const views = await viewCredentials(db, which, { today, size: query.size, from })
      const items = views.map(({ text: _text, ...row }) => row)
      return accept({ total: Number(counted.rows[0]!.total), items })
    },
  }
}

function readCredential(): Handlers<Names>['readCredential'] {
  return {
    kind: 'query',
    run: async ({ params, person, today }, { db, touch }) => {
      const row = await db
        .selectFrom('credential')
        .select(['id', 'jurisdiction', 'district', 'organisation_id'])
        .where('id', '=', params.id)
        .executeTakeFirst()
      if (!row) return notFound('credential')
      touch({ kind: 'credential', id: row.id, organisationId: row.organisation_id })
      if (!mayTouch(person, 'credential.read', { ...row, organisationIds: [row.organisation_id] }))
        return outOfScope('credential.read', 'credential')
      return accept(await viewCredential(db, row.id, today))
    },
  }
}

function revokeCredential(): Handlers<Names>['revokeCredential'] {
  return {
    kind: 'command',
    run: async ({ params, body, person, at }, { tx, touch }) => {
      const row = await tx
        .selectFrom('credential')
        .select(['id', 'jurisdiction', 'district', 'organisation_id', 'revoked_at'])
        .where('id', '=', params.id)
        .forUpdate()
        .executeTakeFirst()
      if (!row) return notFound('credential')
      touch({ kind: 'credential', id: row.id, organisationId: row.organisation_id })
      if (!mayTouch(person, 'credential.revoke', { ...row, organisationIds: [row.organisation_id] }))
        return outOfScope('credential.revoke', 'credential')
      if (row.revoked_at !== null) return refuse('credential.revoked_already')
      await tx
        .updateTable('credential')
        .set({ revoked_by: person!.id, revoked_at: timestamp(at), revoked_reason: body.reason })
        .where('id', '=', row.id)
        .execute()
      return accept({ subject: row.id })
    },
    view: (subject, { db }, { today }) => viewCredential(db, subject, today),
  }
}

/** A wrong signature and a paper that was never made get the same answer. */
function checkCredential(): Handlers<Names>['checkCredential'] {
  return {
    kind: 'query',
    run: async ({ body, at, today }, { db, touch }) => {
      const asOf = new Date(at).toISOString()
      const row = await db
        .selectFrom('credential')
        .leftJoin('voucher', 'voucher.id', 'credential.voucher_id')
        .select([
          'credential.id',
          'organisation_id',
          'expires_on',
          'credential.revoked_at',
          'voucher.usable_until',
        ])
        .select('voucher.revoked_at as voucher_revoked_at')
        .where('credential.id', '=', body.id)
        .where('signature', '=', body.signature)
        .executeTakeFirst()
      if (row === undefined) {
        touch({ kind: 'credential', id: null })
        return accept({ state: 'unknown' as const, voucher: null, asOf })
      }
      touch({ kind: 'credential', id: row.id, organisationId: row.organisation_id })
      const { usable_until: until, voucher_revoked_at: revokedAt } = row
      const over = revokedAt !== null ? ('revoked' as const) : ('expired' as const)
      const voucher =
        until === null ? null : revokedAt !== null || today > until ? over : ('existing' as const)
      return accept({ state: stateOn(row, today), voucher, asOf })
    },
  }
}
