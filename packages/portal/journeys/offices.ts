// The pages of those who watch and run a programme, furnished through the routes.
import { enrolled, must, otherVersion, PASSWORD, png, signIn, type TestCity } from '@suanquan/testkit'

type Paths = Readonly<Record<string, Readonly<Record<string, string>>>>

export async function officePaths(
  city: TestCity,
  { voucherNumber, judgedId }: { readonly voucherNumber: string; readonly judgedId: string },
): Promise<Paths> {
  await peopleOf(city)
  return {
    auditor: await auditorPaths(city, voucherNumber),
    policy_author: await authorPaths(city),
    administrator: await administratorPaths(city),
    ...(await expertPaths(city, judgedId)),
    security: { 'security-people': '/admin/people', 'security-person': await personPath(city, 'provider') },
    trail: { 'audit-trail': '/audit/trail' },
  }
}

async function auditorPaths(city: TestCity, q: string): Promise<Readonly<Record<string, string>>> {
  const posting = must(await city.as('auditor').listPostings({ query: { q, reason: 'issue' } })).items[0]!
  return {
    oversight: '/audit',
    journal: '/audit/journal?reason=issue&to=2024-06-10',
    posting: `/audit/journal/${posting.id}`,
    'account-journal': `/audit/journal?account=${posting.credit.id}`,
    accounts: '/audit/accounts?asOf=2024-05-31',
    proofs: '/audit/proofs',
    verification: await proved(city, 'verification'),
    replay: await proved(city, 'replay'),
    trail: '/audit/trail',
    'trail-refused': '/audit/trail?state=refused',
    unmaskings: '/audit/unmaskings',
  }
}

/** The page of a proof that has ended. */
async function proved(city: TestCity, kind: 'verification' | 'replay'): Promise<string> {
  const auditor = city.as('auditor')
  const { id } = must(await auditor.startProof({ body: { kind } }))
  while (must(await auditor.readProof({ params: { id } })).state === 'running')
    await new Promise((resolve) => setTimeout(resolve, 20))
  return `/audit/proofs/${id}`
}

const REASON = '岗位调整'

/** Two more administrators, a person who has not enrolled, one who handed a firm over. */
async function peopleOf(city: TestCity): Promise<void> {
  const administrator = city.as('administrator')
  const roles = { security: 'security_administrator', trail: 'audit_administrator', successor: null } as const
  for (const [login, role] of Object.entries(roles)) {
    const grants = role === null ? [] : [{ role, district: null, organisationCreditCode: null }]
    const body = { login, displayName: `${login} 某某`, grants }
    const { enrolmentCode } = must(await administrator.createPerson({ body }))
    must(await city.anybody.enrol({ body: { code: enrolmentCode, password: PASSWORD } }))
  }
  must(await administrator.createPerson({ body: { login: 'waiting', displayName: '待启用 某', grants: [] } }))
  const successorId = await idOf(city, 'successor')
  const body = { organisationId: city.university.id, successorId, reason: REASON }
  must(await administrator.handOver({ params: { id: await idOf(city, 'clerk3') }, body }))
  await city.tick()
}

async function administratorPaths(city: TestCity): Promise<Readonly<Record<string, string>>> {
  await sealed(city)
  return {
    people: '/admin/people',
    person: await personPath(city, 'clerk'),
    'person-successor': await personPath(city, 'successor'),
    firms: '/admin/firms',
    imports: '/admin/imports',
    import: `/admin/imports/${await checkedImport(city)}`,
    'usage-administrator': '/usage',
    site: '/admin/site',
    stamps: '/admin/stamps',
    system: '/admin/system',
    deliveries: '/admin/deliveries',
  }
}

/** A seal in force, and one that waits for its second person. */
async function sealed(city: TestCity): Promise<void> {
  const administrator = city.as('administrator')
  const { today } = must(await city.anybody.readSite())
  const authority = must(await administrator.listStamps({})).authorities[0]!
  const file = { name: '印章.png', bytes: png(), mediaType: 'image/png' }
  const query = { authority, validFrom: today }
  const { id } = must(await administrator.proposeStamp({ query, file }))
  const body = { decision: 'put_in_force' as const }
  must(await city.as('policy_author').decideStamp({ params: { id }, body }))
  must(await administrator.proposeStamp({ query: { ...query, validUntil: '2026-12-31' }, file }))
}

/** A file of which some rows are good and some refused, checked and not confirmed. */
async function checkedImport(city: TestCity): Promise<string> {
  const rows = [
    '统一社会信用代码,参保人数,备注',
    `${city.firm.creditCode},120,`,
    `${city.otherFirm.creditCode},九十五,`,
    '91110000802100433B,7,外地',
  ]
  const query = { kind: 'social_insurance', source: '市社保中心', asOf: '2024-05-31' } as const
  const file = { name: '参保人数.csv', bytes: Buffer.from(rows.join('\n')), mediaType: 'text/csv' }
  return must(await city.as('administrator').checkImport({ query, file })).id
}

