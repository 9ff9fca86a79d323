// A programme's money in parts: tranches, allotments by district, what a district adds, moves by two people; as of any
// day or sequence. What is not in a pool cannot be promised from it, whoever comes at once.
import { applied, faultsIn, FINDINGS, granted, must, testCity } from '@suanquan/testkit'
import { afterAll, describe, expect, test } from 'vitest'

const city = await testCity({ poolFen: 300_000_000n })
afterAll(() => city.stop())
const { adoptionId } = city
const [finance, finance2, reviewer] = [city.as('finance'), city.as('finance2'), city.as('reviewer')]

let series = 0
async function move(from: string, to: string, fen: bigint): Promise<string> {
  const body = { from, to, amountFen: fen.toString(), reason: '按分配方案调剂' } as const
  const document = { documentNumber: `示财调〔2024〕${++series}号`, documentOn: '2024-05-06' }
  return must(await finance.proposePoolMove({ body: { adoptionId, ...body, ...document } })).id
}

async function decided(id: string): ReturnType<typeof finance2.decidePoolMove> {
  return finance2.decidePoolMove({ params: { id }, body: { decision: 'approve', reason: '' } })
}

async function opened(kind: 'district' | 'tier', district: string, more: object = {}): Promise<string> {
  const body = { adoptionId, kind, district, reference: '', name: `${district} ${kind}`, ...more }
  const { parts } = must(await finance.openAllotment({ body }))
  return parts.find((part) => part.kind === kind && part.district === district)!.id!
}

const pools = async (query: { asOf?: string; sequence?: number } = {}) =>
  must(await finance.readPools({ params: { id: adoptionId }, query }))

async function leftIn(id: string | null): Promise<string> {
  return (await pools()).parts.find((part) => part.id === id)!.leftFen
}

async function approve(id: string, amountFen: string): Promise<string> {
  const body = { decision: 'approve' as const, amountFen, findings: FINDINGS, reason: '符合条件' }
  return must(await reviewer.decideApplication({ params: { id }, body })).state
}

