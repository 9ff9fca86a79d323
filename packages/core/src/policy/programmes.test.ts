// The programmes in this repository: each is checked and its worked cases pass. Whether its cases notice planted faults is
// held by `tools/mutation-scores.ts`.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { addDays } from '../calendar/index.ts'
import { checkProgramme, editorSchemas, mutationScore, programmeHash, runCases } from './index.ts'

const root = new URL('../../../../programmes/', import.meta.url)
const folders = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('programme.yaml'))
  .map((path) => path.replace(/\/?programme\.yaml$/, ''))
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')
const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()

const FOUNDING =
  `chengdu shanghai hangzhou wuxi beijing wuhan shandong dongguan shenzhen jiaxing linping langfang guizhou
  qingyang`.split(/\s+/)

test('every place that the founding documents name has a programme', () => {
  const places = new Set(folders.map((folder) => folder.split('/')[0]))
  expect(FOUNDING.filter((place) => !places.has(place))).toEqual([])
})

describe.each(folders)('%s', (folder) => {
  const text = read(`${folder}/programme.yaml`)
  const { programme, diagnostics } = checkProgramme(text, 'programme.yaml')
  const cases = read(`${folder}/cases.yaml`)

  test('has no fault', () => expect(diagnostics).toEqual([]))
  test('says in clauses.md how its clauses were read', () =>
    expect(existsSync(new URL(`${folder}/clauses.md`, root))).toBe(true))
  test('every worked case passes', () => {
    const run = runCases(programme!, cases, 'cases.yaml')
    expect(run.diagnostics).toEqual([])
    expect(run.results.filter((result) => !result.passed)).toEqual([])
    expect(run.passed).toBeGreaterThan(10)
  })
})

test('versions of one measure follow one another without overlap or gap', () => {
  const versions = folders.map(
    (folder) => checkProgramme(read(`${folder}/programme.yaml`), folder).programme!,
  )
  const wrong = versions.flatMap(({ id, version, governs: { from } }) => {
    const earlier = versions.filter((other) => other.id === id && other.governs.from < from)
    const before = earlier.toSorted((a, b) => (a.governs.from < b.governs.from ? 1 : -1))[0]
    const { to } = before?.governs ?? {}
    const follows = before === undefined || (to !== undefined && addDays(to, 1) === from)
    return follows ? [] : [`${id}@${version} after ${before.version}`]
  })
  expect(wrong).toEqual([])
  expect(versions.filter(({ id }) => id === 'cn.shanghai.compute_voucher')).toHaveLength(3)
})

describe('the runner can fail', () => {
  const folder = 'beijing/2023-compute-voucher'
  const { programme } = checkProgramme(read(`${folder}/programme.yaml`), 'x')
  const cases = read(`${folder}/cases.yaml`)
  test('a wrong expectation is shown with what came instead, at its line', () => {
    const wrong = cases.replace('ceiling: 160万元', 'ceiling: 161万元')
    const { results } = runCases(programme!, wrong, 'x')
    const line = wrong.slice(0, wrong.indexOf('- name: 案例 1')).split('\n').length
    expect(results.filter((item) => !item.passed)).toMatchObject([
      { line, differences: [{ output: 'ceiling', expected: '161万元', actual: '160万元' }] },
    ])
  })
  test('a case that names no fact or no cap is a fault of the file', () => {
    const wrong = cases
      .replace('contract.district_subsidy: true', 'contract.distrit_subsidy: true')
      .replace('{pool: {granted: 9970万元}}', '{pol: {granted: 9970万元}}')
    expect(runCases(programme!, wrong, 'x').diagnostics).toMatchObject([
      { code: 'policy.unknown_fact', suggestion: 'contract.district_subsidy' },
      { code: 'policy.unknown_cap', suggestion: 'pool' },
    ])
  })
  test('a case taken away lets a planted fault live, and it is named', () => {
    const fewer = cases.replace(/  - name: 案例 8[^]*?(?=  - name: 案例 10)/, '')
    const { survivors, basisPoints } = mutationScore(programme!, fewer, 'x')
    expect(survivors).toEqual(['parameters.grants_per_contract: int + 1'])
    expect(basisPoints).toBeLessThan(10_000)
  })
})

test('the hash of a programme is that of its content, not of its layout', () => {
  const text = read('nanning/2025-compute-reward/programme.yaml')
  const hash = programmeHash(text, sha256)
  expect(programmeHash(`# a comment\n${text}\n`, sha256)).toBe(hash)
  expect(programmeHash(text.replace('instrument:', 'instrument :  '), sha256)).toBe(hash)
  const changed = text.replace('workdays: p.review_workdays', 'workdays: p.notice_workdays')
  expect(programmeHash(changed, sha256)).not.toBe(hash)
})

test.each([
  ['schema.json', editorSchemas.programme],
  ['cases.schema.json', editorSchemas.cases],
  ['adoption.schema.json', editorSchemas.adoption],
  ['overlay.schema.json', editorSchemas.overlay],
  ['overlay-cases.schema.json', editorSchemas['overlay-cases']],
])('programmes/%s is what the checker holds files against', (file, schema) => {
  expect(JSON.parse(read(file))).toEqual(JSON.parse(JSON.stringify(schema())))
})

test('every file names its schema, so that editors complete and underline', () => {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.yaml'),
  )
  const silent = files.filter((path) => {
    const named = /^# yaml-language-server: \$schema=(\S+)\n/.exec(read(path))?.[1]
    return named === undefined || !existsSync(new URL(named, new URL(path, root)))
  })
  expect(silent).toEqual([])
})
