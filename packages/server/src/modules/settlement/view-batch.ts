import type { AnswerOf, Routes } from '@suanquan/api'
import { maskAccount } from '@suanquan/core/party'
import { doubtOf } from '@suanquan/core/settlement'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Person } from '../../http/world.ts'
import { missingIn } from './treasury.ts'

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
  const { lines, total, paid, returned } = await db
    .selectFrom('disbursement_line')
    .select([
      sql<bigint>`count(*)`.as('lines'),
      sql<bigint>`coalesce(sum(amount_fen), 0)::bigint`.as('total'),
      sql<bigint>`coalesce(sum(amount_fen) filter (where state = 'paid'), 0)::bigint`.as('paid'),
      sql<bigint>`coalesce(sum(amount_fen) filter (where state = 'returned'), 0)::bigint`.as('returned'),
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
    recordSm3: row.record_sm3,
    treasuryVersion: row.treasury_version,
    missing: missingIn(row.treasury),
    paidFen: paid.toString(),
    returnedFen: returned.toString(),
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
  const answers = await db
    .selectFrom('bank_answer')
    .select(['claim_id', 'outcome', 'on_day', 'reference'])
    .where('disbursement_id', '=', id)
    .orderBy('outcome')
    .execute()
  const answerOf = (claimId: string, outcome: string): (typeof answers)[number] | undefined =>
    answers.find((each) => each.claim_id === claimId && each.outcome === outcome)
  return lines.map((line) => ({
    claimId: line.claim_id,
    claimNumber: line.number,
    instructionId: line.instruction_id,
    organisationName: line.payee_name,
    bankName: line.bank_name,
    bankAccountMasked: maskAccount(line.bank_account),
    accountDoubt: doubtOf(line.bank_account),
    amountFen: line.amount_fen.toString(),
    state: line.state as BatchLine['state'],
    returnReason: line.return_reason,
    answeredOn: answerOf(line.claim_id, line.state)?.on_day ?? null,
    bankReference: answerOf(line.claim_id, line.state)?.reference ?? null,
    cameBack: line.state === 'returned' && answerOf(line.claim_id, 'paid') !== undefined,
  }))
}
