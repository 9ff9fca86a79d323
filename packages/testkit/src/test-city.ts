// A small city on a real database, reached only through its routes: a server in this process, one person for each role
// with a real session, a clock that the test moves.
import { createClient, type BodyOf, type Client, type Fetch, type Role, type Routes } from '@suanquan/api'
import { seededRandom } from '@suanquan/core'
import { startOf, type Day } from '@suanquan/core/calendar'
import { generateCreditCode } from '@suanquan/core/party'
import {
  startServer,
  type ChannelSettings,
  type CrashPoint,
  type DemoAccount,
  type RunningServer,
} from '@suanquan/server'
import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { citiesAreKept, clonedCity, type CityPlace } from './city-snapshot.ts'
import { testDatabase, type TestDatabase } from './test-database.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')

export const PASSWORD = 'correct horse battery'

export interface TestCity {
  readonly server: RunningServer
  readonly store: TestDatabase
  /** a client without a session */
  readonly anybody: Client
  /** signed in; one person a name, whose role begins the name: `reviewer`, `finance`, `finance2` */
  readonly as: (name: string) => Client
  readonly firm: TestOrganisation
  readonly otherFirm: TestOrganisation
  readonly university: TestOrganisation
  readonly provider: TestOrganisation
  readonly adoptionId: string
  readonly setDay: (day: Day) => void
  /** lets minutes pass */
  readonly wait: (minutes: number) => void
  readonly tick: () => Promise<void>
  readonly stop: () => Promise<void>
}

export interface TestOrganisation {
  readonly id: string
  readonly creditCode: string
}

export const JURISDICTION = '990100'

export interface TestCityOptions {
  /** what is appropriated at the start; with nothing the programme has not begun */
  readonly poolFen?: bigint
  /** changes the demo city's adoption before it is taken */
  readonly adoption?: (text: string) => string
  /** the same of the programme itself */
  readonly programme?: (text: string) => string
  readonly wallClock?: () => number
  /** shown on the sign-in page, as in a demo */
  readonly demoAccounts?: readonly DemoAccount[]
  /** where its data is; a database of its own when left out */
  readonly store?: TestDatabase
  /** below which its data folder is made */
  readonly dataBelow?: string
  readonly channels?: ChannelSettings
  /** called where a server may die */
  readonly crash?: (point: CrashPoint) => void
}

