// What can be archived: a case that is closed, whose time for objection, reconsideration and court is over (six months, 行政诉讼法
// 第四十六条; reconsideration ends earlier), and in which nothing is open.
import { addDays, type Day } from '@suanquan/core/calendar'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { ArchiveKind } from '../../database/archive-tables.ts'
import type { Tables } from '../../database/index.ts'

export interface ClosedCase {
  readonly kind: ArchiveKind
  readonly id: string
  readonly number: string
  readonly title: string
  readonly jurisdiction: string
  readonly district: string
  readonly organisationId: string | null
  readonly applicationId: string | null
  readonly adoptionId: string | null
  readonly closedOn: Day
}

const CONTESTABLE_DAYS = 184

const day = (at: RawBuilder<unknown>): RawBuilder<unknown> => sql`(${at} at time zone 'Asia/Shanghai')::date`
const lastEvent = sql`(select max(e.at) from workflow_event e where e.object_id = c.id)`

/** A case with nothing of its money under way. */
const unpaid = sql`exists (select from claim p where p.application_id = c.id
  and p.state not in ('paid', 'refused', 'withdrawn'))`

/** id, number, title, jurisdiction, district, firm, application, adoption, closed: of each kind, the closed ones. */
const CLOSED: Readonly<Record<ArchiveKind, RawBuilder<unknown>>> = {
  application: sql`select c.id, c.number, o.name as title, c.jurisdiction, c.district, c.organisation_id as firm,
      c.id as application, c.adoption_id as adoption, greatest(${day(lastEvent)}, v.usable_until,
        (select max(${day(sql`e.at`)}) from claim p join workflow_event e on e.object_id = p.id
          where p.application_id = c.id)) as closed
    from application c join organisation o on o.id = c.organisation_id left join voucher v on v.id = c.voucher_id
    where c.state in ('refused', 'withdrawn') or (c.state = 'granted' and not ${unpaid}
      and (v.id is null or v.returned_at is not null or v.revoked_at is not null)
      and not exists (select from project p where p.application_id = c.id
        and p.state not in ('accepted', 'failed', 'withdrawn', 'lapsed')))`,
  claim: sql`select c.id, c.number, o.name, c.jurisdiction, c.district, c.organisation_id, c.application_id, c.adoption_id,
      ${day(lastEvent)} from claim c join organisation o on o.id = c.organisation_id
    where c.state in ('paid', 'refused', 'withdrawn')`,
  project: sql`select c.id, c.number, o.name, c.jurisdiction, c.district, c.organisation_id, c.application_id, c.adoption_id,
      ${day(lastEvent)} from project c join organisation o on o.id = c.organisation_id
    where c.state in ('accepted', 'failed', 'withdrawn', 'lapsed') and not exists (select from claim p
      where p.application_id = c.application_id and p.state not in ('paid', 'refused', 'withdrawn'))`,
  clawback: sql`select c.id, c.number, o.name, c.jurisdiction, c.district, c.debtor_id, c.application_id, c.adoption_id,
      ${day(lastEvent)} from clawback c join organisation o on o.id = c.debtor_id
    where c.state in ('settled', 'cancelled', 'dropped')`,
  appeal: sql`select c.id, c.number, o.name, c.jurisdiction, c.district, c.organisation_id,
      coalesce((select application_id from claim where claim.id = c.object_id), c.object_id), c.adoption_id,
      ${day(sql`c.decided_at`)} from appeal c join organisation o on o.id = c.organisation_id where c.state <> 'open'`,
  round: sql`select c.id, c.number, a.programme_id, c.jurisdiction, c.district, null::uuid, null::uuid, c.adoption_id,
      ${day(sql`coalesce(c.decided_at, c.proposed_at, c.opened_at)`)}
    from funding_round c join adoption a on a.id = c.adoption_id where c.state in ('confirmed', 'cancelled')`,
  fund_year: sql`select c.id, c.document_number, c.fund::text || ' / ' || c.year, c.jurisdiction, c.district, null::uuid,
      null::uuid, null::uuid, ${day(sql`c.decided_at`)} from year_close c where c.state = 'approved'`,
}

export const archiveKinds = Object.keys(CLOSED) as readonly ArchiveKind[]

/**
 * Something is open that the papers are needed for: an appeal, a clawback, a contested notice or a correction of the case,
 * or a hold that an auditor placed on its file.
 * @param application the application that the case belongs to
 * @param object the case itself
 */
export function openMatter(
  application: RawBuilder<unknown>,
  object: RawBuilder<unknown>,
): RawBuilder<boolean> {
  return sql<boolean>`(exists (select from appeal m where m.state = 'open' and (m.object_id in (${application}, ${object})
      or m.object_id in (select p.id from claim p where p.application_id = ${application})))
    or exists (select from clawback m where m.application_id = ${application}
      and m.state not in ('settled', 'cancelled', 'dropped'))
    or exists (select from dispute m where m.application_id = ${application}
      and m.state in ('opened', 'answered', 'correcting'))
    or exists (select from objection m where m.application_id = ${application} and m.answered_at is null)
    or exists (select from rectification m join claim p on p.id = m.claim_id
      where p.application_id = ${application} and m.state in ('proposed', 'returning'))
    or exists (select from archive_hold h join archive_file kept on kept.id = h.file_id
      where kept.object_id = ${object} and h.released_at is null))`
}

const AT_ONCE = 500

/** Closed cases that are not archived yet, the oldest first. */
export async function closedCases(db: Kysely<Tables>, today: Day): Promise<readonly ClosedCase[]> {
  const before = addDays(today, -CONTESTABLE_DAYS)
  const found: ClosedCase[] = []
  for (const kind of archiveKinds) {
    const { rows } = await sql<Omit<ClosedCase, 'kind'>>`
      with closed (id, number, title, jurisdiction, district, firm, application, adoption, closed) as (${CLOSED[kind]})
      select id, number, title, jurisdiction, district, firm as "organisationId", application as "applicationId",
        adoption as "adoptionId", closed as "closedOn"
      from closed where closed < ${before} and not exists (select from archive_file f where f.object_id = closed.id)
        and not ${openMatter(sql`closed.application`, sql`closed.id`)}
      order by closed, number limit ${AT_ONCE}`.execute(db)
    found.push(...rows.map((row) => ({ ...row, kind })))
  }
  return found
}
