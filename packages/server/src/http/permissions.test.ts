// Every route against everybody who may not: generated from the route table and the permission table, so that a new
// route is covered on the day it is written.
import { roles, routes, scopeOf, type Route, type RouteName } from '@suanquan/api'
import {
  applied,
  digestOf,
  FINDINGS,
  granted,
  must,
  PASSWORD,
  rawCall,
  rawSession,
  testCity,
  upload,
  usedSacct,
  type RawCall,
} from '@suanquan/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

// Sessions note when they were last seen: by a clock that stands still, so that only what a request changes is seen.
const wall = Date.now()
const city = await testCity({ wallClock: () => wall })
const { adoptionId, firm, otherFirm, provider } = city
afterAll(() => city.stop())

/** One thing of each kind, all of them of the first firm in district 990101. */
const ids: Record<string, string> = {}
/** A person of each role who has nothing to do with that firm, its district or its provider. */
const strangers = new Map<string, RawCall>()
const nobody = rawCall(city.server.url)

const PARTICULARS = {
  name: { zh: '测试市', en: 'Test City' },
  authority: { zh: '', en: '' },
  contact: '010-0000',
  address: '',
  domain: '',
  languages: 'both',
  siteCode: '',
  icpNumber: '',
  publicSecurityNumber: '',
  supervision: '',
  hours: '',
  districts: [],
}

beforeAll(async () => {
  const clerk = city.as('clerk')
  const reviewer = city.as('reviewer')
  const contested = await applied(city, 'clerk', firm, { number: 'HT-2', account: 'second' })
  const approve = { decision: 'approve' as const, amountFen: '100', findings: FINDINGS, reason: '符合条件' }
  must(await reviewer.decideApplication({ params: { id: contested.id }, body: approve }))
  const notice = must(await reviewer.publishNotice({ body: { adoptionId, applicationIds: [contested.id] } }))
  const objection = must(
    await city.anybody.fileObjection({
      params: { id: notice.id },
      body: {
        applicationNumber: contested.number,
        statement: '该单位与供给方存在关联关系，请核实',
        contactName: '张三',
        contactPhone: '13800000000',
      },
    }),
  )
  const application = await granted(city, await applied(city, 'clerk', firm), '100000000')
  const file = {
    name: 'sacct.json',
    bytes: usedSacct({
      account: `e${firm.creditCode.toLowerCase()}`,
      day: '2024-05-21',
      hours: 10,
      cards: 8,
    }),
    mediaType: 'application/json',
  }
  must(await city.as('provider').importUsage({ query: { organisationId: provider.id }, file }))
  const voucher = must(await clerk.readVoucher({ params: { id: application.voucherId! } }))
  city.setDay('2024-06-10')
  const attachment = await upload(clerk, 'invoice', firm.id)
  const claim = must(await clerk.submitClaim({ body: claimBody(voucher.id, attachment) }))
  const pay = { decision: 'approve' as const, amountFen: claim.payableFen, reason: '四项相符' }
  must(await reviewer.decideClaim({ params: { id: claim.id }, body: pay }))
  const batch = must(
    await city.as('finance').prepareDisbursement({ body: { adoptionId, claimIds: [claim.id] } }),
  )
  city.setDay('2024-06-11')
  const draft = must(await clerk.openDraft({ body: { adoptionId, organisationId: firm.id } }))
  const proposed = must(
    await city.as('finance').proposeAppropriation({
      body: { adoptionId, documentNumber: '示财预〔2024〕9号', amountFen: '100' },
    }),
  )
  const clerkPerson = must(await city.as('administrator').listPeople({ query: { q: 'clerk' } })).items[0]!
  const posting = must(await city.as('auditor').listPostings({ query: { q: voucher.number } })).items[0]!
  const ask = { objectId: claim.id, purpose: 'investigation' as const, reason: '核实经办人' }
  const unmasking = must(await city.as('auditor').unmask({ body: { about: 'claim', ...ask } }))
  const proof = must(await city.as('auditor').startProof({ body: { kind: 'replay' } }))
  const leave = { organisationId: firm.id, successor: '李四', leavesOn: '2024-07-01', reason: '调岗' }
  const announced = must(await clerk.announceLeave({ body: leave }))
  const appraised = { step: 'review' as const, objectId: application.id, grade: 5, reason: '' }
  must(await clerk.makeAppraisal({ body: appraised }))
  const appraisal = must(await reviewer.listAppraisals({})).items[0]!
  const asked = {
    kind: 'question' as const,
    text: '怎么申请算力券',
    contactName: '张三',
    contactPhone: '13800000000',
  }
  const inquiry = must(await city.anybody.fileInquiry({ body: asked }))
  const told = must(await clerk.listMessages({})).items[0]!
  Object.assign(ids, {
    messages: told.id,
    receipts: application.id,
    deliveries: told.id,
    'adoption-drafts': clerkPerson.id,
    'expert-reviews': await panelled(),
    imports: clerkPerson.id,
    leaves: announced.id,
    people: clerkPerson.id,
    grants: clerkPerson.grants[0]!.id,
    postings: posting.id,
    accounts: posting.debit.id,
    proofs: proof.id,
    applications: application.id,
    draft: draft.id,
    attachments: attachment,
    vouchers: voucher.id,
    contracts: voucher.contractId,
    claims: claim.id,
    deductions: claim.id,
    disbursements: batch.id,
    objections: objection.id,
    organisations: firm.id,
    appropriations: proposed.id,
    adoptions: adoptionId,
    notices: notice.id,
    appraisals: appraisal.id,
    inquiries: inquiry.id,
    bulk: notice.id,
    views: notice.id,
    unmaskings: unmasking.id,
  })
  await enrolStrangers()
})

