// The centres' side of deduction at billing: each month they deduct what the vouchers allow, the firms pay the rest, and
// the centres claim with invoice and payment. The first deduction of the year is made too early and reversed.
import type { AnswerOf, Routes } from '@suanquan/api'
import { CITY, nextMonth } from '@suanquan/city'
import { addDays } from '@suanquan/core/calendar'
import { formatFen } from '@suanquan/core/money'
import { must, mustRefuse } from './actor.ts'
import { workingDayFrom, workingDaysAfter } from './agenda.ts'
import { countOf, today, type Centre, type Demo, type DemoProgramme } from './demo.ts'
import { pdfPage } from './pdf.ts'

type Billable = AnswerOf<Routes['listBillable']>['items'][number]
type Deduction = AnswerOf<Routes['makeDeduction']>

/** The vouchers are usable until the end of January. */
const BILLING = { first: '2024-05', last: '2025-01' }

export function planDeductions(demo: Demo): void {
  const programme = demo.programmes.find(({ name }) => name === 'deduction')!
  for (let month = BILLING.first; month <= BILLING.last; month = nextMonth(month))
    for (const centre of demo.centres.values())
      demo.agenda.plan(workingDayFrom(`${month}-12`), 'providers', () => billAll(demo, programme, centre))
}

async function billAll(demo: Demo, programme: DemoProgramme, centre: Centre): Promise<void> {
  const { items } = await must('可抵扣的账单', centre.engineer.api.listBillable())
  for (const item of items)
    for (const { month, ratedFen } of item.months)
      await bill(demo, { programme, centre }, item, { month, ratedFen })
}

interface Desk {
  readonly programme: DemoProgramme
  readonly centre: Centre
}

interface Bill {
  readonly month: string
  readonly ratedFen: string
}

async function bill(
  demo: Demo,
  desk: Desk,
  { voucherId }: Billable,
  { month, ratedFen }: Bill,
): Promise<void> {
  const { api } = desk.centre.engineer
  const body = { voucherId, month }
  const made = await api.makeDeduction({ body })
  demo.clock.pass()
  if (!made.ok && made.problem.code === 'claim.nothing_payable') {
    countOf(demo, desk.programme, 'nothing_left')
    return
  }
  let deduction = await must('账单抵扣', Promise.resolve(made))
  if (!demo.events.has('deduction/reversed')) {
    const reason = '账单尚未与企业核对，先撤销'
    await must('撤销抵扣', api.reverseDeduction({ params: { id: deduction.id }, body: { reason } }))
    countOf(demo, desk.programme, 'reversed')
    deduction = await must('重新抵扣', api.makeDeduction({ body }))
    await mustRefuse('重复抵扣', api.makeDeduction({ body }), 'claim.period_overlaps')
  }
  countOf(demo, desk.programme, 'deductions')
  const day = workingDaysAfter(today(demo), 4)
  demo.agenda.plan(day, 'providers', () => claim(demo, desk, deduction, BigInt(ratedFen)))
}

async function claim(demo: Demo, desk: Desk, deduction: Deduction, ratedFen: bigint): Promise<void> {
  const { centre, programme } = desk
  const firm = demo.cases.find(({ contractId }) => contractId === deduction.contractId)!
  const rest = ratedFen - BigInt(deduction.deductedFen!)
  const paidFen = (rest * BigInt(firm.plan.claims.paidPercent)) / 100n
  const { creditCode: buyer, payeeCreditCode: seller } = deduction
  const number = `2498${firm.plan.id.slice(1)}${deduction.periodTo.replaceAll('-', '')}0000`
  const invoice = {
    number,
    sellerCreditCode: seller,
    buyerCreditCode: buyer,
    amountFen: ratedFen.toString(),
    excludedFen: '0',
    redLetterOf: null,
    issuedOn: addDays(today(demo), -2),
    attachmentId: await paper(centre, 'invoice', deduction),
  }
  const payment = {
    reference: `DK${number.slice(2)}`,
    payerCreditCode: buyer,
    payeeCreditCode: seller,
    amountFen: paidFen.toString(),
    paidOn: addDays(today(demo), -1),
    attachmentId: await paper(centre, 'bank_receipt', deduction),
  }
  const body = {
    invoices: [invoice],
    payments: [payment],
    deliveryCertificateId: await paper(centre, 'delivery_certificate', deduction),
  }
  const params = { id: deduction.id }
  await must('凭抵扣申请兑付', centre.engineer.api.claimDeduction({ params, body }))
  demo.clock.pass()
  demo.agenda.plan(workingDaysAfter(today(demo), 3), 'reviewers', () => decide(demo, programme, deduction.id))
}

async function decide(demo: Demo, programme: DemoProgramme, id: string): Promise<void> {
  const { api } = demo.staff.reviewers.get(CITY)!
  const found = await must('审阅抵扣', api.readClaim({ params: { id } }))
  const short = BigInt(found.deductedFen!) - BigInt(found.payableFen)
  const reason =
    short === 0n
      ? '四项一致，按抵扣金额核定'
      : `企业付款不足，少核 ${formatFen(short)} 元，退回券内，由供给方另向企业收取`
  const body = { decision: 'approve' as const, amountFen: found.payableFen, reason }
  await must(`核定 ${found.number}`, api.decideClaim({ params: { id }, body }))
  demo.clock.pass()
  countOf(demo, programme, 'claims_approved')
  if (short > 0n) countOf(demo, programme, 'claims_short')
}

async function paper(
  { engineer, organisationId }: Centre,
  kind: 'invoice' | 'bank_receipt' | 'delivery_certificate',
  deduction: Deduction,
): Promise<string> {
  const bytes = pdfPage([kind, deduction.organisationName, deduction.number, deduction.contractNumber ?? ''])
  const file = { name: `${kind}.pdf`, bytes, mediaType: 'application/pdf' }
  const query = { kind, organisationId }
  return (await must(`上传 ${kind}`, engineer.api.uploadAttachment({ query, file }))).id
}
