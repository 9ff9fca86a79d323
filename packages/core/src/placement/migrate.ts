// One-move migration: when a task fits nowhere, one other task may be asked to move so that it fits. The move proposed
// is the smallest that works: fewest thousandths of devices, then least CPU, then the earlier node. Only tasks whose
// owners agreed move; who pays for the pause is settled elsewhere.
import { nodeFits, type Demand } from './demand.ts'
import { occupy, vacate } from './fleet.ts'
import type { Placed, Placer } from './placer.ts'
import type { TaskSpec } from './specs.ts'

export interface Move {
  /** the task that makes room */
  readonly moved: TaskSpec
  readonly from: number
  readonly to: number
  /** where the asking task goes: `from` */
  readonly devicesMovedMilli: number
}

/** The smallest single move that makes room for the task, or undefined. Nothing is changed. */
export function proposeMove(
  placer: Placer,
  task: TaskSpec,
  mayMove: (task: TaskSpec) => boolean = () => true,
): Move | undefined {
  const { fleet } = placer
  const demand = placer.demandOf(task)
  const targets = new Map<object, number>()
  const targetOf = (entry: Placed): number => {
    const known = targets.get(entry.demand)
    if (known !== undefined) return known
    const target = placer.choose(entry.demand)
    targets.set(entry.demand, target)
    return target
  }
  const size = ({ claim }: Placed): number => claim.devices.length * claim.milli
  let best: Placed | undefined
  for (let node = 0; node < fleet.nodes.length; node++) {
    if (demand.devicesOn[fleet.classOf[node]!]! < 0) continue
    for (const id of placer.residents[node]!) {
      const entry = placer.placed.get(id)!
      if (best !== undefined && !isSmaller(entry, best, size)) continue
      if (!mayMove(entry.task) || !makesRoom(placer, demand, entry)) continue
      const target = targetOf(entry)
      if (target >= 0 && target !== node) best = entry
    }
  }
  if (best === undefined) return undefined
  return { moved: best.task, from: best.claim.node, to: targetOf(best), devicesMovedMilli: size(best) }
}

function isSmaller(entry: Placed, best: Placed, size: (entry: Placed) => number): boolean {
  const difference = size(entry) - size(best)
  return difference < 0 || (difference === 0 && entry.claim.cpuMilli < best.claim.cpuMilli)
}

function makesRoom(placer: Placer, demand: Demand, { claim }: Placed): boolean {
  const { fleet } = placer
  const nodeClass = fleet.classOf[claim.node]!
  const wanted = demand.devicesOn[nodeClass]! * demand.milliOn[nodeClass]!
  if (fleet.cpuFree[claim.node]! + claim.cpuMilli < demand.cpuMilli) return false
  if (fleet.milliFree[claim.node]! + claim.devices.length * claim.milli < wanted) return false
  vacate(fleet, claim)
  const fits = nodeFits(fleet, demand, claim.node)
  occupy(fleet, claim)
  return fits
}

/** Carries out a proposed move and places the task that asked for it. */
export function carryOut(placer: Placer, task: TaskSpec, move: Move): Placed {
  placer.release(move.moved.id)
  placer.placeOn(move.moved, move.to)
  return placer.placeOn(task, move.from)
}

/** Places the task, with one move where nothing else helps. */
export function placeWithMove(
  placer: Placer,
  task: TaskSpec,
  mayMove?: (task: TaskSpec) => boolean,
): { readonly placed: Placed | undefined; readonly move: Move | undefined } {
  const direct = placer.place(task)
  if (direct !== undefined) return { placed: direct, move: undefined }
  const move = proposeMove(placer, task, mayMove)
  return move === undefined ? { placed: undefined, move } : { placed: carryOut(placer, task, move), move }
}
