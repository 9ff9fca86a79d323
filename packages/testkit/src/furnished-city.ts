// A small city in which there is one thing of each kind, all of them of the first firm in district 990101: a voucher with
// its claim in a batch, a contested notice, a deduction at billing, a draft, an appropriation proposed, a proof.
import { listHashOf } from '@suanquan/core/voucher'
import { createHash, randomUUID } from 'node:crypto'
import { agentOf } from './furnished-agent.ts'
import { disputeOf } from './furnished-dispute.ts'
import { fundThings, moneyInParts, takeOverOf } from './furnished-money.ts'
import { applied, FINDINGS, granted, upload, usedSacct } from './test-case.ts'
import { payUnverified, testFirm, type TestFirm } from './test-claim.ts'
import { otherVersion } from './other-version.ts'
import { papersOf } from './furnished-papers.ts'
import { correctedUse } from './furnished-usage.ts'
import { projectAndSelection } from './furnished-projects.ts'
import { sweepOf } from './furnished-sweep.ts'
import { appealAndDelegation, APPEALS, engagementAndInspection, fileAndDisposal } from './furnished-review.ts'
import {
  enrolled,
  JURISDICTION,
  must,
  signIn,
  testCity,
  type TestCity,
  type TestCityOptions,
} from './test-city.ts'
import { offered } from './test-offer.ts'
import { testDeduction } from './test-deduction.ts'
import { advancedImprest } from './test-imprest.ts'

export interface FurnishedCity {
  readonly city: TestCity
  readonly papers: TestFirm
  /** an id for each kind of thing, named as a column would be; `draft_id` is an application not yet submitted */
  readonly ids: Readonly<Record<string, string>>
}

export async function furnishedCity(options: TestCityOptions = {}): Promise<FurnishedCity> {
  const { adoption = (text: string): string => text } = options
  const city = await testCity({ ...options, adoption: (text) => adoption(text) + APPEALS })
  const papers = await testFirm(city)
  const contested = await contestedNotice(city)
  const deduction = await deductionAtBilling(city)
  const paid = await claimInBatch(city, papers)
  const wrong = await clawbackAndCorrection(city, papers, paid.ids)
  const experts = await expertReview(city)
  const office = await officeThings(city, paid.voucherNumber)
  const money = await moneyInParts(city)
  const fund = await fundThings(city)
  const told = await messageAndDelivery(city)
  const swept = await sweepOf(city)
  const projects = await projectAndSelection(city)
  const appealed = await appealAndDelegation(city)
  const engaged = await engagementAndInspection(city)
  const round = await roundOf(city)
  const service = await questionAndAppraisal(city, paid.ids['application_id']!)
  const { adoptionId, firm, provider } = city
  const parties = {
    adoption_id: adoptionId,
    organisation_id: firm.id,
    provider_id: provider.id,
    object_id: firm.id,
  }
  const ids = {
    ...parties,
    ...deduction,
    ...contested,
    ...paid.ids,
    ...wrong,
    ...experts,
    ...office,
    ...money,
    ...fund,
    ...told,
    ...swept,
    ...projects,
    ...appealed,
    ...engaged,
    ...(await fileAndDisposal(city, paid.ids['application_id']!)),
    ...round,
    ...(await takeOverOf(city)),
    ...(await ownThings(city)),
    ...(await papersOf(city, engaged['body_id']!)),
    ...(await agentOf(city)),
    usage_alert_id: await correctedUse(city),
    ...(await offered(city)),
    ...service,
  }
  return { city, papers, ids }
}

async function contestedNotice(city: TestCity): Promise<Record<string, string>> {
  const { adoptionId, firm } = city
  const reviewer = city.as('reviewer')
  const { id, number } = await applied(city, 'clerk', firm, { number: 'HT-2', account: 'second' })
  const approve = { decision: 'approve' as const, amountFen: '100', findings: FINDINGS, reason: '符合条件' }
  must(await reviewer.decideApplication({ params: { id }, body: approve }))
  const notice = must(await reviewer.publishNotice({ body: { adoptionId, applicationIds: [id] } }))
  const body = {
    applicationNumber: number,
    statement: '该单位与供给方存在关联关系，请核实',
    contactName: '张三',
    contactPhone: '13800000000',
  }
  const objection = must(await city.anybody.fileObjection({ params: { id: notice.id }, body }))
  return { notice_id: notice.id, objection_id: objection.id }
}

