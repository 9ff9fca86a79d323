// `suanquan take-over`: templates are written with what each column means and never over a file that is there; a folder
// without files, and a check that names no programme, say what to do.
import { takeOverSheets, takeOverSheetNames } from '@suanquan/api'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { useLanguage } from '../language.ts'
import { run } from '../main.ts'

const folder = mkdtempSync(join(tmpdir(), 'take-over-command-'))
beforeEach(() => useLanguage('en'))
afterAll(() => {
  process.exitCode = undefined
  rmSync(folder, { recursive: true })
})

async function said(...words: string[]): Promise<{ out: string; err: string; code: unknown }> {
  const spies = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')]
  for (const spy of spies) spy.mockReturnValue(true)
  process.exitCode = 0
  await run(['take-over', ...words])
  const [out, err] = spies.map((spy) => spy.mock.calls.map(([text]) => String(text)).join(''))
  const code = process.exitCode
  vi.restoreAllMocks()
  process.exitCode = 0
  return { out: out!, err: err!, code }
}

test('a template of each sheet has its heads and their meanings, and is not written over a file', async () => {
  const { out, code } = await said('template', join(folder, 'made'), '--json')
  expect(code).toBe(0)
  expect((JSON.parse(out) as { files: string[] }).files).toHaveLength(takeOverSheetNames.length)
  const text = readFileSync(join(folder, 'made', 'vouchers.csv'), 'utf8')
  for (const { head, meaning } of takeOverSheets.vouchers.columns) {
    expect(text).toContain(`"${head.zh}"`)
    expect(text).toContain(meaning.zh)
  }
  expect(await said('template', join(folder, 'made'))).toMatchObject({ code: 2 })
})

test('a folder without files of a take-over is said so before anybody signs in', async () => {
  const { err, code } = await said('check', folder, '--login', 'finance')
  expect(code).toBe(2)
  expect(err).toContain('no files of a take-over')
})
