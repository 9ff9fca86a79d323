// A code that verifies an address: six digits, for ten minutes, five tries; one a minute and ten a day, so that nobody's
// telephone is rung by it.
import { createHash, randomInt } from 'node:crypto'
import { addDays, dayOf, startOf, type Day, type Instant } from '@suanquan/core/calendar'

export const CODE_MINUTES = 10
export const CODE_TRIES = 5
const APART_MS = 60_000
const A_DAY = 10

export interface Sendings {
  readonly code_sent_at: Instant | null
  readonly codes_on: Day | null
  readonly codes: number
}

/** Seconds until another code may be sent; 0: now. */
export function waitSeconds(row: Sendings | undefined, at: Instant): number {
  if (row === undefined || row.code_sent_at === null) return 0
  const today = dayOf(at)
  const until =
    row.codes_on === today && row.codes >= A_DAY ? startOf(addDays(today, 1)) : row.code_sent_at + APART_MS
  return Math.max(0, Math.ceil((until - at) / 1000))
}

export function newCode(): string {
  return String(randomInt(1_000_000)).padStart(6, '0')
}

export function codeHash(personId: string, address: string, code: string): string {
  return createHash('sha256').update([personId, address, code].join('\n')).digest('hex')
}
