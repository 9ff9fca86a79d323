// The columns of messages and deliveries as TypeScript sees them; migrations/0007-messages.ts is their definition.
import type { deliveryStates, MessageChannel } from '@suanquan/api'
import type { Day, Instant } from '@suanquan/core/calendar'
import type { ColumnType, JSONColumnType } from 'kysely'

type At = ColumnType<Instant, string, string>
type MaybeAt = ColumnType<Instant | null, string | null | undefined, string | null>
type Json<Shape extends object> = JSONColumnType<Shape, string, string>

interface Placed {
  jurisdiction: string
  district: string
}

/** What a message says beside its kind: numbers, names of firms, amounts in fen, reasons, codes of shortfalls. */
export type MessageParams = Readonly<Record<string, string | readonly string[] | null>>

/** By kind, where a person differs from what the kind does by itself. */
export type KindSettings = Readonly<Record<string, { portal: boolean; channels: readonly MessageChannel[] }>>

export interface MessageTables {
  message: Placed & {
    id: string
    person_id: string
    cause: string
    kind: string
    about: string
    about_id: string
    organisation_id: string | null
    params: Json<MessageParams>
    deadline_on: Day | null
    in_portal: boolean
    at: At
    read_at: MaybeAt
  }
  contact: Placed & {
    person_id: string
    channel: MessageChannel
    address: string
    verified_at: MaybeAt
    code_hash: string | null
    code_sent_at: MaybeAt
    code_tries: number
    codes_on: Day | null
    codes: number
  }
  message_setting: Placed & {
    person_id: string
    language: 'zh' | 'en'
    kinds: Json<KindSettings>
    changed_at: At
  }
  delivery: Placed & {
    id: string
    message_id: string | null
    person_id: string
    channel: MessageChannel
    kind: string
    code: string | null
    state: (typeof deliveryStates)[number]
    attempts: number
    fence: bigint
    next_at: At
    lease_until: MaybeAt
    created_at: At
    first_tried_at: MaybeAt
    ended_at: MaybeAt
    reference: string | null
    error: string | null
    retried_by: string | null
    retry_reason: string | null
  }
}
