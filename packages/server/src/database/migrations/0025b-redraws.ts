// Reason: a public draw that was cancelled may be made anew only under a rule: somebody says why, in public, and the second
// draw points to the first, whose record stays.
import { sql, type Kysely } from 'kysely'

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `alter table suanquan.funding_round add column redraw_of uuid references suanquan.funding_round,
        add column redraw_reason text, add constraint funding_round_redraw check ((redraw_of is null) = (redraw_reason is null)),
        add constraint funding_round_redraw_by_lot check (redraw_of is null or rule = 'lottery')`,
    )
    .execute(database)
}
