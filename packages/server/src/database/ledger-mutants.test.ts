// Would the tests notice? Each line below plants one fault into `ledger.post` and runs the differential history again:
// it must end in a difference, an error of the database, or a finding of the proof.
import { hex, seededRandom } from '@suanquan/core'
import { startOf } from '@suanquan/core/calendar'
import { emptyJournal, post as postInModel } from '@suanquan/core/ledger'
import { ledgerWorld, testDatabase } from '@suanquan/testkit'
import { afterAll, expect, test } from 'vitest'
import { connect, fundsOf, ledgerHash, post, sql, verifyLedger } from './index.ts'

const { database, address, drop } = await testDatabase()
const owner = connect({ ...address, role: 'owner', connections: 1 })
afterAll(async () => {
  await owner.close()
  await drop()
})

const healthy = await sql<{ source: string }>`select pg_get_functiondef('ledger.post'::regproc) as source`
  .execute(owner.kysely)
  .then(({ rows }) => rows[0]!.source)

const faults: readonly (readonly [what: string, from: string, to: string])[] = [
  ['the floor of the debit side is not asked', 'v_floor[a] = 1 and', 'false and'],
  ['a taken id passes as posted', 'when -2 then 2', 'when -2 then 0'],
  [
    'fingerprints come in another order',
    'array_agg(c.hash order by c.o)',
    'array_agg(c.hash order by c.o desc)',
  ],
  ['a refused set is not undone', 'v_dd[a] := v_dd[a] - v_post[k]', 'v_dd[a] := v_dd[a]'],
  ['the floor of the credit side is not asked', 'v_floor[b] = 2 and', 'false and'],
  ['a refusal is forgotten', 'else coalesce(j.result, 0)', 'else 0'],
  ['days end at midnight in London', "interval '8 hours'", "interval '0 hours'"],
  ['the clock may run backwards', 'greatest(', 'least('],
  [
    'judgements come in another order',
    'else 0 end)::smallint order by i.o)\n    into',
    'else 0 end)::smallint order by i.o desc)\n    into',
  ],
  [
    'accounts come in another order',
    'coalesce(z.floor, 0::smallint) order by i.o',
    'coalesce(z.floor, 0::smallint) order by i.o desc',
  ],
  ['expired vouchers can be debited', 'when i.kind < 2 and v_expired[i.x]', 'when false and v_expired[i.x]'],
  ['closed accounts take money in', 'when v_closed[i.y]', 'when false and v_closed[i.y]'],
  ['closed accounts give money out', 'when v_closed[i.x]', 'when false and v_closed[i.x]'],
  ['any triple goes', '<> all (v_triples) then 6', '<> all (v_triples) and false then 6'],
  ['a settled hold can be settled again', 'when i.kind >= 2 and d.kind = 2 then 10', 'when false then 10'],
  [
    'a settlement may exceed its hold',
    'when i.kind = 2 and i.amount > r.amount',
    'when false and i.amount > r.amount',
  ],
  ['a hold never expires', 'r.expires_at <= v_at', 'r.expires_at is null'],
  ['a sequence is skipped', 'next_seq = v_seq,', 'next_seq = v_seq + 1,'],
  ['the chain forgets the moment', '|| v_suffix ||', '||'],
  ['sets are told apart by their links only', 'partition by w.o - w.link', 'partition by w.link'],
]
const chosen = process.env['SUANQUAN_FULL'] === '1' ? faults : faults.slice(0, 4)

test('the healthy function passes the same history', async () =>
  expect(await history(1)).toBe('no difference'))

test.each(chosen.map((fault, index) => [index + 2, ...fault] as const))(
  'fault %i is noticed: %s',
  async (ledger, _, from, to) => {
    expect(healthy.split(from).length).toBe(2)
    await sql.raw(healthy.replace(from, () => to)).execute(owner.kysely)
    expect(await history(ledger)).not.toBe('no difference')
    await sql.raw(healthy).execute(owner.kysely)
  },
)

/** Up to 4,000 postings of one history. */
async function history(ledger: number): Promise<string> {
  const random = seededRandom('mutants')
  const journal = emptyJournal(ledger, '110000', ledgerHash)
  const world = ledgerWorld(random.fork('world'), journal, startOf('2024-03-01'))
  for (let asked = 0; asked < 4000;) {
    const batch = world.nextBatch(journal)
    const expected = JSON.stringify(postInModel(journal, batch), plain)
    try {
      const answers = await database.transaction((tx) => post(tx, batch))
      if (JSON.stringify(answers, plain) !== expected) return 'another answer'
    } catch {
      return 'an error'
    }
    const head = (await fundsOf(database.kysely)).find((fund) => fund.ledger === ledger)!
    if (hex(head.chain) !== hex(journal.chain)) return 'another chain'
    asked += batch.sets.flat().length
  }
  const [proof] = await verifyLedger(database, ledger)
  return proof!.findings.length > 0 ? 'a finding' : 'no difference'
}

function plain(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}
