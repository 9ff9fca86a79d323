// Numbers that people read: prefix, year, and a counter without gaps (its row is locked until the command commits).
import { yearOf, type Day } from '@suanquan/core/calendar'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../../database/index.ts'

export type NumberPrefix =
  | 'SQ'
  | 'GS'
  | 'YY'
  | 'Q'
  | 'DF'
  | 'HX'
  | 'BF'
  | 'ZX'
  | 'MS'
  | 'ZH'
  | 'GZ'
  | 'FH'
  | 'FP'
  | 'XM'
  | 'LX'
  | 'HC'
  | 'XH'

/** @param prefix SQ application · GS notice · YY objection · Q voucher · DF claim · HX deduction · BF disbursement · ZX inquiry · MS sweep · ZH clawback · GZ correction · FH appeal · FP round · XM project · LX selection · HC inspection · XH disposal */
export async function nextNumber(
  tx: Transaction<Tables>,
  prefix: NumberPrefix,
  place: { readonly jurisdiction: string },
  today: Day,
): Promise<string> {
  const name = `${place.jurisdiction}/${prefix}/${yearOf(today)}`
  const row = await tx
    .insertInto('counter')
    .values({ name, jurisdiction: place.jurisdiction, district: place.jurisdiction, value: 1n })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: sql`counter.value + 1` }))
    .returning('value')
    .executeTakeFirstOrThrow()
  return `${prefix}-${yearOf(today)}-${row.value.toString().padStart(5, '0')}`
}
