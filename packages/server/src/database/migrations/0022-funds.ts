// Reason: several programmes may be paid from one fund. What they share (an appropriation, a yearly cap of a firm, the
// cost of managing them) belongs to the fund, is changed by two people, and is closed year by year. The ledger learns the
// postings of management cost and of the year's end; what comes home finds a closed account shut like all else does.
import { sql, type Kysely } from 'kysely'

const place = 'jurisdiction text not null, district text not null'
const twoPeople = `proposed_by uuid not null references person, proposed_at timestamptz not null,
  decided_by uuid references person, decided_at timestamptz, decision_reason text,
  check (decided_by is null or decided_by <> proposed_by), check ((decided_by is null) = (decided_at is null)),
  check ((state = 'proposed') = (decided_by is null))`
const ground = 'document_number text not null, document_on date not null, reason text not null'

const funds = `
create table fund (number int primary key, id uuid not null unique, ${place}, open_year int);
insert into fund (number, id, jurisdiction, district) select fund, id, jurisdiction, district from adoption;
alter table adoption drop constraint adoption_fund_key, add constraint adoption_fund_programme unique (fund, programme_id),
  add constraint adoption_fund foreign key (fund) references fund;
create table fund_act (
  id uuid primary key, ${place}, fund int not null references fund, adoption_id uuid references adoption,
  kind text not null check (kind in ('appropriate', 'withdraw', 'allot', 'take_back', 'set_aside', 'put_back', 'spend',
    'management_share', 'shared_cap')),
  amount_fen bigint check (amount_fen > 0), share_numerator int, share_denominator int, year int, payee text, paid_on date,
  ${ground}, state text not null check (state in ('proposed', 'approved', 'refused')), ${twoPeople},
  unique nulls not distinct (fund, kind, document_number, adoption_id, payee),
  check ((kind in ('allot', 'take_back')) = (adoption_id is not null)),
  check ((kind = 'shared_cap') = (year is not null)), check ((kind = 'spend') = (payee is not null)),
  check ((kind = 'spend') = (paid_on is not null)), check ((kind = 'management_share') = (amount_fen is null)),
  check ((kind = 'management_share') = (share_numerator is not null)),
  check ((share_numerator is null) = (share_denominator is null)),
  check (share_numerator between 0 and share_denominator));
comment on column fund_act.payee is 'personal: name';
create unique index fund_act_cap on fund_act (fund, year) where kind = 'shared_cap' and state = 'approved';
create table year_close (
  id uuid primary key, ${place}, fund int not null references fund, year int not null, rules jsonb not null,
  statement jsonb, ${ground}, state text not null check (state in ('proposed', 'approved', 'refused')), ${twoPeople},
  check ((state = 'approved') = (statement is not null)));
create unique index year_close_once on year_close (fund, year) where state <> 'refused';
grant select, insert, update on fund, fund_act, year_close to suanquan_app
`

const ledger = `
create or replace function ledger.triples() returns int[] immutable parallel safe
set search_path = pg_catalog, pg_temp
return array[
  1002001, 2001002, 2003003, 3003003, 3002004, 3004005, 4005006, 3005007, 5006008, 6005009, 5004010, 5003011,
  4003012, 4003013, 4003014, 6007015, 7006016, 7001017, 1007020,
  11012021, 21022021, 12013022, 22023022, 13012023, 23022023, 12011024, 22021024,
  2031031, 31002032, 31032033, 2002034, 3003034, 31031034, 2001035, 3001035, 31001035];
create or replace function ledger.return_codes() returns smallint[] immutable parallel safe
set search_path = pg_catalog, pg_temp
return array[12, 13, 14, 34, 35]::smallint[];
alter table ledger.account drop constraint debits_within_credits, drop constraint credits_within_debits,
  drop column floor;
alter table ledger.account
  add column floor smallint not null generated always as (case when code in (2, 3, 4, 5, 6, 7, 12, 13, 22, 23, 31, 32) then 1
    when code in (1, 11, 21) then 2 end) stored,
  add constraint debits_within_credits check (floor <> 1 or debits_pending + debits_posted <= credits_posted),
  add constraint credits_within_debits check (floor <> 2 or credits_pending + credits_posted <= debits_posted)
`

/** `ledger.post` as it stands, one condition changed: a return leaves a closed account, but comes into none. */
const shut = `
do $$
declare
  v_before text := pg_get_functiondef('ledger.post'::regproc);
  v_after text := replace(v_before, 'when v_closed[i.y] and i.code <> all (v_returns) then 15', 'when v_closed[i.y] then 15');
begin
  if v_after = v_before then raise exception 'ledger.post judges closed accounts otherwise'; end if;
  execute v_after;
end $$`

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`set local search_path = suanquan`.execute(database)
  for (const statement of [...funds.split(';\n'), ...ledger.split(';\n')])
    if (statement.trim() !== '') await sql.raw(statement).execute(database)
  await sql.raw(shut).execute(database)
}
