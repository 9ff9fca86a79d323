// How an installation begins: the first administrator, the staff, the registers, the adoption, the clerks of the firms.
import { CITY, districts, type City, type Firm } from '@suanquan/city'
import type { BodyOf, Role, Routes } from '@suanquan/api'
import type { RunningServer } from '@suanquan/server'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { shippedProgrammes } from '../commands/programme-files.ts'
import { must, openBrowser, type Actor } from './actor.ts'
import type { DemoClock } from './clock.ts'
import type { Case, Centre, DemoProgramme, Staff } from './demo.ts'
import { organisationList } from './organisation-list.ts'

/** Known to everybody: the demo protects nothing, and a served installation has none of its accounts. */
export const DEMO_PASSWORD = 'suanquan-demo-2024'

export interface Office {
  readonly city: City
  readonly clock: DemoClock
  readonly server: RunningServer
  readonly newKey: () => string
}

interface NewPerson {
  readonly login: string
  readonly name: string
  readonly role: Role
  readonly district?: string
  readonly creditCode?: string
}

export interface Opened {
  readonly staff: Staff
  readonly centres: ReadonlyMap<string, Centre>
  readonly cases: readonly Case[]
  readonly programmes: readonly DemoProgramme[]
}

export async function openOffice(office: Office): Promise<Opened> {
  const { clock } = office
  clock.moveTo('2024-01-02', 9)
  const administrator = await firstAdministrator(office)
  await describeSite(administrator)
  const staff = await hireStaff(office, administrator)
  clock.moveTo('2024-01-03', 9)
  await importRegisters(office, administrator)
  clock.moveTo('2024-01-04', 10)
  const programmes = await adoptProgrammes(staff.author)
  clock.moveTo('2024-01-05', 9)
  const centres = await openCentres(office, administrator)
  return { staff, centres, programmes, cases: await openCases(office, { staff, centres, programmes }) }
}

async function firstAdministrator({ server, newKey }: Office): Promise<Actor> {
  const token = await server.setupToken()
  if (token === null) throw new Error('the demo begins on an installation without people')
  const api = openBrowser(server.url, newKey)
  const person = { login: 'admin', displayName: '方启明' }
  await must('首次设置', api.openSetup({ body: { ...person, token, password: DEMO_PASSWORD } }))
  await must('管理员登录', api.signIn({ body: { login: person.login, password: DEMO_PASSWORD } }))
  return { login: person.login, name: person.displayName, api }
}

/** What the site says of itself: who answers, where and when, and how its districts are called. */
async function describeSite({ api }: Actor): Promise<void> {
  const body: BodyOf<Routes['changeParticulars']> = {
    name: { zh: '示例市算力券', en: 'Demo City compute vouchers' },
    authority: {
      zh: '示例市经济和信息化局（演示）',
      en: 'Demo City Bureau of Economy and Information (demonstration)',
    },
    contact: '示例市经济和信息化局（演示） 0990-5550100',
    supervision: '示例市政务服务监督（演示） 0990-5550112',
    address: '示例市启明区示范路 1 号政务服务中心二层 12 号窗口（演示）',
    hours: '工作日 9:00—12:00，13:30—17:00',
    domain: '',
    languages: 'both',
    siteCode: '',
    icpNumber: '',
    publicSecurityNumber: '',
    districts: districts.map(({ code, name, english }) => ({ code, zh: name, en: english })),
  }
  await must('站点信息', api.changeParticulars({ body }))
}

async function hireStaff(office: Office, administrator: Actor): Promise<Staff> {
  const hire = (login: string, name: string, role: Role, district?: string): Promise<Actor> =>
    enrolled(office, administrator, { login, name, role, ...(district === undefined ? {} : { district }) })
  const names = ['贺知行', '陆明瑶', '岑若谷']
  const reviewers = new Map<string, Actor>()
  for (const [index, { code }] of districts.entries())
    reviewers.set(code, await hire(`reviewer${index + 1}`, names[index]!, 'reviewer', code))
  reviewers.set(CITY, await hire('reviewer', '纪宏远', 'reviewer'))
  return {
    administrator,
    reviewers,
    author: await hire('author', '沈一凡', 'policy_author'),
    finance: [await hire('finance1', '顾芸', 'finance'), await hire('finance2', '段启文', 'finance')],
    auditor: await hire('auditor', '商敬之', 'auditor'),
  }
}

/** A person made by the administrator, who then sets the password and signs in. */
export async function enrolled(
  office: Pick<Office, 'server' | 'newKey'>,
  administrator: Actor,
  person: NewPerson,
): Promise<Actor> {
  return (await announced(office, administrator, person))()
}

/** The administrator's part; what comes back is the person's own. */
async function announced(
  office: Pick<Office, 'server' | 'newKey'>,
  by: Actor,
  person: NewPerson,
): Promise<() => Promise<Actor>> {
  const { login, name, role, district = null, creditCode = null } = person
  const grants = [{ role, district, organisationCreditCode: creditCode }]
  const made = await must(
    `新建人员 ${login}`,
    by.api.createPerson({ body: { login, displayName: name, grants } }),
  )
  return async () => {
    const api = openBrowser(office.server.url, office.newKey)
    await must('启用', api.enrol({ body: { code: made.enrolmentCode, password: DEMO_PASSWORD } }))
    await must('登录', api.signIn({ body: { login, password: DEMO_PASSWORD } }))
    return { login, name, api }
  }
}

