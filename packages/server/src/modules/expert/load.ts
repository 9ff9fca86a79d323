// A panel with its application and its experts, and what a person may be to it.
import { reviewStates } from '@suanquan/core/application'
import type { Kysely, Selectable } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Person } from '../../http/world.ts'
import { mayTouch } from '../../identity/scope.ts'
import type { ApplicationRow } from '../application/index.ts'
import type { ProjectRow } from '../project/index.ts'

export type OpinionRow = Selectable<Tables['expert_opinion']> & { readonly expertName: string }

export interface Panel {
  readonly row: Selectable<Tables['expert_review']>
  readonly applicationState: string
  /** of the project whose acceptance is judged; null where the application is */
  readonly project: Pick<ProjectRow, 'state' | 'filing'> | null
  readonly organisationId: string
  /** of the applicant's contract, where its draft names one */
  readonly providerIds: readonly string[]
  readonly opinions: readonly OpinionRow[]
}

/** @param lock taken by whoever changes the panel: answers and closing come one after the other */
export async function loadPanel(
  db: Kysely<Tables>,
  id: string,
  lock: 'lock' | 'read' = 'read',
): Promise<Panel | undefined> {
  let query = db.selectFrom('expert_review').selectAll().where('id', '=', id)
  if (lock === 'lock') query = query.forUpdate()
  const row = await query.executeTakeFirst()
  if (row === undefined) return undefined
  const application = await db
    .selectFrom('application')
    .select(['state', 'organisation_id', 'draft'])
    .where('id', '=', row.application_id)
    .executeTakeFirstOrThrow()
  const opinions = await db
    .selectFrom('expert_opinion')
    .innerJoin('person', 'person.id', 'expert_opinion.person_id')
    .selectAll('expert_opinion')
    .select('person.display_name as expertName')
    .where('review_id', '=', id)
    .orderBy('position')
    .execute()
  const { state, organisation_id: organisationId, draft } = application
  const providerIds = [(draft as ApplicationRow['draft']).contract.providerId].filter(
    (id) => id !== undefined,
  )
  const project =
    row.project_id === null
      ? null
      : await db
          .selectFrom('project')
          .select(['state', 'filing'])
          .where('id', '=', row.project_id)
          .executeTakeFirstOrThrow()
  return { row, applicationState: state, project, organisationId, providerIds, opinions }
}

/** Where an application is judged: under review, or a candidate whose score decides its rank. */
export const JUDGED = [...reviewStates, 'candidate'] as const

/** A panel lapses when what it judges is no longer under review, by a withdrawal for one. */
export function stateOf({
  row,
  applicationState,
  project,
}: Pick<Panel, 'applicationState' | 'project'> & {
  readonly row: { readonly state: Panel['row']['state'] }
}): Panel['row']['state'] | 'lapsed' {
  const judged: readonly string[] = JUDGED
  const under = project === null ? judged.includes(applicationState) : project.state === 'filed'
  return row.state === 'open' && !under ? 'lapsed' : row.state
}

/** The own opinion of a person who was asked and has not stood aside. */
export function opinionOf({ opinions }: Panel, person: Person | null): OpinionRow | undefined {
  return opinions.find(({ person_id, state }) => person_id === person?.id && state !== 'stood_aside')
}

/** Whoever reads a panel by office sees names and every opinion; an expert does not. */
export function readsByOffice(person: Person | null, { row, organisationId }: Panel): boolean {
  return mayTouch(person, 'expert_review.read', { ...row, organisationIds: [organisationId] })
}

export function mayReadPanel(person: Person | null, panel: Panel): boolean {
  return mayTouch(person, 'expert_review.read', {
    ...panel.row,
    organisationIds: [panel.organisationId],
    invited: opinionOf(panel, person) !== undefined,
  })
}
