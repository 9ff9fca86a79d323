import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'

import { useLanguage } from './language.ts'
import { run } from './main.ts'
import { readText } from './read-file.ts'

let folder = ''
const file = (name: string, bytes: Uint8Array | string): string => {
  writeFileSync(join(folder, name), bytes)
  return join(folder, name)
}
beforeAll(() => {
  useLanguage('en')
  folder = mkdtempSync(join(tmpdir(), 'read-file-'))
})
afterAll(() => rmSync(folder, { recursive: true }))
afterEach(() => {
  vi.restoreAllMocks()
  process.exitCode = 0
})

test('a table in GBK, as Chinese Excel writes it, is read and that is said', () => {
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const gbk = Uint8Array.from([0xb7, 0xd6, 0xca, 0xfd, 0x2c, 0x79, 0x0a])
  expect(readText(file('gbk.csv', gbk))).toBe('分数,y\n')
  expect(said.mock.calls.join('')).toContain('not UTF-8; read as GB 18030')
})

test('UTF-16 is read, UTF-8 without a word', () => {
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  expect(readText(file('plain.csv', '分数,y\n'))).toBe('分数,y\n')
  expect(said).not.toHaveBeenCalled()
  expect(readText(file('wide.csv', Buffer.from('\uFEFF分数', 'utf16le')))).toBe('分数')
})

test('a workbook, bytes of no text and a folder are wrong use', () => {
  expect(() => readText(file('a.xlsx', Uint8Array.from([0x50, 0x4b, 3, 4, 0])))).toThrow('Excel workbook')
  expect(() => readText(file('b.csv', Uint8Array.from([0xff, 0xff, 0xff])))).toThrow('neither UTF-8 nor GBK')
  expect(() => readText(folder)).toThrow('is a folder')
})

test('a file that is not there is wrong use in every command that reads one', async () => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const none = join(folder, 'none.csv')
  for (const words of [
    ['place', '--nodes', none, '--tasks', none],
    ['feasibility', 'review', none],
    ['evaluate', 'density', none, '--running', 'x', '--cutoff', '0'],
    ['scorecard', 'demo', '--year', '2026', '--facts', none],
    ['supervise', none],
  ]) {
    process.exitCode = 0
    await run(words)
    expect([words[0], process.exitCode]).toEqual([words[0], 2])
  }
})
