// A gang is a task of several members that run together or not at all, in one centre unless it says that the network
// between centres will do. Every centre that can hold it is tried and the one where it costs least is kept.
import type { Placed, Placer } from './placer.ts'
import { requestedMilliOf, type TaskSpec } from './specs.ts'

export interface Gang {
  readonly id: string
  readonly members: readonly TaskSpec[]
  /** true allows members in different centres */
  readonly acrossCentres?: boolean
}

/** Places every member or none. @returns undefined when no centre (or no set of centres) holds them all */
export function placeGang(placer: Placer, gang: Gang): readonly Placed[] | undefined {
  const largestFirst = [...gang.members].sort(
    (left, right) => requestedMilliOf(right) - requestedMilliOf(left) || right.cpuMilli - left.cpuMilli,
  )
  if (gang.acrossCentres === true) return attempt(placer, largestFirst)?.placed
  let best: Trial | undefined
  for (const centre of centresOf(placer)) {
    const trial = attempt(placer, within(largestFirst, centre))
    if (trial === undefined) continue
    releaseGang(placer, trial.placed)
    if (best === undefined || trial.cost < best.cost) best = trial
  }
  for (const entry of best?.placed ?? []) placer.restore(entry)
  return best?.placed
}

interface Trial {
  readonly placed: readonly Placed[]
  readonly cost: number
}

export function releaseGang(placer: Placer, placed: readonly Placed[]): void {
  for (const { task } of placed) placer.release(task.id)
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
function attempt(
  placer: Placer,
  members: readonly TaskSpec[],
): { placed: Placed[]; cost: number } | undefined {
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
