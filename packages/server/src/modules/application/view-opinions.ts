import type { AnswerOf, Routes } from '@suanquan/api'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Person } from '../../http/world.ts'
import type { ApplicationRow } from './load.ts'
import { endorsements } from './tiers.ts'

type Opinions = AnswerOf<Routes['readApplication']>['opinions']

/** What the tiers said is for the offices: the firm is told the decision and its reasons. */
export async function opinionsFor(
  db: Kysely<Tables>,
  row: ApplicationRow,
  reader: Person | null,
): Promise<Opinions> {
  const inOffice = (reader?.grants ?? []).some(
    ({ organisationId, role }) => organisationId === null && role !== 'expert',
  )
  if (!inOffice) return []
  const given = await endorsements(db, row)
  return given.map(({ actorId: _actorId, at, ...each }) => ({
    ...each,
    findings: { ...each.findings },
    at: new Date(at).toISOString(),
  }))
}
