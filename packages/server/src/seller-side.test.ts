// W4, support of sellers, through the public routes: the provider applies, one contract an application, with the proofs of
// what it sold; what the notice confirms is payable to the provider. A sale counts once, whoever claims it first. After
// each test the books are proved.
import { payUnverified, faultsIn, must, testAfterUse, testCity, testSeller } from '@suanquan/testkit'
import { afterAll, afterEach, expect, test } from 'vitest'

const WAN = 1_000_000n
const city = await testCity()
const { provider } = city
const seller = city.as('provider')
const clerk = city.as('clerk')
const reviewer = city.as('reviewer')
const finance = city.as('finance')
const finance2 = city.as('finance2')
const { adoptionId, drafted, draft, submitted } = await testSeller(city, 300n * WAN)
const buyer = await testAfterUse(city, { poolFen: 300n * WAN })
city.setDay('2026-01-10')

afterAll(() => city.stop())
afterEach(async () => expect(await faultsIn(city.store.database)).toEqual([]))

function approve(id: string, amountFen: string): ReturnType<typeof reviewer.decideApplication> {
  const body = { decision: 'approve' as const, amountFen, findings: {}, reason: '销售属实' }
  return reviewer.decideApplication({ params: { id }, body })
}

test('half of a proven sale is paid to the provider, without any voucher', async () => {
  const application = await submitted({ number: 'QD-1', settledFen: 20n * WAN, series: 1 })
  expect(application).toMatchObject({
    way: 'W4',
    organisationId: provider.id,
    eligible: 'yes',
    ceilingFen: '10000000',
    matched: { baseFen: '20000000', leftOut: [], shortfalls: [] },
  })
  expect(application.facts.find(({ id }) => id === 'buyer.region')).toMatchObject({ value: '990101' })
  must(await approve(application.id, '10000000'))
  const params = { id: application.id }
  const notice = must(
    await reviewer.publishNotice({ body: { adoptionId, applicationIds: [application.id] } }),
  )
  expect(notice.lines).toBe(1)
  city.setDay('2026-01-27')
  await city.tick()
  const done = must(await seller.readApplication({ params }))
  expect(done).toMatchObject({ state: 'granted', voucherId: null })
  const claim = must(await seller.readClaim({ params: { id: done.claimId! } }))
  expect(claim).toMatchObject({ state: 'approved', approvedFen: '10000000', payeeId: provider.id })
  await payUnverified(city, [claim.id])
  const batch = must(await finance.prepareDisbursement({ body: { adoptionId, claimIds: [claim.id] } }))
  const which = { params: { id: batch.id } }
  must(await finance2.approveDisbursement({ ...which, body: { fileSha256: batch.fileSha256 } }))
  const paid = { bankReference: 'YH-4', paidOn: '2026-01-27', returned: [] }
  must(await finance.confirmDisbursement({ ...which, body: paid }))
  expect(must(await seller.readClaim({ params: { id: claim.id } })).state).toBe('paid')
  expect(must(await finance.readPool({ params: { id: adoptionId } }))).toMatchObject({ paidFen: '10000000' })
  city.setDay('2026-01-10')
})

test('a sale to a related party is shown with its reckoning and cannot be approved', async () => {
  const sale = { number: 'QD-2', settledFen: 8n * WAN, series: 2, related: true }
  const { id, eligible, matched, determination } = await submitted(sale)
  expect([eligible, matched!.baseFen]).toEqual(['no', '8000000'])
  const failed = determination!.conditions.filter(({ verdict }) => verdict === 'failed')
  expect(failed.map(({ id: name }) => name)).toEqual(['not_related'])
  expect(await approve(id, '1')).toMatchObject({ problem: { code: 'application.not_eligible' } })
})

