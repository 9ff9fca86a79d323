// Every reason for which use is not charged or not paid has its sentence in both languages, an example that a test works
// through, and its place on the pages: a reason that is added without one of them fails here.
import { shortfallTexts, waitingTexts } from '@suanquan/api'
import { WAITING_CODES } from '@suanquan/core/settlement'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const testsOf = (folder: string): string =>
  readdirSync(new URL(`../../${folder}`, import.meta.url))
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => read(`${folder}/${name}`))
    .join('\n')

const texts = { ...shortfallTexts, ...waitingTexts }
const codes = Object.keys(texts) as (keyof typeof texts)[]
const examples = testsOf('core/src/settlement') + testsOf('core/src/metering')

describe.each(codes)('%s', (code) => {
  test('says why in Chinese and in English, and no other reason says the same', () => {
    const { zh, en } = texts[code]
    expect(zh).toMatch(/[\u4e00-\u9fff]{3}/)
    expect(en).toMatch(/^[a-z].{5}/)
    expect(codes.filter((other) => texts[other].zh === zh || texts[other].en === en)).toEqual([code])
  })
  test('is worked through in an example', () => {
    expect(examples).toContain(`'${code}'`)
  })
})

test('what no match says has its sentence', () => {
  expect(Object.keys(waitingTexts).toSorted()).toEqual([...WAITING_CODES].toSorted())
})

/** The reasons of the type, as its source names them. */
const ratingReasons = /export type RatingReason =([^;]*?)\n\n/s
  .exec(read('core/src/metering/rating.ts'))![1]!
  .match(/(?<=')\w+(?=')/g)!

test.each(ratingReasons)('the rating reason %s stands on the pages of use in both languages', (reason) => {
  for (const language of ['zh-CN', 'en'])
    // a contract's months list only what is not charged
    for (const page of reason === 'rated' ? ['metering'] : ['metering', 'contract']) {
      const words = JSON.parse(read(`portal/src/locales/${language}/${page}.json`)) as Record<string, string>
      expect(words[`reason.${reason}`] ?? '').not.toBe('')
    }
})

test('the match and the statement print the sentence of whatever reason they are given', () => {
  expect(read('portal/src/features/settlement/match-result.tsx')).toContain('matched.shortfalls.map(why)')
  expect(read('portal/src/routes/statement/statement.tsx')).toContain('unpaid.map(')
})
