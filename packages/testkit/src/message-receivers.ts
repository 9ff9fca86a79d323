// Receivers on this machine that speak what the channels speak: an SMTP server, a gateway of our SMS interface that checks
// signatures and takes a request once, and 企业微信's gettoken and message/send with its error numbers. Each is told how to
// behave next.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export interface ReceivedMail {
  readonly from: string
  readonly to: readonly string[]
  readonly messageId: string
  readonly subject: string
  readonly text: string
  readonly raw: string
}

/** An answer instead of taking the mail: a reply code at a step, or a connection that breaks. */
export type MailFault =
  | { readonly at: 'MAIL' | 'RCPT' | 'DATA'; readonly code: number }
  | { readonly at: 'before' | 'after'; readonly code: 'lost' }
  /** the mail is taken, its answer waits for this */
  | { readonly at: 'after'; readonly code: Promise<void> }

export interface MailReceiver {
  readonly port: number
  readonly mails: readonly ReceivedMail[]
  /** for the next connections, in turn */
  readonly fail: (...faults: readonly MailFault[]) => void
  readonly stop: () => Promise<void>
}

export async function mailReceiver(): Promise<MailReceiver> {
  const mails: ReceivedMail[] = []
  const faults: MailFault[] = []
  const refusal = (step: MailFault['at']): Error | null => {
    const [fault] = faults
    if (fault === undefined || fault.at !== step || typeof fault.code !== 'number') return null
    faults.shift()
    return Object.assign(new Error('as told'), { responseCode: fault.code })
  }
  const server: SMTPServer = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onMailFrom: (_address, session, done) => {
      if (faults[0]?.at === 'before') {
        faults.shift()
        cut(server, session.remotePort)
        return
      }
      done(refusal('MAIL'))
    },
    onRcptTo: (_address, _session, done) => done(refusal('RCPT')),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const refused = refusal('DATA')
        if (refused !== null) return done(refused)
        const raw = Buffer.concat(chunks).toString('utf8')
        const { mailFrom, rcptTo } = session.envelope
        const from = mailFrom === false ? '' : mailFrom.address
        mails.push({ from, to: rcptTo.map(({ address }) => address), ...parsed(raw) })
        if (faults[0]?.at !== 'after') return done()
        const { code } = faults.shift()!
        if (code instanceof Promise) return void code.then(() => done())
        return cut(server, session.remotePort)
      })
    },
  })
  server.on('error', () => undefined)
  const listening = server.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  return {
    port: (listening.address() as AddressInfo).port,
    mails,
    fail: (...more) => void faults.push(...more),
    stop: () => new Promise((done) => server.close(done)),
  }
}

/** Ends the connection without another word. */
function cut(server: SMTPServer, port: number): void {
  const { connections } = server as unknown as {
    connections: Set<{ _socket: { remotePort: number; destroy: () => void } }>
  }
  for (const { _socket: socket } of connections) if (socket.remotePort === port) socket.destroy()
}

function parsed(raw: string): Omit<ReceivedMail, 'from' | 'to'> {
  const [head = '', ...rest] = raw.split('\r\n\r\n')
  const headers = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n')
  const header = (name: string): string =>
    headers
      .find((line) => line.toLowerCase().startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim() ?? ''
  const body = rest.join('\r\n\r\n')
  const encoding = header('content-transfer-encoding')
  const text = encoding === 'base64' ? Buffer.from(body, 'base64').toString('utf8') : body
  return { messageId: header('message-id'), subject: wordsOf(header('subject')), text, raw }
}

/** RFC 2047 words, base64 and quoted-printable. */
function wordsOf(text: string): string {
  const bytes = (kind: string, word: string): Buffer =>
    kind.toUpperCase() === 'B'
      ? Buffer.from(word, 'base64')
      : Buffer.from(
          word
            .replaceAll('_', ' ')
            .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
          'latin1',
        )
  return text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
      bytes(kind, word).toString('utf8'),
    )
}

export interface ReceivedSms {
  readonly requestId: string
  readonly phone: string
  readonly template: string
  readonly parameters: Readonly<Record<string, string>>
}

