import { accept } from '@suanquan/core'
import { sql } from 'kysely'
import type { Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { giveOpinion, standAside } from './answer.ts'
import { closeExpertReview } from './close.ts'
import { JUDGED, loadPanel, mayReadPanel, opinionOf, readsByOffice } from './load.ts'
import { openExpertReview } from './open.ts'
import { viewPanel, viewPanelRow } from './view.ts'

type Names =
  | 'listExperts'
  | 'openExpertReview'
  | 'listExpertReviews'
  | 'readExpertReview'
  | 'giveOpinion'
  | 'standAside'
  | 'closeExpertReview'

export function expertHandlers(world: World): Handlers<Names> {
  return {
    listExperts: listExperts(world),
    openExpertReview: openExpertReview(world),
    listExpertReviews: listExpertReviews(world),
    readExpertReview: {
      kind: 'query',
      run: async (asked, { db, touch }) => {
        const panel = await loadPanel(db, asked.params.id)
        if (panel === undefined) return notFound('expert_review')
        touch({ kind: 'expert_review', id: panel.row.id, organisationId: panel.organisationId })
        if (!mayReadPanel(asked.person, panel)) return outOfScope('expert_review.read', 'expert_review')
        return accept(await viewPanel(world, db, panel.row.id, asked))
      },
    },
    giveOpinion: giveOpinion(world),
    standAside: standAside(),
    closeExpertReview: closeExpertReview(world),
  }
}

/** Who can be asked, with how much each has open. */
function listExperts({ site }: World): Handlers<Names>['listExperts'] {
  return {
    kind: 'query',
    run: async (_, { db, touch }) => {
      touch({ kind: 'person', id: null })
      const rows = await db
        .selectFrom('person')
        .innerJoin('role_grant', 'role_grant.person_id', 'person.id')
        .select(['person.id', 'display_name'])
        .select(
          sql<bigint>`(select count(*) from expert_opinion o join expert_review r on r.id = o.review_id
            where o.person_id = person.id and o.state = 'invited' and r.state = 'open')`.as('open'),
        )
        .where('role', '=', 'expert')
        .where('role_grant.jurisdiction', '=', site.jurisdiction)
        .where('active', '=', true)
        .orderBy('display_name')
        .orderBy('person.id')
        .execute()
      return accept({
        items: rows.map(({ id, display_name, open }) => ({
          id,
          displayName: display_name,
          open: Number(open),
        })),
      })
    },
  }
}

const LISTED_AT_MOST = 200

function listExpertReviews(world: World): Handlers<Names>['listExpertReviews'] {
  return {
    kind: 'query',
    run: async ({ query, person, today }, { db, touch }) => {
      touch({ kind: 'expert_review', id: null })
      const office = visibleRows(person!, 'expert_review.read', 'expert_review')
      const asked = sql<boolean>`exists (select 1 from expert_opinion o where o.review_id = expert_review.id
        and o.person_id = ${person!.id} and o.state <> 'stood_aside')`
      let rows = db
        .selectFrom('expert_review')
        .innerJoin('application', 'application.id', 'expert_review.application_id')
        .innerJoin('organisation', 'organisation.id', 'application.organisation_id')
        .select(['expert_review.id', 'application.number', 'application.adoption_id', 'organisation.name'])
        .where((eb) => eb.or([office, asked]))
        .orderBy('due_on')
        .orderBy('expert_review.id')
        .limit(LISTED_AT_MOST)
      if (query.applicationId !== undefined) rows = rows.where('application_id', '=', query.applicationId)
      const open = sql<boolean>`(expert_review.state = 'open' and case when expert_review.project_id is null
        then application.state in (${sql.join(JUDGED)})
        else exists (select from project p where p.id = expert_review.project_id and p.state = 'filed') end)`
      if (query.state !== undefined)
        rows = rows.where(query.state === 'open' ? open : sql<boolean>`not ${open}`)
      const items = []
      for (const { id, number, adoption_id, name } of await rows.execute()) {
        const panel = (await loadPanel(db, id))!
        const { programme } = await world.programmes.inForce(db, adoption_id)
        const hidden = panel.row.blind && !readsByOffice(person, panel)
        const of = { number, organisationName: name, programmeTitle: programme.title }
        items.push({
          ...viewPanelRow(panel, of, { hidden, today }),
          mine: opinionOf(panel, person)?.state ?? null,
        })
      }
      return accept({ items })
    },
  }
}
