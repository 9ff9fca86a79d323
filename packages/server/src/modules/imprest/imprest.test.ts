// 备用金, through the public routes: advanced by two people within the programme's rule and the fund's money, drawn with each
// deduction, filled again with each payment, owed back for what was rejected, returned at the end. After each test the
// books are proved.
import type { AnswerOf, BodyOf, Routes } from '@suanquan/api'
import { payUnverified, faultsIn, must, testCity, testDeduction } from '@suanquan/testkit'
import { afterAll, afterEach, expect, test } from 'vitest'

const WAN = 1_000_000n
const city = await testCity()
const { voucher, use, proofs, adoptionId } = await testDeduction(city, 500n * WAN)
const [provider, clerk, reviewer] = [city.as('provider'), city.as('clerk'), city.as('reviewer')]
const [finance, finance2, auditor] = [city.as('finance'), city.as('finance2'), city.as('auditor')]
const month = '2024-05'
afterAll(() => city.stop())
afterEach(async () => expect(await faultsIn(city.store.database)).toEqual([]))

const fund = must(await finance.listFunds({})).items.find(({ programmes }) =>
  programmes.some((each) => each.adoptionId === adoptionId),
)!
type Act = BodyOf<Routes['proposeFundAct']>
type Imprest = AnswerOf<Routes['listImprests']>['items'][number]

let series = 0
function propose(act: Partial<Act> & Pick<Act, 'kind'>): ReturnType<typeof finance.proposeFundAct> {
  const document = {
    documentNumber: `示财备〔2024〕${++series}号`,
    documentOn: '2024-05-06',
    reason: '按备用金办法',
  }
  return finance.proposeFundAct({ params: { id: fund.id }, body: { ...document, ...act } })
}
function decide(id: string): ReturnType<typeof finance2.decideFundAct> {
  return finance2.decideFundAct({ params: { id }, body: { decision: 'approve', reason: '' } })
}
const done = async (act: Partial<Act> & Pick<Act, 'kind'>): ReturnType<typeof decide> =>
  decide(must(await propose(act)).id)

const of = { adoptionId, providerId: city.provider.id }
const advance = (amountFen: string, rest: Partial<Act> = {}): ReturnType<typeof propose> =>
  propose({ kind: 'advance', ...of, amountFen, paidOn: '2024-05-06', returnBy: '2024-12-31', ...rest })
const giveBack = (amountFen: string, paidOn = '2024-06-20'): ReturnType<typeof done> =>
  done({ kind: 'return_advance', ...of, amountFen, paidOn })

const imprest = async (query = {}): Promise<Imprest> => {
  const { items } = must(await finance.listImprests({ query }))
  return items[0]!
}
const code = (answer: object): string | null =>
  'problem' in answer ? (answer.problem as { code: string }).code : null

let bills = 0
/** A bill of 8,000 yuan: 4,800 are deducted. @returns what can be deducted */
async function bill(): Promise<{ voucherId: string; month: string }> {
  const number = `BY-${++bills}`
  city.setDay('2024-05-08')
  const { id } = await voucher(number, 10n * WAN)
  await use(number, '2024-05-21', 100)
  city.setDay('2024-06-05')
  return { voucherId: id, month }
}

async function claimed(id: string, paidFen = 320_000n): Promise<void> {
  const papers = proofs({ invoicedFen: 800_000n, paidFen, series: 40 + ++series, on: '2024-06-05' })
  must(await provider.claimDeduction({ params: { id }, body: papers }))
}
const approve = (id: string, amountFen: string): ReturnType<typeof reviewer.decideClaim> =>
  reviewer.decideClaim({ params: { id }, body: { decision: 'approve', amountFen, reason: '相符' } })

async function pay(id: string): Promise<void> {
  await payUnverified(city, [id])
  const batch = must(await finance.prepareDisbursement({ body: { adoptionId, claimIds: [id] } }))
  const which = { params: { id: batch.id } }
  must(await finance2.approveDisbursement({ ...which, body: { fileSha256: batch.fileSha256 } }))
  const bank = { bankReference: `YH-${++series}`, paidOn: '2024-06-05', returned: [] }
  must(await finance.confirmDisbursement({ ...which, body: bank }))
}

test('money is advanced by two people, within the share, the amount and the fund', async () => {
  city.setDay('2024-05-08')
  // 20% of 5 million yuan for all, 500,000 for one: the amount binds
  expect(code(await advance('50000001'))).toBe('imprest.above_limit')
  const waiting = must(await advance('1200000'))
  expect(waiting).toMatchObject({ provider: '丙示例智算有限公司', returnBy: '2024-12-31' })
  expect(code(await decide(waiting.id))).toBe('fund.short')
  must(await done({ kind: 'appropriate', amountFen: '2000000' }))
  expect(
    code(
      await finance.decideFundAct({ params: { id: waiting.id }, body: { decision: 'approve', reason: '' } }),
    ),
  ).toBe('fund.own_proposal')
  must(await decide(waiting.id))
  expect(await imprest()).toMatchObject({
    advancedFen: '1200000',
    leftFen: '1200000',
    outstandingFen: '1200000',
    advancableFen: '48800000',
    outstandingSince: '2024-05-06',
    ageDays: 2,
    returnBy: '2024-12-31',
    overdueFen: '0',
  })
  const { advancedFen, sharedLeftFen } = must(await finance.readFund({ params: { id: fund.id } }))
  expect([advancedFen, sharedLeftFen]).toEqual(['1200000', '800000'])
})

