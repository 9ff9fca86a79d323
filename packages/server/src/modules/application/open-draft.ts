import { accept, refuse } from '@suanquan/core'
import { reviewedTable } from '@suanquan/core/application'
import type { Day } from '@suanquan/core/calendar'
import { timestamp } from '../../database/index.ts'
import type { Handler } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import { windowOn, windowsOf, type InForce } from '../policy/index.ts'
import { emptyDraft } from './draft.ts'
import { mayApply } from './may-apply.ts'
import { nextNumber } from './number.ts'
import { viewApplication } from './view.ts'

export function openDraft(world: World): Handler<'openDraft'> {
  return {
    kind: 'command',
    run: async ({ body, person, at, today }, { tx, newId, touch }) => {
      const organisation = await tx
        .selectFrom('organisation')
        .select(['id', 'jurisdiction', 'district'])
        .where('id', '=', body.organisationId)
        .executeTakeFirst()
      if (!organisation) return notFound('organisation')
      touch({ kind: 'application', id: null, organisationId: organisation.id })
      if (!mayTouch(person, 'application.draft', { ...organisation, organisationIds: [organisation.id] })) {
        return outOfScope('application.draft', 'organisation')
      }
      const adoption = await tx
        .selectFrom('adoption')
        .select('id')
        .where('id', '=', body.adoptionId)
        .executeTakeFirst()
      if (!adoption) return notFound('adoption')
      const inForce = await world.programmes.inForce(tx, adoption.id)
      const { way } = inForce
      const as = { ...organisation, organisation_id: organisation.id }
      const applicant = way.application.initial === 'draft' ? way.applicant : 'reviewer'
      if (applicant === 'reviewer' || !mayApply(person, 'application.draft', as, way))
        return refuse('application.other_applicants', { applicant })
      if (windowOn(inForce, today) === null) return refuse('adoption.not_open', notOpen(inForce, today))
      // who belongs to none of the districts is the city's own
      const { districts } = inForce.programme.adoption
      const here = districts.length === 0 || districts.includes(organisation.district)
      const workflow = reviewedTable(inForce.way.application, {
        tiers: inForce.terms.review.flatMap(({ tier }) => (tier === 'district' && !here ? [] : [tier])),
        appeals: inForce.terms.appeal !== null,
      })
      const id = newId()
      await tx
        .insertInto('application')
        .values({
          id,
          jurisdiction: organisation.jurisdiction,
          district: organisation.district,
          number: await nextNumber(tx, 'SQ', inForce, today),
          adoption_id: inForce.id,
          organisation_id: organisation.id,
          workflow: JSON.stringify(workflow),
          state: workflow.initial,
          draft: JSON.stringify(emptyDraft),
          findings: JSON.stringify({}),
          correction_fields: JSON.stringify([]),
          eligible: 'unknown',
          created_at: timestamp(at),
          updated_at: timestamp(at),
          deadline_provisional: false,
        })
        .execute()
      touch({ kind: 'application', id, organisationId: organisation.id })
      return accept({ subject: id })
    },
    view: (subject, { db }, asked) => viewApplication(world, db, subject, asked),
  }
}

/** The next window, or the last one when none is to come. */
export function notOpen(inForce: InForce, today: Day): { title: string; opensOn: Day; closesOn: Day } {
  const windows = windowsOf(inForce)
  const { from, to } = windows.find((window) => window.from > today) ?? windows.at(-1)!
  return { title: inForce.programme.title.zh, opensOn: from, closesOn: to }
}
