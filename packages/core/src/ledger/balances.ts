// Balances are projections of the journal: this derives them as of any sequence or moment, from the rows alone.
import type { Instant } from '../calendar/index.ts'
import { emptyBalance, type Balance } from './account.ts'
import { effectOf } from './judge.ts'
import type { JournalRow } from './posting.ts'
import type { Uuid } from './uuid.ts'

/** The last row that counts; moments never run backwards along the journal, so both cut it at one place. */
export type AsOf = { readonly sequence: bigint } | { readonly moment: Instant }

export function isWithin(row: Pick<JournalRow, 'sequence' | 'at'>, asOf: AsOf): boolean {
  return 'sequence' in asOf ? row.sequence <= asOf.sequence : row.at <= asOf.moment
}

/**
 * The balances of all accounts that the rows touch.
 * @param rows the journal from its first row, in order
 * @param asOf where to stop; the whole journal when left out
 */
export function balancesAsOf(rows: Iterable<JournalRow>, asOf?: AsOf): ReadonlyMap<Uuid, Balance> {
  const balances = new Map<Uuid, Balance>()
  const reserved = new Map<Uuid, bigint>()
  for (const row of rows) {
    if (asOf !== undefined && !isWithin(row, asOf)) break
    const { posting } = row
    if (posting.kind === 'reserve') reserved.set(posting.id, posting.amount)
    const { pending, posted } = effectOf(posting, (id) => reserved.get(id)!)
    const debit = balances.get(posting.debit) ?? emptyBalance
    balances.set(posting.debit, {
      ...debit,
      debitsPending: debit.debitsPending + pending,
      debitsPosted: debit.debitsPosted + posted,
    })
    const credit = balances.get(posting.credit) ?? emptyBalance
    balances.set(posting.credit, {
      ...credit,
      creditsPending: credit.creditsPending + pending,
      creditsPosted: credit.creditsPosted + posted,
    })
  }
  return balances
}
