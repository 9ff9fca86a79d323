// The server: database → world → routes → portal → time. Reads like a table of contents.
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import { readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { constants as zlib } from 'node:zlib'
import type { Logger } from 'pino'
import { neverCrashes, type Crash } from './crash-points.ts'
import { connect, migrate, type Address, type Database } from './database/index.ts'
import { fileStore } from './files/store.ts'
import { allHandlers } from './handlers.ts'
import { answerBrokenHttp, answerErrors, errorAnswer } from './http/errors.ts'
import { mountRoutes } from './http/mount.ts'
import { servePortal } from './http/portal.ts'
import { PATIENCE_MS, refuseWhenStopping } from './http/stopping.ts'
import type { DemoAccount, Site, World } from './http/world-options.ts'
import { newUuid } from './identity/ids.ts'
import { auditTrail } from './observability/audit.ts'
import { openLog, type LogLevel } from './observability/log.ts'
import { mountMetrics } from './observability/metrics.ts'
import { openSigning, ownSigning, type SigningSettings } from './signing/index.ts'
import { tick, type Ticked } from './tick/tick.ts'
import { type FontSetting, openPress } from './modules/documents/index.ts'
import { makeSetupToken } from './modules/identity/index.ts'
import { deliver, openChannels, type ChannelSettings } from './modules/message/index.ts'
import { programmeRegistry } from './modules/policy/index.ts'

export interface ServerOptions {
  readonly address: Address
  /** uploads are kept below it */
  readonly dataFolder: string
  readonly site: Site
  readonly host?: string
  /** 0: any free port */
  readonly port?: number
  /** the programme's time; the wall clock when left out */
  readonly clock?: () => number
  /** the time that sessions and locks go by; the wall clock when left out */
  readonly wallClock?: () => number
  /** ids of rows and postings; random UUIDv7 when left out */
  readonly newId?: () => string
  readonly demoAccounts?: readonly DemoAccount[]
  /** how often `tick` runs by itself, in milliseconds; 0: never, somebody else calls it */
  readonly tickEveryMs?: number
  readonly secureCookies?: boolean
  /** the operator's own letters for documents; the optional package's when left out */
  readonly documentFonts?: FontSetting
  /** most requests a minute from one address; 0: no limit */
  readonly requestsPerMinute?: number
  readonly log?: Logger
  /** from which level on the log tells; `info` has a line for every request. By default `warn` */
  readonly logLevel?: LogLevel
  /** where a test of faults lets the server die */
  readonly crash?: Crash
  /** how messages leave the portal; they stay in it when left out */
  readonly channels?: ChannelSettings
  /** where the signing key is; in the data folder when left out */
  readonly signing?: SigningSettings
}

export interface RunningServer {
  readonly url: string
  readonly world: World
  readonly database: Database
  /** the token of the first-administrator ceremony, or null where there is an administrator */
  readonly setupToken: () => Promise<string | null>
  readonly tick: (at: number) => Promise<Ticked>
  readonly stop: () => Promise<void>
}

export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const log = options.log ?? openLog(options.logLevel ?? 'warn')
  await migrate(options.address)
  const database = connect({ ...options.address, role: 'app', connections: 12 })
  const world = await makeWorld(options, database, log)
  const server: FastifyInstance = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    genReqId: newUuid,
    trustProxy: false,
    bodyLimit: 2 * 1024 * 1024,
    clientErrorHandler: answerBrokenHttp,
    frameworkErrors: (error, request, reply) => void errorAnswer(world)(error, request, reply),
  })
  await server.register(cookie)
  await server.register(helmet, {
    contentSecurityPolicy: contentPolicy,
    strictTransportSecurity: options.secureCookies === true,
  })
  await server.register(compress, { global: true, brotliOptions })
  if (options.requestsPerMinute !== 0) {
    await server.register(rateLimit, {
      max: options.requestsPerMinute ?? 1200,
      timeWindow: 60_000,
      errorResponseBuilder: tooMany,
    })
  }
  const answered = refuseWhenStopping(server, world)
  answerErrors(server, world)
  const handlers = allHandlers(world)
  mountRoutes(server, world, handlers)
  mountMetrics(server, world)
  await servePortal(server, world, handlers)
  const url = await listen(server, options)
  const background = [startTicking(world, options, log), startDelivering(world, options, log)]
  return {
    url,
    world,
    database,
    setupToken: () => makeSetupToken(world),
    tick: (at) => tick(world, at),
    stop: async () => {
      world.stopping.now = true
      await Promise.all([answered(), ...background.map((work) => work?.end())])
      server.server.closeAllConnections()
      await server.close()
      await world.press.stop()
      await database.close()
    },
  }
}

