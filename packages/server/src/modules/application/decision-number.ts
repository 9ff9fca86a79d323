// The number of a decision is given within its command: the counter's row stays locked until the command commits, and goes
// back when it is refused, so that no number is given twice and none is missing.
import { codeOf, writeDecisionNumber, type DecisionKind } from '@suanquan/core/application'
import { yearOf, type Day, type Instant } from '@suanquan/core/calendar'
import { sql, type Transaction } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { InForce } from '../policy/index.ts'

export interface NumberedAct {
  readonly kind: DecisionKind
  readonly objectKind: string
  readonly objectId: string
  /** of the act among those of its object */
  readonly position: number
  readonly at: Instant
  readonly today: Day
}

export async function giveNumber(
  tx: Transaction<Tables>,
  { programme: { adoption } }: InForce,
  { kind, objectKind, objectId, position, at, today }: NumberedAct,
): Promise<string> {
  const code = codeOf(adoption.authority.zh, adoption.procedure?.documentCode ?? null)
  const place = { jurisdiction: adoption.jurisdiction, district: adoption.jurisdiction }
  const year = yearOf(today)
  const counted = await tx
    .insertInto('counter')
    .values({ name: `${adoption.jurisdiction}/${code}/${kind}/${year}`, ...place, value: 1n })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: sql`counter.value + 1` }))
    .returning('value')
    .executeTakeFirstOrThrow()
  const value = Number(counted.value)
  const number = writeDecisionNumber({ code, kind, year, value })
  await tx
    .insertInto('decision_number')
    .values({
      number,
      ...place,
      authority: code,
      year,
      kind,
      value,
      object_kind: objectKind,
      object_id: objectId,
      position,
      given_at: timestamp(at),
    })
    .execute()
  return number
}
