// The clerks' side of 兑付: once a month a firm looks whether it should claim; then it reads what the centre's accounting
// says, brings invoice, payment and certificate, and files. Some file twice, some use an invoice again.
import { lastOf, nextMonth, type Month } from '@suanquan/city'
import { addDays, addMonths } from '@suanquan/core/calendar'
import { seededRandom } from '@suanquan/core'
import { must, mustRefuse } from './actor.ts'
import { workingDayFrom } from './agenda.ts'
import { attach } from './apply.ts'
import { billFor, withRedLetter, type Period } from './bill.ts'
import { count, today, type Case, type Demo } from './demo.ts'
import { planClaimDecision } from './review-claim.ts'

/** Claims are taken until its end. */
const LAST_MONTH: Month = '2025-03'

export function planClaims(demo: Demo, each: Case): void {
  const { claims } = each.plan
  if (claims.cadence === 'never') return
  planLook(demo, each, addMonths(today(demo), claims.patience).slice(0, 7))
}

function planLook(demo: Demo, each: Case, month: Month): void {
  if (month > LAST_MONTH) return
  const random = seededRandom(demo.city.seed).fork(`claim/${each.plan.id}/${month}`)
  const day = workingDayFrom(addDays(`${month}-08`, random.int(13)))
  demo.agenda.plan(day, 'clerks', async () => {
    if (await look(demo, each, month)) planLook(demo, each, nextMonth(month))
  })
}

/** @returns whether the firm will look again next month */
async function look(demo: Demo, each: Case, month: Month): Promise<boolean> {
  const period = periodDue(demo, each, month)
  if (period === null) return true
  const left = await file(demo, each, period)
  return left && period.to < each.plan.contract.endsOn
}

/** The months that are in and not yet claimed, when the firm's habit says that it is time. */
function periodDue(demo: Demo, each: Case, month: Month): Period | null {
  const { contract, claims } = each.plan
  const imported = demo.imported.get(contract.provider.cluster)
  if (imported === undefined) return null
  const from = each.claimedTo === null ? contract.startsOn : addDays(each.claimedTo, 1)
  const to = lastOf(imported) < contract.endsOn ? lastOf(imported) : contract.endsOn
  if (from > to) return null
  const whole = to === contract.endsOn || month === LAST_MONTH
  const quarter = to >= addDays(addMonths(`${from.slice(0, 7)}-01`, 3), -1)
  const due = claims.cadence === 'monthly' || whole || (claims.cadence === 'quarterly' && quarter)
  return due ? { from, to } : null
}

/** @returns whether there may be more to claim later */
async function file(demo: Demo, each: Case, period: Period): Promise<boolean> {
  const { api } = each.clerk
  const { slip } = each.plan.claims
  const usedFen = await usedIn(each, period)
  if (usedFen === 0n) return true
  const plain = billFor(each, period, usedFen, today(demo))
  const bill = slip === 'red_letter' ? withRedLetter(plain) : plain
  const papers = await uploadPapers(each)
  const body = {
    voucherId: each.voucherId!,
    ...bill,
    invoices: bill.invoices.map((invoice) => ({ ...invoice, attachmentId: papers.invoice })),
    payments: bill.payments.map((payment) => ({ ...payment, attachmentId: papers.receipt })),
    deliveryCertificateId: papers.certificate,
  }
  demo.clock.pass()
  if (slip === 'reuses_invoice' && each.lastInvoice !== null && !each.slipped.has(slip)) {
    each.slipped.add(slip)
    const again = { ...body, invoices: [each.lastInvoice] }
    await mustRefuse('重复使用发票', api.submitClaim({ body: again }), 'claim.nothing_payable')
    count(demo, 'claims_refused/invoice_settled_before')
  }
  const filed = await api.submitClaim({ body })
  if (!filed.ok && filed.problem.code === 'claim.nothing_payable') {
    count(demo, 'claims_refused/nothing_payable')
    return false
  }
  const claim = await must('提交兑付申请', Promise.resolve(filed))
  count(demo, 'claims')
  if (slip === 'claims_twice' && !each.slipped.has(slip)) {
    each.slipped.add(slip)
    await mustRefuse('重复提交兑付申请', api.submitClaim({ body }), 'claim.period_overlaps')
    count(demo, 'claims_refused/period_overlaps')
  }
  const before = each.claimedTo
  each.claimedTo = period.to
  each.lastInvoice = body.invoices[0]!
  planClaimDecision(demo, each, { claimId: claim.id, claimedBefore: before })
  return true
}

/** What the centre's accounting rates the period at: a period begins and ends with a month, or with the contract. */
async function usedIn({ clerk, contractId }: Case, { from, to }: Period): Promise<bigint> {
  const usage = await must(
    '查看用量',
    clerk.api.readContractUsage({ params: { id: contractId! }, query: { size: 1 } }),
  )
  const within = usage.months.filter(({ month }) => month >= from.slice(0, 7) && month <= to.slice(0, 7))
  return within.reduce((sum, { amountFen }) => sum + BigInt(amountFen), 0n)
}

interface Papers {
  readonly invoice: string
  readonly receipt: string
  readonly certificate: string
}

async function uploadPapers(each: Case): Promise<Papers> {
  const [invoice, receipt, certificate] = await Promise.all([
    attach(each, 'invoice', '电子发票'),
    attach(each, 'bank_receipt', '银行回单'),
    attach(each, 'delivery_certificate', '智能算力交付凭证'),
  ])
  return {
    invoice: invoice.attachmentId,
    receipt: receipt.attachmentId,
    certificate: certificate.attachmentId,
  }
}
