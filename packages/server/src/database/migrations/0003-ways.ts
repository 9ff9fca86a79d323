// Reason: ways in which a voucher is not the only thing that is paid on. A claim names whom it pays and may have no
// voucher (direct support after use); a deduction at billing keeps what it drew, to be taken back as it was made; the proofs of an application after use are used up as those of a claim are.
import { sql, type Kysely } from 'kysely'

const statements = [
  `alter table claim alter column voucher_id drop not null`,
  `alter table claim add column payee_id uuid references organisation, add column payee_credit_code text`,
  `update claim set payee_id = voucher.holder_id, payee_credit_code = voucher.holder_credit_code
     from voucher where voucher.id = claim.voucher_id`,
  `alter table claim alter column payee_id set not null, alter column payee_credit_code set not null`,
  `alter table claim add column deducted_fen bigint check (deducted_fen > 0), add column drawn_caps jsonb,
     add column claimed_at timestamptz`,
  `create index claim_payee on claim (payee_id)`,
  `create index claim_application on claim (application_id)`,
  `create table application_evidence (
     application_id uuid not null references application, kind text not null check (kind in ('invoice', 'payment')),
     number text not null, jurisdiction text not null, district text not null,
     used_fen bigint not null check (used_fen >= 0), primary key (application_id, kind, number))`,
  `create index application_evidence_number on application_evidence (kind, number)`,
  `grant select, insert, update, delete on application_evidence to suanquan_app`,
]

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`set local search_path = suanquan`.execute(database)
  for (const statement of statements) await sql.raw(statement).execute(database)
}
