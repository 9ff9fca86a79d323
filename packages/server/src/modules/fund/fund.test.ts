// One fund that pays for two programmes: what they share is theirs together and their own money stays their own; a firm's
// yearly cap over both is issued exactly, whoever comes at once; management cost never comes out of a pool; a year is
// closed with all that is promised going on, and nothing comes into it any more.
import type { BodyOf, Routes } from '@suanquan/api'
import { applied, faultsIn, FINDINGS, must, testCity, type TestCity } from '@suanquan/testkit'
import { sql } from '@suanquan/server'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'

const programmes = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', '..', '..', 'programmes')
const city = await testCity({ poolFen: 500_000_000n })
afterAll(() => city.stop())
const [finance, finance2, reviewer] = [city.as('finance'), city.as('finance2'), city.as('reviewer')]
const fundId = must(await finance.listFunds({})).items[0]!.id
const first = city.adoptionId
const second = must(await adoptedBeside('cn.beijing.compute_voucher_b')).id
const cities: Readonly<Record<string, TestCity>> = {
  [first]: city,
  [second]: { ...city, adoptionId: second },
}

async function adoptedBeside(id: string, fund = fundId): ReturnType<typeof finance.createAdoption> {
  const read = (path: string): Promise<string> => readFile(join(programmes, path), 'utf8')
  const own = 'cn.beijing.compute_voucher'
  const body = {
    programmeText: (await read('beijing/2023-compute-voucher/programme.yaml')).replace(
      `id: ${own}`,
      `id: ${id}`,
    ),
    adoptionText: (await read('demo-city/2024-adoption.yaml'))
      .replace(`programme: ${own}`, `programme: ${id}`)
      .replace('id: demo-city-2024', `id: demo-city-${id.slice(-1)}`),
    fundId: fund,
  }
  return city.as('policy_author').createAdoption({ body })
}

type Act = BodyOf<Routes['proposeFundAct']>
let series = 0
const document = () => ({
  documentNumber: `示财专〔2024〕${++series}号`,
  documentOn: '2024-05-06',
  reason: '按资金方案',
})

async function propose(act: Partial<Act> & Pick<Act, 'kind'>): ReturnType<typeof finance.proposeFundAct> {
  return finance.proposeFundAct({ params: { id: fundId }, body: { ...document(), ...act } })
}

async function decide(id: string): ReturnType<typeof finance2.decideFundAct> {
  return finance2.decideFundAct({ params: { id }, body: { decision: 'approve', reason: '' } })
}

async function done(act: Partial<Act> & Pick<Act, 'kind'>): ReturnType<typeof finance2.decideFundAct> {
  return decide(must(await propose(act)).id)
}

const fund = async () => must(await finance.readFund({ params: { id: fundId } }))
const poolOf = async (id: string) => must(await finance.readPool({ params: { id } }))
const partsOf = async (id: string) => must(await finance.readPools({ params: { id } }))
const code = (answer: object): string | null =>
  'problem' in answer ? (answer.problem as { code: string }).code : null

async function approve(id: string, amountFen: string): ReturnType<typeof reviewer.decideApplication> {
  const body = { decision: 'approve' as const, amountFen, findings: FINDINGS, reason: '符合条件' }
  return reviewer.decideApplication({ params: { id }, body })
}

let contracts = 0
async function application(adoptionId: string, clerk = 'clerk'): Promise<string> {
  const firm = clerk === 'clerk' ? city.firm : city.otherFirm
  const number = `HT-F${++contracts}`
  return (await applied(cities[adoptionId]!, clerk, firm, { number, account: number.toLowerCase() })).id
}

