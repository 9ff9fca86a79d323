// What must hold after every history, whatever was asked: read from the database alone and, where people promised
// something, from what they promised.
import { accountId, usable } from '@suanquan/core/ledger'
import { capAccounts, idOf, pool, voucher } from '@suanquan/core/voucher'
import { accountsOf, balancesAt, fundsOf, sql, verifyLedger, type Database } from '@suanquan/server'
import type { Told } from './history.ts'

/** @returns a sentence for each invariant that is broken */
export async function brokenInvariants(database: Database, told: Told): Promise<readonly string[]> {
  return [
    ...(await booksAgree(database, told)),
    ...(await sumsAgree(database, told.books.fund.ledger)),
    ...(await imprestsAgree(database, told.books.fund.ledger)),
    ...(await promisesAreKept(database, told)),
    ...(await projectionsAgree(database, told.books.fund.ledger)),
    ...(await proofFinds(database, told.books.fund.ledger)),
  ]
}

/** Every account of the database is the model's, to the fen, and the other way round. */
async function booksAgree(database: Database, { books, model }: Told): Promise<readonly string[]> {
  const found = await accountsOf(database.kysely, books.fund.ledger)
  const differing = found.filter(({ account, balance }) => {
    const page = model.pages.get(account.id)
    return (
      page === undefined ||
      page.given !== balance.debitsPosted ||
      page.got !== balance.creditsPosted ||
      page.giving !== balance.debitsPending ||
      page.getting !== balance.creditsPending
    )
  })
  return [
    ...differing.map(({ account }) => `account ${account.code} ${account.id} differs from the model's`),
    ...(found.length === model.pages.size
      ? []
      : [`${found.length} accounts, the model has ${model.pages.size}`]),
  ]
}

/** Debits are credits, floors hold, the sequence has no gap, the pool is what was issued and what is left. */
async function sumsAgree(database: Database, ledger: number): Promise<readonly string[]> {
  const { rows } = await sql<Record<string, boolean>>`
    with sums as (
      select sum(debits_posted) = sum(credits_posted) and sum(debits_pending) = sum(credits_pending) as debits_are_credits,
        bool_and(debits_posted >= 0 and debits_pending >= 0 and credits_posted >= 0 and credits_pending >= 0
          and case when code in (1, 11, 21) then credits_pending + credits_posted <= debits_posted
            else debits_pending + debits_posted <= credits_posted end) as no_account_below_its_floor,
        sum(credits_posted - debits_posted) filter (where code = 3) as left_in_pools
      from ledger.account where ledger = ${ledger}),
    journal as (
      select coalesce(sum(case when p.code = 3 and giver.code <> 3 then amount when p.code in (4, 35) and giver.code = 3 then -amount
            else 0 end), 0)
          as given_to_pools,
        coalesce(sum(case when p.code in (5, 7) then amount when p.code in (11, 12, 13, 14) then -amount else 0 end), 0) as issued
      from ledger.posting p join ledger.account giver on giver.ledger = p.ledger and giver.id = p.debit
      where p.ledger = ${ledger} and p.kind in (0, 2)),
    whole as (select coalesce(max(seq), 0) = count(*) and coalesce(min(seq), 1) = 1 as sequence_has_no_gap, count(*) + 1 as next_seq
      from ledger.posting where ledger = ${ledger})
    select debits_are_credits, no_account_below_its_floor, whole.sequence_has_no_gap,
      whole.next_seq = head.next_seq as head_follows_the_journal,
      given_to_pools = issued + left_in_pools as the_pool_is_issued_and_left
    from sums, journal, whole, ledger.head where head.ledger = ${ledger}`.execute(database.kysely)
  return Object.entries(rows[0]!).flatMap(([what, holds]) =>
    holds ? [] : [`does not hold: ${what.replaceAll('_', ' ')}`],
  )
}

/**
 * An imprest is what was advanced and filled again or put back, less what was drawn and returned; nothing is filled again
 * beyond what its claim drew nor beyond what it was paid; what stands out is in one of three places.
 */
