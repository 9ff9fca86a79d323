// What real registers are like: phones that nobody wrote down, names with a typing error, dates off by some days.
import { addDays } from '@suanquan/core/calendar'
import type { Row, World } from '@suanquan/core/supervision'
import type { Random } from '@suanquan/core'
import { chance } from './draft.ts'
import { noise } from './levels.ts'

export function withNoise(world: World, random: Random): World {
  return {
    ...world,
    firms: world.firms!.map((firm) =>
      chance(random, noise.typo) ? { ...firm, name: mistyped(random, firm.name) } : firm,
    ),
    contacts: world.contacts!.filter(({ kind }) => kind !== 'phone' || !chance(random, noise.missingPhone)),
    roles: world.roles!.map((role) => (chance(random, noise.wrongDate) ? shifted(random, role) : role)),
  }
}

function mistyped(random: Random, name: string): string {
  const at = random.int(Math.max(1, name.length - 1))
  return name.slice(0, at) + name.charAt(at + 1) + name.charAt(at) + name.slice(at + 2)
}

function shifted(random: Random, role: Row<'roles'>): Row<'roles'> {
  return { ...role, from: addDays(role.from, random.int(21) - 10) }
}
