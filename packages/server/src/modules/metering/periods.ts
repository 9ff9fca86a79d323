// 关账: a month of a centre's use is closed by two people, or by the platform when it is due and nothing of it is open. Months
// close in their order and never open again; what comes later is booked to the month that follows, or refused.
import type { AnswerOf, Routes } from '@suanquan/api'
import { accept, refuse, type Decision } from '@suanquan/core'
import { addDays, addMonths, dayOf, startOf, type Day, type Instant } from '@suanquan/core/calendar'
import { followingMonth, monthsBetween, periodPhase, type Month } from '@suanquan/core/metering'
import { sql, type Kysely, type Selectable, type Transaction } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { closedThrough, usageRules } from './closing.ts'
import { monthOfProvider } from './completeness.ts'

type Names = 'listUsagePeriods' | 'proposeUsageClose' | 'decideUsageClose' | 'changeUsageRules'
type View = AnswerOf<Routes['listUsagePeriods']>['items'][number]

export function periodHandlers(world: World): Handlers<Names> {
  return {
    listUsagePeriods: listPeriods(world),
    proposeUsageClose: proposeClose(),
    decideUsageClose: decideClose(),
    changeUsageRules: {
      kind: 'command',
      run: async ({ body, person, at }, { tx, touch }) => {
        touch({ kind: 'site', id: null })
        const { jurisdiction } = world.site
        const changed = {
          usage_grace_days: body.graceDays,
          usage_late: body.late,
          changed_by: person!.id,
          changed_at: timestamp(at),
        }
        await tx
          .insertInto('site_setting')
          .values({
            ...changed,
            jurisdiction,
            district: jurisdiction,
            particulars: '{}',
            administrators_apart: false,
          })
          .onConflict((conflict) => conflict.column('jurisdiction').doUpdateSet(changed))
          .execute()
        return accept({ subject: jurisdiction })
      },
      view: () => Promise.resolve({ done: true as const }),
    },
  }
}

/** The day from which a month can be closed. */
function dueOn(month: Month, graceDays: number): Day {
  return addDays(`${followingMonth(month)}-01`, graceDays)
}

function proposeClose(): Handlers<Names>['proposeUsageClose'] {
  return {
    kind: 'command',
    run: async ({ body: { providerId, month, reason }, person, at }, { tx, touch }) => {
      const provider = await lockedProvider(tx, providerId)
      if (!provider) return notFound('organisation')
      touch({ kind: 'usage_period', id: null, organisationId: provider.id })
      if (!mayTouch(person, 'usage.close', { ...provider, organisationIds: [provider.id] }))
        return outOfScope('usage.close', 'organisation')
      const checked = await mayClose(tx, { providerId, jurisdiction: provider.jurisdiction, month, at })
      if (!checked.ok) return checked
      const standing = await tx
        .selectFrom('usage_period')
        .select('state')
        .where('provider_id', '=', providerId)
        .where('month', '=', month)
        .executeTakeFirst()
      if (standing?.state === 'proposed') return refuse('metering.period_proposed', { month })
      const proposed = {
        state: 'proposed' as const,
        proposed_by: person!.id,
        proposed_at: timestamp(at),
        decided_by: null,
        decided_at: null,
        reason,
      }
      await tx
        .insertInto('usage_period')
        .values({ ...placeOf(provider), ...proposed, provider_id: providerId, month })
        .onConflict((conflict) => conflict.columns(['provider_id', 'month']).doUpdateSet(proposed))
        .execute()
      return accept({ subject: providerId })
    },
    view: () => Promise.resolve({ done: true as const }),
  }
}

function decideClose(): Handlers<Names>['decideUsageClose'] {
  return {
    kind: 'command',
    run: async ({ body: { providerId, month, decision, reason }, person, at }, { tx, touch }) => {
      const provider = await lockedProvider(tx, providerId)
      if (!provider) return notFound('organisation')
      touch({ kind: 'usage_period', id: null, organisationId: provider.id })
      if (!mayTouch(person, 'usage.close', { ...provider, organisationIds: [provider.id] }))
        return outOfScope('usage.close', 'organisation')
      const standing = await tx
        .selectFrom('usage_period')
        .selectAll()
        .where('provider_id', '=', providerId)
        .where('month', '=', month)
        .forUpdate()
        .executeTakeFirst()
      if (standing?.state !== 'proposed') return refuse('metering.period_not_proposed', { month })
      if (standing.proposed_by === person!.id) return refuse('metering.period_own_proposal', { month })
      await tx
        .updateTable('usage_period')
        .set({
          state: decision === 'close' ? 'closed' : 'returned',
          decided_by: person!.id,
          decided_at: timestamp(at),
          ...(reason === '' ? {} : { reason }),
        })
        .where('provider_id', '=', providerId)
        .where('month', '=', month)
        .execute()
      return accept({ subject: providerId })
    },
    view: () => Promise.resolve({ done: true as const }),
  }
}

