// What the editor offers and says at a place of a real measure, half written lines among them.
import { checkProgramme } from '@suanquan/core/policy'
import { expect, test } from 'vitest'
import cases from '../../../../../programmes/shandong/2025-compute-reward/cases.yaml?raw'
import programme from '../../../../../programmes/shandong/2025-compute-reward/programme.yaml?raw'
import { meaningOf, namesIn, offersAt, placeAt } from './completions.ts'
import { score, vocabulary, type Texts } from './look.ts'

const known = vocabulary()
const labels = (typed: string, above: readonly string[] = [], file: keyof Texts = 'programme'): string[] =>
  offersAt({ vocabulary: known, file, programme }, [...above, typed], above.length, typed).map(
    ({ label }) => label,
  )

test('keys are those of the schema at that place, in blocks and in braces', () => {
  const cap = ['awards:', '  - id: use', '    caps:', '      - id: year']
  expect(labels('', [])).toEqual(expect.arrayContaining(['sources', 'awards']))
  expect(labels('        ', [...cap, '        over:'])).toEqual(
    expect.arrayContaining(['id', 'limit', 'over']),
  )
  expect(labels('          ', [...cap, '        over:'])).toContain('subject')
  expect(labels('        over: {subject: programme, per', cap)).toEqual([
    'subject',
    'period',
    'counts',
    'reading',
  ])
  expect(placeAt(cap, 4, "        over: {subject: 'a, {b', period: ").path).toEqual([
    'awards',
    'caps',
    'over',
    'period',
  ])
})

test('values are the members of the schema, the names of the programme, or what an expression may name', () => {
  expect(labels('status: ')).toContain('draft')
  expect(
    labels('        over: {period: ', ['awards:', '  - id: use', '    caps:', '      - id: year']),
  ).toContain('calendar_year')
  const condition = ['eligibility:', '  - id: kind']
  expect(labels('    require: app', condition)).toEqual(expect.arrayContaining(['applicant.kind']))
  expect(labels('    require: p.', condition)).toContain(`p.${namesIn(programme).parameters[0]}`)
  expect(labels(`    require: 'applicant.kind in ["enterprise", "`, condition)).toContain('university')
  expect(labels('    cite: ', condition)).toEqual(namesIn(programme).clauses)
  expect(labels('    applicant.kind: ', ['facts:', '  ok: &ok'], 'cases')).toContain('maker_team')
})

test('the names of a programme are those that the checker reads', () => {
  const whole = checkProgramme(programme, 'x').programme!
  const names = namesIn(programme)
  expect(names.parameters).toEqual(Object.keys(whole.parameters))
  expect(names.conditions).toEqual(expect.arrayContaining(whole.eligibility.map(({ id }) => id)))
  expect(names.awards).toEqual(whole.awards.map(({ id }) => id))
})

test('a fact is explained by its label and what it may be, in both languages', () => {
  const meaning = meaningOf('applicant.kind', { vocabulary: known, file: 'programme', programme })!
  expect(meaning.zh).toContain('企业')
  expect(meaning.en).toContain('enterprise')
  expect(meaningOf('nothing_of_the_kind', { vocabulary: known, file: 'programme', programme })).toBeNull()
})

test('the score tells how far it is and ends at all faults', () => {
  const told: number[][] = []
  const scored = score({ programme, cases }, (...progress) => void told.push(progress))!
  const [tried, all] = told.at(-1)!
  expect(tried).toBe(all)
  expect(scored.counted + scored.equivalent.length).toBe(all)
})
