import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseJson } from './json-place.ts'

const documents = fc.json({ maxDepth: 4 }).filter((text) => /^[[{]/.test(text) && text.length > 2)

test('a document cut off inside is truncated, with the place of its end', () => {
  fc.assert(
    fc.property(documents, fc.nat(), (text, cut) => {
      const part = text.slice(0, 1 + (cut % (text.length - 1)))
      expect(parseJson(part)).toMatchObject({ refusal: { code: 'metering.json_truncated' } })
    }),
    { numRuns: 500 },
  )
})

test('a wrong character is found no later than where it stands', () => {
  fc.assert(
    fc.property(documents, fc.nat(), (text, place) => {
      const at = place % text.length
      const wrong = `${text.slice(0, at)}\u0007${text.slice(at)} `
      const parsed = parseJson(`${wrong}]`)
      if (parsed.ok) throw new Error('a control character is no JSON')
      expect(parsed.refusal.code).toBe('metering.json_broken')
      expect(Number(parsed.refusal.params['column'])).toBeLessThanOrEqual(at + 1)
    }),
    { numRuns: 500 },
  )
})

test('a hundred thousand open brackets are refused, not a crash', () => {
  expect(parseJson('['.repeat(100_000))).toMatchObject({ refusal: { code: 'metering.json_truncated' } })
})
