// Staggered adoption: one effect per group (first treated period) and period, against units never or not yet treated,
// then averages with fixed weights (Callaway and Sant'Anna 2021, Journal of Econometrics 225). Standard errors come
// from influence functions, the weights' own noise included. The two-way fixed effects number stands beside it only
// because people will have computed it.
import { accept, refuse, type Decision } from '../../refusal.ts'
import { estimateOf, type Estimate } from '../estimate.ts'
import { chiSquaredAbove } from '../mathematics/distributions.ts'
import { leastSquares, zeros } from '../mathematics/linear-algebra.ts'
import type { Panel } from './panel.ts'

export type ControlGroup = 'never' | 'not_yet'

export interface GroupTimeEffect extends Estimate {
  readonly group: number
  readonly time: number
  /** treated and comparison units behind it */
  readonly nTreated: number
  readonly nControl: number
}

export interface Staggered {
  /** every cell, those before treatment too: they show whether trends ran parallel */
  readonly groupTime: readonly GroupTimeEffect[]
  /** all cells after treatment, weighted by group size */
  readonly simple: Estimate
  readonly byGroup: readonly (Estimate & { readonly group: number })[]
  readonly overallByGroup: Estimate
  readonly byEventTime: readonly (Estimate & { readonly eventTime: number })[]
  readonly overallByEventTime: Estimate
  /** joint test that every cell before treatment is zero; null when there is none or it cannot be inverted */
  readonly preTrend: { readonly statistic: number; readonly degrees: number; readonly pValue: number } | null
  readonly twoWayFixedEffects: Estimate
  readonly units: number
  readonly neverTreated: number
  /** groups of fewer than five units: their standard errors are too small */
  readonly smallGroups: readonly number[]
}

export type StaggeredCode =
  | 'evaluation.no_never_treated'
  | 'evaluation.no_treated_group'
  | 'evaluation.too_few'

interface Cell {
  readonly group: number
  readonly time: number
  readonly effect: number
  readonly nTreated: number
  readonly nControl: number
  /** one value per unit; the standard error is √Σ² / units */
  readonly influence: Float64Array
}

export function staggered(panel: Panel, control: ControlGroup = 'never'): Decision<Staggered, StaggeredCode> {
  const everyoneTreated = panel.first.every((first) => first !== Infinity)
  if (everyoneTreated && control === 'never') return refuse('evaluation.no_never_treated')
  const used = everyoneTreated ? beforeLastGroup(panel) : panel
  if (used.times.length < 2)
    return refuse('evaluation.too_few', { where: 'periods', found: used.times.length, needed: 2 })
  const groups = [...new Set(used.first)].filter((first) => first !== Infinity).sort((a, b) => a - b)
  if (groups.length === 0) return refuse('evaluation.no_treated_group')
  const size = (group: number): number => used.first.filter((first) => first === group).length
  if (size(Infinity) < 2)
    return refuse('evaluation.too_few', { where: 'control', found: size(Infinity), needed: 2 })
  const cells = groups.flatMap((group) => cellsOf(used, group, control))
  const averages = averagesOf(used, cells, groups)
  return accept({
    groupTime: cells.map(describe),
    ...averages,
    preTrend: jointTest(cells.filter((cell) => cell.time < cell.group)),
    twoWayFixedEffects: twoWayFixedEffects(used),
    units: used.units.length,
    neverTreated: everyoneTreated ? 0 : size(Infinity),
    smallGroups: groups.filter((group) => size(group) < 5),
  })
}

/** Where everyone is treated in the end, the last group serves as control and the panel stops before its start. */
function beforeLastGroup(panel: Panel): Panel {
  const last = panel.first.reduce((latest, first) => Math.max(latest, first), -Infinity)
  const kept = panel.times.filter((time) => time < last)
  const outcome = new Float64Array(panel.units.length * kept.length)
  for (let unit = 0; unit < panel.units.length; unit++)
    for (let period = 0; period < kept.length; period++)
      outcome[unit * kept.length + period] = panel.outcome[unit * panel.times.length + period]!
  return {
    ...panel,
    times: kept,
    outcome,
    first: panel.first.map((first) => (first === last ? Infinity : first)),
  }
}

