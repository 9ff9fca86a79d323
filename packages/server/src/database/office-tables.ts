// The columns of the offices' own records as TypeScript sees them; migrations/0004-offices.ts is their definition.
import type { Instant } from '@suanquan/core/calendar'
import type { ColumnType, JSONColumnType } from 'kysely'

type At = ColumnType<Instant, string, string>
type MaybeAt = ColumnType<Instant | null, string | null | undefined, string | null>
type Json<Shape extends object> = JSONColumnType<Shape, string, string>

interface Placed {
  jurisdiction: string
  district: string
}

export interface OfficeTables {
  proof_run: Placed & {
    id: string
    kind: 'verification' | 'replay'
    state: 'running' | 'done' | 'broken_off'
    done_steps: bigint
    total_steps: bigint
    result: ColumnType<object | null, string | null | undefined, string | null>
    clean: boolean | null
    started_by: string | null
    started_at: At
    seen_at: At
    ended_at: MaybeAt
  }
  person_event: Placed & {
    person_id: string
    position: bigint
    at: At
    event: string
    detail: Json<Record<string, string | null>>
    reason: string | null
    done_by: string | null
  }
  hand_over: Placed & {
    id: string
    organisation_id: string
    from_person: string
    to_person: string
    items: Json<{ kind: string; id: string; number: string; state: string }[]>
    reason: string
    done_by: string
    at: At
  }
  conflict_declaration: Placed & {
    id: string
    person_id: string
    organisation_id: string
    object_kind: 'organisation' | 'application' | 'claim'
    object_id: string
    reason: string
    declared_at: At
    /** declared for the body that the person examines for: it is barred as a whole */
    body_id: ColumnType<string | null, string | null | undefined, never>
  }
  site_setting: {
    jurisdiction: string
    district: string
    particulars: Json<object>
    administrators_apart: boolean
    contracts_confirmed: ColumnType<boolean, boolean | undefined, boolean>
    usage_grace_days: ColumnType<number, number | undefined, number>
    usage_late: ColumnType<'next' | 'refuse', 'next' | 'refuse' | undefined, 'next' | 'refuse'>
    changed_by: string | null
    changed_at: At
  }
  job_state: Placed & {
    name: string
    runs: bigint
    last_at: At
    last_count: number
    last_work_at: MaybeAt
    last_work_count: number
    failures: bigint
    last_failed_at: MaybeAt
    last_error: string | null
  }
  programme_companion: Placed & {
    programme_hash: string
    kind: 'cases' | 'clauses'
    text: string
    stored_at: At
  }
  programme_proposal: Placed & {
    id: string
    programme_hash: string
    programme_id: string
    version: string
    title: Json<object>
    text: string
    cases_text: string
    exceptions: Json<readonly object[]>
    survivors: Json<readonly object[]>
    mutants: number
    score_basis_points: number
    content_hash: string
    state: 'proposed' | 'published' | 'withdrawn'
    proposed_by: string
    proposed_at: At
    signed_by: string | null
    signed_at: MaybeAt
    withdrawn_at: MaybeAt
  }
  adoption_draft: Placed & {
    id: string
    programme_hash: string
    terms: Json<object>
    answers: Json<Record<string, object>>
    opened_by: string
    opened_at: At
    changed_by: string
    changed_at: At
    signed_by: string | null
    signed_at: MaybeAt
    adoption_id: string | null
    discarded_at: MaybeAt
  }
}
