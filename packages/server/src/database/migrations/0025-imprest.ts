// Reason: where providers deduct at billing they may be advanced money before they claim (备用金). An advance and its return are
// acts of the fund by two people; a claim knows what was drawn for it and what of that is neither filled again nor put
// back. The ledger learns the postings and the three accounts of an imprest, beside those that it knows.
import { sql, type Kysely } from 'kysely'

const documents = `
alter table fund_act add column provider_id uuid references organisation, add column return_by date;
alter table claim add column imprest_fen bigint not null default 0, add column imprest_left_fen bigint not null default 0;
alter table claim add constraint claim_imprest check (imprest_left_fen between 0 and imprest_fen),
  add constraint claim_imprest_of_deduction check (imprest_fen <= coalesce(deducted_fen, 0));
create index fund_act_provider on fund_act (provider_id) where provider_id is not null
`

/** The checks that name kinds of acts are said again with the two that come. */
const acts = `
do $$
declare
  v_name text;
begin
  for v_name in select conname from pg_constraint where conrelid = 'suanquan.fund_act'::regclass
      and (contype = 'u' or (contype = 'c' and (pg_get_constraintdef(oid) like '%adoption_id IS NOT NULL%'
        or pg_get_constraintdef(oid) like '%paid_on IS NOT NULL%' or conname = 'fund_act_kind_check')))
  loop execute format('alter table suanquan.fund_act drop constraint %I', v_name); end loop;
end $$;
alter table fund_act
  add constraint fund_act_kind_check check (kind in ('appropriate', 'withdraw', 'allot', 'take_back', 'set_aside', 'put_back',
    'spend', 'management_share', 'shared_cap', 'advance', 'return_advance')),
  add constraint fund_act_once unique nulls not distinct (fund, kind, document_number, adoption_id, payee, provider_id),
  add constraint fund_act_adoption check ((kind in ('allot', 'take_back', 'advance', 'return_advance')) = (adoption_id is not null)),
  add constraint fund_act_paid_on check ((kind in ('spend', 'advance', 'return_advance')) = (paid_on is not null)),
  add constraint fund_act_of_provider check ((kind in ('advance', 'return_advance')) = (provider_id is not null)),
  add constraint fund_act_return_by check ((kind = 'advance') = (return_by is not null)),
  add constraint fund_act_returns_after check (return_by >= paid_on)
`

const TRIPLES = [2008041, 8009042, 9008043, 9008044, 9010045, 8002046, 10002046]

/** Triples are added to those that are there, whatever migration put them there. */
const triples = `
do $$
begin
  execute format('create or replace function ledger.triples() returns int[] immutable parallel safe
    set search_path = pg_catalog, pg_temp return %L::int[]', ledger.triples() || array[${TRIPLES.join(', ')}]);
end $$`

const floors = `
alter table ledger.account drop constraint debits_within_credits, drop constraint credits_within_debits,
  drop column floor;
alter table ledger.account
  add column floor smallint not null generated always as (case
    when code in (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 22, 23, 31, 32) then 1 when code in (1, 11, 21) then 2 end) stored,
  add constraint debits_within_credits check (floor <> 1 or debits_pending + debits_posted <= credits_posted),
  add constraint credits_within_debits check (floor <> 2 or credits_pending + credits_posted <= debits_posted)
`

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`set local search_path = suanquan`.execute(database)
  const [before, after] = acts.split('end $$;')
  for (const statement of [
    ...documents.split(';\n'),
    `${before!}end $$`,
    after!,
    triples,
    ...floors.split(';\n'),
  ])
    if (statement.trim() !== '') await sql.raw(statement).execute(database)
}
