// The portal's files, and its page for every address that is not the API's.
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { notFoundProblem } from './errors.ts'
import type { World } from './world-options.ts'

const folder = fileURLToPath(new URL('../../portal', import.meta.url))

export async function servePortal(server: FastifyInstance, world: World): Promise<void> {
  const built = existsSync(folder)
  if (built) {
    await server.register(fastifyStatic, {
      root: folder,
      index: false,
      wildcard: false,
      preCompressed: true,
      setHeaders: (reply, path) => {
        const forever = path.includes('/assets/')
        void reply.header('cache-control', forever ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
  } else world.log.warn('the portal is not built')
  server.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0]!
    const page = built && request.method === 'GET' && !path.startsWith('/api/') && !/\.[a-z0-9]+$/i.test(path)
    if (page) return reply.sendFile('index.html')
    return reply.code(404).type('application/problem+json').send(notFoundProblem(path))
  })
}
