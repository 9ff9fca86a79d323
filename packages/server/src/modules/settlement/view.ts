import type { AnswerOf, Routes } from '@suanquan/api'
import { assert } from '@suanquan/core'
import { allowedEvents } from '@suanquan/core/application'
import { workingDaysLeft, type Day } from '@suanquan/core/calendar'
import type { Determination } from '@suanquan/core/policy'
import type { Settlement } from '@suanquan/core/settlement'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { World } from '../../http/world-options.ts'
import { actorsOf, appealOpenUntil, type Reader, viewEvents } from '../application/index.ts'
import { ENGINE_VERSION, revive, viewDetermination } from '../policy/index.ts'
import { confirmationOf, viewSettlement } from '../metering/index.ts'
import { invoicesOfClaim } from '../trade-paper/index.ts'
import type { ClaimRow } from './load.ts'

export type ClaimView = AnswerOf<Routes['readClaim']>
export type ClaimRowView = AnswerOf<Routes['listClaims']>['items'][number]

// oxlint-disable-next-line typescript/explicit-function-return-type -- Kysely infers the row from the query
export function claimRows(db: Kysely<Tables>) {
  return db
    .selectFrom('claim')
    .innerJoin('organisation', 'organisation.id', 'claim.organisation_id')
    .innerJoin('application', 'application.id', 'claim.application_id')
    .selectAll('claim')
    .select([
      sql<string | null>`(select number from voucher where voucher.id = claim.voucher_id)`.as(
        'voucherNumber',
      ),
      sql<string>`(select payee.name from organisation payee where payee.id = claim.payee_id)`.as(
        'payeeName',
      ),
      'organisation.name as organisationName',
      'organisation.credit_code as creditCode',
      'application.number as applicationNumber',
      sql<
        string | null
      >`(select number from service_contract where service_contract.id = claim.contract_id)`.as(
        'contractNumber',
      ),
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof claimRows>['execute']>>[number]

export function viewClaimRow(row: Row, today: Day): ClaimRowView {
  const left = row.deadline_on === null ? null : workingDaysLeft(today, row.deadline_on)
  return {
    id: row.id,
    number: row.number,
    voucherId: row.voucher_id,
    voucherNumber: row.voucherNumber,
    applicationId: row.application_id,
    applicationNumber: row.applicationNumber,
    adoptionId: row.adoption_id,
    organisationId: row.organisation_id,
    organisationName: row.organisationName,
    creditCode: row.creditCode,
    payeeId: row.payee_id,
    payeeName: row.payeeName,
    payeeCreditCode: row.payee_credit_code,
    contractId: row.contract_id,
    contractNumber: row.contractNumber,
    district: row.district,
    state: row.state as ClaimRowView['state'],
    periodFrom: row.period_from,
    periodTo: row.period_to,
    payableFen: row.payable_fen.toString(),
    deductedFen: row.deducted_fen?.toString() ?? null,
    imprestFen: row.imprest_fen.toString(),
    imprestLeftFen: row.imprest_left_fen.toString(),
    approvedFen: row.approved_fen?.toString() ?? null,
    submittedAt: new Date(row.claimed_at ?? row.submitted_at).toISOString(),
    deadlineOn: row.deadline_on,
    holdEndsOn: row.state === 'submitted' ? row.hold_ends_on : null,
    workingDaysLeft: left === null || !left.ok ? null : left.value.days,
  }
}

export async function viewClaim(
  world: World,
  db: Kysely<Tables>,
  id: string,
  reader: Reader,
): Promise<ClaimView> {
  const row = await claimRows(db).where('claim.id', '=', id).executeTakeFirstOrThrow()
  const inForce = await world.programmes.inForce(db, row.adoption_id)
  const decision = await db
    .selectFrom('decision')
    .select(['id', 'decided_on', 'result'])
    // Support after use has no decision on the claim: it pays what was decided on the application.
    .where('object_id', 'in', [id, row.application_id])
    .orderBy(sql`object_id = ${id}::uuid`, 'desc')
    .orderBy('decided_at', 'desc')
    .orderBy(sql`kind = 'deduction'`)
    .orderBy('kind', 'desc')
    .executeTakeFirst()
  const takenOver = await takenOverOf(db, id)
  assert(decision !== undefined || takenOver !== null, 'what was decided here has its decision')
  const { settlement, determination } =
    decision === undefined ? {} : revive(decision.result as unknown as Stored)
  const events = await viewEvents(db, id, reader.person)
  const actors = actorsOf(reader.person, row)
  const allowed = allowedEvents(inForce.way.claim, row.state, actors).map(({ event, to }) => ({ event, to }))
  return {
    ...viewClaimRow(row, reader.today),
    body: row.body as unknown as ClaimRow['body'],
    confirmation: row.contract_id === null ? null : await confirmationOf(db, row.contract_id),
    matched: settlement === undefined ? null : viewSettlement(settlement),
    determination:
      decision === undefined || determination === undefined
        ? null
        : viewDetermination({
            id: decision.id,
            on: decision.decided_on,
            programme: inForce.programme,
            programmeHash: inForce.programmeHash,
            engineVersion: ENGINE_VERSION,
            determination,
            expected: determination,
            facts: [],
          }),
    takenOver,
    events,
    appealUntil: allowed.some(({ event }) => event === 'lodge_appeal')
      ? appealOpenUntil({ events, decisions: ['refuse'], inForce, today: reader.today })
      : null,
    allowed,
    papers: [...(await invoicesOfClaim(db, row))],
    unverified: await unverifiedOf(db, id, reader.person),
    payment: await paymentOf(db, id),
  }
}

const OFFICES: ReadonlySet<string> = new Set(['reviewer', 'finance', 'auditor'])

/** Decisions to pay on invoices that nobody has verified; by whom is for the offices. */
async function unverifiedOf(
  db: Kysely<Tables>,
  claimId: string,
  person: Reader['person'],
): Promise<ClaimView['unverified']> {
  const named = person?.grants.some(({ role }) => OFFICES.has(role)) ?? false
  const rows = await db
    .selectFrom('unverified_decision')
    .innerJoin('person', 'person.id', 'decided_by')
    .select(['numbers', 'reason', 'decided_at', 'display_name'])
    .where('claim_id', '=', claimId)
    .orderBy('decided_at')
    .execute()
  return rows.map(({ numbers, reason, decided_at: at, display_name: name }) => ({
    numbers,
    reason,
    decidedBy: named ? name : null,
    decidedAt: new Date(at).toISOString(),
  }))
}

/** The line of the last batch that the claim was put into and that was not cancelled. */
async function paymentOf(db: Kysely<Tables>, claimId: string): Promise<ClaimView['payment']> {
  const line = await db
    .selectFrom('disbursement_line')
    .innerJoin('disbursement', 'disbursement.id', 'disbursement_line.disbursement_id')
    .leftJoin('bank_answer', (join) =>
      join
        .onRef('bank_answer.disbursement_id', '=', 'disbursement.id')
        .onRef('bank_answer.claim_id', '=', 'disbursement_line.claim_id')
        .on('outcome', '=', 'paid'),
    )
    .select(['disbursement.id', 'number', 'on_day', 'reference', 'disbursement_line.state'])
    .where('disbursement_line.claim_id', '=', claimId)
    .where('disbursement.state', '!=', 'cancelled')
    .orderBy('prepared_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (line === undefined) return null
  return {
    batchId: line.id,
    batchNumber: line.number,
    state: line.state as NonNullable<ClaimView['payment']>['state'],
    paidOn: line.state === 'paid' ? line.on_day : null,
    bankReference: line.state === 'paid' ? line.reference : null,
  }
}

async function takenOverOf(db: Kysely<Tables>, id: string): Promise<ClaimView['takenOver']> {
  const row = await db
    .selectFrom('opening_claim')
    .innerJoin('take_over', 'take_over.id', 'opening_claim.take_over_id')
    .select(['number', 'system_name', 'old_number', 'paid_on', 'bank_reference'])
    .where('claim_id', '=', id)
    .executeTakeFirst()
  if (row === undefined) return null
  const { number, system_name: systemName, old_number: oldNumber } = row
  return { number, systemName, oldNumber, paidOn: row.paid_on, bankReference: row.bank_reference }
}

interface Stored {
  /** nothing is matched where a project is paid */
  readonly settlement?: Settlement
  readonly determination: Determination
}
