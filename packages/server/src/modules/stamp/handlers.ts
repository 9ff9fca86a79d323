// 印章: what stands on the documents of an authority from a day on. One person proposes, another puts it in force; it
// begins on that day at the earliest, so that no document that is out changes its face.
import type { AnswerOf, Routes } from '@suanquan/api'
import { accept, refuse } from '@suanquan/core'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import { pngSize } from '../../files/png.ts'
import type { Handlers, Person } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'

type Names = 'proposeStamp' | 'decideStamp' | 'listStamps' | 'readStampImage'
type View = AnswerOf<Routes['proposeStamp']>

const STAMP_BYTES = 1024 * 1024
const [LEAST, MOST] = [64, 2000]

export function stampHandlers(world: World): Handlers<Names> {
  return {
    proposeStamp: proposeStamp(world),
    decideStamp: decideStamp(),
    listStamps: {
      kind: 'query',
      run: async ({ person }, { db, touch }) => {
        touch({ kind: 'stamp', id: null })
        const items = await viewStamps(db, person!, visibleRows(person!, 'stamp.read', 's'))
        return accept({ items, authorities: await authoritiesOf(db) })
      },
    },
    readStampImage: {
      kind: 'query',
      run: async ({ params, person }, { db, touch }) => {
        const row = await db.selectFrom('stamp').selectAll().where('id', '=', params.id).executeTakeFirst()
        if (row === undefined) return notFound('stamp')
        touch({ kind: 'stamp', id: row.id })
        if (!mayTouch(person, 'stamp.read', row)) return outOfScope('stamp.read', 'stamp')
        const bytes = await world.files.get(row.sha256)
        return accept({ bytes, mediaType: 'image/png', fileName: `${row.authority} ${row.valid_from}.png` })
      },
    },
  }
}

function proposeStamp({ files, site: { jurisdiction } }: World): Handlers<Names>['proposeStamp'] {
  return {
    kind: 'command',
    run: async ({ query, file, person, at, today }, { tx, newId, touch }) => {
      touch({ kind: 'stamp', id: null })
      const { authority, validFrom, validUntil = null } = query
      if (!(await authoritiesOf(tx)).includes(authority))
        return refuse('stamp.authority_unknown', { authority })
      if (validFrom < today || (validUntil !== null && validUntil < validFrom))
        return refuse('stamp.days_wrong')
      const size = pngSize(file!.bytes)
      if (size === null) return refuse('stamp.not_png')
      const sides = [size.width, size.height]
      if (file!.bytes.length > STAMP_BYTES || sides.some((side) => side < LEAST || side > MOST))
        return refuse('stamp.too_large', { maximum: '1 MB', least: LEAST, most: MOST })
      const sha256 = await files.put(file!.bytes)
      const id = newId()
      await tx
        .insertInto('stamp')
        .values({
          id,
          jurisdiction,
          district: jurisdiction,
          authority,
          sha256,
          ...size,
          valid_from: validFrom,
          valid_until: validUntil,
          state: 'proposed',
          proposed_by: person!.id,
          proposed_at: timestamp(at),
        })
        .execute()
      touch({ kind: 'stamp', id })
      return accept({ subject: id })
    },
    view: async (subject, { db }, { person }) => (await viewStamps(db, person!, sql`s.id = ${subject}`))[0]!,
  }
}

function decideStamp(): Handlers<Names>['decideStamp'] {
  return {
    kind: 'command',
    run: async ({ params, body, person, at, today }, { tx, touch }) => {
      const row = await tx
        .selectFrom('stamp')
        .selectAll()
        .where('id', '=', params.id)
        .forUpdate()
        .executeTakeFirst()
      if (row === undefined) return notFound('stamp')
      touch({ kind: 'stamp', id: row.id })
      if (!mayTouch(person, 'stamp.sign', row)) return outOfScope('stamp.sign', 'stamp')
      if (row.state !== 'proposed') return refuse('stamp.decided')
      if (row.proposed_by === person!.id) return refuse('stamp.second_person')
      const taken = body.decision === 'put_in_force'
      if (taken && row.valid_from < today) return refuse('stamp.days_wrong')
      await tx
        .updateTable('stamp')
        .set({
          state: taken ? 'in_force' : 'refused',
          decided_by: person!.id,
          decided_at: timestamp(at),
        })
        .where('id', '=', row.id)
        .execute()
      return accept({ subject: row.id })
    },
    view: async (subject, { db }, { person }) => (await viewStamps(db, person!, sql`s.id = ${subject}`))[0]!,
  }
}

async function authoritiesOf(db: Kysely<Tables>): Promise<string[]> {
  const rows = await db.selectFrom('adoption').select('authority').distinct().orderBy('authority').execute()
  return rows.map(({ authority }) => authority)
}

async function viewStamps(db: Kysely<Tables>, person: Person, which: RawBuilder<unknown>): Promise<View[]> {
  const { rows } = await sql<
    Omit<View, 'proposedAt' | 'decidedAt' | 'mine'> & {
      readonly jurisdiction: string
      readonly district: string
      readonly proposerId: string
      readonly proposed: number
      readonly decided: number | null
    }
  >`select s.id, s.jurisdiction, s.district, s.authority, s.sha256, s.width, s.height, s.valid_from as "validFrom",
      s.valid_until as "validUntil", s.state, proposer.display_name as "proposedBy", s.proposed_by as "proposerId",
      s.proposed_at as proposed, decider.display_name as "decidedBy", s.decided_at as decided
    from stamp s join person proposer on proposer.id = s.proposed_by
      left join person decider on decider.id = s.decided_by
    where ${which} order by s.proposed_at desc, s.id`.execute(db)
  return rows.map(({ jurisdiction, district, proposerId, proposed, decided, ...row }) => ({
    ...row,
    proposedAt: new Date(proposed).toISOString(),
    decidedAt: decided === null ? null : new Date(decided).toISOString(),
    mine:
      row.state === 'proposed' &&
      proposerId !== person.id &&
      mayTouch(person, 'stamp.sign', { jurisdiction, district }),
  }))
}
