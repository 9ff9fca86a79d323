import type { AnswerOf, Routes } from '@suanquan/api'
import { accept } from '@suanquan/core'
import type { Kysely, Selectable } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Person, Query } from '../../http/world.ts'
import { personsBehind } from '../../identity/acting.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import { loadClaim } from './load.ts'

type View = AnswerOf<Routes['listRectifications']>['items'][number]

export function listRectifications(): Query<'listRectifications'> {
  return {
    kind: 'query',
    run: async ({ params, person }, { db, touch }) => {
      const claim = await loadClaim(db, params.id)
      if (!claim) return notFound('claim')
      touch({ kind: 'claim', id: claim.id, organisationId: claim.organisation_id })
      const organisationIds = [claim.organisation_id, claim.payee_id]
      if (!mayTouch(person, 'claim.read', { ...claim, organisationIds }))
        return outOfScope('claim.read', 'claim')
      return accept({
        items: await rectificationsOf(db, claim.id, person),
        mostFen: claim.payable_fen.toString(),
      })
    },
  }
}

export async function rectificationsOf(
  db: Kysely<Tables>,
  claimId: string,
  reader: Person | null,
): Promise<View[]> {
  const rows = await db
    .selectFrom('rectification')
    .selectAll()
    .where('claim_id', '=', claimId)
    .orderBy('number')
    .execute()
  return rows.map((row) => viewRow(row, reader))
}

export async function viewRectification(
  db: Kysely<Tables>,
  id: string,
  reader: Person | null,
): Promise<View> {
  const row = await db.selectFrom('rectification').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  return viewRow(row, reader)
}

function viewRow(row: Selectable<Tables['rectification']>, reader: Person | null): View {
  const over = row.settled_fen - row.right_fen
  return {
    id: row.id,
    number: row.number,
    claimId: row.claim_id,
    state: row.state as View['state'],
    recordedFen: row.recorded_fen.toString(),
    rightFen: row.right_fen.toString(),
    overpaidFen: (over > 0n ? over : 0n).toString(),
    reason: row.reason,
    evidence: row.evidence,
    proposedAt: new Date(row.proposed_at).toISOString(),
    proposedByMe: reader !== null && personsBehind(reader).includes(row.proposed_by),
    decidedAt: row.decided_at === null ? null : new Date(row.decided_at).toISOString(),
    decisionReason: row.decision_reason,
    returnedReference: row.returned_reference,
    returnedOn: row.returned_on,
  }
}
