// A city with something on every page: cases in each state, an open notice with an objection, usage, a claim that waits,
// a batch that waits for its second person. Made through the routes.
import { payUnverified, applied, granted, must, upload, usedSacct, type TestCity } from '@suanquan/testkit'
import { appealsAndDeputies } from './appeals.ts'
import { archivePages } from './archive.ts'
import { clawbackPaths, clawbacks } from './clawbacks.ts'
import { disputeOn } from './disputes.ts'
import { engagementPages } from './engagements.ts'
import { funds } from './funds.ts'
import { imprests } from './imprests.ts'
import { mailedCity, MESSAGE_PAGES } from './mailed-city.ts'
import { officePaths } from './offices.ts'

export interface Furnished {
  readonly city: TestCity
  /** page paths by the person who sees them; `anybody` without signing in */
  readonly paths: Readonly<Record<string, Readonly<Record<string, string>>>>
}

const CLAIM_PAGES = { claims: '/claims', 'trade-papers': '/trade-papers' }

const REVIEW_PAGES = {
  'trade-papers': '/trade-papers',
  sweeps: '/review/sweeps',
  selections: '/review/selections',
  appeals: '/review/appeals',
  duty: '/review/duty',
  'service-desk': '/service',
  capacity: '/capacity',
  'usage-periods': '/usage/periods',
}

const PROVIDER_PAGES = {
  upstream: '/provider/upstream',
  contracts: '/provider',
  sales: '/provider/sales',
  usage: '/usage',
  completeness: '/usage/completeness',
  deductions: '/deductions',
  imprests: '/imprests',
  capacity: '/capacity',
}

const APPLYING = { apply: '/apply', applications: '/applications' }

export async function furnishedCity(): Promise<Furnished> {
  const { city, mail } = await mailedCity()
  await funds(city)
  const paid = await granted(city, await applied(city, 'clerk', city.firm), '100000000')
  const clawbackId = await clawbacks(city)
  const claimId = await claimed(city, paid.voucherId!)
  const batchId = await batched(city, claimId)
  const waitingClaim = await claim(city, paid.voucherId!, { from: '2024-06-01', to: '2024-06-05', number: 2 })
  const correction = await corrected(city)
  mail.fail({ at: 'RCPT', code: 550 }, { at: 'after', code: 'lost' })
  const announced = await announce(city)
  const waiting = await applied(city, 'clerk2', city.otherFirm, { number: 'HT-2024-004' })
  const judged = await applied(city, 'clerk3', city.university, { number: 'HT-2024-005' })
  const draft = must(
    await city.as('clerk').openDraft({ body: { adoptionId: city.adoptionId, organisationId: city.firm.id } }),
  )
  const voucher = must(await city.as('clerk').readVoucher({ params: { id: paid.voucherId! } }))
  const appealed = appealPaths(await appealsAndDeputies(city))
  const offices = await officePaths(city, { voucherNumber: voucher.number, judgedId: judged.id })
  const examined = await applied(city, 'clerk2', city.otherFirm, { number: 'HT-2024-006', account: 'sixth6' })
  const engaged = await engagementPages(city, examined.id)
  const archived = await archivePages(city, examined.id, judged.id)
  await said(city, paid.id)
  const imprestId = await imprests(city)
  return {
    city,
    paths: {
      anybody: { ...publicPaths(city, announced.noticeId), ...(await policyPaths(city)) },
      clerk: {
        desk: '/desk',
        ...MESSAGE_PAGES,
        ...APPLYING,
        ...casePaths(paid.id, correction.id),
        'wizard-firm': `/applications/${draft.id}/edit`,
        'wizard-contract': `/applications/${correction.id}/edit?step=contract`,
        'wizard-documents': `/applications/${correction.id}/edit?step=documents`,
        'wizard-statements': `/applications/${draft.id}/edit?step=statements`,
        'wizard-submit': `/applications/${draft.id}/edit?step=submit`,
        wallet: '/vouchers',
        voucher: `/vouchers/${voucher.id}`,
        'new-claim': `/vouchers/${voucher.id}/claim`,
        appraise: '/appraise',
        credentials: '/credentials',
        ...(await paperPaths(city, voucher.id)),
        ...CLAIM_PAGES,
        projects: '/projects',
        claim: `/claims/${claimId}`,
        ...clawbackPaths(clawbackId, paid.id).clerk,
        'contract-usage': `/contracts/${voucher.contractId}/usage`,
        ...(await statementPaths(city, voucher.contractId)),
        firm: '/organisations/own',
      },
      reviewer: {
        ...benchPaths({ waiting: waiting.id, judged: judged.id, claim: waitingClaim }),
        ...deskPaths(city, await comeBack(city)),
        ...REVIEW_PAGES,
        ...engaged.reviewer,
        ...archived.reviewer,
        organisation: `/organisations/${city.firm.id}`,
        ...clawbackPaths(clawbackId, paid.id).reviewer,
      },
      ...appealed,
      finance: await financePaths(city, [batchId, claimId, clawbackId.owed, voucher.number, imprestId]),
      ...offices,
      provider: { ...PROVIDER_PAGES, imprest: `/imprests/${imprestId}` },
      auditor: { ...offices['auditor'], ...archived.auditor },
      inspector: engaged.inspector,
    },
  }
}

