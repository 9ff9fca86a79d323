// A gang is a task of several members that run together or not at all, in one centre unless it says that the network
// between centres will do. Every centre that can hold it is tried and the one where it costs least is kept.
import { accept, refuse, type Decision } from '../refusal.ts'
import type { Placed, Placer, TaskRefusal } from './placer.ts'
import { requestedMilliOf, type TaskSpec } from './specs.ts'

export interface Gang {
  readonly id: string
  /** at least one, each with an id of its own */
  readonly members: readonly TaskSpec[]
  /** true allows members in different centres */
  readonly acrossCentres?: boolean
}

export type GangRefusal = TaskRefusal | 'placement.empty_gang' | 'placement.no_room_for_gang'

/**
 * Places every member or none. Refuses `placement.empty_gang`, `bad_task`, `duplicate_id` (twice in the gang or already
 * placed), and `no_room_for_gang` when no centre (or no set of centres) holds them all.
 */
export function placeGang(placer: Placer, gang: Gang): Decision<readonly Placed[], GangRefusal> {
  if (gang.members.length === 0) return refuse('placement.empty_gang', { gang: gang.id })
  const ids = new Set<string>()
  for (const member of gang.members) {
    const checked = placer.check(member)
    if (!checked.ok) return checked
    if (ids.has(member.id)) return refuse('placement.duplicate_id', { id: member.id })
    ids.add(member.id)
  }
  const largestFirst = [...gang.members].sort(
    (left, right) => requestedMilliOf(right) - requestedMilliOf(left) || right.cpuMilli - left.cpuMilli,
  )
  const placed =
    gang.acrossCentres === true
      ? attempt(placer, largestFirst)?.placed
      : inCheapestCentre(placer, largestFirst)
  return placed === undefined ? refuse('placement.no_room_for_gang', { gang: gang.id }) : accept(placed)
}

interface Trial {
  readonly placed: readonly Placed[]
  readonly cost: number
}

export function releaseGang(placer: Placer, placed: readonly Placed[]): void {
  for (const { task } of placed) placer.release(task.id)
}

function inCheapestCentre(placer: Placer, members: readonly TaskSpec[]): readonly Placed[] | undefined {
  let best: Trial | undefined
  for (const centre of centresOf(placer)) {
    const trial = attempt(placer, within(members, centre))
    if (trial === undefined) continue
    releaseGang(placer, trial.placed)
    if (best === undefined || trial.cost < best.cost) best = trial
  }
  for (const entry of best?.placed ?? []) placer.restore(entry)
  return best?.placed
}

/** In the fleet's own order, which is a seeded shuffle: no centre is favoured by its name. */
function centresOf(placer: Placer): string[] {
  return [...new Set(placer.fleet.nodes.map((node) => node.centre ?? ''))]
}

function within(members: readonly TaskSpec[], centre: string): TaskSpec[] {
  return members.map((member) => ({
    ...member,
    centres: member.centres === undefined || member.centres.includes(centre) ? [centre] : [],
  }))
}

/** All members, or nothing changed. The cost is in thousandths of devices; without prices every centre costs the same. */
function attempt(placer: Placer, members: readonly TaskSpec[]): Trial | undefined {
  const placed: Placed[] = []
  let cost = 0
  for (const member of members) {
    const demand = placer.demandOf(member)
    const node = placer.choose(demand)
    if (node < 0) {
      releaseGang(placer, placed)
      return undefined
    }
    const parts = placer.pricing?.parts(placer.row(demand), node)
    if (parts !== undefined) cost += parts.priceCost + parts.stranded - parts.fragmentationRemoved
    placed.push(placer.placeOn(member, node))
  }
  return { placed, cost }
}
