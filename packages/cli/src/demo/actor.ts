// A person of the demo at a browser of their own: the typed client over fetch, the session in a cookie jar of one.
import { createClient, type Client, type Outcome, type Problem } from '@suanquan/api'
import { httpFetch } from './http-fetch.ts'

export interface Actor {
  readonly login: string
  readonly name: string
  readonly api: Client
}

/** @param newKey makes the idempotency keys; from the seed, as everything here */
export function openBrowser(url: string, newKey: () => string): Client {
  let cookie: string | null = null
  return createClient({
    base: url,
    newKey,
    headers: () => ({ 'accept-encoding': 'identity', ...(cookie === null ? {} : { cookie }) }),
    fetch: async (address, init) => {
      const answer = await httpFetch(address, init)
      const given = answer.headers.get('set-cookie')
      if (given !== null) cookie = given.split(';')[0]!
      return answer
    },
  })
}

export class DemoFailed extends Error {
  override readonly name = 'DemoFailed'
  readonly problem: Problem

  constructor(what: string, problem: Problem) {
    super(`${what}: ${problem.message.zh} [${problem.code}]`)
    this.problem = problem
  }
}

/** What the story counts on; a refusal here means that the platform or the story is wrong. */
export async function must<Answer>(what: string, asked: Promise<Outcome<Answer>>): Promise<Answer> {
  const outcome = await asked
  if (!outcome.ok) throw new DemoFailed(what, outcome.problem)
  return outcome.value
}

/** A refusal that the story means to get. */
export async function mustRefuse(
  what: string,
  asked: Promise<Outcome<unknown>>,
  code: string,
): Promise<void> {
  const outcome = await asked
  if (outcome.ok) throw new Error(`${what}: should have been refused (${code})`)
  if (outcome.problem.code !== code) throw new DemoFailed(what, outcome.problem)
}
