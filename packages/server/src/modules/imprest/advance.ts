// 拨付和缴回备用金: acts of the fund, by two people. The programme says how much may be advanced and until when it comes back;
// the ledger sees to it that nothing is advanced beyond what the programmes share, nor returned beyond what is there.
import { refuse, type Decision } from '@suanquan/core'
import { addDays, addWorkingDays, type Day } from '@suanquan/core/calendar'
import { formatFen } from '@suanquan/core/money'
import { advanceLimit, appropriation, planAdvance, planReturn, sharedFund } from '@suanquan/core/voucher'
import type { Kysely, Selectable } from 'kysely'
import type { PostingPlan, Tables } from '../../database/index.ts'
import { balancesOf, booksOf, planOf } from '../ledger/index.ts'
import { appropriatedOf, type InForce } from '../policy/index.ts'
import { imprestLeft, outstandingOf } from './balance.ts'

export type ImprestKind = 'advance' | 'return_advance'

export function isOfImprest(kind: string): kind is ImprestKind {
  return kind === 'advance' || kind === 'return_advance'
}

/** The last day by which an advance of a programme is back; null where no calendar reaches so far. */
export function lastReturnDay({ terms }: Pick<InForce, 'terms'>): Day | null {
  const { imprest, usableUntil } = terms
  if (imprest === null || usableUntil === null) return null
  const { unit, length } = imprest.returnedWithin
  if (unit === 'days') return addDays(usableUntil, length)
  const counted = addWorkingDays(usableUntil, length)
  return counted.ok ? counted.value.day : null
}

export interface ImprestAct {
  readonly kind: ImprestKind
  readonly providerId: string
  readonly amountFen: bigint
  readonly paidOn: Day
  readonly returnBy: Day | null
}

type Refused<Code extends string> = Extract<Decision<never, Code>, { ok: false }> | null
type ProposeCode =
  | 'imprest.not_provided'
  | 'imprest.provider_unknown'
  | 'imprest.return_day_unfit'
  | 'imprest.above_limit'

/** Why an act cannot be proposed, or null; an advance is held against its limit once more when it is decided. */
export async function imprestFault(
  db: Kysely<Tables>,
  inForce: InForce,
  act: ImprestAct,
): Promise<Refused<ProposeCode>> {
  const provider = await creditCodeOf(db, act.providerId)
  if (provider === null) return refuse('imprest.provider_unknown')
  if (act.kind === 'return_advance') return null
  if (inForce.terms.imprest === null) return refuse('imprest.not_provided')
  const latest = lastReturnDay(inForce)
  if (act.returnBy === null || act.returnBy < act.paidOn || (latest !== null && act.returnBy > latest))
    return refuse('imprest.return_day_unfit', { paidOn: act.paidOn, latest: latest ?? '—' })
  return limitFault(db, inForce, provider, act.amountFen)
}

export async function advancable(db: Kysely<Tables>, inForce: InForce, provider: string): Promise<bigint> {
  const { imprest } = inForce.terms
  if (imprest === null) return 0n
  const books = booksOf(inForce)
  const { appropriatedFen, unallottedFen } = await appropriatedOf(db, books)
  return advanceLimit(imprest, appropriatedFen - unallottedFen, await outstandingOf(db, books, provider))
}

async function limitFault(
  db: Kysely<Tables>,
  inForce: InForce,
  provider: string,
  amount: bigint,
): Promise<Refused<'imprest.above_limit'>> {
  const left = await advancable(db, inForce, provider)
  return amount <= left ? null : refuse('imprest.above_limit', { leftYuan: formatFen(left) })
}

type Row = Selectable<Tables['fund_act']> & { readonly kind: ImprestKind }

/** The postings of an approved act; the fund's row is locked, so that the limit holds until they are posted. */
export async function planOfImprest(
  db: Kysely<Tables>,
  inForce: InForce,
  row: Row,
): Promise<Decision<PostingPlan<'fund.short'>, 'imprest.above_limit'>> {
  const provider = (await creditCodeOf(db, row.provider_id!))!
  const amount = row.amount_fen!
  const short = (leftFen: bigint) => () =>
    refuse('fund.short', { leftYuan: formatFen(leftFen > 0n ? leftFen : 0n) }).refusal
  const books = booksOf(inForce)
  if (row.kind === 'return_advance') {
    const { leftFen, owedFen } = await imprestLeft(db, books, provider)
    const returned = { provider, amount, owedFen }
    return {
      ok: true,
      value: planOf<'fund.short'>(
        inForce,
        (of) => planReturn(of, row.id, returned),
        short(leftFen + owedFen),
      ),
    }
  }
  const fault = await limitFault(db, inForce, provider, amount)
  if (fault !== null) return fault
  const [shared] = await balancesOf(db, books, [appropriation(sharedFund(books.fund))])
  const sharedLeft = shared!.creditsPosted - shared!.debitsPosted
  return {
    ok: true,
    value: planOf<'fund.short'>(
      inForce,
      (of) => planAdvance(of, row.id, provider, amount),
      short(sharedLeft),
    ),
  }
}

/** Only who is known as a provider is advanced anything. */
async function creditCodeOf(db: Kysely<Tables>, id: string): Promise<string | null> {
  const row = await db
    .selectFrom('organisation')
    .select(['credit_code', 'roles'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row !== undefined && row.roles.includes('provider') ? row.credit_code : null
}
