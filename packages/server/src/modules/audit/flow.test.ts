// The flow of the money as a route: it agrees with the pool and the accounts, and it can be read as of any day.
import { applied, granted, must, testCity } from '@suanquan/testkit'
import { flowPicture } from '@suanquan/api'
import { dayOf } from '@suanquan/core/calendar'
import { afterAll, describe, expect, test } from 'vitest'

const city = await testCity()
afterAll(() => city.stop())
const { adoptionId, firm } = city
const approvedOn = must(await city.as('auditor').readSite({})).today
const application = await granted(city, await applied(city, 'clerk', firm), '100000000')
const open = await applied(city, 'clerk', firm, { number: 'HT-2', account: 'second' })

describe('the flow of the money', () => {
  test('agrees with the pool, fen by fen', async () => {
    const pool = must(await city.as('finance').readPool({ params: { id: adoptionId } }))
    const { programmes } = must(await city.as('finance').readFlow({ query: { adoptionId } }))
    const [flow] = programmes
    const sum = (field: 'heldFen' | 'owedFen' | 'paidFen' | 'reservedFen' | 'returnedFen'): bigint =>
      flow!.grants.reduce((total, grant) => total + BigInt(grant[field]), 0n)
    expect(flow!.appropriatedFen).toBe(pool.appropriatedFen)
    expect(sum('heldFen')).toBe(BigInt(pool.usableFen) + BigInt(pool.heldFen))
    expect(sum('reservedFen')).toBe(BigInt(pool.reservedFen))
    expect(sum('owedFen')).toBe(BigInt(pool.payableFen))
    expect(sum('paidFen')).toBe(BigInt(pool.paidFen))
    expect(sum('returnedFen')).toBe(BigInt(pool.returnedFen))
    expect(BigInt(flow!.ungrantedFen) + sum('returnedFen') - BigInt(flow!.regrantedFen)).toBe(
      BigInt(pool.leftFen),
    )
    expect(flow!.grants).toMatchObject([
      { providerId: city.provider.id, heldFen: application.approvedFen, sizeClass: expect.any(String) },
    ])
  })

  test('on the day of the approval the same money is under notice, and the picture says so', async () => {
    const then = must(await city.as('auditor').readFlow({ query: { asOf: approvedOn } }))
    expect(then.asOf).toBe(approvedOn)
    const [flow] = then.programmes
    expect(flow!.grants).toMatchObject([
      { providerId: city.provider.id, reservedFen: application.approvedFen, heldFen: '0', paidFen: '0' },
    ])
    const { title, sentence } = flowPicture(then, 'zh-CN')
    expect(title).toBe('资金还没有拨付到户')
    expect(sentence).toContain('公示中 100\u2009万元')
  })

  test('before the appropriation there was nothing', async () => {
    const then = must(await city.as('auditor').readFlow({ query: { asOf: '2020-01-01' } }))
    expect(then.programmes).toMatchObject([{ appropriatedFen: '0', ungrantedFen: '0', grants: [] }])
  })

  test('a clerk does not read it', async () => {
    expect((await city.as('clerk').readFlow({ query: {} })).ok).toBe(false)
  })
})

describe('the pool as of a moment', () => {
  test('is the pool of then: at every posting it agrees with the flow, and today it is today', async () => {
    const finance = city.as('finance')
    const now = must(await finance.readPool({ params: { id: adoptionId } }))
    for (let sequence = 0; sequence <= now.sequence; sequence++) {
      const pool = must(await finance.readPool({ params: { id: adoptionId }, query: { sequence } }))
      const flow = must(await finance.readFlow({ query: { adoptionId, sequence } })).programmes[0]!
      expect(pool.sequence).toBe(sequence)
      expect(pool.appropriatedFen).toBe(flow.appropriatedFen)
      const granted = flow.grants.reduce(
        (sum, { reservedFen, heldFen }) => sum + BigInt(reservedFen) + BigInt(heldFen),
        0n,
      )
      expect(BigInt(pool.reservedFen) + BigInt(pool.usableFen) + BigInt(pool.heldFen)).toBe(granted)
      const last = pool.series.at(-1)
      expect(last?.leftFen ?? '0').toBe(pool.leftFen)
    }
    const { sequence } = now
    const same = must(await finance.readPool({ params: { id: adoptionId }, query: { sequence } }))
    expect({
      ...same,
      asOf: now.asOf,
      waiting: now.waiting,
      series: now.series,
      exhaustion: now.exhaustion,
    }).toEqual(now)
  })

  test('a sequence belongs to one fund, and a moment is a day or a sequence', async () => {
    const refused = async (query: object): Promise<string | null> => {
      const answer = await city.as('finance').readFlow({ query })
      return answer.ok ? null : answer.problem.code
    }
    expect(await refused({ sequence: 3 })).toBe('pool.sequence_of_one')
    expect(await refused({ adoptionId, sequence: 3, asOf: approvedOn })).toBe('pool.as_of_twice')
  })
})