/** A tenth smaller than the package's default, for a quarter of a millisecond on a large answer. */
const brotliOptions = { params: { [zlib.BROTLI_PARAM_QUALITY]: 6 } }

const contentPolicy = {
  directives: {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    objectSrc: ["'none'"],
    frameAncestors: ["'self'"],
    upgradeInsecureRequests: null,
  },
}

function tooMany(_: unknown, context: { ttl: number }): object {
  return { statusCode: 429, code: 'request.too_many', seconds: Math.ceil(context.ttl / 1000) }
}

async function makeWorld(options: ServerOptions, database: Database, log: Logger): Promise<World> {
  const clock = options.clock ?? Date.now
  const filesFolder = join(options.dataFolder, 'files')
  await mkdir(filesFolder, { recursive: true, mode: 0o700 })
  const crash = options.crash ?? neverCrashes
  return {
    database,
    db: database.kysely,
    clock,
    wallClock: options.wallClock ?? Date.now,
    newId: options.newId ?? newUuid,
    site: options.site,
    demoAccounts: options.demoAccounts ?? [],
    version: packageVersion(),
    files: fileStore(filesFolder),
    dataFolder: options.dataFolder,
    programmes: programmeRegistry(),
    press: openPress({ fonts: options.documentFonts, log }),
    secureCookies: options.secureCookies ?? false,
    audit: auditTrail(database.kysely, options.site.jurisdiction, clock),
    log,
    lastTick: { at: null },
    trouble: { diskFullAt: null },
    stopping: { now: false },
    crash,
    channels: openChannels(options.channels ?? {}),
    signer: openSigning({
      db: database.kysely,
      settings: options.signing ?? ownSigning,
      dataFolder: options.dataFolder,
      jurisdiction: options.site.jurisdiction,
      crash,
    }),
  }
}

async function listen(server: FastifyInstance, options: ServerOptions): Promise<string> {
  const host = options.host ?? '127.0.0.1'
  const wanted = options.port ?? 0
  for (let port = wanted; ; port++) {
    try {
      return await server.listen({ host, port })
    } catch (error) {
      const taken = (error as { code?: string }).code === 'EADDRINUSE'
      if (!taken || wanted === 0 || port >= wanted + 20) throw error
    }
  }
}

function startTicking(world: World, options: ServerOptions, log: Logger): Background | undefined {
  const every = options.tickEveryMs ?? 60_000
  if (every === 0) return undefined
  return repeat(every, () =>
    tick(world, world.clock()).catch((error: unknown) => log.error(error, 'tick failed')),
  )
}

/** A code that somebody waits for does not wait for the next tick. */
function startDelivering(world: World, options: ServerOptions, log: Logger): Background | undefined {
  if (options.tickEveryMs === 0 || Object.keys(world.channels).length === 0) return undefined
  return repeat(DELIVER_EVERY_MS, () =>
    deliver(world, world.clock()).catch((error: unknown) => log.error(error, 'sending failed')),
  )
}

const DELIVER_EVERY_MS = 5_000

interface Background {
  /** begins no other run and waits for the one under way */
  readonly end: () => Promise<unknown>
}

/** Every so often, but never twice at once. */
function repeat(everyMs: number, act: () => Promise<unknown>): Background {
  let running: Promise<unknown> | null = null
  const timer = setInterval(() => {
    running ??= act().finally(() => (running = null))
  }, everyMs)
  timer.unref()
  return {
    end: () => {
      clearInterval(timer)
      return Promise.race([running, setTimeout(PATIENCE_MS, undefined, { ref: false })])
    },
  }
}

function packageVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