describe('moves', () => {
  test('two people move money to a district, and the whole stays the same', async () => {
    const district = await opened('district', '990102')
    const id = await move('pool', district, 40_000_000n)
    expect(
      await finance.decidePoolMove({ params: { id }, body: { decision: 'approve', reason: '' } }),
    ).toMatchObject({
      problem: { code: 'pool.own_proposal' },
    })
    expect(await leftIn(district)).toBe('0')
    expect(must(await decided(id))).toMatchObject({ state: 'approved', proposedBy: 'finance 某某' })
    const { parts, appropriatedFen, unallottedFen } = await pools()
    expect(parts.map(({ kind, leftFen }) => [kind, leftFen])).toEqual([
      ['own', '260000000'],
      ['district', '40000000'],
    ])
    expect([appropriatedFen, unallottedFen]).toEqual(['300000000', '0'])
    const { items } = must(await finance.listAccounts({ query: { code: 'pool' } }))
    expect(items.map((account) => account.district)).toEqual(['990100', '990102'])
    expect(must(await finance.readPool({ params: { id: adoptionId } })).leftFen).toBe('300000000')
    expect(await decided(id)).toMatchObject({ problem: { code: 'pool.wrong_state' } })
  })

  test('what was taken back lies in the appropriation, and leaves the total only for the treasury', async () => {
    must(await decided(await move('pool', 'appropriation', 10_000_000n)))
    expect(await pools()).toMatchObject({ appropriatedFen: '300000000', unallottedFen: '10000000' })
    must(await decided(await move('appropriation', 'treasury', 4_000_000n)))
    expect(await pools()).toMatchObject({ unallottedFen: '6000000', withdrawnFen: '4000000' })
    must(await decided(await move('appropriation', 'pool', 6_000_000n)))
    const { appropriatedFen, leftFen, unallottedFen } = must(
      await finance.readPool({ params: { id: adoptionId } }),
    )
    expect([appropriatedFen, leftFen, unallottedFen]).toEqual(['296000000', '296000000', '0'])
  })

  test('two moves of the same money at once: one is told what is left', async () => {
    const left = BigInt(await leftIn(null))
    const [first, second] = [
      await move('pool', 'appropriation', left),
      await move('pool', 'appropriation', left),
    ]
    const answers = await Promise.all([decided(first), decided(second)])
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ problem: { code: 'pool.short' } })
    must(await decided(await move('appropriation', 'pool', left)))
  })

  test('a move that the chart does not know, or of nothing, or with a used document is refused', async () => {
    const document = { documentNumber: '示财调〔2024〕900号', documentOn: '2024-05-06', reason: '测试用例' }
    const asked = async (from: string, to: string, more: object = {}) =>
      finance.proposePoolMove({
        body: { adoptionId, from, to, amountFen: '1', ...document, ...more } as never,
      })
    expect(await asked('pool', 'treasury')).toMatchObject({ problem: { code: 'pool.move_unknown' } })
    expect(await asked('pool', 'pool')).toMatchObject({ problem: { code: 'pool.move_unknown' } })
    expect(await asked('pool', 'appropriation', { amountFen: '0' })).toMatchObject({
      problem: { code: 'pool.amount_zero' },
    })
    expect(await asked('pool', 'appropriation', { documentOn: '2024-06-01' })).toMatchObject({
      problem: { code: 'pool.document_later' },
    })
    expect(await asked('pool', city.firm.id)).toMatchObject({ problem: { code: 'request.not_found' } })
    const { id } = must(await asked('pool', 'appropriation'))
    expect(await asked('pool', 'appropriation')).toMatchObject({ problem: { code: 'pool.document_used' } })
    const refusal = { decision: 'refuse' as const, reason: '' }
    expect(await finance2.decidePoolMove({ params: { id }, body: refusal })).toMatchObject({
      problem: { code: 'pool.reason_missing' },
    })
    const refused = { decision: 'refuse' as const, reason: '依据不足' }
    expect(must(await finance2.decidePoolMove({ params: { id }, body: refused })).state).toBe('refused')
  })
})

