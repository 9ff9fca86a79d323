// A case of several tiers from the district to the treasury's signature, and what can be done against a decision: each
// tier its own clock and opinion, nobody in two, an appeal by somebody else, the books behind it; and old cases keep the
// table they started under.
import type { Client } from '@suanquan/api'
import { applied, enrolled, FINDINGS, must, signIn, testCity } from '@suanquan/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const PROCEDURE = `
procedure:
  review: [{tier: district, workdays: 5}, {tier: city, workdays: 10}, {tier: finance, workdays: 3}]
  appeal: {workdays: 10, decide_workdays: 15}
  document_code: 测新经
  source: 测试市办法第八条
  signed_by: 测试局长
`

const city = await testCity({ adoption: (text) => text + PROCEDURE, poolFen: 25_000_000n })
afterAll(() => city.stop())
const clerk = city.as('clerk')
const chief = city.as('reviewer')
const finance = city.as('finance')
const people = {} as Record<'district' | 'second' | 'colleague', Client>
let secondId = ''

beforeAll(async () => {
  const grant = { role: 'reviewer' as const, organisationCreditCode: null }
  await enrolled(city, 'district1', { ...grant, district: '990101' })
  secondId = await enrolled(city, 'district1b', { ...grant, district: '990101' })
  await enrolled(city, 'colleague', { ...grant, district: null })
  people.district = await signIn(city.server.url, 'district1')
  people.second = await signIn(city.server.url, 'district1b')
  people.colleague = await signIn(city.server.url, 'colleague')
})

const endorse = { decision: 'endorse' as const, opinion: 'support' as const, findings: FINDINGS }
type Refusable = { readonly ok: true } | { readonly ok: false; readonly problem: { readonly code: string } }
const code = async (outcome: Promise<Refusable>): Promise<string> => {
  const done = await outcome
  return done.ok ? 'done' : done.problem.code
}
let series = 0
const submitted = async (amountFen = '100000000'): Promise<string> => {
  series += 1
  const number = `HT-T${series}`
  const contract = { number, account: `t${series}`, amountFen, excludedFen: '0' }
  return (await applied(city, 'clerk', city.firm, contract)).id
}
const pass = (by: Client, id: string, amountFen: string, reason: string): Promise<unknown> =>
  by.examineApplication({ params: { id }, body: { ...endorse, amountFen, reason } }).then(must)
const pool = async (): Promise<[string, string]> => {
  const { leftFen, reservedFen } = must(await finance.readPool({ params: { id: city.adoptionId } }))
  return [leftFen, reservedFen]
}

describe('district, city, treasury', () => {
  test('each tier acts in its turn with its own clock, nobody in two, and the last one decides', async () => {
    city.setDay('2024-05-08')
    const id = await submitted()
    const params = { id }
    const read = async (): Promise<[string, string | null, string | null]> => {
      const { state, tier, deadlineOn } = must(await chief.readApplication({ params }))
      return [state, tier, deadlineOn]
    }
    expect(await read()).toEqual(['submitted', 'district', '2024-05-14'])
    const approve = { decision: 'approve' as const, amountFen: '1000', findings: FINDINGS, reason: '符合' }
    expect(await code(chief.decideApplication({ params, body: approve }))).toBe('application.other_tier')
    expect(await code(people.district.decideApplication({ params, body: approve }))).toBe(
      'application.transition_not_allowed',
    )
    expect(await code(city.as('reviewer2').readApplication({ params }))).toBe('request.not_found')

    await pass(people.district, id, '2000', '区里核实，建议支持')
    expect(await read()).toEqual(['review_city', 'city', '2024-05-21'])
    const back = { decision: 'send_back' as const, reason: '请补充核实用途' }
    must(await chief.examineApplication({ params, body: back }))
    city.setDay('2024-05-10')
    await pass(people.district, id, '1500', '已核实用途')
    // of ten days the city had used none, of five the district two
    expect(await read()).toEqual(['review_city', 'city', '2024-05-23'])
    await pass(chief, id, '1500', '同意')
    expect(await read()).toEqual(['review_finance', 'finance', '2024-05-14'])
    expect(await code(chief.decideApplication({ params, body: approve }))).toBe('application.other_tier')
    const signed = { decision: 'countersign' as const, reason: '会签同意' }
    const done = must(await finance.examineApplication({ params, body: signed }))
    expect([done.state, done.approvedFen]).toEqual(['proposed', '1500'])
    expect(done.opinions.map(({ tier, opinion, amountFen }) => [tier, opinion, amountFen])).toEqual([
      ['city', 'support', '1500'],
      ['district', 'support', '1500'],
      ['district', 'support', '2000'],
    ])
    expect(done.events.at(-1)!.documentNumber).toBe('测新经准〔2024〕1号')
    expect(must(await clerk.readApplication({ params })).opinions).toEqual([])
  })

  test('a correction stops the clock, and whoever acted in a tier does not act in another', async () => {
    city.setDay('2024-05-08')
    const id = await submitted()
    const params = { id }
    city.setDay('2024-05-09')
    await pass(people.district, id, '1000', '同意')
    const fields = [{ field: 'contract.use', remark: '与合同不符' }]
    city.setDay('2024-05-13')
    must(
      await chief.examineApplication({
        params,
        body: { decision: 'request_correction', fields, reason: '请补正' },
      }),
    )
    city.setDay('2024-05-15')
    must(await clerk.submitApplication({ params }))
    // the district had used one of five
    expect(must(await chief.readApplication({ params }))).toMatchObject({
      state: 'submitted',
      deadlineOn: '2024-05-21',
    })
    // a district reviewer who is let act for the city's reviewer remains in the own tier
    city.setDay('2024-05-16')
    await pass(people.district, id, '1000', '同意')
    const delegation = { deputy: secondId, district: null, startsOn: '2024-05-16', endsOn: '2024-05-17' }
    must(await chief.makeDelegation({ body: { ...delegation, reason: '休假' } }))
    const acted = must(
      await people.second.examineApplication({
        params,
        body: { ...endorse, amountFen: '1000', reason: '代为复审' },
      }),
    )
    expect(acted.events.at(-1)).toMatchObject({ event: 'endorse', forName: 'reviewer 某某' })
    city.setDay('2024-05-18')
    expect(must(await people.second.readSession({})).grants).toHaveLength(1)
    const returned = { decision: 'send_back' as const, reason: '请说明' }
    must(await finance.examineApplication({ params, body: returned }))
    expect(
      await code(
        people.second.decideApplication({
          params,
          body: { decision: 'refuse', findings: {}, reason: '不符' },
        }),
      ),
    ).toBe('application.other_tier')
  })

  test('what lies beyond its limit is listed by whose turn it is', async () => {
    city.setDay('2024-06-28')
    const { groups } = must(await chief.listOverdue({}))
    expect(groups.map(({ awaited, count }) => [awaited, count])).toEqual([['city', 1]])
    expect(groups[0]!.items[0]!.workingDaysOver).toBeGreaterThan(10)
  })
})

describe('an appeal', () => {
  const refused = async (): Promise<string> => {
    const id = await submitted()
    await pass(people.district, id, '1000', '同意')
    const body = { decision: 'refuse' as const, findings: FINDINGS, reason: '用途不符' }
    must(await chief.decideApplication({ params: { id }, body }))
    return id
  }
  const grounds = { grounds: '用途属于人工智能行动计划第三条所列', attachmentIds: [] }

  test('is heard once, in time, by somebody who had no part, and the books follow', async () => {
    city.setDay('2024-07-01')
    const before = await pool()
    const id = await refused()
    const params = { id }
    const appeal = must(await clerk.appealApplication({ params, body: grounds }))
    expect(appeal).toMatchObject({ state: 'open', against: 'refuse', deadlineOn: '2024-07-22', objectId: id })
    const change = { outcome: 'change' as const, amountFen: '900', findings: FINDINGS, reason: '理由成立' }
    const on = { params: { id: appeal.id }, body: change }
    expect(await code(chief.decideAppeal(on))).toBe('appeal.own_decision')
    expect(await code(people.second.decideAppeal(on))).toBe('appeal.higher_tier')
    expect(must(await people.colleague.listAppeals({})).items[0]!.mine).toBe(true)
    const decided = must(await people.colleague.decideAppeal(on))
    expect(decided).toMatchObject({ state: 'changed', amountFen: '900', answerNumber: '测新经复〔2024〕1号' })
    expect(must(await clerk.readApplication({ params }))).toMatchObject({
      state: 'proposed',
      approvedFen: '900',
    })
    expect(await pool()).toEqual([
      (BigInt(before[0]) - 900n).toString(),
      (BigInt(before[1]) + 900n).toString(),
    ])
    expect(await code(people.colleague.decideAppeal(on))).toBe('appeal.closed')
    expect(await code(clerk.appealApplication({ params, body: grounds }))).toBe('appeal.nothing_to_appeal')
  })

  test('that comes late or again is refused, and one that fails leaves the decision', async () => {
    city.setDay('2024-07-01')
    const id = await refused()
    const params = { id }
    city.setDay('2024-07-16')
    expect(await code(clerk.appealApplication({ params, body: grounds }))).toBe('appeal.too_late')
    city.setDay('2024-07-15')
    const appeal = must(await clerk.appealApplication({ params, body: grounds }))
    const affirm = { outcome: 'affirm' as const, reason: '原决定正确' }
    must(await people.colleague.decideAppeal({ params: { id: appeal.id }, body: affirm }))
    expect(must(await clerk.readApplication({ params })).state).toBe('refused')
    expect(await code(clerk.appealApplication({ params, body: grounds }))).toBe('appeal.once')
  })

  test('about a reduced amount keeps what is reserved until more is given; a short pool makes it wait', async () => {
    city.setDay('2024-07-01')
    const id = await submitted('500000000')
    const params = { id }
    await pass(people.district, id, '10000000', '核减')
    await pass(chief, id, '10000000', '核减')
    must(await finance.examineApplication({ params, body: { decision: 'countersign', reason: '同意' } }))
    const before = await pool()
    const appeal = must(await clerk.appealApplication({ params, body: grounds }))
    expect(must(await clerk.readApplication({ params })).state).toBe('contested')
    expect(await pool()).toEqual(before)
    const on = (amountFen: string): Parameters<Client['decideAppeal']>[0] => ({
      params: { id: appeal.id },
      body: { outcome: 'change', amountFen, findings: FINDINGS, reason: '应全额支持' },
    })
    expect(await code(people.colleague.decideAppeal(on('10000000')))).toBe('appeal.not_better')
    must(await people.colleague.decideAppeal(on('20000000')))
    expect(must(await clerk.readApplication({ params }))).toMatchObject({
      state: 'proposed',
      approvedFen: '20000000',
    })
    expect(BigInt((await pool())[0])).toBe(BigInt(before[0]) - 10_000_000n)
    // what is left carries no second one of nine million: it waits, and reserves nothing
    const left = await pool()
    const other = must(await clerk.appealApplication({ params: { id: await refused() }, body: grounds }))
    const change = {
      outcome: 'change' as const,
      amountFen: '9000000',
      findings: FINDINGS,
      reason: '理由成立',
    }
    must(await people.colleague.decideAppeal({ params: { id: other.id }, body: change }))
    expect(must(await clerk.readApplication({ params: { id: other.objectId } })).state).toBe('waiting')
    expect(await pool()).toEqual(left)
  })

  test('returned for a new decision begins with the first tier, and nothing stays reserved', async () => {
    city.setDay('2024-07-01')
    const id = await refused()
    const before = await pool()
    const appeal = must(await clerk.appealApplication({ params: { id }, body: grounds }))
    const remand = { outcome: 'remand' as const, reason: '事实不清，重新审核' }
    must(await people.colleague.decideAppeal({ params: { id: appeal.id }, body: remand }))
    expect(must(await clerk.readApplication({ params: { id } }))).toMatchObject({
      state: 'submitted',
      tier: 'district',
      approvedFen: null,
    })
    expect(await pool()).toEqual(before)
  })
})

test('numbers are gapless for each kind, whoever decides and whatever was refused in between', async () => {
  const rows = await city.store.database.kysely
    .selectFrom('decision_number')
    .select(['kind', 'value'])
    .orderBy('kind')
    .orderBy('value')
    .execute()
  const kinds = [...new Set(rows.map(({ kind }) => kind))]
  expect(kinds.length).toBeGreaterThan(3)
  for (const kind of kinds) {
    const values = rows.filter((row) => row.kind === kind).map(({ value }) => value)
    expect(values).toEqual(values.map((_, index) => index + 1))
  }
})

test('a firm that belongs to none of the districts is examined by the city first', async () => {
  city.setDay('2024-05-08')
  const { kysely } = city.store.database
  const seat = (district: string): Promise<unknown> =>
    kysely.updateTable('organisation').set({ district }).where('id', '=', city.firm.id).execute()
  const home = await kysely
    .selectFrom('organisation')
    .select('district')
    .where('id', '=', city.firm.id)
    .executeTakeFirstOrThrow()
  await seat('990201')
  const params = { id: await submitted() }
  await seat(home.district)
  expect(must(await chief.readApplication({ params }))).toMatchObject({ state: 'submitted', tier: 'city' })
})
