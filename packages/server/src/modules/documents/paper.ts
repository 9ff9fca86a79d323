// A document before it is set: what stands on it, in order, as plain data in one language. What it looks like is decided
// in layout.ts alone, so that every document of a site looks alike.
import type { Instant } from '@suanquan/core/calendar'

export type PaperLanguage = 'zh' | 'en'

export interface Paper {
  readonly language: PaperLanguage
  /** who issues it: the red head */
  readonly authority: string
  /** what kind of document it is */
  readonly title: string
  /** the number it is filed under, and what else stands below the head */
  readonly number: string
  /** the moment of what it reports; the file's own date, so that the same input gives the same bytes */
  readonly at: Instant
  /** what the file is about, by its ids: for the file's own properties */
  readonly subject: string
  readonly blocks: readonly Block[]
  /** at the foot of every page, before the page number */
  readonly foot: string
}

export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'addressee'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'facts'; readonly rows: readonly FactRow[] }
  | Table
  | Picture
  | { readonly kind: 'amount'; readonly label: string; readonly figures: string; readonly capitals: string }
  | Seal
  | { readonly kind: 'code'; readonly svg: string; readonly caption: string }
  | { readonly kind: 'proof'; readonly title: string; readonly rows: readonly FactRow[] }

export interface FactRow {
  readonly label: string
  readonly value: string
}

export interface PaperColumn {
  readonly label: string
  /** amounts and counts stand at the right */
  readonly numeric?: boolean
  /** a share of the width; columns without one share what is left */
  readonly width?: 'narrow' | 'wide'
}

export interface Table {
  readonly kind: 'table'
  readonly columns: readonly PaperColumn[]
  readonly rows: readonly PaperRow[]
  readonly empty: string
}

export interface PaperRow {
  readonly cells: readonly string[]
  /** the line that limited the amount, or a sum */
  readonly stress?: 'binding' | 'total'
  /** stands small under the row's words: why it is so */
  readonly why?: string
}

/** Where the authority signs: its seal as it was in force on the day, or the place for one. */
export interface Seal {
  readonly kind: 'seal'
  readonly authority: string
  readonly day: string
  readonly words: string
  /** a PNG in base64 */
  readonly image?: string
}

/** A drawing with its finding, the sentence that says it and how to read its marks. */
export interface Picture {
  readonly kind: 'picture'
  readonly svg: string
  readonly title: string
  readonly legend: string
  readonly sentence: string
}
