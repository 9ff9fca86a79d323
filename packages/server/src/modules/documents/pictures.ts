// The shared pictures as blocks of a document: the same drawing as on the page.
import { pictureSvg, type Picture as Drawn } from '@suanquan/api'
import type { Picture } from './paper.ts'

/** Drawn wider than the page's text and set to its width: type of the size of notes. */
const DRAWN = 640

export function pictureBlock(drawn: Drawn): Picture {
  const { title, sentence, legend } = drawn
  return { kind: 'picture', title, sentence, legend, svg: pictureSvg(drawn, DRAWN) }
}
