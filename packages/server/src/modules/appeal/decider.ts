// Who may decide an appeal, and how it is closed: the same for applications and claims.
import { refuse, type Decision } from '@suanquan/core'
import { timestamp } from '../../database/index.ts'
import type { Asked, CommandContext } from '../../http/world.ts'
import { officeActors } from '../../identity/acting.ts'
import { hadPart, mustStandAside } from '../../identity/scope.ts'
import type { InForce } from '../policy/index.ts'
import { lastAct, type AppealRow } from './load.ts'

export interface AppealCase<Row> {
  readonly asked: Asked<'decideAppeal'>
  readonly context: CommandContext
  readonly appeal: AppealRow
  readonly row: Row
  readonly inForce: InForce
}

type FaultCode =
  | 'appeal.closed'
  | 'appeal.own_decision'
  | 'appeal.higher_tier'
  | 'application.conflict_of_interest'

/** Why this person cannot decide this appeal, or null. */
export async function deciderFault({
  asked: { person },
  context: { tx },
  appeal,
}: Pick<AppealCase<never>, 'asked' | 'context' | 'appeal'>): Promise<Extract<
  Decision<never, FaultCode>,
  { ok: false }
> | null> {
  if (appeal.state !== 'open') return refuse('appeal.closed')
  if (await mustStandAside(tx, person, appeal.organisation_id, [appeal.object_id]))
    return refuse('application.conflict_of_interest')
  if (await hadPart(tx, person!, appeal.object_id)) return refuse('appeal.own_decision')
  const decision = await lastAct(tx, appeal.object_id, [appeal.against])
  const byCity = decision?.actorRole === 'city_reviewer' || decision?.actorRole === 'finance'
  return byCity && !officeActors(person, appeal).includes('city_reviewer')
    ? refuse('appeal.higher_tier')
    : null
}

export async function close(
  { asked, context, appeal }: Pick<AppealCase<never>, 'asked' | 'context' | 'appeal'>,
  state: 'affirmed' | 'changed' | 'remanded',
  amount: bigint | null,
): Promise<void> {
  await context.tx
    .updateTable('appeal')
    .set({
      state,
      reason: asked.body.reason,
      amount_fen: amount,
      decided_by: asked.person!.id,
      decided_at: timestamp(asked.at),
    })
    .where('id', '=', appeal.id)
    .execute()
}
