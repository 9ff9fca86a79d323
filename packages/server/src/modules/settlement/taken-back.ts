// Whether the money of a claim is demanded back, or its amount is being corrected: both stand in the way of other acts on it.
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'

export interface Standing {
  readonly number: string
}

/** A correction that is not decided, or waits for money to come back. */
export async function openRectificationOf(
  db: Kysely<Tables>,
  claimId: string,
): Promise<Standing | undefined> {
  return db
    .selectFrom('rectification')
    .select('number')
    .where('claim_id', '=', claimId)
    .where('state', 'in', ['proposed', 'returning'])
    .executeTakeFirst()
}

/** A clawback of it that stands. */
export async function clawbackOf(db: Kysely<Tables>, claimId: string): Promise<Standing | undefined> {
  return db
    .selectFrom('clawback_line')
    .innerJoin('clawback', 'clawback.id', 'clawback_line.clawback_id')
    .select('number')
    .where('claim_id', '=', claimId)
    .where('clawback.state', 'not in', ['dropped', 'cancelled'])
    .executeTakeFirst()
}
