// W2, deduction at billing, through the public routes: the provider deducts, the firm pays the rest, the provider claims
// what it deducted. After each test the books are proved.
import { payUnverified, faultsIn, must, testCity, testDeduction } from '@suanquan/testkit'
import { afterAll, afterEach, expect, test } from 'vitest'

const WAN = 1_000_000n
const city = await testCity()
const { voucher, use, proofs, adoptionId } = await testDeduction(city, 500n * WAN)
const provider = city.as('provider')
const clerk = city.as('clerk')
const reviewer = city.as('reviewer')
const finance = city.as('finance')
const finance2 = city.as('finance2')
const month = '2024-05'
afterAll(() => city.stop())
afterEach(async () => expect(await faultsIn(city.store.database)).toEqual([]))

const amounts = async (id: string): Promise<{ usableFen: string; redeemedFen: string }> => {
  const { usableFen, redeemedFen } = must(await clerk.readVoucher({ params: { id } }))
  return { usableFen, redeemedFen }
}

function approve(id: string, amountFen: string): ReturnType<typeof reviewer.decideClaim> {
  const body = { decision: 'approve' as const, amountFen, reason: '四项相符' }
  return reviewer.decideClaim({ params: { id }, body })
}

test('a bill of 8,000 yuan: 4,800 are deducted, the firm pays 3,200, the provider is paid 4,800', async () => {
  city.setDay('2024-05-08')
  const { id, amountFen } = await voucher('CD-1', 10n * WAN)
  expect(amountFen).toBe('6000000')
  await use('CD-1', '2024-05-21', 100)
  city.setDay('2024-06-05')
  const { items } = must(await provider.listBillable())
  expect(items).toMatchObject([{ voucherId: id, months: [{ month, ratedFen: '800000' }] }])
  const body = { voucherId: id, month }
  expect(must(await provider.matchDeduction({ body })).payableFen).toBe('480000')
  const deduction = must(await provider.makeDeduction({ body }))
  expect(deduction).toMatchObject({ state: 'deducted', deductedFen: '480000', payeeId: city.provider.id })
  expect(deduction.matched!.leftOut).toEqual(['invoice', 'payment'])
  expect(await amounts(id)).toEqual({ usableFen: '5520000', redeemedFen: '480000' })
  expect(must(await provider.listBillable()).items).toEqual([])
  expect(await provider.makeDeduction({ body })).toMatchObject({ problem: { code: 'claim.period_overlaps' } })

  city.setDay('2024-06-20')
  const params = { id: deduction.id }
  const papers = proofs({ invoicedFen: 800_000n, paidFen: 320_000n, series: 1, on: '2024-06-18' })
  const claim = must(await provider.claimDeduction({ params, body: papers }))
  expect(claim).toMatchObject({ state: 'submitted', payableFen: '480000', matched: { shortfalls: [] } })
  expect(must(await clerk.readClaim({ params })).number).toBe(deduction.number)
  must(await approve(deduction.id, '480000'))
  await payUnverified(city, [deduction.id])
  const batch = must(await finance.prepareDisbursement({ body: { adoptionId, claimIds: [deduction.id] } }))
  const items2 = must(await finance.readDisbursement({ params: { id: batch.id } })).items
  expect(items2).toMatchObject([{ organisationName: '丙示例智算有限公司', amountFen: '480000' }])
  const which = { params: { id: batch.id } }
  must(await finance2.approveDisbursement({ ...which, body: { fileSha256: batch.fileSha256 } }))
  const paid = { bankReference: 'YH-1', paidOn: '2024-06-20', returned: [] }
  must(await finance.confirmDisbursement({ ...which, body: paid }))
  const pool = must(await finance.readPool({ params: { id: adoptionId } }))
  expect(pool).toMatchObject({ paidFen: '480000', payableFen: '0', issuedFen: '6000000' })
})

test('what the firm did not pay is not paid to the provider, and goes back to the voucher', async () => {
  city.setDay('2024-05-08')
  const { id } = await voucher('CD-2', 10n * WAN)
  await use('CD-2', '2024-05-21', 100)
  city.setDay('2024-06-05')
  const deduction = must(await provider.makeDeduction({ body: { voucherId: id, month } }))
  const params = { id: deduction.id }
  const papers = proofs({ invoicedFen: 800_000n, paidFen: 20_000n, series: 2, on: '2024-06-04' })
  const claim = must(await provider.claimDeduction({ params, body: papers }))
  // 4,800 deducted and 200 paid: the base is 5,000, and 60% of it 3,000.
  expect(claim).toMatchObject({ payableFen: '300000', matched: { baseFen: '500000' } })
  expect(claim.matched!.shortfalls).toMatchObject([{ code: 'payments_cover_less', differenceFen: '300000' }])
  expect(await approve(deduction.id, '300001')).toMatchObject({ problem: { code: 'claim.above_payable' } })
  must(await approve(deduction.id, '300000'))
  expect(await amounts(id)).toEqual({ usableFen: '5700000', redeemedFen: '300000' })
})

