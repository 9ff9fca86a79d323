// The outbox: what an act makes people know is told while it is carried out, and written with it in one statement before
// its postings. Whom a message is for is read at that moment from the roles, by the scope that the permission table gives
// them, and from the conflicts of interest: whoever may not see or must stand aside is not told. One row a person and
// cause: a retry, a second tick or a second server finds it there.
import { messageKinds, scopeOf, type MessageKind, type MessageKindName } from '@suanquan/api'
import type { Day, Instant } from '@suanquan/core/calendar'
import { sql, type Transaction } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { MessageParams } from '../../database/message-tables.ts'

/** What is told about a case (its firm, number, amount and deadline are read from it) or about another thing. */
export interface Told {
  readonly kind: MessageKindName
  /** what made it known, once and for all: a retry carries the same */
  readonly cause: string
  readonly about:
    | 'application'
    | 'claim'
    | 'voucher'
    | 'disbursement'
    | 'appropriation'
    | 'pool_move'
    | 'fund'
    | 'take_over'
    | 'round'
    | 'adoption'
    | 'adoption_draft'
    | 'programme_proposal'
    | 'clawback'
    | 'dispute'
    | 'project'
    | 'selection'
    | 'usage_feed'
  readonly aboutId: string
  readonly params?: MessageParams
  readonly deadlineOn?: Day
  /** the deadline that the case has when the act is over, unless it is provisional */
  readonly caseDeadline?: true
  /** where the thing is, when it is no case */
  readonly place?: { readonly jurisdiction: string; readonly district: string; readonly firmId?: string }
  /** whom it is not for although they might act: the first pair of eyes */
  readonly except?: readonly string[]
}

type Tx = Transaction<Tables>

const told = new WeakMap<Tx, Told[]>()

/** Makes it known when the transaction commits. */
export function tell(tx: Tx, ...messages: readonly Told[]): void {
  const waiting = told.get(tx)
  if (waiting === undefined) told.set(tx, [...messages])
  else waiting.push(...messages)
}

/**
 * Writes what was told in this transaction, before its postings.
 * @returns how many people were told something that they had not been told
 */
