// The schema stays inside what shards, replicates and is backed up: read from PostgreSQL's own catalogue, so that no
// migration can slip past. Each rule is shown to fail on a planted offence, or it would prove nothing.
import { testDatabase } from '@suanquan/testkit'
import { afterAll, expect, test } from 'vitest'
import { openSession } from './index.ts'

interface Rule {
  readonly says: string
  /** one row an offence */
  readonly offences: string
  /** each must make the rule fail */
  readonly plants: readonly string[]
}

const OURS = `pg_get_userbyid(n.nspowner) = 'suanquan_owner' and n.nspname <> 'migration'`
const TABLES = `pg_class c join pg_namespace n on n.oid = c.relnamespace and c.relkind in ('r', 'p') and ${OURS}`

const rules: readonly Rule[] = [
  {
    says: '`ledger` leads every key and index of the ledger, so that it shards by fund',
    offences: `select i.indexrelid::regclass as what from ${TABLES} join pg_index i on i.indrelid = c.oid
      join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
      where n.nspname = 'ledger' and a.attname <> 'ledger'
      union all select i.indexrelid::regclass from ${TABLES} join pg_index i on i.indrelid = c.oid
      where n.nspname = 'ledger' and i.indkey[0] = 0`,
    plants: [
      'create unique index planted on ledger.posting (id)',
      'create index planted on ledger.posting (document)',
      'create index planted on ledger.posting ((amount + 1))',
      'alter table ledger.account add constraint planted unique (id, ledger)',
    ],
  },
  {
    says: 'the ledger has no triggers: distributed tables refuse them, and rules that hide there are not read',
    offences: `select t.tgname as what from ${TABLES} join pg_trigger t on t.tgrelid = c.oid
      where n.nspname = 'ledger' and not t.tgisinternal`,
    plants: [
      `create trigger planted before update on ledger.posting for each row execute function suppress_redundant_updates_trigger()`,
    ],
  },
  {
    says: 'every function names its search_path or was bound to its names when it was made: others have another path',
    offences: `select p.oid::regprocedure as what from pg_proc p join pg_namespace n on n.oid = p.pronamespace and ${OURS}
      where p.prosqlbody is null and not exists (select from unnest(p.proconfig) as setting where setting like 'search_path=%')`,
    plants: [
      `create function ledger.planted() returns int language sql as 'select 1'`,
      `create function suanquan.planted() returns int language sql set jit = off as 'select 1'`,
    ],
  },
  {
    says: 'no default takes the time or a random number from the server',
    offences: `select format('%s.%s', c.oid::regclass, a.attname) as what from ${TABLES}
      join pg_attrdef d on d.adrelid = c.oid join pg_attribute a on a.attrelid = c.oid and a.attnum = d.adnum
      where pg_get_expr(d.adbin, d.adrelid) ~* '\\m(current_(date|time|timestamp)|localtime(stamp)?)\\M'
        or exists (select from regexp_matches(pg_get_expr(d.adbin, d.adrelid), '(\\w+)\\(', 'g') as called(name)
          join pg_proc p on p.proname = called.name[1] and p.provolatile <> 'i' and a.attgenerated = '')`,
    plants: [
      'create table suanquan.planted (id int primary key, at timestamptz default now())',
      'create table suanquan.planted (id int primary key, at date default current_date)',
      'create table suanquan.planted (id uuid primary key default gen_random_uuid())',
      'create table suanquan.planted (id int primary key, at timestamptz default clock_timestamp())',
      'create table ledger.planted (ledger serial primary key)',
    ],
  },
  {
    says: 'no foreign key joins the ledger with anything else: they live on different machines one day',
    offences: `select k.conname as what from pg_constraint k join pg_class f on f.oid = k.conrelid
      join pg_class t on t.oid = k.confrelid where k.contype = 'f'
      and (f.relnamespace = 'ledger'::regnamespace) <> (t.relnamespace = 'ledger'::regnamespace)`,
    plants: [
      'alter table ledger.head add column planted uuid references suanquan.person',
      'create table suanquan.planted (ledger int primary key references ledger.head)',
    ],
  },
  {
    says: 'nothing in the ledger counts by a sequence: numbers without gaps come from the head',
    offences: `select c.relname as what from pg_class c where c.relkind = 'S' and c.relnamespace = 'ledger'::regnamespace`,
    plants: [
      'create table ledger.planted (ledger int, id bigint generated always as identity, primary key (ledger, id))',
    ],
  },
  {
    says: 'every table has a primary key: a replica follows it and a backup is ordered by it',
    offences: `select c.oid::regclass as what from ${TABLES}
      where not exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary)`,
    plants: ['create table suanquan.planted (id int)'],
  },
  {
    says: 'the application reads the ledger and asks `ledger.post`; it writes nothing itself',
    offences: `select format('%s %s', c.oid::regclass, right_) as what
      from ${TABLES}, unnest(array['insert', 'update', 'delete', 'truncate', 'references', 'trigger']) as right_
      where n.nspname = 'ledger' and has_table_privilege('suanquan_app', c.oid, right_)`,
    plants: [
      'grant update on ledger.account to suanquan_app',
      'grant insert on ledger.posting to suanquan_app',
      'grant truncate on ledger.rejection to suanquan_app',
    ],
  },
  {
    says: 'the plan of `ledger.post` hangs on no statistics',
    offences: `select wanted as what from unnest(array['enable_seqscan=off', 'enable_hashjoin=off', 'enable_mergejoin=off',
        'jit=off', 'plan_cache_mode=force_generic_plan']) as wanted
      where not exists (select from pg_proc p where p.oid = 'ledger.post'::regproc and wanted = any (p.proconfig))`,
    plants: [
      'alter function ledger.post reset jit',
      'alter function ledger.post set plan_cache_mode = force_custom_plan',
    ],
  },
]

const { address, drop } = await testDatabase()
const owner = await openSession({ ...address, role: 'owner' })
afterAll(async () => {
  await owner.end()
  await drop()
})

async function offencesOf({ offences }: Rule): Promise<readonly unknown[]> {
  return (await owner.query<{ what: string }>(offences)).rows.map(({ what }) => what)
}

test.each(rules)('$says', async (rule) => {
  expect(await offencesOf(rule)).toEqual([])
  for (const plant of rule.plants) {
    await owner.query('begin')
    await owner.query(plant)
    expect([plant, (await offencesOf(rule)).length]).not.toEqual([plant, 0])
    await owner.query('rollback')
  }
})
