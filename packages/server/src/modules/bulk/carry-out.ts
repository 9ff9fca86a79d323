// Carries a bulk act out case by case. What each case came to is written down at once; asked again under the same id, what
// is written is given, and only cases that were not reached yet are decided. A case that was decided just before the server
// died has its own key, so that it too is not decided twice.
import type { AnswerOf, Routes } from '@suanquan/api'
import { accept, refuse, type Decision } from '@suanquan/core'
import { createHash } from 'node:crypto'
import { timestamp } from '../../database/index.ts'
import type { Acted, Asked, EachContext } from '../../http/world.ts'
import { viewBulk } from './view.ts'

type Name = 'decideApplications' | 'decideClaims'

interface Bulk {
  readonly bulkId: string
  readonly kind: 'application' | 'claim'
  readonly ids: readonly string[]
  readonly one: (position: number, key: string) => Promise<Acted>
}

export async function carryOut(
  { person, body, at }: Pick<Asked<Name>, 'person' | 'body' | 'at'>,
  { db, touch }: EachContext,
  { bulkId, kind, ids, one }: Bulk,
): Promise<Decision<AnswerOf<Routes[Name]>, 'request.key_reused'>> {
  touch({ kind: 'bulk', id: bulkId })
  const { jurisdiction } = person!.grants[0]!
  const place = { jurisdiction, district: jurisdiction }
  const hash = createHash('sha256').update(JSON.stringify(body)).digest('hex')
  await db
    .insertInto('bulk_act')
    .values({ id: bulkId, ...place, person_id: person!.id, kind, body_hash: hash, at: timestamp(at) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const row = await db.selectFrom('bulk_act').selectAll().where('id', '=', bulkId).executeTakeFirstOrThrow()
  if (row.person_id !== person!.id || row.body_hash !== hash) return refuse('request.key_reused')
  const settled = await db.selectFrom('bulk_item').select('position').where('bulk_id', '=', bulkId).execute()
  const known = new Set(settled.map(({ position }) => position))
  for (const [position, id] of ids.entries()) {
    if (known.has(position)) continue
    const acted = await one(position, `${bulkId}.${position}`)
    await db
      .insertInto('bulk_item')
      .values({
        bulk_id: bulkId,
        position,
        ...place,
        object_id: id,
        refusal: acted.ok ? null : JSON.stringify(acted.refusal),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  return accept(await viewBulk(db, row, person!))
}
