import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { commands } from './commands.ts'
import { ofEnvironment, useLanguage } from './language.ts'
import { run } from './main.ts'
import { toJson } from './output.ts'

/** What a call prints and how it ends. */
async function call(
  ...args: string[]
): Promise<{ out: string; err: string; code: number | string | undefined }> {
  const [out, err] = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')]
  out.mockReturnValue(true)
  err.mockReturnValue(true)
  process.exitCode = 0
  await run(args)
  const printed = [out, err].map((stream) => stream.mock.calls.map(([text]) => String(text)).join(''))
  const code = process.exitCode
  vi.restoreAllMocks()
  process.exitCode = 0
  return { out: printed[0] ?? '', err: printed[1] ?? '', code }
}

const url = process.env['DATABASE_URL']
beforeEach(() => useLanguage('en'))
afterEach(() => {
  if (url === undefined) delete process.env['DATABASE_URL']
  else process.env['DATABASE_URL'] = url
})

test('the help page names every command and ends well', async () => {
  const { out, code } = await call('--help')
  for (const [name, { en }] of Object.entries(commands)) {
    expect(out).toContain(name)
    expect(out).toContain(en)
  }
  expect(code).toBe(0)
})

test('every command has a help page with an example in both languages', async () => {
  for (const name of Object.keys(commands)) {
    for (const language of ['zh', 'en']) {
      const { out, code } = await call(name, '--help', '--lang', language)
      expect(out).toMatch(new RegExp(`^ .*suanquan ${name}`, 'm'))
      expect(code).toBe(0)
    }
  }
})

test('help follows the language that was asked for', async () => {
  expect((await call('--lang=zh', '--help')).out).toContain('命令：')
  expect((await call('help', 'migrate', '--lang', 'zh')).out).toContain('数据目录')
})

test('wrong use ends with 2: no command, an unknown one, an unknown option, an unknown language', async () => {
  for (const words of [
    [],
    ['nonsense'],
    ['migrate', '--nonsense'],
    ['--lang', 'fr'],
    ['migrate', '--lang'],
  ]) {
    expect((await call(...words)).code).toBe(2)
  }
})

test('a refusal ends with 1, its sentence and its code; --json gives the whole of it', async () => {
  const file = import.meta.filename
  const { err, out, code } = await call('migrate', '--data', file, '--json', '--lang', 'zh')
  expect(code).toBe(1)
  expect(err).toMatch(/不是目录.* \[launcher\.not_a_folder\]\n$/)
  expect(JSON.parse(out)).toMatchObject({
    code: 'launcher.not_a_folder',
    params: { folder: `${file}/postgres` },
  })
})

test('migrate makes a database, brings it up, and finds it done the second time', async () => {
  delete process.env['DATABASE_URL']
  const data = mkdtempSync(join(tmpdir(), 'suanquan-cli-'))
  const first = await call('migrate', '--data', data, '--json')
  expect(first).toMatchObject({ err: '', code: 0 })
  expect((JSON.parse(first.out) as { applied: string[] }).applied[0]).toBe('0001-ledger')
  expect((await call('migrate', '--data', data)).out).toBe('the database is of this version already\n')
  rmSync(data, { recursive: true, force: true })
})

test('a database that does not answer is one sentence', async () => {
  process.env['DATABASE_URL'] = 'postgres://someone@127.0.0.1:1/nowhere'
  const { err, code } = await call('migrate')
  expect([code, err]).toEqual([
    1,
    expect.stringMatching(/^the database that DATABASE_URL names does not answer: .*\n$/),
  ])
})

test('the language comes from the environment in the order of POSIX', () => {
  expect(ofEnvironment({})).toBe('en')
  expect(ofEnvironment({ LANG: 'zh_CN.UTF-8' })).toBe('zh')
  expect(ofEnvironment({ LANG: 'zh_CN.UTF-8', LC_ALL: 'C' })).toBe('en')
})

test('JSON keeps every digit of a bigint', () => {
  expect(toJson({ fen: 9_007_199_254_740_993n })).toBe('{\n  "fen": "9007199254740993"\n}')
})

test('an unknown command has no help page: it is wrong use, in the language that was asked for', async () => {
  expect(await call('nonsense', '--help')).toMatchObject({ code: 2, out: '' })
  const { err } = await call('palce', '--lang', 'zh')
  expect(err).toContain('没有命令 palce')
  expect(err).toContain('是不是 place？')
})

test('in Chinese neither complaints nor notes of the help are English', async () => {
  for (const words of [
    ['place'],
    ['place', '--seed', 'x'],
    ['place', '--order', 'x'],
    ['place', '--nonsense'],
  ])
    expect((await call(...words, '--lang', 'zh')).err).not.toMatch(/error|required|invalid|unknown/)
  const { out } = await call('place', '--help', '--lang', 'zh')
  expect(out).not.toMatch(/default|choices/)
  expect(out).toContain('sn,cpu_milli,memory_mib,gpu,model（必填）')
})