describe('the statement', () => {
  const finance = city.as('finance')
  const read = async (query: {
    of: string
    sequence?: number
    from?: string
    asOf?: string
    size?: number
  }) => finance.readLedgerStatement({ query: { size: 200, ...query } })

  test('of a voucher by its number, a firm and the pools: lines lead from opening to closing balance', async () => {
    const { items } = must(await city.as('clerk').listVouchers({}))
    for (const of of [items[0]!.number, items[0]!.id, firm.creditCode, firm.id, adoptionId]) {
      const { funds } = must(await read({ of }))
      expect(funds, of).toHaveLength(1)
      const [fund] = funds
      expect(fund!.lines.length, of).toBe(fund!.total)
      expect(fund!.lines.at(-1)!.after, of).toEqual(fund!.closing)
      const moved = fund!.lines.reduce((sum, { inFen, outFen }) => sum + BigInt(inFen) - BigInt(outFen), 0n)
      expect(BigInt(fund!.opening.balanceFen) + moved, of).toBe(BigInt(fund!.closing.balanceFen))
      const each = fund!.accounts.reduce((sum, { closing }) => sum + BigInt(closing.balanceFen), 0n)
      expect(each, of).toBe(BigInt(fund!.closing.balanceFen))
    }
  })

  test('up to any posting it is what the line of that posting said', async () => {
    const { lines } = must(await read({ of: adoptionId })).funds[0]!
    for (const { sequence, after } of lines) {
      const [then] = must(await read({ of: adoptionId, sequence })).funds
      expect(then!.closing).toEqual(after)
      expect(then!.sequence).toBe(sequence)
    }
    const from = dayOf(Date.parse(lines.at(-1)!.at))
    const [fund] = must(await read({ of: adoptionId, from })).funds
    expect(BigInt(fund!.opening.balanceFen)).toBeGreaterThan(0n)
    expect(fund!.total).toBeLessThan(lines.length)
  })

  test('refuses what nobody knows, a period that runs backwards, and who may not read the ledger', async () => {
    const code = async (answer: ReturnType<typeof read>): Promise<string | null> => {
      const said = await answer
      return said.ok ? null : said.problem.code
    }
    expect(await code(read({ of: 'Q-0000-00000' }))).toBe('ledger.nothing_known')
    expect(await code(read({ of: adoptionId, from: '2024-06-01', asOf: '2024-05-01' }))).toBe(
      'ledger.period_backwards',
    )
    expect((await city.as('clerk').readLedgerStatement({ query: { of: adoptionId } })).ok).toBe(false)
  })
})

describe('the funnel', () => {
  test('counts each application under the furthest stage it reached, with the working days between', async () => {
    const { stages } = must(await city.as('reviewer').readFunnel({ query: { adoptionId } }))
    expect(stages.map(({ stage, entered, waiting }) => `${stage} ${entered} ${waiting}`)).toEqual([
      'opened 2 0',
      'submitted 2 1',
      'approved 1 0',
      'announced 1 0',
      'granted 1 1',
      'claimed 0 0',
      'paid 0 0',
    ])
    expect(stages[3]!.medianWorkingDays).toBeGreaterThan(0)
    expect(open.state).toBe('submitted')
  })

  test('a reviewer of another district sees none of it', async () => {
    const { stages } = must(await city.as('reviewer2').readFunnel({ query: {} }))
    expect(stages[0]!.entered).toBe(0)
  })
})
