// Reason: a claim holds part of its voucher only as long as the adoption says; the day on which the hold falls back stands
// on the claim, so that whoever holds the voucher sees it and the tick finds it.
import { sql, type Kysely } from 'kysely'

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table suanquan.claim add column hold_ends_on date').execute(database)
}
