// A browser decides by the programme it was sent exactly as the server does by the one it read.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../calendar/index.ts'
import { canonicalText } from '../canonical.ts'
import {
  adopt,
  checkProgramme,
  determine,
  grantFacts,
  isAsked,
  ownCheck,
  packProgramme,
  readAdoption,
  unpackProgramme,
  type AdoptedProgramme,
  type Facts,
} from './index.ts'

const root = new URL('../../../../programmes/', import.meta.url)
const PAIRS = [
  ['beijing/2023-compute-voucher', '2024-adoption'],
  ['chengdu/2025-compute-voucher', '2024-deduction-adoption'],
  ['nanning/2025-compute-reward', '2024-reward-adoption'],
] as const

function adopted([programme, adoption]: readonly [string, string]): AdoptedProgramme {
  const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')
  const checked = checkProgramme(read(`${programme}/programme.yaml`), 'programme.yaml').programme!
  const made = adopt(checked, readAdoption(read(`demo-city/${adoption}.yaml`), 'a.yaml').adoption!)
  if (!made.ok) throw new Error(made.refusal.code)
  return made.value
}

const day = fc.integer({ min: 0, max: 1200 }).map((days) => addDays('2023-07-01', days))

function factArbitrary({
  type,
}: ReturnType<typeof grantFacts>[number]): fc.Arbitrary<string | bigint | boolean> {
  if (type.kind === 'bool') return fc.boolean()
  if (type.kind === 'money') return fc.bigInt(0n, 9_000_000_000n)
  if (type.kind === 'date') return day
  if (type.kind === 'region') return fc.constantFrom('990101', '990103', '990201')
  if (type.kind === 'industry') return fc.constantFrom('I6513', 'M7310', 'A0111')
  if (type.kind === 'enumeration') return fc.constantFrom(...type.members)
  return fc.constant('own')
}

describe.each(PAIRS)('%s', (...pair) => {
  const programme = adopted(pair)
  const sent = unpackProgramme(JSON.parse(JSON.stringify(packProgramme(programme))) as never)
  const asked = grantFacts(programme)
  const someFacts = fc.record(Object.fromEntries(asked.map((fact) => [fact.path, factArbitrary(fact)])), {
    requiredKeys: [],
  })

  test('what was sent decides as what was read, whatever is known', () => {
    fc.assert(
      fc.property(someFacts, day, (facts, on) => {
        const decide = (by: AdoptedProgramme): string =>
          canonicalText(determine(by, { facts: facts as Facts, balances: {}, on }))
        expect(decide(sent)).toBe(decide(programme))
      }),
      { numRuns: 60 },
    )
  })

  test('whoever answers all that is asked is left with nothing unknown but a reviewer’s findings', () => {
    const all = fc.record(
      Object.fromEntries(asked.filter(isAsked).map((fact) => [fact.path, factArbitrary(fact)])),
    )
    fc.assert(
      fc.property(all, day, (facts, on) => {
        const made = ownCheck(sent, facts, on)
        if (!made.ok) throw new Error(made.refusal.code)
        const { determination, expected, toFind } = made.value
        expect(expected.needed).toEqual([])
        expect(determination.needed.filter((fact) => !toFind.includes(fact))).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  test('what is asked names no person and no number of a document', () => {
    expect(asked.filter(isAsked).map(({ type }) => type.kind)).not.toContain('string')
    expect(asked.length).toBeGreaterThan(5)
  })
})
