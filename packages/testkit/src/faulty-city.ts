// A small city whose server is a process that dies, whose network tears and whose database is killed: everything between
// the clients and the disk in its own place. Its programme time runs two hundred times as fast, so that leases end.
import { connect, sql } from '@suanquan/server'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { faultLoad, type FaultLoad } from './fault-load.ts'
import { embeddedStore, type Broken, type FaultyStore } from './faulty-store.ts'
import { freePort } from './free-port.ts'
import { faultsIn } from './proof.ts'
import { mortalServer, type MortalServer } from './faults.ts'
import { mailReceiver, smsReceiver, type MailReceiver, type SmsReceiver } from './message-receivers.ts'
import { tornNetwork, type TornNetwork } from './proxy.ts'
import { JURISDICTION, must, testCity, type TestCity } from './test-city.ts'
import { whenThere } from './when-there.ts'

export interface FaultyCity {
  readonly city: TestCity
  readonly server: MortalServer
  /** between clients and server */
  readonly front: TornNetwork
  /** between server and database */
  readonly back: FaultyStore['back']
  readonly load: FaultLoad
  readonly mail: MailReceiver
  readonly sms: SmsReceiver
  /** everything that can be broken, by name */
  readonly faults: Readonly<Record<string, () => Promise<Broken>>>
  /** puts what was approved under a notice; from then on time is past its end */
  readonly announceAll: () => Promise<void>
  /** waits until every announced application is granted and nothing waits to leave */
  readonly settled: () => Promise<void>
  /** what books, documents and seals say against each other, at any moment */
  readonly contradictions: () => Promise<string[]>
  /** what was issued or sent other than once */
  readonly differences: () => Promise<string[]>
  readonly stop: () => Promise<void>
}

export const FAULT_AMOUNT = 100_000n
const SECRET = 'secret-of-the-gateway'
const RATE = 200
/** The most applications of one notice. */
const A_NOTICE = 500

export interface FaultyCityOptions {
  /** how long an act is asked again before the load gives up */
  readonly patienceMs?: number
  /** one PostgreSQL out of npm when left out */
  readonly store?: FaultyStore
  /** below which its data folder is made */
  readonly dataBelow?: string
}

/** @param program of `serverProgram` */
export async function faultyCity(
  program: string,
  { patienceMs = 120_000, ...options }: FaultyCityOptions = {},
): Promise<FaultyCity> {
  const store = options.store ?? (await embeddedStore())
  const city = await cityOn(store, options.dataBelow)
  const load = await faultLoad(city, FAULT_AMOUNT, patienceMs)
  const { port } = new URL(city.server.url)
  await city.server.stop()
  const [mail, sms] = [await mailReceiver(), await smsReceiver(SECRET)]
  const serverPort = await freePort()
  const front = await tornNetwork(serverPort, Number(port))
  const server = await mortalServer(program, {
    address: store.torn,
    dataFolder: city.server.world.dataFolder,
    site: { name: { zh: '测试市', en: 'Test City' }, jurisdiction: JURISDICTION, contact: '' },
    port: serverPort,
    tickEveryMs: 0,
    logLevel: 'error',
    at: Date.parse('2024-05-08T02:00:00Z'),
    since: Date.now(),
    rate: 1,
    channels: channelsOf(mail, sms),
  })
  const { back } = store
  return {
    city,
    server,
    front,
    back,
    load,
    mail,
    sms,
    faults: {
      'kill -9 of the server': async () => ({ downMs: await server.kill() }),
      'connections to the server reset': () => atOnce(front.reset),
      'connections to the server fall silent': () => atOnce(front.silence),
      'connections to the database reset': () => atOnce(back.reset),
      'connections to the database fall silent': () => atOnce(back.silence),
      'an act delivered three times': () => atOnce(() => load.repeat(1)),
      ...store.faults,
    },
    announceAll: async () => {
      await reachable(city)
      const ids = [...load.approved()]
      for (let from = 0; from < ids.length; from += A_NOTICE) {
        const body = { adoptionId: city.adoptionId, applicationIds: ids.slice(from, from + A_NOTICE) }
        must(await city.as('reviewer').publishNotice({ body }))
      }
      const at = Date.parse('2024-05-20T01:00:00Z')
      await server.restart({ at, since: Date.now(), rate: RATE })
    },
    contradictions: () => whenThere(() => faultsIn(city.store.database)),
    settled: () => settled(city, server, patienceMs / 2),
    differences: () =>
      whenThere(async () => [
        ...(await unlikeIssued(city, load)),
        ...(await unlikeSent(city, mail, sms)),
        ...(await faultsIn(city.store.database)),
      ]),
    stop: async () => {
      await server.stop()
      await Promise.all([front.stop(), back.stop(), mail.stop(), sms.stop()])
      await city.store.drop()
      await store.stop()
      rmSync(city.server.world.dataFolder, { recursive: true, force: true })
    },
  }
}

