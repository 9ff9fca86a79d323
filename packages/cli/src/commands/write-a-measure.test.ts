// docs/guide/write-a-measure.md can be followed: each of its commands is run, in its order, and does its job.
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeEach, expect, test, vi } from 'vitest'

import { useLanguage } from '../language.ts'
import { run } from '../main.ts'

const root = join(import.meta.dirname, '../../../..')
const page = readFileSync(join(root, 'docs/guide/write-a-measure.md'), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'measure-'))
const city = join(folder, 'my-city')
const own = join(city, '2026-compute-voucher')

mkdirSync(own, { recursive: true })
for (const name of ['programme.yaml', 'cases.yaml'])
  copyFileSync(join(root, 'programmes/nanning/2025-compute-reward', name), join(own, name))
writeFileSync(join(city, 'firm.yaml'), 'applicant.kind: enterprise\n')
writeFileSync(join(city, 'firms.csv'), 'id,applicant.kind\na,enterprise\nb,university\n')

beforeEach(() => useLanguage('en'))
afterAll(() => rmSync(folder, { recursive: true }))

const commands = [...page.matchAll(/^suanquan (.+)$/gm)].map(([, words]) => words!)

test('the page has commands', () => expect(commands.length).toBeGreaterThan(8))

test.each(commands)('suanquan %s', async (words) => {
  const spies = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')]
  for (const spy of spies) spy.mockReturnValue(true)
  process.exitCode = 0
  await run(words.split(' ').map((word) => word.replace(/^my-city/, city)))
  const said = spies.map((spy) => spy.mock.calls.map(([text]) => String(text)).join('')).join('')
  const code = process.exitCode
  vi.restoreAllMocks()
  process.exitCode = 0
  expect(code, said).toBe(0)
})

test('what they were to write is there', () => {
  expect(readdirSync(join(city, 'pages'))).toHaveLength(2)
  expect(readFileSync(join(city, 'results.csv'), 'utf8').trimEnd().split('\n')).toHaveLength(3)
})
