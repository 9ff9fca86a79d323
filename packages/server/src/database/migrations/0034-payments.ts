// Reason: a batch is paid by files that a treasury or a bank reads, and answered line by line. What a fund's payments carry
// beside payee and amount is set in versions; each line has an instruction id that is used once; what the bank answered is
// kept as it came, and money that comes back later is an answer of its own. Of a clawback one write-off is proposed at a time.
import { sql, type Kysely } from 'kysely'

const place = 'jurisdiction text not null, district text not null'

const statements = `
create table treasury_profile (
  fund_id uuid not null references fund (id), version int not null check (version > 0), ${place}, profile jsonb not null,
  reason text not null, set_by uuid not null references person, set_at timestamptz not null,
  primary key (fund_id, version));
alter table organisation add column bank_code text check (bank_code ~ '^[0-9]{12}$');
alter table disbursement add column treasury_version int;
alter table disbursement add column treasury jsonb;
alter table disbursement add column record_sm3 text;
alter table disbursement add column signing_key text;
alter table disbursement add column signature bytea check (octet_length(signature) = 64);
alter table disbursement_line add column instruction_id text;
alter table disbursement_line add column payee_credit_code text;
alter table disbursement_line add column bank_code text;
update disbursement_line line set payee_credit_code = claim.payee_credit_code, instruction_id = numbered.id
  from claim, (select l.disbursement_id, l.claim_id, d.number || '-' || lpad((row_number() over (
      partition by l.disbursement_id order by c.number))::text, 4, '0') as id
    from disbursement_line l join disbursement d on d.id = l.disbursement_id join claim c on c.id = l.claim_id) numbered
  where claim.id = line.claim_id and numbered.disbursement_id = line.disbursement_id and numbered.claim_id = line.claim_id;
alter table disbursement_line alter column instruction_id set not null;
alter table disbursement_line alter column payee_credit_code set not null;
create unique index disbursement_line_instruction on disbursement_line (instruction_id);
create index disbursement_line_claim on disbursement_line (claim_id);
create table bank_file (
  id uuid primary key, ${place}, disbursement_id uuid not null references disbursement, file_name text not null,
  format text not null, sha256 text not null, recorded_by uuid not null references person,
  recorded_at timestamptz not null);
create index bank_file_disbursement on bank_file (disbursement_id);
create table bank_answer (
  id uuid primary key, ${place}, disbursement_id uuid not null, claim_id uuid not null,
  outcome text not null check (outcome in ('paid', 'returned')), amount_fen bigint not null check (amount_fen > 0),
  on_day date not null, reference text not null, reason text, file_id uuid references bank_file,
  recorded_by uuid references person, recorded_at timestamptz not null,
  foreign key (disbursement_id, claim_id) references disbursement_line, check ((outcome = 'returned') = (reason is not null)));
create index bank_answer_line on bank_answer (disbursement_id, claim_id);
create index bank_answer_reference on bank_answer (reference);
create unique index bank_answer_once on bank_answer (disbursement_id, claim_id, outcome);
insert into bank_answer (id, jurisdiction, district, disbursement_id, claim_id, outcome, amount_fen, on_day, reference, reason,
    file_id, recorded_by, recorded_at)
  select md5(line.disbursement_id::text || line.claim_id::text)::uuid, line.jurisdiction, line.district, line.disbursement_id,
    line.claim_id, line.state, line.amount_fen, batch.paid_on, coalesce(batch.bank_reference, ''),
    case line.state when 'returned' then coalesce(line.return_reason, '') end, null, null, batch.approved_at
  from disbursement_line line join disbursement batch on batch.id = line.disbursement_id
  where line.state in ('paid', 'returned') and batch.paid_on is not null;
drop index clawback_write_off;
create unique index clawback_write_off on clawback_recovery (clawback_id) where state = 'proposed' and kind = 'write_off';
grant select, insert on treasury_profile, bank_file, bank_answer to suanquan_app
`

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`set local search_path = suanquan`.execute(database)
  for (const statement of statements.split(';\n')) await sql.raw(statement).execute(database)
}
