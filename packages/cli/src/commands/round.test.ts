// `suanquan round replay`: an honest file holds and ends with 0, a touched one with 1, what is no such file is refused.
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listHashOf, listText, resultOf, type RoundList } from '@suanquan/core/voucher'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { useLanguage } from '../language.ts'
import { run } from '../main.ts'

const folder = mkdtempSync(join(tmpdir(), 'round-command-'))
beforeEach(() => useLanguage('en'))
afterAll(() => {
  process.exitCode = undefined
  rmSync(folder, { recursive: true })
})

const sm3 = (bytes: Uint8Array): Uint8Array => createHash('sm3').update(bytes).digest()
const list: RoundList = {
  number: 'FP-2024-00001',
  rule: 'lottery',
  poolFen: 500n,
  minimumFen: 1n,
  drawName: '双色球第 2024052 期',
  drawOn: '2024-05-10',
  lines: [100n, 200n, 300n].map((claimFen, index) => ({
    number: `n${index}`,
    claimFen,
    completeAt: Date.UTC(2024, 4, 1 + index),
    score: 0,
  })),
}

/** The public data of the round, as its page gives it. */
function published(): { lines: { awardFen: string }[]; shown: string } {
  const listHash = listHashOf(list, sm3)
  const made = resultOf(list, { listHash, shown: '03 07' }, sm3)
  if (!made.ok) throw new Error(made.refusal.code)
  const { out, seed } = made.value
  return {
    id: '01890000-0000-7000-8000-000000000000',
    adoptionId: '01890000-0000-7000-8000-000000000001',
    title: { zh: '测试', en: 'test' },
    number: list.number,
    rule: list.rule,
    state: 'confirmed',
    openedAt: '2024-05-08T00:00:00.000Z',
    lots: 3,
    claimsFen: '600',
    poolFen: '500',
    drawName: list.drawName,
    drawOn: list.drawOn,
    minimumFen: '1',
    listHash,
    hashName: 'SM3',
    shown: '03 07',
    source: '公告',
    seed,
    awardedFen: out.awardedFen.toString(),
    leftFen: out.leftFen.toString(),
    leftWhy: out.leftWhy,
    confirmedAt: '2024-05-11T00:00:00.000Z',
    proposedByMe: false,
    compute: null,
    computeReason: null,
    lines: out.lines.map(({ number, place, awardFen, claimFen, why }) => ({
      number,
      claimFen: claimFen.toString(),
      completeAt: new Date(list.lines.find((line) => line.number === number)!.completeAt).toISOString(),
      score: 0,
      turn: place,
      awardFen: awardFen.toString(),
      why,
    })),
  } as never
}

async function replay(
  value: unknown,
  ...words: string[]
): Promise<{ out: string; err: string; code: unknown }> {
  const file = join(folder, 'round.json')
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value))
  const spies = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')]
  for (const spy of spies) spy.mockReturnValue(true)
  process.exitCode = 0
  await run(['round', 'replay', file, ...words])
  const [out, err] = spies.map((spy) => spy.mock.calls.map(([text]) => String(text)).join(''))
  const code = process.exitCode
  vi.restoreAllMocks()
  process.exitCode = 0
  return { out: out!, err: err!, code }
}

test('an honest file holds, and its list can be hashed with another tool', async () => {
  const { out, code } = await replay(published())
  expect(out).toContain('FP-2024-00001: all 3 numbers are as published')
  expect(code).toBe(0)
  const { out: text } = await replay(published(), '--list')
  expect(text).toBe(listText(list))
})

test('a touched award, or a draw that somebody looked up themselves, ends with 1 and names the number', async () => {
  const round = published()
  const touched = {
    ...round,
    lines: round.lines.map((line, index) => (index === 0 ? { ...line, awardFen: '1' } : line)),
  }
  const { out, code } = await replay(touched)
  expect(out.split('\n').filter((line) => line.includes('differs'))).toHaveLength(1)
  expect(code).toBe(1)
  const other = await replay(round, '--shown', '03 08', '--json')
  expect(JSON.parse(other.out)).toMatchObject({ same: false })
  expect(other.code).toBe(1)
})

test('a changed list, and what is no round, are refused with how to mend it', async () => {
  const round = published()
  const lines = round.lines.map((line) => ({ ...line, claimFen: '999' }))
  expect((await replay({ ...round, lines })).err).toContain('round.list_changed')
  expect(await replay('not JSON')).toMatchObject({
    code: 1,
    err: expect.stringContaining('round.file_unfit'),
  })
  expect((await replay({})).err).toContain('round.file_unfit')
})
