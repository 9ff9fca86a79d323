// The statement of anything that money stands under: an account, a voucher, the pools of a programme, a firm. Opening
// balance, every posting with what it changed, closing balance: all from the journal, up to any day or sequence.
import { hex } from '@suanquan/core'
import { startOf, type Day, type Instant } from '@suanquan/core/calendar'
import {
  accountKinds,
  genesis,
  isUuid,
  postingCodeOf,
  postingKinds,
  usable,
  type Account,
  type Balance,
  type PostingCode,
  type PostingKind,
} from '@suanquan/core/ledger'
import { sql, type Kysely } from 'kysely'
import { accountsOf, fundsOf, ledgerHash, type Fund, type Tables } from '../../database/index.ts'
import { balancesUntil, lastCounted, type Until } from './as-of.ts'

export interface StatementAsked {
  readonly of: string
  readonly until: Until
  readonly from?: Day | undefined
  /** for what is usable where nothing was posted yet */
  readonly at: Instant
}

export interface StatementAccount {
  readonly account: Account
  readonly opening: Balance
  readonly closing: Balance
  /** what could be debited at the closing moment */
  readonly usable: bigint
}

export interface FundStatement {
  readonly fund: Fund
  readonly accounts: readonly StatementAccount[]
  readonly moment: Instant
  /** the last posting of the opening balance, and the last that counts */
  readonly opensAfter: bigint
  readonly sequence: bigint
  /** the chain of the journal up to that posting */
  readonly chain: string
  /** how many postings stand between */
  readonly total: number
}

export interface StatementLine {
  readonly sequence: bigint
  readonly at: Instant
  readonly code: PostingCode
  readonly kind: PostingKind
  readonly inFen: bigint
  readonly outFen: bigint
  readonly heldChangeFen: bigint
  readonly balanceFen: bigint
  readonly heldFen: bigint
}

const KINDS = Object.keys(postingKinds) as PostingKind[]

/** The accounts of whatever goes by a name, fund by fund; of a firm and a programme those that hold money. */
export async function accountsNamed(
  db: Kysely<Tables>,
  of: string,
): Promise<ReadonlyMap<number, readonly string[]>> {
  const id = isUuid(of) ? of : null
  const { appropriation, pool, cap_source: firstCap } = accountKinds
  const { rows } = await sql<{ ledger: number; id: string }>`
    select ledger, id from ledger.account a where a.id = ${id}::uuid
      or (a.code < ${firstCap.number} and (
        (a.reference = ${of} and a.code <> ${pool.number}) or a.holder = ${of}
        or a.reference in (select number from voucher where id = ${id}::uuid union all select number from claim where id = ${id}::uuid)
        or a.holder = (select credit_code from organisation where organisation.id = ${id}::uuid)
        or (a.code in (${appropriation.number}, ${pool.number}) and exists (select 1 from adoption
              where adoption.id = ${id}::uuid and adoption.fund = a.ledger and adoption.programme_id = a.programme))))
     order by a.ledger, a.code, a.reference, a.id`.execute(db)
  const found = new Map<number, string[]>()
  for (const row of rows) found.set(row.ledger, [...(found.get(row.ledger) ?? []), row.id])
  return found
}

export async function statementsOf(
  db: Kysely<Tables>,
  asked: StatementAsked,
): Promise<readonly FundStatement[]> {
  const named = await accountsNamed(db, asked.of)
  const funds = (await fundsOf(db)).filter(({ ledger }) => named.has(ledger))
  return Promise.all(funds.map((fund) => statementOf(db, fund, named.get(fund.ledger)!, asked)))
}

async function statementOf(
  db: Kysely<Tables>,
  fund: Fund,
  ids: readonly string[],
  { until, from, at }: StatementAsked,
): Promise<FundStatement> {
  const { ledger } = fund
  const last = await lastCounted(db, ledger, until)
  const moment = 'moment' in until ? until.moment : (last.moment ?? at)
  const before: Until = from === undefined ? { sequence: 0n } : { moment: startOf(from) - 1 }
  const first = (await lastCounted(db, ledger, before)).sequence
  const opensAfter = first < last.sequence ? first : last.sequence
  const states = await accountsOf(db, ledger, { ids })
  const order = new Map(ids.map((id, index) => [id, index]))
  const sorted = states.toSorted((one, other) => order.get(one.account.id)! - order.get(other.account.id)!)
  const opening = await balancesUntil(db, ledger, ids, { sequence: opensAfter })
  const closing = await balancesUntil(db, ledger, ids, until)
  const { rows } = await sql<{ total: bigint }>`select count(*) as total from ledger.posting
    where ledger = ${ledger} and seq > ${opensAfter} and seq <= ${last.sequence}
      and (debit = any(${ids}::uuid[]) or credit = any(${ids}::uuid[]))`.execute(db)
  return {
    fund,
    accounts: sorted.map(({ account }) => {
      const index = order.get(account.id)!
      const balance = closing[index]!
      return { account, opening: opening[index]!, closing: balance, usable: usable(account, balance, moment) }
    }),
    moment,
    opensAfter,
    sequence: last.sequence,
    chain: await chainAt(db, fund, last.sequence),
    total: Number(rows[0]!.total),
  }
}

async function chainAt(
  db: Kysely<Tables>,
  { ledger, jurisdiction }: Fund,
  sequence: bigint,
): Promise<string> {
  if (sequence === 0n) return hex(genesis(ledger, jurisdiction, ledgerHash))
  const { chain } = await db
    .selectFrom('ledger.posting')
    .select('chain')
    .where('ledger', '=', ledger)
    .where('seq', '=', sequence)
    .executeTakeFirstOrThrow()
  return hex(chain)
}

/** The postings of a statement in the order of the journal, each with what the accounts together held after it. */
export async function statementLines(
  db: Kysely<Tables>,
  { fund: { ledger }, accounts, opensAfter, sequence }: FundStatement,
  { offset, most }: { readonly offset: number; readonly most: number },
): Promise<readonly StatementLine[]> {
  const ids = accounts.map(({ account }) => account.id)
  type Row = Omit<StatementLine, 'code' | 'kind'> & { readonly code: number; readonly kind: number }
  const { rows } = await sql<Row>`
    with effect as (
      select p.seq, p.at, p.code, p.kind,
        case when p.credit = any(${ids}::uuid[]) and p.kind in (0, 2) then p.amount else 0 end as came,
        case when p.debit = any(${ids}::uuid[]) and p.kind in (0, 2) then p.amount else 0 end as went,
        case when not p.debit = any(${ids}::uuid[]) or p.kind = 0 then 0
             when p.kind = 1 then p.amount else -r.amount end as held
      from ledger.posting p
      left join ledger.posting r on r.ledger = p.ledger and r.id = p.reservation
      where p.ledger = ${ledger} and p.seq <= ${sequence}
        and (p.debit = any(${ids}::uuid[]) or p.credit = any(${ids}::uuid[]))),
    running as (
      select seq, at, code, kind, came, went, held, sum(came - went) over (order by seq) as balance,
        sum(held) over (order by seq) as held_after from effect)
    select seq as sequence, at, code, kind, came::bigint as "inFen", went::bigint as "outFen", held::bigint as "heldChangeFen",
      balance::bigint as "balanceFen", held_after::bigint as "heldFen"
    from running where seq > ${opensAfter} order by seq limit ${most} offset ${offset}`.execute(db)
  return rows.map((row) => ({ ...row, code: postingCodeOf(row.code), kind: KINDS[row.kind]! }))
}
