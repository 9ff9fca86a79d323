import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { seededRandom } from '@suanquan/core'
import { useLanguage } from '../language.ts'
import { run as suanquan } from '../main.ts'

let folder = ''
let printed: string[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evaluate-'))
  printed = []
  useLanguage('en')
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((text) => printed.push(String(text)) > 0)
})
afterEach(() => {
  rmSync(folder, { recursive: true })
  vi.restoreAllMocks()
  process.exitCode = 0
})

async function run(text: string, ...words: string[]): Promise<{ output: string; exit: number }> {
  const file = join(folder, 'data.csv')
  writeFileSync(file, text)
  process.exitCode = 0
  const [design, ...options] = words
  await suanquan(['evaluate', design!, file, ...options])
  return { output: printed.join('').trimEnd(), exit: Number(process.exitCode) }
}

function scores(): string {
  const random = seededRandom('cli')
  const rows = Array.from({ length: 500 }, () => {
    const x = 100 * random.next() - 50
    return `${x},${x / 50 + (x >= -5 ? 2 : 0) + 0.1 * random.normal()}`
  })
  return `"the, score",y\r\n${rows.join('\r\n')}`
}

test('rd prints estimate, error, interval, bandwidth and counts as JSON; a negative cut-off is a value', async () => {
  const { output, exit } = await run(
    scores(),
    'rd',
    '--outcome',
    'y',
    '--running',
    'the, score',
    '--cutoff',
    '-5',
    '--json',
  )
  const answer = JSON.parse(output) as Record<string, number> & { ci: [number, number] }
  expect(exit).toBe(0)
  expect(Math.abs(answer['estimate']! - 2)).toBeLessThan(0.2)
  expect(answer['se']).toBeGreaterThan(0)
  expect(answer.ci[0]).toBeLessThan(answer.ci[1])
  expect(answer['bandwidth']).toBeGreaterThan(0)
  expect(answer['nLeft']).toBeGreaterThan(10)
  expect(answer['nRight']).toBeGreaterThan(10)
})

test('in words the result ends with the grade, in the language that was asked for', async () => {
  const asked = ['rd', '--outcome', 'y', '--running', 'the, score', '--cutoff', '-5']
  const { output } = await run(scores(), ...asked)
  expect(output.split('\n').at(-1)).toBe('design grade B: net effect')
  printed = []
  const chinese = await run(scores(), ...asked, '--lang', 'zh')
  expect(chinese.output.split('\n').at(-1)).toBe('设计等级 B：净效果')
})

test('a refused request says why and leaves with 1', async () => {
  const { output, exit } = await run('a,b\n1,2\n', 'density', '--running', 'c', '--cutoff', '0')
  expect(exit).toBe(1)
  expect(output).toContain('there is no column "c"; there are: a, b [evaluation.no_such_column]')
})

test('a number that is none, a missing option and a file that is not there leave with 2', async () => {
  expect((await run('a\n1\n', 'density', '--running', 'a', '--cutoff', 'x')).exit).toBe(2)
  expect((await run('a\n1\n', 'density', '--running', 'a')).exit).toBe(2)
  await suanquan(['evaluate', 'density', join(folder, 'none.csv'), '--running', 'c', '--cutoff', '0'])
  expect(process.exitCode).toBe(2)
})
