// What the tidy tests look at: the repository's own text files and the imports in them. Imports are found by their
// lines, which is enough for formatted code and needs no compiler.
import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

import { filesBelow } from '../files.mjs'

export const root = join(import.meta.dirname, '../..')

export interface SourceFile {
  /** relative to the repository, with slashes */
  readonly path: string
  readonly text: string
}

export interface Import {
  readonly from: SourceFile
  readonly to: string
}

const TEXT = /\.(ts|tsx|mts|mjs|js|json|ya?ml|md|css|html|sql|sh)$|\.ci\/run$/

export const files: readonly SourceFile[] = filesBelow(root, (path) => TEXT.test(path))
  .filter((path) => !path.endsWith('package-lock.json') && !relative(root, path).startsWith('data/'))
  .map((path) => ({ path: relative(root, path), text: readFileSync(path, 'utf8') }))

/** Hand-written program text. */
export const sources = files.filter(({ path }) => /\.(ts|tsx|mjs|js)$/.test(path))

export const imports: readonly Import[] = sources.flatMap((from) =>
  [...withoutComments(from.text).matchAll(IMPORT())].map((found) => ({
    from,
    to: found[1] ?? found[2] ?? '',
  })),
)

function IMPORT(): RegExp {
  return /^(?:import|export)\b(?:[^'"`;=(]*?\bfrom)?\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm
}

export function isTest(path: string): boolean {
  return /\.(test|journey)\.tsx?$|\/journeys\//.test(path)
}

/** `core` of `packages/core/src/money/fen.ts`, undefined outside the packages. */
export function packageOf(path: string): string | undefined {
  return /^packages\/([\w-]+)\//.exec(path)?.[1]
}

/** Blanks comments out and keeps the lines; strings that look like comments do not occur in formatted code. */
export function withoutComments(text: string): string {
  return text
    .replaceAll(/\/\*[\s\S]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ''))
    .replaceAll(/(^|\s)\/\/.*$/gm, '$1')
}

/** `path:line  what` for each match of a pattern. */
export function hits(file: SourceFile, pattern: RegExp, text = file.text): string[] {
  return text
    .split('\n')
    .flatMap((line, index) =>
      pattern.test(line) ? [`${file.path}:${index + 1}  ${line.trim().slice(0, 120)}`] : [],
    )
}

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
export function readJson<Value>(path: string): Value {
  return JSON.parse(readFileSync(join(root, path), 'utf8')) as Value
}
