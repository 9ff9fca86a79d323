// SMS through a gateway that speaks our own small interface (docs/operations/messages.md): one signed POST a message, with
// an approved template and its parameters. The gateway takes a request id once; a repetition is answered `duplicate`.
import { createHmac } from 'node:crypto'
import { fits, wordOf, type Channel, type Letter, type Sent } from './channel.ts'

export interface SmsSettings {
  readonly url: string
  /** whom the gateway knows us as */
  readonly app: string
  readonly secret: string
  /** by kind of message; `default` for the others, `code` for verification */
  readonly templates: Readonly<Record<string, string>>
}

/** The gateway keeps request ids at least a day. */
const DAY_MS = 24 * 3_600_000
const TIMEOUT_MS = 15_000

const DONE = new Set(['ok', 'duplicate'])
const FINAL = new Set(['bad_number', 'blocked', 'template_unknown', 'parameters_unfit'])

export function smsChannel(settings: SmsSettings): Channel {
  return {
    sameForMs: DAY_MS,
    send: async (letter) => {
      const template = templateOf(settings, letter.kind)
      if (!fits('sms', letter.to)) return { state: 'failed', error: 'number unfit' }
      if (template === undefined) return { state: 'failed', error: `no template for ${letter.kind}` }
      try {
        return await post(settings, letter, template)
      } catch (error) {
        return { state: 'uncertain', error: wordOf(error) }
      }
    },
  }
}

/** A code has a template of its own: no other says that it is one. */
function templateOf({ templates }: SmsSettings, kind: string): string | undefined {
  return templates[kind] ?? (kind === 'code' ? undefined : templates['default'])
}

async function post({ url, app, secret }: SmsSettings, letter: Letter, template: string): Promise<Sent> {
  const body = JSON.stringify({
    requestId: letter.id,
    phone: `+86${letter.to}`,
    template,
    parameters: letter.parameters,
  })
  const timestamp = String(letter.at)
  const answer = await fetch(url, {
    method: 'POST',
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: {
      'content-type': 'application/json',
      'x-app': app,
      'x-timestamp': timestamp,
      'x-signature': createHmac('sha256', secret).update(`${timestamp}\n${body}`).digest('hex'),
    },
    body,
  })
  if (answer.status >= 500) return { state: 'uncertain', error: `HTTP ${answer.status}` }
  if (!answer.ok) return { state: 'again', error: `HTTP ${answer.status}` }
  const { code, reference, retryAfterSeconds } = (await answer.json()) as Answered
  if (DONE.has(code)) return { state: 'sent', reference: String(reference ?? '').slice(0, 200) }
  if (FINAL.has(code)) return { state: 'failed', error: code }
  if (code !== 'rate_limited') return { state: 'again', error: String(code).slice(0, 100) }
  return { state: 'again', error: code, pauseSeconds: Math.min(Number(retryAfterSeconds) || 60, 3600) }
}

interface Answered {
  readonly code: string
  readonly reference?: unknown
  readonly retryAfterSeconds?: unknown
}
