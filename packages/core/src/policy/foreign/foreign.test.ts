// Three measures written as prose by somebody who had not seen the engine, with worked examples (clauses.md). Each is
// encoded in YAML alone; what of it the YAML does not say stands in its file `not-said.md`.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { env } from 'node:process'
import { describe, expect, test } from 'vitest'
import { checkProgramme, mutationScore, runCases } from '../index.ts'

const root = new URL('./', import.meta.url)
const folders = readdirSync(root).filter((name) => existsSync(new URL(`${name}/programme.yaml`, root)))
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')

describe.each(folders)('%s', (folder) => {
  const { programme, diagnostics } = checkProgramme(read(`${folder}/programme.yaml`), 'programme.yaml')
  const cases = read(`${folder}/cases.yaml`)
  const run = programme && runCases(programme, cases, 'cases.yaml')

  test('has no fault and says what it could not say', () => {
    expect(diagnostics).toEqual([])
    expect(read(`${folder}/not-said.md`).length).toBeGreaterThan(100)
  })
  test('every worked example comes to what its author expects', () => {
    expect(run!.diagnostics).toEqual([])
    expect(run!.results.filter(({ passed }) => !passed)).toEqual([])
    const examples = [...read(`${folder}/clauses.md`).matchAll(/^\*\*例(\d+)/gm)].map(([, number]) => number)
    const worked = new Set(run!.results.map(({ name }) => /^例(\d+)/.exec(name)?.[1]))
    const left =
      /^Examples not worked: (.*)$/m
        .exec(read(`${folder}/not-said.md`))?.[1]
        ?.split(', ')
        .filter((number) => number !== 'none') ?? []
    expect(examples.filter((number) => !worked.has(number))).toEqual(left)
  })
  test.runIf(env['SUANQUAN_FULL'] === '1')('its cases notice 95 % of the planted faults', () => {
    const score = mutationScore(programme!, cases, 'cases.yaml')
    expect(score.basisPoints, JSON.stringify(score.survivors.slice(0, 40), null, 1)).toBeGreaterThanOrEqual(
      9_500,
    )
  })
})