/** Three experts are asked about another application of the firm. */
async function expertReview(city: TestCity): Promise<Record<string, string>> {
  city.setDay('2024-05-08')
  const { id } = await applied(city, 'clerk', city.firm, { number: 'HT-3', account: 'third' })
  const expertIds: string[] = []
  for (const login of ['here-expert', 'expert2', 'expert3'])
    expertIds.push(
      await enrolled(city, login, { role: 'expert', district: null, organisationCreditCode: null }),
    )
  const criteria = [{ text: '必要性', weight: 1 }]
  const body = { criteria, blind: false, question: '请提出意见', dueOn: '2024-07-01', expertIds }
  const review = must(await city.as('reviewer').openExpertReview({ params: { id }, body }))
  return { expert_review_id: review.id, expert_id: expertIds[0]! }
}

/** A round whose list is published: its own row. */
async function roundOf(city: TestCity): Promise<Record<string, string>> {
  const { kysely } = city.store.database
  const { id: openedBy } = await kysely
    .selectFrom('person')
    .select('id')
    .where('login', '=', 'finance')
    .executeTakeFirstOrThrow()
  const id = randomUUID()
  const list = {
    number: 'FP-2024-99999',
    rule: 'pro_rata' as const,
    poolFen: 0n,
    minimumFen: 1n,
    drawName: '',
    drawOn: null,
    lines: [],
  }
  const sm3 = (bytes: Uint8Array): Uint8Array => createHash('sm3').update(bytes).digest()
  await kysely
    .insertInto('funding_round')
    .values({
      id,
      jurisdiction: JURISDICTION,
      district: JURISDICTION,
      adoption_id: city.adoptionId,
      number: list.number,
      rule: list.rule,
      minimum_fen: list.minimumFen,
      pool_fen: list.poolFen,
      list_hash: listHashOf(list, sm3),
      draw_name: list.drawName,
      state: 'announced',
      opened_by: openedBy,
      opened_at: '2024-05-08T01:00:00Z',
    })
    .execute()
  return { round_id: id }
}

/** A correction that the firm's second clerk has been told of, by a mail that its server did not take. */
async function messageAndDelivery(city: TestCity): Promise<Record<string, string>> {
  const { id } = await applied(city, 'clerk', city.firm, { number: 'HT-4', account: 'fourth' })
  const fields = [{ field: 'contract.amountFen', remark: '与合同正文不一致' }]
  const body = { decision: 'request_correction' as const, fields, reason: '请补正' }
  must(await city.as('reviewer').decideApplication({ params: { id }, body }))
  const clerk = await signIn(city.server.url, 'here-clerk')
  const message = must(await clerk.listMessages({})).items.find(({ aboutId }) => aboutId === id)!
  const { kysely } = city.store.database
  const { person_id, jurisdiction, district, kind, at } = await kysely
    .selectFrom('message')
    .selectAll()
    .where('id', '=', message.id)
    .executeTakeFirstOrThrow()
  const delivery = randomUUID()
  await kysely
    .insertInto('delivery')
    .values({
      id: delivery,
      jurisdiction,
      district,
      message_id: message.id,
      person_id,
      channel: 'email',
      kind,
      state: 'failed',
      attempts: 1,
      fence: 1n,
      next_at: new Date(at).toISOString(),
      created_at: new Date(at).toISOString(),
    })
    .execute()
  return { message_id: message.id, delivery_id: delivery }
}

/** What belongs to one person: a bulk act and an unmasking of a reviewer, a view that the firm's second clerk keeps. */
async function ownThings(city: TestCity): Promise<Record<string, string>> {
  const { id } = await applied(city, 'clerk', city.firm, { number: 'HT-5', account: 'fifth' })
  const reviewer = await signIn(city.server.url, 'here-reviewer')
  const act = {
    decision: 'request_correction' as const,
    fields: [{ field: 'contract.amountFen', remark: '与合同正文不一致' }],
    items: [{ id }],
  }
  const bulk = must(await reviewer.decideApplications({ body: { id: randomUUID(), reason: '请补正', act } }))
  const unmasking = must(
    await reviewer.unmask({
      body: { about: 'application', objectId: id, purpose: 'contact', reason: '电话核实材料' },
    }),
  )
  const clerk = await signIn(city.server.url, 'here-clerk')
  const view = must(await clerk.keepView({ body: { page: '/applications', name: '待补正', search: '' } }))
  return { bulk_id: bulk.id, unmasking_id: unmasking.id, view_id: view.id }
}

