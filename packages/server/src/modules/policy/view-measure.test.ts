import { checkProgramme } from '@suanquan/core/policy'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { measureDifferences } from './compare-measures.ts'
import { viewMeasure, viewMeasureRow } from './view-measure.ts'

const read = (folder: string): { text: string; casesText: string } => {
  const at = (name: string): string =>
    readFileSync(new URL(`../../../../../programmes/${folder}/${name}`, import.meta.url), 'utf8')
  return { text: at('programme.yaml'), casesText: at('cases.yaml') }
}

function entryOf(folder: string, change: (text: string) => string = (text) => text): Entry {
  const { text, casesText } = read(folder)
  const { programme } = checkProgramme(change(text), 'programme.yaml')
  return { hash: 'f'.repeat(64), text, casesText, shipped: true, programme: programme! }
}
type Entry = Parameters<typeof viewMeasureRow>[0]

const shown = { today: '2026-09-01', adopted: new Map<string, string>() } as const

test('a least spending is no cap, and a lower bound of a pool says that it is one', () => {
  const { caps, rates } = viewMeasureRow(entryOf('beijing/2026-opc-service-voucher'), shown)
  expect(caps.map(({ label, written }) => [label.zh, written?.zh])).toEqual([['每家上限', '10万元']])
  expect(rates.length).toBeGreaterThan(0)
  const { pools } = viewMeasureRow(entryOf('wuhan/2025-compute-voucher'), shown)
  expect(pools.map(({ bound, written }) => [bound, written?.zh])).toEqual([['at_least', '1,000万元']])
})

test('a measure says how much it gives, case by case and band by band', () => {
  const entry = entryOf('beijing/2026-opc-service-voucher')
  const { ladders, cases } = viewMeasure(entry, [entry], shown)
  const bands = ladders.flatMap(({ rows }) => rows.flatMap((row) => row.bands ?? []))
  expect(bands.at(-1)?.gives.zh).toContain('10万元')
  expect(cases.length).toBeGreaterThan(0)
})

test('two versions differ by a number as people read it, in both languages', () => {
  const before = entryOf('beijing/2026-opc-service-voucher').programme
  const after = entryOf('beijing/2026-opc-service-voucher', (text) =>
    text.replace('2026-07-31: 10万元', '2026-07-31: 20万元'),
  ).programme
  expect(measureDifferences(before, before)).toEqual([])
  expect(measureDifferences(before, after)).toEqual([
    {
      path: 'parameters.company_cap',
      part: 'numbers',
      text: { zh: '每家上限', en: 'cap of a company' },
      before: { zh: '不超过 10万元', en: 'at most 100,000 yuan' },
      after: { zh: '不超过 20万元', en: 'at most 200,000 yuan' },
      code: false,
    },
  ])
})
