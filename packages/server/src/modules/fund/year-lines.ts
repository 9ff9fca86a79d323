// What a year's accounts hold and what its programmes still owe, from the ledger: the lines that a closing moves.
import { accountCodeOf, accountKinds } from '@suanquan/core/ledger'
import type { Terms, YearPlace } from '@suanquan/core/voucher'
import { sql, type Kysely } from 'kysely'
import type { Tables, YearCommitment, YearLine, YearRule, YearStatement } from '../../database/index.ts'
import type { FundRow } from './load.ts'

const OF_A_YEAR = ['appropriation', 'pool', 'management', 'management_spent'] as const
type OfAYear = (typeof OF_A_YEAR)[number]

export interface HeldInYear {
  readonly account: Terms & { readonly code: OfAYear }
  readonly leftFen: bigint
  readonly reservedFen: bigint
}

/** Every account of the open year, also those that are empty or only count what was spent. */
export async function heldInYear(db: Kysely<Tables>, fund: FundRow): Promise<readonly HeldInYear[]> {
  const rows = await db
    .selectFrom('ledger.account')
    .select(['code', 'programme', 'kind', 'district', 'reference', 'year'])
    .select(['credits_posted', 'debits_posted', 'debits_pending'])
    .where('ledger', '=', fund.number)
    .where(
      'code',
      'in',
      OF_A_YEAR.map((code) => accountKinds[code].number),
    )
    .where('year', 'is not distinct from', fund.open_year)
    .orderBy('programme')
    .orderBy('code')
    .orderBy('kind')
    .orderBy('district')
    .orderBy('reference')
    .execute()
  return rows.map(({ code, programme, kind, district, reference, year, ...sums }) => ({
    account: {
      code: accountCodeOf(code) as OfAYear,
      programme,
      kind,
      district,
      reference,
      year,
      holder: '',
      usableUntil: null,
    },
    leftFen: sums.credits_posted - sums.debits_posted,
    reservedFen: sums.debits_pending,
  }))
}

/** By programme; a line without a rule stands as carried over. */
export type Rules = Readonly<Record<string, YearRule>>

/** Where the money of each account goes: promised money is carried over, unspent management cost lapses. */
export function placesOf(held: readonly HeldInYear[], rules: Rules): readonly YearPlace[] {
  return held.map(({ account, leftFen, reservedFen }) => {
    if (account.code === 'management_spent') return { account, carriedFen: 0n, lapsedFen: 0n }
    const lapses = account.code === 'management' || rules[account.programme] === 'lapse'
    const carriedFen = lapses ? reservedFen : leftFen
    return { account, carriedFen, lapsedFen: leftFen - carriedFen }
  })
}

export async function statementOf(
  db: Kysely<Tables>,
  fund: FundRow,
  held: readonly HeldInYear[],
  rules: Rules,
): Promise<YearStatement> {
  const places = placesOf(held, rules)
  const lines = held.flatMap(({ account, leftFen, reservedFen }, index): YearLine[] => {
    const { code, programme, kind, district, reference } = account
    if (code === 'management_spent' || leftFen === 0n) return []
    const { carriedFen, lapsedFen } = places[index]!
    return [
      {
        at: code,
        programme,
        kind,
        district,
        reference,
        leftFen: leftFen.toString(),
        reservedFen: reservedFen.toString(),
        carriedFen: carriedFen.toString(),
        lapsedFen: lapsedFen.toString(),
      },
    ]
  })
  return { lines, commitments: await commitmentsOf(db, fund) }
}

async function commitmentsOf(db: Kysely<Tables>, { number }: FundRow): Promise<readonly YearCommitment[]> {
  const { voucher, payable } = accountKinds
  const { rows } = await sql<YearCommitment>`
    select programme,
        coalesce(sum(credits_posted - debits_posted) filter (where code = ${voucher.number}), 0)::text as "voucherFen",
        coalesce(sum(credits_posted - debits_posted) filter (where code = ${payable.number}), 0)::text as "payableFen"
      from ledger.account where ledger = ${number} and code in (${voucher.number}, ${payable.number})
     group by programme having sum(credits_posted - debits_posted) > 0 order by programme`.execute(db)
  return rows
}