/** What breaks at once is away for no time of its own. */
async function atOnce(fault: () => unknown): Promise<Broken> {
  await fault()
  return { downMs: 0 }
}

async function cityOn({ direct }: FaultyStore, dataBelow = tmpdir()): Promise<TestCity> {
  const database = connect({ ...direct, role: 'app' })
  const store = { address: direct, database, drop: () => database.close() }
  return testCity({ poolFen: 1_000_000n * FAULT_AMOUNT, store, dataBelow })
}

function channelsOf(mail: MailReceiver, sms: SmsReceiver): object {
  const templates = { default: 'SMS_1', code: 'SMS_2' }
  return {
    email: {
      host: '127.0.0.1',
      port: mail.port,
      implicitTls: false,
      user: null,
      password: null,
      from: 'suanquan@city.example',
    },
    sms: { url: sms.url, app: 'suanquan', secret: SECRET, templates },
  }
}

/** The clerk is told of each voucher by mail and by SMS. */
async function reachable({ store: { database } }: TestCity): Promise<void> {
  const { kysely } = database
  const clerk = await kysely
    .selectFrom('person')
    .select('id')
    .where('login', '=', 'clerk')
    .executeTakeFirstOrThrow()
  const place = { jurisdiction: JURISDICTION, district: JURISDICTION, code_tries: 0, codes: 0 }
  const verified = { ...place, person_id: clerk.id, verified_at: '2024-05-08T00:00:00Z' }
  await kysely
    .insertInto('contact')
    .values([
      { ...verified, channel: 'email', address: 'clerk@firm.example' },
      { ...verified, channel: 'sms', address: '13800001234' },
    ])
    .execute()
}

interface Counts {
  readonly announced: number
  readonly granted: number
  readonly leaving: number
}

async function countsOf({ store: { database } }: TestCity): Promise<Counts> {
  const { rows } = await whenThere(() =>
    sql<Record<keyof Counts, bigint>>`
      select (select count(*) from application where state = 'announced') as announced,
        (select count(*) from voucher) as granted,
        (select count(*) from delivery where state in ('waiting', 'sending')) as leaving`.execute(
      database.kysely,
    ),
  )
  const { announced, granted, leaving } = rows[0]!
  return { announced: Number(announced), granted: Number(granted), leaving: Number(leaving) }
}

async function settled(city: TestCity, server: MortalServer, patienceMs: number): Promise<void> {
  for (const started = Date.now(); ;) {
    await server.tick()
    const { announced, leaving } = await countsOf(city)
    if (announced === 0 && leaving === 0) return
    if (Date.now() - started > patienceMs)
      throw new Error(`${announced} applications and ${leaving} messages stay behind`)
    await new Promise((done) => setTimeout(done, 100))
  }
}

async function unlikeIssued({ store: { database } }: TestCity, load: FaultLoad): Promise<string[]> {
  const rows = await database.kysely.selectFrom('voucher').select('application_id').execute()
  const issued = rows.map(({ application_id: id }) => id).sort()
  const wanted = [...load.approved()].sort()
  return issued.join() === wanted.join() ? [] : [`${issued.length} vouchers for ${wanted.length} approvals`]
}

/** A gateway that knows its requests gets each once; a mail that may have arrived is uncertain and not sent again. */
async function unlikeSent(
  { store: { database } }: TestCity,
  mail: MailReceiver,
  sms: SmsReceiver,
): Promise<string[]> {
  const rows = await database.kysely
    .selectFrom('delivery')
    .select(['id', 'channel', 'state', 'kind'])
    .where('kind', '=', 'voucher_issued')
    .execute()
  const sent = (channel: string, state: string): number =>
    rows.filter((row) => row.channel === channel && row.state === state).length
  const mails = mail.mails.filter(({ subject }) => /发放|issued|voucher|券/i.test(subject))
  const twice = mails.length - new Set(mails.map(({ messageId }) => messageId)).size
  const [told, uncertain] = [sent('email', 'sent'), sent('email', 'uncertain')]
  const texts = sms.messages.filter(({ template }) => template === 'SMS_1').length
  return [
    ...(twice > 0 ? [`${twice} mails came twice`] : []),
    ...(mails.length < told || mails.length > told + uncertain
      ? [`${mails.length} mails came, ${told} are said to be sent and ${uncertain} uncertain`]
      : []),
    ...(texts !== sent('sms', 'sent') || sent('sms', 'sent') !== told + uncertain
      ? [`${texts} SMS came of ${sent('sms', 'sent')} sent, for ${told + uncertain} mails`]
      : []),
  ]
}
