// The flow of the money as a route: it agrees with the pool and the accounts, and it can be read as of any day.
import { applied, granted, must, testCity } from '@suanquan/testkit'
import { flowPicture } from '@suanquan/api'
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
