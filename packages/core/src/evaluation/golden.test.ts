// Published results recomputed from the published data. The numbers are those of analytics.md §3.4: Dehejia and
// Wahba's NSW lottery, Thornton's take-up, Card and Krueger's fast-food stores, the counties of Callaway and
// Sant'Anna, and the Senate races of Cattaneo, Frandsen and Titiunik. The data of others is not committed: without it
// these tests are skipped and say so.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { env } from 'node:process'
import { describe, expect, test } from 'vitest'
import type { Decision } from '../refusal.ts'
import { densityTest } from './estimators/density.ts'
import { changeRegression, differenceInDifferences } from './estimators/difference-in-differences.ts'
import { discontinuity } from './estimators/discontinuity.ts'
import { adjustedDifference, differenceInMeans, permutationP, takeUpEffect } from './estimators/lottery.ts'
import { balance } from './estimators/panel.ts'
import { staggered, type Staggered } from './estimators/staggered.ts'
import { completeRows, labels, numbers, parseTable, type Table } from './table.ts'

const shared = env['SUANQUAN_DATA'] ?? join(import.meta.dirname, '../../../../../shared/data')
const folder = join(shared, 'causal')
const present = existsSync(folder)
const note = present ? '' : ' (skipped: no shared/data/causal)'

function must<Value>(decision: Decision<Value>): Value {
  if (!decision.ok) throw new Error(JSON.stringify(decision.refusal))
  return decision.value
}

function read(file: string): Table {
  return must(parseTable(readFileSync(join(folder, file), 'utf8')))
}

/** Within 1e-6 of the published value, relatively, or half a unit of its last printed digit. */
function agree(actual: number, published: number, relative = 1e-6): void {
  const digits = /\.(\d+)/.exec(String(published))?.[1]?.length ?? 0
  const printed = 0.5 * Number(`1e-${digits}`) * 1.0001
  expect(Math.abs(actual - published)).toBeLessThanOrEqual(Math.max(relative * Math.abs(published), printed))
}

describe.skipIf(!present)(`NSW lottery${note}`, () => {
  const table = present ? read('nsw_mixtape.csv') : { header: [], rows: [] }
  const column = (name: string): Float64Array => must(numbers(table, name))
  const data = present
    ? { outcome: column('re78'), treated: column('treat') }
    : { outcome: new Float64Array(0), treated: new Float64Array(0) }
  const names = ['age', 'educ', 'black', 'hisp', 'marr', 'nodegree', 're74', 're75']

  test('difference in means with the Neyman standard error', () => {
    const result = must(differenceInMeans(data))
    expect([result.nTreated, result.nControl]).toEqual([185, 260])
    agree(result.estimate, 1794.34238)
    agree(result.se, 670.996544)
  })
  test('ANCOVA and Lin with classical and HC2 errors', () => {
    const ancova = must(adjustedDifference(data, names.map(column), 'ancova'))
    agree(ancova.estimate, 1676.34263)
    agree(ancova.classicalSe, 638.682)
    agree(ancova.se, 677.049)
    const lin = must(adjustedDifference(data, names.map(column), 'lin'))
    agree(lin.estimate, 1621.58308)
    agree(lin.se, 694.722)
  })
  test('permutation p-value of 20,000 draws', () => {
    expect(must(permutationP(data, { draws: 20_000, seed: 'nsw' }))).toBeCloseTo(0.004, 3)
  })
})

describe.skipIf(!present)(`Thornton take-up${note}`, () => {
  test('offer, use and the effect of use', () => {
    const table = read('thornton_hiv.csv')
    const [offered, got] = completeRows([must(numbers(table, 'any')), must(numbers(table, 'got'))]).columns
    const { takeUp, intentionToTreat, perUser } = must(
      takeUpEffect({ outcome: got!, treated: offered! }, got!),
    )
    expect(takeUp.nTreated + takeUp.nControl).toBe(2834)
    agree(takeUp.meanTreated, 0.78923564)
    agree(takeUp.meanControl, 0.338683788)
    agree(takeUp.estimate, 0.450551852)
    expect(intentionToTreat.estimate).toBe(takeUp.estimate)
    expect(perUser.estimate).toBe(1)
  })
})

