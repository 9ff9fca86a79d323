import { timestamp, type Transaction } from '../../database/index.ts'
import { sql } from 'kysely'

export interface PersonEvent {
  readonly personId: string
  readonly event:
    | 'created'
    | 'code_issued'
    | 'enrolled'
    | 'disabled'
    | 'enabled'
    | 'granted'
    | 'withdrawn'
    | 'handed_over'
    | 'took_over'
  readonly detail?: Readonly<Record<string, string | null>>
  readonly reason?: string | null
  /** null: by the person, or on the machine itself */
  readonly doneBy: string | null
  readonly at: number
}

/** What happened to a person is kept for good; the caller holds the person's row. */
export async function recordPersonEvent(
  tx: Transaction['kysely'],
  jurisdiction: string,
  { personId, event, detail = {}, reason = null, doneBy, at }: PersonEvent,
): Promise<void> {
  await tx
    .insertInto('person_event')
    .values({
      person_id: personId,
      position: sql<bigint>`(select coalesce(max(position), 0) + 1 from person_event where person_id = ${personId})`,
      jurisdiction,
      district: jurisdiction,
      at: timestamp(at),
      event,
      detail: JSON.stringify(detail),
      reason,
      done_by: doneBy,
    })
    .execute()
}
