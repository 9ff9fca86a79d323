// What the framework refuses before a handler runs (too large, broken off, not found), said in the same form as every
// other refusal. Whatever is left is our own fault: the caller gets a number to quote, the log gets the rest.
import { malformedAt } from './malformed.ts'
import { toProblem } from '@suanquan/api'
import type { Refusal } from '@suanquan/core'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Socket } from 'node:net'
import type { World } from './world-options.ts'

interface FrameworkError {
  readonly statusCode?: number
  readonly code?: string
  readonly seconds?: number
  readonly message?: string
}

export function answerErrors(server: FastifyInstance, world: World): void {
  server.setErrorHandler(errorAnswer(world))
}

/** Answers whatever the framework or a handler throws. */
export function errorAnswer(
  world: Pick<World, 'log' | 'trouble' | 'wallClock'>,
): (error: FrameworkError, request: FastifyRequest, reply: FastifyReply) => FastifyReply {
  return (error, request, reply) => {
    // Whoever asked has gone: there is nobody to answer and nothing that failed here.
    if (error.code === 'ERR_STREAM_PREMATURE_CLOSE') return reply
    const refusal = refusalOf(error, request)
    if (refusal === null) {
      world.log.error({ err: error, requestId: request.id }, 'request failed')
      return reply.code(500).type('application/problem+json').send(failure(request.id))
    }
    const problem = toProblem(refusal, request.id)
    if (problem.status === 503) {
      world.log.warn({ err: error, requestId: request.id }, refusal.code)
      if (refusal.code === 'request.disk_full') world.trouble.diskFullAt = world.wallClock()
      void reply.header('retry-after', String(RETRY_AFTER_SECONDS))
    }
    return reply.code(problem.status).type('application/problem+json').send(problem)
  }
}

/** What is no HTTP, comes too slowly or has headers beyond measure: Node gives up before there is a request. */
export function answerBrokenHttp(error: { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const why = BROKEN[error.code ?? ''] ?? { zh: '不是完整的 HTTP 请求', en: 'not a whole HTTP request' }
  const problem = toProblem(malformedAt('HTTP', why))
  const body = JSON.stringify(problem)
  socket.end(
    `HTTP/1.1 ${problem.status} Bad Request\r\ncontent-type: application/problem+json\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  )
}

const BROKEN: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  HPE_HEADER_OVERFLOW: { zh: '地址和请求头超过 16 KB', en: 'address and headers above 16 KB' },
  ERR_HTTP_REQUEST_TIMEOUT: { zh: '没有在规定时间内传完', en: 'it did not arrive in time' },
}

export function notFoundProblem(path: string): ReturnType<typeof toProblem> {
  return toProblem({ code: 'request.not_found', params: { what: path.slice(0, 200) } })
}

function refusalOf(error: FrameworkError, request: FastifyRequest): Refusal | null {
  if (error.code === 'request.too_many') return { code: error.code, params: { seconds: error.seconds ?? 60 } }
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    const megabytes = (request.routeOptions.bodyLimit ?? 0) / (1024 * 1024)
    return { code: 'request.too_large', params: { maximum: `${megabytes} MB` } }
  }
  // The framework marks a body that broke off with 400; a database connection that breaks has the same code without it.
  const brokeOff = error.code === 'ECONNRESET' && error.statusCode === 400
  if (error.code === 'FST_ERR_CTP_INVALID_CONTENT_LENGTH' || brokeOff) {
    return { code: 'attachment.half_written', params: {} }
  }
  const passing = passingOf(error)
  if (passing !== null) return { code: passing, params: { seconds: RETRY_AFTER_SECONDS } }
  const status = error.statusCode ?? 500
  if (status >= 500) return null
  const why = error.code ?? String(status)
  return malformedAt('request', { zh: why, en: why })
}

/** When to ask again after what passes by itself. */
export const RETRY_AFTER_SECONDS = 5

/** The database is starting, stopping, failing over, or its connection broke: SQLSTATE classes 08 and 57P, and the network. */
const AWAY =
  /^(08...|57P0[123]|53300|25006|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/
const FULL = /^(53100|ENOSPC|EDQUOT)$/
/** The disk answers with an error, or with something else than was written there. */
const FAILING = /^(58030|XX001|XX002|EIO)$/

/** What passes without anybody changing the request; nothing of it was kept, or its key gives the first answer. */
function passingOf({ code = '', message, statusCode }: FrameworkError): PassingCode | null {
  if (statusCode !== undefined) return null
  if (FULL.test(code)) return 'request.disk_full'
  if (FAILING.test(code)) return 'request.disk_failing'
  const gone = code === 'ENOENT' && message?.startsWith('connect ') === true
  const broke =
    /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/
  return AWAY.test(code) || gone || broke.test(message ?? '') ? 'request.database_away' : null
}

type PassingCode = 'request.database_away' | 'request.disk_full' | 'request.disk_failing'

function failure(requestId: string): object {
  const zh = `系统内部错误，请稍后再试；如仍有问题请提供编号 ${requestId}`
  const en = `an internal error; try again later, and quote ${requestId} if it stays`
  return {
    type: 'urn:suanquan:failure',
    status: 500,
    code: 'internal',
    title: en,
    message: { zh, en },
    params: {},
    requestId,
  }
}
