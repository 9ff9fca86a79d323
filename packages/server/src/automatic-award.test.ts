// W6, support that nobody applies for, through the public routes: a reviewer sweeps what is held, another signs off, the firm
// takes the offer with its account confirmed, declines, appeals or stays silent. After each test the books are proved.
import { enrolled, faultsIn, must, signIn, testCity, testSeller, testSweeps } from '@suanquan/testkit'
import { afterAll, afterEach, expect, test } from 'vitest'

const WAN = 1_000_000n
const city = await testCity()
const seller = await testSeller(city, 300n * WAN)
const { adoptionId, held, listOf, swept, signOff, accountEnding } = await testSweeps(city, seller, {
  poolFen: 300n * WAN,
})
const clerk = city.as('clerk')
const reviewer = city.as('reviewer')
const sweeper = city.as('sweeper')
const finance = city.as('finance')
city.setDay('2026-01-10')
const consent = { answer: 'consent' as const, accountEnding: await accountEnding(), truthful: true as const }

afterAll(() => city.stop())
afterEach(async () => expect(await faultsIn(city.store.database)).toEqual([]))

const pool = async (): Promise<object> => {
  const { leftFen, reservedFen } = must(await finance.readPool({ params: { id: adoptionId } }))
  return { leftFen, reservedFen }
}

test('the dry run says who qualifies and what is missing for the rest, and leaves nothing behind', async () => {
  const good = await held({ number: 'HZ-1', settledFen: 20n * WAN, series: 1 })
  const list = listOf(
    good,
    { ...good, contractNumber: 'HZ-0' },
    { ...good, creditCode: '91110108551385082Q' },
  )
  const { items } = must(await sweeper.checkSweep({ body: list }))
  expect(items.map(({ outcome, ceilingFen }) => [outcome, ceilingFen])).toEqual([
    ['qualifies', '3000000'],
    ['missing', null],
    ['missing', null],
  ])
  expect(items.map(({ reasons }) => reasons[0]?.en)).toEqual([
    undefined,
    'the platform does not have the contract, and so no metering',
    'the register does not know the firm',
  ])
  expect(must(await sweeper.listSweeps({ query: {} })).total).toBe(0)
  const sweep = must(await sweeper.makeSweep({ body: list }))
  expect(sweep).toMatchObject({ number: 'MS-2026-00001', lines: 3, qualifying: 1, open: 1, own: true })
  const again = must(await sweeper.checkSweep({ body: listOf(good) }))
  expect(again.items[0]).toMatchObject({ outcome: 'taken' })
  expect(await sweeper.makeSweep({ body: listOf({ ...good, percent: 20 }) })).toMatchObject({
    problem: { code: 'sweep.nobody_qualifies' },
  })
  expect(await sweeper.makeSweep({ body: listOf(good, good) })).toMatchObject({
    problem: { code: 'sweep.line_twice' },
  })
})

test('over the whole register: who qualifies, what the rest lacks and from where; a district sees its own firms', async () => {
  const cases = (): Promise<unknown> =>
    city.store.database.kysely.selectFrom('application').select(['id', 'state']).orderBy('id').execute()
  const before = await cases()
  const seen = must(await reviewer.readSweepReadiness({}))
  const item = seen.items.find((each) => each.adoptionId === adoptionId)!
  expect(item).toMatchObject({ kind: 'automatic', qualifying: 0, ceilingFen: '0', firms: [] })
  expect(item.missingData + item.not).toBe(seen.firms)
  expect(item.missing).toContainEqual(
    expect.objectContaining({ fact: 'contract.settled', origin: 'matched', firms: item.missingData }),
  )
  expect(seen.asOf!.from <= seen.asOf!.to).toBe(true)
  const { total } = (await city.store.database.kysely
    .selectFrom('organisation')
    .select(({ fn }) => fn.countAll<bigint>().as('total'))
    .executeTakeFirstOrThrow()) as { total: bigint }
  expect(seen.firms).toBe(Number(total))
  expect(must(await city.as('reviewer2').readSweepReadiness({})).firms).toBeLessThan(seen.firms)
  expect(await clerk.readSweepReadiness({})).toMatchObject({ problem: { code: 'request.forbidden' } })
  expect(await cases()).toEqual(before)
})

test('another person signs off, the firm consents, and it is paid without having applied', async () => {
  const before = await pool()
  const id = await swept({ number: 'HZ-2', settledFen: 20n * WAN, series: 2 })
  const body = { decision: 'approve' as const, amountFen: '3000000', findings: {}, reason: '核定无误' }
  expect(await sweeper.decideApplication({ params: { id }, body })).toMatchObject({
    problem: { code: 'sweep.own' },
  })
  expect(await signOff(id)).toMatchObject({
    state: 'offered',
    deadlineOn: '2026-01-23',
    approvedFen: '3000000',
  })
  expect(await pool()).not.toEqual(before)
  const params = { id }
  const offer = must(await clerk.readApplication({ params }))
  expect(offer).toMatchObject({
    way: 'W6',
    matched: { baseFen: '20000000', leftOut: ['invoice', 'payment'] },
  })
  expect(await clerk.answerOffer({ params, body: { ...consent, accountEnding: '0000' } })).toMatchObject({
    problem: { code: 'offer.account_differs' },
  })
  expect(must(await clerk.answerOffer({ params, body: consent })).state).toBe('proposed')
  must(await reviewer.publishNotice({ body: { adoptionId, applicationIds: [id] } }))
  city.setDay('2026-01-27')
  await city.tick()
  const done = must(await clerk.readApplication({ params }))
  expect(done.state).toBe('granted')
  const claim = must(await clerk.readClaim({ params: { id: done.claimId! } }))
  expect(claim).toMatchObject({ state: 'approved', approvedFen: '3000000', payeeId: city.firm.id })
  city.setDay('2026-01-10')
})

