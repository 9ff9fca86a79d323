// By how much a placement would lessen a node's fragmentation, and on which of its devices most: the gradient that
// FGD descends and that the priced method weighs against class prices.
import { deviceFits, maskFor, type Demand } from './demand.ts'
import type { Fleet } from './fleet.ts'
import { createNodeState, fragmentation, readNodeState, type FragmentationMix } from './fragmentation.ts'
import { freeMilliOfMask, WHOLE_DEVICE_MASK } from './mig.ts'

export interface Gradient {
  /** thousandths of fragmentation removed; the node must fit the demand */
  readonly at: (demand: Demand, node: number) => number
  /** device of the last answer, as a position within the node; -1 when the demand takes whole devices or none */
  readonly position: () => number
  /** forgets what it knew of the node */
  readonly changed: (node: number) => void
  /** measures with another mix from now on */
  readonly use: (mix: FragmentationMix) => void
}

/** @param better true when the second gradient beats the first; FGD compares cut scores, the priced method exact ones */
export function createGradient(
  fleet: Fleet,
  firstMix: FragmentationMix,
  better: (best: number, next: number) => boolean,
): Gradient {
  let mix = firstMix
  const present = new Float64Array(fleet.nodes.length).fill(Number.NaN)
  const state = createNodeState()
  let chosen = -1

  const before = (node: number): number => {
    if (Number.isNaN(present[node]!)) present[node] = fragmentation(fleet, mix, fleet.classOf[node]!, state)
    return present[node]!
  }
  const sharing = (demand: Demand, node: number, now: number): number => {
    const nodeClass = fleet.classOf[node]!
    const first = fleet.deviceStart[node]!
    const milli = demand.milliOn[nodeClass]!
    let best = Number.NEGATIVE_INFINITY
    for (let position = 0; position < state.devices; position++) {
      if (!deviceFits(fleet, demand, first + position, nodeClass) || repeats(fleet, first, position)) continue
      const free = state.free[position]!
      const taken = state.mask[position]!
      const mask = maskFor(fleet, demand, first + position, nodeClass)
      state.mask[position] = taken | mask
      state.free[position] = mask === 0 ? free - milli : freeMilliOfMask(taken | mask)
      const next = now - fragmentation(fleet, mix, nodeClass, state)
      state.free[position] = free
      state.mask[position] = taken
      if (chosen < 0 || better(best, next)) {
        best = next
        chosen = position
      }
    }
    return best
  }
  return {
    position: () => chosen,
    changed: (node) => (present[node] = Number.NaN),
    use: (next) => {
      mix = next
      present.fill(Number.NaN)
    },
    at: (demand, node) => {
      const nodeClass = fleet.classOf[node]!
      chosen = -1
      readNodeState(fleet, node, state)
      const now = before(node)
      state.cpuFree -= demand.cpuMilli
      const wanted = demand.devicesOn[nodeClass]!
      if (wanted === 1 && demand.milliOn[nodeClass]! < 1000) return sharing(demand, node, now)
      for (let position = 0, left = wanted; left > 0; position++) {
        if (!deviceFits(fleet, demand, fleet.deviceStart[node]! + position, nodeClass)) continue
        state.free[position] = 0
        state.mask[position] = WHOLE_DEVICE_MASK
        left--
      }
      return now - fragmentation(fleet, mix, nodeClass, state)
    },
  }
}

/** True when an earlier device of the node is in the same state, so that its gradient is known to be equal. */
function repeats(fleet: Fleet, first: number, position: number): boolean {
  for (let earlier = first; earlier < first + position; earlier++) {
    if (
      fleet.deviceFree[earlier] === fleet.deviceFree[first + position] &&
      fleet.deviceMask[earlier] === fleet.deviceMask[first + position] &&
      fleet.deviceMemoryFree[earlier] === fleet.deviceMemoryFree[first + position]
    )
      return true
  }
  return false
}

/** FGD's score: the gradient in devices through the logistic curve, cut to a whole number 0 to 100. */
export function cutScore(gradientMilli: number): number {
  return Math.floor(100 / (1 + Math.exp(-gradientMilli / 1000)))
}