const statementPaths = async (
  city: TestCity,
  contractId: string,
): Promise<Readonly<Record<string, string>>> => ({
  statements: '/statements',
  statement: `/statements/${contractId}`,
  disputes: '/disputes',
  dispute: `/disputes/${await disputeOn(city, contractId)}`,
})

const benchPaths = (cases: {
  readonly waiting: string
  readonly judged: string
  readonly claim: string
}): Readonly<Record<string, string>> => ({
  queue: '/review/applications',
  bench: `/review/applications/${cases.waiting}`,
  'bench-experts': `/review/applications/${cases.judged}`,
  'claim-queue': '/review/claims',
  'claim-bench': `/review/claims/${cases.claim}`,
  'notice-desk': '/review/notices',
})

const casePaths = (granted: string, correction: string): Readonly<Record<string, string>> => ({
  'application-granted': `/applications/${granted}`,
  'application-correction': `/applications/${correction}`,
})

const appealPaths = (appealed: string): Furnished['paths'] => ({
  clerk2: { 'application-appealed': `/applications/${appealed}` },
  deputy: { 'appeals-deputy': '/review/appeals', 'duty-deputy': '/review/duty' },
})

const financePaths = async (
  city: TestCity,
  [batchId, claimId, owedId, voucher, imprestId]: readonly [string, string, string, string, string],
): Promise<Readonly<Record<string, string>>> => ({
  imprests: '/imprests',
  imprest: `/imprests/${imprestId}`,
  pool: '/finance/pool',
  'pool-then': '/finance/pool?asOf=2024-05-20',
  parts: '/finance/parts',
  fund: '/finance/fund',
  'take-overs': '/finance/take-overs',
  statement: '/finance/statement',
  'statement-voucher': `/finance/statement?q=${voucher}&from=2024-05-10`,
  countersign: '/finance/countersign',
  planning: '/finance/planning',
  disbursements: '/finance/disbursements',
  batch: `/finance/disbursements/${batchId}`,
  'clawback-collect': `/clawbacks/${owedId}`,
  ...(await paymentPaths(city, batchId, claimId)),
})

/** The chain of a payment, and what its fund's payments carry. */
async function paymentPaths(
  city: TestCity,
  batchId: string,
  claimId: string,
): Promise<Readonly<Record<string, string>>> {
  const { items } = must(await city.as('finance').listFunds({}))
  return {
    'payment-chain': `/finance/disbursements/${batchId}/lines/${claimId}`,
    treasury: `/finance/treasury/${items[0]!.id}`,
  }
}

