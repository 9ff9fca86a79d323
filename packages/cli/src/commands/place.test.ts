import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'

import { useLanguage } from '../language.ts'
import { run } from '../main.ts'

let folder = ''
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'suanquan-place-'))))
afterAll(() => rmSync(folder, { recursive: true }))
beforeEach(() => useLanguage('en'))

/** What a call prints and how it ends. */
async function call(...args: string[]): Promise<{ out: string; err: string; code: unknown }> {
  const [out, err] = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')]
  out.mockReturnValue(true)
  err.mockReturnValue(true)
  process.exitCode = 0
  await run(args)
  const [printed, said] = [out, err].map((stream) => stream.mock.calls.map(([text]) => String(text)).join(''))
  const code = process.exitCode
  vi.restoreAllMocks()
  process.exitCode = 0
  return { out: printed!, err: said!, code }
}

const nodes = (): string =>
  file('nodes.csv', 'sn,cpu_milli,memory_mib,gpu,model\nn1,16000,64000,2,H800\nn2,16000,64000,2,T4\n')
const header = 'name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec\n'

test('place measures allocation, failures by kind, the bound and the time of a decision', async () => {
  const rows = ['a,1000,1000,1,1000,H800', 'b,1000,1000,1,600,', 'c,1000,1000,1,600,', 'd,1000,1000,0,0,']
  const tasks = file('tasks.csv', `${header}${rows.join('\n')}\n`)
  const { out, code } = await call('place', '--nodes', nodes(), '--tasks', tasks, '--seed', '3', '--json')
  const report = JSON.parse(out) as Record<string, number> & { failed: Record<string, number> }
  expect(code).toBe(0)
  expect(report).toMatchObject({ strategy: 'priced', seed: 3, nodes: 2, devices: 4, arrived: 1 })
  expect(Object.keys(report.failed)).toEqual(['cpuOnly', 'sharing', 'oneDevice', 'multiDevice'])
  expect(report['allocatedPercent']).toBeGreaterThan(50)
  expect(report['upperBoundPercent']).toBeGreaterThanOrEqual(report['allocatedPercent']!)
  expect(report['upperBoundPercent']).toBeLessThanOrEqual(100)
  expect(report['medianMicros']).toBeLessThanOrEqual(report['p99Micros']!)
})

test('place knows a strategy under any spelling of its name, and leaves the bound out when asked', async () => {
  const tasks = file('tasks.csv', `${header}a,1000,1000,1,1000,\n`)
  const words = ['place', '--nodes', nodes(), '--tasks', tasks, '--no-bound', '--json']
  for (const [spelling, strategy] of [
    ['BestFit', 'bestfit'],
    ['FGD', 'fgd'],
    ['first-fit', 'firstfit'],
  ] as const)
    expect(JSON.parse((await call(...words, '--strategy', spelling)).out)).toMatchObject({
      strategy,
      upperBoundPercent: null,
    })
})

test('the file placed once is what it is; drawn again is said, in text and JSON', async () => {
  const tasks = file('three.csv', `${header}a,1000,1000,1,1000,\nb,1000,1000,1,1000,\nc,1000,1000,1,500,\n`)
  const words = ['place', '--nodes', nodes(), '--tasks', tasks, '--no-bound']
  const once = JSON.parse((await call(...words, '--arrived', 'file', '--json')).out) as object
  expect(once).toMatchObject({
    arrived: 'file',
    tasks: 3,
    resampled: 0,
    fileRatio: 0.625,
    allocatedPercent: 62.5,
  })
  const again = JSON.parse((await call(...words, '--json')).out) as { tasks: number; resampled: number }
  expect(again.tasks).toBe(3 + again.resampled)
  expect((await call(...words)).out).toMatch(/the file has 3 \(0\.63\), [1-9]\d* were drawn again/)
})

