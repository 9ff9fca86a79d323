// The contact data of all firms as three arrays: whose it is, which value, of what kind. Addresses come first, then
// contacts in their order; what a firm states twice counts once, and what its filing agent lent it counts as the agent.
import type { Random } from '../../index.ts'
import type { Columns } from '../world/columns.ts'
import { groupPlaces } from '../world/groups.ts'
import type { RowRef } from '../world/tables.ts'
import type { WorldIndex } from '../world/world-index.ts'
import type { LentKeys } from './lent-keys.ts'

export interface Keys {
  /** how many firms there are */
  readonly firms: number
  /** place of the firm */
  readonly firm: Int32Array
  /** number of the value, which belongs to one kind */
  readonly value: Int32Array
  /** place among the kinds */
  readonly kind: Int32Array
  readonly kinds: readonly string[]
  /** place of the contact, or of the firm for an address or an agent */
  readonly row: Int32Array
}

/** @param lent by filing agents: what a firm has of its agent is one key, the agent */
export function keysOf(world: WorldIndex, lent: LentKeys): Keys {
  const [firms, contacts] = [world.columns('firms'), world.columns('contacts')]
  const kinds = ['address', 'agent']
  const values = new Map<number, number>()
  const seen = new Set<number>()
  const most = (firms?.size ?? 0) + (contacts?.size ?? 0)
  const column = (): Int32Array => new Int32Array(most)
  const [firm, value, kind, row] = [column(), column(), column(), column()]
  let count = 0
  const put = (owner: number, of: number, hash: number, at: number): void => {
    const mark = hash * KINDS + of
    const number = values.get(mark) ?? values.size
    values.set(mark, number)
    if (seen.has(owner * VALUES + number)) return
    seen.add(owner * VALUES + number)
    firm[count] = owner
    value[count] = number
    kind[count] = of
    row[count] = at
    count += 1
  }
  const agents = firms?.codes('agent')
  const agentOf = (owner: number): string | null =>
    agents![owner]! < 0 ? null : world.texts.textOf(agents![owner]!)
  const add = (owner: number, of: number, hash: number, at: number): void => {
    const agent = agentOf(owner)
    if (lent.lends(agent) && lent.has(agent, kinds[of]!, world.texts.textOf(hash)))
      put(owner, AGENT, agents![owner]!, owner)
    else put(owner, of, hash, at)
  }
  const address = firms?.codes('addressHash')
  for (let place = 0; place < (firms?.size ?? 0); place++)
    if (address![place]! >= 0) add(place, ADDRESS, address![place]!, place)
  if (firms !== undefined && contacts !== undefined) {
    const [owners, hashes] = [contacts.codes('firm'), contacts.codes('valueHash')]
    const kindOf = kindNumbers(contacts, kinds)
    for (let place = 0; place < contacts.size; place++) {
      const owner = firms.placeOf(owners[place]!)
      if (owner >= 0) add(owner, kindOf(place), hashes[place]!, place)
    }
  }
  const cut = (numbers: Int32Array): Int32Array => numbers.slice(0, count)
  const size = firms?.size ?? 0
  return { firms: size, firm: cut(firm), value: cut(value), kind: cut(kind), kinds, row: cut(row) }
}

const [ADDRESS, AGENT] = [0, 1] as const
const KINDS = 64
const VALUES = 0x4000000

function kindNumbers(contacts: Columns<'contacts'>, kinds: string[]): (place: number) => number {
  const codes = contacts.codes('kind')
  const numbers = new Map<number, number>()
  return (place) => {
    let number = numbers.get(codes[place]!)
    if (number === undefined) {
      number = kinds.push(contacts.row(place).kind) - 1
      numbers.set(codes[place]!, number)
    }
    return number
  }
}

/** The row that states a key. */
export function keyRow(world: WorldIndex, keys: Keys, place: number): RowRef {
  const table = keys.kind[place]! <= AGENT ? 'firms' : 'contacts'
  return { table, id: world.columns(table)!.row(keys.row[place]!).id }
}

/** The same keys, dealt anew among the firms of the same district and industry that have a key of the kind. */
export function shuffled(keys: Keys, firms: Columns<'firms'> | undefined, random: Random): Keys {
  if (firms === undefined) return keys
  const [district, industry] = [firms.codes('district'), firms.codes('industry')]
  const names = new Map<string, number>()
  const stratumOf = Int32Array.from(district, (code, firm) => {
    const name = `${code} ${industry[firm]}`
    const number = names.get(name) ?? names.size
    names.set(name, number)
    return number
  })
  const stratum = keys.firm.map((firm, place) => stratumOf[firm]! * KINDS + keys.kind[place]!)
  const strata = groupPlaces(stratum)
  const order = new Int32Array(keys.firm.length)
  const firm = new Int32Array(keys.firm.length)
  let from = 0
  for (let n = 0; n < strata.groups; n++) {
    const places = strata.nth(n)
    const holders = places.map((place) => keys.firm[place]!)
    for (let index = holders.length - 1; index > 0; index--) {
      const other = random.int(index + 1)
      const kept = holders[index]!
      holders[index] = holders[other]!
      holders[other] = kept
    }
    order.set(places, from)
    firm.set(holders, from)
    from += places.length
  }
  const dealt = (numbers: Int32Array): Int32Array => order.map((place) => numbers[place]!)
  return { ...keys, firm, value: dealt(keys.value), kind: dealt(keys.kind), row: dealt(keys.row) }
}
