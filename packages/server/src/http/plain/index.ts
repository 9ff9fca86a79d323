// What the server says without a script: notices as whole pages, the same inside the portal's page for whoever opens a
// link with scripts off, and a map of the site.
import type { RouteName } from '@suanquan/api'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isUnfit } from '../unfit-text.ts'
import { particularsOf } from '../../modules/site/index.ts'
import type { Asked, Handlers, Query } from '../world.ts'
import { todayOf, type World } from '../world-options.ts'
import { html, type Html } from './html.ts'
import { noticeBody, noticeListBody, prefixOf, wholePage, type Reader } from './notice-pages.ts'
import { sitemapOf } from './sitemap.ts'
import { plainTexts, type PlainLanguage } from './texts.ts'

export type PlainHandlers = Pick<Handlers, 'listNotices' | 'readNotice' | 'searchPublic' | 'listAdoptions'>

const PAGE_SIZE = 50
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export function mountPlainPages(server: FastifyInstance, world: World, handlers: PlainHandlers): void {
  for (const language of ['zh', 'en'] as const) {
    const base = `${prefixOf(language)}/notices`
    server.get(base, (request, reply) => sendList(world, handlers, { request, reply, language }))
    server.get(`${base}/:id`, (request, reply) => sendNotice(world, handlers, { request, reply, language }))
  }
  server.get('/sitemap.xml', async (request, reply) => {
    const { domain } = await particularsOf(world.db, world)
    const origin = domain === '' ? `${request.protocol}://${request.host}` : `https://${domain}`
    const adoptions = await answer(world, handlers, 'listAdoptions', {})
    const notices = await answer(world, handlers, 'listNotices', { query: { page: 1, size: 200 } })
    return reply
      .type('application/xml; charset=utf-8')
      .send(sitemapOf(origin, { adoptions: adoptions?.items ?? [], notices: notices?.items ?? [] }))
  })
  server.get('/robots.txt', (_, reply) =>
    reply.type('text/plain; charset=utf-8').send('User-agent: *\nDisallow: /api/\nSitemap: /sitemap.xml\n'),
  )
}

/** What stands in the portal's page for whoever has scripts off: the notice itself, or the way to the plain pages. */
export async function withoutScript(world: World, handlers: PlainHandlers, path: string): Promise<Html> {
  const id = /^\/notices\/([^/]+)$/.exec(path)?.[1] ?? ''
  const notice = ID.test(id) ? await answer(world, handlers, 'readNotice', { params: { id } }) : undefined
  const body = notice === undefined ? '' : noticeBody(notice, await readerOf(world, 'zh'))
  const links = (['zh', 'en'] as const).map(
    (language) =>
      html`<p lang="${language === 'en' ? 'en' : 'zh-CN'}">
        ${plainTexts[language].noScript}
        <a href="${prefixOf(language)}/notices">${plainTexts[language].notices}</a>
      </p>`,
  )
  return html`<noscript>${body}${links}</noscript>`
}

interface Exchange {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly language: PlainLanguage
}

async function sendNotice(world: World, handlers: PlainHandlers, exchange: Exchange): Promise<FastifyReply> {
  const { request, reply, language } = exchange
  const { id } = request.params as { readonly id: string }
  const reader = await readerOf(world, language)
  const notice = ID.test(id) ? await answer(world, handlers, 'readNotice', { params: { id } }) : undefined
  const page =
    notice === undefined
      ? wholePage(
          plainTexts[language].notices,
          html`<h1>404</h1>
            <p>${plainTexts[language].none}</p>
            <p><a href="${prefixOf(language)}/notices">${plainTexts[language].all}</a></p>`,
          reader,
        )
      : wholePage(`${notice.number} ${notice.title[language]}`, noticeBody(notice, reader), reader)
  return reply
    .code(notice === undefined ? 404 : 200)
    .type('text/html; charset=utf-8')
    .send(page)
}

async function sendList(world: World, handlers: PlainHandlers, exchange: Exchange): Promise<FastifyReply> {
  const { request, reply, language } = exchange
  const asked = request.query as Readonly<Record<string, unknown>>
  const given = typeof asked['q'] === 'string' ? asked['q'].trim().slice(0, 60) : ''
  const words = isUnfit(given) ? '' : given
  const page = Math.min(100_000, Math.max(1, Number.parseInt(String(asked['page'] ?? '1'), 10) || 1))
  const reader = await readerOf(world, language)
  const { items, pages } = await (words === ''
    ? pageOf(world, handlers, page)
    : foundBy(world, handlers, words))
  const body = noticeListBody({ items, page, pages, words }, reader)
  return reply.type('text/html; charset=utf-8').send(wholePage(plainTexts[language].notices, body, reader))
}

type Listed = Pick<Parameters<typeof noticeListBody>[0], 'items' | 'pages'>

async function pageOf(world: World, handlers: PlainHandlers, page: number): Promise<Listed> {
  const found = await answer(world, handlers, 'listNotices', { query: { page, size: PAGE_SIZE } })
  return { items: found?.items ?? [], pages: Math.ceil((found?.total ?? 0) / PAGE_SIZE) }
}

async function foundBy(world: World, handlers: PlainHandlers, words: string): Promise<Listed> {
  const found = await answer(world, handlers, 'searchPublic', { query: { q: words } })
  const notices = (found?.items ?? []).filter(({ kind }) => kind === 'notice')
  const items = await Promise.all(
    notices.map(({ id }) => answer(world, handlers, 'readNotice', { params: { id } })),
  )
  return { items: items.filter((item) => item !== undefined), pages: 1 }
}

async function readerOf(world: World, language: PlainLanguage): Promise<Reader> {
  const { name } = await particularsOf(world.db, world)
  return { language, siteName: name[language] }
}

/** What a public reading route answers, or undefined where it refuses. */
async function answer<Name extends keyof PlainHandlers>(
  world: World,
  handlers: PlainHandlers,
  name: Name,
  input: { readonly params?: object; readonly query?: object },
): Promise<Extract<Awaited<ReturnType<Query<Name>['run']>>, { ok: true }>['value'] | undefined> {
  const at = world.clock()
  const asked = {
    params: {},
    query: {},
    body: {},
    file: null,
    person: null,
    at,
    today: todayOf(at),
    ...input,
  }
  const handler = handlers[name] as unknown as Query<RouteName>
  const made = await handler.run(asked as unknown as Asked<RouteName>, {
    db: world.db,
    touch: () => undefined,
  })
  return made.ok ? (made.value as never) : undefined
}