/** An expert review of another application of the firm. */
async function panelled(): Promise<string> {
  const { id } = await applied(city, 'clerk', firm, { number: 'HT-3', account: 'third' })
  const expertIds: string[] = []
  for (const login of ['expert1', 'expert2', 'expert3']) {
    const grants = [{ role: 'expert' as const, district: null, organisationCreditCode: null }]
    must(await city.as('administrator').createPerson({ body: { login, displayName: login, grants } }))
    expertIds.push(must(await city.as('administrator').listPeople({ query: { q: login } })).items[0]!.id)
  }
  const body = { ...ASKING, expertIds }
  return must(await city.as('reviewer').openExpertReview({ params: { id }, body })).id
}

const ASKING = {
  criteria: [{ text: '必要性', weight: 1 }],
  blind: false,
  question: '请提出意见',
  dueOn: '2024-07-01',
}

function claimBody(voucherId: string, attachmentId: string) {
  return {
    voucherId,
    periodFrom: '2024-05-10',
    periodTo: '2024-05-31',
    invoices: [
      {
        number: '24990000000000000001',
        sellerCreditCode: provider.creditCode,
        buyerCreditCode: firm.creditCode,
        amountFen: '80000',
        excludedFen: '0',
        redLetterOf: null,
        issuedOn: '2024-06-03',
        attachmentId,
      },
    ],
    payments: [
      {
        reference: 'P-1',
        payerCreditCode: firm.creditCode,
        payeeCreditCode: provider.creditCode,
        amountFen: '80000',
        paidOn: '2024-06-05',
        attachmentId,
      },
    ],
    deliveryCertificateId: attachmentId,
  }
}

async function enrolStrangers(): Promise<void> {
  for (const role of roles) {
    const login = `stranger-${role.replaceAll('_', '-')}`
    const organisationCreditCode = role === 'clerk' || role === 'provider' ? otherFirm.creditCode : null
    const grant = { role, district: role === 'reviewer' ? '990102' : null, organisationCreditCode }
    const { enrolmentCode } = must(
      await city.as('administrator').createPerson({ body: { login, displayName: '外人', grants: [grant] } }),
    )
    must(await city.anybody.enrol({ body: { code: enrolmentCode, password: PASSWORD } }))
    strangers.set(role, await rawSession(city.server.url, login))
  }
}

/** A well-formed request for each route that takes one; what it names is the first firm's. */
function requestOf(name: RouteName): { call: string; body?: unknown } {
  const { method, path } = routes[name]
  const kind = path.split('/')[2]!
  const id = path.endsWith('/draft') || path.endsWith('/submission') ? ids['draft'] : ids[kind]
  if (path.includes(':id')) expect(id, `a thing for ${path}`).toBeTypeOf('string')
  const query: Partial<Record<RouteName, string>> = {
    searchAll: `?q=${firm.creditCode.slice(2)}`,
    uploadAttachment: `?kind=invoice&organisationId=${firm.id}`,
    importUsage: `?organisationId=${provider.id}`,
    checkImport: '?kind=tax&source=register&asOf=2024-06-01',
    downloadImportTemplate: '?kind=tax',
  }
  const call = `${method} ${path.replace(':id', id ?? '')}${query[name] ?? ''}`
  const body = bodies()[name]
  if (method === 'GET' || routes[name].transport === 'upload') return { call }
  return { call, body: body ?? {} }
}

