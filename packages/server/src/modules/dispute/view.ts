import type { AnswerOf, Routes } from '@suanquan/api'
import { allowedEvents, disputeTable } from '@suanquan/core/application'
import { answererOf, DISPUTED_STATES } from '@suanquan/core/settlement'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { type Reader, viewEvents } from '../application/index.ts'
import { sidesOf } from './load.ts'
import { subjectOf } from './subject.ts'

type View = AnswerOf<Routes['readDispute']>
type RowView = AnswerOf<Routes['listDisputes']>['items'][number]

// oxlint-disable-next-line typescript/explicit-function-return-type -- Kysely infers the row from the query
export function disputeRows(db: Kysely<Tables>) {
  return db
    .selectFrom('dispute')
    .innerJoin('organisation', 'organisation.id', 'dispute.organisation_id')
    .innerJoin('service_contract', 'service_contract.id', 'dispute.contract_id')
    .selectAll('dispute')
    .select([
      'organisation.name as organisationName',
      sql<string>`(select centre.name from organisation centre where centre.id = dispute.provider_id)`.as(
        'providerName',
      ),
      'service_contract.number as contractNumber',
      sql<string | null>`(select number from claim where claim.id = dispute.claim_id)`.as('claimNumber'),
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof disputeRows>['execute']>>[number]

export function viewDisputeRow(row: Row): RowView {
  const open = (DISPUTED_STATES as readonly string[]).includes(row.state)
  const held = open && row.direction === 'too_much' ? (row.upheld_fen ?? row.disputed_fen) : 0n
  return {
    id: row.id,
    number: row.number,
    state: row.state as RowView['state'],
    contractId: row.contract_id,
    contractNumber: row.contractNumber,
    claimId: row.claim_id,
    claimNumber: row.claimNumber,
    organisationName: row.organisationName,
    providerName: row.providerName,
    district: row.district,
    month: row.month,
    subject: row.subject,
    direction: row.direction,
    disputedFen: row.disputed_fen.toString(),
    heldFen: held.toString(),
    upheldFen: row.upheld_fen?.toString() ?? null,
    openedSide: row.opened_side,
    awaits: awaited(row),
    answerBy: row.answer_by,
    openedAt: new Date(row.opened_at).toISOString(),
  }
}

function awaited({ state, opened_side: opened }: Pick<Row, 'state' | 'opened_side'>): RowView['awaits'] {
  if (state === 'opened') return answererOf(opened)
  if (state === 'answered') return 'office'
  return state === 'correcting' ? 'provider' : null
}

export async function viewDispute(db: Kysely<Tables>, id: string, reader: Reader): Promise<View> {
  const row = await disputeRows(db).where('dispute.id', '=', id).executeTakeFirstOrThrow()
  const key = { kind: row.subject, ref: row.subject_ref, claimId: row.claim_id }
  const subject = await subjectOf(db, { contractId: row.contract_id, month: row.month }, key)
  const files =
    row.attachments.length === 0
      ? []
      : await db
          .selectFrom('attachment')
          .select(['id', 'file_name'])
          .where('id', 'in', row.attachments)
          .orderBy('file_name')
          .execute()
  return {
    ...viewDisputeRow(row),
    line: {
      ref: row.subject_ref,
      amountFen: (subject?.amountFen ?? 0n).toString(),
      thenFen: row.rated_fen.toString(),
      text: subject?.text ?? { zh: '该项已不存在', en: 'there is no such line any more' },
    },
    reason: row.reason,
    attachments: files.map((file) => ({ id: file.id, fileName: file.file_name })),
    answer: row.answer,
    answeredAt: row.answered_at === null ? null : new Date(row.answered_at).toISOString(),
    decisionReason: row.decision_reason,
    decidedAt: row.decided_at === null ? null : new Date(row.decided_at).toISOString(),
    events: await viewEvents(db, id, reader.person),
    allowed: allowedTo(row, reader),
  }
}

/** The acts of the table that the reader's own side may do. */
function allowedTo(row: Row, { person }: Reader): string[] {
  if (person === null) return []
  const acts = sidesOf(person, row).flatMap(({ side, role }) =>
    allowedEvents(disputeTable, row.state, [role]).flatMap(({ event }) => {
      if (event === 'answer') return side === answererOf(row.opened_side) ? [event] : []
      if (event === 'withdraw') return side === row.opened_side ? [event] : []
      return side === 'office' ? [event] : []
    }),
  )
  return [...new Set(acts)]
}
