// The portal's files, and its page for every address that is not the API's.
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { notFoundProblem } from './errors.ts'
import { mountPlainPages, withoutScript, type PlainHandlers } from './plain/index.ts'
import type { World } from './world-options.ts'

const folder = fileURLToPath(new URL('../../portal', import.meta.url))

const ROOT = '<div id="root"></div>'

export async function servePortal(
  server: FastifyInstance,
  world: World,
  handlers: PlainHandlers,
): Promise<void> {
  mountPlainPages(server, world, handlers)
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
  const shell = built ? readFileSync(join(folder, 'index.html'), 'utf8') : ''
  server.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split('?')[0]!
    const page = built && request.method === 'GET' && !path.startsWith('/api/') && !/\.[a-z0-9]+$/i.test(path)
    if (page) {
      const { text } = await withoutScript(world, handlers, path)
      return reply
        .type('text/html; charset=utf-8')
        .header('cache-control', 'no-cache')
        .send(shell.replace(ROOT, () => ROOT + text))
    }
    return reply.code(404).type('application/problem+json').send(notFoundProblem(path))
  })
}
