import type { BodyOf, Routes } from '@suanquan/api'

/** What the clerk has typed so far, as it was checked when it came in. */
export type Draft = BodyOf<Routes['saveDraft']>

export const emptyDraft: Draft = { contract: {}, statements: {}, documents: [] }
