// The ladder and the balances from what really came in: a statement, a contract, runs in a file, hours from an agent.
import { hex, keyId } from '@suanquan/core'
import { HOUR_MS, batchBytes, reduceSamples, writeBatch, type DeviceSample } from '@suanquan/core/metering'
import { startOf } from '@suanquan/core/calendar'
import { ledgerHash, makePem, readPem } from '@suanquan/server'
import { applied, granted, must, testCity, usedSacct } from '@suanquan/testkit'
import { createHash } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'

const city = await testCity({ poolFen: 130_000_000n })
afterAll(() => city.stop())
const { firm, provider } = city
const account = `e${firm.creditCode.toLowerCase()}`
const clerk = city.as('clerk')

const ladder = async (who = 'finance', month = '2024-05') =>
  must(await city.as(who).readLadder({ query: { month } }))
const rungs = (view: Awaited<ReturnType<typeof ladder>>) =>
  Object.fromEntries(view.total.rungs.map(({ name, ...rung }) => [name, rung]))

let jobId = 1
async function use(day: string, hours: number, cards: number) {
  const bytes = usedSacct({ account, day, hours, cards, jobId: jobId++ })
  const file = { name: `${jobId}.json`, bytes, mediaType: 'application/json' }
  return must(await city.as('provider').importUsage({ query: { organisationId: provider.id }, file }))
}

/** An agent that tells what the monitoring of some devices saw. */
async function monitored(samples: readonly DeviceSample[]): Promise<void> {
  const { publicBytes: bytes, sign } = readPem(makePem('Ed25519'))!
  const algorithm = 'Ed25519' as const
  const body = { providerId: provider.id, name: 'gpu', cluster: 'sqtest', algorithm, publicKey: hex(bytes) }
  must(await city.as('provider').enrolFeed({ body }))
  const [from, until] = [samples[0]!.at, samples.at(-1)!.at + HOUR_MS]
  const hours = reduceSamples(samples, { intervalSeconds: 1800, from, until })
  const head = { cluster: 'sqtest', number: 1, madeAt: until, of: 'devices' as const, from, until }
  const text = writeBatch({ ...head, records: [], hours, raw: [] })
  const id = keyId({ algorithm, bytes }, ledgerHash)
  const digest = hex(ledgerSha(text))
  const signature = hex(sign(batchBytes(id, 1, digest)))
  must(await city.anybody.feedUsage({ body: { keyId: id, number: 1, body: text, signature } }))
}

function ledgerSha(text: string): Uint8Array {
  return createHash('sha256').update(text).digest()
}

const sample = (device: string, at: number, busy: number, tensor: number | null): DeviceSample => ({
  device,
  at,
  owner: '',
  busy,
  sm: null,
  tensor,
  memory: null,
  power: null,
  energy: null,
})

describe('the ladder of use', () => {
  test('is unknown on every rung before anything was said', async () => {
    for (const { cardHours, unknownOf } of (await ladder()).total.rungs)
      expect([cardHours, unknownOf]).toEqual([null, 1])
    expect((await ladder()).total.standing).toMatchObject({ sold: null, active: null })
  })

  test('takes each rung from its own feed and tells where a feed knows a part only', async () => {
    const application = await granted(city, await applied(city, 'clerk', firm), '100000000')
    expect(application.state).toBe('granted')
    const lines = [{ chip: 'A100', devices: 1000, soldCardHours: 0, certified: false, downCardHours: 4000 }]
    const statement = { from: '2024-05', months: 3, lines }
    must(await city.as('provider').stateCapacity({ params: { id: provider.id }, body: statement }))
    await use('2024-05-21', 10, 8)
    const at = startOf('2024-05-21')
    // two instances of one card, of which one works; a whole card that works; one that idles
    const devices = ['GPU-1/1', 'GPU-1/2', 'GPU-2', 'GPU-3'].flatMap((device, index) =>
      [0, 1].map((half) =>
        sample(device, at + half * 1_800_000, [90, 0, 60, 1][index]!, [0.5, 0, 0.25, 0][index]!),
      ),
    )
    await monitored(devices)
    const view = await ladder()
    expect(rungs(view)).toMatchObject({
      installed: { cardHours: 744_000, unknownOf: 0, sources: ['statement'] },
      available: { cardHours: 740_000, sources: ['statement'] },
      // 500,000 card-hours over 365 days, 22 of them in May
      sold: { cardHours: Math.round((500_000 / 365) * 22 * 10) / 10, sources: ['statement', 'contracts'] },
      // a file does not say which days it is whole for
      allocated: { cardHours: 80, unknownOf: 1, sources: ['scheduler'] },
      active: { cardHours: 1.5, sources: ['monitoring'] },
      effective: { cardHours: 0.5, sources: ['monitoring'] },
    })
    expect(rungs(view)['active']!.seenShare).toBeCloseTo(3 / 744_000, 4)
    expect(view.centres[0]!.ends).toEqual([{ month: '2025-05', contracts: 1, share: 1 }])
    expect(view.centres[0]!.contradictions).toEqual([])
    expect(view.total.standing.active).toEqual({ share: 0, atLeast: true })
    expect(view.districts.map(({ rungs: own }) => own)).toEqual([view.total.rungs])
  })

  test('is the centre’s own for its engineer, and closed to firms', async () => {
    expect((await ladder('provider')).centres.map(({ id }) => id)).toEqual([provider.id])
    expect(await clerk.readLadder({ query: {} })).toMatchObject({ problem: { code: 'request.forbidden' } })
  })
})

