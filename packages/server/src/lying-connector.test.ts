// A connector that repeats, delays, reorders and lies about use: in the end records, rated lines, the claim they allow and
// the books are those of a connector that said everything once and in order. A lie about what is known changes nothing and
// is put before people.
import { must, testCity, testFirm, usedSacct, type TestCity } from '@suanquan/testkit'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { accountsOf, sql } from './index.ts'

const RUNS = process.env['SUANQUAN_FULL'] === '1' ? 25 : 3

interface Voucher {
  readonly city: TestCity
  readonly id: string
}

async function voucherIn(city: TestCity): Promise<Voucher> {
  const firm = await testFirm(city)
  const { id } = await firm.submitted('HT-FEED')
  await firm.approve(id, 100_000n)
  await firm.announce([id])
  city.setDay('2024-05-20')
  await city.tick()
  const application = must(await city.as('reviewer').readApplication({ params: { id } }))
  return { city, id: application.voucherId! }
}

const honest = await voucherIn(await testCity())
const lying = await voucherIn(await testCity())
afterAll(async () => {
  await honest.city.stop()
  await lying.city.stop()
})

interface Snapshot {
  readonly job: number
  /** whole hours so far */
  readonly hours: number
  readonly ended: boolean
}

/** A file of the scheduler with one snapshot; a lie says other cards. */
function fileOf({ job, hours, ended }: Snapshot, cards = 8): Uint8Array {
  const day = `2024-05-${21 + (job % 7)}`
  const whole = usedSacct({ account: 'ht-feed', day, hours, cards, jobId: job })
  if (ended) return whole
  const document = JSON.parse(new TextDecoder().decode(whole)) as {
    jobs: { state: { current: string }; time: { end: number } }[]
  }
  document.jobs[0]!.state.current = 'RUNNING'
  document.jobs[0]!.time.end = 0
  return new TextEncoder().encode(JSON.stringify(document))
}

let files = 0
async function send({ city }: Voucher, bytes: Uint8Array): Promise<number> {
  const file = { name: `sacct-${files++}.json`, mediaType: 'application/json', bytes }
  const query = { organisationId: city.provider.id }
  return must(await city.as('provider').importUsage({ query, file })).conflicts
}

async function stateOf({ city }: Voucher): Promise<unknown> {
  const { kysely } = city.store.database
  const { rows: records } = await sql`
    select identity, record, contract_id is not null as matched from usage_record order by identity`.execute(
    kysely,
  )
  const { rows: lines } = await sql`
    select to_jsonb(r) - 'id' - 'provider_id' - 'contract_id' - 'district' as line
    from rated_line r order by identity, started_at, seconds, units`.execute(kysely)
  return { records, lines }
}

async function balancesOf({ city }: Voucher): Promise<unknown> {
  const { rows } = await sql<{ ledger: number }>`select ledger from ledger.head`.execute(
    city.store.database.kysely,
  )
  const accounts = await accountsOf(city.store.database.kysely, rows[0]!.ledger)
  return accounts
    .map(({ account, balance }) => `${account.code} ${Object.values(balance).map(String).join(' ')}`)
    .sort()
}

let nextJob = 1

test('ends where an honest one ends', async () => {
  const feed = fc.record({
    hours: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 4 }),
    order: fc.infiniteStream(fc.nat()),
    repeats: fc.infiniteStream(fc.integer({ min: 1, max: 3 })),
    lies: fc.infiniteStream(fc.boolean()),
  })
  await fc.assert(
    fc.asyncProperty(feed, async ({ hours, order, repeats, lies }) => {
      const snapshots = hours.flatMap((length) => {
        const job = nextJob++
        return [
          ...(length > 1 ? [{ job, hours: length - 1, ended: false }] : []),
          { job, hours: length, ended: true },
        ]
      })
      for (const snapshot of snapshots) expect(await send(honest, fileOf(snapshot))).toBe(0)
      const shuffled = snapshots
        .map((snapshot) => ({ snapshot, at: order.next().value as number }))
        .toSorted((left, right) => left.at - right.at)
      for (const { snapshot } of shuffled) {
        const times = repeats.next().value as number
        for (let time = 0; time < times; time++) expect(await send(lying, fileOf(snapshot))).toBe(0)
        if (lies.next().value === true) expect(await send(lying, fileOf(snapshot, 80))).toBe(1)
      }
      expect(await stateOf(lying)).toEqual(await stateOf(honest))
    }),
    { numRuns: RUNS, seed: 20_260_101, endOnFailure: true },
  )
  expect(await balancesOf(lying)).toEqual(await balancesOf(honest))
})

test('lines of use that did not change stay the rows they are when more use comes', async () => {
  const idsOf = async (): Promise<readonly string[]> => {
    const rows = await honest.city.store.database.kysely.selectFrom('rated_line').select('id').execute()
    return rows.map(({ id }) => id)
  }
  await send(honest, fileOf({ job: nextJob++, hours: 2, ended: true }))
  const before = await idsOf()
  await send(honest, fileOf({ job: nextJob++, hours: 3, ended: true }))
  const after = await idsOf()
  expect(after.length).toBeGreaterThan(before.length)
  expect(after).toEqual(expect.arrayContaining([...before]))
})
