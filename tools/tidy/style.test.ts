// The style that a formatter and a linter do not see: sizes, words, powers, clocks, paths, versions, glossary.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { files, hits, isTest, packageOf, readJson, root, sources, withoutComments } from './sources.ts'

const withoutTidy = files.filter(({ path }) => !path.startsWith('tools/tidy/'))

test('no file of program text is longer than 400 lines, no test longer than 600', () => {
  const long = sources
    .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
    .filter(({ path, lines }) => lines > (isTest(path) || /^(tools|bench)\//.test(path) ? 600 : 400))
  expect(long).toEqual([])
})

test('nothing says that it is unfinished', () => {
  // `placeholder` is also an attribute of an input field, and then followed by its value.
  const words =
    /\b(TODO|FIXME|XXX)\b|\b([Ss]tub(bed)?|[Nn]ot implemented|[Ff]or now)\b|\b[Pp]laceholder\b(?!["']?\s*[=:?)}])/
  const looked = withoutTidy.filter(({ path }) => /\.(tsx?|mjs|js|ya?ml)$/.test(path))
  expect(looked.flatMap((file) => hits(file, words))).toEqual([])
})

test('core and city raise only bigints to powers: powInt and powReal are for numbers', () => {
  const power = /Math\.pow|^(?!.*(\dn\s*\*\*|\*\*\s*\d+n|\bBigInt\(.*\*\*)).*[\w)\]]\s*\*\*=?\s*[\w(]/
  const pure = sources.filter(({ path }) => ['core', 'city'].includes(packageOf(path) ?? '') && !isTest(path))
  expect(pure.flatMap((file) => hits(file, power, withoutComments(file.text)))).toEqual([])
})

test('core has no clock, and neither has SQL', () => {
  const core = sources.filter(({ path }) => packageOf(path) === 'core' && !isTest(path))
  const inCore = core.flatMap((file) =>
    hits(file, /\bnew Date\b|\bDate\.now\b|\bperformance\.now\b/, withoutComments(file.text)),
  )
  const inSql = sources
    .filter(({ path }) => path.startsWith('packages/server/src/') && !isTest(path))
    .flatMap((file) =>
      hits(
        file,
        /(?<![.\w])(now\(\)|random\(\)|gen_random_uuid\(\))|\b(current|clock|statement)_timestamp\b/i,
        withoutComments(file.text),
      ),
    )
  expect([...inCore, ...inSql]).toEqual([])
})

test("no file names a place on somebody's machine", () => {
  expect(withoutTidy.flatMap((file) => hits(file, /(^|[\s"'`(=])\/(work|root)\/\w/))).toEqual([])
})

test('no merge was left half-way', () => {
  expect(withoutTidy.flatMap((file) => hits(file, /^(<{7}|>{7}) /))).toEqual([])
})

test('every migration opens with its reason', () => {
  const migrations = sources.filter(({ path }) =>
    /^packages\/server\/src\/database\/migrations\/\d/.test(path),
  )
  expect(migrations.length).toBeGreaterThan(0)
  expect(migrations.filter(({ text }) => !/^\/\/ .{30,}/.test(text)).map(({ path }) => path)).toEqual([])
})

test('every package carries the same version and asks for it', () => {
  const { version, workspaces } = readJson<{ version: string; workspaces: string[] }>('package.json')
  expect(workspaces).toEqual(['packages/*'])
  const manifests = files.filter(({ path }) => /^packages\/[\w-]+\/package\.json$/.test(path))
  const wrong = manifests.filter(({ text }) => {
    const manifest = JSON.parse(text) as { version: string; dependencies?: Record<string, string> }
    const ours = Object.entries(manifest.dependencies ?? {}).filter(([name]) => name.startsWith('@suanquan/'))
    return manifest.version !== version || ours.some(([, asked]) => asked !== version)
  })
  expect(wrong.map(({ path }) => path)).toEqual([])
})

test('every name in the glossary is used by something exported, or the glossary says in which step it comes', () => {
  const glossary = readFileSync(join(root, 'docs/glossary.md'), 'utf8')
  const exported = sources
    .flatMap(({ text }) => [
      ...text.matchAll(/^export (?:async )?(?:type|interface|class|const|function) (\w+)/gm),
    ])
    .map(([, name]) => name?.toLowerCase())
    .join(' ')
  const missing = glossary
    .split('\n')
    .filter((line) => line.startsWith('|') && !/\bstep \d\b/.test(line))
    .flatMap((line) => [...line.matchAll(/`([A-Z]\w+)`/g)].map(([, name = '']) => name))
    .filter((name) => !exported.includes(name.toLowerCase()))
  expect(missing).toEqual([])
})
