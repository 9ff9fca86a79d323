import type { BodyOf, Routes } from '@suanquan/api'
import { canonicalText } from '@suanquan/core'
import { createHash } from 'node:crypto'

/** What the clerk has typed so far, as it was checked when it came in. */
export type Draft = BodyOf<Routes['saveDraft']>

export const emptyDraft: Draft = { contract: {}, statements: {}, documents: [] }

/** Tells one content of a draft from another, whoever saved it and when. */
export function draftMark(draft: Draft): string {
  return createHash('sha256').update(canonicalText(draft)).digest('hex').slice(0, 32)
}