/** The list of organisations comes as a file, is checked, and is confirmed whole. */
async function importRegisters({ city, clock }: Office, administrator: Actor): Promise<void> {
  const organisations = [...city.providers, ...city.firms].map(({ organisation }) => organisation)
  const file = { name: '单位名录.csv', bytes: organisationList(organisations), mediaType: 'text/csv' }
  const query = { kind: 'organisations', source: '示例市市场主体登记（演示）', asOf: '2023-12-31' } as const
  const { id } = await must('校验单位名录', administrator.api.checkImport({ query, file }))
  await must('确认导入', administrator.api.confirmImport({ params: { id }, body: { rows: 'all' } }))
  clock.pass()
}

const PROGRAMMES = [
  ['voucher', 'beijing/2023-compute-voucher', '2024-adoption'],
  ['after_use', 'nanning/2025-compute-reward', '2024-reward-adoption'],
  ['deduction', 'chengdu/2025-compute-voucher', '2024-deduction-adoption'],
  ['seller', 'qingdao/2023-centre-reward', '2024-centre-adoption'],
  ['automatic', 'hangzhou/2025-matching-reward', '2024-matching-adoption'],
] as const

async function adoptProgrammes(author: Actor): Promise<DemoProgramme[]> {
  const read = (path: string): string => readFileSync(join(shippedProgrammes, path), 'utf8')
  const adopted: DemoProgramme[] = []
  for (const [name, programme, adoption] of PROGRAMMES) {
    const body = {
      programmeText: read(`${programme}/programme.yaml`),
      adoptionText: read(`demo-city/${adoption}.yaml`),
    }
    const { id } = await must('采用政策措施', author.api.createAdoption({ body }))
    adopted.push({ name, adoptionId: id })
  }
  return adopted
}

async function openCentres(office: Office, administrator: Actor): Promise<Map<string, Centre>> {
  const centres = new Map<string, Centre>()
  for (const [index, plan] of office.city.providers.entries()) {
    const { creditCode } = plan.organisation
    const person = { login: `centre${index + 1}`, name: plan.engineer, role: 'provider' as const, creditCode }
    const engineer = await enrolled(office, administrator, person)
    const { items } = await must('供给方名录', engineer.api.listProviders())
    const organisationId = items.find((item) => item.creditCode === creditCode)!.id
    centres.set(plan.cluster, { plan, engineer, organisationId })
  }
  return centres
}

/** Setting passwords is slow on purpose, and touches nothing shared: a few clerks do it side by side. */
const AT_ONCE = 4

async function openCases(
  office: Office,
  { staff, centres, programmes }: Omit<Opened, 'cases'>,
): Promise<Case[]> {
  const { city, clock } = office
  const clerks = new Map<string, { clerk: Actor; organisationId: string }>()
  for (let from = 0; from < city.firms.length; from += AT_ONCE) {
    const some = city.firms.slice(from, from + AT_ONCE)
    const starts: (() => Promise<Actor>)[] = []
    for (const firm of some) starts.push(await announced(office, staff.administrator, clerkOf(firm)))
    const actors = await Promise.all(starts.map((start) => start()))
    for (const [index, clerk] of actors.entries()) {
      const { items } = await must('本单位', clerk.api.listMyOrganisations())
      clerks.set(some[index]!.organisation.creditCode, { clerk, organisationId: items[0]!.id })
    }
    clock.pass()
  }
  const plans = {
    voucher: city.applications,
    after_use: city.afterUse,
    deduction: city.atBilling,
    seller: city.bySeller,
    automatic: [],
  }
  const planned = programmes.flatMap((programme) =>
    plans[programme.name].map((plan) => ({ programme, plan })),
  )
  const sellerOf = ({ contract }: Case['plan']): { clerk: Actor; organisationId: string } => {
    const { engineer, organisationId } = centres.get(contract.provider.cluster)!
    return { clerk: engineer, organisationId }
  }
  return planned.map(({ programme, plan }) => {
    const sells = programme.name === 'seller'
    const { creditCode, region } = (sells ? plan.contract.provider : plan.firm).organisation
    const applicant = sells ? sellerOf(plan) : clerks.get(creditCode)!
    const reviewer = staff.reviewers.get(region) ?? staff.reviewers.get(CITY)!
    const open = {
      id: null,
      number: null,
      voucherId: null,
      contractId: null,
      claimedTo: null,
      lastInvoice: null,
    }
    return { plan, programme, reviewer, ...applicant, ...open, slipped: new Set() }
  })
}

function clerkOf({ login, clerk, organisation }: Firm): NewPerson {
  return { login, name: clerk, role: 'clerk', creditCode: organisation.creditCode }
}
