// Agents of centres: which key may send the use of which cluster. Whoever may hand in a centre's files may enrol a machine that
// does; a key that was withdrawn sends nothing more, and what it sent stays.
import { accept, keyId, refuse, type SignatureAlgorithm } from '@suanquan/core'
import type { AnswerOf, Routes } from '@suanquan/api'
import { sql, type Kysely } from 'kysely'
import { ledgerHash, timestamp, type Tables } from '../../database/index.ts'
import type { Handlers } from '../../http/world.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'

type Names = 'enrolFeed' | 'withdrawFeed' | 'listFeeds'
type FeedView = AnswerOf<Routes['enrolFeed']>

export function feedHandlers(): Handlers<Names> {
  return {
    enrolFeed: enrolFeed(),
    withdrawFeed: withdrawFeed(),
    listFeeds: {
      kind: 'query',
      run: async ({ query, person }, { db, touch }) => {
        touch({ kind: 'usage_feed', id: null })
        const rows = await feeds(db)
          .where(visibleRows(person!, 'usage.read', 'usage_feed', 'usage_feed.provider_id'))
          .orderBy('enrolled_at', 'desc')
          .orderBy('usage_feed.id')
          .execute()
        const from = (query.page - 1) * query.size
        const page = rows.slice(from, from + query.size)
        return accept({ total: rows.length, items: await Promise.all(page.map((row) => viewFeed(db, row))) })
      },
    },
  }
}

const KEY_BYTES: Readonly<Record<SignatureAlgorithm, number>> = { SM2: 65, Ed25519: 32 }

function enrolFeed(): Handlers<Names>['enrolFeed'] {
  return {
    kind: 'command',
    run: async ({ body, person, at }, { tx, newId, touch }) => {
      const provider = await tx
        .selectFrom('organisation')
        .select(['id', 'jurisdiction', 'district'])
        .where('id', '=', body.providerId)
        .executeTakeFirst()
      if (!provider) return notFound('organisation')
      touch({ kind: 'usage_feed', id: null, organisationId: provider.id })
      if (!mayTouch(person, 'usage.import', { ...provider, organisationIds: [provider.id] }))
        return outOfScope('usage.import', 'organisation')
      const { algorithm, name, cluster } = body
      const bytes = Buffer.from(body.publicKey, 'hex')
      if (bytes.length !== KEY_BYTES[algorithm] || (algorithm === 'SM2' && bytes[0] !== 4))
        return refuse('metering.feed_key_malformed', { algorithm })
      const [id, key] = [newId(), keyId({ algorithm, bytes }, ledgerHash)]
      const enrolled = await tx
        .insertInto('usage_feed')
        .values({
          id,
          jurisdiction: provider.jurisdiction,
          district: provider.district,
          provider_id: provider.id,
          name,
          cluster,
          algorithm,
          public_key: bytes,
          key_id: key,
          enrolled_by: person!.id,
          enrolled_at: timestamp(at),
          revoked_by: null,
          revoked_at: null,
          heard_at: null,
          read_until: null,
        })
        .onConflict((conflict) => conflict.column('key_id').doNothing())
        .executeTakeFirst()
      if (enrolled.numInsertedOrUpdatedRows !== 1n) return refuse('metering.feed_key_taken', { key })
      touch({ kind: 'usage_feed', id, organisationId: provider.id })
      return accept({ subject: id })
    },
    view: async (subject, { db }) =>
      viewFeed(db, await feeds(db).where('usage_feed.id', '=', subject).executeTakeFirstOrThrow()),
  }
}

function withdrawFeed(): Handlers<Names>['withdrawFeed'] {
  return {
    kind: 'command',
    run: async ({ params, person, at }, { tx, touch }) => {
      const feed = await tx
        .selectFrom('usage_feed')
        .selectAll()
        .where('id', '=', params.id)
        .forUpdate()
        .executeTakeFirst()
      if (!feed) return notFound('usage_feed')
      touch({ kind: 'usage_feed', id: feed.id, organisationId: feed.provider_id })
      if (!mayTouch(person, 'usage.import', { ...feed, organisationIds: [feed.provider_id] }))
        return outOfScope('usage.import', 'usage_feed')
      await tx
        .updateTable('usage_feed')
        .set({ revoked_by: person!.id, revoked_at: timestamp(at) })
        .where('id', '=', feed.id)
        .where('revoked_at', 'is', null)
        .execute()
      return accept({ subject: feed.id })
    },
    view: () => Promise.resolve({ done: true as const }),
  }
}

// oxlint-disable-next-line typescript/explicit-function-return-type -- Kysely infers the row from the query
function feeds(db: Kysely<Tables>) {
  return db
    .selectFrom('usage_feed')
    .innerJoin('organisation', 'organisation.id', 'usage_feed.provider_id')
    .selectAll('usage_feed')
    .select('organisation.name as providerName')
}

type FeedRow = Awaited<ReturnType<ReturnType<typeof feeds>['execute']>>[number]

async function viewFeed(db: Kysely<Tables>, row: FeedRow): Promise<FeedView> {
  const moment = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())
  return {
    id: row.id,
    name: row.name,
    providerName: row.providerName,
    cluster: row.cluster,
    algorithm: row.algorithm,
    keyId: row.key_id,
    enrolledAt: moment(row.enrolled_at)!,
    revokedAt: moment(row.revoked_at),
    heardAt: moment(row.heard_at),
    readUntil: moment(row.read_until),
    ...(await batchesOf(db, row.id)),
  }
}

/** How many batches of a feed came, and which numbers below the highest did not: the first hundred of them. */
export async function batchesOf(
  db: Kysely<Tables>,
  feedId: string,
): Promise<{ readonly batches: number; readonly missing: number[] }> {
  const { rows } = await sql<{ batches: number; missing: number[] }>`
    with came as (select number, lag(number, 1, 0) over (order by number) as before
      from usage_batch where feed_id = ${feedId})
    select (select count(*)::int from came) as batches, array(
      select missing from came, generate_series(before + 1, least(number - 1, before + 100)) as missing
      where number > before + 1 order by missing limit 100) as missing`.execute(db)
  return rows[0]!
}
