import type { Notice } from '@suanquan/core/disclosure'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'

/** A notice as core decides on it, with its lines. */
export async function loadNotice(db: Kysely<Tables>, id: string): Promise<Notice | undefined> {
  const row = await db.selectFrom('notice').selectAll().where('id', '=', id).executeTakeFirst()
  if (row === undefined) return undefined
  const lines = await db
    .selectFrom('notice_line')
    .innerJoin('application', 'application.id', 'notice_line.application_id')
    .innerJoin('organisation', 'organisation.id', 'application.organisation_id')
    .select(['application.number', 'organisation.name', 'organisation.credit_code', 'notice_line.amount_fen'])
    .where('notice_line.notice_id', '=', id)
    .orderBy('application.number')
    .execute()
  return {
    noticeNo: row.number,
    opensOn: row.opens_on,
    workingDays: row.working_days,
    closesOn: row.closes_on,
    provisional: row.provisional,
    lines: lines.map((line) => ({
      applicationNo: line.number,
      name: line.name,
      creditCode: line.credit_code,
      amountFen: line.amount_fen,
      subject: '',
    })),
  }
}
