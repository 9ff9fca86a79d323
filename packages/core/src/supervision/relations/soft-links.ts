// Soft identity: firms that share rare contact data. A key that k of N firms share weighs ln(N/k); keys of bookkeeping
// agents, incubators and mail providers (k > 20) say nothing, unless they are a bank account or a device. Two firms are
// linked when their shared weight exceeds what the same keys give by chance: the 99.9th percentile of the weights after
// keys are shuffled within district and industry.
import { seededRandom, type Random } from '../../index.ts'
import { quantile, sorted } from '../mathematics/robust.ts'
import type { Row, RowRef } from '../world/tables.ts'
import { grouped, type WorldIndex } from '../world/world-index.ts'

export interface SoftLinkLimits {
  /** keys that more firms share are ignored */
  readonly mostSharers: number
  /** of bank accounts and devices */
  readonly mostSharersOfStrongKey: number
  readonly percentile: number
  readonly shuffles: number
}

export interface SoftLink {
  readonly left: string
  readonly right: string
  readonly weight: number
  readonly keys: readonly {
    readonly kind: string
    readonly sharers: number
    readonly rows: readonly RowRef[]
  }[]
}

export interface SoftLinks {
  readonly threshold: number
  readonly links: readonly SoftLink[]
}

interface Key {
  readonly firm: number
  readonly value: string
  readonly kind: string
  readonly row: RowRef
}

export function softLinks(world: WorldIndex, limits: SoftLinkLimits): SoftLinks {
  const firms = world.rows('firms')
  const keys = keysOf(world, firms)
  const random = seededRandom('supervision/soft-links')
  const chance: number[] = []
  for (let round = 0; round < limits.shuffles; round++)
    for (const weight of weights(shuffled(keys, firms, random), firms.length, limits).values())
      chance.push(weight)
  const threshold =
    chance.length === 0
      ? 2 * Math.log(Math.max(firms.length, 2) / 2)
      : quantile(sorted(chance), limits.percentile)
  const found: { left: number; right: number; weight: number }[] = []
  for (const [pair, weight] of weights(keys, firms.length, limits))
    if (weight > threshold)
      found.push({ left: Math.floor(pair / firms.length), right: pair % firms.length, weight })
  found.sort((a, b) => a.left - b.left || a.right - b.right)
  const keysByFirm = new Map<number, Key[]>()
  for (const key of keys) keysByFirm.set(key.firm, [...(keysByFirm.get(key.firm) ?? []), key])
  const sharers = sharersOf(keys)
  return {
    threshold,
    links: found.map(({ left, right, weight }) => {
      const others = new Map((keysByFirm.get(right) ?? []).map((key) => [key.value, key]))
      const shared = (keysByFirm.get(left) ?? []).flatMap((key) => {
        const other = others.get(key.value)
        const count = sharers.get(key.value)!.length
        if (other === undefined || !counts(key, count, limits)) return []
        return [{ kind: key.kind, sharers: count, rows: [key.row, other.row] }]
      })
      return { left: firms[left]!.id, right: firms[right]!.id, weight, keys: shared }
    }),
  }
}

function keysOf(world: WorldIndex, firms: readonly Row<'firms'>[]): Key[] {
  const numbers = new Map(firms.map((firm, number) => [firm.id, number]))
  const seen = new Set<string>()
  const keys: Key[] = []
  const add = (key: Key): void => {
    const mark = `${key.firm} ${key.value}`
    if (seen.has(mark)) return
    seen.add(mark)
    keys.push(key)
  }
  for (const [firm, row] of firms.entries())
    if (row.addressHash !== null)
      add({ firm, value: `address:${row.addressHash}`, kind: 'address', row: { table: 'firms', id: row.id } })
  for (const row of world.rows('contacts')) {
    const firm = numbers.get(row.firm)
    if (firm === undefined) continue
    add({
      firm,
      value: `${row.kind}:${row.valueHash}`,
      kind: row.kind,
      row: { table: 'contacts', id: row.id },
    })
  }
  return keys
}

function sharersOf(keys: readonly Key[]): Map<string, Key[]> {
  return grouped(keys, (key) => key.value)
}

function counts(key: Key, sharers: number, limits: SoftLinkLimits): boolean {
  const strong = key.kind === 'bank' || key.kind === 'device'
  return sharers >= 2 && sharers <= (strong ? limits.mostSharersOfStrongKey : limits.mostSharers)
}

/** The shared weight of every pair of firms that shares anything that counts, by left · N + right. */
function weights(keys: readonly Key[], firms: number, limits: SoftLinkLimits): Map<number, number> {
  const found = new Map<number, number>()
  for (const group of sharersOf(keys).values()) {
    if (!counts(group[0]!, group.length, limits)) continue
    const weight = Math.log(firms / group.length)
    for (let i = 0; i < group.length; i++) {
      for (let j = i + 1; j < group.length; j++) {
        const [a, b] = [group[i]!.firm, group[j]!.firm]
        if (a === b) continue
        const pair = Math.min(a, b) * firms + Math.max(a, b)
        found.set(pair, (found.get(pair) ?? 0) + weight)
      }
    }
  }
  return found
}

/** The same keys, dealt anew among the firms of the same district and industry that have a key of the kind. */
function shuffled(keys: readonly Key[], firms: readonly Row<'firms'>[], random: Random): Key[] {
  const strata = grouped(keys, (key) => {
    const { district, industry } = firms[key.firm]!
    return `${district}|${industry}|${key.kind}`
  })
  const dealt: Key[] = []
  for (const stratum of strata.values()) {
    const holders = stratum.map((key) => key.firm)
    for (let index = holders.length - 1; index > 0; index--) {
      const other = random.int(index + 1)
      const kept = holders[index]!
      holders[index] = holders[other]!
      holders[other] = kept
    }
    stratum.forEach((key, index) => dealt.push({ ...key, firm: holders[index]! }))
  }
  return dealt
}
