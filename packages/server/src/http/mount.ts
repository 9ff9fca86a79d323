// Mounts the route table: who is asking, may they, is the input well formed, then the handler. Every answer, refusals
// included, passes here, and so does the trail of who did and who read what. The order is fixed: origin, session,
// permission, input, handler; a caller who may not ask learns nothing about the input.
import { permits, routes, toProblem, type Route, type RouteName } from '@suanquan/api'
import type { Refusal } from '@suanquan/core'
import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { findSession, type SessionState } from '../identity/sessions.ts'
import { eventsOf } from './cloud-events.ts'
import { malformed, malformedAt } from './malformed.ts'
import { runCommand, runEach, runQuery } from './run.ts'
import { clearSessionCookie, sessionToken, setSessionCookie } from './session-cookie.ts'
import { isUnfit, parseFitJson, UnfitTextError } from './unfit-text.ts'
import type { Asked, Handlers, Handler } from './world.ts'
import { todayOf, type World } from './world-options.ts'

/** Uploads may be this large, everything else `BODY_BYTES`. */
export const UPLOAD_BYTES = 64 * 1024 * 1024
const BODY_BYTES = 2 * 1024 * 1024

export function mountRoutes(server: FastifyInstance, world: World, handlers: Handlers): void {
  server.removeContentTypeParser(['application/json', 'text/plain'])
  server.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: UPLOAD_BYTES }, (_request, body, done) =>
    done(null, body),
  )
  for (const name of Object.keys(routes) as RouteName[]) {
    const route = routes[name] as unknown as Route
    server.route({
      method: route.method,
      url: route.path,
      bodyLimit: route.transport === 'upload' || route.large ? UPLOAD_BYTES : BODY_BYTES,
      handler: (request, reply) =>
        serve(world, handlers[name] as Handler<RouteName>, { name, request, reply }),
    })
  }
}

