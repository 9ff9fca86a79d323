// A project until its acceptance: the firm signs the agreement (任务书), the office countersigns and the first part is
// payable; its time is extended once, by decision; the firm may give it up.
import { accept, refuse } from '@suanquan/core'
import { addDays } from '@suanquan/core/calendar'
import { timestamp } from '../../database/index.ts'
import type { Command } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { actedBy } from '../../identity/acting.ts'
import { daysOf, lockForOffice, lockProject, moveProject } from './load.ts'
import { FIRST, payPart, releasePart, SECOND } from './parts.ts'
import { tellFailure, tellFirm, tellOffice } from './tell.ts'
import { viewProject } from './view.ts'

export function signAgreement(world: World): Command<'signAgreement'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const locked = await lockProject(world, asked, context, 'project.act')
      if (!locked.ok) return locked
      const { row } = locked.value
      const { person, at, today } = asked
      const moved = await moveProject({ ...context, at, today }, locked.value, {
        event: 'sign',
        role: 'clerk',
        actorId: person!.id,
      })
      if (!moved.ok) return moved
      await context.tx
        .updateTable('project')
        .set({
          state: moved.value.to,
          deadline_on: moved.value.deadlineOn,
          deadline_provisional: moved.value.deadlineProvisional,
          signed_by: person!.id,
          signed_at: timestamp(at),
        })
        .where('id', '=', row.id)
        .execute()
      tellOffice(context.tx, row, 'agreement_to_countersign')
      return accept({ subject: row.id })
    },
    view: (subject, { db }, asked) => viewProject(world, db, subject, asked),
  }
}

export function countersignAgreement(world: World): Command<'countersignAgreement'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const locked = await lockForOffice(world, asked, context)
      if (!locked.ok) return locked
      const { row, inForce } = locked.value
      const { person, body, at, today } = asked
      const moving = { ...context, at, today }
      const by = actedBy(person!, row, 'reviewer')
      const moved = await moveProject(moving, locked.value, {
        ...by,
        role: 'reviewer',
        event: 'countersign',
        reason: body.reason,
        detail: { amountFen: row.first_fen.toString() },
      })
      if (!moved.ok) return moved
      // a project that was signed for after its end still has its time to file
      const earliest = addDays(today, daysOf(inForce, 'acceptance_filing'))
      const acceptBy = row.accept_by < earliest ? earliest : row.accept_by
      await context.tx
        .updateTable('project')
        .set({
          state: moved.value.to,
          accept_by: acceptBy,
          deadline_on: acceptBy,
          deadline_provisional: false,
          countersigned_by: person!.id,
          countersigned_at: timestamp(at),
        })
        .where('id', '=', row.id)
        .execute()
      const plan = await payPart(moving, locked.value, { part: FIRST, by })
      tellFirm(context.tx, row, 'project_started', {
        params: { amountFen: row.first_fen.toString() },
        deadlineOn: acceptBy,
      })
      return accept({ subject: row.id, plan: plan as never })
    },
    view: (subject, { db }, asked) => viewProject(world, db, subject, asked),
  }
}

export function extendProject(world: World): Command<'extendProject'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const locked = await lockForOffice(world, asked, context)
      if (!locked.ok) return locked
      const { row, inForce } = locked.value
      const { person, body, at, today } = asked
      const moved = await moveProject({ ...context, at, today }, locked.value, {
        event: 'extend',
        role: 'reviewer',
        ...actedBy(person!, row, 'reviewer'),
        reason: body.reason,
        detail: { from: row.accept_by, until: body.until },
      })
      if (!moved.ok) return moved
      if (row.extended_until !== null)
        return refuse('project.extended_already', { until: row.extended_until })
      const latest = addDays(row.accept_by, daysOf(inForce, 'extension'))
      if (body.until <= row.accept_by || body.until > latest)
        return refuse('project.extension_outside', { from: row.accept_by, to: latest })
      await context.tx
        .updateTable('project')
        .set({ accept_by: body.until, extended_until: body.until, deadline_on: body.until })
        .where('id', '=', row.id)
        .execute()
      tellFirm(context.tx, row, 'project_extended', {
        params: { reason: body.reason },
        deadlineOn: body.until,
      })
      return accept({ subject: row.id })
    },
    view: (subject, { db }, asked) => viewProject(world, db, subject, asked),
  }
}

/** Before the office has signed nothing was paid: all goes back. After it, giving up is failing: the first part is owed. */
export function withdrawProject(world: World): Command<'withdrawProject'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const locked = await lockProject(world, asked, context, 'project.act')
      if (!locked.ok) return locked
      const { row } = locked.value
      const { person, body, at, today } = asked
      const running = row.state === 'running'
      const moved = await moveProject({ ...context, at, today }, locked.value, {
        event: running ? 'abandon' : 'withdraw',
        role: 'clerk',
        actorId: person!.id,
        reason: body.reason,
      })
      if (!moved.ok) return moved
      await context.tx
        .updateTable('project')
        .set({ state: moved.value.to, deadline_on: null, deadline_provisional: false })
        .where('id', '=', row.id)
        .execute()
      const plan = await releasePart(context, locked.value, running ? SECOND : undefined)
      if (running) tellFailure(context.tx, row, body.reason)
      return accept(plan === undefined ? { subject: row.id } : { subject: row.id, plan: plan as never })
    },
    view: (subject, { db }, asked) => viewProject(world, db, subject, asked),
  }
}
