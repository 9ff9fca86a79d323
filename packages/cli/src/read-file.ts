// The one way in for files that people name on the command line: a file that is not there or holds no text is wrong use
// (exit 2) whatever the command; what the text says is judged later (exit 1). Tables that Chinese Excel writes as
// GB 18030 (GBK) or UTF-16 are read, and that is said.
import { readFileSync } from 'node:fs'

import type { Sentence } from './language.ts'
import { said } from './language.ts'
import { WrongUse } from './output.ts'

/** The text of a file; wrong use when it cannot be read or holds no text. A note on stderr when it is not UTF-8. */
export function readText(path: string): string {
  const bytes = bytesOf(path)
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return noted(path, decoded(bytes, 'utf-16le'), 'UTF-16')
  if (bytes.includes(0)) throw notText(path, bytes)
  const text = decoded(bytes, 'utf-8')
  return text ?? noted(path, decoded(bytes, 'gb18030'), 'GB 18030 (GBK)')
}

function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new WrongUse(problemOf(path, (error as NodeJS.ErrnoException).code ?? 'unknown'))
  }
}

function problemOf(path: string, code: string): Sentence {
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return { zh: `没有文件 ${path}`, en: `there is no file ${path}` }
  if (code === 'EISDIR') return { zh: `${path} 是目录，请指明文件`, en: `${path} is a folder; name a file` }
  return { zh: `读不到文件 ${path}（${code}）`, en: `the file ${path} cannot be read (${code})` }
}

/** Nothing when the bytes are not of that encoding. */
function decoded(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function noted(path: string, text: string | undefined, encoding: string): string {
  if (text === undefined) throw notText(path)
  const note = {
    zh: `${path} 不是 UTF-8，按 ${encoding} 读取`,
    en: `${path} is not UTF-8; read as ${encoding}`,
  }
  process.stderr.write(`${said(note)}\n`)
  return text
}

function notText(path: string, bytes?: Uint8Array): WrongUse {
  const isExcel = bytes?.[0] === 0x50 && bytes[1] === 0x4b
  return isExcel
    ? new WrongUse({
        zh: `${path} 是 Excel 工作簿，请另存为“CSV UTF-8”`,
        en: `${path} is an Excel workbook; save it as "CSV UTF-8"`,
      })
    : new WrongUse({
        zh: `${path} 既不是 UTF-8 也不是 GBK 文本，请另存为 UTF-8`,
        en: `${path} is text in neither UTF-8 nor GBK; save it as UTF-8`,
      })
}
