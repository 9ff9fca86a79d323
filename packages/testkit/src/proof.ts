// What must hold after anything at all: the journal is proved, every decision replays, documents and ledger say the
// same to the fen; and what must not change when a request is refused: any row but the trail.
import { connect, replayDecisions, sql, verifyLedger, type Database } from '@suanquan/server'
import type { TestDatabase } from './test-database.ts'

/** Everything that is wrong with a store; empty when nothing is. */
export async function faultsIn(database: Database): Promise<string[]> {
  const proofs = await verifyLedger(database)
  const findings = proofs.flatMap((proof) =>
    proof.findings.map(({ check, detail }) => `ledger ${proof.fund.ledger} ${check}: ${detail}`),
  )
  const { differences } = await replayDecisions(database)
  const replays = differences.map(({ kind, objectId }) => `the ${kind} of ${objectId} does not replay`)
  return [...findings, ...replays, ...(await disagreements(database))]
}

interface Sums {
  readonly what: string
  readonly documents: bigint
  readonly ledger: bigint
}

/** Sums of documents that differ from the balances of the ledger; codes of accounts are those of the chart. */
async function disagreements(database: Database): Promise<string[]> {
  const { rows } = await sql<Sums>`
    with balance as (
      select code, sum(debits_pending) as held, sum(credits_posted) as came, sum(debits_posted) as went
        from ledger.account group by code),
    application as (select state, sum(approved_fen) as fen from application group by state),
    claim as (select state, sum(payable_fen) filter (where deducted_fen is null) as asked, sum(approved_fen) as fen,
        sum(deducted_fen) filter (where state in ('deducted', 'submitted')) as deducted from claim group by state),
    back as (select coalesce(sum(amount) filter (where code = 10), 0) as to_voucher,
        coalesce(sum(amount) filter (where code = 11), 0) as to_pool from ledger.posting)
    select what, documents::bigint, ledger::bigint from (
      select 'appropriated' as what,
        coalesce((select sum(amount_fen) from appropriation where state = 'approved'), 0) as documents,
        coalesce((select came from balance where code = 2), 0) as ledger
      union all select 'reserved',
        coalesce((select sum(fen) from application where state in ('proposed', 'announced', 'objected')), 0),
        coalesce((select held from balance where code = 3), 0)
      union all select 'issued', coalesce((select sum(amount_fen) from voucher), 0),
        coalesce((select came from balance where code = 4), 0) - (select to_voucher from back)
      union all select 'held', coalesce((select sum(asked) from claim where state = 'submitted'), 0),
        coalesce((select held from balance where code = 4), 0)
      union all select 'redeemed',
        coalesce((select sum(fen) from claim where state in ('approved', 'batched', 'paid')), 0)
          + coalesce((select sum(deducted) from claim), 0),
        coalesce((select came from balance where code = 5), 0)
          - (select to_voucher + to_pool from back)
      union all select 'paid', coalesce((select sum(fen) from claim where state = 'paid'), 0),
        coalesce((select went from balance where code = 5), 0) - (select to_voucher + to_pool from back)
      union all select 'paid in files',
        coalesce((select sum(amount_fen) from disbursement_line where state = 'paid'), 0),
        coalesce((select went from balance where code = 5), 0) - (select to_voucher + to_pool from back)
    ) sums where documents <> ledger`.execute(database.kysely)
  return rows.map(
    ({ what, documents, ledger }) => `${what}: ${documents} in documents, ${ledger} in the ledger`,
  )
}

/** A digest of every row of every table but the trail: equal before and after a refusal. */
export async function digestOf(store: TestDatabase): Promise<string> {
  const owner = connect({ ...store.address, connections: 1 })
  try {
    const { rows: tables } = await sql<{ name: string }>`
      select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname in ('suanquan', 'ledger') and tablename <> 'audit_event' order by 1`.execute(
      owner.kysely,
    )
    const parts = tables.map(
      ({
        name,
      }) => `select '${name}' || md5(coalesce(string_agg(md5(t::text), '' order by md5(t::text)), '')) as part
        from ${name} t`,
    )
    const { rows } = await sql<{ part: string }>`${sql.raw(parts.join(' union all '))}`.execute(owner.kysely)
    return rows.map(({ part }) => part).join('\n')
  } finally {
    await owner.close()
  }
}
