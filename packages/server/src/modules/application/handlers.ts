import { accept } from '@suanquan/core'
import { sql } from 'kysely'
import type { Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayRead, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { decideApplication } from './decide.ts'
import { examineApplication } from './examine.ts'
import { type ApplicationRow, loadApplication } from './load.ts'
import { openDraft } from './open-draft.ts'
import { discardDraft, saveDraft } from './save-draft.ts'
import { listOverdue } from './overdue.ts'
import { readFunnel } from './read-funnel.ts'
import { submitApplication } from './submit.ts'
import { viewApplication, viewRow } from './view.ts'
import { withdrawApplication } from './withdraw.ts'

type Names =
  | 'openDraft'
  | 'saveDraft'
  | 'discardDraft'
  | 'submitApplication'
  | 'withdrawApplication'
  | 'decideApplication'
  | 'examineApplication'
  | 'listOverdue'
  | 'listApplications'
  | 'readApplication'
  | 'readFunnel'

export function applicationHandlers(world: World): Handlers<Names> {
  return {
    openDraft: openDraft(world),
    saveDraft: saveDraft(world),
    discardDraft: discardDraft(world),
    submitApplication: submitApplication(world),
    withdrawApplication: withdrawApplication(world),
    decideApplication: decideApplication(world),
    examineApplication: examineApplication(world),
    listOverdue: listOverdue(world),
    listApplications: listApplications(world),
    readFunnel: readFunnel(world),
    readApplication: {
      kind: 'query',
      run: async (asked, { db, touch }) => {
        const row = await loadApplication(db, asked.params.id)
        if (!row) return notFound('application')
        touch({ kind: 'application', id: row.id, organisationId: row.organisation_id })
        if (!mayRead(asked.person, { ...row, organisationIds: [row.organisation_id] })) {
          return outOfScope('application.read', 'application')
        }
        return accept(await viewApplication(world, db, row.id, asked))
      },
    },
  }
}

function listApplications(world: World): Handlers<Names>['listApplications'] {
  return {
    kind: 'query',
    run: async ({ query, person, today }, { db, touch }) => {
      touch({ kind: 'application', id: null })
      const visible = visibleRows(person!, 'application.read', 'application', 'application.organisation_id')
      // The same rule as `mayRead`.
      const own = visibleRows(person!, 'application.draft', 'application', 'application.organisation_id')
      let found = db
        .selectFrom('application')
        .innerJoin('organisation', 'organisation.id', 'application.organisation_id')
        .where(visible)
        .where((eb) => eb.or([eb('application.state', '<>', 'draft'), own]))
      const states = query.state?.split(',').filter((state) => state !== '')
      const counted = await found
        .select(['application.state', sql<bigint>`count(*)`.as('count')])
        .groupBy('application.state')
        .execute()
      if (states && states.length > 0) found = found.where('application.state', 'in', states)
      if (query.q) {
        const like = `%${query.q.replace(/[\\%_]/g, '\\$&')}%`
        found = found.where((eb) =>
          eb.or([
            eb('application.number', 'ilike', like),
            eb('organisation.name', 'ilike', like),
            eb('organisation.credit_code', 'ilike', like),
            eb(sql<string>`application.draft #>> '{contract,number}'`, 'ilike', like),
          ]),
        )
      }
      const { total } = await found.select(sql<bigint>`count(*)`.as('total')).executeTakeFirstOrThrow()
      const ordered =
        query.order === 'deadline'
          ? found.orderBy('application.deadline_on').orderBy('application.complete_at')
          : query.order === 'oldest'
            ? found.orderBy('application.complete_at').orderBy('application.created_at')
            : found.orderBy('application.updated_at', 'desc')
      const rows = await ordered
        .selectAll('application')
        .select(['organisation.name as organisationName', 'organisation.credit_code as creditCode'])
        .orderBy('application.number')
        .limit(query.size)
        .offset((query.page - 1) * query.size)
        .execute()
      const items = await Promise.all(
        rows.map(async (row) =>
          viewRow(
            row as unknown as ApplicationRow & typeof row,
            await world.programmes.inForce(db, row.adoption_id),
            today,
          ),
        ),
      )
      const counts = Object.fromEntries(counted.map(({ state, count }) => [state, Number(count)]))
      return accept({ total: Number(total), items, counts })
    },
  }
}
