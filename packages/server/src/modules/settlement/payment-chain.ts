// From a bank line back to the minute on the card: the instruction, the batch and who signed it, the claim and its legs, the
// postings, the rated use and where its records came from. Read as it stands, checked anew each time.
import type { AnswerOf, Routes } from '@suanquan/api'
import { accept } from '@suanquan/core'
import { accountKinds, postingCodeOf } from '@suanquan/core/ledger'
import type { Settlement } from '@suanquan/core/settlement'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Query } from '../../http/world.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { provenUse, viewSettlement } from '../metering/index.ts'
import { revive } from '../policy/index.ts'
import { type ClaimRow, loadClaim } from './load.ts'
import { isGenuine, type BatchRow } from './payment-batch.ts'

const PAYABLE = accountKinds.payable.number
/** posted, or settled from a reservation */
const MOVES = [0, 2]

type Chain = AnswerOf<Routes['readPaymentChain']>
type Found = AnswerOf<Routes['listPaymentLines']>['items'][number]

// oxlint-disable-next-line typescript/explicit-function-return-type -- Kysely infers the row from the query
function paymentLines(db: Kysely<Tables>) {
  return db
    .selectFrom('disbursement_line as line')
    .innerJoin('disbursement as batch', 'batch.id', 'line.disbursement_id')
    .innerJoin('claim', 'claim.id', 'line.claim_id')
    .leftJoin('bank_answer as answer', (join) =>
      join
        .onRef('answer.disbursement_id', '=', 'line.disbursement_id')
        .onRef('answer.claim_id', '=', 'line.claim_id')
        .onRef('answer.outcome', '=', 'line.state'),
    )
}

const COLUMNS = [
  'line.disbursement_id',
  'line.claim_id',
  'line.instruction_id',
  'line.payee_name',
  'line.amount_fen',
  'line.state',
  'line.return_reason',
  'batch.number as batchNumber',
  'claim.number as claimNumber',
  'answer.on_day',
  'answer.reference',
] as const

type LineRow = Awaited<ReturnType<typeof oneLine>>

// oxlint-disable-next-line typescript/explicit-function-return-type -- Kysely infers the row from the query
async function oneLine(db: Kysely<Tables>, batchId: string, claimId: string) {
  return paymentLines(db)
    .select(COLUMNS)
    .where('line.disbursement_id', '=', batchId)
    .where('line.claim_id', '=', claimId)
    .executeTakeFirst()
}

function viewFound(row: NonNullable<LineRow>): Found {
  return {
    batchId: row.disbursement_id,
    batchNumber: row.batchNumber,
    claimId: row.claim_id,
    claimNumber: row.claimNumber,
    instructionId: row.instruction_id,
    organisationName: row.payee_name,
    amountFen: row.amount_fen.toString(),
    state: row.state as Found['state'],
    onDay: row.on_day,
    reference: row.reference,
    reason: row.return_reason,
  }
}

export function listPaymentLines(): Query<'listPaymentLines'> {
  return {
    kind: 'query',
    run: async ({ query, person }, { db, touch }) => {
      touch({ kind: 'disbursement', id: null })
      let found = paymentLines(db)
        .where(visibleRows(person!, 'disbursement.read', 'batch'))
        .where('batch.state', '<>', 'cancelled')
      if (query.state !== undefined) found = found.where('line.state', '=', query.state)
      if (query.q !== undefined && query.q !== '') {
        const q = query.q
        const like = `%${q.replace(/[\\%_]/g, '\\$&')}%`
        found = found.where((eb) =>
          eb.or([
            eb('line.instruction_id', '=', q),
            eb('answer.reference', '=', q),
            eb('claim.number', '=', q),
            eb('line.payee_name', 'ilike', like),
          ]),
        )
      }
      const { total } = await found.select(sql<bigint>`count(*)`.as('total')).executeTakeFirstOrThrow()
      const rows = await found
        .select(COLUMNS)
        .orderBy('batch.prepared_at', 'desc')
        .orderBy('line.instruction_id')
        .limit(query.size)
        .offset((query.page - 1) * query.size)
        .execute()
      return accept({ total: Number(total), items: rows.map(viewFound) })
    },
  }
}

export function readPaymentChain(): Query<'readPaymentChain'> {
  return {
    kind: 'query',
    run: async ({ params, query, person }, { db, touch }) => {
      const batch = await db
        .selectFrom('disbursement')
        .selectAll()
        .where('id', '=', params.id)
        .executeTakeFirst()
      if (!batch) return notFound('disbursement')
      touch({ kind: 'disbursement', id: batch.id })
      if (!mayTouch(person, 'disbursement.read', batch))
        return outOfScope('disbursement.read', 'disbursement')
      const line = await oneLine(db, batch.id, params.claimId)
      if (line === undefined) return notFound('claim')
      const claim = (await loadClaim(db, params.claimId))!
      const use =
        claim.contract_id === null
          ? { total: 0, items: [], amountFen: '0', cardSeconds: '0' }
          : await provenUse(db, {
              contractId: claim.contract_id,
              from: claim.period_from,
              to: claim.period_to,
              ...query,
            })
      const { reason: _, ...found } = viewFound(line)
      return accept({
        line: found,
        answers: await answersOf(db, batch.id, claim.id),
        batch: await viewSigned(db, batch),
        claim: await viewPaidClaim(db, claim),
        legs: legsOfClaim(claim),
        postings: await postingsOfClaim(db, batch, claim),
        use,
      })
    },
  }
}