async function imprestsAgree(database: Database, ledger: number): Promise<readonly string[]> {
  const { rows } = await sql<{ holder: string; number: string; broken: string }>`
    with moved as (
      select p.code, p.amount, coalesce(nullif(d.holder, ''), c.holder) as holder, c.reference as to_number,
          d.reference as of_number, d.code as giver
        from ledger.posting p join ledger.account d on d.ledger = p.ledger and d.id = p.debit
        join ledger.account c on c.ledger = p.ledger and c.id = p.credit
       where p.ledger = ${ledger} and p.kind in (0, 2) and p.code in (8, 41, 42, 43, 44, 45, 46)),
    by_holder as (
      select holder, sum(case when code in (41, 43, 44) then amount when code = 42 or (code = 46 and giver = 8) then -amount
          else 0 end) as left_by_journal,
        sum(case code when 41 then amount when 46 then -amount else 0 end) as outstanding
      from moved where code <> 8 group by holder),
    held as (
      select holder, coalesce(sum(credits_posted - debits_posted) filter (where code = 8), 0) as left_now,
        sum(credits_posted - debits_posted) as standing
      from ledger.account where ledger = ${ledger} and code in (8, 9, 10) group by holder),
    by_claim as (
      select coalesce(nullif(of_number, ''), to_number) as number,
        sum(case when code = 42 then amount else 0 end) as drawn, sum(case when code = 44 then amount else 0 end) as refilled,
        sum(case when code in (43, 45) then amount else 0 end) as back, sum(case when code = 8 then amount else 0 end) as paid
      from moved where code in (8, 42, 43, 44, 45) group by 1)
    select holder, '' as number, 'is not advanced - drawn + filled - returned' as broken
      from held left join by_holder using (holder)
     where left_now < 0 or left_now <> coalesce(left_by_journal, 0) or standing <> coalesce(outstanding, 0)
    union all select '', number, 'is filled again beyond what was drawn or paid' from by_claim
     where refilled + back > drawn or refilled > paid`.execute(database.kysely)
  return rows.map(({ holder, number, broken }) => `imprest ${holder}${number} ${broken}`)
}

/** Redeemed is within issued, issued within what was approved, a cap within its limit. */
async function promisesAreKept(database: Database, { books, life }: Told): Promise<readonly string[]> {
  const { rows } = await sql<{ account: string; issued: bigint; redeemed: bigint }>`
    select v.id as account,
      coalesce((select sum(amount) from ledger.posting p where p.ledger = v.ledger and p.credit = v.id and p.code = 5
        and p.kind in (0, 2)), 0)::bigint as issued,
      (coalesce((select sum(amount) from ledger.posting p where p.ledger = v.ledger and p.debit = v.id and p.code = 6
        and p.kind in (0, 2)), 0) - coalesce((select sum(amount) from ledger.posting p where p.ledger = v.ledger
        and p.credit = v.id and p.code = 10), 0))::bigint as redeemed
    from ledger.account v where v.ledger = ${books.fund.ledger} and v.code = 4`.execute(database.kysely)
  const ceilings = new Map<string, bigint>()
  for (const { approval, terms } of life.grants)
    if (terms.makes === 'voucher') ceilings.set(idOf(books, voucher(books.fund, terms)), approval.amountFen)
  const broken = rows.flatMap(({ account, issued, redeemed }) => [
    ...(redeemed <= issued ? [] : [`voucher ${account}: ${redeemed} redeemed of ${issued}`]),
    ...(issued <= (ceilings.get(account) ?? 0n)
      ? []
      : [`voucher ${account}: ${issued} issued above its ceiling`]),
  ])
  const balances = new Map(
    (await accountsOf(database.kysely, books.fund.ledger)).map((state) => [state.account.id, state]),
  )
  const lines = [
    ...life.grants.flatMap(({ approval }) => approval.caps),
    ...life.draws.flatMap(({ caps }) => caps),
  ]
  for (const line of new Map(lines.map((each) => [each.key, each])).values()) {
    const used = balances.get(idOf(books, capAccounts(books.fund, line).used))
    if (used !== undefined && usable(used.account, used.balance, life.moment) > line.limit)
      broken.push(`cap ${line.key} is used above its limit`)
  }
  const main = accountId({ ...pool(books.fund), ...books.fund }, books.hash)
  return balances.has(main) ? broken : [...broken, 'the pool was never opened']
}

/** What is stored is what the journal says. */
async function projectionsAgree(database: Database, ledger: number): Promise<readonly string[]> {
  const fund = (await fundsOf(database.kysely)).find((each) => each.ledger === ledger)!
  const projected = await balancesAt(database.kysely, ledger, { sequence: fund.nextSequence })
  const states = await accountsOf(database.kysely, ledger)
  return states.flatMap(({ account, balance }) => {
    const from = projected.get(account.id)
    const columns = Object.keys(balance) as (keyof typeof balance)[]
    return columns.every((column) => balance[column] === (from?.[column] ?? 0n))
      ? []
      : [`account ${account.id} is not what the journal says`]
  })
}

async function proofFinds(database: Database, ledger: number): Promise<readonly string[]> {
  const [proof] = await verifyLedger(database, ledger)
  return proof!.findings.map(({ check, detail }) => `the proof finds ${check}: ${detail}`)
}
