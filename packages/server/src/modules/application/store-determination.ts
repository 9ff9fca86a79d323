import type { Instant, Day } from '@suanquan/core/calendar'
import type { Transaction } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import { decisionRecord, ENGINE_VERSION, type InForce } from '../policy/index.ts'
import { type Assessment, factsOf } from './assess.ts'
import type { ApplicationRow } from './load.ts'

export interface DeterminationToStore {
  readonly row: ApplicationRow
  readonly inForce: InForce
  readonly assessment: Assessment
  readonly kind: 'determination' | 'review'
  readonly at: Instant
  readonly today: Day
}

/** A decision is kept with all that it read: it must be computable again from this row and the two files alone. */
export async function storeDetermination(
  tx: Transaction<Tables>,
  newId: () => string,
  { row, inForce, assessment, kind, at, today }: DeterminationToStore,
): Promise<string> {
  const { facts, doubts, balances, determination, expected, proof } = assessment
  const input = { facts: factsOf(facts), sources: facts, doubts, balances, on: today }
  const record =
    proof === null
      ? decisionRecord(input, { determination, expected })
      : decisionRecord(
          { ...input, evidence: proof.evidence },
          { determination, expected, settlement: proof.settlement },
        )
  const id = newId()
  await tx
    .insertInto('decision')
    .values({
      id,
      jurisdiction: row.jurisdiction,
      district: row.district,
      kind,
      object_id: row.id,
      adoption_id: inForce.id,
      programme_hash: inForce.programmeHash,
      adoption_hash: inForce.adoptionHash,
      engine_version: ENGINE_VERSION,
      decided_at: timestamp(at),
      decided_on: today,
      input: record.input,
      result: record.result,
      result_hash: record.hash,
    })
    .execute()
  return id
}
