import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  chinaWorkingDayYears,
  dayFromNumber,
  dayNumber,
  startOf,
  workingDayTable,
} from '../calendar/index.ts'
import {
  closeNotice,
  endOfNotice,
  openNotice,
  publicProgress,
  receiveObjection,
  recountNotice,
  type Notice,
  type NoticeLine,
  type NoticePlan,
  type Objection,
} from './index.ts'

const line = (applicationNo: string, change: Partial<NoticeLine> = {}): NoticeLine => ({
  applicationNo,
  name: '示范智算科技有限公司',
  creditCode: '91110000802100433B',
  amountFen: 100n,
  subject: '行业大模型训练',
  ...change,
})

const plan: NoticePlan = {
  noticeNo: 'GS-1',
  opensOn: '2025-09-30',
  workingDays: 5,
  lines: [line('A1'), line('A2'), line('A3')],
}

function opened(change: Partial<NoticePlan> = {}): Notice {
  const notice = openNotice({ ...plan, ...change })
  if (!notice.ok) throw new Error(notice.refusal.code)
  return notice.value
}

const objection = (applicationNo: string, status: Objection['status'] = 'open'): Objection => ({
  objectionNo: 'Y1',
  applicationNo,
  receivedAt: startOf('2025-10-09'),
  statement: '存在关联交易',
  status,
})

describe('the period', () => {
  test('runs in working days after the day of opening', () => {
    expect(opened()).toMatchObject({ closesOn: '2025-10-14', provisional: false })
  })
  test.each<[string, Partial<NoticePlan>]>([
    ['disclosure.notice_empty', { lines: [] }],
    ['disclosure.notice_without_period', { workingDays: 0 }],
    ['disclosure.notice_without_period', { workingDays: 2.5 }],
    ['disclosure.line_twice', { lines: [line('A1'), line('A1')] }],
    ['calendar.not_a_day', { opensOn: '2026-02-30' }],
  ])('%s is a refusal', (code, change) =>
    expect(openNotice({ ...plan, ...change })).toMatchObject({ refusal: { code } }),
  )
  test('beyond the table the closing day is provisional, and moves only to later days', () => {
    const notice = opened({ opensOn: '2026-12-30', workingDays: 3 })
    expect(notice).toMatchObject({ closesOn: '2027-01-04', provisional: true })
    expect(closeNotice(notice, [], startOf('2027-03-01'))).toMatchObject({
      refusal: { code: 'disclosure.closing_day_provisional' },
    })
    const table = (off: string, worked: string): ReturnType<typeof workingDayTable> =>
      workingDayTable({ ...chinaWorkingDayYears, 2027: { notices: [], off, worked } })
    expect(recountNotice(notice, table('01:01', '01:09'))).toMatchObject({
      value: { closesOn: '2027-01-05', provisional: false },
    })
    expect(recountNotice(notice, table('01:29', '01:02'))).toMatchObject({
      value: { closesOn: '2027-01-04', provisional: false },
    })
  })
})

describe('the public sees legal persons only', () => {
  test.each<[string, Partial<NoticeLine>]>([
    ['disclosure.not_a_legal_person', { creditCode: '92110000802100433B' }],
    ['disclosure.not_a_legal_person', { creditCode: '' }],
    ['disclosure.personal_data', { subject: '联系人电话13812345678' }],
    ['disclosure.personal_data', { subject: '电话 138 1234 5678' }],
    ['disclosure.personal_data', { name: '张某 11010119900307123X' }],
  ])('%s: %o', (code, change) =>
    expect(openNotice({ ...plan, lines: [line('A9', change)] })).toMatchObject({
      refusal: { code, params: { applicationNo: 'A9' } },
    }),
  )
  test('whatever else a caller hands in with a line stays out of the notice', () => {
    const more = { ...line('A9'), contact: '陈小明', phone: '13812345678' }
    expect(opened({ lines: [more] }).lines).toEqual([line('A9')])
  })
  test('a credit code or an amount in a subject is no personal data', () => {
    const subject = '合同 91110000802100433B，金额 12345678901234 元，1234567890123 次'
    expect(openNotice({ ...plan, lines: [line('A9', { subject })] }).ok).toBe(true)
  })
})

