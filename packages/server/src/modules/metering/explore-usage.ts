// The hours of a contract: how many cards were in use, and whether the hour was read at all. What was not read is not idle.
import { accept } from '@suanquan/core'
import { addDays, daysBetween, startOf, type Instant } from '@suanquan/core/calendar'
import { joinedSpans, lastInstantOf, overlapOf, type Span, type UsageRecord } from '@suanquan/core/metering'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Handler } from '../../http/world.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import { spanOf } from './completeness.ts'
import { loadContract, type ContractRow } from './contracts.ts'

/** Up to so many days are told by the hour, more by the day. */
const HOURLY_DAYS = 14
const HOUR = 3_600_000

export function exploreUsage(): Handler<'exploreUsage'> {
  return {
    kind: 'query',
    run: async (
      { params: { id: contractId }, query: { days, to: asked }, person, at, today },
      { db, touch },
    ) => {
      const known = await db
        .selectFrom('service_contract')
        .select(['id', 'jurisdiction', 'district', 'organisation_id', 'provider_id'])
        .where('id', '=', contractId)
        .executeTakeFirst()
      if (!known) return notFound('contract')
      touch({ kind: 'contract', id: known.id, organisationId: known.organisation_id })
      if (
        !mayTouch(person, 'usage.read', {
          ...known,
          organisationIds: [known.organisation_id, known.provider_id],
        })
      )
        return outOfScope('usage.read', 'contract')
      const contract = await loadContract(db, contractId)
      const to = asked ?? (today < contract.ends_on ? today : contract.ends_on)
      const from = addDays(to, 1 - days)
      const step = days <= HOURLY_DAYS ? ('hour' as const) : ('day' as const)
      const length = step === 'hour' ? HOUR : 24 * HOUR
      const use = await useOf(db, contractId)
      const feeds = await db
        .selectFrom('usage_feed')
        .selectAll()
        .where('provider_id', '=', contract.provider_id)
        .where('cluster', '=', contract.cluster)
        .execute()
      const read: Span[] = []
      for (const feed of feeds) read.push(...(await spanOf(db, feed, { from, to })).read)
      const joined = joinedSpans(read)
      const enrolled = feeds.map(({ enrolled_at: enrolledAt }) => enrolledAt).sort((a, b) => a - b)[0]
      const hours = []
      const end = Math.min(startOf(addDays(to, 1)), at)
      for (let begin = startOf(from); begin < end; begin += length) {
        const window = { from: begin, until: Math.min(begin + length, end) }
        hours.push({
          at: new Date(begin).toISOString(),
          cardSeconds:
            use.reduce((sum, { cards, span, share }) => sum + cards * share * overlapOf([span], window), 0) /
            1000,
          readPercent: percentRead(joined, window, enrolled),
        })
      }
      return accept({
        contractId,
        contractNumber: contract.number,
        startsOn: contract.starts_on,
        endsOn: contract.ends_on,
        from,
        to,
        step,
        boughtMilliCards: boughtMilliCards(contract),
        hours,
      })
    },
  }
}

function percentRead(joined: readonly Span[], window: Span, enrolledAt: Instant | undefined): number | null {
  if (enrolledAt === undefined || window.until <= enrolledAt) return null
  const from = Math.max(window.from, enrolledAt)
  return Math.floor((overlapOf(joined, { from, until: window.until }) * 100) / (window.until - from))
}

interface Use {
  readonly cards: number
  readonly span: Span
  /** of the clock's time that the run was on its cards, where it was suspended in between */
  readonly share: number
}

async function useOf(db: Kysely<Tables>, contractId: string): Promise<Use[]> {
  const rows = await db
    .selectFrom('usage_record')
    .select('record')
    .where('contract_id', '=', contractId)
    .execute()
  const contract = await loadContract(db, contractId)
  const perCard = contract.shard?.shardsPerCard ?? 1
  return rows.flatMap(({ record: stored }) => {
    const record = stored as unknown as UsageRecord
    const until = lastInstantOf(record)
    if (record.startedAt === null || until === null || until <= record.startedAt) return []
    const share = Math.min(1, (record.elapsedSeconds * 1000) / (until - record.startedAt))
    return { cards: record.gpus + record.shards / perCard, span: { from: record.startedAt, until }, share }
  })
}

/** Cards around the clock that the amount buys over the term, where one price says how much a card is. */
function boughtMilliCards(contract: ContractRow): number | null {
  const [price, second] = contract.prices
  if (price === undefined || second !== undefined) return null
  const hours = BigInt(daysBetween(contract.starts_on, contract.ends_on) + 1) * 24n
  const fen = contract.amount_fen - contract.excluded_fen
  return Number((fen * 1000n) / (BigInt(price.priceFenPerCardHour) * hours))
}
