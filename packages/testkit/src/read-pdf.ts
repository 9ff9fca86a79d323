// Reads back what our documents say, as somebody does who selects and copies the text: the glyphs of each page, put
// through the font's own table of letters (ToUnicode, ISO 32000-1 §9.10.3). It knows what our documents use.
import { inflateSync } from 'node:zlib'

export interface ReadPdf {
  /** the text of each page, runs of text in the order in which they are set */
  readonly pages: readonly string[]
  readonly fonts: readonly { readonly name: string; readonly embedded: boolean }[]
  /** everything that is not compressed away: dictionaries of all objects */
  readonly dictionaries: readonly string[]
}

interface Part {
  readonly dictionary: string
  readonly content: Buffer
}

export function readPdf(bytes: Uint8Array): ReadPdf {
  const parts = partsOf(Buffer.from(bytes))
  const at = (reference: string): Part => parts.get(Number(reference))!
  const all = [...parts.values()]
  const pages = all.filter(({ dictionary }) => /\/Type \/Page\b(?!s)/.test(dictionary))
  const descriptors = all.filter(({ dictionary }) => dictionary.includes('/Type /FontDescriptor'))
  return {
    pages: pages.map(({ dictionary }) => {
      const content = at(/\/Contents (\d+) 0 R/.exec(dictionary)![1]!).content.toString('latin1')
      const resources = at(/\/Resources (\d+) 0 R/.exec(dictionary)![1]!).dictionary
      const fonts = new Map(
        [...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name, reference]) => {
          const unicode = /\/ToUnicode (\d+) 0 R/.exec(at(reference!).dictionary)![1]!
          return [name!, lettersOf(at(unicode).content.toString('latin1'))]
        }),
      )
      return textOf(content, fonts)
    }),
    fonts: descriptors.map(({ dictionary }) => ({
      name: /\/FontName \/([^\s/]+)/.exec(dictionary)?.[1] ?? '',
      embedded: /\/FontFile[23]? \d+ 0 R/.test(dictionary),
    })),
    dictionaries: all.map(({ dictionary }) => dictionary),
  }
}

function partsOf(file: Buffer): Map<number, Part> {
  const text = file.toString('latin1')
  const parts = new Map<number, Part>()
  for (const found of text.matchAll(/(?:^|\n)(\d+) 0 obj\n/g)) {
    const start = found.index + found[0].length
    const stream = text.indexOf('stream\n', start)
    const end = text.indexOf('endobj', start)
    const length = Number(/\/Length (\d+)/.exec(text.slice(start, stream < end ? stream : end))?.[1] ?? 0)
    if (stream === -1 || stream > end) {
      parts.set(Number(found[1]), { dictionary: text.slice(start, end), content: Buffer.alloc(0) })
      continue
    }
    const dictionary = text.slice(start, stream)
    const raw = file.subarray(stream + 7, stream + 7 + length)
    const content = dictionary.includes('/FlateDecode') ? inflateSync(raw) : raw
    parts.set(Number(found[1]), { dictionary, content })
  }
  return parts
}

/** Glyph numbers to letters: `bfrange` with a list or a start. */
function lettersOf(table: string): Map<number, string> {
  const letters = new Map<number, string>()
  for (const [, first, , list, start] of table.matchAll(
    /<([0-9a-f]+)> <([0-9a-f]+)> (?:\[([^\]]*)\]|<([0-9a-f]+)>)/gi,
  )) {
    const codes =
      list === undefined ? [start!] : [...list.matchAll(/<([0-9a-f ]*)>/gi)].map(([, hex]) => hex!)
    codes.forEach((hex, index) => letters.set(parseInt(first!, 16) + index, utf16(hex)))
  }
  return letters
}

function utf16(hex: string): string {
  return Buffer.from(hex.replaceAll(' ', ''), 'hex').swap16().toString('utf16le')
}

function textOf(content: string, fonts: ReadonlyMap<string, ReadonlyMap<number, string>>): string {
  let font: ReadonlyMap<number, string> = new Map()
  const runs: string[] = []
  for (const [, name, run] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (name !== undefined) font = fonts.get(name)!
    else runs.push([...run!.matchAll(/<([0-9a-f]*)>/gi)].map(([, hex]) => read(hex!, font)).join(''))
  }
  return runs.join('')
}

function read(hex: string, font: ReadonlyMap<number, string>): string {
  return (hex.match(/.{4}/g) ?? []).map((glyph) => font.get(parseInt(glyph, 16)) ?? '\ufffd').join('')
}
