// An appeal with the case that it is about: an application or a claim.
import { refuse, type Decision } from '@suanquan/core'
import { dayOf, type Day } from '@suanquan/core/calendar'
import type { Kysely, Selectable } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { appealUntil, type InForce } from '../policy/index.ts'

export type AppealRow = Selectable<Tables['appeal']>

export async function loadAppeal(
  db: Kysely<Tables>,
  id: string,
  lock: 'lock' | 'read' = 'read',
): Promise<AppealRow | undefined> {
  let query = db.selectFrom('appeal').selectAll().where('id', '=', id)
  if (lock === 'lock') query = query.forUpdate()
  return query.executeTakeFirst()
}

export interface DecisionMade {
  readonly position: number
  readonly event: string
  readonly madeOn: Day
  readonly actorRole: string
}

/** The last act on a case among these. */
export async function lastAct(
  db: Kysely<Tables>,
  objectId: string,
  events: readonly string[],
): Promise<DecisionMade | null> {
  if (events.length === 0) return null
  const found = await db
    .selectFrom('workflow_event')
    .select(['position', 'event', 'at', 'actor_role'])
    .where('object_id', '=', objectId)
    .where('event', 'in', events)
    .orderBy('position', 'desc')
    .executeTakeFirst()
  if (found === undefined) return null
  const { position, event, at, actor_role: actorRole } = found
  return { position, event, madeOn: dayOf(new Date(at).getTime()), actorRole }
}

type InTimeCode = 'appeal.not_offered' | 'appeal.nothing_to_appeal' | 'appeal.too_late' | 'appeal.once'

/** The decision, when it can be appealed against today. */
export async function appealable(
  db: Kysely<Tables>,
  inForce: InForce,
  asked: { readonly objectId: string; readonly decision: DecisionMade | null; readonly today: Day },
): Promise<Decision<DecisionMade, InTimeCode>> {
  const { objectId, decision, today } = asked
  const { appeal } = inForce.terms
  if (appeal === null) return refuse('appeal.not_offered')
  if (decision === null) return refuse('appeal.nothing_to_appeal')
  const earlier = await db
    .selectFrom('appeal')
    .select('id')
    .where('object_id', '=', objectId)
    .where('decision_position', '=', decision.position)
    .executeTakeFirst()
  if (earlier !== undefined) return refuse('appeal.once')
  const deadlineOn = appealUntil(inForce.terms, decision.madeOn)!
  if (today > deadlineOn) return refuse('appeal.too_late', { deadlineOn })
  return { ok: true, value: decision }
}
