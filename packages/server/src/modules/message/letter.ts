// What leaves the portal: a title with a number, the deadline, and where to sign in. Reasons, amounts, names and fields
// stay in the portal, whoever reads the mail on the way.
import { sql, type Kysely } from 'kysely'
import type { MessageChannel } from '@suanquan/api'
import type { Day, Instant } from '@suanquan/core/calendar'
import type { Tables } from '../../database/index.ts'
import type { MessageParams } from '../../database/message-tables.ts'
import type { World } from '../../http/world-options.ts'
import { particularsOf } from '../site/index.ts'
import type { Letter } from './channels/channel.ts'
import { CODE_MINUTES } from './codes.ts'
import { stillTheirs } from './still-theirs.ts'
import { titleOf } from './words.ts'

interface Row {
  readonly id: string
  readonly kind: string
  readonly code: string | null
  readonly params: MessageParams | null
  readonly deadline_on: Day | null
  readonly address: string | null
  readonly verified: boolean | null
  readonly code_live: boolean | null
  readonly active: boolean
  /** a code is about nobody but its reader */
  readonly theirs: boolean
  readonly language: 'zh' | 'en' | null
}

/** The letter of a delivery as things stand now, or null where nobody is to get it any more. */
export async function letterOf(world: World, deliveryId: string, at: Instant): Promise<Letter | null> {
  const row = await rowOf(world.db, deliveryId, at)
  const { address, kind, code, params } = row
  if (!row.active || !row.theirs || !address) return null
  if (kind === 'code' ? code === null || row.code_live !== true : row.verified !== true) return null
  const language = row.language ?? 'zh'
  const site = await particularsOf(world.db, world)
  const subject = titleOf(kind, params ?? {})[language]
  const said = { id: row.id, to: address, kind, at }
  if (kind === 'code')
    return { ...said, subject, text: codeText(code!, language), parameters: { code: code! } }
  const { number } = params ?? {}
  return {
    ...said,
    subject,
    text: textOf({ subject, deadlineOn: row.deadline_on, site, language }),
    parameters: {
      ...(typeof number === 'string' ? { number } : {}),
      ...(row.deadline_on === null ? {} : { deadline: row.deadline_on }),
    },
  }
}

async function rowOf(db: Kysely<Tables>, id: string, at: Instant): Promise<Row> {
  const oldest = new Date(at - CODE_MINUTES * 60_000).toISOString()
  const { rows } = await sql<Row>`
    select d.id, d.kind, d.code, m.params, m.deadline_on, contact.address, contact.verified_at is not null as verified,
      contact.code_sent_at > ${oldest}::timestamptz as code_live, p.active, setting.language,
      m.id is null or ${stillTheirs('m')} as theirs
    from delivery d join person p on p.id = d.person_id left join message m on m.id = d.message_id
      left join contact on contact.person_id = d.person_id and contact.channel = d.channel
      left join message_setting setting on setting.person_id = d.person_id
    where d.id = ${id}`.execute(db)
  return rows[0]!
}

interface Said {
  readonly subject: string
  readonly deadlineOn: Day | null
  readonly site: Awaited<ReturnType<typeof particularsOf>>
  readonly language: 'zh' | 'en'
}

function textOf({ subject, deadlineOn, site, language }: Said): string {
  const zh = language === 'zh'
  const where = site.domain === '' ? '' : `https://${site.domain}/messages`
  const lines = [
    zh ? `${subject}。` : `${subject}.`,
    deadlineOn === null ? '' : zh ? `期限：${deadlineOn}` : `Deadline: ${deadlineOn}`,
    zh ? '内容请登录平台“消息”查看。' : 'Sign in and open Messages to read it.',
    where,
    '',
    `${site.name[language]} · ${site.contact}`,
  ]
  return lines.filter((line, index) => line !== '' || index === 4).join('\n')
}

function codeText(code: string, language: 'zh' | 'en'): string {
  return language === 'zh'
    ? `验证码 ${code}，${CODE_MINUTES} 分钟内有效。非本人操作请忽略。`
    : `Your code is ${code}; it holds for ${CODE_MINUTES} minutes. If you did not ask for it, ignore this.`
}

/** An address as others than its owner see it. */
export function maskAddress(channel: MessageChannel, address: string): string {
  if (channel === 'sms') return `${address.slice(0, 3)}****${address.slice(-4)}`
  const [local = '', domain] = address.split('@')
  const masked = `${local.slice(0, 1)}***`
  return channel === 'email' && domain !== undefined ? `${masked}@${domain}` : masked
}
