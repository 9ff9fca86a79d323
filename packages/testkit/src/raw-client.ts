// Requests as anybody can make them: any method, path, header and body, with a session or without.
import { problem, type Problem } from '@suanquan/api'
import { randomUUID } from 'node:crypto'
import { PASSWORD } from './test-city.ts'

export interface RawRequest {
  readonly body?: unknown
  /** sent as it is instead of `body` */
  readonly bytes?: string | Uint8Array
  readonly headers?: Readonly<Record<string, string>>
}

export interface RawAnswer {
  readonly status: number
  readonly text: string
  /** the refusal, proved to fit its schema; throws when the answer is none */
  readonly problem: Problem
}

/** `METHOD /path` */
export type RawCall = (call: string, request?: RawRequest) => Promise<RawAnswer>

export function rawCall(url: string, cookie = ''): RawCall {
  return async (call, { body, bytes, headers } = {}) => {
    const [method = '', path = ''] = call.split(' ')
    const content = bytes ?? (body === undefined ? undefined : JSON.stringify(body))
    const answer = await fetch(url + path, {
      method,
      headers: {
        ...(cookie === '' ? {} : { cookie }),
        ...(method === 'GET' ? {} : { 'idempotency-key': randomUUID(), 'content-type': 'application/json' }),
        ...headers,
      },
      ...(content === undefined || method === 'GET' ? {} : { body: content as string }),
    })
    const text = await answer.text()
    return {
      status: answer.status,
      text,
      get problem() {
        const parsed = problem.parse(JSON.parse(text))
        if (parsed.status !== answer.status) throw new Error(`${answer.status} says ${parsed.status}`)
        return parsed
      },
    }
  }
}

/** Signs in. */
export async function sessionCookie(url: string, login: string): Promise<string> {
  const answer = await fetch(`${url}/api/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password: PASSWORD }),
  })
  const cookie = answer.headers.getSetCookie().find((each) => each.startsWith('suanquan_session='))
  if (cookie === undefined) throw new Error(`${login} cannot sign in: ${answer.status}`)
  return cookie.split(';')[0]!
}

/** Signs in and makes requests with that session. */
export async function rawSession(url: string, login: string): Promise<RawCall> {
  return rawCall(url, await sessionCookie(url, login))
}