/** A credential and an attestation that the firm made. */
async function paperPaths(city: TestCity, voucherId: string): Promise<Readonly<Record<string, string>>> {
  const clerk = city.as('clerk')
  const credential = must(await clerk.makeCredential({ params: { id: voucherId } }))
  const about = { recipient: '示例银行', purpose: '流动资金贷款审查', on: '2024-06-01', days: 30 }
  const attestation = must(await clerk.makeAttestation({ body: { ...about, organisationId: city.firm.id } }))
  return { credential: `/credentials/${credential.id}`, attestation: `/credentials/${attestation.id}` }
}

/** A measure of another place of which little is known, and two that differ. */
async function policyPaths(city: TestCity): Promise<Readonly<Record<string, string>>> {
  const { items } = must(await city.anybody.listMeasures({}))
  const hashOf = (place: string): string => items.find(({ id }) => id === `${place}.compute_reward`)!.hash
  const versions = items.filter(({ state }) => state !== 'skeleton').slice(0, 2)
  return {
    policy: `/policies/${hashOf('cn.wuxi')}`,
    'policy-adopted': `/policies/${items.find(({ state }) => state === 'adopted')!.hash}`,
    'policies-compared': `/policies/compare?before=${versions[0]!.hash}&after=${versions[1]!.hash}`,
  }
}

/** Everything that anybody sees. */
function publicPaths({ adoptionId }: TestCity, noticeId: string): Readonly<Record<string, string>> {
  return {
    home: '/',
    notices: '/notices',
    notice: `/notices/${noticeId}`,
    rounds: '/rounds',
    progress: '/progress',
    programme: `/programmes/${adoptionId}`,
    calculator: '/calculator',
    'calculator-started': '/calculator?start=yes',
    'calculator-all': '/calculator/all',
    policies: '/policies',
    'policies-filtered': '/policies?kind=compute_voucher&grade=B',
    catalogue: '/catalogue',
    'open-data': '/open-data',
    ask: '/ask',
    appraisals: '/appraisals',
    search: '/search?q=独立法人',
    verify: '/verify',
    proof: '/proof',
    'search-nothing': '/search?q=没有这样的词',
    'sign-in': '/sign-in',
    enrol: '/enrol',
    'set-up': '/set-up',
    nowhere: '/no-such-page',
  }
}

/** A bad appraisal and a complaint that wait for an answer. */
async function said(city: TestCity, objectId: string): Promise<void> {
  const appraised = { step: 'review' as const, objectId, grade: 2, reason: '补正通知没有写清楚缺哪一页' }
  must(await city.as('clerk').makeAppraisal({ body: appraised }))
  const asked = { kind: 'complaint' as const, contactName: '王某某', contactPhone: '138 0000 2222' }
  must(await city.anybody.fileInquiry({ body: { ...asked, text: '电话一直占线，请增加人手。' } }))
}

async function claimed(city: TestCity, voucherId: string): Promise<string> {
  const account = `e${city.firm.creditCode.toLowerCase()}`
  for (const [by, day, jobId] of [
    [account, '2024-05-21', 1],
    [account, '2024-06-02', 2],
    ['nobody', '2024-06-03', 3],
  ] as const) {
    const bytes = usedSacct({ account: by, day, hours: 20, cards: 64, jobId })
    const file = { name: `sacct-${day}.json`, bytes, mediaType: 'application/json' }
    must(await city.as('provider').importUsage({ query: { organisationId: city.provider.id }, file }))
  }
  city.setDay('2024-06-10')
  return claim(city, voucherId, { from: '2024-05-10', to: '2024-05-31', number: 1 })
}

interface Part {
  readonly from: string
  readonly to: string
  readonly number: number
}

async function claim(city: TestCity, voucherId: string, { from, to, number }: Part): Promise<string> {
  const clerk = city.as('clerk')
  const attachmentId = await upload(clerk, 'invoice', city.firm.id)
  const [seller, buyer] = [city.provider.creditCode, city.firm.creditCode]
  const invoice = { number: `2499000000000000000${number}`, sellerCreditCode: seller, buyerCreditCode: buyer }
  const payment = { reference: `P-${number}`, payerCreditCode: buyer, payeeCreditCode: seller }
  const body = {
    voucherId,
    periodFrom: from,
    periodTo: to,
    invoices: [
      {
        ...invoice,
        amountFen: '1280000',
        excludedFen: '0',
        redLetterOf: null,
        issuedOn: '2024-06-06',
        attachmentId,
      },
    ],
    payments: [{ ...payment, amountFen: '1000000', paidOn: '2024-06-07', attachmentId }],
    deliveryCertificateId: attachmentId,
  }
  return must(await clerk.submitClaim({ body })).id
}

