// 答复、决定、办结: the other side answers; the office dismisses or asks the centre for a corrected record, which it never
// types itself; the dispute is closed when the record has come.
import { accept, refuse } from '@suanquan/core'
import { formatFen } from '@suanquan/core/money'
import { answererOf } from '@suanquan/core/settlement'
import type { Transaction } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { Command } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mustStandAside } from '../../identity/scope.ts'
import { tell } from '../message/index.ts'
import { type DisputeRow, lockDispute, moveDispute, sidesOf } from './load.ts'
import { subjectOf } from './subject.ts'
import { viewDispute } from './view.ts'

export function answerDispute(world: World): Command<'answerDispute'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const locked = await lockDispute(asked, context, 'dispute.answer')
      if (!locked.ok) return locked
      const row = locked.value
      const { body, person, at, today } = asked
      const awaited = answererOf(row.opened_side)
      const stands = sidesOf(person!, row).find(({ side }) => side === awaited)
      if (stands === undefined) return refuse('dispute.other_side_answers', { side: awaited })
      const { tx, newId } = context
      const act = { event: 'answer', role: stands.role, reason: body.answer }
      const to = await moveDispute(world, { tx, newId, at, today }, { row, person }, act)
      if (!to.ok) return to
      const answered = { state: to.value, answer: body.answer, answered_at: timestamp(at) }
      await tx.updateTable('dispute').set(answered).where('id', '=', row.id).execute()
      tellOffice(tx, row)
      return accept({ subject: row.id })
    },
    view: (subject, { db }, asked) => viewDispute(db, subject, asked),
  }
}

export function takeBackDispute(world: World): Command<'takeBackDispute'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const locked = await lockDispute(asked, context, 'dispute.open')
      if (!locked.ok) return locked
      const row = locked.value
      const { body, person, at, today } = asked
      const stands = sidesOf(person!, row).find(({ side }) => side === row.opened_side)
      if (stands === undefined) return refuse('dispute.not_yours')
      const { tx, newId } = context
      const act = { event: 'withdraw', role: stands.role, reason: body.reason }
      const to = await moveDispute(world, { tx, newId, at, today }, { row, person }, act)
      if (!to.ok) return to
      await tx.updateTable('dispute').set({ state: to.value }).where('id', '=', row.id).execute()
      tellParties(tx, row, 'dispute_closed', { reason: body.reason })
      return accept({ subject: row.id })
    },
    view: (subject, { db }, asked) => viewDispute(db, subject, asked),
  }
}

export function decideDispute(world: World): Command<'decideDispute'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const locked = await lockDispute(asked, context, 'dispute.decide')
      if (!locked.ok) return locked
      const row = locked.value
      const { body, person, at, today } = asked
      const { tx, newId } = context
      if (await standsAside(tx, person, row)) return refuse('application.conflict_of_interest')
      const upheldFen = body.decision === 'uphold' ? BigInt(body.amountFen) : 0n
      if (body.decision === 'uphold' && (upheldFen === 0n || upheldFen > row.disputed_fen))
        return refuse('dispute.upheld_beyond', { mostYuan: formatFen(row.disputed_fen) })
      const event = body.decision === 'uphold' ? 'ask_correction' : 'dismiss'
      const detail = { amountFen: upheldFen.toString() }
      const to = await moveDispute(
        world,
        { tx, newId, at, today },
        { row, person },
        { event, role: 'reviewer', reason: body.reason, detail },
      )
      if (!to.ok) return to
      await tx
        .updateTable('dispute')
        .set({
          state: to.value,
          upheld_fen: upheldFen,
          decision_reason: body.reason,
          decided_by: person!.id,
          decided_at: timestamp(at),
        })
        .where('id', '=', row.id)
        .execute()
      tellParties(tx, row, 'dispute_decided', { amountFen: upheldFen.toString(), reason: body.reason })
      return accept({ subject: row.id })
    },
    view: (subject, { db }, asked) => viewDispute(db, subject, asked),
  }
}

/** A rated line is corrected by the centre's record alone; what a claim left unpaid may be put right by the office's own acts. */
export function closeDispute(world: World): Command<'closeDispute'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const locked = await lockDispute(asked, context, 'dispute.decide')
      if (!locked.ok) return locked
      const row = locked.value
      const { body, person, at, today } = asked
      const { tx, newId } = context
      if (await standsAside(tx, person, row)) return refuse('application.conflict_of_interest')
      const act = { event: 'close', role: 'reviewer' as const, reason: body.reason }
      const to = await moveDispute(world, { tx, newId, at, today }, { row, person }, act)
      if (!to.ok) return to
      if (row.subject !== 'shortfall') {
        const key = { kind: row.subject, ref: row.subject_ref, claimId: row.claim_id }
        const stands = await subjectOf(tx, { contractId: row.contract_id, month: row.month }, key)
        if (stands?.amountFen === row.rated_fen)
          return refuse('dispute.not_corrected', { ratedYuan: formatFen(row.rated_fen) })
      }
      await tx.updateTable('dispute').set({ state: to.value }).where('id', '=', row.id).execute()
      tellParties(tx, row, 'dispute_closed', { reason: body.reason })
      return accept({ subject: row.id })
    },
    view: (subject, { db }, asked) => viewDispute(db, subject, asked),
  }
}

async function standsAside(
  tx: Transaction<Tables>,
  person: Parameters<typeof mustStandAside>[1],
  row: DisputeRow,
): Promise<boolean> {
  for (const party of [row.organisation_id, row.provider_id])
    if (await mustStandAside(tx, person, party, [row.application_id])) return true
  return false
}

export function tellOffice(tx: Transaction<Tables>, row: DisputeRow): void {
  tell(tx, {
    kind: 'dispute_to_decide',
    cause: `dispute ${row.id}`,
    about: 'dispute',
    aboutId: row.id,
    params: { number: row.number },
    place: { jurisdiction: row.jurisdiction, district: row.district },
  })
}

function tellParties(
  tx: Transaction<Tables>,
  row: DisputeRow,
  kind: 'dispute_decided' | 'dispute_closed',
  params: { readonly amountFen?: string; readonly reason: string },
): void {
  for (const firmId of [row.organisation_id, row.provider_id])
    tell(tx, {
      kind,
      cause: `dispute ${row.id} ${kind} ${firmId}`,
      about: 'dispute',
      aboutId: row.id,
      params: { number: row.number, ...params },
      place: { jurisdiction: row.jurisdiction, district: row.district, firmId },
    })
}
