// What people read exists in both languages and says the same: refusals, locales; and it stands in its catalogue,
// never in the program.
import { refusals, type RefusalText } from '@suanquan/api'
import { describe, expect, test } from 'vitest'

import { files, hits, isTest, sources, withoutComments } from './sources.ts'

const catalogue = Object.entries(refusals) as [string, RefusalText][]

describe('refusals', () => {
  test('every code has a Chinese and an English sentence with the same names in it', () => {
    const names = (sentence: string): string[] => [...new Set(sentence.match(/\{\w+\}/g))].toSorted()
    const wrong = catalogue.filter(
      ([, { zh, en }]) =>
        !/\p{Script=Han}/u.test(zh) || en.trim() === '' || names(zh).join() !== names(en).join(),
    )
    expect(wrong.map(([code]) => code)).toEqual([])
  })

  test('every code that is used stands in the catalogue', () => {
    const known = new Set(catalogue.map(([code]) => code))
    const used = sources
      .filter(({ path }) => path.startsWith('packages/') && !isTest(path))
      .flatMap(({ path, text }) =>
        [...text.matchAll(/\b(?:refuse|Refusal)\(\s*'([\w.]+)'/g)].map(([, code]) => ({
          path,
          code: code ?? '',
        })),
      )
    expect(used.length).toBeGreaterThan(0)
    expect(used.filter(({ code }) => !known.has(code))).toEqual([])
  })
})

describe('locales of the portal', () => {
  const locales = files.filter(({ path }) => /^packages\/portal\/.*locales\/[\w-]+\/[\w-]+\.json$/.test(path))

  test('Chinese and English have the same keys', () => {
    const keysOf = (language: string): string[] =>
      locales
        .filter(({ path }) => path.includes(`/${language}/`))
        .flatMap(({ path, text }) => keys(JSON.parse(text)).map((key) => `${path.split('/').at(-1)}: ${key}`))
        // Chinese has one plural form, English a second one.
        .filter((key) => !key.endsWith('_one'))
        .toSorted()
    expect(keysOf('en')).toEqual(keysOf('zh-CN'))
  })

  test('no Chinese stands in a component', () => {
    const components = sources.filter(({ path }) => path.endsWith('.tsx') && !isTest(path))
    expect(components.flatMap((file) => hits(file, /\p{Script=Han}/u, withoutComments(file.text)))).toEqual(
      [],
    )
  })
})

function keys(value: unknown, before = ''): string[] {
  if (typeof value !== 'object' || value === null) return [before]
  return Object.entries(value).flatMap(([name, inner]) =>
    keys(inner, before === '' ? name : `${before}.${name}`),
  )
}
