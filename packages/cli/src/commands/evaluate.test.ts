import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { seededRandom } from '@suanquan/core'
import { evaluateCommand } from './evaluate.ts'

let folder = ''
let printed: string[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evaluate-'))
  printed = []
  vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line))
  vi.spyOn(console, 'error').mockImplementation((line: string) => void printed.push(line))
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
  await evaluateCommand().parseAsync([design!, file, ...options], { from: 'user' })
  return { output: printed.join('\n'), exit: Number(process.exitCode) }
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

test('in words the result ends with the grade', async () => {
  const { output } = await run(scores(), 'rd', '--outcome', 'y', '--running', 'the, score', '--cutoff', '-5')
  expect(output.split('\n').at(-1)).toBe('design grade B: net effect (净效果)')
})

test('a refused request says why in both languages and leaves with 1', async () => {
  const { output, exit } = await run('a,b\n1,2\n', 'density', '--running', 'c', '--cutoff', '0')
  expect(exit).toBe(1)
  expect(output).toContain('没有名为“c”的列')
  expect(output).toContain('there is no column "c"; there are: a, b')
})

test('a file that cannot be read leaves with 2', async () => {
  await evaluateCommand().parseAsync(
    ['density', join(folder, 'none.csv'), '--running', 'c', '--cutoff', '0'],
    {
      from: 'user',
    },
  )
  expect(process.exitCode).toBe(2)
})
