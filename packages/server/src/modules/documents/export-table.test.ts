// Tables taken away, read back: figures are figures, codes are text, nothing runs, and it is in the trail.
import type { BodyOf, DownloadedFile, Routes } from '@suanquan/api'
import { must, testCity } from '@suanquan/testkit'
import fc from 'fast-check'
import readXlsxFile from 'read-excel-file/node'
import { afterAll, expect, test } from 'vitest'
import { csvText } from '../../files/csv.ts'
import { tableAsWorkbook } from './table.ts'

type Table = BodyOf<Routes['exportTable']>

const city = await testCity()
afterAll(() => city.stop())

const table: Table = {
  format: 'xlsx',
  language: 'zh',
  title: '兑付申请',
  address: '/review/claims?state=submitted',
  filter: [{ label: '按状态筛选', value: '审核中' }],
  columns: [
    { label: '单位', kind: 'text' },
    { label: '信用代码', kind: 'text' },
    { label: '金额（元）', kind: 'number' },
    { label: '提交', kind: 'text' },
  ],
  rows: [
    ['=HYPERLINK("http://evil")', '911000001234567890', '1549888.05', '2024-05-06T17:30:00.000Z'],
    ['甲,"乙"\n丙𠮷', '91990101WLMDB5PR5Q', '-12.00', '2024-05-06'],
    ['@SUM(A1)', '000123', '12345678901234567.89', ''],
  ],
}

async function taken(client: ReturnType<typeof city.as>, body: Table): Promise<DownloadedFile> {
  return must(await client.exportTable({ body })) as DownloadedFile
}

async function sheetsOf(bytes: Uint8Array): Promise<unknown[][][]> {
  const sheets = await readXlsxFile(Buffer.from(bytes))
  return sheets.map(({ data }) => data as unknown[][])
}

test('a workbook keeps figures as numbers, codes and formulas as text, and says what it is', async () => {
  const file = await taken(city.as('reviewer'), table)
  expect(file.fileName).toBe('兑付申请 2024-05-08.xlsx')
  const [data, about] = await sheetsOf(file.bytes)
  expect(data).toEqual([
    ['单位', '信用代码', '金额（元）', '提交'],
    ['=HYPERLINK("http://evil")', '911000001234567890', 1_549_888.05, '2024-05-07T01:30:00+08:00'],
    ['甲,"乙"\n丙𠮷', '91990101WLMDB5PR5Q', -12, '2024-05-06'],
    ['@SUM(A1)', '000123', '12345678901234567.89', null],
  ])
  expect(Object.fromEntries(about as [string, string][])).toMatchObject({
    表格: '兑付申请',
    页面: '/review/claims?state=submitted',
    筛选: '按状态筛选：审核中',
    行数: '3',
    导出时间: '2024-05-08T09:00:00+08:00',
    导出人: 'reviewer 某某',
  })
})

test('a CSV is RFC 4180 with a byte order mark, its formulas disarmed, its codes kept whole', async () => {
  const { bytes, fileName } = await taken(city.as('reviewer'), { ...table, format: 'csv' })
  expect(fileName).toBe('兑付申请 2024-05-08.csv')
  expect(Buffer.from(bytes).toString('utf8')).toBe(
    [
      '\ufeff单位,信用代码,金额（元）,提交',
      '"\'=HYPERLINK(""http://evil"")",\t911000001234567890,1549888.05,2024-05-07T01:30:00+08:00',
      '"甲,""乙""\n丙𠮷",91990101WLMDB5PR5Q,-12.00,2024-05-06',
      "'@SUM(A1),\t000123,12345678901234567.89,",
      '',
    ].join('\r\n'),
  )
})

test('no field of a CSV starts a formula, whatever people typed', () => {
  const lead = fc.constantFrom('=', '+', '-', '@', '＝', '|', '\t', '\r', ' =', '\u200b=', '')
  fc.assert(
    fc.property(fc.tuple(lead, fc.string({ unit: 'grapheme' })), ([first, rest]) => {
      const field = csvText([[`${first}${rest}`]])
        .slice(1, -2)
        .replace(/^"/, '')
      expect(/^[\s\u200b\ufeff]*[=+\-@＝＋－＠|]/.test(field) && !/^-?\d+(\.\d+)?$/.test(field)).toBe(false)
    }),
  )
})

test('every amount comes back from a workbook to the fen', async () => {
  const amounts = [0n, 1n, 10n, 99n, 1_549_888n, 999_999_999_999_999n, -5n]
  const rows = amounts.map((fen) => [
    `${fen < 0n ? '-' : ''}${(fen < 0n ? -fen : fen) / 100n}.${String((fen < 0n ? -fen : fen) % 100n).padStart(2, '0')}`,
  ])
  const bytes = await tableAsWorkbook(
    { ...table, columns: [{ label: '元', kind: 'number' }], rows },
    { person: 'x', at: 'x', site: 'x' },
  )
  const [data] = await sheetsOf(bytes)
  expect(data!.slice(1).map(([yuan]) => BigInt(Math.round(Number(yuan) * 100)))).toEqual(amounts)
})

test('whoever takes a table is in the trail, with the page, the filter and how many rows', async () => {
  await taken(city.as('finance'), { ...table, format: 'csv' })
  const trail = must(await city.as('auditor').listAuditEvents({ query: { size: 20 } }))
  expect(
    trail.items.find(({ action, personName }) => action === 'exportTable' && personName === 'finance 某某'),
  ).toMatchObject({
    outcome: 'done',
    reads: true,
    objectLabel: '/review/claims?state=submitted · 3 · csv',
  })
})

test('what cannot be a table is refused: ragged rows, and more than the public may take', async () => {
  const ragged = { ...table, rows: [['x']] }
  expect(await city.as('clerk').exportTable({ body: ragged })).toMatchObject({
    problem: { code: 'exports.ragged' },
  })
  const long = {
    ...table,
    format: 'csv' as const,
    rows: Array.from({ length: 2001 }, () => ['a', 'b', '1', 'd']),
  }
  expect(await city.anybody.exportTable({ body: long })).toMatchObject({
    problem: { code: 'exports.too_many_rows' },
  })
  expect(await city.as('clerk').exportTable({ body: long })).toMatchObject({ ok: true })
})
