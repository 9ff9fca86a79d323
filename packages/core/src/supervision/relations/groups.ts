// Groups of firms and persons that act as one: components of personal control, majority ownership, declared groups and
// soft links. Persons and firms stand in the same components, so that money that passes through a nominee's own account
// stays in the group. Roots of state ownership join nothing.
import { unionFind } from '../mathematics/union-find.ts'
import type { WorldIndex } from '../world/world-index.ts'
import { isStateRoot } from './ownership.ts'
import { softLinks, type SoftLinkLimits, type SoftLinks } from './soft-links.ts'

export const linkLimits = {
  mostSharers: 20,
  mostSharersOfStrongKey: 200,
  percentile: 0.999,
  shuffles: 2,
} as const satisfies SoftLinkLimits

export interface Groups {
  readonly groupOf: (holder: string) => string
  readonly membersOf: (group: string) => readonly string[]
  readonly together: (left: string, right: string) => boolean
}

export function sharedSoftLinks(world: WorldIndex): SoftLinks {
  return world.once('soft links', () => softLinks(world, linkLimits))
}

/** Groups by law and by trace; `declared` leaves the soft links out. */
export function groupsOf(world: WorldIndex, kind: 'all' | 'declared' = 'all'): Groups {
  return world.once(`groups ${kind}`, () => build(world, kind))
}

function build(world: WorldIndex, kind: 'all' | 'declared'): Groups {
  const sets = unionFind()
  for (const role of world.rows('roles')) {
    if (isStateRoot(world, role.holder)) continue
    const binds =
      ['legal_representative', 'controller', 'director'].includes(role.kind) ||
      (role.kind === 'shareholder' && (role.share ?? 0) > 0.5)
    if (binds) sets.join(role.holder, role.firm)
  }
  for (const firm of world.rows('firms'))
    if (firm.declaredGroup !== null) sets.join(firm.id, `group:${firm.declaredGroup}`)
  if (kind === 'all') for (const { left, right } of sharedSoftLinks(world).links) sets.join(left, right)
  const members = sets.sets()
  return {
    groupOf: sets.rootOf,
    membersOf: (group) => members.get(group) ?? [group],
    together: (left, right) => sets.rootOf(left) === sets.rootOf(right),
  }
}
