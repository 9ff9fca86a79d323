// 验收: the firm files with proof, experts judge, one reviewer concludes and another decides. Excellent, the second part is
// payable; by the other results it goes back to its pools; failed, all that was paid is taken back.
import { accept, refuse } from '@suanquan/core'
import { addWorkingDays, type Day } from '@suanquan/core/calendar'
import type { Kysely } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { Command } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { actedBy } from '../../identity/acting.ts'
import { unknownAttachment } from '../attachment/index.ts'
import { workingDaysOf, type InForce } from '../policy/index.ts'
import { concludedBy, lockForOffice, lockProject, moveProject, paymentParts } from './load.ts'
import { payPart, releasePart, SECOND } from './parts.ts'
import { tellFailure, tellFirm, tellOffice } from './tell.ts'
import { viewProject } from './view.ts'

export function fileAcceptance(world: World): Command<'fileAcceptance'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const locked = await lockProject(world, asked, context, 'project.act')
      if (!locked.ok) return locked
      const { row } = locked.value
      const { person, body, at, today } = asked
      const moved = await moveProject({ ...context, at, today }, locked.value, {
        event: 'file',
        role: 'clerk',
        actorId: person!.id,
        detail: { items: body.items },
      })
      if (!moved.ok) return moved
      const ids = body.documents.map(({ attachmentId }) => attachmentId)
      const unknown = await unknownAttachment(context.tx, ids, row.organisation_id)
      if (unknown !== undefined) return refuse('attachment.unknown', { attachmentId: unknown })
      await context.tx
        .updateTable('project')
        .set({
          state: moved.value.to,
          deadline_on: moved.value.deadlineOn,
          deadline_provisional: moved.value.deadlineProvisional,
          filing: JSON.stringify(body),
          filed_by: person!.id,
          filed_at: timestamp(at),
        })
        .where('id', '=', row.id)
        .execute()
      const until = moved.value.deadlineOn
      tellOffice(
        context.tx,
        { ...row, filed_at: at },
        'acceptance_to_judge',
        until === null ? {} : { deadlineOn: until },
      )
      return accept({ subject: row.id })
    },
    view: (subject, { db }, asked) => viewProject(world, db, subject, asked),
  }
}

/** The firm has until its day, and at least as long as for a correction. */
function backUntil(row: { readonly accept_by: Day }, inForce: InForce, today: Day): Day {
  const counted = addWorkingDays(today, workingDaysOf(inForce.terms, 'correction') ?? 0)
  return counted.ok && counted.value.day > row.accept_by ? counted.value.day : row.accept_by
}

export function returnFiling(world: World): Command<'returnFiling'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const locked = await lockForOffice(world, asked, context)
      if (!locked.ok) return locked
      const { row, inForce } = locked.value
      const { person, body, at, today } = asked
      if (await openPanel(context.tx, row.id)) return refuse('application.experts_asked')
      const moved = await moveProject({ ...context, at, today }, locked.value, {
        event: 'return_filing',
        role: 'reviewer',
        ...actedBy(person!, row, 'reviewer'),
        reason: body.reason,
      })
      if (!moved.ok) return moved
      const until = backUntil(row, inForce, today)
      await context.tx
        .updateTable('project')
        .set({ state: moved.value.to, accept_by: until, deadline_on: until, deadline_provisional: false })
        .where('id', '=', row.id)
        .execute()
      tellFirm(context.tx, row, 'acceptance_returned', {
        params: { reason: body.reason },
        deadlineOn: until,
      })
      return accept({ subject: row.id })
    },
    view: (subject, { db }, asked) => viewProject(world, db, subject, asked),
  }
}

export function concludeAcceptance(world: World): Command<'concludeAcceptance'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const locked = await lockForOffice(world, asked, context)
      if (!locked.ok) return locked
      const { row } = locked.value
      const { person, body, at, today } = asked
      if (await openPanel(context.tx, row.id)) return refuse('application.experts_asked')
      const moved = await moveProject({ ...context, at, today }, locked.value, {
        event: 'conclude',
        role: 'reviewer',
        ...actedBy(person!, row, 'reviewer'),
        reason: body.reason,
        detail: { result: body.result },
      })
      if (!moved.ok) return moved
      if (!(await judgedSince(context.tx, row.id, row.filed_at!))) return refuse('project.no_expert_opinion')
      await context.tx
        .updateTable('project')
        .set({
          // the time for acceptance runs from the filing, whoever has it
          state: moved.value.to,
          result: body.result,
          conclusion: body.reason,
          concluded_by: person!.id,
          concluded_at: timestamp(at),
        })
        .where('id', '=', row.id)
        .execute()
      tellOffice(context.tx, { ...row, concluded_at: at }, 'acceptance_to_decide', { except: [person!.id] })
      return accept({ subject: row.id })
    },
    view: (subject, { db }, asked) => viewProject(world, db, subject, asked),
  }
}

async function openPanel(db: Kysely<Tables>, projectId: string): Promise<boolean> {
  const open = await db
    .selectFrom('expert_review')
    .select('id')
    .where('project_id', '=', projectId)
    .where('state', '=', 'open')
    .executeTakeFirst()
  return open !== undefined
}

/** What is filed anew is judged anew. */
async function judgedSince(db: Kysely<Tables>, projectId: string, filedAt: number): Promise<boolean> {
  const closed = await db
    .selectFrom('expert_review')
    .select('id')
    .where('project_id', '=', projectId)
    .where('state', '=', 'closed')
    .where('opened_at', '>=', timestamp(new Date(filedAt).getTime()) as never)
    .executeTakeFirst()
  return closed !== undefined
}

export function decideAcceptance(world: World): Command<'decideAcceptance'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const locked = await lockForOffice(world, asked, context)
      if (!locked.ok) return locked
      const each = locked.value
      const { row, inForce } = each
      const { person, body, at, today } = asked
      const event = !body.approve ? 'reopen' : row.result === 'failed' ? 'fail' : 'accept'
      const moving = { ...context, at, today }
      const by = actedBy(person!, row, 'reviewer')
      const own = await concludedBy(context.tx, row.id, person!)
      const moved = await moveProject(moving, each, {
        event,
        role: 'reviewer',
        ...by,
        reason: body.reason,
        detail: { result: row.result },
      })
      if (!moved.ok) return moved
      if (own) return refuse('project.own_conclusion')
      const changes = body.approve
        ? {
            decision: body.reason,
            decided_by: person!.id,
            decided_at: timestamp(at),
            deadline_on: null,
            deadline_provisional: false,
          }
        : { result: null, conclusion: null, concluded_by: null, concluded_at: null }
      await context.tx
        .updateTable('project')
        .set({ ...changes, state: moved.value.to })
        .where('id', '=', row.id)
        .execute()
      if (!body.approve) {
        tellOffice(context.tx, row, 'acceptance_to_judge', { params: { reason: body.reason } })
        return accept({ subject: row.id })
      }
      const pays = row.second_fen > 0n && (paymentParts(inForce)[SECOND]?.on ?? []).includes(row.result!)
      const plan = pays
        ? await payPart(moving, each, { part: SECOND, by })
        : await releasePart(context, each, SECOND)
      if (event === 'fail') tellFailure(context.tx, row, body.reason)
      else
        tellFirm(context.tx, row, 'acceptance_passed', {
          params: { amountFen: pays ? row.second_fen.toString() : '0', reason: body.reason },
        })
      return accept(plan === undefined ? { subject: row.id } : { subject: row.id, plan: plan as never })
    },
    view: (subject, { db }, asked) => viewProject(world, db, subject, asked),
  }
}