test('what is declined goes back; an appeal goes back too, and is decided again for itself', async () => {
  const before = await pool()
  const id = await swept({ number: 'HZ-3', settledFen: 20n * WAN, series: 3 })
  await signOff(id)
  const params = { id }
  const appeal = { answer: 'appeal' as const, reason: '上级核定的是 30% 档，金额应更高' }
  expect(must(await clerk.answerOffer({ params, body: appeal })).state).toBe('submitted')
  expect(await pool()).toEqual(before)
  expect(await signOff(id)).toMatchObject({ state: 'offered' })
  const decline = { answer: 'decline' as const, reason: '另行申请' }
  expect(must(await clerk.answerOffer({ params, body: decline })).state).toBe('withdrawn')
  expect(await pool()).toEqual(before)
  expect(await clerk.answerOffer({ params, body: consent })).toMatchObject({
    problem: { code: 'application.transition_not_allowed' },
  })
})

test('silence declines, or consents, as the programme says', async () => {
  const before = await pool()
  const id = await swept({ number: 'HZ-4', settledFen: 20n * WAN, series: 4 })
  await signOff(id)
  const other = await testSweeps(city, seller, { poolFen: 10n * WAN, silence: 'consents' })
  const presumed = await other.swept({ number: 'HZ-5', settledFen: 20n * WAN, series: 5 })
  await other.signOff(presumed)
  city.setDay('2026-01-26')
  await city.tick()
  const state = async (which: string): Promise<string> =>
    must(await clerk.readApplication({ params: { id: which } })).state
  expect([await state(id), await state(presumed)]).toEqual(['withdrawn', 'proposed'])
  expect(await pool()).toEqual(before)
  const told = must(await clerk.listMessages({ query: {} })).items.map(({ kind }) => kind)
  expect(told).toEqual(expect.arrayContaining(['offer_made', 'offer_ended', 'offer_presumed']))
  city.setDay('2026-01-10')
})

test('a sale that the seller is approved for is not free for the buyer, before and after it is paid', async () => {
  const sale = { number: 'HZ-6', settledFen: 20n * WAN, series: 6 }
  const { id } = await seller.submitted(sale)
  const body = { decision: 'approve' as const, amountFen: '10000000', findings: {}, reason: '销售属实' }
  const award = {
    creditCode: city.firm.creditCode,
    contractNumber: 'HZ-6',
    percent: 30,
    approvedOn: '2025-12-31',
  }
  const checked = async (): Promise<unknown> =>
    must(await sweeper.checkSweep({ body: listOf(award) })).items[0]!.ceilingFen
  expect(await checked()).toBe('3000000')
  must(await reviewer.decideApplication({ params: { id }, body }))
  expect(await checked()).toBeNull()
})

test('an application keeps the table it started under', async () => {
  const id = await swept({ number: 'HZ-7', settledFen: 20n * WAN, series: 7 })
  await signOff(id)
  const { kysely } = city.store.database
  const { workflow } = await kysely
    .selectFrom('application')
    .select('workflow')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const { transitions, ...table } = workflow as { transitions: readonly { event: string }[] }
  const older = { ...table, version: 0, transitions: transitions.filter(({ event }) => event !== 'consent') }
  await kysely
    .updateTable('application')
    .set({ workflow: JSON.stringify(older) })
    .where('id', '=', id)
    .execute()
  expect(
    must(await clerk.readApplication({ params: { id } })).allowed.map(({ event }) => event),
  ).not.toContain('consent')
  expect(await clerk.answerOffer({ params: { id }, body: consent })).toMatchObject({
    problem: { code: 'application.transition_not_allowed' },
  })
  expect(
    must(await clerk.answerOffer({ params: { id }, body: { answer: 'decline', reason: '不要了' } })).state,
  ).toBe('withdrawn')
})

test('what a deputy sweeps in the own name is signed off by another', async () => {
  const grant = { role: 'policy_author' as const, district: null, organisationCreditCode: null }
  const deputy = await enrolled(city, 'deputy', grant)
  city.setDay('2026-01-10')
  const duty = { deputy, district: null, startsOn: '2026-01-10', endsOn: '2026-01-31', reason: '年度休假' }
  must(await sweeper.makeDelegation({ body: duty }))
  const list = listOf(await held({ number: 'HZ-9', settledFen: 20n * WAN, series: 9 }))
  const sweep = must(await (await signIn(city.server.url, 'deputy')).makeSweep({ body: list }))
  const id = sweep.items[0]!.applicationId!
  const body = { decision: 'approve' as const, amountFen: '100', findings: {}, reason: '核定无误' }
  expect(await sweeper.decideApplication({ params: { id }, body })).toMatchObject({
    problem: { code: 'sweep.own' },
  })
  expect(await signOff(id)).toMatchObject({ state: 'offered' })
})
