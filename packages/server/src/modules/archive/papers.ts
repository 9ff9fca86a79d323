// The papers of a case, in the order of its file: the record, what was done and decided, opinions, attachments. Each is bytes
// that do not change once the case is closed, so that its SM3 digest can be made again and compared. Postings are no papers:
// the journal keeps them for good and proves them itself.
import type { Day } from '@suanquan/core/calendar'
import { createHash } from 'node:crypto'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { ArchiveKind, PaperKind } from '../../database/archive-tables.ts'
import type { Tables } from '../../database/index.ts'
import type { FileStore } from '../../files/store.ts'

export interface ArchivedPaper {
  readonly kind: PaperKind
  readonly sourceId: string
  /** an event, a kind of decision, a kind of document: the page has words for it */
  readonly label: string
  readonly madeOn: Day
  readonly bytes: number
  readonly sm3: string
}

export const sm3 = (bytes: string | Uint8Array): string => createHash('sm3').update(bytes).digest('hex')

/** What of the case's own row stays as it is: neither its state nor its deadlines, nor what later acts write. Moments are said in
 * UTC, whatever the session's zone. */
const RECORD: Readonly<Record<ArchiveKind, RawBuilder<unknown>>> = {
  application: sql`select id, created_at as at, to_jsonb(array[number, adoption_id::text, organisation_id::text]) ||
    jsonb_build_array(draft, findings, contract_id, approval, complete_at at time zone 'UTC') as content from application`,
  claim: sql`select id, submitted_at, jsonb_build_array(number, adoption_id, application_id, voucher_id, contract_id,
    organisation_id, payee_id, period_from, period_to, body, matched, base_fen, payable_fen) from claim`,
  project: sql`select id, created_at, jsonb_build_array(number, adoption_id, application_id, starts_on, ends_on, first_fen,
    second_fen, filing, result, conclusion, decision) from project`,
  clawback: sql`select id, proposed_at, jsonb_build_array(number, application_id, voucher_id, debtor_credit_code, basis,
    finding, clause, evidence, proposed_fen, statement, revoked_fen, owed_fen, fine_fen) from clawback`,
  appeal: sql`select id, filed_at, jsonb_build_array(number, object_kind, object_id, decision_position, against, grounds,
    attachment_ids, state, reason, amount_fen) from appeal`,
  round: sql`select id, opened_at, jsonb_build_array(number, adoption_id, rule, minimum_fen, pool_fen, list_hash, draw_name,
    draw_on, shown, source, seed, state, decision_reason) from funding_round`,
  fund_year: sql`select id, proposed_at, jsonb_build_array(fund, year, rules, statement, document_number, document_on,
    reason, decision_reason) from year_close`,
}

const OPINIONS = sql`select 'opinion', r.id::text || '/' || o.position, 'expert_opinion', o.answered_at,
    jsonb_build_array(r.round, o.person_id, o.points, o.recommendation, o.remark)
  from expert_review r join expert_opinion o on o.review_id = r.id where o.answered_at is not null and r.application_id = `

interface Row {
  readonly kind: PaperKind
  readonly sourceId: string
  readonly label: string
  readonly madeOn: Day
  readonly content: string
}

export async function papersOf(
  db: Kysely<Tables>,
  files: FileStore,
  of: { readonly kind: ArchiveKind; readonly id: string },
): Promise<readonly ArchivedPaper[]> {
  const { rows } = await sql<Row>`
    with papers (rank, kind, source, label, at, content) as (
      select 1, 'record', ${of.id}, ${of.kind}, r.at, r.content from (${RECORD[of.kind]}) r (id, at, content)
        where r.id = ${of.id}
      union all select 2, 'event', id::text, event, at, jsonb_build_array(position, event, from_state, to_state, at at time zone 'UTC', actor_id,
          actor_role, for_person, reason, detail) from workflow_event where object_id = ${of.id}
      union all select 3, 'decision', id::text, kind, decided_at,
          jsonb_build_array(programme_hash, adoption_hash, engine_version, input, result, result_hash)
        from decision where object_id = ${of.id}
      union all select 4, 'number', number, number, given_at, jsonb_build_array(number, authority, object_id, position)
        from decision_number where object_id = ${of.id}
      union all select 5, t.* from (${OPINIONS} ${of.id}) t
      union all select 5, 'opinion', id::text, 'inspection', closed_at,
          jsonb_build_array(number, task, points, findings, outcome, conclusion, visited_on)
        from inspection where object_id = ${of.id} and state = 'reported')
    select kind, source as "sourceId", label, (at at time zone 'Asia/Shanghai')::date as "madeOn", content::text as content
    from papers order by rank, at, source`.execute(db)
  const records = rows.map(({ content, ...row }) => ({
    ...row,
    bytes: Buffer.byteLength(content),
    sm3: sm3(content),
  }))
  return [...records, ...(await attachedTo(db, files, of))]
}

/** The ids of its attachments, wherever the case names them. */
const ATTACHED: Partial<Readonly<Record<ArchiveKind, RawBuilder<unknown>>>> = {
  application: sql`select jsonb_path_query(draft, '$.documents[*].attachmentId') #>> '{}' as id, id as owner from application`,
  claim: sql`select jsonb_path_query(body, '$.**.attachmentId') #>> '{}', id from claim
    union select body ->> 'deliveryCertificateId', id from claim`,
  project: sql`select jsonb_path_query(filing, '$.documents[*].attachmentId') #>> '{}', id from project`,
  appeal: sql`select jsonb_array_elements_text(attachment_ids), id from appeal`,
}

/** The ids of the attachments of a case, as a query. */
export function attachmentsOf(kind: ArchiveKind, id: string): RawBuilder<unknown> {
  const named = ATTACHED[kind] ?? sql`select null::text, null::uuid`
  return sql`select distinct n.id::uuid from (${named}) n (id, owner) where n.owner = ${id} and n.id is not null
    union select attachment_id from inspection where object_id = ${id} and attachment_id is not null`
}

async function attachedTo(
  db: Kysely<Tables>,
  files: FileStore,
  { kind, id }: { readonly kind: ArchiveKind; readonly id: string },
): Promise<readonly ArchivedPaper[]> {
  const { rows } = await sql<{ id: string; kind: string; sha256: string; madeOn: Day; gone: boolean }>`
    select a.id, a.kind, a.sha256, (a.uploaded_at at time zone 'Asia/Shanghai')::date as "madeOn",
      exists (select from archive_disposed_attachment d where d.attachment_id = a.id) as gone
    from attachment a where a.id in (${attachmentsOf(kind, id)}) order by a.uploaded_at, a.id`.execute(db)
  const papers: ArchivedPaper[] = []
  for (const row of rows) {
    const bytes = row.gone ? null : await files.get(row.sha256).catch(() => null)
    papers.push({
      kind: 'attachment',
      sourceId: row.id,
      label: row.kind,
      madeOn: row.madeOn,
      bytes: bytes?.length ?? 0,
      sm3: bytes === null ? '' : sm3(bytes),
    })
  }
  return papers
}

/** Over the whole catalogue, line by line. */
export function catalogueDigest(papers: readonly Omit<ArchivedPaper, 'bytes'>[]): string {
  return sm3(papers.map(({ kind, sourceId, sm3: digest }) => `${kind} ${sourceId} ${digest}`).join('\n'))
}
