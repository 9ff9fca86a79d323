// Overlays: composed before the check, bounded by their measure, findings in the file where the part stands.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  baseOf,
  checkProgramme,
  composeCases,
  composeOverlay,
  mutationScore,
  programmeHash,
  runCases,
} from '../index.ts'
import type { Composed } from '../index.ts'

const root = new URL('../../../../../programmes/', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')
const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()
const base = read('wuxi/2025-compute-reward/programme.yaml')
const head = (kind: string): string => `suanquan: overlay/v1
kind: ${kind}
of: cn.wuxi.compute_reward@2025.1
base: ../wuxi/programme.yaml
version: 2026.r
sources: [{id: idea, kind: proposal, grade: U, title: 试算, clauses: {all: {zh: 试算, en: a trial}}}]
governs: {from: 2026-01-01, cite: idea.all}
`
const compose = (text: string): Composed =>
  composeOverlay({ text, file: 'overlay.yaml' }, { text: base, file: 'base.yaml' })
const rate = (value: string): string =>
  `set: {parameters.outside_rate.values: {2026-01-01: ${value}}, parameters.outside_rate.cite: idea.all}\n`

const folders = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('overlay.yaml'))
  .map((path) => path.replace(/\/?overlay\.yaml$/, ''))
test('two measures or more have a yearly guide', () => expect(folders.length).toBeGreaterThanOrEqual(2))

describe.each(folders)('%s', (folder) => {
  const under = join(folder, dirname(baseOf(read(`${folder}/overlay.yaml`))!))
  const measure = { text: read(`${under}/programme.yaml`), file: `${under}/programme.yaml` }
  const overlay = { text: read(`${folder}/overlay.yaml`), file: `${folder}/overlay.yaml` }
  const composed = composeOverlay(overlay, measure)
  const cases = composeCases(
    { text: read(`${folder}/cases.yaml`), file: 'cases.yaml' },
    { text: read(`${under}/cases.yaml`), file: 'cases.yaml' },
  )!

  test('is whole, and is the programme of its composed text', () => {
    expect(composed.diagnostics).toEqual([])
    const alone = checkProgramme(composed.text!, 'x')
    expect(alone.diagnostics).toEqual([])
    expect(alone.programme!.version).not.toBe(checkProgramme(measure.text, 'x').programme!.version)
    const hash = programmeHash(composed.text!, sha256)
    expect(hash).not.toBe(programmeHash(measure.text, sha256))
    expect(programmeHash(composeOverlay(overlay, measure).text!, sha256)).toBe(hash)
  })
  test('its cases and those of the measure pass, and notice the planted faults', () => {
    const run = runCases(composed.programme!, cases, 'cases.yaml')
    expect(run.diagnostics).toEqual([])
    expect(run.results.filter(({ passed }) => !passed)).toEqual([])
    expect(mutationScore(composed.programme!, cases, 'cases.yaml').survivors).toEqual([])
  })
})

describe('a guide', () => {
  test('may lower a ceiling; the rest is the measure’s', () => {
    const { programme, diagnostics } = compose(head('guide') + rate('10%'))
    expect(diagnostics).toEqual([])
    expect(programme!.parameters['outside_rate']!.values).toMatchObject([
      { from: '2026-01-01', written: '10%' },
    ])
    expect(programme!.parameters['outside_rate']!.cite).toBe('idea.all')
    expect(programme!.status).toBe('draft')
    expect(programme!.sources.map(({ id }) => id)).toEqual(['press', 'idea'])
  })
  test('never raises one: the finding stands in the guide', () => {
    expect(compose(head('guide') + rate('16%')).diagnostics).toMatchObject([
      { code: 'policy.guide_beyond_bounds', file: 'overlay.yaml', line: 8, params: { name: 'outside_rate' } },
    ])
  })
  test('never turns a ceiling into a fixed number', () => {
    const text = head('guide') + 'set: {parameters.outside_rate.bound: exact}\n'
    expect(compose(text).diagnostics).toMatchObject([{ code: 'policy.guide_beyond_bounds' }])
  })
  test('never governs before its measure', () => {
    const early = (head('guide') + rate('10%')).replaceAll('2026-01-01', '2019-01-01')
    expect(compose(early).diagnostics).toMatchObject([
      { code: 'policy.guide_outside_measure', file: 'overlay.yaml', line: 7 },
    ])
  })
})

test('a reform may change anything, and nobody can adopt it', () => {
  const { programme, diagnostics } = compose(head('reform') + rate('40%'))
  expect(diagnostics).toEqual([])
  expect(programme!.status).toBe('proposed')
})

describe('a finding points into the file of the part', () => {
  test('a rate that the overlay wrote wrongly', () => {
    expect(compose(head('reform') + rate('130%')).diagnostics).toMatchObject([
      { code: 'rate.above_one', file: 'overlay.yaml', line: 8 },
    ])
  })
  test('an expression inside the overlay', () => {
    const text = `${head('reform')}set:\n  eligibility.not_related.require: '!partys.related'\n`
    expect(compose(text).diagnostics).toMatchObject([
      { code: 'policy.unknown_fact', file: 'overlay.yaml', line: 9, suggestion: 'parties.related' },
    ])
  })
  test('what the overlay took away and the base still reads', () => {
    const { diagnostics } = compose(`${head('reform')}remove: [parameters.outside_rate]\n`)
    expect(diagnostics[0]).toMatchObject({ code: 'policy.unknown_parameter', file: 'base.yaml' })
  })
  test('a part that is not there, with the nearest that is', () => {
    const text = `${head('reform')}set: {parameters.outsde_rate.values: {2026-01-01: 10%}}\n`
    expect(compose(text).diagnostics).toMatchObject([
      {
        code: 'policy.overlay_no_part',
        file: 'overlay.yaml',
        params: { part: 'outsde_rate' },
        suggestion: 'outside_rate',
      },
    ])
  })
  test('a base that is another programme', () => {
    const text = head('reform').replace('cn.wuxi.compute_reward@2025.1', 'cn.wuxi.compute_reward@2024.1')
    expect(compose(text).diagnostics).toMatchObject([{ code: 'policy.overlay_of_another', line: 3 }])
  })
})
