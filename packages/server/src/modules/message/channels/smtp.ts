// E-mail by SMTP (RFC 5321), encrypted: TLS from the start or STARTTLS, never in the clear but on this machine itself. The
// recipient is one structured address, in the envelope and in the header. Whether a broken connection is a failure or
// uncertain is decided by whether the message had been handed over whole: the server may only then have taken it.
import { Readable } from 'node:stream'
import { createTransport } from 'nodemailer'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { fits, wordOf, type Channel, type Letter, type Sent } from './channel.ts'

export interface SmtpSettings {
  readonly host: string
  readonly port: number
  /** TLS from the first byte (465); STARTTLS otherwise (587) */
  readonly implicitTls: boolean
  readonly user: string | null
  readonly password: string | null
  /** the address that mail comes from */
  readonly from: string
  /** a certificate to trust beside the system's own */
  readonly ca?: string
}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost'])
const TIMEOUT_MS = 20_000
const WHOLE_MS = 60_000

export function smtpChannel(settings: SmtpSettings): Channel {
  return {
    sameForMs: 0,
    send: async (letter) => {
      if (!fits('email', letter.to)) return { state: 'failed', error: 'address unfit' }
      const message = await compose(settings, letter)
      return handOver(settings, letter.to, message)
    },
  }
}

/** The bytes of the mail; the same letter has the same Message-ID whenever it is sent. */
async function compose({ from }: SmtpSettings, letter: Letter): Promise<Buffer> {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  const { message } = await composer.sendMail({
    from: { name: '', address: from },
    to: { name: '', address: letter.to },
    messageId: `<${letter.id}@${from.split('@')[1]}>`,
    date: new Date(letter.at),
    subject: letter.subject,
    text: letter.text,
    headers: { 'Auto-Submitted': 'auto-generated' },
  })
  return message as Buffer
}

async function handOver(settings: SmtpSettings, to: string, message: Buffer): Promise<Sent> {
  const { host, port, implicitTls, user, password, from, ca } = settings
  const connection = new SMTPConnection({
    host,
    port,
    secure: implicitTls,
    requireTLS: !implicitTls && !LOOPBACK.has(host),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    ...(ca === undefined ? {} : { tls: { ca } }),
  })
  let whole = false
  const body = Readable.from([message]).once('end', () => (whole = true))
  const overdue = setTimeout(() => connection.close(), WHOLE_MS)
  try {
    const response = await new Promise<string>((done, fail) => {
      connection.on('error', fail)
      connection.on('end', () => fail(new Error('connection closed')))
      const send = (): void =>
        connection.send({ from, to: [to] }, body, (error, info) =>
          error === null ? done(info.response) : fail(error),
        )
      connection.connect((error) => {
        if (error) return fail(error)
        if (user === null) return send()
        return connection.login({ user, credentials: { user, pass: password ?? '' } }, (refused) =>
          refused === null ? send() : fail(refused),
        )
      })
    })
    connection.quit()
    return { state: 'sent', reference: response.slice(0, 200) }
  } catch (error) {
    connection.close()
    return resultOf(error as SmtpError, whole)
  } finally {
    clearTimeout(overdue)
  }
}

interface SmtpError extends Error {
  readonly code?: string
  readonly responseCode?: number
  readonly response?: string
}

/** 5yz to the envelope or the message is final (RFC 5321 §4.2.1); what concerns the site's own account is not its reader's fault. */
function resultOf(error: SmtpError, whole: boolean): Sent {
  const { code = '', responseCode, response } = error
  const said = `${code} ${response ?? wordOf(error)}`.trim()
  if (responseCode === undefined) return { state: whole ? 'uncertain' : 'again', error: said }
  const final = responseCode >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE')
  return { state: final ? 'failed' : 'again', error: said }
}