/** A cell compares with the period before treatment, a cell before treatment with the period before itself. */
function cellsOf(panel: Panel, group: number, control: ControlGroup): Cell[] {
  const before = panel.times.filter((time) => time < group).length - 1
  return panel.times.slice(1).map((time, index) => {
    const base = time >= group ? before : index
    const latest = Math.max(time, panel.times[base]!)
    const isControl = (first: number): boolean =>
      first === Infinity || (control === 'not_yet' && first > latest && first !== group)
    return cellOf(panel, { group, time, base, isControl })
  })
}

function cellOf(
  panel: Panel,
  cell: { group: number; time: number; base: number; isControl: (first: number) => boolean },
): Cell {
  const width = panel.times.length
  const at = panel.times.indexOf(cell.time)
  const count = panel.units.length
  const change = new Float64Array(count)
  const role = new Int8Array(count)
  let [treated, controls, treatedSum, controlSum] = [0, 0, 0, 0]
  for (let unit = 0; unit < count; unit++) {
    change[unit] = panel.outcome[unit * width + at]! - panel.outcome[unit * width + cell.base]!
    if (panel.first[unit] === cell.group) {
      role[unit] = 1
      treated++
      treatedSum += change[unit]!
    } else if (cell.isControl(panel.first[unit]!)) {
      role[unit] = -1
      controls++
      controlSum += change[unit]!
    }
  }
  const [treatedMean, controlMean] = [treatedSum / treated, controlSum / controls]
  const influence = new Float64Array(count)
  for (let unit = 0; unit < count; unit++) {
    if (role[unit] === 1) influence[unit] = (count / treated) * (change[unit]! - treatedMean)
    else if (role[unit] === -1) influence[unit] = (-count / controls) * (change[unit]! - controlMean)
  }
  return {
    group: cell.group,
    time: cell.time,
    effect: treatedMean - controlMean,
    nTreated: treated,
    nControl: controls,
    influence,
  }
}

function describe({ group, time, effect, nTreated, nControl, influence }: Cell): GroupTimeEffect {
  return { group, time, ...estimateOf(effect, errorOf(influence)), nTreated, nControl }
}

function errorOf(influence: Float64Array): number {
  let squares = 0
  for (const value of influence) squares += value * value
  return Math.sqrt(squares) / influence.length
}

type Averages = Pick<
  Staggered,
  'simple' | 'byGroup' | 'overallByGroup' | 'byEventTime' | 'overallByEventTime'
>

function averagesOf(panel: Panel, cells: readonly Cell[], groups: readonly number[]): Averages {
  const after = cells.filter((cell) => cell.time >= cell.group)
  const byGroup = groups.map((group) =>
    equalAverage(
      after.filter((cell) => cell.group === group),
      group,
    ),
  )
  const eventTimes = [...new Set(cells.map((cell) => cell.time - cell.group))].sort((a, b) => a - b)
  const byEventTime = eventTimes.map((eventTime) => ({
    eventTime,
    ...weightedAverage(
      panel,
      cells.filter((cell) => cell.time - cell.group === eventTime),
    ),
  }))
  const later = byEventTime.filter(({ eventTime }) => eventTime >= 0)
  return {
    simple: estimateFrom(weightedAverage(panel, after)),
    byGroup: byGroup.map((average) => ({ group: average.group, ...estimateFrom(average) })),
    overallByGroup: estimateFrom(weightedAverage(panel, byGroup)),
    byEventTime: byEventTime.map((average) => ({ eventTime: average.eventTime, ...estimateFrom(average) })),
    overallByEventTime: estimateFrom(equalAverage(later, 0)),
  }
}

interface Average {
  readonly effect: number
  readonly influence: Float64Array
}

function estimateFrom({ effect, influence }: Average): Estimate {
  return estimateOf(effect, errorOf(influence))
}