test('what the buyer has had settled on the contract does not count for the seller again', async () => {
  const term = { startsOn: '2025-03-01', endsOn: '2025-12-31' }
  const own = await buyer.submitted({
    number: 'QD-3',
    ...term,
    settledFen: 6n * WAN,
    usedFen: 10n * WAN,
    series: 31,
  })
  const sale = { number: 'QD-3', settledFen: 10n * WAN, series: 3 }
  // the same contract in other words is refused, and says which
  const id = await drafted({ ...sale, usedFen: 0n })
  const { contract } = own.draft
  expect(await seller.submitApplication({ params: { id } })).toMatchObject({
    problem: { code: 'application.contract_terms_differ', params: { fields: ['contract.signedOn'] } },
  })
  const whole = draft(sale)
  const bought = own.draft.proofs!
  const body = {
    ...whole,
    contract: { ...whole.contract, signedOn: contract.signedOn! },
    proofs: {
      ...whole.proofs!,
      invoices: [...bought.invoices, ...whole.proofs!.invoices],
      payments: [...bought.payments, ...whole.proofs!.payments],
    },
  }
  const files = body.documents[0]!.attachmentId
  const filed = <Paper extends object>(papers: readonly Paper[]): (Paper & { attachmentId: string })[] =>
    papers.map((paper) => ({ ...paper, attachmentId: files }))
  const { invoices, payments } = body.proofs
  const proofs = { ...body.proofs, invoices: filed(invoices), payments: filed(payments) }
  must(await seller.saveDraft({ params: { id }, body: { ...body, proofs } }))
  const application = must(await seller.submitApplication({ params: { id } }))
  // the buyer's invoice is used up; of the seller's own, all that was metered
  const invoice = application.matched!.legs.find(({ leg }) => leg === 'invoice')!
  expect(invoice.causes).toMatchObject([{ code: 'invoice_settled_before', amountFen: '6000000' }])
  expect(application.matched!.baseFen).toBe('10000000')
  must(
    await reviewer.decideApplication({
      params: { id: own.id },
      body: { decision: 'approve', amountFen: '1800000', findings: {}, reason: '符合' },
    }),
  )
  must(await reviewer.publishNotice({ body: { adoptionId: buyer.adoptionId, applicationIds: [own.id] } }))
  city.setDay('2026-01-27')
  await city.tick()
  // paid to the buyer on 6 of the 10 that were metered: 4 are left for the seller
  const now = must(await seller.readApplication({ params: { id } }))
  expect(now.matched!.legs.find(({ leg }) => leg === 'metered')!.causes).toMatchObject([
    { code: 'metered_settled_before', amountFen: '6000000' },
  ])
  expect(now.matched!.baseFen).toBe('4000000')
  expect(await approve(id, '2000001')).toMatchObject({ problem: { code: 'application.above_ceiling' } })
  must(await approve(id, '2000000'))
  city.setDay('2026-01-10')
})

test('only the provider applies, and only to firms that are admitted', async () => {
  const asFirm = { adoptionId, organisationId: city.firm.id }
  expect(await clerk.openDraft({ body: asFirm })).toMatchObject({
    problem: { code: 'application.other_applicants' },
  })
  const asSeller = { adoptionId: buyer.adoptionId, organisationId: provider.id }
  expect(await seller.openDraft({ body: asSeller })).toMatchObject({
    problem: { code: 'application.other_applicants' },
  })
  const unknown = await drafted({
    number: 'QD-5',
    settledFen: 8n * WAN,
    series: 5,
    buyerCode: provider.creditCode,
  })
  expect(await seller.submitApplication({ params: { id: unknown } })).toMatchObject({
    problem: { code: 'application.incomplete', params: { missing: ['contract.buyerCode'] } },
  })
  const own = must(await seller.readApplication({ params: { id: unknown } }))
  expect(own.asks.counterparty).toBe('buyerCode')
  expect(await clerk.readApplication({ params: { id: unknown } })).toMatchObject({
    problem: { code: 'request.not_found' },
  })
})
