// A table of the portal as a file: the words of the page, each value in a form that a spreadsheet does not spoil. Amounts
// are figures in the unit that the column names, days and moments are ISO 8601 in China time; codes and numbers of
// papers are text.
import type { BodyOf, Routes } from '@suanquan/api'
import writeXlsxFile, { type Cell, type Row } from 'write-excel-file/node'
import { csvText } from '../../files/csv.ts'

export type ExportedTable = BodyOf<Routes['exportTable']>
type Column = ExportedTable['columns'][number]

/** Who took the table, when, from where: stands in the file beside the data. */
export interface Imprint {
  readonly person: string
  readonly at: string
  readonly site: string
}

export function tableAsCsv({ columns, rows }: ExportedTable): Uint8Array {
  const head = columns.map(({ label }) => label)
  const body = rows.map((row) => row.map(written))
  return Buffer.from(csvText([head, ...body], (column) => columns[column]!.kind === 'number'))
}

export async function tableAsWorkbook(table: ExportedTable, imprint: Imprint): Promise<Uint8Array> {
  const { columns, rows, language } = table
  const head: Row = columns.map(({ label }) => ({ value: label, type: String, fontWeight: 'bold' as const }))
  const body = rows.map((row): Row => row.map((value, index) => cellOf(value, columns[index]!)))
  const sheets = [
    {
      sheet: language === 'zh' ? '数据' : 'Data',
      data: [head, ...body],
      stickyRowsCount: 1,
      columns: columns.map((column, index) => ({ width: widthOf(column, rows, index) })),
    },
    {
      sheet: language === 'zh' ? '说明' : 'About',
      data: aboutRows(table, imprint),
      columns: [{ width: 18 }, { width: 80 }],
    },
  ]
  return writeXlsxFile(sheets).toBuffer()
}

/** A figure that a spreadsheet keeps to the last digit (15 of them) is a number there; a longer one stays text. */
function cellOf(value: string, { kind }: Column): Cell {
  if (value === '') return null
  const figure = FIGURE.exec(value)
  if (kind !== 'number' || figure === null || value.replace(/\D/g, '').length > 15) {
    return { value: written(value), type: String }
  }
  const decimals = figure[1]?.length ?? 0
  const format = decimals === 0 ? '0' : `#,##0.${'0'.repeat(decimals)}`
  return { value: Number(value), type: Number, format }
}

const FIGURE = /^-?\d+(?:\.(\d{1,9}))?$/
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/

/** Moments are written as people's clocks in China show them. */
function written(value: string): string {
  return INSTANT.test(value) ? inChina(Date.parse(value)) : value
}

/** `2024-05-08T09:00:00+08:00` */
export function inChina(at: number): string {
  return `${new Date(at + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`
}

function widthOf({ label }: Column, rows: readonly (readonly string[])[], index: number): number {
  const longest = rows
    .slice(0, 200)
    .reduce((most, row) => Math.max(most, lengthOf(row[index]!)), lengthOf(label))
  return Math.min(60, Math.max(8, longest + 2))
}

/** Chinese letters are twice as wide. */
function lengthOf(text: string): number {
  return Array.from(text).reduce((sum, letter) => sum + (letter > '\u2e80' ? 2 : 1), 0)
}

function aboutRows(table: ExportedTable, { person, at, site }: Imprint): Row[] {
  const say = (zh: string, en: string): string => (table.language === 'zh' ? zh : en)
  const filter = table.filter.map(({ label, value }) => `${label}${say('：', ': ')}${value}`)
  const rows = [
    [say('表格', 'Table'), table.title],
    [say('平台', 'Site'), site],
    [say('页面', 'Page'), table.address],
    [
      say('筛选', 'Filter'),
      filter.length === 0 ? say('无，全部', 'none: everything') : filter.join(say('；', '; ')),
    ],
    [say('行数', 'Rows'), String(table.rows.length)],
    [say('导出时间', 'Exported at'), at],
    [say('导出人', 'Exported by'), person],
  ] as const
  return rows.map(([label, value]): Row => [
    { value: label, type: String, fontWeight: 'bold' as const },
    { value, type: String },
  ])
}
