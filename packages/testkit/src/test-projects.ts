// Builders for selected projects: the adoption of Shandong's measure, experts who score, and projects brought to a state.
import type { AnswerOf, BodyOf, Client, Routes } from '@suanquan/api'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { upload } from './test-case.ts'
import { enrolled, must, signIn, type TestCity, type TestOrganisation } from './test-city.ts'

type Draft = BodyOf<Routes['saveDraft']>
type Project = AnswerOf<Routes['readProject']>
type Selection = AnswerOf<Routes['readSelection']>

export interface Planned {
  readonly title: string
  /** whose clerk applies; the city's first firm when left out */
  readonly clerk?: 'clerk' | 'clerk2' | 'clerk3'
  readonly items?: number
  readonly endsOn?: string
}

export interface Projects {
  readonly adoptionId: string
  readonly draft: (each: Planned) => Promise<Draft>
  readonly submitted: (each: Planned) => Promise<string>
  /** one score for each of three experts */
  readonly scored: (id: string, points: readonly [number, number, number]) => Promise<void>
  /** admitted to the selection with its whole ceiling, or so much */
  readonly admitted: (id: string, amountFen?: string) => Promise<void>
  /** proposed by one reviewer and approved by another */
  readonly selected: (line?: { leastTenths?: number; reserves?: number }) => Promise<Selection>
  /** announced, and its notice over: the project whose agreement waits */
  readonly started: (applicationId: string) => Promise<Project>
  /** signed by both */
  readonly running: (applicationId: string) => Promise<Project>
  /** the bank has paid what is payable */
  readonly paid: (project: Project) => Promise<void>
  /** filed, judged by experts, concluded by one reviewer and decided by another */
  readonly judged: (project: Project, result: 'excellent' | 'qualified' | 'failed') => Promise<Project>
  readonly filing: (project: Project) => Promise<BodyOf<Routes['fileAcceptance']>>
  readonly second: Client
}

const programmes = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'programmes')

const CRITERIA = [{ text: '质量', weight: 1 }]

interface Scene {
  readonly city: TestCity
  readonly adoptionId: string
  readonly experts: readonly { readonly id: string; readonly api: Client }[]
  readonly reviewer: Client
  readonly second: Client
  readonly firms: Readonly<Record<string, TestOrganisation>>
}

/** Applications are taken all of 2024; `reviewer` proposes and concludes, another of the city decides. */
export async function testProjects(city: TestCity, options: { readonly poolFen: bigint }): Promise<Projects> {
  const adoptionId = await adoptProjects(city, options.poolFen)
  const experts = await hire(city)
  await enrolled(city, 'selector', { role: 'reviewer', district: null, organisationCreditCode: null })
  const second = await signIn(city.server.url, 'selector')
  const firms = { clerk: city.firm, clerk2: city.otherFirm, clerk3: city.university }
  const scene: Scene = { city, adoptionId, experts, reviewer: city.as('reviewer'), second, firms }
  return {
    adoptionId,
    second,
    draft: (each) => draftOf(scene, each),
    submitted: (each) => submit(scene, each),
    scored: (id, points) => score(scene, id, points),
    admitted: (id, amountFen) => admit(scene, id, amountFen),
    selected: (line = {}) => select(scene, line),
    started: (applicationId) => start(scene, applicationId),
    running: (applicationId) => sign(scene, applicationId),
    paid: (project) => pay(scene, project),
    filing: (project) => filingOf(scene, project),
    judged: (project, result) => judge(scene, project, result),
  }
}

function clerkOf({ city, firms }: Scene, { organisationId }: Project): Client {
  return city.as(Object.keys(firms).find((name) => firms[name]!.id === organisationId)!)
}

async function draftOf({ city, firms }: Scene, each: Planned): Promise<Draft> {
  const { title, clerk = 'clerk', items = 250_000, endsOn = '2024-09-30' } = each
  const firm = firms[clerk]!
  const documents = []
  for (const kind of ['business_licence', 'project_plan'] as const)
    documents.push({ kind, attachmentId: await upload(city.as(clerk), kind, firm.id) })
  return {
    contract: {},
    project: {
      title,
      plan: '建设行业语料，按国家标准标注，第三方检测合格',
      startsOn: '2024-06-03',
      endsOn,
      budgetFen: '300000000',
      items,
    },
    statements: { otherCitySubsidy: false, truthful: true },
    documents,
  }
}

async function submit(scene: Scene, each: Planned): Promise<string> {
  const { city, adoptionId, firms } = scene
  const clerk = city.as(each.clerk ?? 'clerk')
  const organisationId = firms[each.clerk ?? 'clerk']!.id
  const { id } = must(await clerk.openDraft({ body: { adoptionId, organisationId } }))
  must(await clerk.saveDraft({ params: { id }, body: await draftOf(scene, each) }))
  must(await clerk.submitApplication({ params: { id } }))
  return id
}

