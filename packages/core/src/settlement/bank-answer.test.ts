import { describe, expect, test } from 'vitest'
import { judgeAnswers, readAnswerTable, type AnswerLine, type AnswerRules } from './index.ts'

const rules: AnswerRules = {
  instructed: [
    { instructionId: 'B-0001', amountFen: 100n, state: 'pending' },
    { instructionId: 'B-0002', amountFen: 200n, state: 'paid' },
    { instructionId: 'B-0003', amountFen: 300n, state: 'returned' },
  ],
  approvedOn: '2024-06-03',
  today: '2024-06-10',
  amountRequired: true,
}

function line(other: Partial<AnswerLine> = {}): AnswerLine {
  return {
    row: 2,
    instructionId: 'B-0001',
    amountFen: 100n,
    outcome: 'paid',
    onDay: '2024-06-05',
    reference: 'YH1',
    reason: null,
    ...other,
  }
}

const second = { instructionId: 'B-0002', amountFen: 200n }
const third = { instructionId: 'B-0003', amountFen: 300n }

describe('an answer of the bank', () => {
  test.each([
    ['paid as instructed', {}, 'take'],
    ['returned with its reason', { outcome: 'returned', reason: '户名不符' }, 'take'],
    ['paid, and that is known', second, 'known'],
    ['returned after it was paid', { ...second, outcome: 'returned', reason: '退汇' }, 'take'],
    ['returned, and that is known', { ...third, outcome: 'returned', reason: '户名不符' }, 'known'],
    ['not decided yet', { outcome: 'waits', onDay: null }, 'waits'],
  ] as const)('%s', (_, other, verdict) =>
    expect(judgeAnswers([line(other)], rules)).toMatchObject([{ verdict, fault: null }]),
  )

  test.each([
    ['an instruction that is not of this batch', { instructionId: 'C-0001' }, 'unknown_id'],
    ['a part of the payment', { amountFen: 99n }, 'amount_differs'],
    ['more than was instructed', { amountFen: 101n }, 'amount_differs'],
    ['no amount', { amountFen: null }, 'amount_missing'],
    ['a word that is no result', { outcome: null }, 'outcome_unknown'],
    ['money that came back without a reason', { outcome: 'returned' }, 'reason_missing'],
    ['no day', { onDay: null }, 'day_missing'],
    ['a day to come', { onDay: '2024-06-11' }, 'day_future'],
    ['a day before the batch was approved', { onDay: '2024-06-02' }, 'day_before_approval'],
    ['a payment by an instruction that came back', { ...third }, 'paid_after_return'],
  ] as const)('%s is a fault', (_, other, fault) =>
    expect(judgeAnswers([line(other)], rules)).toMatchObject([{ verdict: 'fault', fault }]),
  )

  test('a line that comes twice in one file is a fault, where it comes again', () =>
    expect(judgeAnswers([line(), line({ row: 3 })], rules)).toMatchObject([
      { verdict: 'take' },
      { verdict: 'fault', fault: 'repeated' },
    ]))

  test('a message need not repeat the amount', () =>
    expect(judgeAnswers([line({ amountFen: null })], { ...rules, amountRequired: false })).toMatchObject([
      { verdict: 'take' },
    ]))
})

describe('an answer as a table', () => {
  const rows = (...lines: readonly string[][]) => lines.map((cells, index) => ({ number: index + 1, cells }))
  const defaults = { onDay: null, reference: null }

  test('headings of banks are known, titles above them and totals below are passed over', () => {
    const table = rows(
      ['示例银行 批量代付结果'],
      ['序号', '支付指令号', '交易金额(元)', '处理结果', '交易日期', '回单号', '失败原因'],
      ['1', '\tB-0001', '1,600.00', '交易成功', '2024/6/5', "'0012", ''],
      ['2', 'B-0002', '￥0.05', '退汇', '20240606', '', '账户已销户'],
      ['合计', '2', '1600.05', '', '', '', ''],
    )
    expect(readAnswerTable(table, defaults)).toMatchObject({
      value: [
        {
          row: 3,
          instructionId: 'B-0001',
          amountFen: 160_000n,
          outcome: 'paid',
          onDay: '2024-06-05',
          reference: '0012',
        },
        { row: 4, amountFen: 5n, outcome: 'returned', onDay: '2024-06-06', reason: '账户已销户' },
      ],
    })
  })

  test('a day and a reference that the table has not are those of the form', () => {
    const table = rows(['instruction id', 'amount', 'status'], ['B-0001', '1', 'paid'])
    expect(readAnswerTable(table, { onDay: '2024-06-05', reference: 'YH1' })).toMatchObject({
      value: [{ onDay: '2024-06-05', reference: 'YH1' }],
    })
  })

  test('what is not a day, an amount or a result stays unknown: a form does not stand in for it', () => {
    const table = rows(['指令号', '金额', '结果', '日期'], ['B-0001', '1.005', '已受理', '2024-02-30'])
    expect(readAnswerTable(table, { onDay: '2024-06-05', reference: null })).toMatchObject({
      value: [{ amountFen: null, outcome: null, onDay: null }],
    })
  })

  test('columns that are missing are named', () =>
    expect(readAnswerTable(rows(['户名', '金额']), defaults)).toMatchObject({
      refusal: { code: 'treasury.answer_columns', params: { columns: ['指令号', '结果'] } },
    }))
})
