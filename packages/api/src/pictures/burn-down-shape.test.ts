import { expect, test } from 'vitest'
import { burnDownShape } from './burn-down-shape.ts'

const box = { left: 0, right: 100, top: 0, bottom: 90 }

test('money leaves in steps and the forecast ends on the ground', () => {
  const shape = burnDownShape(
    {
      series: [
        { day: '2024-01-01', leftFen: '900000000' },
        { day: '2024-04-10', leftFen: '300000000' },
      ],
      exhaustion: { day: '2024-05-30', earliest: '2024-05-20', latest: '2024-06-09' },
      endsOn: '2024-07-19',
    },
    box,
  )
  expect(shape.line).toBe('M0 0H50V60')
  expect(shape.area).toBe('M0 0H50V60V90H0Z')
  expect(shape.forecast).toBe('M50 60L75 90')
  expect(shape.fan).toBe('M50 60L70 90M50 60L80 90')
  expect(shape.levels.map(({ fen }) => fen)).toEqual([300_000_000n, 600_000_000n, 900_000_000n])
})

test('an empty pool, and a forecast years away, stay inside the frame', () => {
  const empty = burnDownShape({ series: [], exhaustion: null, endsOn: '2024-12-31' }, box)
  expect(empty.line).toBe('')
  const far = burnDownShape(
    {
      series: [{ day: '2024-01-01', leftFen: '1' }],
      exhaustion: { day: '2090-01-01', earliest: '2080-01-01', latest: '2099-01-01' },
      endsOn: '2024-12-31',
    },
    box,
  )
  expect(far.end).toEqual({ x: 100, y: 90 })
})
