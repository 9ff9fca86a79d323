// Facts of a programme's own: an author who writes YAML only may read what no schema has foreseen.
import { expect, test } from 'vitest'
import { readFileSync } from 'node:fs'
import { checkProgramme, determine, grantFacts, packProgramme, unpackBare } from './index.ts'

const wuxi = readFileSync(
  new URL('../../../../programmes/wuxi/2025-compute-reward/programme.yaml', import.meta.url),
  'utf8',
)
const own = `own_facts:
  own.green_fee: {type: money, source: document, label: {zh: 绿电费用, en: fee for green power}}
  own.tier: {type: choice, options: {one: {zh: 一类, en: one}, two: {zh: 二类, en: two}}, source: declared, label: {zh: 类别, en: tier}}

parameters:`
const text = wuxi
  .replace('parameters:', own)
  .replace(
    'is: contract.settled_local,',
    'is: "own.tier == \'one\' ? own.green_fee : contract.settled_local",',
  )

test('own facts are read with their types and travel to a browser', () => {
  const { programme, diagnostics } = checkProgramme(text, 'x')
  expect(diagnostics).toEqual([])
  expect(grantFacts(programme!).map(({ path }) => path)).toEqual(
    expect.arrayContaining(['own.green_fee', 'own.tier']),
  )
  const facts = { 'own.green_fee': '10万元', 'own.tier': 'one', 'application.submitted_on': '2025-06-01' }
  const there = unpackBare(packProgramme(programme!))
  for (const each of [programme!, there]) {
    const found = determine(each, { facts, balances: {}, award: 'local' })
    expect(found.ok && found.value.steps[0]!.amount).toBe(10_000_000n)
    expect(
      determine(each, { facts: { ...facts, 'own.tier': 'three' }, balances: {}, award: 'local' }).ok,
    ).toBe(false)
  }
})

test('an own fact is named own.…, so that it can stand for no other', () => {
  const shadow = text.replaceAll('own.green_fee', 'contract.amount')
  expect(checkProgramme(shadow, 'x').programme).toBeUndefined()
  const unknown = text.replace('? own.green_fee', '? own.green_feee')
  expect(checkProgramme(unknown, 'x').diagnostics.map(({ code }) => code)).toEqual(['policy.unknown_fact'])
})
