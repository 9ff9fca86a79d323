import { accept, refuse, type Decision } from '@suanquan/core'
import { maskAccount } from '@suanquan/core/party'
import { instructionIdOf, isAccount, type PaymentLine } from '@suanquan/core/settlement'
import type { Transaction } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { Asked, Command, CommandContext } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import { moveCase, nextNumber } from '../application/index.ts'
import { tell } from '../message/index.ts'
import { disputedSince } from '../metering/index.ts'
import type { InForce } from '../policy/index.ts'
import { mayBeDisbursed } from '../trade-paper/index.ts'
import { writeDisbursementFile } from './disbursement-file.ts'
import { loadClaim } from './load.ts'
import { sm3OfBatch } from './payment-batch.ts'
import { treasuryOf } from './treasury.ts'
import { viewBatch } from './view-batch.ts'

interface Batch {
  readonly id: string
  readonly inForce: InForce
  readonly asked: Asked<'prepareDisbursement'>
  readonly context: CommandContext
}

type Line = Omit<PaymentLine, 'instructionId'> & { readonly claimId: string }

/** 编制: the first pair of eyes. The file is fixed here; whoever approves confirms its hash. */
export function prepareDisbursement(world: World): Command<'prepareDisbursement'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const { tx, newId, touch } = context
      const { body } = asked
      const known = await tx
        .selectFrom('adoption')
        .select(['id', 'jurisdiction', 'district'])
        .where('id', '=', body.adoptionId)
        .executeTakeFirst()
      if (!known) return notFound('adoption')
      if (!mayTouch(asked.person, 'disbursement.prepare', known))
        return outOfScope('disbursement.prepare', 'adoption')
      const inForce = await world.programmes.inForce(tx, known.id)
      const batch = { id: newId(), inForce, asked, context }
      const lines: Line[] = []
      for (const claimId of [...new Set(body.claimIds)].sort()) {
        const line = await takeClaim(batch, claimId)
        if (!line.ok) return line
        lines.push(line.value)
      }
      lines.sort((a, b) => (a.claimNumber < b.claimNumber ? -1 : 1))
      await storeBatch(tx, batch, lines)
      touch({ kind: 'disbursement', id: batch.id })
      return accept({ subject: batch.id })
    },
    view: (subject, { db }, { person }) => viewBatch(db, subject, person),
  }
}

type TakeCode =
  | 'request.not_found'
  | 'request.forbidden'
  | 'disbursement.mixed_adoptions'
  | 'disbursement.disputed'
  | 'disbursement.no_bank_account'
  | 'disbursement.invoice_unverified'
  | 'disbursement.invoice_void'
  | 'disbursement.account_malformed'
  | 'claim.transition_not_allowed'

/** Moves one claim into the batch. */
async function takeClaim(
  { id, inForce, asked, context }: Batch,
  claimId: string,
): Promise<Decision<Line, TakeCode>> {
  const { tx, newId } = context
  const { person, at, today } = asked
  const row = await loadClaim(tx, claimId, 'lock')
  if (!row) return notFound('claim')
  if (!mayTouch(person, 'disbursement.prepare', row)) return outOfScope('disbursement.prepare', 'claim')
  if (row.adoption_id !== inForce.id) return refuse('disbursement.mixed_adoptions')
  const disputed = await disputedSince(tx, row.id)
  if (disputed !== undefined)
    return refuse('disbursement.disputed', { number: row.number, dispute: disputed })
  const payee = await tx
    .selectFrom('organisation')
    .select(['name', 'bank_name', 'bank_account', 'bank_code'])
    .where('id', '=', row.payee_id)
    .executeTakeFirstOrThrow()
  if (payee.bank_account === null) {
    return refuse('disbursement.no_bank_account', { organisationName: payee.name })
  }
  if (!isAccount(payee.bank_account)) {
    const account = maskAccount(payee.bank_account)
    return refuse('disbursement.account_malformed', { organisationName: payee.name, account })
  }
  const moved = await moveCase(
    { tx, newId, at, today },
    { kind: 'claim', row, workflow: inForce.way.claim, inForce },
    { event: 'batch', role: 'finance', actorId: person!.id, detail: { disbursementId: id } },
  )
  if (!moved.ok) return refuse('claim.transition_not_allowed', moved.refusal.params)
  const proven = await mayBeDisbursed(tx, row)
  if (!proven.ok) return proven
  await tx
    .updateTable('claim')
    .set({ state: moved.value.to, batch_id: id })
    .where('id', '=', row.id)
    .execute()
  return accept({
    claimId: row.id,
    claimNumber: row.number,
    amountFen: row.approved_fen! - row.settled_fen,
    payeeName: payee.name,
    payeeCreditCode: row.payee_credit_code,
    bankName: payee.bank_name,
    bankCode: payee.bank_code,
    account: payee.bank_account,
  })
}

async function storeBatch(
  tx: Transaction<Tables>,
  { id, inForce, asked }: Batch,
  claims: readonly Line[],
): Promise<void> {
  const place = { jurisdiction: inForce.jurisdiction, district: inForce.jurisdiction }
  const number = await nextNumber(tx, 'BF', inForce, asked.today)
  const lines = claims.map((line, index) => ({ ...line, instructionId: instructionIdOf(number, index) }))
  const treasury = await treasuryOf(tx, inForce.fund)
  const file = writeDisbursementFile({ number, lines })
  const recordSm3 = sm3OfBatch({
    number,
    preparedAt: asked.at,
    lines,
    treasury: treasury?.profile ?? null,
  })
  await tx
    .insertInto('disbursement')
    .values({
      ...place,
      id,
      number,
      adoption_id: inForce.id,
      state: 'prepared',
      prepared_by: asked.person!.id,
      prepared_at: timestamp(asked.at),
      file_text: file.text,
      file_sha256: file.sha256,
      treasury_version: treasury?.version ?? null,
      treasury: treasury === null ? null : JSON.stringify(treasury.profile),
      record_sm3: recordSm3,
    })
    .execute()
  const rows = lines.map((line) => ({
    ...place,
    disbursement_id: id,
    claim_id: line.claimId,
    amount_fen: line.amountFen,
    payee_name: line.payeeName,
    bank_name: line.bankName,
    bank_account: line.account,
    state: 'pending',
    instruction_id: line.instructionId,
    payee_credit_code: line.payeeCreditCode,
    bank_code: line.bankCode,
  }))
  await tx.insertInto('disbursement_line').values(rows).execute()
  tell(tx, {
    kind: 'batch_to_approve',
    cause: `disbursement ${id}`,
    about: 'disbursement',
    aboutId: id,
    params: { number },
    place,
    except: [asked.person!.id],
  })
}