/** A deduction, and an imprest of its provider that it drew nothing from. */
async function deductionAtBilling(city: TestCity): Promise<Record<string, string>> {
  const billing = await testDeduction(city, 500_000_000n)
  const voucher = await billing.voucher('HT-D1', 100_000_000n)
  await billing.use('HT-D1', '2024-05-21', 10)
  city.setDay('2024-06-10')
  const body = { voucherId: voucher.id, month: '2024-05' }
  const { id } = must(await city.as('provider').makeDeduction({ body }))
  const advance = { amountFen: '1000000', paidOn: '2024-06-07', returnBy: '2024-12-31' }
  const imprest = await advancedImprest(city, { ...advance, adoptionId: billing.adoptionId })
  return { deduction_id: id, imprest_id: imprest }
}

async function questionAndAppraisal(city: TestCity, applicationId: string): Promise<Record<string, string>> {
  const appraised = { step: 'review' as const, objectId: applicationId, grade: 5, reason: '' }
  must(await city.as('clerk').makeAppraisal({ body: appraised }))
  const { items } = must(await city.as('reviewer').listAppraisals({}))
  const contact = { contactName: '张三', contactPhone: '13800000000' }
  const body = { kind: 'question' as const, text: '请问何时可以申请？', ...contact }
  const inquiry = must(await city.anybody.fileInquiry({ body }))
  return { appraisal_id: items[0]!.id, inquiry_id: inquiry.id }
}

async function claimInBatch(
  city: TestCity,
  papers: TestFirm,
): Promise<{ readonly ids: Record<string, string>; readonly voucherNumber: string }> {
  const { adoptionId, firm, provider } = city
  const clerk = city.as('clerk')
  city.setDay('2024-05-08')
  const application = await granted(city, await applied(city, 'clerk', firm), '100000000')
  const account = `e${firm.creditCode.toLowerCase()}`
  const bytes = usedSacct({ account, day: '2024-05-21', hours: 10, cards: 8 })
  const file = { name: 'sacct.json', bytes, mediaType: 'application/json' }
  must(await city.as('provider').importUsage({ query: { organisationId: provider.id }, file }))
  const voucher = must(await clerk.readVoucher({ params: { id: application.voucherId! } }))
  city.setDay('2024-06-10')
  const period = { voucherId: voucher.id, from: '2024-05-10', to: '2024-05-31', on: '2024-06-03' }
  const body = papers.claim({ ...period, fen: 80_000n, series: 1 })
  const claim = must(await clerk.submitClaim({ body }))
  const pay = { decision: 'approve' as const, amountFen: claim.payableFen, reason: '四项相符' }
  must(await city.as('reviewer').decideClaim({ params: { id: claim.id }, body: pay }))
  const claims = { adoptionId, claimIds: [claim.id] }
  await payUnverified(city, claims.claimIds)
  const batch = must(await city.as('finance').prepareDisbursement({ body: claims }))
  return {
    voucherNumber: voucher.number,
    ids: {
      application_id: application.id,
      voucher_id: voucher.id,
      contract_id: voucher.contractId,
      claim_id: claim.id,
      disbursement_id: batch.id,
      credential_id: must(await clerk.makeCredential({ params: { id: voucher.id } })).id,
    },
  }
}