function equalAverage(parts: readonly Average[], group: number): Average & { readonly group: number } {
  const influence = new Float64Array(parts[0]!.influence.length)
  for (const part of parts)
    for (let unit = 0; unit < influence.length; unit++)
      influence[unit]! += part.influence[unit]! / parts.length
  return { group, effect: parts.reduce((sum, part) => sum + part.effect, 0) / parts.length, influence }
}

/** Weights are the groups' shares of all units; that the shares are estimated adds to the influence. */
function weightedAverage(panel: Panel, parts: readonly (Average & { readonly group: number })[]): Average {
  const count = panel.units.length
  const sizes = new Map<number, number>()
  for (const first of panel.first) sizes.set(first, (sizes.get(first) ?? 0) + 1)
  const shares = parts.map(({ group }) => sizes.get(group)! / count)
  const total = shares.reduce((sum, share) => sum + share, 0)
  const effect = parts.reduce((sum, part, index) => sum + (shares[index]! / total) * part.effect, 0)
  const influence = new Float64Array(count)
  for (const [index, part] of parts.entries()) {
    const weight = shares[index]! / total
    const pull = (part.effect - effect) / total
    for (let unit = 0; unit < count; unit++) {
      const belongs = panel.first[unit] === part.group ? 1 : 0
      influence[unit]! += weight * part.influence[unit]! + pull * (belongs - shares[index]!)
    }
  }
  return { effect, influence }
}

/** Wald's statistic of several cells with the covariance of their influence functions. */
function jointTest(cells: readonly Cell[]): Staggered['preTrend'] {
  const size = cells.length
  if (size === 0) return null
  const covariance = zeros(size, size)
  for (const [row, left] of cells.entries())
    for (const [column, right] of cells.entries()) {
      let sum = 0
      for (let unit = 0; unit < left.influence.length; unit++)
        sum += left.influence[unit]! * right.influence[unit]!
      covariance.data[row * size + column] = sum / left.influence.length / left.influence.length
    }
  const effects = cells.map((cell) => cell.effect)
  const solved = leastSquares(covariance, effects)
  if (solved === null) return null
  const statistic = effects.reduce((sum, effect, index) => sum + effect * solved.coefficients[index]!, 0)
  return { statistic, degrees: size, pValue: chiSquaredAbove(Math.max(0, statistic), size) }
}

/** The coefficient of "already treated" after unit and period means are taken out; errors clustered by unit. */
function twoWayFixedEffects(panel: Panel): Estimate {
  const width = panel.times.length
  const status = new Float64Array(panel.outcome.length)
  for (let unit = 0; unit < panel.units.length; unit++)
    for (let period = 0; period < width; period++)
      status[unit * width + period] = panel.times[period]! >= panel.first[unit]! ? 1 : 0
  const treatment = withoutMeans(status, width)
  const outcome = withoutMeans(panel.outcome, width)
  let [cross, square] = [0, 0]
  for (let at = 0; at < treatment.length; at++) {
    cross += treatment[at]! * outcome[at]!
    square += treatment[at]! * treatment[at]!
  }
  const effect = cross / square
  let scores = 0
  for (let unit = 0; unit < panel.units.length; unit++) {
    let score = 0
    for (let at = unit * width; at < (unit + 1) * width; at++)
      score += treatment[at]! * (outcome[at]! - effect * treatment[at]!)
    scores += score * score
  }
  return estimateOf(effect, Math.sqrt(scores) / square)
}

function withoutMeans(values: Float64Array, width: number): Float64Array {
  const rows = values.length / width
  const periodMeans = new Float64Array(width)
  const result = Float64Array.from(values)
  let whole = 0
  for (let at = 0; at < values.length; at++) {
    periodMeans[at % width]! += values[at]! / rows
    whole += values[at]! / values.length
  }
  for (let row = 0; row < rows; row++) {
    let sum = 0
    for (let column = 0; column < width; column++) sum += values[row * width + column]!
    for (let column = 0; column < width; column++)
      result[row * width + column]! += whole - sum / width - periodMeans[column]!
  }
  return result
}
