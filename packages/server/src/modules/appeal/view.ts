import type { AnswerOf, Routes } from '@suanquan/api'
import { dayOf, workingDaysLeft } from '@suanquan/core/calendar'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Person } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { personsBehind } from '../../identity/acting.ts'
import { mayTouch } from '../../identity/scope.ts'

export type AppealView = AnswerOf<Routes['readAppeal']>

interface Reader {
  readonly person: Person | null
  readonly today: string
}

interface Row {
  readonly id: string
  readonly jurisdiction: string
  readonly district: string
  readonly number: string
  readonly object_kind: 'application' | 'claim'
  readonly object_id: string
  readonly object_number: string
  readonly organisation_id: string
  readonly organisation_name: string
  readonly against: string
  readonly decision_number: string | null
  readonly decided_at: number
  readonly grounds: string
  readonly attachment_ids: string[]
  readonly filed_at: number
  readonly deadline_on: string | null
  readonly state: AppealView['state']
  readonly reason: string | null
  readonly amount_fen: bigint | null
  readonly given_fen: bigint | null
  readonly ceiling_fen: bigint | null
  readonly answer_number: string | null
  readonly had_part: boolean
}

export async function viewAppeal(
  _world: World,
  db: Kysely<Tables>,
  id: string,
  reader: Reader,
): Promise<AppealView> {
  const [row] = await readAppeals(db, reader, sql`appeal.id = ${id}`, sql`limit 1`)
  return row!
}

export async function readAppeals(
  db: Kysely<Tables>,
  reader: Reader,
  which: ReturnType<typeof sql>,
  page: ReturnType<typeof sql>,
): Promise<AppealView[]> {
  const people = reader.person === null ? [] : personsBehind(reader.person)
  const { rows } = await sql<Row>`
    select appeal.*, coalesce(a.number, c.number) as object_number, o.name as organisation_name,
      decision.at as decided_at, numbered.number as decision_number, answered.number as answer_number,
      coalesce(a.deadline_on, c.deadline_on) as deadline_on,
      case when appeal.against in ('refuse', 'uphold') then null else (decision.detail ->> 'amountFen')::bigint end as given_fen,
      coalesce(a.ceiling_fen, c.payable_fen) as ceiling_fen,
      exists (select from workflow_event e where e.object_id = appeal.object_id
        and e.actor_role in ('reviewer', 'district_reviewer', 'city_reviewer', 'finance')
        and (e.actor_id = any(${people}::uuid[]) or e.for_person = any(${people}::uuid[]))) as had_part
    from appeal
      join organisation o on o.id = appeal.organisation_id
      join workflow_event decision on decision.object_id = appeal.object_id and decision.position = appeal.decision_position
      left join decision_number numbered on numbered.object_id = appeal.object_id and numbered.position = appeal.decision_position
      left join application a on a.id = appeal.object_id
      left join claim c on c.id = appeal.object_id
      left join lateral (select n.number from workflow_event e
        join decision_number n on n.object_id = e.object_id and n.position = e.position
        where e.object_id = appeal.object_id and e.detail ->> 'appealId' = appeal.id::text and n.kind = 'appeal'
        order by e.position desc limit 1) answered on true
    where ${which} order by (appeal.state = 'open') desc, appeal.filed_at desc, appeal.id ${page}`.execute(db)
  return rows.map((row) => viewRow(row, reader))
}

function viewRow(row: Row, { person, today }: Reader): AppealView {
  const open = row.state === 'open'
  const left = !open || row.deadline_on === null ? null : workingDaysLeft(today, row.deadline_on)
  const target = { ...row, organisationIds: [row.organisation_id] }
  return {
    id: row.id,
    number: row.number,
    about: row.object_kind,
    objectId: row.object_id,
    objectNumber: row.object_number,
    organisationId: row.organisation_id,
    organisationName: row.organisation_name,
    district: row.district,
    against: row.against,
    decisionNumber: row.decision_number,
    decidedOn: dayOf(new Date(row.decided_at).getTime()),
    grounds: row.grounds,
    attachmentIds: row.attachment_ids,
    filedAt: new Date(row.filed_at).toISOString(),
    deadlineOn: open ? row.deadline_on : null,
    workingDaysLeft: left === null || !left.ok ? null : left.value.days,
    state: row.state,
    reason: row.reason,
    amountFen: row.amount_fen?.toString() ?? null,
    givenFen: row.given_fen?.toString() ?? null,
    ceilingFen: row.ceiling_fen?.toString() ?? null,
    answerNumber: row.answer_number,
    mine: open && !row.had_part && mayTouch(person, 'appeal.decide', target),
  }
}