/** Imports of a provider take the same lock: a month is closed before or after one, never during it. */
async function lockedProvider(
  tx: Transaction<Tables>,
  id: string,
): Promise<{ id: string; jurisdiction: string; district: string } | undefined> {
  return tx
    .selectFrom('organisation')
    .select(['id', 'jurisdiction', 'district'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

const placeOf = ({
  jurisdiction,
  district,
}: {
  jurisdiction: string
  district: string
}): {
  jurisdiction: string
  district: string
} => ({ jurisdiction, district })

interface Asked {
  readonly providerId: string
  readonly jurisdiction: string
  readonly month: Month
  readonly at: Instant
}

type Code =
  | 'metering.period_closed'
  | 'metering.period_without_use'
  | 'metering.period_before_open'
  | 'metering.period_not_due'

async function mayClose(
  db: Kysely<Tables>,
  { providerId, jurisdiction, month, at }: Asked,
): Promise<Decision<null, Code>> {
  const closed = await closedThrough(db, providerId)
  if (closed !== null && month <= closed) return refuse('metering.period_closed', { month })
  const first = closed === null ? await firstMonth(db, providerId) : followingMonth(closed)
  if (first === null || month < first) return refuse('metering.period_without_use', { month })
  if (month > first) return refuse('metering.period_before_open', { month, earlier: first })
  const { graceDays } = await usageRules(db, jurisdiction)
  if (periodPhase(month, { at, graceDays }) !== 'due')
    return refuse('metering.period_not_due', { month, dueOn: dueOn(month, graceDays) })
  return accept(null)
}

/** The month of a provider's first rated use. */
async function firstMonth(db: Kysely<Tables>, providerId: string): Promise<Month | null> {
  const { month } = await db
    .selectFrom('rated_line')
    .select(sql<Month | null>`min(month)`.as('month'))
    .where('provider_id', '=', providerId)
    .executeTakeFirstOrThrow()
  return month
}

/** Closes months that are due and of which nothing is open. */
export async function closeWhole(
  tx: Transaction<Tables>,
  { providerId, at }: { readonly providerId: string; readonly at: Instant },
): Promise<boolean> {
  const provider = (await lockedProvider(tx, providerId))!
  const closed = await closedThrough(tx, providerId)
  const month = closed === null ? await firstMonth(tx, providerId) : followingMonth(closed)
  if (month === null) return false
  const allowed = await mayClose(tx, { providerId, jurisdiction: provider.jurisdiction, month, at })
  if (!allowed.ok) return false
  const { percent, daysOpen, missing } = await monthOfProvider(tx, providerId, { ...daysOf(month), at })
  if (percent === null || daysOpen > 0 || missing > 0) return false
  const feeds = await tx
    .selectFrom('usage_feed')
    .select('id')
    .where('provider_id', '=', providerId)
    .where('enrolled_at', '<=', sql<Instant>`${timestamp(startOf(`${month}-01`))}::timestamptz`)
    .execute()
  // a feed that began within the month says nothing of the days before
  if (feeds.length === 0) return false
  const made = {
    state: 'closed' as const,
    proposed_by: null,
    proposed_at: timestamp(at),
    decided_by: null,
    decided_at: timestamp(at),
    reason: '',
  }
  const done = await tx
    .insertInto('usage_period')
    .values({ ...placeOf(provider), ...made, provider_id: providerId, month })
    .onConflict((conflict) =>
      conflict
        .columns(['provider_id', 'month'])
        .doUpdateSet(made)
        .where('usage_period.state', '=', 'returned'),
    )
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}

function daysOf(month: Month): { from: Day; to: Day } {
  const from = `${month}-01`
  return { from, to: addDays(addMonths(from, 1), -1) }
}

interface MonthRow {
  readonly provider_id: string
  readonly month: Month
  readonly rated: bigint
  readonly late: bigint
  readonly corrected: bigint
  readonly refused: bigint
}

function listPeriods(world: World): Handlers<Names>['listUsagePeriods'] {
  return {
    kind: 'query',
    run: async ({ query, person, at }, { db, touch }) => {
      touch({ kind: 'usage_period', id: null })
      const rules = await usageRules(db, world.site.jurisdiction)
      const providers = await db
        .selectFrom('organisation')
        .select(['id', 'name'])
        .where(visibleRows(person!, 'usage.read', 'organisation', 'organisation.id'))
        .where(({ exists, selectFrom }) =>
          exists(selectFrom('rated_line').select('id').whereRef('provider_id', '=', 'organisation.id')),
        )
        .orderBy('name')
        .execute()
      const all: {
        readonly provider: (typeof providers)[number]
        readonly month: Month
        readonly row?: MonthRow
      }[] = []
      const rows = await monthsOf(
        db,
        providers.map(({ id }) => id),
      )
      const today = dayOf(at).slice(0, 7)
      for (const provider of providers) {
        const own = rows.filter((row) => row.provider_id === provider.id)
        const [first] = own
        if (first === undefined) continue
        for (const month of monthsBetween(first.month, [today, own.at(-1)!.month].sort().at(-1)!).reverse()) {
          const row = own.find((each) => each.month === month)
          all.push({ provider, month, ...(row ? { row } : {}) })
        }
      }
      const from = (query.page - 1) * query.size
      const states = await db
        .selectFrom('usage_period')
        .selectAll()
        .where('provider_id', '=', sql<string>`any(${providers.map(({ id }) => id)}::uuid[])`)
        .execute()
      const items: View[] = []
      for (const { provider, month, row } of all.slice(from, from + query.size)) {
        const own = states.filter((each) => each.provider_id === provider.id)
        const whole = await monthOfProvider(db, provider.id, { ...daysOf(month), at })
        items.push({
          providerId: provider.id,
          providerName: provider.name,
          month,
          dueOn: dueOn(month, rules.graceDays),
          ...amountsOf(row),
          percent: whole.percent,
          daysOpen: whole.daysOpen,
          ...standingOf(own, {
            month,
            phase: periodPhase(month, { at, graceDays: rules.graceDays }),
            personId: person!.id,
          }),
        })
      }
      return accept({ total: all.length, items, rules })
    },
  }
}

type Amounts = Pick<View, 'ratedFen' | 'lateFen' | 'correctedFen' | 'refusedFen'>

function amountsOf(row: MonthRow | undefined): Amounts {
  const { rated = 0n, late = 0n, corrected = 0n, refused = 0n } = row ?? {}
  return {
    ratedFen: rated.toString(),
    lateFen: late.toString(),
    correctedFen: corrected.toString(),
    refusedFen: refused.toString(),
  }
}

interface Standing {
  readonly month: Month
  readonly phase: 'open' | 'in_grace' | 'due'
  readonly personId: string
}

/** What people did about a month; what lies before a closed one is closed. */
function standingOf(
  own: readonly Selectable<Tables['usage_period']>[],
  { month, phase, personId }: Standing,
): Pick<View, 'state' | 'proposedByMe' | 'proposedAt' | 'closedAt' | 'closedBy'> {
  const row = own.find((each) => each.month === month && each.state !== 'returned')
  const text = (moment: number): string => new Date(moment).toISOString()
  const none = { proposedByMe: false, proposedAt: null, closedAt: null, closedBy: null }
  if (row === undefined)
    return {
      ...none,
      state: own.some((each) => each.state === 'closed' && each.month > month) ? 'closed' : phase,
    }
  if (row.state === 'proposed')
    return {
      ...none,
      state: 'proposed',
      proposedByMe: row.proposed_by === personId,
      proposedAt: text(row.proposed_at),
    }
  return {
    ...none,
    state: 'closed',
    closedAt: row.decided_at === null ? null : text(row.decided_at),
    closedBy: row.decided_by === null ? 'platform' : 'people',
  }
}

async function monthsOf(db: Kysely<Tables>, providers: readonly string[]): Promise<MonthRow[]> {
  const { rows } = await sql<MonthRow>`
    select provider_id, booked_month as month,
      coalesce(sum(amount_fen) filter (where counts), 0)::bigint as rated,
      coalesce(sum(amount_fen) filter (where counts and booking = 'late'), 0)::bigint as late,
      coalesce(sum(amount_fen) filter (where counts and booking in ('reversal', 'restated')), 0)::bigint as corrected,
      coalesce(sum(value_fen) filter (where booking = 'refused'), 0)::bigint as refused
    from rated_line where provider_id = any(${[...providers]}::uuid[])
    group by provider_id, booked_month order by provider_id, booked_month`.execute(db)
  return rows
}
