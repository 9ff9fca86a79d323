// What must hold after anything at all: the journal is proved, every decision replays, documents and ledger say the
// same to the fen; and what must not change when a request is refused: any row but the trail.
import {
  agreementOf,
  connect,
  publishedKeys,
  replayDecisions,
  sql,
  verifyLedger,
  verifySeals,
  type Database,
} from '@suanquan/server'
import type { TestDatabase } from './test-database.ts'

/** Everything that is wrong with a store; empty when nothing is. */
export async function faultsIn(database: Database): Promise<string[]> {
  const proofs = await verifyLedger(database)
  const findings = proofs.flatMap((proof) =>
    proof.findings.map(({ check, detail }) => `ledger ${proof.fund.ledger} ${check}: ${detail}`),
  )
  const { differences } = await replayDecisions(database)
  const replays = differences.map(({ kind, objectId }) => `the ${kind} of ${objectId} does not replay`)
  const disagreements = (await agreementOf(database.kysely))
    .filter(({ documentsFen, ledgerFen }) => documentsFen !== ledgerFen)
    .map(
      ({ id, documentsFen, ledgerFen }) => `${id}: ${documentsFen} in documents, ${ledgerFen} in the ledger`,
    )
  return [...findings, ...replays, ...disagreements, ...(await faultsInSeals(database))]
}

/** Seals against the journal; and keys: each but the first was signed by one before it. */
async function faultsInSeals(database: Database): Promise<string[]> {
  const faults = (await verifySeals(database)).flatMap(({ fund, findings }) =>
    findings.map(({ number, fault, detail }) => `fund ${fund.ledger} seal ${number} ${fault}: ${detail}`),
  )
  const strangers = (await publishedKeys(database.kysely))
    .slice(1)
    .filter(({ replaces }) => replaces === null)
  return [...faults, ...strangers.map(({ id }) => `the signing key ${id} has nobody who vouches for it`)]
}

/** Whose each voucher is: by its document, and by the identity of its account in the ledger. */
export async function holdersOf(store: TestDatabase): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ voucher: string; holder: string }>`
    select 'document ' || id as voucher, holder_id || ' ' || holder_credit_code || ' ' || number as holder from voucher
    union all select 'account ' || id, holder || ' ' || reference from ledger.account where code = 4`.execute(
    store.database.kysely,
  )
  return new Map(rows.map(({ voucher, holder }) => [voucher, holder]))
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
    // the server may read the tables in any order
    return rows
      .map(({ part }) => part)
      .toSorted()
      .join('\n')
  } finally {
    await owner.close()
  }
}
