// W3, support after use, through the public routes: no voucher anywhere. The firm brings contract, invoice and payment, the
// platform its metered use; what the notice confirms is payable at once. After each test the books are proved.
import type { AnswerOf, Routes } from '@suanquan/api'
import { payUnverified, faultsIn, must, testAfterUse, testCity } from '@suanquan/testkit'
import { afterAll, afterEach, expect, test } from 'vitest'

const WAN = 1_000_000n
const city = await testCity()
const { firm } = city
const clerk = city.as('clerk')
const reviewer = city.as('reviewer')
const finance = city.as('finance')
const finance2 = city.as('finance2')
const { adoptionId, drafted, submitted } = await testAfterUse(city, { poolFen: 300n * WAN, capYuan: '80000' })
city.setDay('2026-01-10')

afterAll(() => city.stop())
afterEach(async () => expect(await faultsIn(city.store.database)).toEqual([]))

function approve(id: string, amountFen: string): ReturnType<typeof reviewer.decideApplication> {
  const body = { decision: 'approve' as const, amountFen, findings: {}, reason: '符合条件' }
  return reviewer.decideApplication({ params: { id }, body })
}

async function announced(id: string): Promise<{ id: string; closesOn: string }> {
  return must(await reviewer.publishNotice({ body: { adoptionId, applicationIds: [id] } }))
}

const pool = async (): Promise<AnswerOf<Routes['readPool']>> =>
  must(await finance.readPool({ params: { id: adoptionId } }))

test('the official example comes to 25,102 yuan and is paid without any voucher', async () => {
  const application = await submitted({ number: 'NN-1', settledFen: 20n * WAN, series: 1 })
  expect(application).toMatchObject({ way: 'W3', eligible: 'yes', ceilingFen: '2510200' })
  const amounts = application.determination!.steps.map(({ amountFen }) => amountFen)
  expect(amounts).toContain('8367600')
  expect(application.matched).toMatchObject({ baseFen: '20000000', leftOut: [], shortfalls: [] })
  must(await approve(application.id, '2510200'))
  expect(await pool()).toMatchObject({ reservedFen: '2510200' })
  const notice = await announced(application.id)
  city.setDay('2026-01-27')
  await city.tick()
  const done = must(await clerk.readApplication({ params: { id: application.id } }))
  expect(done).toMatchObject({ state: 'granted', voucherId: null, noticeId: notice.id })
  const params = { id: done.claimId! }
  const claim = must(await clerk.readClaim({ params }))
  expect(claim).toMatchObject({
    state: 'approved',
    voucherId: null,
    number: application.number.replace('SQ', 'BZ'),
    approvedFen: '2510200',
    payeeId: firm.id,
    matched: { baseFen: '20000000' },
  })
  expect(must(await clerk.listVouchers({ query: {} })).total).toBe(0)
  const withdrawn = await clerk.withdrawClaim({ params, body: { reason: '不要了' } })
  expect(withdrawn).toMatchObject({ problem: { code: 'claim.transition_not_allowed' } })

  expect(must(await clerk.readClaim({ params })).payment).toBeNull()
  await payUnverified(city, [claim.id])
  const batch = must(await finance.prepareDisbursement({ body: { adoptionId, claimIds: [claim.id] } }))
  const which = { params: { id: batch.id } }
  must(await finance2.approveDisbursement({ ...which, body: { fileSha256: batch.fileSha256 } }))
  const paid = { bankReference: 'YH-1', paidOn: '2026-01-27', returned: [] }
  must(await finance.confirmDisbursement({ ...which, body: paid }))
  expect(must(await clerk.readClaim({ params }))).toMatchObject({
    state: 'paid',
    payment: { batchNumber: batch.number, state: 'paid', paidOn: paid.paidOn, bankReference: 'YH-1' },
  })
  expect(await pool()).toMatchObject({ paidFen: '2510200', payableFen: '0', reservedFen: '0' })
  city.setDay('2026-01-10')
})

test('metered use that falls short of the papers is what is paid on, line by line', async () => {
  const term = { startsOn: '2025-03-01', endsOn: '2025-12-31' }
  const short = { number: 'NN-2', ...term, settledFen: 20n * WAN, usedFen: 12n * WAN, series: 2 }
  const application = await submitted(short)
  expect(application).toMatchObject({ ceilingFen: '3600000', matched: { baseFen: '12000000' } })
  expect(application.matched!.legs.find(({ least }) => least)?.leg).toBe('metered')
  const above = await approve(application.id, '3600100')
  expect(above).toMatchObject({ problem: { code: 'application.above_ceiling' } })
  must(await clerk.withdrawApplication({ params: { id: application.id }, body: { reason: '合同有误' } }))
})

