import fc from 'fast-check'
import { expect, test } from 'vitest'
import { overShared, type DeviceShare } from './index.ts'

const share = (
  owner: string,
  [from, until]: readonly [number, number],
  part: string,
  device = 'GPU-1',
): DeviceShare => {
  const [units, unitsPerDevice] = part.split('/').map(Number) as [number, number]
  return { device, owner, fromAt: from, untilAt: until, units, unitsPerDevice }
}

test('a third, two thirds and what follows them are one device at every moment', () => {
  const shares = [share('a', [0, 10], '1/3'), share('b', [0, 10], '2/3'), share('c', [10, 20], '7/7')]
  expect(overShared(shares)).toEqual([])
})

test('more than the device is told with its moments, its holders and the sum', () => {
  const shares = [share('a', [0, 10], '60/100'), share('b', [5, 20], '1/2'), share('c', [8, 9], '1/7')]
  expect(overShared(shares)).toEqual([
    { device: 'GPU-1', fromAt: 5, untilAt: 8, owners: ['a', 'b'], units: 770n, unitsPerDevice: 700n },
    { device: 'GPU-1', fromAt: 8, untilAt: 9, owners: ['a', 'b', 'c'], units: 870n, unitsPerDevice: 700n },
    { device: 'GPU-1', fromAt: 9, untilAt: 10, owners: ['a', 'b'], units: 770n, unitsPerDevice: 700n },
  ])
})

test('two devices share nothing, and what takes no time holds nothing', () => {
  expect(overShared([share('a', [0, 10], '1/1'), share('b', [0, 10], '1/1', 'GPU-2')])).toEqual([])
  expect(overShared([share('a', [0, 10], '1/1'), share('b', [5, 5], '1/1')])).toEqual([])
})

test('the moments that are told are exactly those in which the parts add up to more than the device', () => {
  const any = fc.record({
    device: fc.constantFrom('GPU-1', 'GPU-2'),
    owner: fc.constantFrom('a', 'b', 'c', 'd'),
    fromAt: fc.integer({ min: 0, max: 12 }),
    length: fc.integer({ min: 0, max: 6 }),
    units: fc.integer({ min: 1, max: 4 }),
    unitsPerDevice: fc.constantFrom(2, 3, 4, 7),
  })
  fc.assert(
    fc.property(fc.array(any, { maxLength: 12 }), (drawn) => {
      const shares = drawn.map(({ length, ...rest }) => ({ ...rest, untilAt: rest.fromAt + length }))
      const told = overShared(shares)
      for (const device of ['GPU-1', 'GPU-2'])
        for (let moment = 0; moment < 20; moment++) {
          const sum = shares
            .filter((each) => each.device === device && each.fromAt <= moment && moment < each.untilAt)
            .reduce((total, { units, unitsPerDevice }) => total + (units * 84) / unitsPerDevice, 0)
          const found = told.some(
            (each) => each.device === device && each.fromAt <= moment && moment < each.untilAt,
          )
          expect([moment, found]).toEqual([moment, sum > 84])
        }
    }),
  )
})
