// The columns of the archive as TypeScript sees them; migrations/0024b-archive.ts is their definition.
import type { Day, Instant } from '@suanquan/core/calendar'
import type { ColumnType } from 'kysely'

type At = ColumnType<Instant, string, never>
type MaybeAt = ColumnType<Instant | null, string | null | undefined, string | null>

export type ArchiveKind = 'application' | 'claim' | 'project' | 'clawback' | 'appeal' | 'round' | 'fund_year'
export type ArchiveCategory = 'document' | 'accounting'
export type PaperKind = 'record' | 'event' | 'decision' | 'number' | 'opinion' | 'attachment'

interface Placed {
  jurisdiction: string
  district: string
}

export interface ArchiveTables {
  archive_file: Placed & {
    id: string
    number: string
    kind: ArchiveKind
    object_id: string
    object_number: string
    title: string
    organisation_id: string | null
    application_id: string | null
    adoption_id: string | null
    year: number
    category: ArchiveCategory
    years: 10 | 30 | null
    source_zh: string
    source_en: string
    closed_on: Day
    archived_at: At
    papers: number
    digest: string
    ends_on: Day | null
    disposal_id: string | null
    disposed_at: MaybeAt
  }
  archive_paper: Placed & {
    file_id: string
    position: number
    kind: PaperKind
    source_id: string
    label: string
    made_on: Day
    bytes: number
    sm3: string
  }
  archive_hold: Placed & {
    id: string
    file_id: string
    reason: string
    placed_by: string
    placed_at: At
    released_by: string | null
    released_at: MaybeAt
    release_reason: string | null
  }
  archive_disposal: Placed & {
    id: string
    number: string
    reason: string
    state: 'proposed' | 'approved' | 'rejected'
    proposed_by: string
    proposed_at: At
    decided_by: string | null
    decided_at: MaybeAt
    decision_reason: string | null
  }
  archive_disposed_attachment: Placed & {
    attachment_id: string
    file_id: string
    at: At
    removed_at: MaybeAt
  }
}
