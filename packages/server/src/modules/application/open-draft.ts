import { accept, refuse } from '@suanquan/core'
import { reviewedTable } from '@suanquan/core/application'
import { timestamp } from '../../database/index.ts'
import type { Handler } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import { notOpen, windowAt } from '../policy/index.ts'
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
      if (windowAt(inForce, at) === null) return refuse('adoption.not_open', notOpen(inForce, at))
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
