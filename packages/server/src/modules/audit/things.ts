// What an id in the trail or in the journal stands for: its number or name, and whose it is.
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'

export interface Thing {
  readonly kind: string
  readonly id: string
  readonly label: string
  readonly organisationName: string | null
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** @returns what is known of these ids; unknown ones are left out */
export async function thingsOf(
  db: Kysely<Tables>,
  asked: Iterable<string | null>,
): Promise<ReadonlyMap<string, Thing>> {
  const ids = [...new Set(asked)].filter((id) => id !== null && UUID.test(id))
  if (ids.length === 0) return new Map()
  const { rows } = await sql<Thing & { found: string }>`
    with asked as (select unnest(${ids}::uuid[]) as id)
    select found.found, found.kind, found.id, found.label, organisation.name as "organisationName" from (
      select id::text as found, 'application' as kind, id::text, number as label, organisation_id
        from application where id in (select id from asked)
      union all select approval->>'id', 'application', id::text, number, organisation_id
        from application where (approval->>'id')::uuid in (select id from asked)
      union all select id::text, 'project', id::text, number, organisation_id from project where id in (select id from asked)
      union all select id::text, 'selection', id::text, number, null from selection where id in (select id from asked)
      union all select id::text, 'voucher', id::text, number, holder_id from voucher where id in (select id from asked)
      union all select id::text, 'claim', id::text, number, organisation_id from claim where id in (select id from asked)
      union all select id::text, 'disbursement', id::text, number, null from disbursement where id in (select id from asked)
      union all select id::text, 'appropriation', id::text, document_number, null
        from appropriation where id in (select id from asked)
      union all select id::text, 'pool_move', id::text, document_number, null
        from pool_move where id in (select id from asked)
      union all select id::text, 'fund_act', id::text, document_number, null
        from fund_act where id in (select id from asked)
      union all select id::text, 'year_close', id::text, document_number, null
        from year_close where id in (select id from asked)
      union all select id::text, 'take_over', id::text, number, null from take_over where id in (select id from asked)
      union all select id::text, 'round', id::text, number, null from funding_round where id in (select id from asked)
      union all select id::text, 'allotment', id::text, name, null from allotment where id in (select id from asked)
      union all select r.id::text, 'expert_review', r.id::text, a.number, a.organisation_id
        from expert_review r join application a on a.id = r.application_id where r.id in (select id from asked)
      union all select e.id::text, 'engagement', e.id::text, contract_number, e.body_id
        from engagement e where e.id in (select id from asked)
      union all select id::text, 'inspection', id::text, number, organisation_id
        from inspection where id in (select id from asked)
      union all select id::text, 'archive_file', id::text, number, organisation_id
        from archive_file where id in (select id from asked)
      union all select id::text, 'disposal', id::text, number, null
        from archive_disposal where id in (select id from asked)
      union all select id::text, 'notice', id::text, number, null from notice where id in (select id from asked)
      union all select id::text, 'objection', id::text, number, null from objection where id in (select id from asked)
      union all select id::text, 'contract', id::text, number, organisation_id
        from service_contract where id in (select id from asked)
      union all select id::text, 'organisation', id::text, name, id from organisation where id in (select id from asked)
      union all select id::text, 'person', id::text, display_name, null from person where id in (select id from asked)
      union all select id::text, 'attachment', id::text, file_name, organisation_id
        from attachment where id in (select id from asked)
      union all select id::text, 'usage_import', id::text, file_name, provider_id
        from usage_import where id in (select id from asked)
      union all select id::text, 'adoption', id::text, programme_id || ' ' || programme_version, null
        from adoption where id in (select id from asked)
      union all select id::text, 'account', id::text, trim(kind || ' ' || coalesce(year::text, '') || ' ' || reference), null
        from ledger.account where id in (select id from asked)
    ) found left join organisation on organisation.id = found.organisation_id`.execute(db)
  return new Map(rows.map(({ found, ...thing }) => [found, thing]))
}
