// How a site says by what its messages leave: by environment variables, so that secrets stand neither in the database nor in
// its backups. `NAME_FILE` names a file that holds the value, as secret stores mount them. What is half said is refused at
// the start, by the names of what is missing.
import type { Refusal } from '@suanquan/core'
import { readFileSync } from 'node:fs'
import { fits, type Channels } from './channel.ts'
import { smsChannel, type SmsSettings } from './sms.ts'
import { smtpChannel, type SmtpSettings } from './smtp.ts'
import { wecomChannel, type WecomSettings } from './wecom.ts'

export interface ChannelSettings {
  readonly email?: SmtpSettings
  readonly sms?: SmsSettings
  readonly wecom?: WecomSettings
}

export function openChannels({ email, sms, wecom }: ChannelSettings): Channels {
  return {
    ...(email === undefined ? {} : { email: smtpChannel(email) }),
    ...(sms === undefined ? {} : { sms: smsChannel(sms) }),
    ...(wecom === undefined ? {} : { wecom: wecomChannel(wecom) }),
  }
}

/** The settings of channels are not whole, or one does not fit. */
export class ChannelSettingsRefusal extends Error {
  readonly refusal: Refusal
  constructor(names: readonly string[]) {
    super(names.join(', '))
    this.refusal = { code: 'message.settings_unfit', params: { names: [...names] } }
  }
}

const WANTED = {
  email: ['SUANQUAN_SMTP_URL', 'SUANQUAN_SMTP_FROM'],
  sms: ['SUANQUAN_SMS_URL', 'SUANQUAN_SMS_APP', 'SUANQUAN_SMS_SECRET', 'SUANQUAN_SMS_TEMPLATES'],
  wecom: ['SUANQUAN_WECOM_CORP', 'SUANQUAN_WECOM_AGENT', 'SUANQUAN_WECOM_SECRET'],
} as const

type Environment = Readonly<Record<string, string | undefined>>

/** @throws ChannelSettingsRefusal naming the variables */
export function channelSettings(environment: Environment): ChannelSettings {
  const values = (names: readonly string[]): string[] | null => {
    const found = names.map((name) => valueOf(environment, name))
    if (found.every((value) => value === '')) return null
    const missing = names.filter((_, index) => found[index] === '')
    if (missing.length > 0) throw new ChannelSettingsRefusal(missing)
    return found
  }
  const email = values(WANTED.email)
  const sms = values(WANTED.sms)
  const wecom = values(WANTED.wecom)
  return {
    ...(email === null ? {} : { email: smtpOf(environment, email) }),
    ...(sms === null ? {} : { sms: smsOf(sms) }),
    ...(wecom === null ? {} : { wecom: wecomOf(environment, wecom) }),
  }
}

function valueOf(environment: Environment, name: string): string {
  const file = environment[`${name}_FILE`] ?? ''
  return (file === '' ? (environment[name] ?? '') : readFileSync(file, 'utf8')).trim()
}

/** `smtps://user@host:465` or `smtp://user@host:587`; the password may stand in it or in SUANQUAN_SMTP_PASSWORD. */
function smtpOf(environment: Environment, [text = '', from = '']: readonly string[]): SmtpSettings {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !/^smtps?:$/.test(url.protocol) || url.hostname === '')
    throw new ChannelSettingsRefusal(['SUANQUAN_SMTP_URL'])
  if (!fits('email', from)) throw new ChannelSettingsRefusal(['SUANQUAN_SMTP_FROM'])
  const implicitTls = url.protocol === 'smtps:'
  const password = valueOf(environment, 'SUANQUAN_SMTP_PASSWORD') || decodeURIComponent(url.password)
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(url.port) || (implicitTls ? 465 : 587),
    implicitTls,
    user: url.username === '' ? null : decodeURIComponent(url.username),
    password: password === '' ? null : password,
    from,
  }
}

/** Templates as `default=SMS_1,code=SMS_2,correction_asked=SMS_3`. */
function smsOf([url = '', app = '', secret = '', templates = '']: readonly string[]): SmsSettings {
  if (!isWebAddress(url)) throw new ChannelSettingsRefusal(['SUANQUAN_SMS_URL'])
  const pairs = templates.split(',').map((pair) => pair.split('=').map((part) => part.trim()))
  if (pairs.some((pair) => pair.length !== 2 || pair.includes('')))
    throw new ChannelSettingsRefusal(['SUANQUAN_SMS_TEMPLATES'])
  return { url, app, secret, templates: Object.fromEntries(pairs) as Record<string, string> }
}

function wecomOf(
  environment: Environment,
  [corp = '', agent = '', secret = '']: readonly string[],
): WecomSettings {
  const url = valueOf(environment, 'SUANQUAN_WECOM_URL') || 'https://qyapi.weixin.qq.com'
  if (!isWebAddress(url)) throw new ChannelSettingsRefusal(['SUANQUAN_WECOM_URL'])
  if (!/^\d{1,12}$/.test(agent)) throw new ChannelSettingsRefusal(['SUANQUAN_WECOM_AGENT'])
  return { corp, agent: Number(agent), secret, url: url.replace(/\/$/, '') }
}

/** Secrets travel encrypted, but on this machine itself. */
function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return (
    protocol === 'https:' || (protocol === 'http:' && /^(127\.0\.0\.1|\[::1\]|localhost)$/.test(hostname))
  )
}