/** A clone of a city that was set up once in this run, unless its making is the test's own. */
export async function testCity(options: TestCityOptions = {}): Promise<TestCity> {
  const below = options.dataBelow ?? tmpdir()
  const clock = { now: OPENING }
  const { store, folder, memory } = canBeCloned(options)
    ? await clonedCity(await describe(options), (place) => setUp(place, options), below)
    : await cityOfItsOwn(options, below)
  const server = await start({ store, folder }, options, () => clock.now)
  const clients = new Map(
    Object.entries(memory.cookies).map(([login, cookie]) => [login, clientOf(server.url, { cookie })]),
  )
  return {
    server,
    store,
    anybody: clientOf(server.url),
    adoptionId: memory.adoptionId,
    ...memory.organisations,
    as: (name) => clients.get(name)!,
    setDay: (day) => (clock.now = startOf(day) + 9 * 3_600_000),
    wait: (minutes) => (clock.now += minutes * 60_000),
    tick: async () => void (await server.tick(clock.now)),
    stop: async () => {
      await server.stop()
      await store.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const OPENING = startOf('2024-05-08') + 9 * 3_600_000

/** What a city that was set up leaves beside its database and its folder. */
interface Memory {
  readonly cookies: Readonly<Record<string, string>>
  readonly organisations: Organisations
  readonly adoptionId: string
}

const CLONED = new Set(['poolFen', 'adoption', 'programme', 'dataBelow'])

function canBeCloned(options: TestCityOptions): boolean {
  return citiesAreKept && Object.keys(options).every((name) => CLONED.has(name))
}

async function describe(options: TestCityOptions): Promise<string> {
  const { programmeText, adoptionText } = await texts(options)
  return [poolFen(options), programmeText, adoptionText].join('\n')
}

async function cityOfItsOwn(
  options: TestCityOptions,
  below: string,
): Promise<CityPlace & { readonly memory: Memory }> {
  const store = options.store ?? (await testDatabase())
  const folder = await mkdtemp(join(below, 'suanquan-city-'))
  return { store, folder, memory: await setUp({ store, folder }, options) }
}

function start(place: CityPlace, options: TestCityOptions, clock: () => number): Promise<RunningServer> {
  return startServer({
    address: place.store.address,
    dataFolder: place.folder,
    site: { name: { zh: '测试市', en: 'Test City' }, jurisdiction: JURISDICTION, contact: '010-0000' },
    clock,
    ...(options.wallClock === undefined ? {} : { wallClock: options.wallClock }),
    tickEveryMs: 0,
    demoAccounts: options.demoAccounts ?? [],
    requestsPerMinute: 0,
    channels: options.channels ?? {},
    ...(options.crash === undefined ? {} : { crash: options.crash }),
  })
}

/** Everything up to the first day on which firms may apply, done through the routes by people who sign in. */
async function setUp(place: CityPlace, options: TestCityOptions): Promise<Memory> {
  const server = await start(place, options, () => OPENING)
  const jars = new Map<string, Jar>()
  const enter = async (login: string): Promise<Client> => {
    const jar = { cookie: '' }
    jars.set(login, jar)
    return signIn(server.url, login, jar)
  }
  const anybody = clientOf(server.url)
  await firstAdministrator(server, anybody)
  const administrator = await enter('administrator')
  const organisations = await importOrganisations(administrator, place.store)
  const people: [string, Role, string | null, string | null][] = [
    ['policy_author', 'policy_author', null, null],
    ['finance', 'finance', null, null],
    ['finance2', 'finance', null, null],
    ['reviewer', 'reviewer', null, null],
    ['reviewer2', 'reviewer', '990102', null],
    ['sweeper', 'reviewer', null, null],
    ['auditor', 'auditor', null, null],
    ['clerk', 'clerk', null, organisations.firm.creditCode],
    ['clerk2', 'clerk', null, organisations.otherFirm.creditCode],
    ['clerk3', 'clerk', null, organisations.university.creditCode],
    ['provider', 'provider', null, organisations.provider.creditCode],
  ]
  const clients = new Map<string, Client>()
  for (const [login, role, district, organisationCreditCode] of people) {
    await enrolled({ as: () => administrator, anybody }, login, { role, district, organisationCreditCode })
    clients.set(login, await enter(login))
  }
  const adoptionId = await adopt(clients.get('policy_author')!, options)
  await appropriate(clients, adoptionId, poolFen(options))
  await server.stop()
  const cookies = Object.fromEntries([...jars].map(([login, { cookie }]) => [login, cookie]))
  return { cookies, organisations, adoptionId }
}

/** The value of an outcome that must not be a refusal. */
export function must<Value>(
  outcome:
    | { readonly ok: true; readonly value: Value }
    | { readonly ok: false; readonly problem: { code: string; message: { en: string } } },
): Value {
  if (outcome.ok) return outcome.value
  throw new Error(`${outcome.problem.code}: ${outcome.problem.message.en}`)
}

/** The session of one person. */
interface Jar {
  cookie: string
}

/** A client with a cookie jar of its own, or one that was filled before. */
export function clientOf(url: string, jar: Jar = { cookie: '' }): Client {
  const jarred: Fetch = async (path, init) => {
    const answer = await fetch(path, {
      method: init.method,
      headers: { ...init.headers, ...(jar.cookie === '' ? {} : { cookie: jar.cookie }) },
      ...(init.body === undefined ? {} : { body: init.body as Uint8Array<ArrayBuffer> }),
    })
    const set = answer.headers.getSetCookie().find((each) => each.startsWith('suanquan_session='))
    if (set !== undefined) jar.cookie = set.split(';')[0]!
    return answer
  }
  return createClient({ fetch: jarred, base: url, newKey: randomUUID })
}

export async function signIn(url: string, login: string, jar?: Jar): Promise<Client> {
  const client = clientOf(url, jar)
  must(await client.signIn({ body: { login, password: PASSWORD } }))
  return client
}

/** One more person, who can sign in. @returns the person's id */
export async function enrolled(
  { as, anybody }: Pick<TestCity, 'as' | 'anybody'>,
  login: string,
  ...grants: BodyOf<Routes['createPerson']>['grants']
): Promise<string> {
  const body = { login, displayName: `${login} 某某`, grants }
  const made = must(await as('administrator').createPerson({ body }))
  must(await anybody.enrol({ body: { code: made.enrolmentCode, password: PASSWORD } }))
  return made.id
}

async function firstAdministrator(server: RunningServer, anybody: Client): Promise<void> {
  const token = (await server.setupToken())!
  const body = { token, login: 'administrator', displayName: '管理员', password: PASSWORD }
  must(await anybody.openSetup({ body }))
}

type RegisterEntry = BodyOf<Routes['importOrganisations']>['entries'][number]
type Organisations = Pick<TestCity, 'firm' | 'otherFirm' | 'university' | 'provider'>

async function importOrganisations(administrator: Client, store: TestDatabase): Promise<Organisations> {
  const random = seededRandom('test-city')
  const code = (district: string): string => generateCreditCode(random, `91${district}`)
  const codes = {
    firm: code('990101'),
    otherFirm: code('990102'),
    university: code('990101'),
    provider: code('990103'),
  }
  const entry = (
    name: string,
    creditCode: string,
    region: string,
    more: Partial<RegisterEntry> = {},
  ): RegisterEntry => ({
    creditCode,
    name,
    kind: 'enterprise' as const,
    independentLegalPerson: true,
    region,
    status: 'active' as const,
    industry: 'I6513',
    employees: 80,
    revenueFen: '300000000',
    assetsFen: null,
    establishedOn: '2018-03-01',
    dishonestWithinThreeYears: false,
    bankName: '示例银行',
    bankAccount: '6222000011112222',
    roles: ['applicant' as const],
    ...more,
  })
  must(
    await administrator.importOrganisations({
      body: {
        source: '市场监管登记',
        asOf: '2024-05-01',
        entries: [
          entry('甲示例科技有限公司', codes.firm, '990101'),
          entry('乙示例软件有限公司', codes.otherFirm, '990102'),
          entry('示例大学', codes.university, '990101', { kind: 'university' }),
          entry('丙示例智算有限公司', codes.provider, '990103', { roles: ['provider'] }),
        ],
      },
    }),
  )
  const rows = await store.database.kysely.selectFrom('organisation').select(['id', 'credit_code']).execute()
  const of = (creditCode: string): TestOrganisation => ({
    id: rows.find((row) => row.credit_code === creditCode)!.id,
    creditCode,
  })
  return {
    firm: of(codes.firm),
    otherFirm: of(codes.otherFirm),
    university: of(codes.university),
    provider: of(codes.provider),
  }
}

function poolFen(options: TestCityOptions): bigint {
  return options.poolFen ?? 500_000_000n
}

async function texts({ adoption, programme }: TestCityOptions): Promise<BodyOf<Routes['createAdoption']>> {
  const same = (text: string): string => text
  const read = (path: string): Promise<string> => readFile(join(root, 'programmes', path), 'utf8')
  return {
    programmeText: (programme ?? same)(await read('beijing/2023-compute-voucher/programme.yaml')),
    adoptionText: (adoption ?? same)(await read('demo-city/2024-adoption.yaml')),
  }
}

async function adopt(author: Client, options: TestCityOptions): Promise<string> {
  return must(await author.createAdoption({ body: await texts(options) })).id
}

async function appropriate(
  clients: ReadonlyMap<string, Client>,
  adoptionId: string,
  fen: bigint,
): Promise<void> {
  if (fen === 0n) return
  const body = { adoptionId, documentNumber: '示财预〔2024〕1号', amountFen: fen.toString() }
  const proposed = must(await clients.get('finance')!.proposeAppropriation({ body }))
  must(await clients.get('finance2')!.approveAppropriation({ params: { id: proposed.id } }))
}