interface Exchange {
  readonly name: RouteName
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

async function serve(world: World, handler: Handler<RouteName>, exchange: Exchange): Promise<FastifyReply> {
  const { name, request, reply } = exchange
  const route = routes[name] as unknown as Route
  const session = await findSession(world, sessionToken(request))
  const refusal = foreignOrigin(request, route) ?? notAllowed(route, session)
  if (refusal) return refuse(world, exchange, refusal, session)
  const asked = readInput(world, route, request, session)
  if ('code' in asked) return refuse(world, exchange, asked, session)
  const call = { name, asked, key: keyOf(request), requestId: request.id }
  const served =
    handler.kind === 'query'
      ? await runQuery(world, { ...call, handler })
      : handler.kind === 'each'
        ? await runEach(world, { ...call, handler })
        : await runCommand(world, { ...call, handler })
  if (!served.ok) return sendProblem(reply, served.refusal, request.id)
  if (served.cookie === null) clearSessionCookie(reply)
  else if (served.cookie !== undefined) setSessionCookie(reply, served.cookie, world.secureCookies)
  if (route.transport === 'download') return sendFile(exchange, served.answer as Download)
  return reply.send(route.answer.parse(served.answer))
}

/** The answer of a download route. */
export interface Download {
  readonly bytes: Uint8Array
  readonly mediaType: string
  readonly fileName: string
  /** of a file that is the same for everybody and long: who holds it already is not sent it again */
  readonly kept?: { readonly tag: string; readonly gzip: Uint8Array; readonly brotli: Uint8Array }
}

function sendFile({ request, reply }: Exchange, file: Download): FastifyReply {
  if (file.kept !== undefined) {
    void reply
      .header('etag', file.kept.tag)
      .header('cache-control', 'no-cache')
      .header('vary', 'accept-encoding')
    if (request.headers['if-none-match'] === file.kept.tag) return reply.code(304).send()
  }
  const { bytes, encoding } = encoded(file, String(request.headers['accept-encoding'] ?? ''))
  if (encoding !== undefined) void reply.header('content-encoding', encoding)
  return reply
    .header('content-type', file.mediaType)
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.fileName)}`)
    .header('x-content-type-options', 'nosniff')
    .send(Buffer.from(bytes))
}

function encoded(
  { bytes, kept }: Download,
  accepted: string,
): { readonly bytes: Uint8Array; readonly encoding?: 'br' | 'gzip' } {
  if (kept !== undefined && /\bbr\b/.test(accepted)) return { bytes: kept.brotli, encoding: 'br' }
  if (kept !== undefined && /\bgzip\b/.test(accepted)) return { bytes: kept.gzip, encoding: 'gzip' }
  return { bytes }
}

function sendProblem(reply: FastifyReply, refusal: Refusal, requestId: string): FastifyReply {
  const problem = toProblem(refusal, requestId)
  return reply.code(problem.status).type('application/problem+json').send(problem)
}

async function refuse(
  world: World,
  { name, request, reply }: Exchange,
  refusal: Refusal,
  session: SessionState,
): Promise<FastifyReply> {
  await world.audit.refused({ name, requestId: request.id, refusal, session, params: request.params })
  return sendProblem(reply, refusal, request.id)
}

function notAllowed(route: Route, session: SessionState): Refusal | undefined {
  if (route.access === 'public') return undefined
  if (session.state === 'none') return { code: 'session.none', params: {} }
  if (session.state === 'expired') return { code: 'session.expired', params: {} }
  if (permits(route.access, session.person.grants)) return undefined
  return { code: 'request.forbidden', params: { action: route.access } }
}

/** A change that a browser sends from another site is refused (its Origin must be our own host). */
function foreignOrigin(request: FastifyRequest, route: Route): Refusal | undefined {
  const origin = request.headers.origin
  if (route.method === 'GET' || origin === undefined) return undefined
  if (URL.canParse(origin) && new URL(origin).host === request.host) return undefined
  return { code: 'request.foreign_origin', params: { origin: origin.slice(0, 200) } }
}

function keyOf(request: FastifyRequest): string | null {
  const key = request.headers['idempotency-key']
  return typeof key === 'string' && /^[\x21-\x7e]{8,200}$/.test(key) ? key : null
}

function readInput(
  world: World,
  route: Route,
  request: FastifyRequest,
  session: SessionState,
): Asked<RouteName> | Refusal {
  const params = route.params.safeParse(request.params)
  if (!params.success) return malformed('path', params.error)
  const query = route.query.safeParse(request.query)
  if (!query.success) return malformed('query', query.error)
  const searched = Object.values(request.query as Record<string, unknown>).flat()
  if (searched.some((text) => isUnfit(String(text)))) return malformedAt('query', UNFIT_TEXT)
  const body = readBody(route, request)
  if ('refusal' in body) return body.refusal
  const at = world.clock()
  return {
    params: params.data,
    query: query.data,
    body: body.value,
    file: route.transport === 'upload' ? readFile(request) : null,
    person: session.state === 'open' ? session.person : null,
    at,
    today: todayOf(at),
  } as Asked<RouteName>
}

function readBody(route: Route, request: FastifyRequest): { value: unknown } | { refusal: Refusal } {
  if (route.transport === 'upload') {
    const file = request.headers['x-file-name']
    if (typeof file === 'string' && decodes(file)) return { value: {} }
    return { refusal: malformedAt('X-File-Name', NO_FILE_NAME) }
  }
  if (route.method !== 'POST' && route.method !== 'PUT') return { value: {} }
  const json = parseJson(request.body)
  if ('why' in json) return { refusal: malformedAt('body', json.why) }
  const told = route.transport === 'events' ? eventsOf(request.headers, json.value) : json.value
  const body = (route.body as z.ZodType).safeParse(told)
  return body.success ? { value: body.data } : { refusal: malformed('body', body.error) }
}

interface Why {
  readonly zh: string
  readonly en: string
}

const NO_FILE_NAME: Why = { zh: '缺少文件名或无法解码', en: 'missing or not decodable' }
const NOT_JSON: Why = { zh: '不是 UTF-8 编码的 JSON', en: 'not JSON in UTF-8' }
const UNFIT_TEXT: Why = {
  zh: '含有不可见字符（控制字符或改变文字方向的字符），请删去',
  en: 'hidden characters: control characters or direction overrides',
}

function parseJson(body: unknown): { readonly value: unknown } | { readonly why: Why } {
  if (body === undefined || body === null) return { value: {} }
  if (!Buffer.isBuffer(body)) return { why: NOT_JSON }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body)
    return { value: text.trim() === '' ? {} : parseFitJson(text) }
  } catch (error) {
    return { why: error instanceof UnfitTextError ? UNFIT_TEXT : NOT_JSON }
  }
}

function decodes(text: string): boolean {
  try {
    decodeURIComponent(text)
    return true
  } catch {
    return false
  }
}

function readFile(request: FastifyRequest): Asked<RouteName>['file'] {
  const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  return {
    name: decodeURIComponent(String(request.headers['x-file-name'])),
    mediaType: String(request.headers['content-type'] ?? 'application/octet-stream'),
    bytes,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }
}
