import fc from 'fast-check'
import { expect, test } from 'vitest'
import { computePlan, hoursOf, petaflopHours, type CentreStock, type Purchase } from './index.ts'

const h800 = { chip: 'h800', fenPerCardHour: 1_000n }
const purchase: Purchase = { fen: 7_200_000n, prices: [h800], from: '2024-06-16', until: '2024-07-15' }
const stock: CentreStock = { centre: 'A', month: '2024-06', chip: 'H800', devices: 8, soldCardHours: 0 }

test('money becomes card-hours at the contract’s price, day by day over the months', () => {
  expect(computePlan([purchase], [])).toEqual([
    {
      chip: 'H800',
      month: '2024-06',
      wantedCardHours: 3600,
      freeCardHours: null,
      tflops: 989.4,
      standing: 'unknown',
    },
    {
      chip: 'H800',
      month: '2024-07',
      wantedCardHours: 3600,
      freeCardHours: null,
      tflops: 989.4,
      standing: 'unknown',
    },
  ])
  expect(petaflopHours(3600, 989.4)).toBeCloseTo(3561.84)
})

test('ample money and short compute: what is sold already is not free, and a month nobody stated is unknown', () => {
  const full = computePlan([purchase], [stock])
  expect(full.map(({ standing }) => standing)).toEqual(['within', 'unknown'])
  const sold = { ...stock, soldCardHours: 8 * hoursOf('2024-06') - 3_000 }
  expect(computePlan([purchase], [sold])[0]).toMatchObject({ freeCardHours: 3_000, standing: 'short' })
  const other = { ...stock, centre: 'B', soldCardHours: 8 * hoursOf('2024-06') - 600 }
  expect(computePlan([purchase], [sold, other])[0]).toMatchObject({
    freeCardHours: 3_600,
    standing: 'within',
  })
})

test('a centre that sold more than it has leaves nothing for others, not less; another class does not help', () => {
  const over = { ...stock, soldCardHours: 1_000_000 }
  const other = { ...stock, centre: 'B', chip: 'A800', devices: 1000 }
  expect(computePlan([purchase], [over, other])[0]).toMatchObject({ freeCardHours: 0, standing: 'short' })
})

test('a card of low confidence counts in P_d16 once a centre shows its acceptance', () => {
  const ascend = { ...purchase, prices: [{ chip: 'Ascend910B', fenPerCardHour: 1_000n }] }
  const held = { ...stock, chip: '昇腾910B' }
  expect(computePlan([ascend], [held])[0]).toMatchObject({
    chip: 'Ascend910B',
    tflops: null,
    standing: 'within',
  })
  expect(computePlan([ascend], [{ ...held, certified: true }])[0]).toMatchObject({ tflops: 376 })
})

test('the months of a purchase add up to what its money buys', () => {
  fc.assert(
    fc.property(fc.bigInt(1n, 10n ** 12n), fc.nat(700), fc.bigInt(1n, 100_000n), (fen, days, price) => {
      const until = new Date(Date.UTC(2024, 4, 13 + days)).toISOString().slice(0, 10)
      const prices = [
        { chip: 'h800', fenPerCardHour: price },
        { chip: 'a800', fenPerCardHour: price },
      ]
      const lines = computePlan([{ fen, prices, from: '2024-05-13', until }], [])
      const total = lines.reduce((sum, { wantedCardHours }) => sum + wantedCardHours, 0)
      const whole = Number(fen) / Number(price)
      expect(Math.abs(total - whole)).toBeLessThan(0.1 * lines.length + whole * 1e-9)
    }),
  )
})