/** A second claim whose amount is to be corrected, and a clawback of the first one's voucher. */
async function clawbackAndCorrection(
  city: TestCity,
  papers: TestFirm,
  ids: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const reviewer = city.as('reviewer')
  const account = `e${city.firm.creditCode.toLowerCase()}`
  const bytes = usedSacct({ account, day: '2024-06-02', hours: 10, cards: 8, jobId: 77 })
  const file = { name: 'sacct.json', bytes, mediaType: 'application/json' }
  must(await city.as('provider').importUsage({ query: { organisationId: city.provider.id }, file }))
  const period = { voucherId: ids['voucher_id']!, from: '2024-06-01', to: '2024-06-08', on: '2024-06-09' }
  const claim = must(
    await city.as('clerk').submitClaim({ body: papers.claim({ ...period, fen: 80_000n, series: 2 }) }),
  )
  const pay = { decision: 'approve' as const, amountFen: claim.payableFen, reason: '四项相符' }
  must(await reviewer.decideClaim({ params: { id: claim.id }, body: pay }))
  const wrong = { rightFen: '100', reason: '误将两份发票计入', evidence: '发票复核记录' }
  const corrected = must(await reviewer.proposeRectification({ params: { id: claim.id }, body: wrong }))
  const taken = {
    applicationId: ids['application_id']!,
    basis: 'misuse' as const,
    finding: '核查发现部分算力用于转租，与申报用途不符',
    clause: '《财政违法行为处罚处分条例》第十四条',
    evidence: ['转租合同'],
    revokes: true,
    lines: [],
    answerBy: '2024-07-31',
  }
  const clawback = must(await reviewer.proposeClawback({ body: taken }))
  return {
    clawback_id: clawback.id,
    rectification_id: corrected.id,
    ...(await disputeOf(city, ids['contract_id']!)),
  }
}

async function officeThings(city: TestCity, voucherNumber: string): Promise<Record<string, string>> {
  const { adoptionId, firm } = city
  const [clerk, auditor] = [city.as('clerk'), city.as('auditor')]
  city.setDay('2024-06-11')
  const draft = must(await clerk.openDraft({ body: { adoptionId, organisationId: firm.id } }))
  const money = { adoptionId, documentNumber: '示财预〔2024〕99号', amountFen: '100' }
  const proposed = must(await city.as('finance').proposeAppropriation({ body: money }))
  await enrolled(city, 'here-clerk', {
    role: 'clerk',
    district: null,
    organisationCreditCode: firm.creditCode,
  })
  const leaver = await signIn(city.server.url, 'here-clerk')
  const leave = { organisationId: firm.id, successor: '李四', leavesOn: '2024-07-01', reason: '调岗' }
  const announced = must(await leaver.announceLeave({ body: leave }))
  const { items: people } = must(await city.as('administrator').listPeople({ query: { q: 'clerk' } }))
  const { items: postings } = must(await auditor.listPostings({ query: { q: voucherNumber } }))
  const { items: programmes } = must(await auditor.listProgrammes({}))
  const title = { zh: '测试采用', en: 'a test adoption' }
  const adoptionDraft = must(
    await city.as('policy_author').openAdoptionDraft({
      body: {
        programmeHash: programmes[0]!.hash,
        title,
        authority: { zh: '测试局', en: 'test bureau' },
        districts: [],
      },
    }),
  )
  const version = await otherVersion(auditor, 'cn.chengdu.model_reward', '2025.2')
  const proposal = must(await city.as('policy_author').proposeProgramme({ body: version }))
  const register = {
    name: '名单.csv',
    bytes: Buffer.from(`统一社会信用代码,参保人数\r\n${firm.creditCode},80`),
    mediaType: 'text/csv',
  }
  const imported = must(
    await city.as('administrator').checkImport({
      query: { kind: 'social_insurance', source: '社保登记', asOf: '2024-05-06' },
      file: register,
    }),
  )
  const proof = must(await auditor.startProof({ body: { kind: 'replay' } }))
  return {
    draft_id: draft.id,
    leave_id: announced.id,
    import_id: imported.id,
    attachment_id: await upload(clerk, 'invoice', firm.id),
    certificate_id: await upload(clerk, 'delivery_certificate', firm.id),
    appropriation_id: proposed.id,
    adoption_draft_id: adoptionDraft.id,
    programme_proposal_id: proposal.id,
    hash: programmes[0]!.hash,
    before: programmes[1]!.hash,
    programme: programmes[0]!.hash,
    person_id: people[0]!.id,
    successor_id: people[0]!.id,
    grant_id: people[0]!.grants[0]!.id,
    posting_id: postings[0]!.id,
    account_id: postings[0]!.debit.id,
    proof_id: proof.id,
  }
}