async function answersOf(db: Kysely<Tables>, batchId: string, claimId: string): Promise<Chain['answers']> {
  const rows = await db
    .selectFrom('bank_answer')
    .leftJoin('bank_file', 'bank_file.id', 'bank_answer.file_id')
    .leftJoin('person', 'person.id', 'bank_answer.recorded_by')
    .selectAll('bank_answer')
    .select(['file_name', 'sha256', 'person.display_name'])
    .where('bank_answer.disbursement_id', '=', batchId)
    .where('claim_id', '=', claimId)
    .orderBy('bank_answer.recorded_at')
    .orderBy('outcome')
    .execute()
  return rows.map((row) => ({
    outcome: row.outcome,
    onDay: row.on_day,
    reference: row.reference,
    reason: row.reason,
    fileName: row.file_name,
    fileSha256: row.sha256,
    recordedBy: row.display_name ?? '',
    recordedAt: new Date(row.recorded_at).toISOString(),
  }))
}

async function viewSigned(db: Kysely<Tables>, batch: BatchRow): Promise<Chain['batch']> {
  const people = await db
    .selectFrom('person')
    .select(['id', 'display_name'])
    .where('id', 'in', [batch.prepared_by, batch.approved_by ?? batch.prepared_by])
    .execute()
  const nameOf = (id: string | null): string | null =>
    people.find((person) => person.id === id)?.display_name ?? null
  return {
    preparedBy: nameOf(batch.prepared_by) ?? '',
    preparedAt: new Date(batch.prepared_at).toISOString(),
    approvedBy: nameOf(batch.approved_by),
    approvedAt: batch.approved_at === null ? null : new Date(batch.approved_at).toISOString(),
    fileSha256: batch.file_sha256,
    recordSm3: batch.record_sm3,
    genuine: await isGenuine(db, batch),
    signingKey: batch.signing_key,
  }
}

async function viewPaidClaim(db: Kysely<Tables>, claim: ClaimRow): Promise<Chain['claim']> {
  const { applicationNumber, voucherNumber, contractNumber } = await db
    .selectFrom('claim')
    .innerJoin('application', 'application.id', 'claim.application_id')
    .leftJoin('voucher', 'voucher.id', 'claim.voucher_id')
    .leftJoin('service_contract', 'service_contract.id', 'claim.contract_id')
    .select([
      'application.number as applicationNumber',
      'voucher.number as voucherNumber',
      'service_contract.number as contractNumber',
    ])
    .where('claim.id', '=', claim.id)
    .executeTakeFirstOrThrow()
  const decided = await db
    .selectFrom('workflow_event')
    .leftJoin('person', 'person.id', 'workflow_event.actor_id')
    .select(['at', 'display_name'])
    .where('object_id', '=', claim.id)
    .where('to_state', '=', 'approved')
    .where('event', 'in', ['approve', 'award', 'change'])
    .orderBy('position', 'desc')
    .executeTakeFirst()
  return {
    periodFrom: claim.period_from,
    periodTo: claim.period_to,
    approvedFen: claim.approved_fen?.toString() ?? null,
    baseFen: claim.base_fen.toString(),
    applicationId: claim.application_id,
    applicationNumber,
    voucherId: claim.voucher_id,
    voucherNumber,
    contractNumber,
    contractId: claim.contract_id,
    decidedBy: decided?.display_name ?? null,
    decidedAt: decided === undefined ? null : new Date(decided.at).toISOString(),
  }
}

function legsOfClaim(claim: ClaimRow): Chain['legs'] {
  const settlement = revive(claim.matched) as Partial<Settlement>
  if (settlement.legs === undefined) return []
  return viewSettlement(settlement as Settlement).legs.map(
    ({ leg, applies, shownFen, countedFen, least }) => ({ leg, applies, shownFen, countedFen, least }),
  )
}

/** What moved on the accounts of the claim: owed, paid, sent back. */
async function postingsOfClaim(
  db: Kysely<Tables>,
  batch: BatchRow,
  claim: ClaimRow,
): Promise<Chain['postings']> {
  const rows = await db
    .selectFrom('ledger.posting as posting')
    .innerJoin('ledger.account as account', (join) =>
      join
        .onRef('account.ledger', '=', 'posting.ledger')
        .on((eb) =>
          eb.or([
            eb('account.id', '=', eb.ref('posting.debit')),
            eb('account.id', '=', eb.ref('posting.credit')),
          ]),
        ),
    )
    .innerJoin('adoption', 'adoption.fund', 'posting.ledger')
    .select(['posting.id', 'posting.seq', 'posting.code', 'posting.amount', 'posting.at'])
    .where('adoption.id', '=', batch.adoption_id)
    .where('account.reference', '=', claim.number)
    .where('account.code', '=', PAYABLE)
    .where('posting.kind', 'in', MOVES)
    .distinct()
    .orderBy('posting.seq')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    sequence: row.seq.toString(),
    code: postingCodeOf(row.code),
    amountFen: row.amount.toString(),
    at: new Date(row.at).toISOString(),
  }))
}