function bodies(): Partial<Record<RouteName, unknown>> {
  const reason = '理由充分'
  return {
    createPerson: {
      login: 'somebody',
      displayName: '某人',
      grants: [{ role: 'auditor', district: null, organisationCreditCode: null }],
    },
    importOrganisations: { source: '登记', asOf: '2024-06-01', entries: [] },
    confirmImport: { rows: 'good' },
    announceLeave: { organisationId: firm.id, successor: '李四', leavesOn: '2024-07-01', reason },
    decideLeave: { decision: 'refuse', successorId: null, reason },
    stateContract: { outcome: 'confirmed', termsHash: '0'.repeat(64), corrected: null, reason: null },
    demandConfirmation: { demanded: true, reason },
    changeRegisterLimit: { register: 'tax', maxAgeDays: 30, reason },
    confirmCreditCode: { evidence: '已与登记机关核对' },
    createAdoption: { programmeText: 'x', adoptionText: 'x' },
    proposeAppropriation: { adoptionId, documentNumber: '文号', amountFen: '1' },
    openDraft: { adoptionId, organisationId: firm.id },
    saveDraft: { contract: {}, statements: {}, documents: [] },
    withdrawApplication: { reason },
    decideApplication: { decision: 'refuse', findings: {}, reason },
    publishNotice: { adoptionId, applicationIds: [ids['applications']] },
    answerObjection: { outcome: 'upheld', reason },
    matchClaim: claimBody(ids['vouchers']!, ids['attachments']!),
    submitClaim: claimBody(ids['vouchers']!, ids['attachments']!),
    withdrawClaim: { reason },
    decideClaim: { decision: 'refuse', reason },
    matchDeduction: { voucherId: ids['vouchers'], month: '2024-05' },
    makeDeduction: { voucherId: ids['vouchers'], month: '2024-05' },
    claimDeduction: { invoices: [], payments: [], deliveryCertificateId: null },
    reverseDeduction: { reason },
    prepareDisbursement: { adoptionId, claimIds: [ids['claims']] },
    approveDisbursement: { fileSha256: '0'.repeat(64) },
    cancelDisbursement: { reason },
    changeActivity: { active: false, reason },
    grantRole: { role: 'auditor', district: null, organisationCreditCode: null, reason },
    withdrawRole: { reason },
    handOver: { organisationId: firm.id, successorId: ids['people'], reason },
    changeParticulars: PARTICULARS,
    declareConflict: { about: 'organisation', objectId: firm.id, reason },
    openExpertReview: { ...ASKING, expertIds: [1, 2, 3].map(() => ids['people']) },
    giveOpinion: { points: [1], recommendation: 'support', remark: '意见' },
    standAside: { reason },
    closeExpertReview: { outcome: 'abandoned', minutes: '中止' },
    checkProgramme: { text: 'x', casesText: null },
    storeProgramme: { text: 'x', casesText: null },
    openAdoptionDraft: {
      programmeHash: '0'.repeat(64),
      title: { zh: '题', en: 'title' },
      authority: { zh: '局', en: 'bureau' },
      districts: [],
    },
    answerAdoptionItem: { key: 'answers.pool', value: ['1元'], source: '决定' },
    makeAppraisal: { step: 'review', objectId: ids['applications'], grade: 5, reason: '' },
    replyToAppraisal: { text: reason },
    answerInquiry: { text: reason },
    startProof: { kind: 'verification' },
    changeMessageSettings: { language: 'zh', kinds: [] },
    addContact: { channel: 'email', address: 'a@b.example' },
    confirmContact: { channel: 'email', code: '000000' },
    removeContact: { channel: 'email' },
    retryDelivery: { reason },
    decideApplications: {
      id: ids['bulk'],
      reason,
      act: { decision: 'refuse', items: [{ id: ids['applications'], findings: {} }] },
    },
    decideClaims: {
      id: ids['bulk'],
      reason,
      act: { decision: 'refuse', items: [{ id: ids['claims'] }] },
    },
    unmask: { about: 'organisation', objectId: firm.id, purpose: 'verify_payment', reason: '核对退票账户' },
    keepView: { page: '/claims', name: '本月', search: 'state=paid' },
    confirmDisbursement: { bankReference: 'B', paidOn: '2024-06-10', returned: [] },
  }
}

/** Routes whose answer is the asker's own or a list: a stranger may call them and sees nothing of the firm's. */
const SHOWS_OWN_ONLY: ReadonlySet<RouteName> = new Set([
  'readSession',
  'signOut',
  'listMyOrganisations',
  'listApplications',
  'readFunnel',
  'listVouchers',
  'listClaims',
  'listBillable',
  'listUsageImports',
  'listObjections',
  'listAppraisable',
  'listAppraisals',
  'listConflicts',
  'listOwnLeaves',
  'listStatedContracts',
  'listExperts',
  'listExpertReviews',
  'countUnread',
  'listMessages',
  'readAllMessages',
  'readMessageSettings',
  'changeMessageSettings',
  'addContact',
  'confirmContact',
  'removeContact',
  'searchAll',
  'listViews',
  'keepView',
  'discardView',
  'readBulk',
  'decideApplications',
  'decideClaims',
])

