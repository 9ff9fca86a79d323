// How wide words are, without a font at hand: the advance widths of Noto Sans SC in classes, rounded up, so that what
// fits here fits on a page and in a document.

/** of every text in a picture */
export const SIZE = 12

export type Weight = 400 | 600

const NARROW = /[ iIjl.,:;'’|!\u2009]/
const WIDE = /[A-Z@%mMwW—×→]/

export function widthOf(words: string, weight: Weight = 400): number {
  let ems = 0
  for (const letter of words) {
    if (letter.codePointAt(0)! >= 0x2e80) ems += 1
    else if (NARROW.test(letter)) ems += 0.34
    else ems += WIDE.test(letter) ? 0.84 : 0.6
  }
  return ems * SIZE * (weight === 600 ? 1.05 : 1)
}

/** The words on one line, cut with an ellipsis where they are too long. */
export function fit(words: string, width: number, weight: Weight = 400): string {
  if (widthOf(words, weight) <= width) return words
  let kept = ''
  for (const letter of words) {
    if (widthOf(`${kept}${letter}…`, weight) > width) break
    kept += letter
  }
  return `${kept.trimEnd()}…`
}

/** The words on as many lines as allowed, broken at spaces and between Chinese letters; what is left over is cut. */
export function wrap(words: string, width: number, most = 2, weight: Weight = 400): readonly string[] {
  const parts = words.match(/[\u2e80-\uffff][，。、；：）》”]?|[^\s\u2e80-\uffff]+\s?|\s/gu) ?? []
  const lines = ['']
  for (const [index, part] of parts.entries()) {
    const line = lines[lines.length - 1]!
    if (line === '' || widthOf((line + part).trimEnd(), weight) <= width)
      lines[lines.length - 1] = line + part
    else if (lines.length < most) lines.push(part)
    else {
      lines[lines.length - 1] = line + parts.slice(index).join('')
      break
    }
  }
  return lines.map((line) => fit(line.trim(), width, weight))
}