test('only a provider is advanced anything, by a programme that says so, and back in time', async () => {
  expect(code(await advance('100', { providerId: city.firm.id }))).toBe('imprest.provider_unknown')
  // the vouchers are usable until 2025-01-31; ten working days later everything is back
  expect(code(await advance('100', { returnBy: '2025-03-01' }))).toBe('imprest.return_day_unfit')
  expect(code(await advance('100', { adoptionId: city.adoptionId }))).toBe('fund.programme_foreign')
  expect(code(await propose({ kind: 'advance', ...of, amountFen: '100', paidOn: '2024-05-06' }))).toBe(
    'fund.fields_unfit',
  )
})

test('a deduction draws on it, the payment of its claim fills it again, and nothing is paid twice', async () => {
  const body = await bill()
  expect(must(await provider.matchDeduction({ body }))).toMatchObject({
    payableFen: '480000',
    imprestFen: '480000',
  })
  const { id } = must(await provider.makeDeduction({ body }))
  expect(await imprest()).toMatchObject({ leftFen: '720000', openFen: '480000', drawnFen: '480000' })
  await claimed(id)
  must(await approve(id, '480000'))
  await pay(id)
  expect(await imprest()).toMatchObject({ leftFen: '1200000', openFen: '0', refilledFen: '480000' })
  expect(must(await provider.readClaim({ params: { id } }))).toMatchObject({
    imprestFen: '480000',
    imprestLeftFen: '0',
  })
  const before = await imprest({ asOf: '2024-06-04' })
  expect(before).toMatchObject({ leftFen: '1200000', drawnFen: '0', refilledFen: '0' })
})

test('what is reversed is there to use again; what is rejected is owed back, and comes back first', async () => {
  const first = must(await provider.makeDeduction({ body: await bill() }))
  must(await provider.reverseDeduction({ params: { id: first.id }, body: { reason: '计量有误' } }))
  expect(await imprest()).toMatchObject({
    leftFen: '1200000',
    openFen: '0',
    drawnBackFen: '480000',
    owedFen: '0',
  })
  const second = must(await provider.makeDeduction({ body: await bill() }))
  // the firm paid 200 yuan instead of 3,200: 3,000 of the 4,800 stand
  await claimed(second.id, 20_000n)
  must(await approve(second.id, '300000'))
  expect(await imprest()).toMatchObject({ leftFen: '720000', openFen: '300000', owedFen: '180000' })
  const third = must(await provider.makeDeduction({ body: await bill() }))
  await claimed(third.id)
  const refusal = { decision: 'refuse' as const, reason: '发票不符' }
  must(await reviewer.decideClaim({ params: { id: third.id }, body: refusal }))
  expect(await imprest()).toMatchObject({ leftFen: '240000', openFen: '300000', owedFen: '660000' })
  expect(code(await giveBack('900001', '2024-06-05'))).toBe('fund.short')
  must(await giveBack('700000', '2024-06-05'))
  expect(await imprest()).toMatchObject({
    leftFen: '200000',
    owedFen: '0',
    returnedFen: '40000',
    returnedOwedFen: '660000',
    outstandingFen: '500000',
  })
  await pay(second.id)
  expect(await imprest()).toMatchObject({ leftFen: '500000', openFen: '0', outstandingFen: '500000' })
})

test('two deductions at once on the last fen: one draws it, the other is claimed in the ordinary way', async () => {
  const bodies = [await bill(), await bill()]
  must(await giveBack('20000', '2024-06-05'))
  const made = await Promise.all(bodies.map((body) => provider.makeDeduction({ body })))
  const drawn = made.map((each) => must(each).imprestFen).toSorted()
  expect(drawn).toEqual(['0', '480000'])
  expect(await imprest()).toMatchObject({ leftFen: '0', openFen: '480000' })
})

test('what is not back by its day is overdue, and anybody may see it as of any day', async () => {
  city.setDay('2025-01-06')
  expect(await imprest()).toMatchObject({
    overdueFen: '480000',
    outstandingSince: '2024-05-06',
    ageDays: 245,
  })
  expect(await imprest({ asOf: '2024-12-31' })).toMatchObject({ overdueFen: '0', returnBy: '2024-12-31' })
  const { id } = await imprest()
  const mine = must(await provider.readImprest({ params: { id }, query: {} }))
  expect(mine.lines[0]).toMatchObject({ code: 'draw_down', outFen: '480000', balanceFen: '0' })
  expect(mine.lines.at(-1)).toMatchObject({
    code: 'advance',
    inFen: '1200000',
    reference: '示财备〔2024〕2号',
  })
  expect(mine.total).toBe(mine.lines.length)
  expect(code(await clerk.listImprests({ query: {} }))).toBe('request.forbidden')
  expect(must(await auditor.listImprests({ query: {} })).items).toHaveLength(1)
})
