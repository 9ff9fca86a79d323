// A server that is told to end finishes what it has begun: requests under way are answered, new ones are sent elsewhere
// with 503 and Retry-After, work in the background ends its step and begins no other.
import { toProblem } from '@suanquan/api'
import type { FastifyInstance } from 'fastify'
import { RETRY_AFTER_SECONDS } from './errors.ts'
import type { World } from './world-options.ts'

/** Whoever has not ended by then is cut off: what supervises services kills after half a minute. */
export const PATIENCE_MS = 25_000

/** @returns waits until every request that had begun is answered */
export function refuseWhenStopping(server: FastifyInstance, world: World): () => Promise<void> {
  let underWay = 0
  let idle: () => void = () => undefined
  server.addHook('onRequest', (request, reply, done) => {
    if (world.stopping.now) {
      const refusal = { code: 'request.stopping', params: { seconds: RETRY_AFTER_SECONDS } } as const
      void reply
        .code(503)
        .header('retry-after', String(RETRY_AFTER_SECONDS))
        .header('connection', 'close')
        .type('application/problem+json')
        .send(toProblem(refusal, request.id))
      return
    }
    underWay += 1
    reply.raw.once('close', () => {
      underWay -= 1
      if (underWay === 0) idle()
    })
    done()
  })
  return () =>
    new Promise((resolve) => {
      if (underWay === 0) return resolve()
      const late = setTimeout(resolve, PATIENCE_MS)
      idle = () => {
        clearTimeout(late)
        resolve()
      }
    })
}