describe('who draws on what', () => {
  test('a firm draws on the allotment of its district, and waits when that is short though the pool is not', async () => {
    const district = (await pools()).parts.find(({ kind }) => kind === 'district')!.id
    const own = await leftIn(null)
    const first = await applied(city, 'clerk2', city.otherFirm, { number: 'HT-P1', account: 'p1' })
    expect(await approve(first.id, '30000000')).toBe('proposed')
    const second = await applied(city, 'clerk2', city.otherFirm, { number: 'HT-P2', account: 'p2' })
    expect(await approve(second.id, '20000000')).toBe('waiting')
    const there = (await pools()).parts.find(({ id }) => id === district)!
    expect(there).toMatchObject({ leftFen: '10000000', reservedFen: '30000000', waitingApplications: 1 })
    expect(await leftIn(null)).toBe(own)
    const elsewhere = await applied(city, 'clerk', city.firm, { number: 'HT-P3', account: 'p3' })
    expect(await approve(elsewhere.id, '1000000')).toBe('proposed')
    must(await decided(await move('pool', district!, 10_000_000n)))
    await city.tick()
    expect(must(await reviewer.readApplication({ params: { id: second.id } })).state).toBe('proposed')
    expect(await leftIn(district)).toBe('0')
  })

  test('city and district share an award to the fen, one linked set; the short tier is named; what is unused goes back by shares', async () => {
    const tier = await opened('tier', '990101', { cityShare: '2/3', restPaidBy: 'district' })
    const amount = { adoptionId, documentNumber: '甲区财〔2024〕1号', documentOn: '2024-05-06', tierId: tier }
    const proposed = must(await finance.proposeAppropriation({ body: { ...amount, amountFen: '40000000' } }))
    must(await finance2.approveAppropriation({ params: { id: proposed.id } }))
    const [own, added] = [BigInt(await leftIn(null)), BigInt(await leftIn(tier))]
    const application = await applied(city, 'clerk', city.firm, { number: 'HT-P4', account: 'p4' })
    await granted(city, application, '50000000')
    expect([own - BigInt(await leftIn(null)), added - BigInt(await leftIn(tier))]).toEqual([
      33_333_333n,
      16_666_667n,
    ])
    const next = await applied(city, 'clerk', city.firm, { number: 'HT-P5', account: 'p5' })
    expect(await approve(next.id, '80000000')).toBe('waiting')
    const { detail } = await city.store.database.kysely
      .selectFrom('workflow_event')
      .select('detail')
      .where('object_id', '=', next.id)
      .where('event', '=', 'approve_waiting')
      .executeTakeFirstOrThrow()
    expect(detail).toMatchObject({ shortPool: { kind: 'tier', district: '990101' } })
    must(
      await city.as('clerk').withdrawApplication({ params: { id: next.id }, body: { reason: '不再申请' } }),
    )
    city.setDay('2027-12-31')
    await city.tick()
    expect([await leftIn(null), await leftIn(tier)].map(BigInt)).toEqual([own, added])
    expect(await faultsIn(city.store.database)).toEqual([])
  })

  test('a tier is not the city’s to move, an allotment is opened once and whole', async () => {
    const tier = (await pools()).parts.find(({ kind }) => kind === 'tier')!.id!
    const body = { adoptionId, from: tier, to: 'pool' as const, amountFen: '1', reason: '测试用例' }
    const document = { documentNumber: '示财调〔2024〕901号', documentOn: '2024-05-06' }
    expect(await finance.proposePoolMove({ body: { ...body, ...document } })).toMatchObject({
      problem: { code: 'pool.tier_kept' },
    })
    const open = async (more: object) =>
      finance.openAllotment({
        body: {
          adoptionId,
          kind: 'district',
          district: '990103',
          reference: '',
          name: '丙区额度',
          ...more,
        } as never,
      })
    expect(await open({ district: '110101' })).toMatchObject({ problem: { code: 'pool.district_foreign' } })
    expect(await open({ district: '990100' })).toMatchObject({ problem: { code: 'pool.district_foreign' } })
    expect(await open({ reference: '1' })).toMatchObject({ problem: { code: 'pool.reference_unfit' } })
    expect(await open({ kind: 'tier', cityShare: '100%', restPaidBy: 'city' })).toMatchObject({
      problem: { code: 'pool.share_unfit' },
    })
    expect(await open({ district: '990102' })).toMatchObject({ problem: { code: 'pool.allotment_exists' } })
  })
})

describe('as of', () => {
  test('the parts stand as they stood on any day and after any posting, and ask for one of the two', async () => {
    const { sequence } = await pools()
    for (const until of [1, 2, Math.floor(sequence / 2), sequence]) {
      const { parts, appropriatedFen, unallottedFen, withdrawnFen } = await pools({ sequence: until })
      const sum = (name: 'leftFen' | 'reservedFen' | 'grantedFen' | 'returnedFen') =>
        parts.reduce((total, part) => total + BigInt(part[name]), 0n)
      expect(BigInt(appropriatedFen)).toBe(
        BigInt(unallottedFen) +
          BigInt(withdrawnFen) +
          sum('leftFen') +
          sum('reservedFen') +
          sum('grantedFen') -
          sum('returnedFen'),
      )
    }
    expect(await pools({ asOf: '2024-05-01' })).toMatchObject({ sequence: 0, appropriatedFen: '0' })
    expect((await pools({ asOf: '2027-12-31' })).sequence).toBe(sequence)
    const params = { id: adoptionId }
    expect(await finance.readPools({ params, query: { asOf: '2024-05-08', sequence: 1 } })).toMatchObject({
      problem: { code: 'pool.as_of_twice' },
    })
  })
})
