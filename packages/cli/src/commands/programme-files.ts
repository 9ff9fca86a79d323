// The files of programmes on the disk: a path is a programme.yaml, or a folder under which some are found.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { sentence } from '@suanquan/api'
import {
  baseOf,
  checkProgramme,
  composeCases,
  composeOverlay,
  isOverlay,
  type Checked,
  type Diagnostic,
  type Programme,
} from '@suanquan/core/policy'

import { language, said } from '../language.ts'
import { checkFailed, WrongUse } from '../output.ts'

/** The programmes that come with Suanquan. */
export const shippedProgrammes = fileURLToPath(new URL('../../../../programmes', import.meta.url))

export interface ProgrammeFile extends Checked {
  readonly path: string
}

/** Reads and checks every programme under the paths. Wrong use when a path does not exist or holds none. */
export function readProgrammes(paths: readonly string[]): ProgrammeFile[] {
  return paths.flatMap(find).map((path) => ({ path, ...checkFile(path) }))
}

/** A programme, or an overlay composed with the base that it names. */
function checkFile(path: string): Checked {
  const text = readFileSync(path, 'utf8')
  const base = isOverlay(text) ? baseBeside(path, text) : undefined
  if (base === undefined) return checkProgramme(text, path)
  return composeOverlay({ text, file: path }, { text: readFileSync(base, 'utf8'), file: base })
}

/** The file of an overlay's base; the checker says what is wrong where the overlay names none. */
function baseBeside(path: string, text: string): string | undefined {
  const named = baseOf(text)
  if (named === undefined) return path
  const base = join(dirname(path), named)
  if (existsSync(base)) return base
  throw new WrongUse({
    zh: `${path} 的基础文件 ${base} 不存在`,
    en: `${path} stands on ${base}, which is not there`,
  })
}

/** One whole programme; its faults are printed and `undefined` given when there are any. */
export function readProgramme(
  path: string,
): { readonly path: string; readonly programme: Programme } | undefined {
  const [file, another] = readProgrammes([path])
  if (another) {
    throw new WrongUse({
      zh: `${path} 下不止一个政策文件，请指明一个`,
      en: `${path} holds several programmes; name one`,
    })
  }
  if (file?.programme) return { path: file.path, programme: file.programme }
  process.stderr.write(`${diagnosticLines(file?.diagnostics ?? []).join('\n')}\n`)
  checkFailed()
  return undefined
}

/** One whole programme by its file, its folder or, among those that come with Suanquan, its id (`id` or `id@version`). */
export function programmeNamed(name: string): Programme {
  const files = existsSync(name)
    ? readProgrammes([name])
    : readProgrammes([shippedProgrammes]).filter(({ programme }) => {
        return (
          programme !== undefined && [programme.id, `${programme.id}@${programme.version}`].includes(name)
        )
      })
  const [file, another] = files
  if (file === undefined) throw new WrongUse({ zh: `没有政策 ${name}`, en: `there is no programme ${name}` })
  if (another) {
    throw new WrongUse({
      zh: `${name} 不止一个政策文件，请指明一个`,
      en: `${name} means several programmes; name one`,
    })
  }
  if (file.programme) return file.programme
  const lines = diagnosticLines(file.diagnostics).join('\n')
  throw new WrongUse({ zh: lines, en: lines })
}

function find(path: string): string[] {
  if (!existsSync(path)) throw new WrongUse({ zh: `没有 ${path}`, en: `there is no ${path}` })
  if (!statSync(path).isDirectory()) return [path]
  const found = readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => /(^|[/\\])(programme|overlay)\.yaml$/.test(name) && !name.includes('node_modules'))
    .toSorted()
    .map((name) => join(path, name))
  if (found.length > 0) return found
  throw new WrongUse({ zh: `${path} 下没有 programme.yaml`, en: `there is no programme.yaml under ${path}` })
}

/** The worked cases beside a programme, or nothing. */
export function casesBeside(path: string): { readonly path: string; readonly text: string } | undefined {
  const cases = join(dirname(path), 'cases.yaml')
  if (!existsSync(cases)) return undefined
  const text = readFileSync(cases, 'utf8')
  const measure = readFileSync(path, 'utf8')
  const base = isOverlay(measure) ? baseOf(measure) : undefined
  if (base === undefined) return { path: cases, text }
  const under = join(dirname(path), dirname(base), 'cases.yaml')
  const composed = composeCases({ text, file: cases }, { text: readFileSync(under, 'utf8'), file: under })
  return { path: cases, text: composed ?? text }
}

/** `file:line:column: error: sentence. Did you mean …?` */
export function diagnosticLines(diagnostics: readonly Diagnostic[]): string[] {
  const words = { error: said({ zh: '错误', en: 'error' }), warning: said({ zh: '警告', en: 'warning' }) }
  return diagnostics.map((item) => {
    const { file, line, column, severity, suggestion } = item
    const offer =
      suggestion === undefined
        ? ''
        : `${language() === 'zh' ? '。' : '. '}${sentence({ code: 'policy.did_you_mean', params: { suggestion } }, language())}`
    return `${file}:${line}:${column}: ${words[severity]}: ${sentence(item, language())}${offer}`
  })
}

/** A diagnostic for machines: with its sentences. */
export function diagnosticRecord(item: Diagnostic): Record<string, unknown> {
  return { ...item, message: { zh: sentence(item, 'zh'), en: sentence(item, 'en') } }
}
