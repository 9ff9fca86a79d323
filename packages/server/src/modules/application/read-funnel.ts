// Where applications go and how long they stay: from the events of their workflows, of the rows a person may see.
import { accept } from '@suanquan/core'
import { funnelOf, funnelStages, type FunnelCase, type FunnelStage } from '@suanquan/core/application'
import { dayOf, type Instant } from '@suanquan/core/calendar'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Handler } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { visibleRows } from '../../identity/scope.ts'

/** The stage that a state of an application first shows. */
const STAGE_OF: Readonly<Record<string, FunnelStage>> = {
  submitted: 'submitted',
  waiting: 'approved',
  offered: 'approved',
  candidate: 'submitted',
  reserve: 'submitted',
  proposed: 'approved',
  announced: 'announced',
  granted: 'granted',
}

const ENDED = new Set(['refused', 'withdrawn'])

export function readFunnel(world: World): Handler<'readFunnel'> {
  return {
    kind: 'query',
    run: async ({ query, person }, { db, touch }) => {
      touch({ kind: 'application', id: null })
      const visible = visibleRows(person!, 'application.read', 'application', 'application.organisation_id')
      const wanted =
        query.adoptionId === undefined
          ? visible
          : sql<boolean>`(${visible}) and application.adoption_id = ${query.adoptionId}::uuid`
      const stages = await stagesOf(world, db, query.adoptionId)
      return accept({ stages: [...funnelOf(await casesOf(db, wanted), stages)] })
    },
  }
}

/** Where nothing is ever claimed, support follows the use: it is payable as soon as it is granted. */
async function stagesOf(
  world: World,
  db: Kysely<Tables>,
  adoptionId: string | undefined,
): Promise<readonly FunnelStage[]> {
  if (adoptionId === undefined) return funnelStages
  const row = await db.selectFrom('adoption').select('id').where('id', '=', adoptionId).executeTakeFirst()
  if (row === undefined) return funnelStages
  const { way } = await world.programmes.inForce(db, row.id)
  return way.draws === 'nothing' ? funnelStages.filter((stage) => stage !== 'claimed') : funnelStages
}

async function casesOf(db: Kysely<Tables>, wanted: RawBuilder<boolean>): Promise<readonly FunnelCase[]> {
  const { rows } = await sql<{
    id: string
    state: string
    createdAt: Instant
    returned: boolean
    claimedAt: Instant | null
    openClaims: boolean
    paidAt: Instant | null
  }>`
    select application.id, application.state, application.created_at as "createdAt",
      coalesce(voucher.returned_at is not null, false) as returned,
      (select min(claim.submitted_at) from claim where claim.application_id = application.id) as "claimedAt",
      exists (select from claim where claim.application_id = application.id
        and claim.state in ('deducted', 'submitted', 'appealed', 'approved', 'batched')) as "openClaims",
      (select min(event.at) from workflow_event event join claim on claim.id = event.object_id
        where claim.application_id = application.id and event.to_state = 'paid') as "paidAt"
    from application left join voucher on voucher.id = application.voucher_id
    where ${wanted}`.execute(db)
  const reached = await reachedBy(db, wanted)
  return rows.map((row) => ({
    reachedOn: {
      opened: dayOf(row.createdAt),
      ...reached.get(row.id),
      ...(row.claimedAt === null ? {} : { claimed: dayOf(row.claimedAt) }),
      ...(row.paidAt === null ? {} : { paid: dayOf(row.paidAt) }),
    },
    ended: ENDED.has(row.state) || (row.returned && !row.openClaims),
  }))
}

async function reachedBy(
  db: Kysely<Tables>,
  wanted: RawBuilder<boolean>,
): Promise<ReadonlyMap<string, FunnelCase['reachedOn']>> {
  const { rows } = await sql<{ id: string; state: string; at: Instant }>`
    select event.object_id as id, event.to_state as state, min(event.at) as at
    from workflow_event event join application on application.id = event.object_id
    where event.object_kind = 'application' and ${wanted}
    group by event.object_id, event.to_state order by at desc`.execute(db)
  const found = new Map<string, Partial<Record<FunnelStage, string>>>()
  // the latest first, so that the first of two states of one stage is what stays
  for (const { id, state, at } of rows) {
    const stage = STAGE_OF[state]
    if (stage !== undefined) found.set(id, { ...found.get(id), [stage]: dayOf(at) })
  }
  return found
}
