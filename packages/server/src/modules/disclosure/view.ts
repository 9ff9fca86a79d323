import type { AnswerOf, Routes } from '@suanquan/api'
import { workingDaysLeft, type Day } from '@suanquan/core/calendar'
import { sql, type Kysely, type Selectable } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { World } from '../../http/world-options.ts'

type Notice = AnswerOf<Routes['readNotice']>

export async function viewNotice(
  world: World,
  db: Kysely<Tables>,
  row: Selectable<Tables['notice']>,
  today: Day,
): Promise<Omit<Notice, 'items' | 'contact'>> {
  const inForce = await world.programmes.inForce(db, row.adoption_id)
  const { lines, total } = await db
    .selectFrom('notice_line')
    .select([
      sql<bigint>`count(*)`.as('lines'),
      sql<bigint>`coalesce(sum(amount_fen), 0)::bigint`.as('total'),
    ])
    .where('notice_id', '=', row.id)
    .executeTakeFirstOrThrow()
  const numbered = await db
    .selectFrom('decision_number')
    .select('number')
    .where('object_id', '=', row.id)
    .executeTakeFirst()
  const left = workingDaysLeft(today, row.closes_on)
  return {
    id: row.id,
    number: row.number,
    documentNumber: numbered?.number ?? null,
    title: inForce.programme.title,
    adoptionId: row.adoption_id,
    opensOn: row.opens_on,
    closesOn: row.closes_on,
    provisional: row.provisional,
    state: today <= row.closes_on ? 'open' : 'closed',
    workingDaysLeft: left.ok ? left.value.days : 0,
    lines: Number(lines),
    totalFen: total.toString(),
  }
}

type LineState = Notice['items'][number]['state']

/** What the public is told of a line; every other state means that an appeal took it off this notice. */
const SHOWN: Readonly<Record<string, LineState>> = {
  announced: 'announced',
  objected: 'objected',
  hearing: 'objected',
  granted: 'granted',
  refused: 'refused',
  appealed: 'refused',
  withdrawn: 'withdrawn',
}

/** Legal persons, their codes and amounts, as a notice shows them. */
export async function viewNoticeLines(db: Kysely<Tables>, noticeId: string): Promise<Notice['items']> {
  const rows = await db
    .selectFrom('notice_line')
    .innerJoin('application', 'application.id', 'notice_line.application_id')
    .innerJoin('organisation', 'organisation.id', 'application.organisation_id')
    .select([
      'application.number',
      'organisation.name',
      'organisation.credit_code',
      'notice_line.amount_fen',
      'application.state',
    ])
    .where('notice_line.notice_id', '=', noticeId)
    .orderBy('application.number')
    .execute()
  return rows.map((row) => ({
    applicationNumber: row.number,
    organisationName: row.name,
    creditCode: row.credit_code,
    amountFen: row.amount_fen.toString(),
    state: SHOWN[row.state] ?? 'reconsidered',
  }))
}