test('a reversal posts back what was recorded, after which the month can be billed again; a refusal does the same', async () => {
  city.setDay('2024-05-08')
  const { id } = await voucher('CD-3', 10n * WAN)
  await use('CD-3', '2024-05-21', 100)
  city.setDay('2024-06-05')
  const body = { voucherId: id, month }
  const first = must(await provider.makeDeduction({ body }))
  await use('CD-3', '2024-05-22', 50)
  const reason = { body: { reason: '计量有误' } }
  must(await provider.reverseDeduction({ params: { id: first.id }, ...reason }))
  expect(await amounts(id)).toEqual({ usableFen: '6000000', redeemedFen: '0' })
  const twice = await provider.reverseDeduction({ params: { id: first.id }, ...reason })
  expect(twice).toMatchObject({ problem: { code: 'claim.transition_not_allowed' } })
  const second = must(await provider.makeDeduction({ body }))
  expect(second.deductedFen).toBe('720000')
  const papers = proofs({ invoicedFen: 1_200_000n, paidFen: 480_000n, series: 3, on: '2024-06-04' })
  must(await provider.claimDeduction({ params: { id: second.id }, body: papers }))
  const refuse = { decision: 'refuse' as const, reason: '发票不符' }
  must(await reviewer.decideClaim({ params: { id: second.id }, body: refuse }))
  expect(await amounts(id)).toEqual({ usableFen: '6000000', redeemedFen: '0' })
})

test('a deduction stops at what the voucher still holds, and a voucher that is used up deducts nothing', async () => {
  city.setDay('2024-05-08')
  const { id } = await voucher('CD-4', 1_000_000n)
  await use('CD-4', '2024-05-21', 100)
  await use('CD-4', '2024-06-02', 100)
  await use('CD-4', '2024-07-02', 100)
  city.setDay('2024-08-05')
  const may = must(await provider.makeDeduction({ body: { voucherId: id, month } }))
  expect(may.deductedFen).toBe('480000')
  const june = must(await provider.makeDeduction({ body: { voucherId: id, month: '2024-06' } }))
  expect(june).toMatchObject({ deductedFen: '120000' })
  const july = await provider.makeDeduction({ body: { voucherId: id, month: '2024-07' } })
  expect(july).toMatchObject({ problem: { code: 'claim.nothing_payable' } })
})

test('each way has its own hand on the voucher', async () => {
  const [first] = must(await clerk.listVouchers({ query: {} })).items
  const firm = await clerk.submitClaim({
    body: {
      voucherId: first!.id,
      periodFrom: '2024-05-10',
      periodTo: '2024-05-31',
      ...proofs({ invoicedFen: 1n, paidFen: 1n, series: 9, on: '2024-06-04' }),
    },
  })
  expect(firm).toMatchObject({ problem: { code: 'claim.provider_deducts' } })
  const asClerk = await clerk.makeDeduction({ body: { voucherId: first!.id, month } })
  expect(asClerk).toMatchObject({ problem: { code: 'request.forbidden' } })
})

test('after the voucher has gone back to the pool, what a reviewer takes back goes there too', async () => {
  city.setDay('2024-05-08')
  const { id } = await voucher('CD-5', 10n * WAN)
  await use('CD-5', '2024-05-21', 100)
  city.setDay('2024-06-05')
  const { id: claimId } = must(await provider.makeDeduction({ body: { voucherId: id, month } }))
  const papers = proofs({ invoicedFen: 800_000n, paidFen: 320_000n, series: 5, on: '2024-06-04' })
  must(await provider.claimDeduction({ params: { id: claimId }, body: papers }))
  city.setDay('2025-02-03')
  await city.tick()
  const { leftFen } = must(await finance.readPool({ params: { id: adoptionId } }))
  must(await approve(claimId, '400000'))
  const after = must(await finance.readPool({ params: { id: adoptionId } }))
  expect(BigInt(after.leftFen) - BigInt(leftFen)).toBe(80_000n)
})
