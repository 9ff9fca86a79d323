// Up to which month a provider's use is closed, and what the site does with use that comes later. Months close in their
// order, so that one month says it for all.
import type { LateRule, Month } from '@suanquan/core/metering'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { UsageSource } from './import-usage.ts'

export interface Closing {
  readonly closedThrough: Month | null
  readonly late: LateRule
}

export interface UsageRules {
  readonly graceDays: number
  readonly late: LateRule
}

export async function usageRules(db: Kysely<Tables>, jurisdiction: string): Promise<UsageRules> {
  const row = await db
    .selectFrom('site_setting')
    .select(['usage_grace_days', 'usage_late'])
    .where('jurisdiction', '=', jurisdiction)
    .executeTakeFirst()
  return { graceDays: row?.usage_grace_days ?? 10, late: row?.usage_late ?? 'next' }
}

export async function closedThrough(db: Kysely<Tables>, providerId: string): Promise<Month | null> {
  const row = await db
    .selectFrom('usage_period')
    .select('month')
    .where('provider_id', '=', providerId)
    .where('state', '=', 'closed')
    .orderBy('month', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.month ?? null
}

/** Read under the lock of the provider, which closing takes too. */
export async function closingOf(
  db: Kysely<Tables>,
  { providerId, place }: Pick<UsageSource, 'providerId' | 'place'>,
): Promise<Closing> {
  const { late } = await usageRules(db, place.jurisdiction)
  return { closedThrough: await closedThrough(db, providerId), late }
}
