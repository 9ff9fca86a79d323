// What people must know of use, and what they did about it; and feeds that have been silent for a day.
import type { AnswerOf, Routes } from '@suanquan/api'
import { accept, refuse } from '@suanquan/core'
import type { Instant } from '@suanquan/core/calendar'
import { sql, type Kysely, type Transaction } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { Handlers } from '../../http/world.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { tell } from '../message/index.ts'

type Names = 'listUsageAlerts' | 'settleUsageAlert'
type View = AnswerOf<Routes['listUsageAlerts']>['items'][number]

export function alertHandlers(): Handlers<Names> {
  return {
    listUsageAlerts: {
      kind: 'query',
      run: async ({ query, person }, { db, touch }) => {
        touch({ kind: 'usage_alert', id: null })
        const rows = await alerts(db)
          .where(
            visibleRows(
              person!,
              'usage.read',
              'usage_alert',
              'usage_alert.provider_id',
              'usage_alert.organisation_id',
            ),
          )
          .orderBy(sql`settled_at is not null`)
          .orderBy('raised_at', 'desc')
          .orderBy('usage_alert.id')
          .execute()
        const from = (query.page - 1) * query.size
        return accept({ total: rows.length, items: rows.slice(from, from + query.size).map(viewAlert) })
      },
    },
    settleUsageAlert: {
      kind: 'command',
      run: async ({ params, body, person, at }, { tx, touch }) => {
        const row = await tx
          .selectFrom('usage_alert')
          .selectAll()
          .where('id', '=', params.id)
          .forUpdate()
          .executeTakeFirst()
        if (!row) return notFound('usage_alert')
        touch({ kind: 'usage_alert', id: row.id, organisationId: row.organisation_id ?? row.provider_id })
        const own = [row.provider_id, row.organisation_id].filter((id) => id !== null)
        if (!mayTouch(person, 'usage_alert.settle', { ...row, organisationIds: own }))
          return outOfScope('usage_alert.settle', 'usage_alert')
        if (row.settled_at !== null) return refuse('metering.alert_settled')
        await tx
          .updateTable('usage_alert')
          .set({ settled_at: timestamp(at), settled_by: person!.id, note: body.note })
          .where('id', '=', row.id)
          .execute()
        return accept({ subject: row.id })
      },
      view: () => Promise.resolve({ done: true as const }),
    },
  }
}

// oxlint-disable-next-line typescript/explicit-function-return-type -- Kysely infers the row from the query
function alerts(db: Kysely<Tables>) {
  return db
    .selectFrom('usage_alert')
    .innerJoin('organisation as provider', 'provider.id', 'usage_alert.provider_id')
    .leftJoin('organisation as firm', 'firm.id', 'usage_alert.organisation_id')
    .leftJoin('usage_feed as feed', 'feed.id', 'usage_alert.feed_id')
    .leftJoin('claim', 'claim.id', 'usage_alert.claim_id')
    .selectAll('usage_alert')
    .select([
      'provider.name as providerName',
      'firm.name as organisationName',
      'feed.name as feedName',
      'claim.number as claimNumber',
      'claim.state as claimState',
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof alerts>['execute']>>[number]

function viewAlert(row: Row): View {
  const { corrections = [] } = row.evidence as { corrections?: View['corrections'] }
  return {
    id: row.id,
    kind: row.kind,
    providerName: row.providerName,
    feedName: row.feedName,
    claimId: row.claim_id,
    claimNumber: row.claimNumber,
    claimState: row.claimState,
    organisationName: row.organisationName,
    amountFen: row.amount_fen === null ? null : row.amount_fen.toString(),
    corrections,
    raisedAt: new Date(row.raised_at).toISOString(),
    settledAt: row.settled_at === null ? null : new Date(row.settled_at).toISOString(),
    note: row.note,
  }
}

export const SILENT_MS = 24 * 3_600_000

/** Feeds that have been silent for a day and of which nobody was told yet. */
export async function silentFeeds(db: Kysely<Tables>, at: Instant): Promise<{ readonly id: string }[]> {
  return db
    .selectFrom('usage_feed')
    .select('id')
    .where('revoked_at', 'is', null)
    .where(sql<boolean>`coalesce(heard_at, enrolled_at) < ${timestamp(at - SILENT_MS)}::timestamptz`)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('usage_alert')
            .select('usage_alert.id')
            .whereRef('usage_alert.feed_id', '=', 'usage_feed.id')
            .where('settled_at', 'is', null),
        ),
      ),
    )
    .orderBy('id')
    .execute()
}

/** @returns whether it was silent still, and is known to be so */
export async function raiseSilence(
  tx: Transaction<Tables>,
  { id, alertId, at }: { readonly id: string; readonly alertId: string; readonly at: Instant },
): Promise<boolean> {
  const feed = await tx
    .selectFrom('usage_feed')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const since = feed.heard_at ?? feed.enrolled_at
  if (feed.revoked_at !== null || since >= at - SILENT_MS) return false
  const { jurisdiction, district, provider_id } = feed
  const raised = await tx
    .insertInto('usage_alert')
    .values({
      id: alertId,
      jurisdiction,
      district,
      provider_id,
      kind: 'feed_silent',
      feed_id: id,
      evidence: JSON.stringify({ since: new Date(since).toISOString() }),
      raised_at: timestamp(at),
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (raised.numInsertedOrUpdatedRows !== 1n) return false
  const told = {
    cause: `usage_feed ${id} ${since}`,
    about: 'usage_feed' as const,
    aboutId: id,
    params: { number: feed.name },
    place: { jurisdiction, district, firmId: provider_id },
  }
  tell(tx, { ...told, kind: 'feed_silent' }, { ...told, kind: 'feed_silent_site' })
  return true
}

/** A feed that is heard again is silent no more; nobody has to settle it. */
export async function endSilence(tx: Transaction<Tables>, feedId: string, at: Instant): Promise<void> {
  const open = await tx
    .selectFrom('usage_alert')
    .select('id')
    .where('feed_id', '=', feedId)
    .where('settled_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (open === undefined) return
  await tx
    .updateTable('usage_alert')
    .set({ settled_at: timestamp(at) })
    .where('id', '=', open.id)
    .execute()
}
