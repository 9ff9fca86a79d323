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

test('rd names the robust pair and the conventional one, counts what it left out, and gives the unit', async () => {
  const asked = [
    'rd',
    '--outcome',
    'y',
    '--running',
    'the, score',
    '--cutoff',
    '-5',
    '--outcome-unit',
    'yuan',
  ]
  const { output } = await run(`${scores()}\r\n,1\r\n`, ...asked)
  expect(output).toContain('500 rows used, 1 left out for missing values')
  const [plain, robust] = output.split('\n').filter((line) => line.includes('95%'))
  expect(plain).toContain('conventional (not corrected for bias)')
  const [, estimate, se, low] = /robust (\S+) yuan {2}se (\S+) {2}95% \[(\S+), /.exec(robust!)!.map(Number)
  expect(Math.abs(estimate! - 1.96 * se! - low!)).toBeLessThan(0.02)
  expect(output).toContain('density test passed')
})

const six = 'y,d,u\n9,1,1\n10,1,1\n13,1,1\n6,0,0\n7,0,0\n8,0,0\n'

test('a lottery of six firms shows the exact test beside the normal one and goes by the cautious one', async () => {
  const { output } = await run(six, 'lottery', '--outcome', 'y', '--treated', 'd', '--lang', 'zh')
  expect(output).toMatch(/置换检验 p 0\.(09|1)/)
  expect(output).toContain('不能排除零效果')
  expect(output).toContain('注意：单位太少')
})

test('take-up and adjusted estimates that were asked for are in the text', async () => {
  const rows = Array.from({ length: 60 }, (_, i) => `${i % 7},${i % 2},${i % 3 ? i % 2 : 0},${i % 5}`)
  const asked = ['lottery', '--outcome', 'y', '--treated', 'd', '--used', 'u', '--covariates', 'x']
  const { output } = await run(`y,d,u,x\n${rows.join('\n')}`, ...asked)
  for (const line of [
    'effect per user',
    'difference in use by the draw',
    'adjusted (ANCOVA)',
    'adjusted (Lin)',
  ])
    expect(output).toContain(line)
})

test('a lowered grade says why and what would settle it, in the text and as codes', async () => {
  const table = 'y,d,t\n1,0,0\n2,0,0\n3,0,1\n4,0,1\n2,1,0\n3,1,0\n8,1,1\n9,1,1\n'
  const asked = ['did', '--outcome', 'y', '--treated', 'd', '--post', 't']
  const { output } = await run(table, ...asked)
  expect(output).toContain('caution: two periods cannot show that trends ran parallel; add earlier periods')
  printed = []
  const answer = JSON.parse((await run(table, ...asked, '--json')).output) as {
    effect: { cautions: string[] }
  }
  expect(answer.effect.cautions).toContain('two_periods_only')
})

test('what there is too little of is said in words', async () => {
  const table = 's,y\n1,1\n2,2\n3,3\n4,4\n'
  const asked = ['rd', '--outcome', 'y', '--running', 's', '--cutoff', '3', '--lang', 'zh']
  expect((await run(table, ...asked)).output).toContain('断点左侧的不同分值 只有 2 个')
})
