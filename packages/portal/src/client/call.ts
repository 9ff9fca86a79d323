// Calls the platform by the names of its route table. A refusal is thrown as `Refused`, carrying its problem (RFC 9457)
// so that the page can say it where it belongs; a broken connection is thrown as `Unreachable`.
import type { AnswerOf, CallInput, Problem, RouteName, Routes } from '@suanquan/api'
import everybodys from 'virtual:calls/everybody'
import { currentLanguage } from '../i18n.ts'

export type Answer<Name extends RouteName> = AnswerOf<Routes[Name]>

export interface Input<Name extends RouteName> extends Omit<CallInput<Routes[Name]>, 'file'> {
  readonly file?: File
  readonly onProgress?: (share: number) => void
}

export class Refused extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.title)
    this.problem = problem
  }
}

export class Unreachable extends Error {}

let calls = everybodys

/** What signed-in people call comes with their session: visitors do without. */
export async function loadCalls(): Promise<void> {
  calls = { ...everybodys, ...(await import('virtual:calls/signed-in')).default }
}

async function callOf(name: RouteName): Promise<(typeof calls)[string]> {
  if (!(name in calls)) await loadCalls()
  return calls[name]!
}

export async function call<Name extends RouteName>(
  name: Name,
  input: Input<Name> = {},
): Promise<Answer<Name>> {
  const { status, text } = await send(name, input)
  const json = readJson(text)
  if (status < 400) return json as Answer<Name>
  throw new Refused(isProblem(json) ? json : strangeAnswer(status))
}

/** A file that the platform makes; its own name comes with it. */
export async function callFile<Name extends RouteName>(
  name: Name,
  input: Input<Name>,
): Promise<{ readonly blob: Blob; readonly fileName: string }> {
  const { method } = await callOf(name)
  const headers: Record<string, string> = { accept: '*/*', 'accept-language': currentLanguage() }
  const init: RequestInit = { method, headers, credentials: 'same-origin' }
  if (method !== 'GET') {
    headers['idempotency-key'] = input.key ?? newKey()
    headers['content-type'] = 'application/json'
    init.body = JSON.stringify(input.body ?? {})
  }
  const answer = await fetch(addressOf(name, input), init).catch((error: unknown) => {
    throw new Unreachable('no connection', { cause: error })
  })
  if (!answer.ok) {
    const json = readJson(await answer.text())
    throw new Refused(isProblem(json) ? json : strangeAnswer(answer.status))
  }
  const named = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get('content-disposition') ?? '')?.[1]
  return { blob: await answer.blob(), fileName: decodeURIComponent(named ?? 'file') }
}

/** The address of a route, for links that download. */
export function addressOf<Name extends RouteName>(name: Name, input: Input<Name>): string {
  const params = (input.params ?? {}) as Record<string, unknown>
  const path = calls[name]!.path.replace(/:(\w+)/g, (_, param: string) =>
    encodeURIComponent(String(params[param])),
  )
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(input.query ?? {})) {
    if (value !== undefined && value !== '') query.set(key, String(value))
  }
  const text = query.toString()
  return text === '' ? path : `${path}?${text}`
}

/** A new name for an act. `randomUUID` exists on https only; a city's intranet may be plain http. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join(
    '-',
  )
}

interface Sent {
  readonly status: number
  readonly text: string
}

async function send<Name extends RouteName>(name: Name, input: Input<Name>): Promise<Sent> {
  const { method, transport } = await callOf(name)
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': currentLanguage() }
  if (method !== 'GET') headers['idempotency-key'] = input.key ?? newKey()
  const url = addressOf(name, input)
  if (transport === 'upload') return upload(url, headers, input)
  const init: RequestInit = { method, headers, credentials: 'same-origin' }
  if (method === 'POST' || method === 'PUT') {
    headers['content-type'] = 'application/json'
    init.body = JSON.stringify(input.body ?? {})
  }
  try {
    const answer = await fetch(url, init)
    return { status: answer.status, text: await answer.text() }
  } catch (error) {
    throw new Unreachable('no connection', { cause: error })
  }
}

/** Uploads go through XMLHttpRequest: it is the one that says how far it has come. */
function upload<Name extends RouteName>(
  url: string,
  headers: Record<string, string>,
  input: Input<Name>,
): Promise<Sent> {
  const request = new XMLHttpRequest()
  request.open('POST', url)
  const typed = input.file?.type === '' ? undefined : input.file?.type
  const all = {
    ...headers,
    'content-type': typed ?? 'application/octet-stream',
    'x-file-name': encodeURIComponent(input.file?.name ?? ''),
  }
  for (const [header, value] of Object.entries(all)) request.setRequestHeader(header, value)
  request.upload.addEventListener('progress', (event) => {
    if (event.lengthComputable) input.onProgress?.(event.loaded / event.total)
  })
  return new Promise((resolve, reject) => {
    request.addEventListener('load', () => resolve({ status: request.status, text: request.responseText }))
    request.addEventListener('error', () => reject(new Unreachable('no connection')))
    request.send(input.file ?? null)
  })
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isProblem(json: unknown): json is Problem {
  return typeof json === 'object' && json !== null && 'code' in json && 'message' in json
}

function strangeAnswer(status: number): Problem {
  const message = {
    zh: `服务器没有给出可读的答复（${status}），请稍后再试；如仍不行请联系管理员`,
    en: `the server gave no readable answer (${status}); try again later or ask the administrator`,
  }
  return { type: 'about:blank', status, code: `http.${status}`, title: message.en, message, params: {} }
}
