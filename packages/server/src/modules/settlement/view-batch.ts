import type { AnswerOf, Routes } from '@suanquan/api'
import { maskAccount } from '@suanquan/core/party'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Person } from '../../http/world.ts'

export type BatchView = AnswerOf<Routes['approveDisbursement']>
export type BatchLine = AnswerOf<Routes['readDisbursement']>['items'][number]

export async function viewBatch(db: Kysely<Tables>, id: string, reader: Person | null): Promise<BatchView> {
  const row = await db
    .selectFrom('disbursement')
    .innerJoin('person as preparer', 'preparer.id', 'disbursement.prepared_by')
    .leftJoin('person as approver', 'approver.id', 'disbursement.approved_by')
    .selectAll('disbursement')
    .select(['preparer.display_name as preparer', 'approver.display_name as approver'])
    .where('disbursement.id', '=', id)
    .executeTakeFirstOrThrow()
  const { lines, total } = await db
    .selectFrom('disbursement_line')
    .select([
      sql<bigint>`count(*)`.as('lines'),
      sql<bigint>`coalesce(sum(amount_fen), 0)::bigint`.as('total'),
    ])
    .where('disbursement_id', '=', id)
    .executeTakeFirstOrThrow()
  return {
    id: row.id,
    number: row.number,
    adoptionId: row.adoption_id,
    state: row.state as BatchView['state'],
    preparedBy: row.preparer,
    preparedAt: new Date(row.prepared_at).toISOString(),
    approvedBy: row.approver,
    approvedAt: row.approved_at === null ? null : new Date(row.approved_at).toISOString(),
    paidOn: row.paid_on,
    bankReference: row.bank_reference,
    lines: Number(lines),
    totalFen: total.toString(),
    fileSha256: row.file_sha256,
    preparedByMe: row.prepared_by === reader?.id,
  }
}

/** Who is paid what in a batch; accounts are masked. */
export async function batchLines(db: Kysely<Tables>, id: string): Promise<BatchLine[]> {
  const lines = await db
    .selectFrom('disbursement_line')
    .innerJoin('claim', 'claim.id', 'disbursement_line.claim_id')
    .selectAll('disbursement_line')
    .select('claim.number')
    .where('disbursement_id', '=', id)
    .orderBy('claim.number')
    .execute()
  return lines.map((line) => ({
    claimId: line.claim_id,
    claimNumber: line.number,
    organisationName: line.payee_name,
    bankName: line.bank_name,
    bankAccountMasked: maskAccount(line.bank_account),
    amountFen: line.amount_fen.toString(),
    state: line.state as BatchLine['state'],
    returnReason: line.return_reason,
  }))
}
