// Who owns and who controls a firm on a day. Integrated ownership Y = A + A² + … is one column of (I − A)⁻¹A, summed
// along the chains upwards until what is left is under a thousandth. Two firms are not related merely because the state
// owns both (Company Law, on 关联关系): chains end below roots of state ownership, which are shown and not counted.
import type { Day } from '../../calendar/index.ts'
import type { Row } from '../world/tables.ts'
import type { WorldIndex } from '../world/world-index.ts'

const LEAST_SHARE = 0.001
const CONTROL_KINDS = new Set(['legal_representative', 'controller', 'director'])

export interface Holding {
  readonly holder: string
  /** integrated share, 0 to 1 */
  readonly share: number
  /** the roles of the chain that carries most of it, from the firm upwards */
  readonly roles: readonly Row<'roles'>[]
}

export function inForce(role: Row<'roles'>, on: Day): boolean {
  return role.from <= on && (role.to === null || role.to >= on)
}

export function rolesOn(world: WorldIndex, firm: string, on: Day): Row<'roles'>[] {
  return world.where('roles', 'firm', firm).filter((role) => inForce(role, on))
}

/** The share of a shareholder as a part of one; undefined where it is unknown or no part (60 for 60 %). */
export function shareOf(role: Row<'roles'>): number | undefined {
  return role.share === null || role.share < 0 || role.share > 1 ? undefined : role.share
}

export function isStateRoot(world: WorldIndex, holder: string): boolean {
  return world.find('firms', holder)?.stateRoot === true
}

/** A holder whose row is lost: nobody can say whether it is a person, a firm or a root of state ownership. */
export function isLost(world: WorldIndex, holder: string): boolean {
  if (!world.has('persons') || !world.has('firms')) return false
  return world.placeOf('persons', holder) < 0 && world.placeOf('firms', holder) < 0
}

/** Where chains of ownership and control end: at the state, and at who is not known. */
export function endsChains(world: WorldIndex, holder: string): boolean {
  return isStateRoot(world, holder) || isLost(world, holder)
}

/** Everyone who directs the firm in person: legal representative, director, controller. Independent directors do not. */
export function controllersOf(world: WorldIndex, firm: string, on: Day): Row<'roles'>[] {
  return rolesOn(world, firm, on).filter((role) => CONTROL_KINDS.has(role.kind))
}

/** Integrated ownership of a firm, by holder. */
export function ownersOf(world: WorldIndex, firm: string, on: Day): Map<string, Holding> {
  const total = new Map<string, Holding>()
  let layer: Holding[] = [{ holder: firm, share: 1, roles: [] }]
  for (let depth = 0; layer.length > 0 && depth < 20; depth++) {
    const next: Holding[] = []
    for (const { holder, share, roles } of layer) {
      if (endsChains(world, holder)) continue
      for (const role of rolesOn(world, holder, on)) {
        const passed = share * (shareOf(role) ?? 0)
        if (role.kind !== 'shareholder' || passed < LEAST_SHARE) continue
        next.push({ holder: role.holder, share: passed, roles: [...roles, role] })
      }
    }
    for (const holding of next) {
      const known = total.get(holding.holder)
      const stronger = known !== undefined && known.roles.length <= holding.roles.length ? known : holding
      total.set(holding.holder, { ...stronger, share: (known?.share ?? 0) + holding.share })
    }
    layer = next
  }
  return total
}

export interface ControlLimits {
  /** a share above it controls */
  readonly controlShare: number
  readonly mostHops: number
}

/** The chains of control above a firm: majority shares and declared controllers, with the roles walked. */
export function controlChains(
  world: WorldIndex,
  firm: string,
  on: Day,
  limits: ControlLimits,
): Map<string, readonly Row<'roles'>[]> {
  const chains = new Map<string, readonly Row<'roles'>[]>([[firm, []]])
  let layer = [firm]
  for (let hop = 0; hop < limits.mostHops && layer.length > 0; hop++) {
    const next: string[] = []
    for (const current of layer) {
      for (const role of rolesOn(world, current, on)) {
        const controls =
          role.kind === 'controller' ||
          (role.kind === 'shareholder' && (shareOf(role) ?? 0) > limits.controlShare)
        if (!controls || chains.has(role.holder) || endsChains(world, role.holder)) continue
        chains.set(role.holder, [...chains.get(current)!, role])
        next.push(role.holder)
      }
    }
    layer = next
  }
  return chains
}
