// One-move migration: when a task fits nowhere, one other task may be asked to move so that it fits. The move proposed
// is the smallest that works: fewest thousandths of devices, then least CPU, then the earlier node. Only tasks whose
// owners agreed move; who pays for the pause is settled elsewhere.
import { accept, refuse, type Decision } from '../refusal.ts'
import { nodeFits, type Demand } from './demand.ts'
import { occupy, vacate } from './fleet.ts'
import type { Placed, PlaceRefusal, Placer } from './placer.ts'
import type { TaskSpec } from './specs.ts'

export interface Move {
  /** the task that makes room */
  readonly moved: TaskSpec
  readonly from: number
  readonly to: number
  /** where the asking task goes: `from` */
  readonly devicesMovedMilli: number
}

export type MoveRefusal = PlaceRefusal | 'placement.stale_move'

/** The smallest single move that makes room. Refuses as `place` does, `no_room` when no move helps. Nothing is changed. */
export function proposeMove(
  placer: Placer,
  task: TaskSpec,
  mayMove: (task: TaskSpec) => boolean = () => true,
): Decision<Move, PlaceRefusal> {
  const checked = placer.check(task)
  if (!checked.ok) return checked
  const { fleet } = placer
  const demand = placer.demandOf(task)
  const targetOf = rememberTargets(placer)
  let best: Placed | undefined
  let to = -1
  for (let node = 0; node < fleet.nodes.length; node++) {
    if (demand.devicesOn[fleet.classOf[node]!]! < 0) continue
    for (const id of placer.residents[node]!) {
      const entry = placer.placed.get(id)!
      if (best !== undefined && !isSmaller(entry, best)) continue
      if (!mayMove(entry.task) || !makesRoom(placer, demand, entry)) continue
      const target = targetOf(entry)
      if (target < 0) continue
      best = entry
      to = target
    }
  }
  if (best === undefined) return refuse('placement.no_room', { task: task.id })
  return accept({ moved: best.task, from: best.claim.node, to, devicesMovedMilli: sizeOf(best) })
}

/** Where a placed task would go: the best node for its demand, or the best but one when it stands there already. */
function rememberTargets(placer: Placer): (entry: Placed) => number {
  const targets = new Map<Demand, number>()
  return ({ demand, claim }) => {
    const target = targets.get(demand) ?? placer.choose(demand)
    targets.set(demand, target)
    return target === claim.node ? placer.choose(demand, { except: claim.node }) : target
  }
}

function sizeOf({ claim }: Placed): number {
  return claim.devices.length * claim.milli
}

function isSmaller(entry: Placed, best: Placed): boolean {
  const difference = sizeOf(entry) - sizeOf(best)
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

/**
 * Carries out a proposed move and places the task that asked for it, both or neither: between the proposal and the
 * owner's consent others may have come and gone. Refuses as `place` does, and `placement.stale_move` when the task that was
 * to move is no longer where it was, or one of the two no longer fits where it should go.
 */
export function carryOut(placer: Placer, task: TaskSpec, move: Move): Decision<Placed, MoveRefusal> {
  const checked = placer.check(task)
  if (!checked.ok) return checked
  const entry = placer.placed.get(move.moved.id)
  const stands = entry !== undefined && entry.claim.node === move.from && move.to !== move.from
  const goes =
    stands && fitsOn(placer, entry.demand, move.to) && makesRoom(placer, placer.demandOf(task), entry)
  if (!goes) return refuse('placement.stale_move', { task: task.id, moved: move.moved.id })
  placer.release(entry.task.id)
  placer.placeOn(entry.task, move.to)
  return accept(placer.placeOn(task, move.from))
}

function fitsOn({ fleet }: Placer, demand: Demand, node: number): boolean {
  return fleet.nodes[node] !== undefined && nodeFits(fleet, demand, node)
}

/** Places the task, with one move where nothing else helps. Refuses as `place` does. */
export function placeWithMove(
  placer: Placer,
  task: TaskSpec,
  mayMove?: (task: TaskSpec) => boolean,
): Decision<{ readonly placed: Placed; readonly move: Move | undefined }, MoveRefusal> {
  const direct = placer.place(task)
  if (direct.ok) return accept({ placed: direct.value, move: undefined })
  if (direct.refusal.code !== 'placement.no_room') return direct
  const move = proposeMove(placer, task, mayMove)
  if (!move.ok) return move
  const placed = carryOut(placer, task, move.value)
  return placed.ok ? accept({ placed: placed.value, move: move.value }) : placed
}
