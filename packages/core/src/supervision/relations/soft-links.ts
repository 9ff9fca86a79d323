// Soft identity: firms that share rare contact data. A key that k of N firms share weighs ln(N/k); keys of bookkeeping
// agents, incubators and mail providers (k > 20) say nothing, unless they are a bank account or a device. Two firms are
// linked when their shared weight exceeds what the same keys give by chance: the 99.9th percentile of the weights after
// keys are shuffled within district and industry. What firms have of one filing agent is one key (`lent-keys.ts`).
import { seededRandom } from '../../index.ts'
import { quantile, sorted } from '../mathematics/robust.ts'
import { groupPlaces } from '../world/groups.ts'
import type { WorldIndex } from '../world/world-index.ts'
import { linksOfFirm } from './links-of-firm.ts'
import { lentKeys } from './lent-keys.ts'
import { keyCounts, keyWeight, type SharedKey, type SoftLink, type SoftLinkLimits } from './soft-link.ts'
import { keyRow, keysOf, shuffled, type Keys } from './keys.ts'

export interface SoftLinks {
  /** in nats, as the weights */
  readonly threshold: number
  readonly links: readonly SoftLink[]
}

/** All links, or where the world is asked about one firm those of that firm. */
export function softLinks(world: WorldIndex, limits: SoftLinkLimits): SoftLinks {
  const chance = world.population(`soft links by chance ${JSON.stringify(limits)}`, (all) =>
    byChance(all, limits),
  )
  const found =
    world.focus === undefined
      ? allLinks(world, limits, chance)
      : linksOfFirm(world, { firm: world.focus, limits, chance, lent: lentKeys(world, limits) })
  const nats = (weight: number): number => weight / 1e6
  return {
    threshold: nats(chance.threshold),
    links: found.map((link) => ({ ...link, weight: nats(link.weight) })),
  }
}

interface Chance {
  /** in millionths of a nat */
  readonly threshold: number
  /** how many firms there are */
  readonly firms: number
}

/** What keys give that mean nothing: the same ones, dealt anew. */
function byChance(world: WorldIndex, limits: SoftLinkLimits): Chance {
  const keys = keysBy(world, limits)
  const random = seededRandom('supervision/soft-links')
  const chance: number[] = []
  for (let round = 0; round < limits.shuffles; round++) {
    const dealt = shuffled(keys, world.columns('firms'), random)
    for (const weight of weights(dealt, limits, keys.firms).values()) chance.push(weight)
  }
  const threshold =
    chance.length === 0
      ? 2 * keyWeight(Math.max(keys.firms, 2), 2)
      : quantile(sorted(chance), limits.percentile)
  return { threshold, firms: keys.firms }
}

function keysBy(world: WorldIndex, limits: SoftLinkLimits): Keys {
  return world.once(`keys ${JSON.stringify(limits)}`, () => keysOf(world, lentKeys(world, limits)))
}

function allLinks(world: WorldIndex, limits: SoftLinkLimits, { threshold, firms: all }: Chance): SoftLink[] {
  const keys = keysBy(world, limits)
  const firms = world.columns('firms')
  const found: { left: number; right: number; weight: number }[] = []
  for (const [pair, weight] of weights(keys, limits, all))
    if (weight > threshold)
      found.push({ left: Math.floor(pair / keys.firms), right: pair % keys.firms, weight })
  found.sort((a, b) => a.left - b.left || a.right - b.right)
  const [ofFirm, ofValue] = [groupPlaces(keys.firm), groupPlaces(keys.value)]
  const shared = (left: number, right: number): SharedKey[] => {
    const others = new Map(Array.from(ofFirm.of(right), (place) => [keys.value[place]!, place]))
    return Array.from(ofFirm.of(left)).flatMap((place) => {
      const other = others.get(keys.value[place]!)
      const sharers = ofValue.of(keys.value[place]!).length
      const kind = keys.kinds[keys.kind[place]!]!
      if (other === undefined || !keyCounts(kind, sharers, limits)) return []
      return [{ kind, sharers, rows: [keyRow(world, keys, place), keyRow(world, keys, other)] }]
    })
  }
  return found.map(({ left, right, weight }) => ({
    left: firms!.row(left).id,
    right: firms!.row(right).id,
    weight,
    keys: shared(left, right),
  }))
}

/** The shared weight of every pair of firms that shares anything that counts, in millionths, by left · N + right. */
function weights(keys: Keys, limits: SoftLinkLimits, firms: number): Map<number, number> {
  const found = new Map<number, number>()
  const byValue = groupPlaces(keys.value)
  for (let n = 0; n < byValue.groups; n++) {
    const group = byValue.nth(n)
    if (!keyCounts(keys.kinds[keys.kind[group[0]!]!]!, group.length, limits)) continue
    const weight = keyWeight(firms, group.length)
    for (let i = 0; i < group.length; i++) {
      for (let j = i + 1; j < group.length; j++) {
        const [a, b] = [keys.firm[group[i]!]!, keys.firm[group[j]!]!]
        if (a === b) continue
        const pair = Math.min(a, b) * keys.firms + Math.max(a, b)
        found.set(pair, (found.get(pair) ?? 0) + weight)
      }
    }
  }
  return found
}
