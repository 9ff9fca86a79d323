// Would the tests notice? Guards of `ledger.post` are found in its text as the database keeps it: every lock, order,
// refusal of a malformed call, judgement, and what is written at the end. Each is taken away once, and a small suite
// must then end in a difference, an error or a finding of the proof: malformed calls, many clients on a fresh fund,
// a random history against the specification.
import { hex, seededRandom, type Random } from '@suanquan/core'
import { startOf } from '@suanquan/core/calendar'
import { emptyJournal, post as postInModel } from '@suanquan/core/ledger'
import { ledgerWorld, testDatabase, testFund, type TestFund } from '@suanquan/testkit'
import { afterAll, expect, test } from 'vitest'
import { connect, fundsOf, ledgerHash, post, sql, verifyLedger, type Database } from './index.ts'

const full = process.env['SUANQUAN_FULL'] === '1'
const CLIENTS = 8
const moment = startOf('2024-03-01')

const { address, drop } = await testDatabase()
const owner = connect({ ...address, role: 'owner', connections: 1 })
const superuser = connect({ ...address, connections: 1 })
// a mutant that never ends is one that lets something through
await sql.raw(`alter database ${address.database} set statement_timeout = '30s'`).execute(superuser.kysely)
await superuser.close()
afterAll(async () => {
  await owner.close()
  await drop()
})

const healthy = await sql<{ source: string }>`select pg_get_functiondef('ledger.post'::regproc) as source`
  .execute(owner.kysely)
  .then(({ rows }) => rows[0]!.source)

interface Mutant {
  readonly name: string
  readonly source: string
}

