// Sets a document: letters checked against the font, laid out, written as PDF with both weights embedded and subset.
// The same paper and fonts give the same bytes: nothing here reads a clock, and the file's id is made from its content.
import { accept, refuse, type Decision } from '@suanquan/core'
import { readFileSync } from 'node:fs'
import pdfmake from 'pdfmake'
import { lettersOf } from './cmap.ts'
import type { Fonts } from './fonts.ts'
import { FONT, layOut } from './layout.ts'
import { writable } from './letters.ts'
import type { Paper } from './paper.ts'

export interface Rendered {
  readonly bytes: Uint8Array
  /** letters that the font lacks: they stand on the paper as their codes */
  readonly missing: readonly string[]
}

export async function render(paper: Paper, fonts: Fonts): Promise<Decision<Rendered, 'documents.no_font'>> {
  const letters: ((codePoint: number) => boolean)[] = []
  for (const file of [fonts.regular, fonts.bold]) {
    const has = lettersIn(file)
    if (has === null) return refuse('documents.no_font', { file })
    letters.push(has)
  }
  const { paper: written, missing } = writable(paper, (code) => letters.every((has) => has(code)))
  // by the name that drawings ask for
  pdfmake.setFonts({ [FONT]: { normal: fonts.regular, bold: fonts.bold } })
  // nothing but the fonts is read: a document that names a file or an address gets neither
  pdfmake.setLocalAccessPolicy((path) => path === fonts.regular || path === fonts.bold)
  pdfmake.setUrlAccessPolicy(() => false)
  const bytes = await pdfmake.createPdf(layOut(written, missing)).getBuffer()
  return accept({ bytes, missing })
}

const known = new Map<string, ((codePoint: number) => boolean) | null>()

function lettersIn(file: string): ((codePoint: number) => boolean) | null {
  if (!known.has(file)) known.set(file, lettersOf(readFileSync(file)))
  return known.get(file)!
}