describe('a fund', () => {
  test('has each programme once, and only funds that are there pay', async () => {
    expect(code(await adoptedBeside('cn.beijing.compute_voucher'))).toBe('adoption.fund_has_programme')
    expect(code(await adoptedBeside('cn.beijing.compute_voucher_c', city.firm.id))).toBe(
      'adoption.fund_unknown',
    )
    const { programmes: paid } = await fund()
    expect(paid.map(({ adoptionId, leftFen }) => [adoptionId, leftFen])).toEqual([
      [first, '500000000'],
      [second, '0'],
    ])
  })

  test('gives its programmes of what they share, takes it back, and each keeps its own books', async () => {
    must(await done({ kind: 'appropriate', amountFen: '300000000' }))
    must(await done({ kind: 'allot', adoptionId: second, amountFen: '200000000' }))
    expect(await done({ kind: 'allot', adoptionId: first, amountFen: '100000001' })).toMatchObject({
      problem: { code: 'fund.short', message: { en: expect.stringContaining('1,000,000.00') as string } },
    })
    must(await done({ kind: 'take_back', adoptionId: second, amountFen: '20000000' }))
    must(await done({ kind: 'withdraw', amountFen: '10000000' }))
    expect(await fund()).toMatchObject({ appropriatedFen: '290000000', sharedLeftFen: '110000000' })
    expect(await poolOf(second)).toMatchObject({ appropriatedFen: '180000000', leftFen: '180000000' })
    expect(await poolOf(first)).toMatchObject({ appropriatedFen: '500000000', leftFen: '500000000' })
    expect(await partsOf(second)).toMatchObject({ appropriatedFen: '180000000', unallottedFen: '0' })
    const flows = must(await finance.readFlow({ query: { adoptionId: second } })).programmes
    expect(flows[0]).toMatchObject({ appropriatedFen: '180000000', ungrantedFen: '180000000' })
    expect(await faultsIn(city.store.database)).toEqual([])
  })

  test('says what an act needs, and only another person decides', async () => {
    expect(code(await propose({ kind: 'appropriate' }))).toBe('fund.fields_unfit')
    expect(code(await propose({ kind: 'set_aside', amountFen: '1', adoptionId: first }))).toBe(
      'fund.fields_unfit',
    )
    expect(code(await propose({ kind: 'appropriate', amountFen: '0' }))).toBe('fund.amount_zero')
    expect(code(await propose({ kind: 'management_share', share: '2' }))).toBe('fund.share_unfit')
    expect(code(await propose({ kind: 'withdraw', amountFen: '1', documentOn: '2024-06-01' }))).toBe(
      'fund.document_later',
    )
    const of = { kind: 'withdraw', amountFen: '1', documentNumber: '示财专〔2024〕900号' } as const
    const { id } = must(await propose(of))
    expect(code(await propose(of))).toBe('fund.document_used')
    const decision = (decided: 'approve' | 'refuse') => ({
      params: { id },
      body: { decision: decided, reason: '' },
    })
    expect(code(await finance.decideFundAct(decision('approve')))).toBe('fund.own_proposal')
    expect(code(await finance2.decideFundAct(decision('refuse')))).toBe('fund.reason_missing')
    const refused = { params: { id }, body: { decision: 'refuse' as const, reason: '依据不足' } }
    expect(must(await finance2.decideFundAct(refused)).state).toBe('refused')
    expect(code(await decide(id))).toBe('fund.wrong_state')
  })
})

describe('management cost', () => {
  test('is at most its share of the appropriation, never out of a pool, spent by payments; the rest goes back', async () => {
    expect(code(await done({ kind: 'set_aside', amountFen: '1' }))).toBe('fund.management_share_missing')
    must(await done({ kind: 'management_share', share: '2%' }))
    expect((await fund()).management).toMatchObject({ share: '2%', mostFen: '15800000', leftFen: '0' })
    const pools = [(await poolOf(first)).leftFen, (await poolOf(second)).leftFen]
    must(await done({ kind: 'set_aside', amountFen: '15000000' }))
    expect(code(await done({ kind: 'set_aside', amountFen: '800001' }))).toBe('fund.management_above_share')
    const paid = { kind: 'spend' as const, payee: '示例会计师事务所', paidOn: '2024-05-07' }
    must(await done({ ...paid, amountFen: '6000000' }))
    expect(code(await done({ ...paid, amountFen: '9000001' }))).toBe('fund.short')
    must(await done({ kind: 'put_back', amountFen: '1000000' }))
    expect((await fund()).management).toEqual({
      share: '2%',
      mostFen: '15800000',
      setAsideFen: '14000000',
      spentFen: '6000000',
      leftFen: '8000000',
    })
    expect([(await poolOf(first)).leftFen, (await poolOf(second)).leftFen]).toEqual(pools)
    expect(await faultsIn(city.store.database)).toEqual([])
  })
})

