// 分区、分批额度: a part of a programme's money with a pool of its own. Opening one moves nothing; from its first money on,
// the applications that it is for draw on it.
import { accept, refuse } from '@suanquan/core'
import type { Instant } from '@suanquan/core/calendar'
import { parseRate, type Rate } from '@suanquan/core/money'
import type { Kysely } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { BodyOf, Routes } from '@suanquan/api'
import type { Command } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import type { AllotmentRow } from './funding.ts'
import { viewPools } from './view.ts'

export async function allotmentOf(
  db: Kysely<Tables>,
  adoptionId: string,
  id: string,
): Promise<AllotmentRow | undefined> {
  return db
    .selectFrom('allotment')
    .selectAll()
    .where('id', '=', id)
    .where('adoption_id', '=', adoptionId)
    .executeTakeFirst()
}

/** The first money of an allotment opens it. */
export async function markFunded(db: Kysely<Tables>, id: string, at: Instant): Promise<void> {
  await db
    .updateTable('allotment')
    .set({ funded_at: timestamp(at) })
    .where('id', '=', id)
    .where('funded_at', 'is', null)
    .execute()
}

type Body = BodyOf<Routes['openAllotment']>

export function openAllotment(world: World): Command<'openAllotment'> {
  return {
    kind: 'command',
    run: async ({ body, person, at }, { tx, newId, touch }) => {
      const adoption = await tx
        .selectFrom('adoption')
        .select(['id', 'jurisdiction', 'district'])
        .where('id', '=', body.adoptionId)
        .executeTakeFirst()
      if (!adoption) return notFound('adoption')
      if (!mayTouch(person, 'allotment.open', adoption)) return outOfScope('allotment.open', 'adoption')
      const { kind, district, reference, name } = body
      if (!isDistrictFit(body, adoption.jurisdiction)) return refuse('pool.district_foreign', { district })
      if ((kind === 'batch') !== (reference !== '')) return refuse('pool.reference_unfit')
      const share = shareOf(body)
      if (share === undefined) return refuse('pool.share_unfit')
      const id = newId()
      const stored = await tx
        .insertInto('allotment')
        .values({
          id,
          jurisdiction: adoption.jurisdiction,
          district,
          adoption_id: adoption.id,
          kind,
          reference,
          name,
          city_share_numerator: share === null ? null : Number(share.numerator),
          city_share_denominator: share === null ? null : Number(share.denominator),
          rest_paid_by: body.restPaidBy ?? null,
          opened_by: person!.id,
          opened_at: timestamp(at),
        })
        .onConflict((conflict) =>
          conflict.columns(['adoption_id', 'kind', 'district', 'reference']).doNothing(),
        )
        .executeTakeFirst()
      if (stored.numInsertedOrUpdatedRows !== 1n) return refuse('pool.allotment_exists', { name })
      touch({ kind: 'allotment', id })
      return accept({ subject: adoption.id })
    },
    view: async (subject, { db }, { at }) =>
      viewPools(db, await world.programmes.inForce(db, subject), { moment: at }),
  }
}

/** A division code of the city begins as the city's does; only a batch may be of the whole city. */
function isDistrictFit({ kind, district }: Body, jurisdiction: string): boolean {
  if (district === jurisdiction) return kind === 'batch'
  return district.startsWith(jurisdiction.slice(0, 4))
}

const LARGEST_TERM = 1_000_000n

/** The city's share of a tier, null for other allotments, undefined when it does not fit. */
function shareOf({ kind, cityShare, restPaidBy }: Body): Rate | null | undefined {
  const given = cityShare !== undefined && cityShare !== ''
  if (kind !== 'tier') return given || restPaidBy !== undefined ? undefined : null
  const read = parseRate(cityShare ?? '')
  if (!read.ok || restPaidBy === undefined) return undefined
  const { numerator, denominator } = read.value
  return numerator > 0n && numerator < denominator && denominator <= LARGEST_TERM ? read.value : undefined
}
