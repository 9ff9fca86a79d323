import type { AnswerOf, Routes } from '@suanquan/api'
import { allowedEvents, clawbackTable, fineRange, PERSONAL_FINE } from '@suanquan/core/application'
import type { Day } from '@suanquan/core/calendar'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { personsBehind } from '../../identity/acting.ts'
import { actorsOf, type Reader, viewEvents } from '../application/index.ts'
import { type ClawbackRow, debtOf, recoveriesOf, type RecoveryRow } from './load.ts'

export type ClawbackView = AnswerOf<Routes['readClawback']>
export type ClawbackRowView = AnswerOf<Routes['listClawbacks']>['items'][number]

// oxlint-disable-next-line typescript/explicit-function-return-type -- Kysely infers the row from the query
export function clawbackRows(db: Kysely<Tables>) {
  return db
    .selectFrom('clawback')
    .innerJoin('organisation', 'organisation.id', 'clawback.organisation_id')
    .innerJoin('application', 'application.id', 'clawback.application_id')
    .selectAll('clawback')
    .select([
      'organisation.name as organisationName',
      sql<string>`(select debtor.name from organisation debtor where debtor.id = clawback.debtor_id)`.as(
        'debtorName',
      ),
      'application.number as applicationNumber',
      sql<string | null>`(select number from voucher where voucher.id = clawback.voucher_id)`.as(
        'voucherNumber',
      ),
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof clawbackRows>['execute']>>[number]

const iso = (at: number): string => new Date(at).toISOString()

export async function viewRow(db: Kysely<Tables>, row: Row, today: Day): Promise<ClawbackRowView> {
  return rowView(row, await recoveriesOf(db, row.id), today)
}

function rowView(row: Row, recoveries: readonly RecoveryRow[], today: Day): ClawbackRowView {
  return {
    id: row.id,
    number: row.number,
    state: row.state as ClawbackRowView['state'],
    basis: row.basis,
    adoptionId: row.adoption_id,
    organisationId: row.organisation_id,
    organisationName: row.organisationName,
    debtorName: row.debtorName,
    applicationId: row.application_id,
    applicationNumber: row.applicationNumber,
    voucherId: row.voucher_id,
    voucherNumber: row.voucherNumber,
    district: row.district,
    proposedFen: row.proposed_fen.toString(),
    revokes: row.revokes,
    proposedAt: iso(row.proposed_at),
    answerBy: row.answer_by,
    revokedFen: row.revoked_fen?.toString() ?? null,
    owedFen: row.owed_fen?.toString() ?? null,
    leftFen: debtOf(row, recoveries).leftFen.toString(),
    dueOn: nextDue(row, recoveries),
    overdue: (nextDue(row, recoveries) ?? today) < today,
  }
}

/** The first day by which something is to be paid that is not; null when nothing is owed. */
export function nextDue(row: ClawbackRow, recoveries: readonly RecoveryRow[]): Day | null {
  const { leftFen } = debtOf(row, recoveries)
  if (leftFen <= 0n) return null
  let uncovered = leftFen
  let due = row.due_on
  // the last instalments are the ones still open: count back from the end
  for (const { dueOn, amountFen } of row.instalments.toReversed()) {
    if (uncovered <= 0n) break
    uncovered -= BigInt(amountFen)
    due = dueOn
  }
  return due
}

export async function viewClawback(db: Kysely<Tables>, id: string, reader: Reader): Promise<ClawbackView> {
  const row = await clawbackRows(db).where('clawback.id', '=', id).executeTakeFirstOrThrow()
  const recoveries = await recoveriesOf(db, id)
  const range = fineRange(row.basis, row.proposed_fen)
  const me = reader.person?.id
  const people = reader.person === null ? [] : personsBehind(reader.person)
  return {
    ...rowView(row, recoveries, reader.today),
    finding: row.finding,
    clause: row.clause,
    evidence: row.evidence,
    lines: await linesOf(db, id),
    proposedByMe: people.includes(row.proposed_by),
    statement: row.statement,
    statedAt: row.stated_at === null ? null : iso(row.stated_at),
    decidedByMe: row.decided_by !== null && people.includes(row.decided_by),
    decidedAt: row.decided_at === null ? null : iso(row.decided_at),
    fineRange:
      range === null ? null : { leastFen: range.leastFen.toString(), mostFen: range.mostFen.toString() },
    personalFine: {
      leastFen: PERSONAL_FINE.leastFen.toString(),
      mostFen: PERSONAL_FINE.mostFen.toString(),
    },
    fineFen: row.fine_fen?.toString() ?? null,
    instalments: row.instalments.map(({ dueOn, amountFen }) => ({ dueOn, amountFen })),
    ruling: row.ruling,
    recoveredFen: debtOf(row, recoveries).recoveredFen.toString(),
    recoveries: await viewRecoveries(db, recoveries, me),
    payables: row.state === 'owed' ? await payablesOf(db, row) : [],
    events: await viewEvents(db, id, reader.person),
    allowed: allowedEvents(clawbackTable, row.state, actorsOf(reader.person, row)).map(({ event, to }) => ({
      event,
      to,
    })),
  }
}

async function linesOf(db: Kysely<Tables>, id: string): Promise<ClawbackView['lines']> {
  const rows = await db
    .selectFrom('clawback_line')
    .innerJoin('claim', 'claim.id', 'clawback_line.claim_id')
    .select(['claim_id', 'claim.number', 'amount_fen'])
    .where('clawback_id', '=', id)
    .orderBy('claim.number')
    .execute()
  return rows.map((line) => ({
    claimId: line.claim_id,
    claimNumber: line.number,
    amountFen: line.amount_fen.toString(),
  }))
}

async function viewRecoveries(
  db: Kysely<Tables>,
  recoveries: readonly RecoveryRow[],
  me: string | undefined,
): Promise<ClawbackView['recoveries']> {
  const ids = recoveries.flatMap(({ claim_id: id }) => (id === null ? [] : [id]))
  const claims =
    ids.length === 0
      ? []
      : await db.selectFrom('claim').select(['id', 'number']).where('id', 'in', ids).execute()
  return recoveries.map((each) => ({
    id: each.id,
    kind: each.kind,
    state: each.state,
    amountFen: each.amount_fen.toString(),
    reference: each.kind === 'write_off' ? null : each.reference,
    onDay: each.on_day,
    reason: each.reason,
    claimNumber: claims.find(({ id }) => id === each.claim_id)?.number ?? null,
    recordedByMe: each.recorded_by === me,
  }))
}

async function payablesOf(db: Kysely<Tables>, row: ClawbackRow): Promise<ClawbackView['payables']> {
  const rows = await db
    .selectFrom('claim')
    .select(['id', 'number', sql<bigint>`approved_fen - settled_fen`.as('leftFen')])
    .where('payee_id', '=', row.debtor_id)
    .where('adoption_id', '=', row.adoption_id)
    .where('state', '=', 'approved')
    .orderBy('number')
    .execute()
  return rows.map(({ id, number, leftFen }) => ({
    claimId: id,
    claimNumber: number,
    leftFen: leftFen.toString(),
  }))
}
