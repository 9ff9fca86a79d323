// The typed client: the same route table the server mounts, called through any fetch. A refusal comes back as a
// value; only a broken connection or an answer that does not fit its schema throws.
import { problem, type Problem } from './problem.ts'
import type { AnswerOf, ParamsOf, QueryOf } from './route.ts'
import { routes, type RouteName, type Routes } from './routes/index.ts'
import type { z } from 'zod'

export type Outcome<Answer> =
  | { readonly ok: true; readonly value: Answer }
  | { readonly ok: false; readonly problem: Problem }

/** The part of fetch that the client needs, so that tests and the demo can hand in their own. */
export type Fetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; body?: string | Uint8Array },
) => Promise<Answered>

export interface Answered {
  readonly status: number
  readonly headers: { get(name: string): string | null }
  json(): Promise<unknown>
  /** for routes that give a file */
  arrayBuffer?(): Promise<ArrayBuffer>
}

/** The answer of a route that gives a file. */
export interface DownloadedFile {
  readonly bytes: Uint8Array
  readonly mediaType: string
  readonly fileName: string
}

type InputOf<Schema> = Schema extends z.ZodType ? z.input<Schema> : never

export interface CallInput<R extends Routes[RouteName]> {
  readonly params?: ParamsOf<R>
  readonly query?: Partial<QueryOf<R>>
  readonly body?: InputOf<R['body']>
  /** for uploads: the file */
  readonly file?: { readonly name: string; readonly bytes: Uint8Array; readonly mediaType: string }
  /** one act, one key; the same on every retry */
  readonly key?: string
}

export type Client = {
  readonly [Name in RouteName]: (input?: CallInput<Routes[Name]>) => Promise<Outcome<AnswerOf<Routes[Name]>>>
}

export interface ClientOptions {
  readonly fetch: Fetch
  readonly base?: string
  readonly headers?: () => Record<string, string>
  /** makes the key of an act whose caller gave none */
  readonly newKey: () => string
}

export function createClient(options: ClientOptions): Client {
  const names = Object.keys(routes) as RouteName[]
  return Object.fromEntries(
    names.map((name) => [name, (input: CallInput<Routes[RouteName]> = {}) => call(options, name, input)]),
  ) as unknown as Client
}

async function call(
  options: ClientOptions,
  name: RouteName,
  input: CallInput<Routes[RouteName]>,
): Promise<Outcome<unknown>> {
  const route = routes[name]
  const headers: Record<string, string> = { accept: 'application/json', ...options.headers?.() }
  if (route.method !== 'GET') headers['idempotency-key'] = input.key ?? options.newKey()
  const init: Parameters<Fetch>[1] = { method: route.method, headers }
  if (route.transport === 'upload') {
    headers['content-type'] = input.file?.mediaType ?? 'application/octet-stream'
    headers['x-file-name'] = encodeURIComponent(input.file?.name ?? '')
    init.body = input.file?.bytes ?? new Uint8Array(0)
  } else if (route.method === 'POST' || route.method === 'PUT') {
    headers['content-type'] = 'application/json'
    init.body = JSON.stringify(input.body ?? {})
  }
  const url = (options.base ?? '') + urlOf(name, input.params ?? {}, input.query ?? {})
  const answer = await options.fetch(url, init)
  if (route.transport === 'download' && answer.status < 400) return { ok: true, value: await fileOf(answer) }
  const json = await answer.json()
  if (answer.status >= 400) return { ok: false, problem: problem.parse(json) }
  return { ok: true, value: route.answer.parse(json) }
}

async function fileOf(answer: Answered): Promise<DownloadedFile> {
  const { headers } = answer
  if (answer.arrayBuffer === undefined) throw new Error('this fetch reads no files')
  const named = /filename\*=UTF-8''([^;]+)/.exec(headers.get('content-disposition') ?? '')?.[1]
  return {
    bytes: new Uint8Array(await answer.arrayBuffer()),
    mediaType: headers.get('content-type') ?? 'application/octet-stream',
    fileName: decodeURIComponent(named ?? 'file'),
  }
}

/** The address of a route with its params and query filled in. */
export function urlOf(
  name: RouteName,
  params: Record<string, unknown>,
  query: Record<string, unknown> = {},
): string {
  const path = routes[name].path.replace(/:(\w+)/g, (_, param: string) =>
    encodeURIComponent(String(params[param])),
  )
  const search = Object.entries(query)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`)
  return search.length === 0 ? path : `${path}?${search.join('&')}`
}
