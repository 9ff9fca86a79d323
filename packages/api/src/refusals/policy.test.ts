import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { refusals } from './index.ts'
import { policyExpressions } from './policy-expressions.ts'
import { policyRules } from './policy-rules.ts'
import { policy } from './policy.ts'

const folder = new URL('../../../core/src/policy/', import.meta.url)
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => readFileSync(new URL(name, folder), 'utf8'))
const written = new Set(
  sources.flatMap((text) => text.match(/(?<=')(policy|money|rate)\.[a-z_]+(?=')/g) ?? []),
)
const catalogue: object = { ...policy, ...policyExpressions, ...policyRules }

test('every code that the policy module says has its sentence in both languages', () => {
  expect([...written].filter((code) => !(code in refusals))).toEqual([])
})

test('no sentence stands for a code that nobody says', () => {
  const offer = 'policy.did_you_mean'
  expect(Object.keys(catalogue).filter((code) => !written.has(code) && code !== offer)).toEqual([])
})
