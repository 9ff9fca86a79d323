import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SMALLEST_GROUP, suppress } from './index.ts'

const cellsArbitrary = fc
  .array(fc.uniqueArray(fc.integer({ min: 0, max: 12 }).map(String), { maxLength: 6 }), { maxLength: 6 })
  .map((cells) => cells.map((organisations, index) => ({ key: `k${index}`, organisations })))

describe('what a published table leaves out', () => {
  test('one small cell takes the smallest other one with it, or the total would give it away', () => {
    const cells = [
      { key: 'a', organisations: ['1', '2'] },
      { key: 'b', organisations: ['3', '4', '5', '6'] },
      { key: 'c', organisations: ['7', '8', '9'] },
    ]
    expect([...suppress(cells).hidden].sort()).toEqual(['a', 'c'])
  })

  test('the same firm in two small cells is still one firm', () => {
    const cells = [
      { key: 'may', organisations: ['1'] },
      { key: 'june', organisations: ['1'] },
      { key: 'july', organisations: ['2', '3', '4'] },
    ]
    expect([...suppress(cells).hidden].sort()).toEqual(['july', 'june', 'may'])
  })

  test('a table of fewer than three organisations shows nothing', () => {
    expect(suppress([{ key: 'a', organisations: ['1', '2'] }])).toEqual({
      hidden: new Set(['a']),
      totalHidden: true,
    })
  })

  test('neither a shown cell nor what is left after subtracting all shown ones is a small group', () => {
    fc.assert(
      fc.property(cellsArbitrary, (cells) => {
        const { hidden, totalHidden } = suppress(cells)
        const filled = cells.filter(({ organisations }) => organisations.length > 0)
        const size = (some: typeof cells): number => new Set(some.flatMap((cell) => cell.organisations)).size
        const shown = filled.filter(({ key }) => !hidden.has(key))
        const left = filled.filter(({ key }) => hidden.has(key))
        for (const cell of shown) expect(size([cell])).toBeGreaterThanOrEqual(SMALLEST_GROUP)
        if (totalHidden) expect(shown).toEqual([])
        else if (left.length > 0) {
          expect(left.length).toBeGreaterThanOrEqual(2)
          expect(size(left)).toBeGreaterThanOrEqual(SMALLEST_GROUP)
        }
        if (filled.every((cell) => size([cell]) >= SMALLEST_GROUP)) expect(left).toEqual([])
      }),
    )
  })
})
