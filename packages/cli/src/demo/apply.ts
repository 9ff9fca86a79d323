// The clerks' side of an application: the draft, the documents, handing in, mending, withdrawing.
import { addDays } from '@suanquan/core/calendar'
import type { AnswerOf, BodyOf, Routes } from '@suanquan/api'
import { afterUse, atBilling, bySeller, windows2024, type Window } from '@suanquan/city'
import { must } from './actor.ts'
import { workingDaysAfter } from './agenda.ts'
import { billFor } from './bill.ts'
import { countOf, today, type Case, type Demo, type DemoProgramme } from './demo.ts'
import { ratedUntil } from './rated-use.ts'
import { pdfPage } from './pdf.ts'

type Draft = BodyOf<Routes['saveDraft']>
type DocumentKind = Draft['documents'][number]['kind']

const TITLES: Readonly<Record<DocumentKind, string>> = {
  business_licence: '营业执照',
  industry_statement: '行业归属说明',
  financial_statement: '财务制度说明',
  credit_report: '信用报告',
  subsidy_statement: '其他财政资金情况说明',
  related_party_statement: '非关联关系声明',
  use_statement: '训练说明',
  compute_contract: '智能算力服务合同',
  licence: '营业执照或法人证书',
  usage_record: '算力使用记录',
  settlement_list: '按日拆分的结算清单',
  invoice: '电子发票',
  bank_receipt: '银行回单',
  delivery_certificate: '智能算力交付凭证',
  project_plan: '项目申报书',
  acceptance_report: '验收报告和成果证明',
  inspection_report: '第三方核查报告',
}

const WINDOWS: Readonly<Record<DemoProgramme['name'], readonly Window[]>> = {
  voucher: windows2024,
  after_use: [afterUse.window],
  deduction: [atBilling.window],
  seller: [bySeller.window],
  automatic: [],
}

/**
 * Every fifth firm begins some days before it hands in.
 * @param submitted is told of each application that was handed in
 */
export function planApplications(demo: Demo, submitted: (each: Case) => void): void {
  for (const [index, each] of demo.cases.entries()) {
    const { appliesOn } = each.plan
    const early = addDays(appliesOn, -3)
    const windows = WINDOWS[each.programme.name]
    const opensBefore = index % 5 === 0 && windows.some(({ from, to }) => from <= early && early <= to)
    if (opensBefore) demo.agenda.plan(early, 'clerks', () => beginDraft(demo, each))
    demo.agenda.plan(appliesOn, 'clerks', async () => {
      if (await apply(demo, each)) submitted(each)
    })
  }
}

async function beginDraft(demo: Demo, each: Case): Promise<void> {
  await openDraft(demo, each)
  await save(each, { contract: contractOf(demo, each), statements: {}, documents: [] })
}

export async function openDraft(demo: Demo, each: Case): Promise<void> {
  const body = { adoptionId: each.programme.adoptionId, organisationId: each.organisationId }
  const draft = await must('新建申请', each.clerk.api.openDraft({ body }))
  each.id = draft.id
  each.number = draft.number
  countOf(demo, each.programme, 'drafts')
}

/** @returns whether it was handed in */
async function apply(demo: Demo, each: Case): Promise<boolean> {
  if (each.id === null) await openDraft(demo, each)
  demo.clock.pass()
  const { asks } = await must('读取申请', each.clerk.api.readApplication({ params: { id: each.id! } }))
  const required = asks.documents.filter(({ required: needed }) => needed)
  const documents = await Promise.all(required.map(({ kind }) => attach(each, kind, TITLES[kind])))
  const proofs = asks.proofs ? { proofs: await proofsOf(demo, each) } : {}
  await save(each, {
    contract: contractOf(demo, each),
    statements: { ...statementsOf(each), declared: declaredBy(each, asks) },
    documents,
    ...proofs,
  })
  if (each.plan.course === 'stays_draft') return false
  await submit(demo, each)
  countOf(demo, each.programme, 'submitted')
  if (each.plan.course === 'withdraws')
    demo.agenda.plan(workingDaysAfter(today(demo), 2), 'clerks', () => withdraw(demo, each))
  return true
}

async function submit(demo: Demo, each: Case): Promise<void> {
  demo.clock.pass()
  await must(`提交 ${each.number}`, each.clerk.api.submitApplication({ params: { id: each.id! } }))
}

