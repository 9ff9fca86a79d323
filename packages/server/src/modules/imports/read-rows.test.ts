import { importKindNames, importKinds, type ImportKindName } from '@suanquan/api'
import { seededRandom } from '@suanquan/core'
import { generateCreditCode } from '@suanquan/core/party'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CellType } from '../../files/tables/table.ts'
import { readCell } from './read-cell.ts'
import { readRows } from './read-rows.ts'

const column = (kind: ImportKindName, id: string) => importKinds[kind].columns.find((each) => each.id === id)!

function cell(id: string, text: string, type: CellType = 'text'): unknown {
  const read = readCell(column('organisations', id), { text, type })
  return read.ok ? read.value : read.refusal.code
}

describe('a cell', () => {
  test.each([
    ['employees', '１２３', 'text', 123],
    ['employees', '1,234', 'text', 1234],
    ['employees', '80.0', 'number', 80],
    ['employees', '八十', 'text', 'imports.cell_count'],
    ['employees', '-1', 'text', 'imports.cell_count'],
    ['revenueFen', '1,234,567.89', 'text', '123456789'],
    ['revenueFen', '１２．５元', 'text', '1250'],
    ['revenueFen', '0.005', 'text', 'imports.cell_yuan'],
    ['revenueFen', '1e309', 'text', 'imports.cell_yuan'],
    ['revenueFen', '-0.01', 'text', 'imports.cell_yuan'],
    ['revenueFen', '300万元', 'text', '300000000'],
    ['establishedOn', '2018/3/1', 'text', '2018-03-01'],
    ['establishedOn', '2018年3月1日', 'text', '2018-03-01'],
    ['establishedOn', '20180301', 'text', '2018-03-01'],
    ['establishedOn', '43160', 'number', '2018-03-01'],
    ['establishedOn', '43160', 'text', 'imports.serial_date'],
    ['establishedOn', '2018-02-30', 'text', 'imports.cell_date'],
    ['establishedOn', '2018131', 'text', 'imports.cell_date'],
    ['bankAccount', '6222000011112222', 'number', 'imports.lost_digits'],
    ['bankAccount', '6.222E+15', 'text', 'imports.lost_digits'],
    ['bankAccount', '0622 2000 1111 2222', 'text', '0622200011112222'],
    ['bankCode', '3131 0000 0013', 'text', '313100000013'],
    ['bankCode', '31310000001', 'text', 'imports.cell_bank_code'],
    ['bankCode', '313100000013', 'number', 'imports.cell_bank_code'],
    ['creditCode', '91110000802100433B', 'text', '91110000802100433B'],
    ['creditCode', '９1110000802100433B', 'text', 'party.credit_code_full_width'],
    ['creditCode', '911100008021004331', 'number', 'imports.lost_digits'],
    ['name', '=cmd|calc', 'text', 'imports.cell_text'],
    ['name', '#REF!', 'text', 'imports.cell_text'],
    ['name', '甲\u202e乙', 'text', 'imports.cell_text'],
    ['name', '', 'text', 'imports.cell_empty'],
    ['status', 'active', 'text', 'active'],
    ['status', '存续', 'text', 'active'],
    ['status', '在营', 'text', 'imports.cell_choice'],
    ['roles', '供给方、申报主体', 'text', ['applicant', 'provider']],
    ['dishonestWithinThreeYears', '无', 'text', false],
    ['dishonestWithinThreeYears', '', 'text', null],
  ] as const)('%s %j typed as %s is %j', (id, text, type, expected) =>
    expect(cell(id, text, type)).toEqual(expected),
  )

  test('no text whatever makes a reader throw', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...importKindNames),
        fc.nat(20),
        fc.string({ unit: 'binary', maxLength: 40 }),
        fc.constantFrom<CellType>('text', 'number', 'date', 'flag'),
        (kind, at, text, type) => {
          const { columns } = importKinds[kind]
          expect(typeof readCell(columns[at % columns.length]!, { text, type }).ok).toBe('boolean')
        },
      ),
    )
  })
})

describe('rows', () => {
  const random = seededRandom('rows')
  const codes = Array.from({ length: 4 }, () => generateCreditCode(random, '91990101'))
  const head = ['统一社会信用代码', '参保人数']
  const table = (rows: readonly (readonly string[])[]) => ({
    format: 'csv' as const,
    rows: rows.map((cells, index) => ({
      number: index + 1,
      cells: cells.map((text) => ({ text, type: 'text' as const })),
    })),
    merged: [],
  })
  const kind = importKinds.social_insurance

  test('every row below the head comes back once, in order, whole or with its reasons', () => {
    const someCell = fc.oneof(
      fc.constantFrom(...codes, '80', '', '八'),
      fc.string({ unit: 'binary', maxLength: 20 }),
    )
    fc.assert(
      fc.property(fc.array(fc.array(someCell, { maxLength: 4 }), { minLength: 1, maxLength: 12 }), (rows) => {
        const read = readRows(kind, table([['名单'], head, ...rows]))
        if (!read.ok) throw new Error(read.refusal.code)
        expect(read.value.rows.map(({ number }) => number)).toEqual(rows.map((_, index) => index + 3))
        for (const row of read.value.rows) {
          if (row.reasons.length === 0) expect(Object.keys(row.values)).toEqual(['creditCode', 'employees'])
        }
        const good = read.value.rows.filter(({ reasons }) => reasons.length === 0)
        expect(new Set(good.map(({ values }) => values['creditCode'])).size).toBe(good.length)
      }),
    )
  })

  test('of rows that repeat each other the first stands; rows that differ are all refused', () => {
    const rows = [head, [codes[0]!, '1'], [codes[1]!, '2'], [codes[0]!, '1'], [codes[1]!, '3']]
    const read = readRows(kind, table(rows))
    expect(read.ok && read.value.rows.map(({ reasons }) => reasons.map(({ code }) => code))).toEqual([
      [],
      ['imports.rows_differ'],
      ['imports.row_twice'],
      ['imports.rows_differ'],
    ])
  })

  test.each([
    ['no head', [['a', 'b']], 'imports.no_head'],
    ['a missing column', [['统一社会信用代码', '人数'], ['x']], 'imports.columns_missing'],
    ['a column twice', [[...head, '参保人数'], ['x']], 'imports.column_twice'],
    ['no rows', [head], 'imports.no_rows'],
  ])('%s is refused', (_, rows, code) => {
    const read = readRows(kind, table(rows))
    expect(read.ok ? null : read.refusal.code).toBe(code)
  })

  test('columns may stand in any order, in either language; what is not read is named', () => {
    const rows = [
      ['Insured Employees', '备注', 'unified social credit code', '原因'],
      ['7', 'x', codes[0]!, 'y'],
    ]
    const read = readRows(kind, table(rows))
    expect(read.ok && read.value).toMatchObject({
      ignored: ['备注'],
      rows: [{ values: { employees: 7 }, reasons: [] }],
    })
  })
})
