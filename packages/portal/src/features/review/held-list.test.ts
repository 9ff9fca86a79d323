import { expect, test } from 'vitest'
import { readHeldList } from './held-list.ts'

test('lines pasted from a sheet are read with tabs, commas or spaces, and a wrong one is named', () => {
  const award = {
    creditCode: '91110108551385082Q',
    contractNumber: 'HT-1',
    percent: 30,
    approvedOn: '2024-09-03',
  }
  expect(
    readHeldList(
      '91110108551385082Q\tHT-1\t30%\t2024-09-03\r\n\n91110108551385082q，HT-1，30，2024/9/3\n91110108551385082Q HT-1 30 2024年9月3日',
    ),
  ).toEqual({ awards: [award, award, award], wrong: [] })
  expect(readHeldList('单位 合同 比例 日期\n91110108551385082Q HT-1 30').wrong).toEqual([1, 2])
  expect(readHeldList('91110108551385082Q HT-1 0% 2024-09-03').wrong).toEqual([1])
})
