// Reason: what registers say is kept version by version and imported in files that are checked before they count; a
// provider confirms the contracts it is named in; somebody who leaves announces it; and what changes the rules of a site
// keeps its reason. Organisations that are there already become the first version of the business register.
import { sql, type Kysely } from 'kysely'

const place = 'jurisdiction text not null, district text not null'

const statements = [
  `create table import_check (
     id uuid primary key, ${place}, kind text not null, source text not null, as_of date not null,
     file_name text not null, format text not null, sha256 text not null, bytes int not null,
     checked_by uuid references person, checked_at timestamptz not null, counts jsonb not null, ignored jsonb not null,
     plan_hash text not null, rows jsonb not null, taken text check (taken in ('all', 'good')),
     confirmed_by uuid references person, confirmed_at timestamptz,
     check ((taken is null) = (confirmed_at is null)))`,
  `create index import_check_at on import_check (checked_at)`,
  `comment on column import_check.rows is 'personal: account'`,
  `create table register_entry (
     id uuid primary key, ${place}, organisation_id uuid not null references organisation,
     register text not null check (register in ('business', 'credit', 'tax', 'social_insurance')),
     source text not null, as_of date not null, import_id uuid references import_check,
     imported_at timestamptz not null, version int not null check (version > 0), facts jsonb not null,
     unique (organisation_id, register, version))`,
  `create index register_entry_organisation on register_entry (organisation_id, register, as_of, version)`,
  `insert into register_entry (id, jurisdiction, district, organisation_id, register, source, as_of, imported_at, version, facts)
     select id, jurisdiction, district, id, 'business', source, as_of, updated_at, 1, jsonb_build_object(
       'name', name, 'kind', kind, 'independentLegalPerson', independent_legal_person, 'region', region,
       'status', status, 'industry', industry, 'establishedOn', to_char(established_on, 'YYYY-MM-DD'),
       'employees', employees, 'revenueFen', revenue_fen::text, 'assetsFen', assets_fen::text,
       'dishonestWithinThreeYears', dishonest)
     from organisation`,
  `create table register_limit (
     jurisdiction text not null, district text not null, register text not null, max_age_days int check (max_age_days > 0),
     changed_by uuid references person, changed_at timestamptz not null, reason text not null,
     primary key (jurisdiction, register))`,
  `create table contract_statement (
     id uuid primary key, ${place}, contract_id uuid not null references service_contract, position int not null,
     outcome text not null check (outcome in ('confirmed', 'corrected', 'refused', 'accepted')),
     terms_hash text not null, terms jsonb not null, corrected jsonb, reason text, said_by uuid not null references person,
     said_at timestamptz not null, unique (contract_id, position))`,
  `create table leave_announcement (
     id uuid primary key, ${place}, person_id uuid not null references person,
     organisation_id uuid not null references organisation, successor text not null, leaves_on date not null,
     reason text not null, announced_at timestamptz not null,
     state text not null check (state in ('open', 'approved', 'refused', 'withdrawn')),
     hand_over_id uuid references hand_over, decided_by uuid references person, decided_at timestamptz,
     decision_reason text)`,
  `create unique index leave_announcement_open on leave_announcement (person_id, organisation_id) where state = 'open'`,
  `comment on column leave_announcement.successor is 'personal: name'`,
  `comment on column leave_announcement.reason is 'personal: free text'`,
  `create table site_event (
     id uuid primary key, ${place}, at timestamptz not null, event text not null, detail jsonb not null,
     reason text not null, done_by uuid references person)`,
  `alter table site_setting add column contracts_confirmed boolean not null default false`,
  `grant select, insert, update, delete on import_check, register_limit, leave_announcement to suanquan_app`,
  `grant select, insert on register_entry, contract_statement, site_event to suanquan_app`,
]

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`set local search_path = suanquan`.execute(database)
  for (const statement of statements) await sql.raw(statement).execute(database)
}
