// Asking experts: at least three, who neither act for the applicant or its provider, nor decide the case, nor stand aside.
import { permits, type Grant, type Role } from '@suanquan/api'
import { accept, refuse } from '@suanquan/core'
import { timestamp, type Transaction } from '../../database/index.ts'
import type { Command } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, mustStandAside, notFound, outOfScope } from '../../identity/scope.ts'
import { type ApplicationRow, loadApplication } from '../application/index.ts'
import { JUDGED } from './load.ts'
import { viewPanel } from './view.ts'

type Tx = Transaction['kysely']

export function openExpertReview(world: World): Command<'openExpertReview'> {
  return {
    kind: 'command',
    run: async ({ params, body, person, at, today }, { tx, newId, touch }) => {
      const row = await loadApplication(tx, params.id, 'lock')
      if (row === undefined) return notFound('application')
      touch({ kind: 'application', id: row.id, organisationId: row.organisation_id })
      const target = { ...row, organisationIds: [row.organisation_id] }
      if (!mayTouch(person, 'expert_review.open', target))
        return outOfScope('expert_review.open', 'application')
      if (await mustStandAside(tx, person, row.organisation_id, [row.id]))
        return refuse('application.conflict_of_interest')
      const project = await filedProject(tx, row.id)
      const judged: readonly string[] = JUDGED
      if (!judged.includes(row.state) && project === undefined)
        return refuse('expert_review.not_under_review', { state: row.state })
      if (body.dueOn < today) return refuse('expert_review.due_in_the_past', { dueOn: body.dueOn })
      const rounds = await tx
        .selectFrom('expert_review')
        .select('state')
        .where('application_id', '=', row.id)
        .execute()
      if (rounds.some(({ state }) => state === 'open')) return refuse('expert_review.open_already')
      if (new Set(body.expertIds).size < body.expertIds.length) return refuse('expert_review.expert_twice')
      for (const id of body.expertIds) {
        const unfit = await unfitName(tx, row, id)
        if (unfit !== null) return refuse('expert_review.expert_unfit', { name: unfit })
      }
      const id = newId()
      const { jurisdiction, district } = row
      await tx
        .insertInto('expert_review')
        .values({
          id,
          jurisdiction,
          district,
          application_id: row.id,
          project_id: project?.id ?? null,
          round: rounds.length + 1,
          blind: body.blind,
          question: body.question,
          criteria: JSON.stringify(body.criteria),
          due_on: body.dueOn,
          state: 'open',
          opened_by: person!.id,
          opened_at: timestamp(at),
        })
        .execute()
      const invited = body.expertIds.map((expertId, index) => ({
        review_id: id,
        person_id: expertId,
        jurisdiction,
        district,
        position: index + 1,
        state: 'invited' as const,
      }))
      await tx.insertInto('expert_opinion').values(invited).execute()
      return accept({ subject: id })
    },
    view: (subject, { db }, asked) => viewPanel(world, db, subject, asked),
  }
}

/** What a granted application has filed for acceptance. */
async function filedProject(tx: Tx, applicationId: string): Promise<{ id: string } | undefined> {
  return tx
    .selectFrom('project')
    .select('id')
    .where('application_id', '=', applicationId)
    .where('state', '=', 'filed')
    .executeTakeFirst()
}

/** The name of an expert who cannot judge this case (the id of nobody), or null. */
async function unfitName(tx: Tx, row: ApplicationRow, id: string): Promise<string | null> {
  const found = await tx
    .selectFrom('person')
    .leftJoin('role_grant', 'role_grant.person_id', 'person.id')
    .select(['person.id', 'display_name', 'active'])
    .select(['role', 'role_grant.jurisdiction', 'district_limit', 'organisation_id'])
    .where('person.id', '=', id)
    .execute()
  const [first] = found
  if (first === undefined) return id
  const grants = found.flatMap(
    ({ role, jurisdiction, district_limit: district, organisation_id: organisationId }): Grant[] =>
      role === null || jurisdiction === null
        ? []
        : [{ role: role as Role, jurisdiction, district, organisationId }],
  )
  const expert = { id, displayName: first.display_name, grants }
  const target = { ...row, organisationIds: [row.organisation_id] }
  const parties = [row.organisation_id, row.draft.contract.providerId].filter((party) => party !== undefined)
  const fit =
    first.active &&
    permits('expert_review.judge', grants, { ...target, invited: true }) &&
    !permits('application.decide', grants, target) &&
    !(await anyOf(parties, (party) => mustStandAside(tx, expert, party, [row.id])))
  return fit ? null : first.display_name
}

async function anyOf<Item>(items: readonly Item[], test: (item: Item) => Promise<boolean>): Promise<boolean> {
  for (const item of items) if (await test(item)) return true
  return false
}
