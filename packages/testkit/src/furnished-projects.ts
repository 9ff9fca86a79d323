// What a furnished city has of selected projects, as rows of their own.
import { randomUUID } from 'node:crypto'
import { JURISDICTION, must, type TestCity } from './test-city.ts'
import { adoptProjects } from './test-projects.ts'

/** A project whose agreement was not signed in time, and a selection that waits for its second person. */
export async function projectAndSelection(city: TestCity): Promise<Record<string, string>> {
  const { firm } = city
  const adoptionId = await adoptProjects(city, 300_000_000n)
  const clerk = city.as('clerk')
  const draft = must(await clerk.openDraft({ body: { adoptionId, organisationId: firm.id } }))
  const term = { startsOn: '2024-06-03', endsOn: '2024-09-30' }
  const plan = { title: '行业语料', plan: '建设行业语料', budgetFen: '300000000', items: 250_000, ...term }
  const body = { contract: {}, project: plan, statements: {}, documents: [] }
  must(await clerk.saveDraft({ params: { id: draft.id }, body }))
  const { kysely } = city.store.database
  // a project's application is decided: its plan is not written anew
  await kysely.updateTable('application').set({ state: 'granted' }).where('id', '=', draft.id).execute()
  const { id: proposedBy } = await kysely
    .selectFrom('person')
    .select('id')
    .where('login', '=', 'reviewer')
    .executeTakeFirstOrThrow()
  const [project, selection] = [randomUUID(), randomUUID()]
  const at = '2024-05-08T01:00:00Z'
  await kysely
    .insertInto('project')
    .values({
      id: project,
      jurisdiction: JURISDICTION,
      district: draft.district,
      number: 'XM-2024-99999',
      adoption_id: adoptionId,
      application_id: draft.id,
      organisation_id: firm.id,
      state: 'lapsed',
      created_at: at,
      starts_on: term.startsOn,
      ends_on: term.endsOn,
      accept_by: '2024-10-30',
      deadline_provisional: false,
      first_fen: 100n,
      second_fen: 100n,
    })
    .execute()
  await kysely
    .insertInto('selection')
    .values({
      id: selection,
      jurisdiction: JURISDICTION,
      district: JURISDICTION,
      number: 'LX-2024-99999',
      adoption_id: adoptionId,
      state: 'proposed',
      least_tenths: 600,
      reserves: 3,
      left_fen: 300_000_000n,
      lines: '[]',
      reason: '按名次',
      proposed_by: proposedBy,
      proposed_at: at,
    })
    .execute()
  return { project_id: project, selection_id: selection }
}
