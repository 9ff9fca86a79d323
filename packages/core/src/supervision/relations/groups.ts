// Groups of firms and persons that act as one: components of personal control, majority ownership, declared groups and
// soft links. Persons and firms stand in the same components, so that money that passes through a nominee's own account
// stays in the group. Roots of state ownership join nothing.
import { unionFind, type UnionFind } from '../mathematics/union-find.ts'
import type { Row } from '../world/tables.ts'
import type { WorldIndex } from '../world/world-index.ts'
import { endsChains } from './ownership.ts'
import type { SoftLinkLimits } from './soft-link.ts'
import { softLinks, type SoftLinks } from './soft-links.ts'

export const linkLimits = {
  mostSharers: 20,
  mostSharersOfStrongKey: 200,
  percentile: 0.999,
  leastClients: 5,
  leastLentShare: 0.5,
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
  if (world.base !== undefined) return extended(world, world.base, kind)
  const sets = unionFind()
  joinRows(world, sets, world.rows('roles'), world.rows('firms'))
  if (kind === 'all') for (const { left, right } of sharedSoftLinks(world).links) sets.join(left, right)
  const members = sets.sets()
  return {
    groupOf: sets.rootOf,
    membersOf: (group) => members.get(group) ?? [group],
    together: (left, right) => sets.rootOf(left) === sets.rootOf(right),
  }
}

function joinRows(
  world: WorldIndex,
  sets: Pick<UnionFind, 'join'>,
  roles: readonly Row<'roles'>[],
  firms: readonly Row<'firms'>[],
): void {
  for (const role of roles) {
    if (endsChains(world, role.holder)) continue
    const binds =
      ['legal_representative', 'controller', 'director'].includes(role.kind) ||
      (role.kind === 'shareholder' && (role.share ?? 0) > 0.5)
    if (binds) sets.join(role.holder, role.firm)
  }
  for (const firm of firms) if (firm.declaredGroup !== null) sets.join(firm.id, `group:${firm.declaredGroup}`)
}

/** The groups beneath, joined by what was added and by the links of the firm that is looked at. */
function extended(world: WorldIndex, base: WorldIndex, kind: 'all' | 'declared'): Groups {
  const below = groupsOf(base, kind)
  const sets = unionFind()
  const join = (left: string, right: string): void => sets.join(below.groupOf(left), below.groupOf(right))
  joinRows(world, { join }, world.added('roles'), world.added('firms'))
  if (kind === 'all') for (const { left, right } of sharedSoftLinks(world).links) join(left, right)
  const merged = sets.sets()
  const groupOf = (holder: string): string => sets.rootOf(below.groupOf(holder))
  return {
    groupOf,
    membersOf: (group) => {
      const own = merged.get(group)
      if (own === undefined) return below.membersOf(group)
      return world.once(`members of ${kind} ${group}`, () => own.flatMap(below.membersOf).sort())
    },
    together: (left, right) => groupOf(left) === groupOf(right),
  }
}