async function batched(city: TestCity, claimId: string): Promise<string> {
  const { payableFen } = must(await city.as('reviewer').readClaim({ params: { id: claimId } }))
  const approve = { decision: 'approve' as const, amountFen: payableFen, reason: '四项相符' }
  must(await city.as('reviewer').decideClaim({ params: { id: claimId }, body: approve }))
  await payUnverified(city, [claimId])
  const body = { adoptionId: city.adoptionId, claimIds: [claimId] }
  return must(await city.as('finance').prepareDisbursement({ body })).id
}

/** An application that was sent back with two fields to mend. */
async function corrected(city: TestCity): Promise<{ readonly id: string }> {
  const { id } = await applied(city, 'clerk', city.firm, { number: 'HT-2024-002' })
  const fields = [
    { field: 'documents.compute_contract', remark: '第 3 页缺失，请上传完整的扫描件' },
    { field: 'contract.amountFen', remark: '与合同正文第五条的金额不一致' },
  ]
  const body = { decision: 'request_correction' as const, fields, reason: '请按提示补正两处后重新提交' }
  must(await city.as('reviewer').decideApplication({ params: { id }, body }))
  return { id }
}

function deskPaths(city: TestCity, corrected: string): Readonly<Record<string, string>> {
  return {
    'claim-queue-choosing': '/review/claims?state=submitted',
    find: `/find?q=${city.firm.creditCode.slice(2, 10)}`,
    'find-nothing': '/find?q=ZZZZ',
    'queue-columns': '/review/applications?columns=number%2Cdeadline',
    'bench-corrected': `/review/applications/${corrected}`,
  }
}

/** An application that came back from a correction, with what it changed. */
async function comeBack(city: TestCity): Promise<string> {
  const { id } = await applied(city, 'clerk', city.firm, { number: 'HT-2024-006', account: 'six' })
  const fields = [{ field: 'contract.amountFen', remark: '与合同正文第五条的金额不一致' }]
  const body = { decision: 'request_correction' as const, fields, reason: '请按提示补正' }
  const { draft } = must(await city.as('reviewer').decideApplication({ params: { id }, body }))
  const contract = { ...draft.contract, amountFen: '180000000' }
  must(await city.as('clerk').saveDraft({ params: { id }, body: { ...draft, contract } }))
  must(await city.as('clerk').submitApplication({ params: { id } }))
  await unmasked(city)
  return id
}

async function unmasked(city: TestCity): Promise<void> {
  const body = {
    about: 'organisation' as const,
    objectId: city.firm.id,
    purpose: 'verify_payment' as const,
    reason: '退票后核对收款账户',
  }
  must(await city.as('finance').unmask({ body }))
}

async function announce(city: TestCity): Promise<{ noticeId: string }> {
  const application = await applied(city, 'clerk', city.firm, { number: 'HT-2024-003' })
  const findings = { 'applicant.fits_city_ai_plan': true, 'applicant.sound_finance': true }
  const approve = { decision: 'approve' as const, amountFen: '60000000', findings, reason: '符合条件' }
  must(await city.as('reviewer').decideApplication({ params: { id: application.id }, body: approve }))
  const body = { adoptionId: city.adoptionId, applicationIds: [application.id] }
  const notice = must(await city.as('reviewer').publishNotice({ body }))
  const objection = {
    applicationNumber: application.number,
    statement: '该单位与算力供给方的法定代表人似为同一人，请核查是否关联。',
    contactName: '刘某某',
    contactPhone: '138 0000 0000',
  }
  must(await city.anybody.fileObjection({ params: { id: notice.id }, body: objection }))
  return { noticeId: notice.id }
}
