import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
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