/** Of these the ones that list; the others are held by the tests of the desk. */
const listsOwn = (name: RouteName): boolean =>
  SHOWS_OWN_ONLY.has(name) && routes[name].method === 'GET' && !routes[name].path.includes(':id')

const guarded = (Object.keys(routes) as RouteName[]).filter((name) => routes[name].access !== 'public')
const refusing = guarded.flatMap((name) =>
  roles
    .map((role) => ({ name, role, scope: scopeOf((routes[name] as Route).access as never, role) }))
    .filter(({ scope }) => scope !== 'all' && !(scope !== undefined && SHOWS_OWN_ONLY.has(name))),
)

async function trailOf(action: string): Promise<readonly { outcome: string; object_id: string | null }[]> {
  return city.store.database.kysely
    .selectFrom('audit_event')
    .select(['outcome', 'object_id'])
    .where('action', '=', action)
    .orderBy('sequence', 'desc')
    .limit(1)
    .execute()
}

describe('who may not, gets nothing, changes nothing and is written down', () => {
  test.each(guarded)('%s without a session', async (name) => {
    const { call, body } = requestOf(name)
    const answer = await nobody(call, { body })
    expect(answer.problem).toMatchObject({ status: 401, code: 'session.none' })
    expect(await trailOf(name)).toMatchObject([{ outcome: 'session.none' }])
  })

  test('and every role that is a stranger to the thing', async () => {
    const before = await digestOf(city.store)
    for (const { name, role, scope } of refusing) {
      const { call, body } = requestOf(name)
      const headers = { 'x-file-name': 'a.pdf' }
      const answer = await strangers.get(role)!(call, { body, headers })
      const label = `${role} ${call}`
      // A role that has the act elsewhere is told of this thing as of one that does not exist.
      const told = scope === undefined ? [403, 'request.forbidden'] : [404, 'request.not_found']
      expect([label, answer.status, answer.problem.code]).toEqual([label, ...told])
      const [last] = await trailOf(name)
      expect([label, last?.outcome]).toEqual([label, 'request.forbidden'])
      const id = /:id/.test(routes[name].path) ? call.split('/')[3]!.split('?')[0]! : null
      if (id !== null) expect([label, last?.object_id]).toEqual([label, id])
    }
    expect(await digestOf(city.store)).toBe(before)
    expect(refusing.length).toBeGreaterThan(200)
  })

  test('lists show a stranger nothing of the firm', async () => {
    const lists = guarded.filter(listsOwn)
    for (const name of lists) {
      for (const role of roles) {
        const scope = scopeOf((routes[name] as Route).access as never, role)
        if (scope !== 'own' && scope !== 'district') continue
        const answer = await strangers.get(role)!(requestOf(name).call)
        expect([name, role, answer.status]).toEqual([name, role, 200])
        const isPublic = (id: string): boolean => id === adoptionId || id === ids['notices']
        const leaks = Object.values(ids).filter((id) => !isPublic(id) && answer.text.includes(id))
        expect([name, role, leaks]).toEqual([name, role, []])
        expect(answer.text).not.toContain(firm.creditCode)
      }
    }
  })

  test('a draft is its firm’s own until it is submitted, for the reviewer of its district too', async () => {
    const { draft } = ids
    for (const name of ['reviewer', 'finance', 'auditor']) {
      const reader = city.as(name)
      expect(await reader.readApplication({ params: { id: draft! } })).toMatchObject({
        problem: { code: 'request.not_found' },
      })
      const listed = must(await reader.listApplications({}))
      expect(listed.items.map(({ id }) => id)).not.toContain(draft)
      const other = must(await reader.readApplication({ params: { id: ids['applications']! } }))
      expect(other.others.map(({ id }) => id)).not.toContain(draft)
    }
    const own = must(await city.as('clerk').readApplication({ params: { id: ids['applications']! } }))
    expect(own.others.map(({ id }) => id)).toContain(draft)
  })

  test('who reviews and also acts for the firm decides nothing about it', async () => {
    const { enrolmentCode } = must(
      await city.as('administrator').createPerson({
        body: {
          login: 'both-sides',
          displayName: '两边',
          grants: [
            { role: 'reviewer', district: null, organisationCreditCode: null },
            { role: 'clerk', district: null, organisationCreditCode: firm.creditCode },
          ],
        },
      }),
    )
    must(await city.anybody.enrol({ body: { code: enrolmentCode, password: PASSWORD } }))
    const both = await rawSession(city.server.url, 'both-sides')
    for (const name of [
      'decideApplication',
      'decideClaim',
      'answerObjection',
      'confirmCreditCode',
    ] as const) {
      const { call, body } = requestOf(name)
      const { problem } = await both(call, { body })
      expect([name, problem.code]).toEqual([name, 'application.conflict_of_interest'])
    }
  })
})