describe('the cap that programmes share', () => {
  test('two programmes at once grant one firm exactly the cap', async () => {
    must(await done({ kind: 'shared_cap', amountFen: '100000000', year: 2024 }))
    expect(code(await propose({ kind: 'shared_cap', amountFen: '1', year: 2024 }))).toBe(
      'fund.cap_year_begun',
    )
    const ids: string[] = []
    for (const adoptionId of [first, second, first, second, first, second])
      ids.push(await application(adoptionId))
    const answers = await Promise.all(ids.map(async (id) => approve(id, '30000000')))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(3)
    const refused = ids.filter((_, index) => !answers[index]!.ok)
    expect(answers.filter(({ ok }) => !ok).map(code)).toEqual(Array(3).fill('fund.shared_cap_reached'))
    const last = await Promise.all(refused.map(async (id) => approve(id, '10000000')))
    expect(last.filter(({ ok }) => ok)).toHaveLength(1)
    const { cap } = await fund()
    expect(cap).toMatchObject({ limitFen: '100000000', firms: [{ usedFen: '100000000', leftFen: '0' }] })
    // another firm has a cap of its own; what is given up can be granted again, by the other programme too
    must(await approve(await application(second, 'clerk2'), '40000000'))
    const given = ids[answers.findIndex(({ ok }) => ok)]!
    must(await city.as('clerk').withdrawApplication({ params: { id: given }, body: { reason: '不再申请' } }))
    expect((await fund()).cap!.firms[1]).toMatchObject({ usedFen: '40000000' })
    expect((await fund()).cap!.firms[0]).toMatchObject({ usedFen: '70000000' })
    expect(await faultsIn(city.store.database)).toEqual([])
  })

  test('an account that refuses stops both postings of a set, whichever of the two limits it is', async () => {
    const { rows } = await sql<{ used: bigint; granted: bigint }>`
      select (select sum(debits_pending + debits_posted) from ledger.account where code = 12 and programme = '')::bigint as used,
        (select sum(debits_pending + debits_posted) from ledger.account where code = 3)::bigint as granted`.execute(
      city.store.database.kysely,
    )
    const takenBack = 20_000_000n
    expect(rows[0]!.granted - takenBack).toBe(rows[0]!.used)
  })
})

