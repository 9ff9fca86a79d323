// The journal of a fund summed between each two accounts under each code, as of any moment or sequence: what every picture
// and reckoning of money is made of. Caps and quotas are no money and are left out.
import { accountCodeOf, accountKinds, actOf, postingCodeOf, type PostingCode } from '@suanquan/core/ledger'
import type { FlowAccount, FlowSum } from '@suanquan/core/voucher'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { lastCounted, type Until } from './as-of.ts'

export interface MoneyAccount extends FlowAccount {
  readonly programme: string
}

export interface MoneySum extends FlowSum {
  readonly debit: MoneyAccount
  readonly credit: MoneyAccount
}

interface Row {
  readonly code: number
  readonly posted: bigint
  readonly pending: bigint
  readonly debit: string
  readonly debitCode: number
  readonly debitReference: string
  readonly debitProgramme: string
  readonly credit: string
  readonly creditCode: number
  readonly creditReference: string
  readonly creditProgramme: string
}

/** What its fund shares with other programmes comes and goes as the treasury's money does. */
const SHARED: Partial<Record<PostingCode, PostingCode>> = { allot: 'appropriate', take_back: 'withdraw' }

/** The money of one programme of a fund. */
export async function sumsAsOf(
  db: Kysely<Tables>,
  { ledger, programme }: { readonly ledger: number; readonly programme: string },
  until: Until,
): Promise<readonly MoneySum[]> {
  const { sequence } = await lastCounted(db, ledger, until)
  const { rows } = await sql<Row>`
    with moved as (
      select p.debit, p.credit, p.code,
        sum(case when p.kind in (0, 2) then p.amount else 0 end)::bigint as posted,
        sum(case p.kind when 0 then 0 when 1 then p.amount else -r.amount end)::bigint as pending
      from ledger.posting p
      left join ledger.posting r on r.ledger = ${ledger} and r.id = p.reservation
      where p.ledger = ${ledger} and p.seq <= ${sequence}
      group by p.debit, p.credit, p.code)
    select moved.code, moved.posted, moved.pending, debit.id as debit, debit.code as "debitCode",
      debit.reference as "debitReference", debit.programme as "debitProgramme", credit.id as credit,
      credit.code as "creditCode", credit.reference as "creditReference", credit.programme as "creditProgramme"
    from moved
    join ledger.account debit on debit.ledger = ${ledger} and debit.id = moved.debit
    join ledger.account credit on credit.ledger = ${ledger} and credit.id = moved.credit
    where debit.code < ${accountKinds.cap_source.number} and ${programme} in (debit.programme, credit.programme)
    order by moved.debit, moved.credit, moved.code`.execute(db)
  return rows.map((row) => ({
    debit: account(row.debit, row.debitCode, row.debitReference, row.debitProgramme),
    credit: account(row.credit, row.creditCode, row.creditReference, row.creditProgramme),
    code: codeOf(row),
    posted: row.posted,
    pending: row.pending,
  }))
}

function account(id: string, number: number, reference: string, programme: string): MoneyAccount {
  const code = accountCodeOf(number)
  return { id, code: code === 'appropriation' && programme === '' ? 'treasury' : code, reference, programme }
}

function codeOf({ code, debitProgramme, creditProgramme }: Row): PostingCode {
  const own = actOf(postingCodeOf(code))
  return (debitProgramme === '' || creditProgramme === '' ? SHARED[own] : undefined) ?? own
}

/** What was posted under some codes. */
export function postedUnder(sums: readonly MoneySum[], ...codes: readonly PostingCode[]): bigint {
  return sums.filter(({ code }) => codes.includes(code)).reduce((total, { posted }) => total + posted, 0n)
}

/** What all accounts of a kind hold together, holds not taken out; and what of it is held. */
export function heldBy(
  sums: readonly MoneySum[],
  kind: MoneyAccount['code'],
): { readonly balanceFen: bigint; readonly heldFen: bigint } {
  let [balanceFen, heldFen] = [0n, 0n]
  for (const { debit, credit, posted, pending } of sums) {
    if (credit.code === kind) balanceFen += posted
    if (debit.code === kind) {
      balanceFen -= posted
      heldFen += pending
    }
  }
  return { balanceFen, heldFen }
}
