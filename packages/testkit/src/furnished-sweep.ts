// The sweep of the furnished city.
import { randomUUID } from 'node:crypto'
import { JURISDICTION, type TestCity } from './test-city.ts'

/** What a sweep leaves: its own row. */
export async function sweepOf(city: TestCity): Promise<Record<string, string>> {
  const { kysely } = city.store.database
  const { id: madeBy } = await kysely
    .selectFrom('person')
    .select('id')
    .where('login', '=', 'reviewer')
    .executeTakeFirstOrThrow()
  const id = randomUUID()
  await kysely
    .insertInto('sweep')
    .values({
      id,
      jurisdiction: JURISDICTION,
      district: JURISDICTION,
      number: 'MS-2024-99999',
      adoption_id: city.adoptionId,
      source: '核定名单',
      lines: '[]',
      made_by: madeBy,
      made_at: '2024-05-08T01:00:00Z',
    })
    .execute()
  return { sweep_id: id }
}
