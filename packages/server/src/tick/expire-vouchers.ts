import type { Day, Instant } from '@suanquan/core/calendar'
import { planExpiry, voucher as voucherAccount } from '@suanquan/core/voucher'
import { timestamp } from '../database/index.ts'
import type { World } from '../http/world-options.ts'
import { eachCase, systemCommand } from './system-command.ts'
import { balancesOf, booksOf, planOf, sourcesOfVoucher, voucherTerms } from '../modules/ledger/index.ts'
import { tell } from '../modules/message/index.ts'
import { loadVoucher } from '../modules/settlement/index.ts'

/**
 * 过期: what nobody claimed returns to the pool. Nothing could be debited since the last usable day, swept or not; a
 * voucher with a claim still under review waits until the claim is decided.
 */
export async function expireVouchers(world: World, at: Instant, today: Day): Promise<number> {
  const due = await world.db
    .selectFrom('voucher')
    .select('id')
    .where('usable_until', '<', today)
    .where('returned_at', 'is', null)
    .orderBy('number')
    .execute()
  return eachCase(due, ({ id }) =>
    systemCommand(world, at, async ({ tx }) => {
      const row = await loadVoucher(tx, id, 'lock')
      if (row === undefined || row.returned_at !== null) return null
      const inForce = await world.programmes.inForce(tx, row.adoption_id)
      const books = booksOf(inForce)
      const terms = voucherTerms(row)
      const [balance] = await balancesOf(tx, books, [voucherAccount(books.fund, terms)])
      if (balance!.debitsPending > 0n) return null
      await tx
        .updateTable('voucher')
        .set({ returned_at: timestamp(at) })
        .where('id', '=', id)
        .execute()
      const left = balance!.creditsPosted - balance!.debitsPosted
      const sources = await sourcesOfVoucher(tx, books, row)
      const act = { action: 'tick.expire', kind: 'voucher', id }
      if (left > 0n)
        tell(tx, { kind: 'voucher_expired', cause: `voucher ${id}`, about: 'voucher', aboutId: id })
      return left === 0n
        ? act
        : { ...act, plan: planOf(inForce, (each) => planExpiry(each, id, { terms, sources, left })) }
    }),
  )
}
