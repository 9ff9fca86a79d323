// Whose turn it is in a review of several tiers: the tier that has the case, and nobody who acted in another one.
import { refuse, type Decision } from '@suanquan/core'
import { reviewStates, tierActors, tierOf, type Findings } from '@suanquan/core/application'
import type { ReviewTier } from '@suanquan/core/policy'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Person } from '../../http/world.ts'
import { officeActors, personsBehind } from '../../identity/acting.ts'
import type { ApplicationRow } from './load.ts'

type TierCode = 'application.other_tier' | 'application.four_eyes'

/** Null where the person may act on the case in the tier that has it, or where it has no tiers. */
export async function tierFault(
  db: Kysely<Tables>,
  row: ApplicationRow,
  person: Person,
): Promise<Extract<Decision<never, TierCode>, { ok: false }> | null> {
  const tier = tierOf(row.workflow, row.state)
  if (tier === null) return null
  if (!officeActors(person, row).includes(tierActors[tier])) return refuse('application.other_tier', { tier })
  const acted = await actedStates(db, row.id, personsBehind(person))
  const elsewhere = acted.some((state) => tierOf(row.workflow, state) !== tier)
  return elsewhere ? refuse('application.four_eyes') : null
}

/** The states under review in which any of these people acted, or in whose name somebody did. */
async function actedStates(
  db: Kysely<Tables>,
  applicationId: string,
  people: readonly string[],
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('workflow_event')
    .select('from_state')
    .distinct()
    .where('object_id', '=', applicationId)
    .where('from_state', 'in', reviewStates)
    .where((eb) => eb.or([eb('actor_id', 'in', people), eb('for_person', 'in', people)]))
    .execute()
  return rows.map(({ from_state: state }) => state)
}

export interface Endorsement {
  readonly tier: ReviewTier
  readonly at: number
  readonly actorId: string
  readonly actorName: string
  readonly opinion: 'support' | 'oppose'
  readonly amountFen: string | null
  readonly findings: Findings
  readonly reason: string | null
}

/** What each tier said when it passed the case on, the last first. */
export async function endorsements(db: Kysely<Tables>, row: ApplicationRow): Promise<readonly Endorsement[]> {
  const events = await db
    .selectFrom('workflow_event')
    .innerJoin('person', 'person.id', 'workflow_event.actor_id')
    .select(['at', 'from_state', 'actor_id', 'display_name', 'reason', 'detail'])
    .where('object_id', '=', row.id)
    .where('event', '=', 'endorse')
    .orderBy('position', 'desc')
    .execute()
  return events.map(
    ({ at, from_state: state, actor_id: actorId, display_name: actorName, reason, detail }) => ({
      tier: tierOf(row.workflow, state)!,
      at: new Date(at).getTime(),
      actorId: actorId!,
      actorName,
      reason,
      ...(detail as Pick<Endorsement, 'opinion' | 'amountFen' | 'findings'>),
    }),
  )
}
