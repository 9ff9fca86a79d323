import type { AnswerOf, Routes } from '@suanquan/api'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Person } from '../../http/world.ts'

type View = AnswerOf<Routes['decidePoolMove']>

/** Moves in the order in which they were proposed. */
export async function viewMoves(
  db: Kysely<Tables>,
  ids: readonly string[],
  reader: Person | null,
): Promise<View[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('pool_move')
    .innerJoin('person as proposer', 'proposer.id', 'pool_move.proposed_by')
    .leftJoin('person as decider', 'decider.id', 'pool_move.decided_by')
    .leftJoin('allotment as source', 'source.id', 'pool_move.from_id')
    .leftJoin('allotment as target', 'target.id', 'pool_move.to_id')
    .selectAll('pool_move')
    .select([
      'proposer.display_name as proposer',
      'decider.display_name as decider',
      'source.name as from_name',
      'target.name as to_name',
    ])
    .where('pool_move.id', 'in', ids)
    .orderBy('pool_move.proposed_at')
    .orderBy(sql`pool_move.id`)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    adoptionId: row.adoption_id,
    from: row.from_id ?? row.from_kind,
    fromName: row.from_name ?? row.from_kind,
    to: row.to_id ?? row.to_kind,
    toName: row.to_name ?? row.to_kind,
    amountFen: row.amount_fen.toString(),
    documentNumber: row.document_number,
    documentOn: row.document_on,
    reason: row.reason,
    state: row.state,
    proposedBy: row.proposer,
    proposedAt: new Date(row.proposed_at).toISOString(),
    proposedByMe: row.proposed_by === reader?.id,
    decidedBy: row.decider,
    decidedAt: row.decided_at === null ? null : new Date(row.decided_at).toISOString(),
    decisionReason: row.decision_reason,
  }))
}

export async function viewMove(db: Kysely<Tables>, id: string, reader: Person | null): Promise<View> {
  return (await viewMoves(db, [id], reader))[0]!
}
