import { testDatabase } from '@suanquan/testkit'
import { mkdtempSync, rmSync, writeFileSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isEmptyFolder, prepareFolder, readMarker, writeMarker } from './folder.ts'
import { demoIds } from './ids.ts'
import { liveAndProve, type ProvedYear } from './once.ts'
import { pdfPage } from './pdf.ts'
import { storyText, tellStory } from './story.ts'

const folders: string[] = []

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'demo-test-'))
  folders.push(folder)
  return folder
}

afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })))

/** Twelve firms from January to October: the first money runs out, the second comes in April; in September they apply after use. */
async function liveTenMonths(seed: number): Promise<ProvedYear> {
  const { address, drop } = await testDatabase()
  try {
    return await liveAndProve({
      seed,
      address,
      dataFolder: newFolder(),
      city: { firms: 12, windows: [{ from: '2024-01-15', to: '2024-02-29' }] },
      tranches: [
        {
          programme: 'voucher',
          document: '试财〔2024〕1号',
          amountFen: 25_000_000n,
          proposedOn: '2024-01-08',
          approvedOn: '2024-01-10',
        },
        {
          programme: 'voucher',
          document: '试财〔2024〕2号',
          amountFen: 300_000_000n,
          proposedOn: '2024-03-25',
          approvedOn: '2024-03-28',
        },
        {
          programme: 'deduction',
          document: '试财〔2024〕4号',
          amountFen: 300_000_000n,
          proposedOn: '2024-02-26',
          approvedOn: '2024-02-28',
        },
        {
          programme: 'after_use',
          document: '试财〔2024〕3号',
          amountFen: 60_000_000n,
          proposedOn: '2024-08-19',
          approvedOn: '2024-08-21',
        },
        {
          programme: 'seller',
          document: '试财〔2024〕5号',
          amountFen: 60_000_000n,
          proposedOn: '2024-08-19',
          approvedOn: '2024-08-21',
        },
        {
          programme: 'automatic',
          document: '试财〔2024〕6号',
          amountFen: 30_000_000n,
          proposedOn: '2024-08-19',
          approvedOn: '2024-08-21',
        },
      ],
      to: '2024-10-31',
    })
  } finally {
    await drop()
  }
}

describe('ten months of a small city', () => {
  let year: ProvedYear
  beforeAll(async () => {
    year = await liveTenMonths(7)
  }, 240_000)

  test('every proof holds: the journal, the decisions, every fen', () => {
    expect(year.books.proofs.filter(({ ok }) => !ok)).toEqual([])
    expect(year.books.proofs).toHaveLength(14)
    expect(year.books.decisions).toBeGreaterThan(12)
  })

  test('all that the story needs has happened', () => {
    const happened = [...year.demo.events].filter(([, times]) => times > 0).map(([event]) => event)
    expect(happened).toEqual(
      expect.arrayContaining([
        'submitted',
        'corrections',
        'corrected',
        'approved',
        'refused',
        'codes_confirmed',
        'refused/enterprise',
        'refused/honest',
        'refused/not_related',
        'waited',
        'funded',
        'notices',
        'objections_upheld',
        'objections_dismissed',
        'issued',
        'runs',
        'runs_known',
        'imports_refused/truncated',
        'claims',
        'claims_approved',
        'lines_paid',
        'after_use/submitted',
        'after_use/approved',
        'awarded',
        'after_use/lines_paid',
        'deduction/deductions',
        'deduction/reversed',
        'deduction/advance',
        'deduction/claims_approved',
        'deduction/lines_paid',
        'seller/submitted',
        'seller/refused/not_related',
        'seller/lines_paid',
        'automatic/offered',
        'automatic/taken',
      ]),
    )
  })

  test('the story tells its last result and hash', () => {
    const story = tellStory(year.demo, year.books)
    expect(story.ok).toBe(true)
    expect(storyText(story).split('\n').at(-1)).toContain(year.books.journalHash)
    expect(JSON.stringify(story, (_, value: unknown) => value)).not.toContain('NaN')
  })
})

test.runIf(process.env['SUANQUAN_FULL'] === '1')(
  'the same seed writes the same journal, another seed another',
  async () => {
    const hash = async (seed: number): Promise<string> => (await liveTenMonths(seed)).books.journalHash
    const first = await hash(7)
    expect(await hash(7)).toBe(first)
    expect(await hash(8)).not.toBe(first)
  },
  480_000,
)

describe('the data folder', () => {
  test('with other data is never touched', async () => {
    const folder = newFolder()
    writeFileSync(join(folder, 'letter.txt'), 'mine')
    expect(isEmptyFolder(folder)).toBe(false)
    await expect(prepareFolder(folder)).rejects.toThrow(folder)
    expect(isEmptyFolder(folder)).toBe(false)
  })

  test('of a demo that was stopped half-way is emptied, but for the marker', async () => {
    const folder = newFolder()
    writeMarker(folder, { state: 'loading', seed: 7, at: 0, accounts: [] })
    mkdirSync(join(folder, 'files', 'ab'), { recursive: true })
    mkdirSync(join(folder, 'postgres'))
    await prepareFolder(folder)
    expect(readMarker(folder)?.state).toBe('loading')
    rmSync(join(folder, 'demo.json'))
    expect(isEmptyFolder(folder)).toBe(true)
  })

  test('of a loaded demo is never emptied', async () => {
    const folder = newFolder()
    writeMarker(folder, { state: 'loaded', seed: 7, at: 0, accounts: [] })
    await expect(prepareFolder(folder)).rejects.toThrow(folder)
  })
})

test('ids repeat for the seed until they become random', () => {
  const [one, two] = [demoIds(7, () => 1_700_000_000_000), demoIds(7, () => 1_700_000_000_000)]
  const id = one.next()
  expect(id).toMatch(/^018bcfe5-6800-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(two.next()).toBe(id)
  one.becomeRandom()
  expect(one.next()).not.toBe(two.next())
})

test('a page of PDF says where each of its objects begins', () => {
  const text = Buffer.from(pdfPage(['营业执照', '示例市'])).toString('latin1')
  const table = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)![1])
  expect(text.slice(table, table + 4)).toBe('xref')
  const places = [...text.slice(table).matchAll(/^(\d{10}) 00000 n $/gm)].map(([, place]) => Number(place))
  places.forEach((place, index) => expect(text.slice(place)).toMatch(new RegExp(`^${index + 1} 0 obj`)))
})
