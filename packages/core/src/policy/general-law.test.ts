import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { checkProgramme, citationOf, generalLaw, programmeSummary, sanctions } from './index.ts'

const root = new URL('../../../../programmes/', import.meta.url)
const algorithm = readFileSync(new URL('reference/2026-algorithm-voucher/programme.yaml', root), 'utf8')
const { programme } = checkProgramme(algorithm, 'x')

describe('the general law', () => {
  test('is cited by programmes and shown with title, number and article, whoever cites it', () => {
    const stage = programme!.procedure!.stages.find(({ id }) => id === 'sanction')!
    expect(citationOf(programme!, stage.cite)).toMatchObject({
      cite: sanctions.cite,
      source: '财政违法行为处罚处分条例',
      number: '国务院令第427号',
      clause: '14',
      grade: 'A',
    })
    expect(programmeSummary(programme!).citations.at(-1)!.cite).toBe('law.14')
  })
  test('has no other article than those that were seen', () => {
    const { diagnostics } = checkProgramme(algorithm.replace('cite: law.14', 'cite: law.15'), 'x')
    expect(diagnostics).toMatchObject([{ code: 'policy.unknown_clause', suggestion: 'law.14' }])
  })
  test('has the numbers that its clause prints', () => {
    const { zh } = generalLaw.clauses['14']!
    const printed = [...zh.matchAll(/(\d+)(?:%| 元| 万元)/g)].map(([, number]) => Number(number))
    const [least, most] = sanctions.persons
    const known = [...sanctions.fraud, ...sanctions.misuse, least / 100n, most / 1_000_000n]
    expect(printed).toEqual(known.map(Number))
  })
})