/** The fixed-format file of Card and Krueger: columns by their place in the codebook. */
function fastFood(): Record<string, Float64Array> {
  const place = { chain: 1, coOwned: 2, state: 3, full: 11, part: 12, managers: 13, wage: 14 }
  const later = { status2: 28, full2: 31, part2: 32, managers2: 33, wage2: 34 }
  const rows = readFileSync(join(folder, 'card_krueger_public.dat'), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.trim().split(/\s+/))
  const value = (cell: string): number => (cell === '.' ? Number.NaN : Number(cell))
  return Object.fromEntries(
    Object.entries({ ...place, ...later }).map(([name, at]) => [
      name,
      Float64Array.from(rows, (row) => value(row[at]!)),
    ]),
  )
}

describe.skipIf(!present)(`Card and Krueger${note}`, () => {
  const store = present ? fastFood() : {}
  const rows = store['state']?.length ?? 0
  const fte = (suffix: string): Float64Array =>
    Float64Array.from(
      { length: rows },
      (_, row) =>
        store[`full${suffix}`]![row]! + store[`part${suffix}`]![row]! / 2 + store[`managers${suffix}`]![row]!,
    )
  const [before, after] = [fte(''), fte('2')]

  test('four means and their difference in differences', () => {
    const outcome = Float64Array.from([...before, ...after])
    const treated = Float64Array.from([...store['state']!, ...store['state']!])
    const post = Float64Array.from(outcome, (_, row) => (row < rows ? 0 : 1))
    const [y, d, t] = completeRows([outcome, treated, post]).columns
    const result = must(differenceInDifferences({ outcome: y!, treated: d!, post: t! }))
    agree(result.controlBefore.mean, 23.3312)
    agree(result.controlBefore.se, 1.3511)
    agree(result.controlAfter.mean, 21.1656)
    agree(result.controlAfter.se, 0.9432)
    agree(result.treatedBefore.mean, 20.4394)
    agree(result.treatedBefore.se, 0.5083)
    agree(result.treatedAfter.mean, 21.0274)
    agree(result.treatedAfter.se, 0.5203)
    agree(result.estimate, 2.753606)
    agree(result.classicalSe, 1.688409)
  })
  test('the same from the prepared file njmin3', () => {
    const table = read('njmin3.csv')
    const [y, d, t] = completeRows(['fte', 'nj', 'd'].map((name) => must(numbers(table, name)))).columns
    agree(must(differenceInDifferences({ outcome: y!, treated: d!, post: t! })).estimate, 2.753606)
  })
  test('the balanced stores', () => {
    const change = after.map((value, row) => value - before[row]!)
    const [y, d] = completeRows([change, store['state']!]).columns
    const result = must(changeRegression({ change: y!, treatment: d! }))
    expect(result.n).toBe(384)
    agree(result.estimate, 2.75)
    const means = must(differenceInMeans({ outcome: y!, treated: d! }))
    agree(means.se, 1.342341)
  })
  test('table 4: models (i), (ii) and the wage gap', () => {
    const wageKnown = store['wage2']!.map((wage, row) => (store['status2']![row] === 3 ? 0 : wage))
    const gap = store['wage']!.map((wage, row) =>
      store['state']![row] === 1 && wage < 5.05 ? (5.05 - wage) / wage : Number.isNaN(wage) ? wage : 0,
    )
    const chains = [1, 2, 3].map((code) => store['chain']!.map((chain) => (chain === code ? 1 : 0)))
    const change = after.map((value, row) => value - before[row]!)
    const all = [change, store['state']!, gap, store['coOwned']!, ...chains, wageKnown]
    const [y, nj, g, owned, ...rest] = completeRows(all).columns
    const plain = must(changeRegression({ change: y!, treatment: nj! }))
    expect(plain.n).toBe(357)
    agree(plain.estimate, 2.325831)
    agree(plain.classicalSe, 1.191596)
    const covariates = [owned!, ...rest.slice(0, 3)]
    const controlled = must(changeRegression({ change: y!, treatment: nj!, covariates }))
    agree(controlled.estimate, 2.30386)
    agree(controlled.classicalSe, 1.195532)
    const byGap = must(changeRegression({ change: y!, treatment: g! }))
    agree(byGap.estimate, 15.65289)
    agree(byGap.classicalSe, 6.080237)
  })
})