/** How the gateway answers next: an HTTP status, one of its codes, `lost` when the message is taken, or when it is let go. */
export type SmsFault = number | string | Promise<void>

export interface SmsReceiver {
  readonly url: string
  readonly messages: readonly ReceivedSms[]
  readonly fail: (...faults: readonly SmsFault[]) => void
  readonly stop: () => Promise<void>
}

export async function smsReceiver(secret: string): Promise<SmsReceiver> {
  const messages: ReceivedSms[] = []
  const faults: SmsFault[] = []
  const server = createServer((request, response) => {
    void (async () => {
      const body = await bodyOf(request)
      const timestamp = String(request.headers['x-timestamp'])
      const wanted = createHmac('sha256', secret).update(`${timestamp}\n${body}`).digest()
      const given = Buffer.from(String(request.headers['x-signature']), 'hex')
      const answer = (status: number, said: object): void => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said))
      }
      if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return answer(401, {})
      const fault = faults.shift()
      if (typeof fault === 'number') return answer(fault, {})
      const message = JSON.parse(body) as ReceivedSms
      const known = messages.some(({ requestId }) => requestId === message.requestId)
      if (typeof fault === 'string' && fault !== 'lost')
        return answer(200, { code: fault, retryAfterSeconds: 120 })
      if (!known) messages.push(message)
      if (fault === 'lost') return void request.socket.destroy()
      await fault
      return answer(200, { code: known ? 'duplicate' : 'ok', reference: `R-${messages.length}` })
    })()
  })
  return {
    url: `${await listening(server)}/send`,
    messages,
    fail: (...more) => void faults.push(...more),
    stop: stopper(server),
  }
}

export interface ReceivedWecom {
  readonly touser: string
  readonly content: string
}

/** An error number of `message/send`, or a connection that breaks when the message is taken. */
export type WecomFault = number | 'lost' | 'invalid_user'

export interface WecomReceiver {
  readonly url: string
  /** what members see: a repetition within the interval is not shown */
  readonly messages: readonly ReceivedWecom[]
  readonly tokens: () => number
  readonly fail: (...faults: readonly WecomFault[]) => void
  readonly stop: () => Promise<void>
}

export async function wecomReceiver(secret: string): Promise<WecomReceiver> {
  const messages: ReceivedWecom[] = []
  const faults: WecomFault[] = []
  let tokens = 0
  const server = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? '/', 'http://localhost')
      const body = await bodyOf(request)
      const answer = (said: object): void => void response.end(JSON.stringify(said))
      if (url.pathname === '/cgi-bin/gettoken') {
        if (url.searchParams.get('corpsecret') !== secret)
          return answer({ errcode: 40001, errmsg: 'invalid credential' })
        tokens += 1
        return answer({ errcode: 0, errmsg: 'ok', access_token: `token-${tokens}`, expires_in: 7200 })
      }
      if (url.searchParams.get('access_token') !== `token-${tokens}`) return answer({ errcode: 40014 })
      const fault = faults.shift()
      if (typeof fault === 'number') return answer({ errcode: fault, errmsg: 'as told' })
      if (fault === 'invalid_user') return answer({ errcode: 0, invaliduser: 'somebody' })
      const {
        touser,
        text,
        enable_duplicate_check: checks,
      } = JSON.parse(body) as {
        touser: string
        text: { content: string }
        enable_duplicate_check: number
      }
      const message = { touser, content: text.content }
      const known = messages.some((each) => each.touser === touser && each.content === message.content)
      if (!known || checks !== 1) messages.push(message)
      if (fault === 'lost') return void request.socket.destroy()
      return answer({ errcode: 0, errmsg: 'ok', msgid: `M-${messages.length}` })
    })()
  })
  return {
    url: await listening(server),
    messages,
    tokens: () => tokens,
    fail: (...more) => void faults.push(...more),
    stop: stopper(server),
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

async function listening(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function stopper(server: Server): () => Promise<void> {
  return () =>
    new Promise((done) => {
      server.closeAllConnections()
      server.close(() => done())
    })
}
