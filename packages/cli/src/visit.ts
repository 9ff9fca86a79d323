// A running platform as a command visits it: one session, the answers in the language of whoever asked.
import { createClient, type Client, type Fetch } from '@suanquan/api'
import { randomUUID } from 'node:crypto'
import { language } from './language.ts'
import { Refused, WrongUse } from './output.ts'

/** A visitor with a cookie jar of one, as a browser has it. */
export function visit(url: string): Client {
  let cookie: string | null = null
  return createClient({
    base: url.replace(/\/$/, ''),
    newKey: () => randomUUID(),
    headers: () => ({ 'accept-language': language(), ...(cookie === null ? {} : { cookie }) }),
    fetch: async (address, init) => {
      const answer = await reach(address, init)
      const given = answer.headers.get('set-cookie')
      if (given !== null) cookie = given.split(';')[0]!
      return answer
    },
  })
}

async function reach(address: string, { body, ...init }: Parameters<Fetch>[1]): Promise<Response> {
  try {
    return await fetch(address, {
      ...init,
      ...(body === undefined ? {} : { body: body as Uint8Array<ArrayBuffer> }),
    })
  } catch {
    const at = new URL(address).origin
    throw new WrongUse({
      zh: `${at} 没有应答：平台在运行吗？用 --url 指明地址`,
      en: `${at} does not answer: is the platform running? --url names its address`,
    })
  }
}

/** Signs in with the password of SUANQUAN_PASSWORD. */
export async function signInAs(client: Client, login: string): Promise<void> {
  const password = process.env['SUANQUAN_PASSWORD'] ?? ''
  const signedIn = await client.signIn({ body: { login, password } })
  if (!signedIn.ok) throw new Refused(signedIn.problem)
}
