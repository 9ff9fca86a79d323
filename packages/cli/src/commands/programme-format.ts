// `suanquan programme fmt`: one layout for programmes, cases and adoptions, comments kept; and the schemas that editors
// complete and underline from.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

import { editorSchemas, formatYaml, type EditorSchema } from '@suanquan/core/policy'
import { Argument, type Command } from 'commander'

import { said } from '../language.ts'
import { checkFailed, emit, WrongUse } from '../output.ts'
import { readText } from '../read-file.ts'
import { writeWhole } from '../write-whole.ts'
import { diagnosticLines } from './programme-files.ts'

interface Formatted {
  readonly path: string
  readonly state: 'kept' | 'changed' | 'faulty'
}

export function formatCommand(command: Command): Command {
  return command
    .argument('<paths...>', said({ zh: '文件或目录', en: 'files or folders' }))
    .option('--check', said({ zh: '只检查，不改写', en: 'only look, write nothing' }))
    .action((paths: string[], { check, json }: { readonly check?: boolean; readonly json?: boolean }) => {
      const files = paths.flatMap(yamlUnder).map((path) => formatOne(path, check !== true))
      const count = (state: Formatted['state']): number => files.filter((file) => file.state === state).length
      if (count('faulty') > 0 || (check === true && count('changed') > 0)) checkFailed()
      const changed = files.filter(({ state }) => state === 'changed').map(({ path }) => path)
      const words = check === true ? { zh: '须重排', en: 'to be laid out' } : { zh: '已重排', en: 'laid out' }
      const faulty = count('faulty')
      const last = said({
        zh: `${files.length} 个文件，${changed.length} 个${words.zh}${faulty === 0 ? '' : `，${faulty} 个有误`}`,
        en: `${files.length} files, ${changed.length} ${words.en}${faulty === 0 ? '' : `, ${faulty} faulty`}`,
      })
      emit(files, { json, text: () => [...changed, last].join('\n') })
    })
}

function formatOne(path: string, write: boolean): Formatted {
  const before = readText(path)
  const { text, diagnostics } = formatYaml(before, path)
  if (text === undefined) {
    process.stderr.write(`${diagnosticLines(diagnostics).join('\n')}\n`)
    return { path, state: 'faulty' }
  }
  if (text === before) return { path, state: 'kept' }
  if (write) writeWhole(path, text)
  return { path, state: 'changed' }
}

/** The files of this kind under a folder; a file that is named is taken as it is. */
function yamlUnder(path: string): string[] {
  if (!existsSync(path)) throw new WrongUse({ zh: `没有 ${path}`, en: `there is no ${path}` })
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter(
      (name) =>
        /(^|[/\\])(programme|cases|[^/\\]*adoption)\.yaml$/.test(name) && !name.includes('node_modules'),
    )
    .toSorted()
    .map((name) => join(path, name))
}

export function schemaCommand(command: Command): Command {
  const kinds = Object.keys(editorSchemas)
  return command
    .addArgument(
      new Argument('[kind]', said({ zh: '文件种类', en: 'kind of file' }))
        .choices(kinds)
        .default('programme'),
    )
    .action((kind: EditorSchema) => emit(editorSchemas[kind](), { json: true, text: () => '' }))
}
