// The trail: who did what and who read what, refusals included. Names of people and things are looked up beside it.
import { routes, type RouteName } from '@suanquan/api'
import { accept } from '@suanquan/core'
import { addDays, startOf } from '@suanquan/core/calendar'
import { sql, type RawBuilder } from 'kysely'
import { timestamp } from '../../database/index.ts'
import type { Handler } from '../../http/world.ts'
import { visibleRows } from '../../identity/scope.ts'
import { spoken } from './spoken.ts'
import { thingsOf } from './things.ts'

type Query = Parameters<Handler<'listAuditEvents'>['run']>[0]['query']

export function listAuditEvents(): Handler<'listAuditEvents'> {
  return {
    kind: 'query',
    run: async ({ query, person }, { db, touch }) => {
      touch({ kind: 'audit', id: null })
      const mine = visibleRows(person!, 'audit.read', 'audit_event', 'audit_event.organisation_id')
      const found = db
        .selectFrom('audit_event')
        .leftJoin('person', 'person.id', 'audit_event.person_id')
        .leftJoin('organisation', 'organisation.id', 'audit_event.organisation_id')
        .where(sql<boolean>`${sql.join([mine, ...conditionsOf(query)], sql` and `)}`)
      const { total } = await found.select(sql<bigint>`count(*)`.as('total')).executeTakeFirstOrThrow()
      const rows = await found
        .selectAll('audit_event')
        .select(['person.display_name', 'organisation.name as organisation_name'])
        .orderBy('sequence', 'desc')
        .limit(query.size)
        .offset((query.page - 1) * query.size)
        .execute()
      const things = await thingsOf(
        db,
        rows.map((row) => row.object_id),
      )
      const items = rows.map((row) => {
        const thing = row.object_id === null ? undefined : things.get(row.object_id)
        return {
          sequence: Number(row.sequence),
          at: new Date(row.at).toISOString(),
          personId: row.person_id,
          personName: row.display_name,
          role: row.role,
          action: row.action,
          reads: row.reads,
          objectKind: thing?.kind ?? row.object_kind,
          objectId: row.object_id,
          // an export is named by its page, its filter and how much it took
          objectLabel: thing?.label ?? (row.object_kind === 'export' ? row.object_id : null),
          organisationName: row.organisation_name ?? thing?.organisationName ?? null,
          summary: summaryOf(row.action),
          outcome: row.outcome,
          refusal: row.outcome === 'done' ? null : spoken(row.outcome),
          requestId: row.request_id,
        }
      })
      return accept({ total: Number(total), items })
    },
  }
}

/** What a route says of itself; what the platform does by itself has its own words. */
function summaryOf(action: string): { zh: string; en: string } {
  const route = Object.hasOwn(routes, action) ? routes[action as RouteName] : undefined
  return route?.summary ?? SYSTEM_ACTS[action] ?? { zh: action, en: action }
}

const SYSTEM_ACTS: Readonly<Record<string, { zh: string; en: string }>> = {
  'tick.issue': { zh: '公示期满发券', en: 'issue when the notice is over' },
  'tick.expire': { zh: '券过期，余额退回资金池', en: 'expiry, the rest returns to the pool' },
  'tick.return_rest': {
    zh: '批次余额退回来源',
    en: 'what remains of a round goes back to where it came from',
  },
  'tick.fund': { zh: '候补申请获得额度', en: 'a waiting application is funded' },
  exportAudit: { zh: '导出审计包', en: 'export for an audit' },
  'tick.lapse': { zh: '逾期终止', en: 'lapse after its deadline' },
}

/** what every page asks for itself: reads of nobody's data */
const NO_DATA = ['readSession', 'readSite', 'readHealth']

function conditionsOf(query: Query): RawBuilder<boolean>[] {
  const { objectId, personId, organisationId, q, show, from, to } = query
  const conditions: RawBuilder<boolean>[] = [
    sql`not (audit_event.action = any(${NO_DATA}) and outcome = 'done')`,
  ]
  if (objectId !== undefined) conditions.push(sql`audit_event.object_id = ${objectId}`)
  if (personId !== undefined) conditions.push(sql`audit_event.person_id = ${personId}`)
  if (organisationId !== undefined) conditions.push(sql`audit_event.organisation_id = ${organisationId}`)
  if (show === 'refused') conditions.push(sql`audit_event.outcome <> 'done'`)
  if (show === 'reads') conditions.push(sql`audit_event.reads and audit_event.outcome = 'done'`)
  if (show === 'acts') conditions.push(sql`not audit_event.reads and audit_event.outcome = 'done'`)
  if (from !== undefined) conditions.push(sql`audit_event.at >= ${timestamp(startOf(from))}::timestamptz`)
  if (to !== undefined)
    conditions.push(sql`audit_event.at < ${timestamp(startOf(addDays(to, 1)))}::timestamptz`)
  if (q !== undefined && q !== '') conditions.push(mentions(q))
  return conditions
}

function mentions(q: string): RawBuilder<boolean> {
  const like = `%${q.replace(/[\\%_]/g, '\\$&')}%`
  const actions = Object.entries(routes)
    .filter(([, { summary }]) => summary.zh.includes(q) || summary.en.includes(q))
    .map(([name]) => name)
  return sql<boolean>`(audit_event.action ilike ${like} or audit_event.action = any(${actions}::text[])
    or person.display_name ilike ${like} or person.login = ${q} or organisation.name ilike ${like}
    or audit_event.request_id = ${q} or audit_event.outcome = ${q}
    or audit_event.object_id in (select id::text from application where number = ${q}
      union all select id::text from voucher where number = ${q} union all select id::text from claim where number = ${q}
      union all select id::text from disbursement where number = ${q}))`
}
