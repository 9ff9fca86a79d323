// `suanquan programme docs`: 办事指南, a page for applicants in both languages, read from the programme itself, as Markdown or
// HTML. To files beside one another, or one page to the terminal.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

import { programmeGuide, readCases, toHtml, toMarkdown, type Programme } from '@suanquan/core/policy'
import type { Command } from 'commander'

import { language, said } from '../language.ts'
import { checkFailed, emit } from '../output.ts'
import { writeWhole } from '../write-whole.ts'
import { casesBeside, diagnosticLines, readProgrammes } from './programme-files.ts'

interface Options {
  readonly out?: string
  readonly html?: boolean
  readonly on?: string
  readonly json?: boolean
}

interface Page {
  readonly id: string
  readonly language: 'zh' | 'en'
  readonly file: string | null
  readonly text: string
}

export function docsCommand(command: Command): Command {
  return command
    .argument('<paths...>', said({ zh: '政策文件或目录', en: 'programme files or folders' }))
    .option(
      '--out <folder>',
      said({ zh: '写入目录，中英文各一页', en: 'folder for the pages, one in each language' }),
    )
    .option('--html', said({ zh: '写成 HTML', en: 'write HTML' }))
    .option('--on <date>', said({ zh: '按哪一天的数字', en: 'the day whose numbers are shown' }))
    .action(run)
}

function run(paths: string[], options: Options): void {
  const { out, json } = options
  const languages = out === undefined ? [language()] : (['zh', 'en'] as const)
  const pages: Page[] = []
  for (const { path, programme, diagnostics } of readProgrammes(paths)) {
    if (!programme) {
      process.stderr.write(`${diagnosticLines(diagnostics).join('\n')}\n`)
      checkFailed()
      continue
    }
    for (const name of languages) pages.push(pageOf(programme, path, { ...options, language: name }))
  }
  if (out !== undefined) mkdirSync(out, { recursive: true })
  for (const { file, text } of pages) if (file !== null) writeWhole(file, text)
  const last = said({ zh: `写出 ${pages.length} 页`, en: `${pages.length} pages written` })
  const files = pages.map(({ file }) => file)
  const listed = pages.map(({ id, language: name, file, text }) => ({ id, language: name, file, ...(file === null ? { text } : {}) })) // prettier-ignore
  emit(listed, {
    json,
    text: () =>
      out === undefined ? pages.map(({ text }) => text.trimEnd()).join('\n\n') : [...files, last].join('\n'),
  })
}

function pageOf(
  programme: Programme,
  path: string,
  { out, html, on, language: name }: Options & Pick<Page, 'language'>,
): Page {
  const beside = casesBeside(path)
  const cases = beside && readCases(programme, beside.text, beside.path).cases?.cases
  const blocks = programmeGuide(programme, {
    language: name,
    ...(on === undefined ? {} : { on }),
    ...(cases ? { cases } : {}),
  })
  const text = html === true ? toHtml(blocks, name) : toMarkdown(blocks)
  const file = `${programme.id}@${programme.version}.${name}.${html === true ? 'html' : 'md'}`
  return {
    id: `${programme.id}@${programme.version}`,
    language: name,
    file: out === undefined ? null : join(out, file),
    text,
  }
}