test('failed tasks come with their reason, classes with their prices, the answer first and last', async () => {
  const rows = [
    'a,1000,1000,1,1000,A900',
    'b,1000,1000,3,1000,',
    'c,15000,1000,1,500,T4',
    'd,2000,1000,1,500,T4',
  ]
  const tasks = file('failing.csv', `${header}${rows.join('\n')}\n`)
  const words = ['place', '--nodes', nodes(), '--tasks', tasks, '--arrived', 'file']
  const report = JSON.parse((await call(...words, '--json')).out) as {
    failures: { code: string; example: string; chips: string[] }[]
    prices: { chip: string; device: number }[]
  }
  expect(report.failures.map(({ code, example }) => [example, code]).toSorted()).toEqual([
    ['a', 'no_such_chip'],
    ['b', 'no_class'],
    ['d', 'cpu'],
  ])
  expect(report.prices.map(({ chip }) => chip).toSorted()).toEqual(['H800', 'T4'])
  const lines = (await call(...words)).out.trimEnd().split('\n')
  expect(lines[0]).toMatch(/^allocated .* %, upper bound .* %; 3 of 4 tasks failed$/)
  expect(lines.at(-1)).toBe(lines[0])
  expect(lines.join('\n')).toContain('A900: no node has this chip (a, for one)')
})

test('every decision can be written with its candidates and prices', async () => {
  const tasks = file('tasks.csv', `${header}a,1000,1000,1,1000,H800\n`)
  const written = join(folder, 'decisions.jsonl')
  await call('place', '--nodes', nodes(), '--tasks', tasks, '--arrived', 'file', '--decisions', written)
  const [decision] = readFileSync(written, 'utf8').trimEnd().split('\n')
  expect(JSON.parse(decision!)).toMatchObject({
    task: 'a',
    node: 'n1',
    candidates: expect.arrayContaining([
      expect.objectContaining({ chip: 'T4', excluded: 'chip_not_in_set' }),
      expect.objectContaining({ chip: 'H800', bestNode: 'n1', prices: expect.anything() as object }),
    ]) as object[],
  })
})

test('nodes without devices are named as such, and rows in another order change nothing', async () => {
  const none = file('bare.csv', 'sn,cpu_milli,memory_mib,gpu,model\nn1,16000,64000,0,\n')
  const tasks = file('tasks.csv', `${header}a,1000,1000,1,1000,\nb,1000,1000,1,300,\n`)
  const refused = await call('place', '--nodes', none, '--tasks', tasks)
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('no node has a device')])
  const turned = file('turned.csv', `${header}b,1000,1000,1,300,\na,1000,1000,1,1000,\n`)
  const shown = async (path: string): Promise<object> => {
    const { out } = await call('place', '--nodes', nodes(), '--tasks', path, '--json')
    return { ...(JSON.parse(out) as object), medianMicros: 0, p99Micros: 0 }
  }
  expect(await shown(turned)).toEqual(await shown(tasks))
})

test('place refuses tables it cannot read with a code and exit 1, and wrong words with 2', async () => {
  const tasks = file('tasks.csv', `${header}a,1000,1000,1,2000,\n`)
  const refused = await call('place', '--nodes', nodes(), '--tasks', tasks)
  expect(refused).toMatchObject({ code: 1, out: '' })
  expect(refused.err).toContain('[placement.bad_task]')
  const lacking = file('lacking.csv', 'name,cpu_milli\na,1\n')
  expect((await call('place', '--nodes', nodes(), '--tasks', lacking)).err).toContain('"memory_mib"')
  const absent = await call('place', '--nodes', join(folder, 'none.csv'), '--tasks', lacking)
  expect(absent).toMatchObject({ code: 2, err: `there is no file ${join(folder, 'none.csv')}\n` })
  for (const wrong of [
    ['--strategy', 'best'],
    ['--arrived', '2'],
    ['--seed', '-1'],
  ])
    expect((await call('place', '--nodes', nodes(), '--tasks', tasks, ...wrong)).code).toBe(2)
})

test('capacity reconcile says what a figure means, and an answer is no failure', async () => {
  const explained = await call('capacity', 'reconcile', '2300P', '--chips', 'H800:1184', '--json')
  expect(JSON.parse(explained.out)).toMatchObject({
    status: 'explained',
    readings: [{ precision: 'fp16', sparsity: 'sparse' }, {}, {}],
  })
  expect((await call('capacity', 'reconcile', '4.9万P')).out).toContain('hypothesis')
  const unexplained = await call('capacity', 'reconcile', '70P', '--json')
  expect(unexplained.code).toBe(0)
  expect(JSON.parse(unexplained.out)).toMatchObject({ status: 'unexplained', petaflopsDense16: null })
  const unknown = await call('capacity', 'reconcile', '70P', '--chips', 'H999:8', '--lang', 'zh')
  expect(unknown).toMatchObject({ code: 1 })
  expect(unknown.err).toContain('H999')
})