async function withdraw(demo: Demo, each: Case): Promise<void> {
  const body = { reason: '合同双方协商终止，撤回申请' }
  await must(`撤回 ${each.number}`, each.clerk.api.withdrawApplication({ params: { id: each.id! }, body }))
  countOf(demo, each.programme, 'withdrawn')
}

/** 补正: a paper that the reviewer asked for is uploaded anew, an amount to check was right; then it is handed in again. */
export async function correct(demo: Demo, each: Case): Promise<void> {
  const row = await must('读取申请', each.clerk.api.readApplication({ params: { id: each.id! } }))
  const { remark } = each.plan
  const named = row.asks.documents.find(({ kind }) => remark.field === `documents.${kind}`)
  if (named !== undefined) {
    const fresh = await attach(each, named.kind, `${TITLES[named.kind]}（补正）`)
    const documents = [...row.draft.documents.filter(({ kind }) => kind !== named.kind), fresh]
    await save(each, { ...row.draft, documents })
  }
  await submit(demo, each)
  countOf(demo, each.programme, 'corrected')
}

export async function attach(
  { clerk, organisationId, plan }: Case,
  kind: DocumentKind,
  title: string,
): Promise<{ kind: DocumentKind; attachmentId: string }> {
  const { organisation } = plan.firm
  const bytes = pdfPage([
    title,
    organisation.name,
    organisation.creditCode,
    `合同编号 ${plan.contract.number}`,
  ])
  const file = { name: `${title}.pdf`, bytes, mediaType: 'application/pdf' }
  const stored = await must(
    `上传 ${title}`,
    clerk.api.uploadAttachment({ query: { kind, organisationId }, file }),
  )
  return { kind, attachmentId: stored.id }
}

export async function save(each: Case, body: Draft): Promise<void> {
  await must(`保存 ${each.number}`, each.clerk.api.saveDraft({ params: { id: each.id! }, body }))
}

export function contractOf(
  { centres }: Demo,
  { plan: { contract, firm }, programme }: Case,
): Draft['contract'] {
  const { chip, fenPerCardHour } = contract.chip
  return {
    number: contract.number,
    ...(programme.name === 'seller'
      ? { buyerCode: firm.organisation.creditCode }
      : { providerId: centres.get(contract.provider.cluster)!.organisationId }),
    signedOn: contract.signedOn,
    startsOn: contract.startsOn,
    endsOn: contract.endsOn,
    amountFen: contract.amountFen.toString(),
    excludedFen: contract.excludedFen.toString(),
    use: contract.use,
    prices: [{ chip, priceFenPerCardHour: fenPerCardHour.toString() }],
    cluster: contract.provider.cluster,
    account: contract.account,
    qos: contract.qos,
  }
}

function statementsOf({ plan }: Case): Draft['statements'] {
  const { trait } = plan.firm
  return {
    relatedParties: trait === 'related' || trait === 'many_faults',
    otherCitySubsidy: trait === 'other_subsidy',
    purpose: plan.purpose,
    truthful: true,
  }
}

type Asks = AnswerOf<Routes['readApplication']>['asks']

/** What the firm says of itself; those with a fault do not hide it. */
function declaredBy({ plan }: Case, { declared }: Asks): Record<string, boolean | string> {
  const { organisation } = plan.firm
  const known: Readonly<Record<string, boolean | string>> = {
    'applicant.operates_in': organisation.region,
    'applicant.on_dishonesty_list': organisation.dishonest,
    'provider.at_designated_centre': true,
  }
  return Object.fromEntries(declared.map(({ fact }) => [fact, known[fact] ?? false]))
}

/** 使用后直补: the centre has billed what was used until the last month that is in, and the firm has paid it. */
async function proofsOf(demo: Demo, each: Case): Promise<NonNullable<Draft['proofs']>> {
  const { contract } = each.plan
  const { to, usedFen } = ratedUntil(demo, each)
  const bill = billFor(each, { from: contract.startsOn, to }, usedFen, today(demo))
  const [invoice, receipt, certificate] = await Promise.all(
    (['invoice', 'bank_receipt', 'delivery_certificate'] as const).map((kind) =>
      attach(each, kind, TITLES[kind]),
    ),
  )
  return {
    invoices: bill.invoices.map((paper) => ({ ...paper, attachmentId: invoice!.attachmentId })),
    payments: bill.payments.map((paper) => ({ ...paper, attachmentId: receipt!.attachmentId })),
    deliveryCertificateId: certificate!.attachmentId,
  }
}
