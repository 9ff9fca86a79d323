// What still asks to be read. A message that only asks somebody to act is settled when its case has taken a further step,
// by whomever; whether it was opened stays on record.
import type { MessageKindName } from '@suanquan/api'
import { sql } from 'kysely'

const ASKS: readonly MessageKindName[] = [
  'application_to_review',
  'review_due',
  'claim_to_review',
  'claim_review_due',
]

/** Of the table `message`. */
export const unread = sql<boolean>`(message.read_at is null and not (message.kind = any(${[...ASKS]}::text[])
  and exists (select from workflow_event step where step.object_id = message.about_id
    and step.at > message.at)))`
