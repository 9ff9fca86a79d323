// A picture is a pure function from data and language: its title states the finding, its sentence says it whole, its
// table holds every number of it, and its drawing is the same on a page and in a document. Nothing here measures a
// screen or reads a clock: the same data give the same bytes.
import type { Language } from '../format/language.ts'
import type { Scene } from './scene.ts'

export interface PictureTable {
  readonly head: readonly string[]
  /** how many leading columns are words; the others are figures */
  readonly labels: number
  readonly rows: readonly (readonly string[])[]
}

export interface Picture {
  /** also the name of its files */
  readonly name: string
  readonly language: Language
  readonly title: string
  readonly sentence: string
  /** how to read the marks; empty when there is nothing to say */
  readonly legend: string
  readonly table: PictureTable
  /** @param width of the space it gets, in CSS pixels or points; narrower than `NARROWEST` is drawn as that */
  readonly draw: (width: number) => Scene
}

export const NARROWEST = 300

/** Picks the words of a language. */
export function inWords(language: Language, words: { readonly zh: string; readonly en: string }): string {
  return language === 'zh-CN' ? words.zh : words.en
}

/** The words of a programme as they begin a line. */
export function leading(language: Language, words: { readonly zh: string; readonly en: string }): string {
  const text = inWords(language, words)
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

/** A share in words: whole per cent, and never 0 % of something or 100 % of less than all. */
export function percent(part: bigint, whole: bigint): string {
  if (whole <= 0n) return '—'
  if (part <= 0n) return '0%'
  if (part >= whole) return '100%'
  const share = (part * 200n + whole) / (whole * 2n)
  if (share === 0n) return '<1%'
  return share >= 100n ? '>99%' : `${share}%`
}