describe('a contract and its voucher run out', () => {
  const titles = async (who: string) =>
    must(await city.as(who).listMessages({ query: { size: 100 } })).items.map(
      ({ title, body }) => `${title.en}: ${/\d+ %/.exec(body.en)?.[0] ?? ''}`,
    )

  test('at three quarters firm and centre are told once, with the pace of the last seven days', async () => {
    await use('2024-05-21', 380, 1000)
    const { items } = must(await clerk.listBalances({ query: {} }))
    expect(items.map(({ kind, percent }) => [kind, percent])).toEqual([
      ['contract', 76],
      ['voucher', 76],
    ])
    const [contract, voucher] = items
    const centres = must(await city.as('provider').listBalances({ query: {} }))
    expect(centres.items.map(({ kind }) => kind)).toEqual(['contract'])
    expect(contract!.told.map(({ percent }) => percent)).toEqual([75])
    // nothing is claimed: all that is used of the voucher is an estimate
    expect(voucher!.openFen).toBe(voucher!.usedFen)
    expect(await titles('clerk')).toEqual(
      expect.arrayContaining([
        'Contract HT-2024-001 is running out: 75 %',
        expect.stringMatching(/^Voucher .* is running out: 75 %$/),
      ]),
    )
    expect(await titles('provider')).toContain('Customer contract HT-2024-001 is running out: 75 %')
    const before = await titles('clerk')
    await use('2024-05-22', 1, 8)
    await city.tick()
    expect(await titles('clerk')).toEqual(before)
  })

  test('a jump over two thresholds tells the higher one', async () => {
    await use('2024-05-10', 200, 1000)
    const { items } = must(await clerk.listBalances({ query: {} }))
    expect(items[0]!).toMatchObject({ percent: 116, leftFen: '0', daysLeft: 0 })
    expect(items[0]!.told.map(({ percent }) => percent)).toEqual([75, 90, 100])
    const told = await titles('clerk')
    expect(told).toContain('Contract HT-2024-001 is running out: 100 %')
    expect(told).not.toContain('Contract HT-2024-001 is running out: 90 %')
  })
})

test('a pool of which three quarters are promised is told to finance once', async () => {
  const told = async () =>
    must(await city.as('finance').listMessages({ query: { size: 100 } })).items.filter(
      ({ kind }) => kind === 'pool_running_out',
    )
  await city.tick()
  expect((await told()).map(({ body }) => body.en.slice(0, 13))).toEqual(['75 % is used '])
  await city.tick()
  expect(await told()).toHaveLength(1)
})

test('open statistics of use leave out what one firm or one centre stands behind, in JSON and in CSV', async () => {
  city.setDay('2024-06-03')
  const totals = must(await city.anybody.readUsageTotals({}))
  expect(totals.until).toBe('2024-05-31')
  for (const { total, cells } of totals.tables)
    for (const cell of [total, ...cells])
      expect(cell).toMatchObject({
        organisations: null,
        cardHours: null,
        fenPerCardHour: null,
        activeShare: null,
      })
  expect(totals.tables.map(({ by, cells }) => [by, cells.map(({ key }) => key).length])).toEqual([
    ['month', 1],
    ['district', 1],
    ['chip', 1],
  ])
  const columns = ['by', ...Object.keys(totals.tables[0]!.total)]
  expect(totals.definitions.map(({ name }) => name)).toEqual(['until', ...columns, '—'])
  const csv = await (await fetch(`${city.server.url}/api/open-data/usage.csv`)).text()
  expect(csv.split('\r\n')[0]!.replace('\uFEFF', '')).toBe(['until', ...columns].join(','))
  expect(csv).not.toContain('760')
})
