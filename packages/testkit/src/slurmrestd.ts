// A slurmrestd with slurmdbd behind it, as release 22.05 speaks (openapi/dbv0.0.38): HS256 tokens are checked, times are
// `uts…`, an unknown word of the query is an error of the server, a window gives every run that was there within it.
// What it holds is a recording, or whatever a test sets.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface SlurmJob {
  readonly time: { readonly submission: number; readonly end: number }
}

export interface Slurmrestd {
  readonly url: string
  readonly key: Uint8Array
  /** the jobs that the accounting holds from here on */
  jobs: readonly SlurmJob[]
  /** seconds since 1970, by which tokens expire */
  now: number
  /** for the next questions about jobs, in turn: a status, or an answer that is cut off */
  readonly fail: (...faults: readonly (number | 'cut')[]) => void
  /** the windows that were asked for, in seconds */
  readonly asked: (readonly [number, number])[]
  readonly stop: () => Promise<void>
}

const META = {
  plugin: { type: 'openapi/dbv0.0.38', name: 'Slurm OpenAPI DB v0.0.38' },
  Slurm: { version: { major: 22, micro: 8, minor: 5 }, release: '22.05.8' },
}
/** an empty window is an error there */
const NOTHING_FOUND = {
  description: 'Nothing found',
  error_number: 9003,
  error: 'Nothing found with query',
  source: 'slurmdb_jobs_get',
}
const KNOWN = ['start_time', 'end_time', 'account', 'users', 'state', 'cluster']

export async function slurmrestd(jobs: readonly SlurmJob[], now: number): Promise<Slurmrestd> {
  const faults: (number | 'cut')[] = []
  const server = createServer((request, response) => answer(fake, faults, request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const fake: Slurmrestd = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    key: new TextEncoder().encode('a key that this cluster shares'),
    jobs,
    now,
    fail: (...next) => void faults.push(...next),
    asked: [],
    stop: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
  return fake
}

function answer(
  fake: Slurmrestd,
  faults: (number | 'cut')[],
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { pathname, searchParams } = new URL(request.url ?? '/', fake.url)
  const send = (status: number, document: object, cut = false): void => {
    const text = JSON.stringify(document).replaceAll('/', '\\/')
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(cut ? text.slice(0, text.length / 2) : text)
  }
  if (!mayAsk(fake, request)) return send(401, { errors: [{ error: 'Authentication failure' }] })
  if (pathname === '/openapi')
    return send(200, {
      paths: { '/slurm/v0.0.38/jobs/': {}, '/slurmdb/v0.0.38/jobs/': {}, '/slurmdb/v0.0.37/jobs/': {} },
    })
  if (pathname !== '/slurmdb/v0.0.38/jobs') return send(404, {})
  if (typeof faults[0] === 'number')
    return send(faults.shift() as number, { errors: [{ error: 'Unable to connect to database' }] })
  const times = ['start_time', 'end_time'].map((name) => /^uts(\d+)$/.exec(searchParams.get(name) ?? '')?.[1])
  const unknown = [...searchParams.keys()].filter((name) => !KNOWN.includes(name))
  if (unknown.length > 0 || times.includes(undefined))
    return send(500, { errors: [{ error: 'Unknown parameter' }] })
  const [from, until] = times.map(Number) as [number, number]
  fake.asked.push([from, until])
  const jobs = fake.jobs.filter(
    ({ time }) => time.submission <= until && (time.end === 0 || time.end >= from),
  )
  if (jobs.length === 0) return send(200, { meta: META, errors: [NOTHING_FOUND], jobs })
  const cut = faults[0] === 'cut'
  if (cut) faults.shift()
  return send(200, { meta: META, errors: [], jobs }, cut)
}

function mayAsk({ key, now }: Slurmrestd, { headers }: IncomingMessage): boolean {
  const [head = '', body = '', signature = ''] = String(headers['x-slurm-user-token']).split('.')
  const own = createHmac('sha256', key).update(`${head}.${body}`).digest()
  const told = Buffer.from(signature, 'base64url')
  if (told.length !== own.length || !timingSafeEqual(told, own)) return false
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as { sun: string; exp: number }
  return claims.sun === headers['x-slurm-user-name'] && claims.exp > now
}
