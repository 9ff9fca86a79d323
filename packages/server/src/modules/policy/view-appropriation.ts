import type { AnswerOf, Routes } from '@suanquan/api'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Person } from '../../http/world.ts'

type View = AnswerOf<Routes['approveAppropriation']>

export async function viewAppropriation(
  db: Kysely<Tables>,
  id: string,
  reader: Person | null,
): Promise<View> {
  const row = await db
    .selectFrom('appropriation')
    .innerJoin('person as proposer', 'proposer.id', 'appropriation.proposed_by')
    .leftJoin('person as approver', 'approver.id', 'appropriation.approved_by')
    .selectAll('appropriation')
    .select(['proposer.display_name as proposer', 'approver.display_name as approver'])
    .where('appropriation.id', '=', id)
    .executeTakeFirstOrThrow()
  return {
    id: row.id,
    adoptionId: row.adoption_id,
    documentNumber: row.document_number,
    documentOn: row.document_on,
    tierId: row.tier_id,
    amountFen: row.amount_fen.toString(),
    state: row.state as View['state'],
    proposedBy: row.proposer,
    proposedAt: new Date(row.proposed_at).toISOString(),
    approvedBy: row.approver,
    approvedAt: row.approved_at === null ? null : new Date(row.approved_at).toISOString(),
    proposedByMe: row.proposed_by === reader?.id,
  }
}
