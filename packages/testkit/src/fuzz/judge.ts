// What is wrong with an answer: an internal error, a status or a code that its route does not declare, a body that does
// not fit, a refusal without its sentence in either language.
import { commonRefusals, problem, refusals, routes, type Route, type RouteName } from '@suanquan/api'
import type { FuzzRequest } from './requests.ts'
import type { FuzzAnswer } from './send.ts'

/** @returns undefined: nothing is wrong */
export function wrongWith({ operation, method }: FuzzRequest, answer: FuzzAnswer): string | undefined {
  const { status, text, type } = answer
  if (status === 0) return `no answer: ${text}`
  if (status >= 500) return `an internal error: ${text.slice(0, 300)}`
  if (method === 'HEAD') return undefined
  if (status >= 400) return wrongWithRefusal(operation?.name, answer)
  if (operation === undefined) return undefined
  if (!operation.statuses.has(String(status))) return `status ${status} is not declared`
  const route = routes[operation.name as RouteName] as unknown as Route
  if (route.transport === 'download') return undefined
  if (!type.startsWith('application/json')) return `answered as ${type}`
  const fits = route.answer.safeParse(json(text))
  return fits.success ? undefined : `the answer does not fit: ${fits.error.message.slice(0, 300)}`
}

/** Of what is no whole request: the connection may close without a word, or say a refusal. */
export function wrongWithBroken(answer: FuzzAnswer): string | undefined {
  if (answer.status === 0) return answer.text === '' ? undefined : answer.text
  if (answer.status >= 500) return `an internal error: ${answer.text.slice(0, 300)}`
  // Node itself answers a request without a host, and says no more than 400.
  if (answer.status < 400 || answer.type === '') return undefined
  return wrongWithRefusal(undefined, answer)
}

function wrongWithRefusal(name: string | undefined, { status, type, text }: FuzzAnswer): string | undefined {
  if (!type.startsWith('application/problem+json'))
    return `${status} answered as ${type}: ${text.slice(0, 200)}`
  const read = problem.safeParse(json(text))
  if (!read.success) return `no problem: ${text.slice(0, 200)}`
  const { code, message, params, requestId } = read.data
  if (read.data.status !== status) return `${status} says ${read.data.status}`
  const known = refusals[code as keyof typeof refusals] as { zh: string; en: string } | undefined
  if (known === undefined) return `${code} is not in the catalogue`
  const asked = [...`${known.zh}${known.en}`.matchAll(/\{(\w+)\}/g)].map(([, param]) => param!)
  const unfilled = asked.filter((param) => !(param in params))
  if (unfilled.length > 0) return `${code} is without ${unfilled.join()}`
  if (!/\p{Script=Han}/u.test(message.zh) || !/[a-z]/.test(message.en)) return `${code} lacks a language`
  if (name === undefined) return undefined
  const { refusals: own } = routes[name as RouteName] as unknown as Route
  if (![...commonRefusals, ...own].includes(code as never)) return `${code} is not declared`
  return requestId === undefined ? `${code} has no number to quote` : undefined
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
