// The soft links of one firm, found from its own keys: the same weights, in the same order of sums, as `softLinks` finds
// over all firms.
import type { RowRef } from '../world/tables.ts'
import type { WorldIndex } from '../world/world-index.ts'
import { keyCounts, type SharedKey, type SoftLink, type SoftLinkLimits } from './soft-link.ts'

interface FirmKey {
  readonly kind: string
  readonly value: string
  readonly row: RowRef
}

/** @param chance the threshold and the number of firms of the last full run */
export function linksOfFirm(
  world: WorldIndex,
  firm: string,
  limits: SoftLinkLimits,
  chance: { readonly threshold: number; readonly firms: number },
): SoftLink[] {
  const weights = new Map<string, number>()
  for (const { key, sharers } of inOrder(world, keysOfFirm(world, firm))) {
    if (!keyCounts(key.kind, sharers.size, limits)) continue
    const weight = Math.log(chance.firms / sharers.size)
    for (const other of sharers) if (other !== firm) weights.set(other, (weights.get(other) ?? 0) + weight)
  }
  return [...weights].flatMap(([other, weight]) => {
    if (weight <= chance.threshold) return []
    const [left, right] =
      world.placeOf('firms', firm) < world.placeOf('firms', other) ? [firm, other] : [other, firm]
    return [{ left, right, weight, keys: sharedKeys(world, { left, right }, limits) }]
  })
}

/** What a firm states of itself, each value once: its address, then its contacts. */
function keysOfFirm(world: WorldIndex, id: string): FirmKey[] {
  const keys = new Map<string, FirmKey>()
  const firm = world.find('firms', id)
  if (firm === undefined) return []
  if (firm.addressHash !== null)
    keys.set(`address ${firm.addressHash}`, {
      kind: 'address',
      value: firm.addressHash,
      row: { table: 'firms', id },
    })
  for (const contact of world.where('contacts', 'firm', id)) {
    const name = `${contact.kind} ${contact.valueHash}`
    if (keys.has(name)) continue
    const row: RowRef = { table: 'contacts', id: contact.id }
    keys.set(name, { kind: contact.kind, value: contact.valueHash, row })
  }
  return [...keys.values()]
}

interface Sharing {
  readonly key: FirmKey
  readonly sharers: ReadonlySet<string>
}

/** Keys with the firms that state them, in the order in which any firm first stated them. */
function inOrder(world: WorldIndex, keys: readonly FirmKey[]): Sharing[] {
  const found = keys.map((key) => {
    if (key.kind === 'address') {
      const firms = world.where('firms', 'addressHash', key.value)
      return { key, order: 0, sharers: new Set(firms.map(({ id }) => id)) }
    }
    const rows = world
      .where('contacts', 'valueHash', key.value)
      .filter(({ kind, firm }) => kind === key.kind && world.placeOf('firms', firm) >= 0)
    const order = 1 + world.placeOf('contacts', rows[0]!.id)
    return { key, order, sharers: new Set(rows.map(({ firm }) => firm)) }
  })
  return found.sort((a, b) => a.order - b.order)
}

function sharedKeys(
  world: WorldIndex,
  { left, right }: { readonly left: string; readonly right: string },
  limits: SoftLinkLimits,
): SharedKey[] {
  const others = new Map(keysOfFirm(world, right).map((key) => [`${key.kind} ${key.value}`, key]))
  const own = keysOfFirm(world, left).filter((key) => others.has(`${key.kind} ${key.value}`))
  const sharers = new Map(inOrder(world, own).map((sharing) => [sharing.key, sharing.sharers.size]))
  return own.flatMap((key) => {
    const count = sharers.get(key)!
    if (!keyCounts(key.kind, count, limits)) return []
    const other = others.get(`${key.kind} ${key.value}`)!
    return [{ kind: key.kind, sharers: count, rows: [key.row, other.row] }]
  })
}