describe('objections', () => {
  const at = (receivedAt: number): unknown => receiveObjection(opened(), { ...objection('A1'), receivedAt })
  test('are heard from the first instant of the first day to the last of the last, in China time', () => {
    expect(at(startOf('2025-09-30'))).toMatchObject({ ok: true, value: { status: 'open' } })
    expect(at(startOf('2025-10-15') - 1)).toMatchObject({ ok: true })
    expect(at(startOf('2025-09-30') - 1)).toMatchObject({
      refusal: { code: 'disclosure.notice_not_open_yet' },
    })
    expect(at(startOf('2025-10-15'))).toMatchObject({
      refusal: { code: 'disclosure.notice_closed', params: { closesOn: '2025-10-14' } },
    })
  })
  test('concern an application of the notice and say why', () => {
    expect(receiveObjection(opened(), objection('B1'))).toMatchObject({
      refusal: { code: 'disclosure.not_in_notice' },
    })
    expect(receiveObjection(opened(), { ...objection('A1'), statement: '  ' })).toMatchObject({
      refusal: { code: 'disclosure.objection_empty' },
    })
  })
})

describe('the end', () => {
  test('is announced for those without an open or upheld objection', () => {
    const notice = opened()
    expect(closeNotice(notice, [objection('A2'), objection('A3', 'upheld')], endOfNotice(notice))).toEqual({
      ok: true,
      value: {
        events: [
          { type: 'noticeEnded', noticeNo: 'GS-1', applicationNo: 'A1', endedAt: startOf('2025-10-15') },
        ],
        waiting: ['A2'],
        stopped: ['A3'],
      },
    })
  })
  test('a dismissed objection stands in nobody’s way, and closing again gives the same events', () => {
    const notice = opened()
    const first = closeNotice(notice, [objection('A2')], endOfNotice(notice))
    const again = closeNotice(notice, [objection('A2', 'dismissed')], endOfNotice(notice) + 86_400_000)
    if (!first.ok || !again.ok) throw new Error('the notice has ended')
    expect(again.value.events).toEqual(expect.arrayContaining([...first.value.events]))
    expect(again.value.events.map(({ applicationNo }) => applicationNo)).toEqual(['A1', 'A2', 'A3'])
  })
  test('does not come one instant early', () => {
    const notice = opened()
    expect(closeNotice(notice, [], endOfNotice(notice) - 1)).toMatchObject({
      refusal: { code: 'disclosure.notice_still_open' },
    })
  })
  test('every application of a notice is freed, waiting or stopped, exactly once', () => {
    const status = fc.constantFrom<Objection['status']>('open', 'dismissed', 'upheld')
    const numbers = fc.constantFrom('A1', 'A2', 'A3', 'A4')
    fc.assert(
      fc.property(fc.array(fc.tuple(numbers, status)), fc.integer({ min: 0, max: 7000 }), (list, days) => {
        const opensOn = dayFromNumber(dayNumber('2006-01-01') + days)
        const notice = opened({ opensOn, lines: ['A1', 'A2', 'A3', 'A4'].map((number) => line(number)) })
        const closed = closeNotice(
          notice,
          list.map(([number, status]) => objection(number, status)),
          startOf(addDays(notice.closesOn, 1)),
        )
        if (!closed.ok) throw new Error(closed.refusal.code)
        const { events, waiting, stopped } = closed.value
        const all = [...events.map(({ applicationNo }) => applicationNo), ...waiting, ...stopped]
        expect(all.sort()).toEqual(['A1', 'A2', 'A3', 'A4'])
      }),
    )
  })
})

describe('progress', () => {
  const found = {
    applicationNo: 'A1',
    creditCode: '91110000802100433B',
    stage: 'review',
    since: '2025-09-01',
    dueOn: '2025-09-08',
    name: '某公司',
    contact: '陈小明',
  }
  test('is told to whoever has number and code, without a name and without the code', () => {
    expect(publicProgress(found, { applicationNo: 'A1', creditCode: '91110000802100433B' })).toEqual({
      ok: true,
      value: { applicationNo: 'A1', stage: 'review', since: '2025-09-01', dueOn: '2025-09-08' },
    })
  })
  test('a wrong number, a wrong code and an unknown application are one answer', () => {
    const refused = { ok: false, refusal: { code: 'disclosure.progress_not_found', params: {} } }
    expect(publicProgress(found, { applicationNo: 'A2', creditCode: found.creditCode })).toEqual(refused)
    expect(publicProgress(found, { applicationNo: 'A1', creditCode: '91110000802100433A' })).toEqual(refused)
    expect(publicProgress(undefined, { applicationNo: 'A1', creditCode: found.creditCode })).toEqual(refused)
  })
})
