// 申请复核: the case moves to the appeal by its own table, and nobody who decided will decide again. A refused claim is held
// again at once, so that the voucher does not run out while somebody looks at it.
import { accept, refuse } from '@suanquan/core'
import { planHold } from '@suanquan/core/voucher'
import { timestamp, type Transaction } from '../../database/index.ts'
import type { Asked, Command } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import {
  appealableActs,
  loadApplication,
  moveCase,
  nextNumber,
  contractUsedBy,
} from '../application/index.ts'
import { unknownAttachment } from '../attachment/index.ts'
import { booksOf, planOf, voucherAmounts } from '../ledger/index.ts'
import type { InForce } from '../policy/index.ts'
import { drawnClaim, isOver, loadVoucher, lockClaim } from '../settlement/index.ts'
import { appealable, lastAct, type DecisionMade } from './load.ts'
import { viewAppeal } from './view.ts'

type Tx = Transaction['kysely']

export function appealApplication(world: World): Command<'appealApplication'> {
  return {
    kind: 'command',
    run: async (asked, { tx, newId, touch }) => {
      const { params, person, at, today } = asked
      const row = await loadApplication(tx, params.id, 'lock')
      if (!row) return notFound('application')
      touch({ kind: 'application', id: row.id, organisationId: row.organisation_id })
      if (!mayTouch(person, 'appeal.file', { ...row, organisationIds: [row.organisation_id] }))
        return outOfScope('appeal.file', 'application')
      const inForce = await world.programmes.inForce(tx, row.adoption_id)
      // what an appeal decided is not appealed against again
      const decision = await lastAct(tx, row.id, appealableActs(row))
      const due = await appealable(tx, inForce, { objectId: row.id, decision, today })
      if (!due.ok) return due
      const other = await contractUsedBy(tx, row, inForce)
      if (other !== undefined) {
        const contractNumber = row.draft.contract.number ?? ''
        return refuse('application.contract_already_used', { contractNumber, number: other })
      }
      const id = newId()
      const moved = await moveCase(
        { tx, newId, at, today },
        { kind: 'application', row, workflow: row.workflow, inForce },
        { event: 'lodge_appeal', role: 'clerk', actorId: person!.id, reason: null, detail: { appealId: id } },
      )
      if (!moved.ok) return moved
      const { to: state, deadlineOn, deadlineProvisional } = moved.value
      await tx
        .updateTable('application')
        .set({
          state,
          deadline_on: deadlineOn,
          deadline_provisional: deadlineProvisional,
          updated_at: timestamp(at),
        })
        .where('id', '=', row.id)
        .execute()
      const stored = await storeAppeal(tx, {
        id,
        about: 'application',
        row,
        inForce,
        decision: due.value,
        asked,
      })
      return stored.ok ? accept({ subject: id }) : stored
    },
    view: (subject, { db }, asked) => viewAppeal(world, db, subject, asked),
  }
}

export function appealClaim(world: World): Command<'appealClaim'> {
  return {
    kind: 'command',
    run: async (asked, { tx, newId, touch }) => {
      const { params, person, at, today } = asked
      const row = await lockClaim(tx, params.id)
      if (!row) return notFound('claim')
      touch({ kind: 'claim', id: row.id, organisationId: row.organisation_id })
      if (!mayTouch(person, 'appeal.file', { ...row, organisationIds: [row.organisation_id] }))
        return outOfScope('appeal.file', 'claim')
      const inForce = await world.programmes.inForce(tx, row.adoption_id)
      const decision = row.state === 'refused' ? await lastAct(tx, row.id, ['refuse']) : null
      const due = await appealable(tx, inForce, { objectId: row.id, decision, today })
      if (!due.ok) return due
      const id = newId()
      const moved = await moveCase(
        { tx, newId, at, today },
        { kind: 'claim', row, workflow: inForce.way.claim, inForce },
        { event: 'lodge_appeal', role: 'clerk', actorId: person!.id, detail: { appealId: id } },
      )
      if (!moved.ok) return refuse('claim.transition_not_allowed', moved.refusal.params)
      const voucher = (await loadVoucher(tx, row.voucher_id!))!
      const [amounts] = await voucherAmounts(tx, booksOf(inForce), [voucher], at)
      const held = amounts!.usableFen < row.payable_fen ? amounts!.usableFen : row.payable_fen
      if (held <= 0n || isOver(voucher)) return refuse('appeal.voucher_gone')
      const { to: state, deadlineOn, deadlineProvisional } = moved.value
      await tx
        .updateTable('claim')
        .set({
          state,
          payable_fen: held,
          deadline_on: deadlineOn,
          deadline_provisional: deadlineProvisional,
        })
        .where('id', '=', row.id)
        .execute()
      const stored = await storeAppeal(tx, { id, about: 'claim', row, inForce, decision: due.value, asked })
      if (!stored.ok) return stored
      const { terms } = await drawnClaim(tx, inForce, row)
      return accept({
        subject: id,
        plan: planOf(inForce, (books) => planHold(books, { ...terms, id }, held)),
      })
    },
    view: (subject, { db }, asked) => viewAppeal(world, db, subject, asked),
  }
}

interface Filed {
  readonly id: string
  readonly about: 'application' | 'claim'
  readonly row: {
    readonly id: string
    readonly jurisdiction: string
    readonly district: string
    readonly organisation_id: string
    readonly adoption_id: string
  }
  readonly inForce: InForce
  readonly decision: DecisionMade
  readonly asked: Pick<Asked<'appealApplication'>, 'body' | 'person' | 'at' | 'today'>
}

async function storeAppeal(
  tx: Tx,
  { id, about, row, inForce, decision, asked }: Filed,
): Promise<{ ok: true } | ReturnType<typeof refuse<'attachment.unknown'>>> {
  const { body, person, at, today } = asked
  const unknown = await unknownAttachment(tx, body.attachmentIds, row.organisation_id)
  if (unknown !== undefined) return refuse('attachment.unknown', { attachmentId: unknown })
  await tx
    .insertInto('appeal')
    .values({
      id,
      jurisdiction: row.jurisdiction,
      district: row.district,
      number: await nextNumber(tx, 'FH', inForce, today),
      object_kind: about,
      object_id: row.id,
      decision_position: decision.position,
      organisation_id: row.organisation_id,
      adoption_id: row.adoption_id,
      against: decision.event,
      grounds: body.grounds,
      attachment_ids: JSON.stringify(body.attachmentIds),
      filed_by: person!.id,
      filed_at: timestamp(at),
      state: 'open',
    })
    .execute()
  return { ok: true }
}
