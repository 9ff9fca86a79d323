import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayFromNumber, dayNumber } from '../calendar/index.ts'
import { funnelOf, funnelStages, type FunnelCase } from './funnel.ts'

const START = dayNumber('2024-05-06')

/** A case that took the stages one after another, some of them skipped. */
const oneCase: fc.Arbitrary<FunnelCase> = fc
  .tuple(fc.array(fc.tuple(fc.nat(20), fc.boolean()), { minLength: 1, maxLength: 7 }), fc.boolean())
  .map(([steps, ended]) => {
    let day = START
    const reached = steps.flatMap(([days, skipped], index) => {
      day += days
      return skipped && index > 0 ? [] : [[funnelStages[index]!, dayFromNumber(day)] as const]
    })
    return { reachedOn: Object.fromEntries(reached), ended }
  })

test('whoever reached a stage went on, waits there or ended there, and everybody ends somewhere', () => {
  fc.assert(
    fc.property(fc.array(oneCase, { maxLength: 30 }), (cases) => {
      const lines = funnelOf(cases)
      expect(lines[0]!.entered).toBe(cases.length)
      lines.forEach(({ entered, waiting, left }, index) => {
        const onward = lines[index + 1]?.entered ?? entered
        expect(waiting + left).toBe(entered - onward)
        expect(Math.min(waiting, left)).toBeGreaterThanOrEqual(0)
      })
    }),
  )
})

test('the median counts working days, and only of those that went on', () => {
  const gone = (from: string, to: string): FunnelCase => ({
    reachedOn: { opened: from, submitted: to },
    ended: false,
  })
  // from Friday 10 May 2024: 13, 15 and 20 May are 2, 4 and 7 working days away (11 May was worked)
  const cases = [
    gone('2024-05-10', '2024-05-20'),
    gone('2024-05-10', '2024-05-13'),
    gone('2024-05-10', '2024-05-15'),
    { reachedOn: { opened: '2024-05-10' }, ended: true },
  ]
  const [opened, submitted] = funnelOf(cases)
  expect(opened).toEqual({ stage: 'opened', entered: 4, waiting: 0, left: 1, medianWorkingDays: 4 })
  expect(submitted).toEqual({ stage: 'submitted', entered: 3, waiting: 3, left: 0, medianWorkingDays: null })
})

test('a stage that the way lacks is no stage', () => {
  const paid: FunnelCase = {
    reachedOn: { opened: '2024-05-10', granted: '2024-05-13', paid: '2024-05-20' },
    ended: false,
  }
  const lines = funnelOf(
    [paid],
    funnelStages.filter((stage) => stage !== 'claimed'),
  )
  expect(lines.map(({ stage, entered }) => `${stage} ${entered}`)).toEqual([
    'opened 1',
    'submitted 1',
    'approved 1',
    'announced 1',
    'granted 1',
    'paid 1',
  ])
})