test('an invoice counts once over all applications and claims', async () => {
  const term = { startsOn: '2025-03-01', endsOn: '2025-12-31', settledFen: 8n * WAN }
  const first = await submitted({ number: 'NN-3', ...term, series: 3 })
  const id = await drafted({ number: 'NN-4', ...term, series: 4 })
  const draft = must(await clerk.readApplication({ params: { id } })).draft
  const proofs = { ...draft.proofs!, invoices: first.draft.proofs!.invoices }
  must(await clerk.saveDraft({ params: { id }, body: { ...draft, proofs } }))
  const second = must(await clerk.submitApplication({ params: { id } }))
  expect(second.ceilingFen).toBe('0')
  expect(second.matched!.legs.find(({ leg }) => leg === 'invoice')!.causes).toMatchObject([
    { code: 'invoice_settled_before', amountFen: '8000000' },
  ])
  for (const each of [first.id, id])
    must(await clerk.withdrawApplication({ params: { id: each }, body: { reason: '重新申报' } }))
})

test('correction, objection and withdrawal hold; a correction after the window stays in time', async () => {
  const before = await pool()
  const term = { startsOn: '2025-03-01', endsOn: '2025-12-31', settledFen: 8n * WAN }
  const { id, number } = await submitted({ number: 'NN-5', ...term, series: 5 })
  city.setDay('2026-01-22')
  const fields = [{ field: 'proofs.payments', remark: '回单不清晰' }]
  const ask = { decision: 'request_correction' as const, fields, reason: '请补正' }
  const asked = must(await reviewer.decideApplication({ params: { id }, body: ask }))
  expect(asked).toMatchObject({ state: 'correction', deadlineOn: '2026-01-29' })
  city.setDay('2026-01-28')
  must(await clerk.saveDraft({ params: { id }, body: asked.draft }))
  const again = must(await clerk.submitApplication({ params: { id } }))
  expect(again).toMatchObject({ state: 'submitted', ceilingFen: '2400000', correctionFields: [] })
  must(await approve(id, '2400000'))
  const notice = await announced(id)
  const statement = '该单位与供给方存在关联关系，请核实'
  const contact = { contactName: '李四', contactPhone: '13900000000' }
  const body = { applicationNumber: number, statement, ...contact }
  const objection = must(await city.anybody.fileObjection({ params: { id: notice.id }, body }))
  const upheld = { outcome: 'upheld' as const, reason: '经核实属实' }
  must(await reviewer.answerObjection({ params: { id: objection.id }, body: upheld }))
  expect(must(await reviewer.readApplication({ params: { id } })).state).toBe('refused')
  expect(await pool()).toMatchObject({ leftFen: before.leftFen, reservedFen: before.reservedFen })
})

test('what a programme asks is on the draft, and a draft without it cannot be submitted', async () => {
  city.setDay('2026-01-12')
  const { id, asks } = must(await clerk.openDraft({ body: { adoptionId, organisationId: firm.id } }))
  expect(asks.proofs).toBe(true)
  expect(asks.declared.map(({ fact }) => fact)).toContain('applicant.operates_in')
  expect(asks.documents.filter(({ required }) => required).map(({ kind }) => kind)).toContain(
    'settlement_list',
  )
  const refused = await clerk.submitApplication({ params: { id } })
  const missing = expect.arrayContaining(['proofs.invoices', 'statements.applicant.operates_in'])
  expect(refused).toMatchObject({ problem: { code: 'application.incomplete', params: { missing } } })
})

test('the lifetime cap is an account: what was paid counts, and two reservations never promise the same fen', async () => {
  city.setDay('2026-01-12')
  const term = { startsOn: '2025-03-01', endsOn: '2025-12-31' }
  const sixth = await submitted({ number: 'NN-6', ...term, settledFen: 20n * WAN, series: 6 })
  const seventh = await submitted({ number: 'NN-7', ...term, settledFen: 8n * WAN, series: 7 })
  // 30% would be 6万; of the 8万 that one applicant may have in all, 2.5102万 are paid.
  expect(sixth).toMatchObject({ ceilingFen: '5489800', determination: { bindingCap: 'unit_total' } })
  expect(seventh.ceilingFen).toBe('2400000')
  must(await approve(sixth.id, '5489800'))
  expect(await approve(seventh.id, '2400000')).toMatchObject({
    problem: { code: 'application.above_ceiling' },
  })
})
