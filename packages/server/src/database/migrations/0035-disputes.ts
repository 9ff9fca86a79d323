// Reason: a firm, a centre or the office disputes a rated line, a shortfall of a claim or a month's total of a contract. The
// other side answers within its days, the office decides, the centre corrects its record; while it is open, what is said
// to be too much is held out of payment.
import { sql, type Kysely } from 'kysely'

const place = 'jurisdiction text not null, district text not null'

const statements = `
create table dispute (
  id uuid primary key, ${place}, number text not null unique, adoption_id uuid not null references adoption,
  application_id uuid not null references application, contract_id uuid not null references service_contract,
  organisation_id uuid not null references organisation, provider_id uuid not null references organisation,
  claim_id uuid references claim, month text not null, subject text not null check (subject in ('line', 'shortfall', 'total')),
  subject_ref text not null, direction text not null check (direction in ('too_much', 'too_little')),
  disputed_fen bigint not null check (disputed_fen > 0), rated_fen bigint not null, reason text not null,
  attachments jsonb not null, opened_side text not null check (opened_side in ('firm', 'provider', 'office')),
  opened_by uuid not null references person, opened_at timestamptz not null, state text not null,
  answer_by date not null, answer_provisional boolean not null, answer text, answered_at timestamptz,
  upheld_fen bigint check (upheld_fen between 0 and disputed_fen), decision_reason text,
  decided_by uuid references person, decided_at timestamptz,
  check ((subject = 'shortfall') = (claim_id is not null)), check (subject <> 'shortfall' or direction = 'too_little'),
  check ((decided_at is null) = (upheld_fen is null)));
create unique index dispute_open on dispute (contract_id, month, subject, subject_ref)
  where state in ('opened', 'answered', 'correcting');
create index dispute_organisation on dispute (organisation_id);
create index dispute_provider on dispute (provider_id);
comment on column dispute.reason is 'personal: free text';
comment on column dispute.answer is 'personal: free text';
comment on column dispute.decision_reason is 'personal: free text';
grant select, insert, update on dispute to suanquan_app
`

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`set local search_path = suanquan`.execute(database)
  for (const statement of statements.split(';\n')) await sql.raw(statement).execute(database)
}
