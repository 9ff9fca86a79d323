// What is drawn: rectangles, paths and texts with their attributes, in the order in which they are painted. Attributes
// are written as React writes them; `svgOf` writes them as SVG does.
import { SIZE, widthOf, type Weight } from './letters.ts'
import { PAINT } from './paint.ts'

export interface Mark {
  readonly tag: 'rect' | 'path' | 'text'
  readonly attributes: Readonly<Record<string, string | number>>
  readonly text?: string
}

export interface Scene {
  readonly width: number
  readonly height: number
  readonly marks: readonly Mark[]
}

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** One decimal is finer than a screen and short enough for a file. */
export function round(value: number): number {
  return Math.round(value * 10) / 10
}

export function rect({ x, y, width, height }: Box, fill: string): Mark {
  return {
    tag: 'rect',
    attributes: { x: round(x), y: round(y), width: round(width), height: round(height), fill },
  }
}

export function path(d: string, attributes: Readonly<Record<string, string | number>>): Mark {
  return { tag: 'path', attributes: { d, fill: 'none', ...attributes } }
}

interface TextOptions {
  readonly anchor?: 'start' | 'end'
  readonly weight?: Weight
  readonly fill?: string
}

/** @param at where the line begins (or ends, anchored so), on its base line */
export function text(
  at: { readonly x: number; readonly y: number },
  words: string,
  { anchor = 'start', weight = 400, fill = PAINT.quiet }: TextOptions = {},
): Mark {
  const attributes = {
    x: round(at.x),
    y: round(at.y),
    fill,
    fontSize: SIZE,
    ...(weight === 400 ? {} : { fontWeight: weight }),
    ...(anchor === 'start' ? {} : { textAnchor: anchor }),
  }
  return { tag: 'text', attributes, text: words }
}

/** Slanted lines that fill a box: what is missing or lost, and readable without colour. */
export function hatch({ x, y, width, height }: Box, stroke: string): readonly Mark[] {
  if (width <= 0) return []
  const strokes: string[] = []
  for (let from = x - height; from < x + width; from += 5) {
    const start = Math.max(from, x)
    const end = Math.min(from + height, x + width)
    if (end <= start) continue
    strokes.push(
      `M${round(start)} ${round(y + height - (start - from))}L${round(end)} ${round(y + height - (end - from))}`,
    )
  }
  const frame = `M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}z`
  return [path(strokes.join(''), { stroke, strokeWidth: 1 }), path(frame, { stroke, strokeWidth: 1 })]
}

/** The box that a text takes; an estimate on the safe side. */
export function boxOf({ attributes, text: words = '' }: Mark): Box {
  const width = widthOf(words, attributes['fontWeight'] === 600 ? 600 : 400)
  const x = Number(attributes['x']) - (attributes['textAnchor'] === 'end' ? width : 0)
  return { x, y: Number(attributes['y']) - SIZE, width, height: SIZE + 3 }
}

/** The picture as a file of its own. */
export function svgOf({ width, height, marks }: Scene, title: string): string {
  const inner = marks.map(({ tag, attributes, text: words }) => {
    const written = Object.entries(attributes)
      .map(([name, value]) => ` ${kebab(name)}="${escape(String(value))}"`)
      .join('')
    return words === undefined ? `<${tag}${written}/>` : `<${tag}${written}>${escape(words)}</${tag}>`
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`,
    ` font-family="Noto Sans SC"><title>${escape(title)}</title>${inner.join('')}</svg>`,
  ].join('')
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

function escape(words: string): string {
  return words
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