describe.skipIf(!present)(`staggered minimum wages${note}`, () => {
  const result = present ? minimumWages() : ({} as Staggered)

  test('every group-time effect', () => {
    const published = [
      [2004, -0.01050325, -0.07042316, -0.13725874, -0.10081136],
      [2006, 0.00652011, -0.00275082, -0.00459461, -0.04122447],
      [2007, 0.03050666, -0.00272589, -0.03108712, -0.02605441],
    ]
    for (const [group, ...effects] of published) {
      const own = result.groupTime.filter((cell) => cell.group === group)
      expect(own.map((cell) => cell.time)).toEqual([2004, 2005, 2006, 2007])
      own.forEach((cell, index) => agree(cell.estimate, effects[index]!))
    }
  })
  test('averages over all, by group and by event time', () => {
    agree(result.simple.estimate, -0.03995128)
    agree(result.simple.se, 0.012034)
    const byGroup = result.byGroup.map(({ estimate }) => estimate)
    ;[-0.07974913, -0.02290954, -0.02605441].forEach((value, index) => agree(byGroup[index]!, value))
    agree(result.overallByGroup.estimate, -0.03101828)
    const dynamic = [0.03050666, -0.00056308, -0.02445874, -0.01993182, -0.05095737, -0.13725874, -0.10081136]
    expect(result.byEventTime.map(({ eventTime }) => eventTime)).toEqual([-3, -2, -1, 0, 1, 2, 3])
    dynamic.forEach((value, index) => agree(result.byEventTime[index]!.estimate, value))
    agree(result.overallByEventTime.estimate, -0.07723982)
  })
  test('the two-way fixed effects number and the pre-trend test of the package page', () => {
    agree(result.twoWayFixedEffects.estimate, -0.03654894)
    agree(result.twoWayFixedEffects.se, 0.0132386)
    agree(result.preTrend!.pValue, 0.16812)
  })
})

function minimumWages(): Staggered {
  const table = read('mpdta.csv')
  const panel = balance({
    unit: must(labels(table, 'countyreal')),
    time: must(numbers(table, 'year')),
    outcome: must(numbers(table, 'lemp')),
    first: must(numbers(table, 'first.treat')).map((year) => (year === 0 ? Infinity : year)),
  })
  return must(staggered(must(panel)))
}

describe.skipIf(!present)(`Senate races${note}`, () => {
  const races = present ? senate() : { outcome: new Float64Array(0), running: new Float64Array(0), cutoff: 0 }

  test('default local-linear estimate, bandwidths and robust interval', () => {
    const result = must(discontinuity(races))
    expect(races.outcome.length).toBe(1297)
    agree(result.estimate, 7.414130802)
    agree(result.se, 1.458716)
    agree(result.biasCorrected, 7.506502)
    agree(result.ci[0], 4.093699)
    agree(result.ci[1], 10.919306)
    agree(result.bandwidth, 17.754397)
    agree(result.biasBandwidth, 28.028087)
    expect([result.nLeft, result.nRight]).toEqual([360, 323])
  })
  test('given bandwidths: least squares, and the triangular kernel', () => {
    agree(must(discontinuity(races, { kernel: 'uniform', bandwidth: 10 })).estimate, 6.898794361)
    const triangular = must(discontinuity(races, { bandwidth: 10 }))
    agree(triangular.estimate, 7.984687)
    agree(triangular.biasCorrected, 11.92182)
  })
  test('density at the cut-off', () => {
    const result = must(densityTest(must(numbers(read('rddensity_senate.csv'), 'margin')), 0))
    agree(result.statistic, -0.875273)
    agree(result.pValue, 0.381425)
    agree(result.bandwidthLeft, 19.8411)
    agree(result.bandwidthRight, 27.1188)
  })
})

function senate(): { outcome: Float64Array; running: Float64Array; cutoff: number } {
  const table = read('rdrobust_senate.csv')
  const columns = completeRows([must(numbers(table, 'vote')), must(numbers(table, 'margin'))]).columns
  return { outcome: columns[0]!, running: columns[1]!, cutoff: 0 }
}