async function personPath(city: TestCity, login: string): Promise<string> {
  return `/admin/people/${await idOf(city, login)}`
}

async function idOf(city: TestCity, q: string): Promise<string> {
  const { items } = must(await city.as('administrator').listPeople({ query: { q } }))
  return items.find(({ login }) => login === q)!.id
}

/** One case before three experts, one of whom has answered; the closed one before it. */
async function expertPaths(city: TestCity, judgedId: string): Promise<Paths> {
  const administrator = city.as('administrator')
  const expertIds: string[] = []
  for (const login of ['expert', 'expert-two', 'expert-three']) {
    const grants = [{ role: 'expert' as const, district: null, organisationCreditCode: null }]
    const body = { login, displayName: `${login} 某某`, grants }
    const { enrolmentCode } = must(await administrator.createPerson({ body }))
    must(await city.anybody.enrol({ body: { code: enrolmentCode, password: PASSWORD } }))
    expertIds.push(await idOf(city, login))
  }
  const criteria = [
    { text: '算力需求的必要性', weight: 2 },
    { text: '技术先进性', weight: 1 },
  ]
  const body = { expertIds, criteria, blind: false, question: '请就必要性提出意见', dueOn: '2024-06-21' }
  const params = { id: judgedId }
  const closed = must(await city.as('reviewer').openExpertReview({ params, body })).id
  const points = [
    [90, 80],
    [50, 40],
    [70, 75],
  ]
  for (const [index, login] of ['expert', 'expert-two', 'expert-three'].entries()) {
    const opinion = { points: points[index]!, recommendation: 'support' as const, remark: '与训练任务相称' }
    must(await (await signIn(city.server.url, login)).giveOpinion({ params: { id: closed }, body: opinion }))
  }
  const minutes = { outcome: 'closed' as const, minutes: '意见有分歧，以现场核实为准' }
  must(await city.as('reviewer').closeExpertReview({ params: { id: closed }, body: minutes }))
  const open = must(await city.as('reviewer').openExpertReview({ params, body })).id
  return {
    expert: {
      'expert-home': '/expert',
      'expert-past': '/expert?state=past',
      'expert-case': `/expert/${open}`,
      'expert-result': `/expert/${closed}`,
    },
  }
}

const GROUNDS = ['eligibility.local_within_settled', 'awards.local.base', 'awards.outside.base'].map(
  (rule) => ({
    key: `${rule}.local_terms`,
    ground: 'innovation' as const,
    reason: '决定第三条：没有影响更小的办法，2027 年底复评',
  }),
)

/** A second version in the library, another one to be signed, an adoption half answered. */
async function authorPaths(city: TestCity): Promise<Readonly<Record<string, string>>> {
  const author = city.as('policy_author')
  const first = must(await author.listProgrammes()).items.find(({ adoptions }) => adoptions.length > 0)!
  const second = {
    ...(await otherVersion(author, 'cn.beijing.compute_voucher', '2023.2')),
    exceptions: [],
    survivors: [],
  }
  const proposed = must(await author.proposeProgramme({ body: second }))
  await enrolled(city, 'author-two', { role: 'policy_author', district: null, organisationCreditCode: null })
  const signer = await signIn(city.server.url, 'author-two')
  const signature = { params: { id: proposed.id }, body: { contentHash: proposed.contentHash } }
  const { hash } = must(await signer.signProgrammeProposal(signature))
  const waiting = { ...(await otherVersion(author, 'cn.wuxi.compute_reward', '2026.1')), exceptions: GROUNDS }
  const { id: proposal } = must(await signer.proposeProgramme({ body: waiting }))
  const title = { zh: '测试市算力券', en: 'Test City vouchers' }
  const authority = { zh: '测试市经济和信息化局', en: 'Test City Bureau of Industry' }
  const body = { programmeHash: first.hash, title, authority, districts: ['990101'] }
  const draft = must(await author.openAdoptionDraft({ body }))
  const answer = { key: 'answers.pool', value: ['3600万元'], source: '测试市采用决定第三条' }
  must(await author.answerAdoptionItem({ params: { id: draft.id }, body: answer }))
  return {
    library: '/author/programmes',
    measure: `/author/programmes/${first.hash}`,
    'measure-compared': `/author/programmes/${hash}?before=${first.hash}&state=rules`,
    studio: '/author/studio',
    'studio-begun': `/author/studio?from=${first.hash}&state=clauses`,
    impact: '/author/impact',
    'impact-compared': `/author/impact?programme=${hash}`,
    proposal: `/author/proposals/${proposal}`,
    adoptions: '/author/adoptions',
    adoption: `/author/adoptions/${draft.id}`,
  }
}
