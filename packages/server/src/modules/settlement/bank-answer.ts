// 银行回单文件: checked line by line against what was instructed, then recorded as a whole or not at all. A file that comes again
// holds nothing that is news, and is refused as such.
import type { AnswerOf, Routes } from '@suanquan/api'
import { accept, refuse, type Decision } from '@suanquan/core'
import { judgeAnswers, type Instructed, type JudgedLine } from '@suanquan/core/settlement'
import type { Kysely } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import { fileNameOf } from '../../files/file-name.ts'
import type { Asked, Command, CommandContext, Query } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import { readAnswerFile, type AnswerFile, type AnswerFileRefusal } from './answer-file.ts'
import { approvalDay, lockAnswered } from './confirm-disbursement.ts'
import type { BatchRow } from './payment-batch.ts'
import { takeAnswers, type NewAnswer } from './take-answers.ts'
import { viewBatch } from './view-batch.ts'

type Check = AnswerOf<Routes['checkBankAnswer']>
type Judged = { readonly file: AnswerFile; readonly lines: readonly JudgedLine[] }
type ReadRefusal = AnswerFileRefusal | 'treasury.answer_other_batch'

/** The answers of a file, each judged by what the batch instructed. */
async function judgedFile(
  db: Kysely<Tables>,
  { query, file, today }: Pick<Asked<'checkBankAnswer'>, 'query' | 'file' | 'today'>,
  batch: BatchRow,
): Promise<Decision<Judged, ReadRefusal>> {
  const defaults = { onDay: query.onDay ?? null, reference: query.reference ?? null }
  const read = await readAnswerFile(file!.bytes, defaults)
  if (!read.ok) return read
  const { batchNumber, format, lines } = read.value
  if (batchNumber !== null && batchNumber !== batch.number)
    return refuse('treasury.answer_other_batch', { found: batchNumber, number: batch.number })
  const instructed = await instructedOf(db, batch.id)
  const rules = {
    instructed,
    approvedOn: approvalDay(batch),
    today,
    amountRequired: format !== 'pain.002',
  }
  return accept({ file: read.value, lines: judgeAnswers(lines, rules) })
}

async function instructedOf(db: Kysely<Tables>, batchId: string): Promise<readonly Instructed[]> {
  const lines = await db
    .selectFrom('disbursement_line')
    .select(['instruction_id', 'amount_fen', 'state'])
    .where('disbursement_id', '=', batchId)
    .execute()
  return lines.map((line) => ({
    instructionId: line.instruction_id,
    amountFen: line.amount_fen,
    state: line.state as Instructed['state'],
  }))
}

const ANSWERED: readonly string[] = ['approved', 'part_paid', 'paid']

export function checkBankAnswer(): Query<'checkBankAnswer'> {
  return {
    kind: 'query',
    run: async (asked, { db, touch }) => {
      const batch = await db
        .selectFrom('disbursement')
        .selectAll()
        .where('id', '=', asked.params.id)
        .executeTakeFirst()
      if (!batch) return notFound('disbursement')
      touch({ kind: 'disbursement', id: batch.id })
      if (!mayTouch(asked.person, 'disbursement.confirm', batch))
        return outOfScope('disbursement.confirm', 'disbursement')
      if (!ANSWERED.includes(batch.state))
        return refuse('disbursement.wrong_state', { number: batch.number, state: batch.state })
      const judged = await judgedFile(db, asked, batch)
      return judged.ok ? accept(await viewCheck(db, batch.id, judged.value)) : judged
    },
  }
}

export function recordBankAnswer(world: World): Command<'recordBankAnswer'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const { file, person, at, today } = asked
      const locked = await lockAnswered(asked, context, 'answer')
      if (!locked.ok) return locked
      const { batch, lines } = locked.value
      const fileName = fileNameOf(file!.name)
      if (fileName === null) return refuse('attachment.name_refused')
      const judged = await judgedFile(context.tx, asked, batch)
      if (!judged.ok) return judged
      const faults = judged.value.lines.filter(({ verdict }) => verdict === 'fault')
      const first = faults[0]?.line
      if (first !== undefined)
        return refuse('treasury.answer_faults', {
          count: faults.length,
          row: first.row,
          instructionId: first.instructionId,
        })
      const claims = new Map(lines.map((line) => [line.instruction_id, line.claim_id]))
      const answers = judged.value.lines
        .filter(({ verdict }) => verdict === 'take')
        .map(({ line }): NewAnswer => ({
          claimId: claims.get(line.instructionId)!,
          outcome: line.outcome as 'paid' | 'returned',
          onDay: line.onDay!,
          reference: line.reference ?? fileName,
          reason: line.outcome === 'returned' ? line.reason : null,
        }))
      if (answers.length === 0) return refuse('treasury.answer_known')
      const fileId = await storeFile(asked, context, { batch, fileName, format: judged.value.file.format })
      const inForce = await world.programmes.inForce(context.tx, batch.adoption_id)
      const by = { person: person!, at, today }
      const taken = await takeAnswers({ context, by, batch, inForce, fileId }, lines, answers)
      return taken.ok ? accept({ subject: batch.id, ...taken.value }) : taken
    },
    view: (subject, { db }, { person }) => viewBatch(db, subject, person),
  }
}

async function storeFile(
  { file, person, at }: Asked<'recordBankAnswer'>,
  { tx, newId }: CommandContext,
  {
    batch,
    fileName,
    format,
  }: { readonly batch: BatchRow; readonly fileName: string; readonly format: string },
): Promise<string> {
  const id = newId()
  await tx
    .insertInto('bank_file')
    .values({
      id,
      jurisdiction: batch.jurisdiction,
      district: batch.district,
      disbursement_id: batch.id,
      file_name: fileName,
      format,
      sha256: file!.sha256,
      recorded_by: person!.id,
      recorded_at: timestamp(at),
    })
    .execute()
  return id
}

async function viewCheck(db: Kysely<Tables>, batchId: string, { file, lines }: Judged): Promise<Check> {
  const known = await db
    .selectFrom('disbursement_line')
    .innerJoin('claim', 'claim.id', 'disbursement_line.claim_id')
    .select(['instruction_id', 'payee_name', 'amount_fen', 'claim.number'])
    .where('disbursement_id', '=', batchId)
    .execute()
  const byId = new Map(known.map((line) => [line.instruction_id, line]))
  const viewed = lines.map(({ line, verdict, fault }): Check['lines'][number] => {
    const sent = byId.get(line.instructionId)
    return {
      ...line,
      claimNumber: sent?.number ?? null,
      organisationName: sent?.payee_name ?? null,
      amountFen: line.amountFen?.toString() ?? null,
      instructedFen: sent?.amount_fen.toString() ?? null,
      verdict,
      fault,
    }
  })
  const count = (verdict: JudgedLine['verdict']): number =>
    viewed.filter((each) => each.verdict === verdict).length
  const sum = (outcome: 'paid' | 'returned'): Check['paid'] => {
    const taken = viewed.filter((each) => each.verdict === 'take' && each.outcome === outcome)
    const total = taken.reduce((fen, { instructedFen }) => fen + BigInt(instructedFen!), 0n)
    return { count: taken.length, totalFen: total.toString() }
  }
  return {
    format: file.format,
    lines: viewed,
    paid: sum('paid'),
    returned: sum('returned'),
    known: count('known'),
    waits: count('waits'),
    faults: count('fault'),
  }
}
