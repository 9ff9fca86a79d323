// Numbers for whoever keeps it running. Served to this machine only; what a proxy on it forwards comes from elsewhere.
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { FastifyInstance } from 'fastify'
import { countsOf } from '../modules/message/index.ts'
import type { World } from '../http/world-options.ts'

const LOCAL = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])

export function mountMetrics(server: FastifyInstance, world: World): void {
  const register = new Registry()
  collectDefaultMetrics({ register })
  const seconds = new Histogram({
    name: 'suanquan_request_seconds',
    help: 'time to answer a request, by route and status',
    labelNames: ['method', 'route', 'status'],
    registers: [register],
  })
  const tickAge = new Gauge({
    name: 'suanquan_tick_age_seconds',
    help: 'seconds since time was last acted on, by the programme clock',
    registers: [register],
    collect() {
      if (world.lastTick.at !== null) this.set((world.clock() - world.lastTick.at) / 1000)
    },
  })
  void tickAge
  const deliveries = new Gauge({
    name: 'suanquan_deliveries',
    help: 'messages to be sent by mail, SMS or WeCom, by state',
    labelNames: ['state'],
    registers: [register],
    async collect() {
      for (const [state, count] of Object.entries(await countsOf(world.db))) this.set({ state }, count)
    },
  })
  void deliveries
  server.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown'
    seconds.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000)
    done()
  })
  server.get('/metrics', async (request, reply) => {
    const forwarded = request.headers['x-forwarded-for'] ?? request.headers.forwarded
    if (!LOCAL.has(request.ip) || forwarded !== undefined) return reply.callNotFound()
    return reply.type(register.contentType).send(await register.metrics())
  })
}
