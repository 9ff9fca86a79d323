// The public notice as a document: who is to get how much under which programme, for how long anybody may object and
// how. It shows what the public page shows of legal persons, and no natural person.
import { dayOf } from '@suanquan/core/calendar'
import type { Kysely, Selectable } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { World } from '../../http/world-options.ts'
import { viewNotice, viewNoticeLines } from '../disclosure/index.ts'
import { stampOn } from '../stamp/index.ts'
import { particularsOf } from '../site/index.ts'
import type { Block, Paper, PaperLanguage } from './paper.ts'
import { type Voice, voiceOf } from './words.ts'

type NoticeLine = Awaited<ReturnType<typeof viewNoticeLines>>[number]

export async function noticePaper(
  world: World,
  db: Kysely<Tables>,
  row: Selectable<Tables['notice']>,
  language: PaperLanguage,
): Promise<Paper> {
  const voice = voiceOf(language)
  const { say, pick, money } = voice
  const inForce = await world.programmes.inForce(db, row.adoption_id)
  const at = new Date(row.published_at).getTime()
  const notice = await viewNotice(world, db, row, dayOf(at))
  const lines = await viewNoticeLines(db, row.id)
  const { contact, address } = await particularsOf(db, world)
  const authority = pick(inForce.programme.adoption.authority)
  const title = say('拟支持名单公示', 'Public notice of organisations to be supported')
  const seal = await stampOn(world, db, inForce.programme.adoption.authority.zh, at)
  const total = money(BigInt(notice.totalFen))
  return {
    language,
    authority,
    title,
    number:
      notice.documentNumber === null
        ? say(`公示编号：${row.number}`, `Notice ${row.number}`)
        : say(
            `${notice.documentNumber}　公示编号：${row.number}`,
            `No. ${notice.documentNumber} · notice ${row.number}`,
          ),
    at,
    subject: row.id,
    foot: `${title} · ${row.number}`,
    blocks: [
      {
        kind: 'paragraph',
        text: say(
          `根据“${pick(notice.title)}”，经审核，拟支持下列 ${lines.length} 项申请，合计 ${total}，现予公示。`,
          `Under “${pick(notice.title)}” the following ${lines.length} applications are to be supported with ${total} in all, and are announced here.`,
        ),
      },
      terms(row, address === '' ? contact : `${contact} · ${address}`, voice),
      list(lines, total, voice),
      {
        kind: 'seal',
        authority,
        day: voice.on(at),
        words: say('（盖章）', '(seal)'),
        ...(seal === null ? {} : { image: seal }),
      },
    ],
  }
}

function terms(row: Selectable<Tables['notice']>, contact: string, { say, day }: Voice): Block {
  const period = [day(row.opens_on), day(row.closes_on)] as const
  const provisional = row.provisional
    ? say('（节假日安排未公布，暂定）', ' (provisional: holidays not published yet)')
    : ''
  return {
    kind: 'facts',
    rows: [
      {
        label: say('公示期', 'Period'),
        value:
          say(
            `${period[0]}至${period[1]}，共 ${row.working_days} 个工作日`,
            `${period[0]} to ${period[1]}, ${row.working_days} working days`,
          ) + provisional,
      },
      {
        label: say('异议截止', 'Objections until'),
        value: say(`${period[1]}（当日有效）`, `${period[1]}, that day included`),
      },
      {
        label: say('提出方式', 'How to object'),
        value: say(
          '在平台“公示公告”的本公示页面填写，写明申请编号、事实和联系方式；也可按下列方式联系',
          'On the page of this notice: the number of the application, the facts and how to reach you; or by the contact below',
        ),
      },
      { label: say('联系方式', 'Contact'), value: contact },
    ],
  }
}

function list(lines: readonly NoticeLine[], total: string, { say, money }: Voice): Block {
  return {
    kind: 'table',
    columns: [
      { label: say('序号', 'No.'), width: 'narrow' },
      { label: say('申请编号', 'Application'), width: 'narrow' },
      { label: say('单位名称', 'Organisation') },
      { label: say('统一社会信用代码', 'Credit code'), width: 'narrow' },
      { label: say('拟支持金额', 'Amount'), numeric: true },
    ],
    rows: [
      ...lines.map((line, index) => ({
        cells: [
          String(index + 1),
          line.applicationNumber,
          line.organisationName,
          line.creditCode,
          money(BigInt(line.amountFen)),
        ],
      })),
      { cells: ['', say('合计', 'Total'), '', '', total], stress: 'total' as const },
    ],
    empty: '',
  }
}
