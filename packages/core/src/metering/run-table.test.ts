import { describe, expect, test } from 'vitest'
import { startOf } from '../calendar/index.ts'
import { readRunTable, RUN_COLUMNS, type RunTable } from './index.ts'

const HEAD = RUN_COLUMNS.map(({ zh }) => zh)
const ROW =
  'gn|run-1|e91510100ma6c0000x1|v1||2026-03-01 07:59:00|2026-03-01 08:00:00|2026-03-01T10:00:00+08:00||A100|8||n1'

const eight = startOf('2026-03-01') / 1000 + 8 * 3600

function read(rows: readonly string[], head: readonly string[] = HEAD): RunTable {
  const cells = [head, ...rows.map((row) => row.split('|'))]
  const table = readRunTable(cells.map((row, index) => ({ number: index + 1, cells: row })))
  if (!table.ok) throw new Error(JSON.stringify(table.refusal))
  return table.value
}
const changed = (field: string, text: string): string =>
  ROW.split('|')
    .map((cell, index) => (RUN_COLUMNS[index]!.field === field ? text : cell))
    .join('|')

test('a row is a run: its times in China time, its cards by chip, its seconds between start and end', () => {
  const { records, faults } = read([ROW])
  expect(faults).toEqual([])
  expect(records).toMatchObject([
    {
      key: `gn/run-1/${eight - 60}/${eight}`,
      creditCode: '91510100MA6C0000X1',
      qos: 'v1',
      state: 'COMPLETED',
      elapsedSeconds: 7200,
      gpus: 8,
      chips: [{ chip: 'a100', cards: 8 }],
    },
  ])
})

test('English heads in another order, full-width digits and what is still running are read, too', () => {
  const order = [...RUN_COLUMNS].reverse()
  const cells = changed('cards', '８').split('|')
  cells[RUN_COLUMNS.findIndex(({ field }) => field === 'endedAt')] = ''
  cells[RUN_COLUMNS.findIndex(({ field }) => field === 'usedSeconds')] = '60'
  const { records, faults } = read(
    [[...cells].reverse().join('|')],
    order.map(({ en }) => ` ${en.toUpperCase()}*`),
  )
  expect(faults).toEqual([])
  expect(records).toMatchObject([{ state: 'RUNNING', endedAt: null, elapsedSeconds: 60, gpus: 8 }])
})

describe('a fault is told with its row and column', () => {
  test.each([
    ['metering.field_missing', 'account', ''],
    ['metering.field_no_name', 'run', 'a/b'],
    ['metering.field_no_time', 'startedAt', '2026-02-30 08:00:00'],
    ['metering.field_no_time', 'endedAt', '46082.5'],
    ['metering.field_no_count', 'cards', '8.5'],
    ['metering.field_no_count', 'shards', '-1'],
    ['metering.field_too_long', 'nodes', 'n'.repeat(301)],
    ['metering.run_without_chip', 'chip', ''],
    ['metering.run_without_devices', 'cards', ''],
    ['metering.run_without_time', 'endedAt', ''],
    ['metering.state_unknown', 'state', 'DONE'],
    ['metering.more_use_than_time', 'usedSeconds', '7201'],
    ['metering.time_absurd', 'startedAt', '1999-01-01 00:00:00'],
  ])('%s', (code, field, text) => {
    const { records, faults } = read([ROW, changed(field, text)])
    expect(records).toHaveLength(1)
    const column = RUN_COLUMNS.findIndex((each) => each.field === field) + 1
    expect(faults).toMatchObject([{ row: 3, column, field, refusal: { code } }])
  })
  test('all faults of a row at once', () => {
    const { faults } = read(['||||||||||||'])
    expect(faults.map(({ field }) => field)).toEqual(
      expect.arrayContaining(['cluster', 'run', 'account', 'submittedAt', 'startedAt', 'cards', 'endedAt']),
    )
  })
})

test.each([
  [
    'metering.table_no_head',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  ['metering.table_columns', [HEAD.slice(0, 5), ['1', '2']]],
  [
    'metering.table_columns',
    [
      [...HEAD, '集群'],
      ['1', '2'],
    ],
  ],
  ['metering.table_no_rows', [HEAD]],
])('%s', (code, rows) => {
  expect(readRunTable(rows.map((cells, index) => ({ number: index + 1, cells })))).toMatchObject({
    refusal: { code },
  })
})
