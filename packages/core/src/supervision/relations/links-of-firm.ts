// The soft links of one firm, found from its own keys: the same weights as `softLinks` finds over all firms.
import type { RowRef } from '../world/tables.ts'
import { compareTexts } from '../world/texts.ts'
import type { WorldIndex } from '../world/world-index.ts'
import type { LentKeys } from './lent-keys.ts'
import { keyCounts, keyWeight, type SharedKey, type SoftLink, type SoftLinkLimits } from './soft-link.ts'

interface FirmKey {
  readonly kind: string
  readonly value: string
  readonly row: RowRef
}

export interface FirmAsked {
  readonly firm: string
  readonly limits: SoftLinkLimits
  /** the threshold, in millionths, and the number of firms of the last full run */
  readonly chance: { readonly threshold: number; readonly firms: number }
  readonly lent: LentKeys
}

/** Links with their weights in millionths. */
export function linksOfFirm(world: WorldIndex, asked: FirmAsked): SoftLink[] {
  const { firm, limits, chance, lent } = asked
  const weights = new Map<string, number>()
  for (const key of keysOfFirm(world, firm, lent)) {
    const sharers = sharersOf(world, key, lent)
    if (!keyCounts(key.kind, sharers.size, limits)) continue
    const weight = keyWeight(chance.firms, sharers.size)
    for (const other of sharers) if (other !== firm) weights.set(other, (weights.get(other) ?? 0) + weight)
  }
  return [...weights].flatMap(([other, weight]) => {
    if (weight <= chance.threshold) return []
    const [left, right] = compareTexts(firm, other) < 0 ? [firm, other] : [other, firm]
    return [{ left, right, weight, keys: sharedKeys(world, { left, right }, asked) }]
  })
}

/** What a firm states of itself, each value once: its address, then its contacts; what its agent lent it is the agent. */
function keysOfFirm(world: WorldIndex, id: string, lent: LentKeys): FirmKey[] {
  const firm = world.find('firms', id)
  if (firm === undefined) return []
  const keys = new Map<string, FirmKey>()
  const add = (kind: string, value: string, row: RowRef): void => {
    const name = `${kind} ${value}`
    if (!keys.has(name)) keys.set(name, { kind, value, row })
  }
  const own: RowRef = { table: 'firms', id }
  const stated = (kind: string, value: string, row: RowRef): void =>
    lent.has(firm.agent, kind, value) ? add('agent', firm.agent!, own) : add(kind, value, row)
  if (firm.addressHash !== null) stated('address', firm.addressHash, own)
  for (const contact of world.where('contacts', 'firm', id))
    stated(contact.kind, contact.valueHash, { table: 'contacts', id: contact.id })
  return [...keys.values()]
}

/** The firms that have the key. */
function sharersOf(world: WorldIndex, { kind, value }: FirmKey, lent: LentKeys): ReadonlySet<string> {
  if (kind === 'agent') {
    const clients = world.where('firms', 'agent', value).map(({ id }) => id)
    return new Set(clients.filter((id) => keysOfFirm(world, id, lent).some((key) => key.kind === 'agent')))
  }
  const firms =
    kind === 'address'
      ? world.where('firms', 'addressHash', value).map(({ id }) => id)
      : world
          .where('contacts', 'valueHash', value)
          .filter((contact) => contact.kind === kind)
          .map(({ firm }) => firm)
  return new Set(
    firms.filter((id) => {
      const firm = world.find('firms', id)
      return firm !== undefined && !lent.has(firm.agent, kind, value)
    }),
  )
}

function sharedKeys(
  world: WorldIndex,
  { left, right }: { readonly left: string; readonly right: string },
  { limits, lent }: FirmAsked,
): SharedKey[] {
  const others = new Map(keysOfFirm(world, right, lent).map((key) => [`${key.kind} ${key.value}`, key]))
  return keysOfFirm(world, left, lent).flatMap((key) => {
    const other = others.get(`${key.kind} ${key.value}`)
    if (other === undefined) return []
    const sharers = sharersOf(world, key, lent).size
    return keyCounts(key.kind, sharers, limits)
      ? [{ kind: key.kind, sharers, rows: [key.row, other.row] }]
      : []
  })
}