async function score(
  { city, reviewer, experts }: Scene,
  id: string,
  points: readonly [number, number, number],
): Promise<void> {
  const { today } = must(await city.anybody.readSite())
  const body = { expertIds: experts.map((expert) => expert.id), criteria: CRITERIA, blind: false }
  const asked = { ...body, question: '请就项目评分', dueOn: today }
  const panel = must(await reviewer.openExpertReview({ params: { id }, body: asked }))
  const params = { id: panel.id }
  for (const [index, { api }] of experts.entries()) {
    const opinion = { points: [points[index]!], recommendation: 'support' as const, remark: '符合要求' }
    must(await api.giveOpinion({ params, body: opinion }))
  }
  must(await reviewer.closeExpertReview({ params, body: { outcome: 'closed', minutes: '评审纪要' } }))
}

async function admit({ reviewer }: Scene, id: string, amountFen?: string): Promise<void> {
  const { ceilingFen } = must(await reviewer.readApplication({ params: { id } }))
  const amount = { amountFen: amountFen ?? ceilingFen!, findings: {}, reason: '材料齐全' }
  must(await reviewer.decideApplication({ params: { id }, body: { decision: 'approve', ...amount } }))
}

async function select(
  { adoptionId, reviewer, second }: Scene,
  { leastTenths = 600, reserves = 3 }: { leastTenths?: number; reserves?: number },
): Promise<Selection> {
  const body = { adoptionId, leastTenths, reserves, reason: '按专家评分择优' }
  const { id } = must(await reviewer.proposeSelection({ body }))
  const decision = { approve: true, reason: '名次无误' }
  return must(await second.decideSelection({ params: { id }, body: decision }))
}

async function start({ city, adoptionId, reviewer }: Scene, applicationId: string): Promise<Project> {
  must(await reviewer.publishNotice({ body: { adoptionId, applicationIds: [applicationId] } }))
  const { deadlineOn } = must(await reviewer.readApplication({ params: { id: applicationId } }))
  city.setDay(nextDay(deadlineOn!))
  await city.tick()
  const { projectId } = must(await reviewer.readApplication({ params: { id: applicationId } }))
  return must(await reviewer.readProject({ params: { id: projectId! } }))
}

async function sign(scene: Scene, applicationId: string): Promise<Project> {
  const project = await start(scene, applicationId)
  const params = { id: project.id }
  must(await clerkOf(scene, project).signAgreement({ params, body: { agreed: true } }))
  return must(await scene.reviewer.countersignAgreement({ params, body: { reason: '任务书与申报一致' } }))
}

async function pay({ city, adoptionId, reviewer }: Scene, { id }: Project): Promise<void> {
  const { payments } = must(await reviewer.readProject({ params: { id } }))
  const claimIds = payments.filter(({ state }) => state === 'approved').map(({ claimId }) => claimId)
  const batch = must(await city.as('finance').prepareDisbursement({ body: { adoptionId, claimIds } }))
  const params = { id: batch.id }
  const { fileSha256 } = batch
  must(await city.as('finance2').approveDisbursement({ params, body: { fileSha256 } }))
  const { today } = must(await city.anybody.readSite())
  const answer = { bankReference: `XM-${batch.number}`, paidOn: today, returned: [] }
  must(await city.as('finance').confirmDisbursement({ params, body: answer }))
}

async function filingOf(scene: Scene, project: Project): Promise<BodyOf<Routes['fileAcceptance']>> {
  const { organisationId: firmId } = project
  const attachmentId = await upload(clerkOf(scene, project), 'acceptance_report', firmId)
  return {
    summary: '已按任务书交付全部语料，第三方检测合格',
    items: 250_000,
    documents: [{ kind: 'acceptance_report', attachmentId }],
  }
}

async function judge(
  scene: Scene,
  project: Project,
  result: 'excellent' | 'qualified' | 'failed',
): Promise<Project> {
  const params = { id: project.id }
  const body = await filingOf(scene, project)
  must(await clerkOf(scene, project).fileAcceptance({ params, body }))
  await score(scene, project.applicationId, [90, 85, 80])
  must(await scene.reviewer.concludeAcceptance({ params, body: { result, reason: '对照任务书核验' } }))
  return must(await scene.second.decideAcceptance({ params, body: { approve: true, reason: '同意' } }))
}

const nextDay = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)

async function hire(city: TestCity): Promise<readonly { readonly id: string; readonly api: Client }[]> {
  const experts = []
  for (const login of ['judge1', 'judge2', 'judge3']) {
    const id = await enrolled(city, login, { role: 'expert', district: null, organisationCreditCode: null })
    experts.push({ id, api: await signIn(city.server.url, login) })
  }
  return experts
}

/** Shandong's measure in force in the test city, with money in its pool. */
export async function adoptProjects(city: TestCity, poolFen: bigint): Promise<string> {
  const read = (path: string): Promise<string> => readFile(join(programmes, path), 'utf8')
  const adoptionText = (await read('demo-city/2024-project-adoption.yaml'))
    .replace('2024-02-01/2024-03-31', '2024-02-01/2024-12-31')
    .replace('400万元', `${poolFen / 1_000_000n}万元`)
  const body = { programmeText: await read('shandong/2025-corpus-voucher/programme.yaml'), adoptionText }
  const { id } = must(await city.as('policy_author').createAdoption({ body }))
  const money = { adoptionId: id, documentNumber: '示财预〔2024〕9号', amountFen: poolFen.toString() }
  const { id: appropriation } = must(await city.as('finance').proposeAppropriation({ body: money }))
  must(await city.as('finance2').approveAppropriation({ params: { id: appropriation } }))
  return id
}
