import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import {
  adoptionFaults,
  checkProgramme,
  compareProgrammes,
  foreseeCases,
  rulesOf,
  withDecisions,
} from './index.ts'

const folder = `${import.meta.dirname}/../../../../programmes/beijing/2023-compute-voucher`
const text = readFileSync(`${folder}/programme.yaml`, 'utf8')
const programmeOf = (yaml: string) => checkProgramme(yaml, 'programme.yaml').programme!
const published = programmeOf(text)

test('the layout of a file makes no difference, its values do, each under its path', () => {
  expect(compareProgrammes(published, programmeOf(`# a comment\n${text}\n`))).toEqual([])
  const changed = programmeOf(text.replace(/200万元/, '1500000元'))
  const found = compareProgrammes(published, changed)
  expect(found.length).toBeGreaterThan(0)
  expect(found.some(({ before, after }) => before?.includes('200万元') && after?.includes('150万元'))).toBe(
    true,
  )
  expect(found.every(({ path }) => path.startsWith('parameters.'))).toBe(true)
})

test('every rule says what it is and where it comes from', () => {
  const rules = rulesOf(published)
  expect(rules.map(({ path }) => path)).toContain('awards.compute.caps.enterprise_year')
  expect(
    rules.every(
      ({ is, cite, basis }) => (is !== '' || basis === 'open') && (cite !== null || basis !== 'cited'),
    ),
  ).toBe(true)
  expect(new Set(rules.map(({ path }) => path)).size).toBe(rules.length)
})

const none = {
  id: 'x',
  programme: `${published.id}@${published.version}`,
  title: null,
  authority: { zh: '局', en: 'bureau' },
  jurisdiction: '990100',
  districts: [],
  governs: null,
  procedure: null,
  adoptedOn: '2023-12-20',
  answers: {},
  parameters: {},
}

test('an adoption that is being answered says what is missing and what does not fit', () => {
  const [missing] = adoptionFaults(published, none)
  expect(missing).toMatchObject({ code: 'policy.adoption_incomplete' })
  expect(missing!.items).toContain('pool')
  const answer = { value: 'many', source: '决定', signedBy: '某' }
  const faults = adoptionFaults(published, { ...none, answers: { pool: answer } })
  expect(faults.find(({ code }) => code === 'policy.adoption_bad_values')?.items).toEqual(['pool'])
})

test('the example cases are foreseen with the decisions taken so far', () => {
  const cases = readFileSync(`${folder}/cases.yaml`, 'utf8')
  const city = { value: '9901', source: '决定', signedBy: '某' }
  const decided = withDecisions(published, { ...none, parameters: { city } })
  const [first] = foreseeCases({ published, decided }, cases)
  expect(first).toMatchObject({ published: { outcome: 'supported', ceiling: '160万元' } })
  expect(first!.decided).toMatchObject({ outcome: 'not_eligible' })
})
