// 企业微信: an application message to a member. The access token is kept until it ends and fetched anew when the server says
// that it no longer holds (40014, 42001); the server's own check for repeated contents keeps a second sending from arriving
// twice (`enable_duplicate_check`, at most four hours). A limit that is reached (45009) stops the channel for a while.
import { fits, wordOf, type Channel, type Letter, type Sent } from './channel.ts'

export interface WecomSettings {
  readonly corp: string
  readonly agent: number
  readonly secret: string
  /** `https://qyapi.weixin.qq.com`, or a private installation */
  readonly url: string
}

const TIMEOUT_MS = 15_000
const SAME_FOR_SECONDS = 14_400
const PAUSE_SECONDS = 60
/** A token is not used in its last minutes. */
const EARLY_MS = 300_000

const STALE = new Set([40001, 40014, 42001])
const LIMITED = new Set([45009, 45033])
/** no such member, not within the application's sight, contents refused */
const FINAL = new Set([40003, 40031, 60111, 81013, 82001, 45002])

interface Token {
  readonly text: string
  readonly until: number
}

export function wecomChannel(settings: WecomSettings): Channel {
  let token: Promise<Token> | null = null
  async function tokenText(at: number): Promise<string> {
    token ??= fetchToken(settings, at)
    try {
      const held = await token
      if (held.until > at) return held.text
      token = fetchToken(settings, at)
      return (await token).text
    } catch (error) {
      token = null
      throw error
    }
  }
  return {
    // a margin below what the server promises, for clocks that differ
    sameForMs: (SAME_FOR_SECONDS - 600) * 1000,
    send: async (letter) => {
      if (!fits('wecom', letter.to)) return { state: 'failed', error: 'account unfit' }
      for (let fresh = false; ; fresh = true) {
        const held = await tokenText(letter.at).catch((error: unknown) => ({ error: wordOf(error) }))
        if (typeof held !== 'string') return { state: 'again', error: `gettoken: ${held.error}` }
        const answer = await post(settings, held, letter)
        if (!('errcode' in answer)) return answer
        if (!STALE.has(answer.errcode) || fresh) return resultOf(answer)
        token = null
      }
    },
  }
}

interface Answered {
  readonly errcode: number
  readonly errmsg?: string
  readonly invaliduser?: string
  readonly msgid?: string
}

async function fetchToken({ url, corp, secret }: WecomSettings, at: number): Promise<Token> {
  const query = new URLSearchParams({ corpid: corp, corpsecret: secret })
  const answer = await fetch(`${url}/cgi-bin/gettoken?${query.toString()}`, {
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  const said = (await answer.json()) as Answered & { access_token?: string; expires_in?: number }
  if (said.errcode !== 0 || said.access_token === undefined) throw new Error(String(said.errcode))
  return { text: said.access_token, until: at + (said.expires_in ?? 7200) * 1000 - EARLY_MS }
}

async function post(settings: WecomSettings, token: string, letter: Letter): Promise<Answered | Sent> {
  const body = {
    touser: letter.to,
    msgtype: 'text',
    agentid: settings.agent,
    // the mark makes two messages with the same words two, and the same message one
    text: { content: `${letter.subject}\n${letter.text}\n#${letter.id.slice(0, 8)}` },
    enable_duplicate_check: 1,
    duplicate_check_interval: SAME_FOR_SECONDS,
  }
  try {
    const answer = await fetch(
      `${settings.url}/cgi-bin/message/send?access_token=${encodeURIComponent(token)}`,
      {
        method: 'POST',
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      },
    )
    if (!answer.ok) return { state: 'uncertain', error: `HTTP ${answer.status}` }
    return (await answer.json()) as Answered
  } catch (error) {
    return { state: 'uncertain', error: wordOf(error) }
  }
}

function resultOf({ errcode, invaliduser, msgid }: Answered): Sent {
  if (errcode === 0 && !invaliduser) return { state: 'sent', reference: String(msgid ?? '').slice(0, 200) }
  if (errcode === 0) return { state: 'failed', error: 'no such member' }
  if (LIMITED.has(errcode)) return { state: 'again', error: String(errcode), pauseSeconds: PAUSE_SECONDS }
  return { state: FINAL.has(errcode) ? 'failed' : 'again', error: String(errcode) }
}