/** Each place where the text has a guard of a kind, and what it becomes without it. */
const guards: readonly (readonly [kind: string, at: RegExp, without: (found: string) => string])[] = [
  ['a lock', / for update/g, () => ''],
  ['an order is turned round', /order by [ic]\.o/g, (found) => `${found} desc`],
  ['a malformed call is let through', /raise exception '[^']*'/g, () => 'null'],
  ['a judgement', /when (?=[vid.][^\n]*? then \d)/g, (found) => `${found}false and `],
  ['what is there is opened again', / *on conflict \([^)]*\) do nothing/g, () => ''],
  ['a floor', /v_floor\[[ab]\] = [12] and/g, () => 'false and'],
  [
    'what a refused set did stays',
    /v_(d|c)(d|p|c)\[[ab]\] - v_p(ost|end)\[k\]/g,
    (found) => found.split(' ')[0]!,
  ],
  ['a clock may run backwards', /greatest\(/g, () => 'least('],
  ['days end elsewhere', /interval '8 hours'/g, () => "interval '0 hours'"],
  [
    'the head forgets',
    /(?<=update head set .*)(next_seq = v_seq|at = v_at|chain = v_chain)/g,
    (found) => found.replace(/= .*/, `= ${found.split(' ')[0]}`),
  ],
  ['the chain forgets', /(?<=v_chain := sha256\(.*)(v_chain \|\| |v_prefix \|\| |v_suffix \|\| )/g, () => ''],
  ['a taken id is not told', /when -2 then 2/g, () => 'when -2 then 0'],
  ['a known id is not known', /v_known or v_first\[k\] <> -1/g, () => 'v_known'],
  [
    'a first answer is forgotten',
    /v_refused := (v_refused or v_first\[k\] = -1|true)/g,
    () => 'v_refused := v_refused',
  ],
]

const mutants: readonly Mutant[] = guards.flatMap(([kind, at, without]) =>
  [...healthy.matchAll(at)].map((match, index) => {
    const [found] = match
    const [before, after] = [healthy.slice(0, match.index), healthy.slice(match.index + found.length)]
    const line = `${before.slice(before.lastIndexOf('\n') + 1)}${found}${after.split('\n', 1)[0]}`.trim()
    return { name: `${kind} (${index + 1}): ${line.slice(0, 90)}`, source: before + without(found) + after }
  }),
)
const EVERY = full ? 1 : 8
const sampled = mutants.filter((_, index) => index % EVERY === 0)

test('every kind of guard is still in the text', () => {
  for (const [kind, at] of guards) expect([kind, healthy.match(at)?.length ?? 0]).not.toEqual([kind, 0])
})

let ledgers = 1
test('the healthy function passes the suite', async () => expect(await suite()).toBe('no difference'))

test.each(sampled)('is noticed: $name', async ({ source }) => {
  await sql.raw(source).execute(owner.kysely)
  const found = await suite()
  await sql.raw(healthy).execute(owner.kysely)
  expect(found).not.toBe('no difference')
})

async function suite(): Promise<string> {
  // fresh connections: no plan of another mutant
  const database = connect({ ...address, role: 'app', connections: CLIENTS })
  try {
    return (
      (await malformed(database)) ??
      (await crowd(database)) ??
      (await stranger(database)) ??
      (await history(database)) ??
      'no difference'
    )
  } catch (error) {
    return `an error: ${error instanceof Error ? error.message : String(error)}`
  } finally {
    await database.close()
  }
}

/** Calls that only a broken client makes: each must raise. */
async function malformed(database: Database): Promise<string | null> {
  const fund = testFund(seededRandom('malformed'), ledgerHash, ledgers++)
  await database.transaction((tx) => post(tx, fund.funding(moment, 1000n, ['A', 'B'])))
  const ids = [1, 2].map(() => fund.move('issue', [fund.pool, fund.voucher('A')], 1n).id)
  const known = fund.move('issue', [fund.pool, fund.voucher('A')], 1n)
  await database.transaction((tx) => post(tx, { ...fund, moment, sets: [[known]] }))
  const call = (asked: {
    id?: readonly string[]
    link?: string
    links?: string
    place?: string
  }): unknown => {
    const { id = ids, link = '{0,0}', links = '{1,1}', place = '110000' } = asked
    const of = (value: string): string => `{${id.map(() => value).join(',')}}`
    const accounts = `{${fund.id(fund.pool)},${fund.id(fund.voucher('A'))}}`
    return sql`select results from ledger.post(${fund.ledger}::int, ${place}, ${moment}::bigint, null, '{}',
      ${accounts}::uuid[], ${[...id]}::uuid[], ${of('0')}::smallint[], ${of('1')}::int[], ${of('2')}::int[],
      ${of('1')}::bigint[], ${of('NULL')}::uuid[], ${of('5')}::smallint[], ${of('NULL')}::bigint[], ${[...id]}::uuid[],
      ${of('110000')}::text[], ${link}::smallint[], ${links}::smallint[])`.execute(database.kysely)
  }
  const many = Array.from({ length: 10_001 }, () => fund.move('issue', [fund.pool, fund.pool], 1n).id)
  const all = (value: string): string => `{${many.map(() => value).join(',')}}`
  const calls = [
    { id: [known.id, known.id] },
    { id: many, link: all('0'), links: all('1') },
    { link: '{1,0}' },
    { link: '{0,0}', links: '{2,2}' },
    { link: '{0,1}', links: '{2,1}' },
    { links: '{1,2}' },
    { links: '{0,1}' },
    { place: '440300' },
  ]
  for (const each of calls) {
    const raised = await Promise.resolve(call(each)).then(
      () => false,
      (error: unknown) => !String(error).includes('statement timeout'),
    )
    if (!raised) return `a malformed call passed: ${JSON.stringify(each).slice(0, 80)}`
  }
  return null
}

/** Many clients open and use a fund that nobody has used, then empty its pool. */
async function crowd(database: Database): Promise<string | null> {
  const random = seededRandom('crowd')
  for (let round = 0; round < 3; round++) {
    const fund = testFund(random, ledgerHash, ledgers++)
    const { open } = fund.funding(moment, 40n, ['A'])
    const [treasury, appropriation] = [fund.terms('treasury'), fund.terms('appropriation')]
    const first = Array.from({ length: CLIENTS }, () => [
      fund.move('appropriate', [treasury, appropriation], 5n),
      fund.move('allot', [appropriation, fund.pool], 5n),
    ])
    await Promise.all(
      first.map((set) =>
        database.transaction((tx) => post(tx, { ...fund, open: open!, moment, sets: [set] })),
      ),
    )
    const units = await Promise.all(Array.from({ length: 60 }, () => unit(database, fund, random)))
    if (units.filter((result) => result === 'posted').length !== 40) return 'other than the pool was issued'
    const [proof] = await verifyLedger(database, fund.ledger)
    if (proof!.findings.length > 0) return 'a finding after a crowd'
  }
  return null
}

/** A set that takes up an id already used is refused whole, and the answer to its new id is for good. */
async function stranger(database: Database): Promise<string | null> {
  const fund = testFund(seededRandom('stranger'), ledgerHash, ledgers++)
  await database.transaction((tx) => post(tx, fund.funding(moment, 40n, ['A'])))
  const [known, fresh] = [1n, 2n].map((fen) => fund.move('issue', [fund.pool, fund.voucher('A')], fen))
  const results: string[] = []
  for (const set of [[known!], [known!, fresh!], [fresh!]]) {
    const answers = await database.transaction((tx) => post(tx, { ...fund, moment, sets: [set] }))
    results.push(...answers[0]!.map(({ result }) => result))
  }
  const expected = ['posted', 'id_taken', 'linked_failed', 'id_taken']
  return results.join() === expected.join() ? null : 'another answer to a stranger'
}

async function unit(database: Database, fund: TestFund, random: Random): Promise<string> {
  const sets = [[fund.move('issue', [fund.pool, fund.voucher('A')], 1n)]]
  const answers = await database.transaction((tx) =>
    post(tx, { ...fund, moment: moment + random.int(1000), sets }),
  )
  return answers[0]![0]!.result
}

/** Up to 4,000 postings of one history. */
async function history(database: Database): Promise<string | null> {
  const ledger = ledgers++
  const random = seededRandom('mutants')
  const journal = emptyJournal(ledger, '110000', ledgerHash)
  const world = ledgerWorld(random.fork('world'), journal, moment)
  for (let asked = 0; asked < 4000;) {
    const batch = world.nextBatch(journal)
    const expected = plainly(postInModel(journal, batch))
    if (plainly(await database.transaction((tx) => post(tx, batch))) !== expected) return 'another answer'
    const head = (await fundsOf(database.kysely)).find((fund) => fund.ledger === ledger)!
    if (hex(head.chain) !== hex(journal.chain)) return 'another chain'
    asked += batch.sets.flat().length
  }
  const [proof] = await verifyLedger(database, ledger)
  return proof!.findings.length > 0 ? 'a finding' : null
}

function plainly(answers: unknown): string {
  return JSON.stringify(answers, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value))
}
