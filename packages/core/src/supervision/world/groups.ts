// Places of a column by their value, as three arrays: the places in order of the groups, where each group begins, and an
// open table from value to group. Built once by counting; a group keeps the order of the table.

export interface Grouping {
  /** the last place whose value it is, -1 where there is none */
  readonly last: (value: number) => number
  /** the places whose value it is, in order; empty where there are none */
  readonly of: (value: number) => Int32Array
  readonly groups: number
  /** the places of the n-th group, in the order in which the values first stand */
  readonly nth: (group: number) => Int32Array
  readonly valueOf: (group: number) => number
}

const NONE = new Int32Array(0)

/** @param without the value that is left out: by default that of what is unknown */
export function groupPlaces(values: Int32Array, without = -1): Grouping {
  const slots = new Int32Array(tableSize(values.length))
  const mask = slots.length - 1
  const own = new Int32Array(values.length)
  let heads = new Int32Array(64)
  let sizes = new Int32Array(64)
  let groups = 0
  for (let place = 0; place < values.length; place++) {
    const value = values[place]!
    if (value === without) continue
    const slot = slotOf(value)
    if (slots[slot] === 0) {
      if (groups === heads.length) [heads, sizes] = [doubled(heads), doubled(sizes)]
      heads[groups] = value
      groups += 1
      slots[slot] = groups
    }
    own[place] = slots[slot]! - 1
    sizes[own[place]!]! += 1
  }
  const starts = new Int32Array(groups + 1)
  for (let group = 0; group < groups; group++) starts[group + 1] = starts[group]! + sizes[group]!
  const places = new Int32Array(starts[groups]!)
  const next = starts.slice()
  for (let place = 0; place < values.length; place++)
    if (values[place] !== without) places[next[own[place]!]!++] = place
  return { of, last, groups, nth, valueOf: (group) => heads[group]! }

  function slotOf(value: number): number {
    let slot = scattered(value) & mask
    while (slots[slot] !== 0 && heads[slots[slot]! - 1] !== value) slot = (slot + 1) & mask
    return slot
  }

  function of(value: number): Int32Array {
    const group = value === without ? 0 : slots[slotOf(value)]!
    return group === 0 ? NONE : nth(group - 1)
  }

  function last(value: number): number {
    const group = value === without ? 0 : slots[slotOf(value)]!
    return group === 0 ? -1 : places[starts[group]! - 1]!
  }

  function nth(group: number): Int32Array {
    return places.subarray(starts[group]!, starts[group + 1]!)
  }
}

function tableSize(items: number): number {
  let size = 16
  while (size < items * 1.5) size *= 2
  return size
}

function doubled(values: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * values.length)
  larger.set(values)
  return larger
}

function scattered(value: number): number {
  const mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  return mixed ^ (mixed >>> 13)
}