describe('the end of a year', () => {
  const rules = (own: 'carry' | 'lapse', beside: 'carry' | 'lapse') => [
    { adoptionId: first, rule: own },
    { adoptionId: second, rule: beside },
    { adoptionId: null, rule: 'carry' as const },
  ]
  const proposal = (year: number, more: object = {}) => ({
    params: { id: fundId },
    body: { year, rules: rules('carry', 'lapse'), ...document(), ...more },
  })

  test('comes after it, once, with a rule for all that is left', async () => {
    expect(code(await finance.proposeYearClose(proposal(2023)))).toBe('fund.year_not_open')
    expect(code(await finance.proposeYearClose(proposal(2024)))).toBe('fund.year_not_over')
    city.setDay('2025-01-10')
    const some = { rules: rules('carry', 'lapse').slice(0, 2) }
    expect(code(await finance.proposeYearClose(proposal(2024, some)))).toBe('fund.rules_unfit')
    must(await finance.proposeYearClose(proposal(2024)))
    expect(code(await finance.proposeYearClose(proposal(2024)))).toBe('fund.year_proposed')
  })

  test('carries over or returns what is left, and what is promised goes on', async () => {
    const { closes, yearEnd } = await fund()
    expect(yearEnd.lines.every(({ at, lapsedFen }) => at === 'management' || lapsedFen === '0')).toBe(true)
    const [one, other] = [await poolOf(first), await poolOf(second)]
    const { id } = closes[0]!
    const asked = { params: { id }, body: { decision: 'approve' as const, reason: '' } }
    expect(code(await finance.decideYearClose(asked))).toBe('fund.own_proposal')
    const { statement, state } = must(await finance2.decideYearClose(asked))
    expect(state).toBe('approved')
    const line = (at: string, adoptionId: string | null) =>
      statement!.lines.find((each) => each.at === at && each.adoptionId === adoptionId)
    expect(line('pool', first)).toMatchObject({
      carriedFen: `${BigInt(one.leftFen) + BigInt(one.reservedFen)}`,
    })
    expect(line('pool', second)).toMatchObject({ carriedFen: other.reservedFen, lapsedFen: other.leftFen })
    expect(line('management', null)).toMatchObject({ lapsedFen: '8000000', carriedFen: '0' })
    expect(await poolOf(first)).toMatchObject({ leftFen: one.leftFen, reservedFen: one.reservedFen })
    expect(await poolOf(second)).toMatchObject({ leftFen: '0', reservedFen: other.reservedFen })
    const parts = await partsOf(second)
    expect(parts.parts[0]).toMatchObject({ leftFen: '0', reservedFen: other.reservedFen })
    // as of the year's last day everything stands where it stood
    const before = must(await finance.readPools({ params: { id: second }, query: { asOf: '2024-12-31' } }))
    expect(before.parts[0]).toMatchObject({ leftFen: other.leftFen, reservedFen: other.reservedFen })
    expect((await fund()).openYear).toBe(2025)
    expect(code(await finance2.decideYearClose(asked))).toBe('fund.wrong_state')
    expect(code(await finance.proposeYearClose(proposal(2024)))).toBe('fund.year_not_open')
    expect(await faultsIn(city.store.database)).toEqual([])
  })

  test('vouchers of the closed year are issued, given up and expire into the open one', async () => {
    const proposed = must(await reviewer.listApplications({ query: { state: 'proposed' } })).items
    const [issued, withdrawn] = proposed as [(typeof proposed)[number], (typeof proposed)[number]]
    const { adoptionId } = issued
    must(await reviewer.publishNotice({ body: { adoptionId, applicationIds: [issued.id] } }))
    const as = withdrawn.organisationName.startsWith('乙') ? 'clerk2' : 'clerk'
    must(
      await city.as(as).withdrawApplication({ params: { id: withdrawn.id }, body: { reason: '不再申请' } }),
    )
    city.setDay('2025-01-22')
    await city.tick()
    const { voucherId } = must(await reviewer.readApplication({ params: { id: issued.id } }))
    expect(voucherId).not.toBeNull()
    const { leftFen } = await poolOf(adoptionId)
    city.setDay('2025-04-01')
    await city.tick()
    const { amountFen } = must(await reviewer.readVoucher({ params: { id: voucherId! } }))
    expect(BigInt((await poolOf(adoptionId)).leftFen)).toBe(BigInt(leftFen) + BigInt(amountFen))
    expect(await faultsIn(city.store.database)).toEqual([])
  })

  test('nothing comes into the closed year', async () => {
    const { rows } = await sql<{ code: number; held: bigint; late: bigint }>`
      select code, (credits_posted - debits_posted + debits_pending)::bigint as held,
        (select count(*) from ledger.posting p where p.ledger = a.ledger and p.at > '2025-01-10T12:00:00+08'
          and a.id in (p.debit, p.credit)) as late
        from ledger.account a where closed_seq is not null and code in (2, 3, 31)`.execute(
      city.store.database.kysely,
    )
    expect(rows.length).toBeGreaterThan(3)
    expect(rows.every(({ held, late }) => held === 0n && late === 0n)).toBe(true)
  })

  test('the next year is closed like the first, whatever comes at the same moment', async () => {
    city.setDay('2026-01-05')
    const more = { rules: rules('carry', 'lapse') }
    const before = BigInt((await poolOf(first)).leftFen)
    const { id } = must(await finance.proposeYearClose(proposal(2025, more)))
    const money = { adoptionId: first, documentNumber: '示财预〔2026〕1号', amountFen: '5000000' }
    const appropriation = must(await finance.proposeAppropriation({ body: money }))
    const acts = [
      must(await propose({ kind: 'appropriate', amountFen: '7000000' })),
      must(await propose({ kind: 'appropriate', amountFen: '3000000' })),
    ]
    const answers = await Promise.all([
      decide(acts[0]!.id),
      finance2.decideYearClose({ params: { id }, body: { decision: 'approve', reason: '' } }),
      finance2.approveAppropriation({ params: { id: appropriation.id } }),
      decide(acts[1]!.id),
    ])
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, true, true])
    expect(await poolOf(first)).toMatchObject({ leftFen: `${before + 5_000_000n}` })
    must(await done({ kind: 'allot', adoptionId: first, amountFen: '10000000' }))
    expect((await fund()).openYear).toBe(2026)
    expect(await faultsIn(city.store.database)).toEqual([])
  })
})
