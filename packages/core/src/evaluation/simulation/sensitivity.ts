// Which assumption matters: Morris's elementary effects (1991, with the mean of absolute effects of Campolongo 2007).
// One assumption is moved at a time along random paths through the box of priors.
import { seededRandom } from '../../random.ts'
import { accept, refuse, type Decision } from '../../refusal.ts'
import { mean, variance } from '../mathematics/statistics.ts'

export interface Sensitivity {
  readonly name: string
  /** mean effect of moving the assumption across its whole range */
  readonly effect: number
  /** the same without sign: how much it matters */
  readonly size: number
  /** spread of the effects: how much it depends on the others */
  readonly interaction: number
}

const LEVELS = 4

/**
 * @param run the outcome at a point of the box; called (assumptions + 1) × paths times
 * @returns the assumptions, the one that matters most first
 */
export function morris(
  ranges: Readonly<Record<string, readonly [low: number, high: number]>>,
  run: (point: Readonly<Record<string, number>>) => number,
  { paths, seed }: { readonly paths: number; readonly seed: string },
): Decision<readonly Sensitivity[], 'evaluation.bad_option'> {
  const names = Object.keys(ranges)
  const bad = names.find((name) => !(ranges[name]![0] < ranges[name]![1]))
  if (bad !== undefined || names.length === 0)
    return refuse('evaluation.bad_option', { option: bad ?? 'ranges', value: names.length })
  if (!Number.isSafeInteger(paths) || paths < 2 || paths > 10_000)
    return refuse('evaluation.bad_option', { option: 'paths', value: paths })
  const random = seededRandom(seed)
  const effects = new Map<string, number[]>(names.map((name) => [name, []]))
  const step = LEVELS / (2 * (LEVELS - 1))
  for (let path = 0; path < paths; path++) {
    const at = new Map(names.map((name) => [name, random.int(LEVELS / 2) / (LEVELS - 1)]))
    const up = new Map(names.map((name) => [name, random.int(2) === 0]))
    for (const name of names) if (!up.get(name)) at.set(name, at.get(name)! + step)
    const order = [...names]
    for (let last = order.length - 1; last > 0; last--) {
      const other = random.int(last + 1)
      const kept = order[last]!
      order[last] = order[other]!
      order[other] = kept
    }
    const point = (): Record<string, number> =>
      Object.fromEntries(names.map((name) => [name, scaled(ranges[name]!, at.get(name)!)]))
    let before = run(point())
    for (const name of order) {
      const move = up.get(name) ? step : -step
      at.set(name, at.get(name)! + move)
      const after = run(point())
      effects.get(name)!.push((after - before) / move)
      before = after
    }
  }
  const rows = names.map((name) => {
    const own = effects.get(name)!
    return { name, effect: mean(own), size: mean(own.map(Math.abs)), interaction: Math.sqrt(variance(own)) }
  })
  return accept(rows.sort((a, b) => b.size - a.size || (a.name < b.name ? -1 : 1)))
}

function scaled([low, high]: readonly [number, number], share: number): number {
  return low + share * (high - low)
}
