// The golden values need the published data. These pins need nothing: seeded data, and the results of the code that
// reproduces the golden values, so that a change of an estimator is noticed on a bare clone too.
import { expect, test } from 'vitest'
import { seededRandom } from '../random.ts'
import type { Decision } from '../refusal.ts'
import { densityTest } from './estimators/density.ts'
import { discontinuity, kink } from './estimators/discontinuity.ts'
import { balance } from './estimators/panel.ts'
import { staggered } from './estimators/staggered.ts'

function must<Value>(decision: Decision<Value>): Value {
  if (!decision.ok) throw new Error(JSON.stringify(decision.refusal))
  return decision.value
}

/** Whole-tenth scores, many of them tied, and a curve with a jump at 60. */
function scores(): { outcome: Float64Array; running: Float64Array; cutoff: number } {
  const random = seededRandom('pinned scores')
  const running = Float64Array.from({ length: 900 }, () => Math.round(400 * random.next() + 400) / 10)
  const outcome = running.map(
    (x) => (x / 40) * (x / 40) + (x >= 60 ? 0.5 : 0) + 0.4 * (2 * random.next() - 1),
  )
  return { outcome, running, cutoff: 60 }
}

const digits = (values: readonly number[]): string[] => values.map((value) => value.toPrecision(7))

test('cut-off, each kernel', () => {
  const results = (['triangular', 'uniform', 'epanechnikov'] as const).map((kernel) => {
    const { estimate, se, ci, bandwidth, biasBandwidth } = must(discontinuity(scores(), { kernel }))
    return digits([estimate, se, ...ci, bandwidth, biasBandwidth])
  })
  expect(results).toMatchInlineSnapshot(`
    [
      [
        "0.4842989",
        "0.06037771",
        "0.3500419",
        "0.6366233",
        "7.577476",
        "12.09020",
      ],
      [
        "0.5012105",
        "0.06421541",
        "0.3643434",
        "0.6616148",
        "5.585091",
        "10.00584",
      ],
      [
        "0.4901492",
        "0.06062368",
        "0.3566527",
        "0.6418770",
        "7.009463",
        "11.77229",
      ],
    ]
  `)
})

test('cut-off for coverage, kink and density', () => {
  const covering = must(discontinuity(scores(), { selector: 'coverage' }))
  const bend = must(kink(scores(), { slopeChange: -0.3 }))
  const density = must(densityTest(scores().running, 60))
  expect(digits([covering.estimate, covering.bandwidth, covering.robustSe])).toMatchInlineSnapshot(`
    [
      "0.4772801",
      "5.392777",
      "0.08226841",
    ]
  `)
  expect(digits([bend.estimate, bend.se, bend.bandwidth])).toMatchInlineSnapshot(`
    [
      "0.2103977",
      "0.2365271",
      "6.985157",
    ]
  `)
  expect(digits([density.statistic, density.bandwidthLeft, density.bandwidthRight])).toMatchInlineSnapshot(`
    [
      "0.4552694",
      "9.069725",
      "9.921278",
    ]
  `)
})

test('staggered adoption, never and not yet treated', () => {
  const random = seededRandom('pinned panel')
  const rows = Array.from({ length: 60 }, (_, unit) => {
    const first = unit < 20 ? Infinity : unit < 40 ? 3 : 4
    const level = random.next()
    return [1, 2, 3, 4, 5].map((time) => ({
      unit: String(unit),
      time,
      first,
      outcome: level + 0.2 * time + (time >= first ? 1 : 0) + random.next(),
    }))
  }).flat()
  const panel = must(
    balance({
      unit: rows.map(({ unit }) => unit),
      time: Float64Array.from(rows, ({ time }) => time),
      first: Float64Array.from(rows, ({ first }) => first),
      outcome: Float64Array.from(rows, ({ outcome }) => outcome),
    }),
  )
  const results = (['never', 'not_yet'] as const).map((control) => {
    const { simple, overallByGroup, overallByEventTime, preTrend } = must(staggered(panel, control))
    const averages = [simple, overallByGroup, overallByEventTime].flatMap(({ estimate, se }) => [
      estimate,
      se,
    ])
    return digits([...averages, preTrend!.statistic])
  })
  expect(results).toMatchInlineSnapshot(`
    [
      [
        "0.9791571",
        "0.08005125",
        "0.9547921",
        "0.07935371",
        "0.9955907",
        "0.08198250",
        "2.406143",
      ],
      [
        "0.9780515",
        "0.08132315",
        "0.9538708",
        "0.08168748",
        "0.9946694",
        "0.08203418",
        "2.404054",
      ],
    ]
  `)
})