export async function writeMessages(tx: Tx, at: Instant): Promise<number> {
  const waiting = told.get(tx) ?? []
  told.delete(tx)
  if (waiting.length === 0) return 0
  const { rows } = await sql<{ count: bigint }>`
    with told as (
      select * from jsonb_to_recordset(${JSON.stringify(waiting.map(rowOf))}::jsonb) as told(
        kind text, cause text, about text, about_id uuid, params jsonb, deadline_on date, case_deadline boolean,
        jurisdiction text, district text, firm_id uuid, barred uuid[], roles text[], scope text, whose text,
        required boolean, urgent boolean, decides boolean)),
    facts as (
      select told.kind, told.cause, told.about, told.about_id, told.barred, told.roles, told.scope, told.required,
        told.urgent, told.decides, coalesce(c.application_id, v.application_id) as application_id, o.id as applicant_id,
        coalesce(a.jurisdiction, c.jurisdiction, v.jurisdiction, told.jurisdiction) as jurisdiction,
        coalesce(a.district, c.district, v.district, told.district) as district,
        case told.whose when 'applicant' then o.id when 'payee' then c.payee_id
          when 'provider' then coalesce(told.firm_id, k.provider_id) end as firm_id,
        case when not told.case_deadline then told.deadline_on
          when a.id is not null and not a.deadline_provisional then a.deadline_on
          when c.id is not null and not c.deadline_provisional then c.deadline_on
          when v.id is not null then v.usable_until end as deadline_on,
        jsonb_strip_nulls(jsonb_build_object('number', coalesce(a.number, c.number, v.number), 'organisation', o.name,
          'contract', k.number, 'shortfalls', jsonb_path_query_array(c.matched, '$.shortfalls[*].code'),
          'amountFen', coalesce(a.approved_fen, c.approved_fen, c.payable_fen, v.amount_fen)::text)) || told.params as params
      from told
        left join application a on told.about = 'application' and a.id = told.about_id
        left join claim c on told.about = 'claim' and c.id = told.about_id
        left join voucher v on told.about = 'voucher' and v.id = told.about_id
        left join service_contract k on k.id = coalesce(a.contract_id, c.contract_id, v.contract_id)
        left join organisation o on o.id = coalesce(a.organisation_id, c.organisation_id, v.holder_id)),
    reader as (
      select facts.*, p.id as person_id, setting.kinds -> facts.kind as chosen,
        facts.cause || ' ' || p.id::text as seed
      from facts cross join lateral (
          select g.person_id from role_grant g where facts.scope = 'own' and g.organisation_id = facts.firm_id
            and g.role = any(facts.roles) and g.jurisdiction = facts.jurisdiction
          union select g.person_id from role_grant g where facts.scope <> 'own' and g.role = any(facts.roles)
            and g.jurisdiction = facts.jurisdiction
            and (facts.scope = 'all' or g.district_limit is null or g.district_limit = facts.district)) who
        join person p on p.id = who.person_id and p.active and p.id <> all(facts.barred)
        left join message_setting setting on setting.person_id = p.id
      where not facts.decides or (
        not exists (select from role_grant own where own.person_id = p.id and own.organisation_id = facts.applicant_id)
        and not exists (select from conflict_declaration d where d.person_id = p.id
          and d.object_id in (facts.applicant_id, facts.about_id, facts.application_id)))),
    written as (
      insert into message (id, jurisdiction, district, person_id, cause, kind, about, about_id, organisation_id, params,
        deadline_on, in_portal, at)
      select ${idFrom(sql`seed`)}, jurisdiction, district, person_id, cause, kind, about, about_id, firm_id, params,
        deadline_on, required or coalesce((chosen ->> 'portal')::boolean, true), ${timestamp(at)}
      from reader order by cause, person_id
      on conflict (person_id, cause) do nothing returning id, person_id, cause),
    sent as (
      insert into delivery (id, jurisdiction, district, message_id, person_id, channel, kind, state, attempts, fence,
        next_at, created_at)
      select ${idFrom(sql`seed || ' ' || contact.channel`)}, reader.jurisdiction, reader.district, written.id,
        written.person_id, contact.channel, reader.kind, 'waiting', 0, 0, ${timestamp(at)}, ${timestamp(at)}
      from written join reader using (person_id, cause)
        join contact on contact.person_id = written.person_id and contact.verified_at is not null
      where case when chosen is null then contact.channel <> 'sms' or urgent
        else chosen -> 'channels' ? contact.channel end)
    select count(*) as count from written`.execute(tx)
  return Number(rows[0]!.count)
}

/** An id that follows from what it is for (UUID version 8), so that nothing is drawn for it. */
function idFrom(seed: ReturnType<typeof sql>): ReturnType<typeof sql> {
  const digits = sql`substr(encode(sha256(convert_to(${seed}, 'UTF8')), 'hex'), 1, 32)`
  return sql`overlay(overlay(${digits} placing '8' from 13 for 1) placing 'a' from 17 for 1)::uuid`
}

/** Columns as the statement reads them. */
function rowOf(message: Told): object {
  const kind: MessageKind = messageKinds[message.kind]
  const { deadlineOn = null, caseDeadline = false, place } = message
  return {
    kind: message.kind,
    cause: `${message.cause} ${message.kind}`,
    about: message.about,
    about_id: message.aboutId,
    params: message.params ?? {},
    deadline_on: deadlineOn,
    case_deadline: caseDeadline,
    jurisdiction: place?.jurisdiction ?? null,
    district: place?.district ?? null,
    firm_id: place?.firmId ?? null,
    barred: message.except ?? [],
    roles: kind.to,
    scope: scopeOf(kind.action, kind.to[0]!),
    whose: kind.of,
    required: kind.required,
    urgent: kind.urgent,
    decides: kind.to.includes('reviewer'),
  }
}
