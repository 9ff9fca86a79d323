// What time does to a project: an agreement that is not signed in time lapses, a running project that does not file for
// acceptance in time has failed; and its firm is reminded thirty days and seven before that.
import { addDays, daysBetween, type Day, type Instant } from '@suanquan/core/calendar'
import type { World } from '../http/world-options.ts'
import { loadApplication } from '../modules/application/index.ts'
import { tell, writeMessages } from '../modules/message/index.ts'
import {
  loadProject,
  moveProject,
  releasePart,
  SECOND,
  tellFailure,
  tellFirm,
} from '../modules/project/index.ts'
import { eachCase, systemCommand } from './system-command.ts'

/** @returns how many projects lapsed or failed; a day beyond the known calendar is waited for */
export async function lapseProjects(world: World, at: Instant, today: Day): Promise<number> {
  const due = await world.db
    .selectFrom('project')
    .select(['id', 'application_id'])
    .where('state', 'in', ['agreement', 'running'])
    .where('deadline_on', '<', today)
    .where('deadline_provisional', '=', false)
    .orderBy('number')
    .execute()
  return eachCase(due, ({ id, application_id: applicationId }) =>
    systemCommand(world, at, async ({ tx, newId }) => {
      const application = (await loadApplication(tx, applicationId, 'lock'))!
      const row = (await loadProject(tx, id, 'lock'))!
      if (row.deadline_on === null || row.deadline_on >= today) return null
      const inForce = await world.programmes.inForce(tx, row.adoption_id)
      const moved = await moveProject(
        { tx, newId, at, today },
        { row, inForce },
        { event: 'lapse', role: 'system', detail: { deadlineOn: row.deadline_on } },
      )
      if (!moved.ok) return null
      await tx
        .updateTable('project')
        .set({ state: moved.value.to, deadline_on: null })
        .where('id', '=', id)
        .execute()
      const failed = moved.value.to === 'failed'
      if (failed) tellFailure(tx, row, LATE)
      else tellFirm(tx, row, 'project_lapsed')
      const plan = await releasePart({ tx }, { application, inForce }, failed ? SECOND : undefined)
      const act = { action: 'tick.lapse', kind: 'project', id }
      return plan === undefined ? act : { ...act, plan }
    }),
  )
}

const LATE = '逾期未申请验收 / not filed for in time'

const EARLY_DAYS = 30
const LAST_DAYS = 7

/** @returns how many people were reminded */
export async function remindProjects(world: World, at: Instant, today: Day): Promise<number> {
  const due = await world.db
    .selectFrom('project')
    .selectAll()
    .where('state', '=', 'running')
    .where('accept_by', '>=', today)
    .where('accept_by', '<=', addDays(today, EARLY_DAYS))
    .orderBy('number')
    .execute()
  if (due.length === 0) return 0
  return world.database.transaction(async ({ kysely: tx }) => {
    for (const { id, number, accept_by: by, ...row } of due) {
      const round = daysBetween(today, by) <= LAST_DAYS ? LAST_DAYS : EARLY_DAYS
      tell(tx, {
        kind: 'acceptance_due',
        cause: `project ${id} ${by} ${round}`,
        about: 'project',
        aboutId: id,
        params: { number },
        deadlineOn: by,
        place: { jurisdiction: row.jurisdiction, district: row.district, firmId: row.organisation_id },
      })
    }
    return writeMessages(tx, at)
  })
}
