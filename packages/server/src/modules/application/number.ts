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
  | 'JG'
  | 'ZY'

/** @param prefix SQ application · GS notice · YY objection · Q voucher · DF claim · HX deduction · BF disbursement · ZX inquiry · MS sweep · ZH clawback · GZ correction · FH appeal · FP round · XM project · LX selection · HC inspection · XH disposal · JG take-over · ZY dispute */
export async function nextNumber(
  tx: Transaction<Tables>,
  prefix: NumberPrefix,
  place: { readonly jurisdiction: string },
  today: Day,
): Promise<string> {
  const [number] = await nextNumbers(tx, prefix, { place, today, count: 1 })
  return number!
}

/** Several at once, in order. */
export async function nextNumbers(
  tx: Transaction<Tables>,
  prefix: NumberPrefix,
  asked: {
    readonly place: { readonly jurisdiction: string }
    readonly today: Day
    readonly count: number
  },
): Promise<readonly string[]> {
  const { place, today, count } = asked
  if (count === 0) return []
  const name = `${place.jurisdiction}/${prefix}/${yearOf(today)}`
  const row = await tx
    .insertInto('counter')
    .values({ name, jurisdiction: place.jurisdiction, district: place.jurisdiction, value: BigInt(count) })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: sql`counter.value + ${count}` }))
    .returning('value')
    .executeTakeFirstOrThrow()
  return Array.from({ length: count }, (_, index) => {
    const value = row.value - BigInt(count - 1 - index)
    return `${prefix}-${yearOf(today)}-${value.toString().padStart(5, '0')}`
  })
}
