import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { detectors } from '@suanquan/core/supervision'
import { expect, test } from 'vitest'

import { findingWord, type FindingWord } from './index.ts'

const folder = fileURLToPath(new URL('../../../core/src/supervision/detectors/', import.meta.url))
const sources = readdirSync(folder).map((file) => readFileSync(`${folder}${file}`, 'utf8'))

function codes(pattern: RegExp): string[] {
  return [...new Set(sources.flatMap((source) => Array.from(source.matchAll(pattern), ([, code]) => code!)))]
}

function wordless(kind: FindingWord, all: readonly string[]): string[] {
  return all.filter((code) => !findingWord(kind, code, 'zh') || !findingWord(kind, code, 'en'))
}

test('every rule, clause, innocent explanation and clearing document has words in both languages', () => {
  const clauses = [
    ...codes(/(?:code:|add\(|suspect\([^,]+,) '(\w+)'/g),
    'shared_phone',
    'shared_address',
    'quiet_io',
    'quiet_checkpoints',
    'quiet_memory',
    'after_sanction',
    'after_deregistration',
    'after_cap',
    'unlike_in_age',
    'unlike_in_largest_share',
  ]
  const clears = codes(/clears: \[([^\]]+)\]/g).flatMap((list) =>
    Array.from(list.matchAll(/'(\w+)'/g), ([, code]) => code!),
  )
  const innocent = codes(/checked\(\s*'(\w+)'/g)
  expect([clauses.length > 70, clears.length > 45, innocent.length > 40]).toEqual([true, true, true])
  const ids = detectors.map(({ id }) => id)
  expect(wordless('detector', ids)).toEqual([])
  expect(wordless('clause', clauses)).toEqual([])
  expect(wordless('clear', clears)).toEqual([])
  expect(wordless('innocent', innocent)).toEqual([])
})

test('a code that no catalogue has, has no words', () => {
  expect(findingWord('clause', 'shared_nothing', 'zh')).toBeUndefined()
  expect(findingWord('clear', 'toString', 'en')).toBeUndefined()
})
