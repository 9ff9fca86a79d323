// 销毁: attachments are marked, so that the tick removes their content, and what the catalogue of columns calls personal is emptied
// in the rows of the case. Events, decisions, numbers, hashes and postings stay: proofs and replay need them.
import type { Instant } from '@suanquan/core/calendar'
import { sql, type Kysely, type RawBuilder, type Selectable } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { FileStore } from '../../files/store.ts'
import { attachmentsOf } from './papers.ts'

type FileRow = Selectable<Tables['archive_file']>

const EMPTIED: Readonly<Record<FileRow['kind'], readonly ((id: string) => RawBuilder<unknown>)[]>> = {
  application: [
    (id) => sql`update application set draft = jsonb_set(draft, '{statements}', '{}') where id = ${id}`,
    (id) =>
      sql`update objection set contact_name = '', contact_phone = '', statement = '' where application_id = ${id}`,
    (id) => sql`update expert_review set minutes = '' where application_id = ${id} and minutes is not null`,
    (id) => sql`update expert_opinion set remark = '' where remark is not null
      and review_id in (select r.id from expert_review r where r.application_id = ${id})`,
    inspected,
  ],
  claim: [
    (id) => sql`update rectification set reason = '', evidence = '' where claim_id = ${id}`,
    (id) => sql`update rectification set decision_reason = '' where claim_id = ${id}
      and decision_reason is not null`,
    inspected,
  ],
  project: [
    (id) => sql`update project set filing = jsonb_set(filing, '{summary}', '""') where id = ${id}
      and filing is not null`,
    (id) => sql`update project set conclusion = '' where id = ${id} and conclusion is not null`,
    (id) => sql`update project set decision = '' where id = ${id} and decision is not null`,
    inspected,
  ],
  clawback: [
    (id) => sql`update clawback set finding = '', evidence = '[]', statement = null where id = ${id}`,
    (id) => sql`update clawback_recovery set reason = '' where clawback_id = ${id} and reason is not null`,
  ],
  appeal: [
    (id) => sql`update appeal set grounds = '' where id = ${id}`,
    (id) => sql`update appeal set reason = '' where id = ${id} and reason is not null`,
  ],
  round: [],
  fund_year: [],
}

function inspected(id: string): RawBuilder<unknown> {
  return sql`update inspection set findings = case when findings is null then null else '[]'::jsonb end,
    conclusion = case when conclusion is null then null else '' end,
    closed_reason = case when closed_reason is null then null else '' end where object_id = ${id}`
}

export async function disposeOf(tx: Kysely<Tables>, file: FileRow, at: Instant): Promise<void> {
  await sql`insert into archive_disposed_attachment (attachment_id, jurisdiction, district, file_id, at)
    select a.id, a.jurisdiction, a.district, ${file.id}, ${timestamp(at)}::timestamptz from attachment a
    where a.id in (${attachmentsOf(file.kind, file.object_id)}) and not exists (
      select from archive_paper p join archive_file other on other.id = p.file_id and other.disposed_at is null
      where p.kind = 'attachment' and p.source_id = a.id::text and other.id <> ${file.id})
    on conflict (attachment_id) do nothing`.execute(tx)
  for (const empty of EMPTIED[file.kind]) await empty(file.object_id).execute(tx)
  await tx
    .updateTable('archive_file')
    .set({ disposed_at: timestamp(at) })
    .where('id', '=', file.id)
    .execute()
}

/**
 * Removes the content of what was disposed of, after the decision is committed. Content is stored once however often it was
 * handed in: what another paper, an import or a seal still needs stays. Uploads wait meanwhile.
 * @returns how many contents were removed
 */
export async function removeDisposed(db: Kysely<Tables>, files: FileStore, at: Instant): Promise<number> {
  const waiting = await db
    .selectFrom('archive_disposed_attachment')
    .select('attachment_id')
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (waiting === undefined) return 0
  return db.transaction().execute(async (tx) => {
    await sql`lock table attachment in share mode`.execute(tx)
    const { rows } = await sql<{ id: string; sha256: string; needed: boolean }>`
      select d.attachment_id as id, a.sha256, exists (select from attachment other where other.sha256 = a.sha256
          and not exists (select from archive_disposed_attachment gone where gone.attachment_id = other.id))
        or exists (select from stamp s where s.sha256 = a.sha256)
        or exists (select from import_check i where i.sha256 = a.sha256) as needed
      from archive_disposed_attachment d join attachment a on a.id = d.attachment_id
      where d.removed_at is null order by d.attachment_id limit 1000`.execute(tx)
    for (const { id, sha256, needed } of rows) {
      if (!needed) await files.remove(sha256)
      await tx
        .updateTable('archive_disposed_attachment')
        .set({ removed_at: timestamp(at) })
        .where('attachment_id', '=', id)
        .execute()
    }
    return rows.filter(({ needed }) => !needed).length
  })
}
