// Scores of every kind of demand on every node, worked out anew only where something changed since the demand was last
// looked at. A decision is then one pass over arrays of numbers.
import type { Demand } from './demand.ts'
import type { Fleet } from './fleet.ts'

/** Scores of one demand on every node. */
export interface Row {
  readonly demand: Demand
  /** -Infinity where it does not fit now */
  readonly value: Float64Array
  /** second criterion, the smaller the better */
  readonly rest: Float64Array
  /** device chosen for a share, as a position within the node; -1 when none was chosen */
  readonly position: Int8Array
  /** per class, what the demand costs there at present prices, in thousandths of a device */
  readonly cost: Float64Array
  pricedAt: number
  /** changes seen so far */
  seen: number
}

export interface Scoreboard {
  /** the demand's row, up to date */
  readonly row: (demand: Demand) => Row
  /** says that a node's state has changed */
  readonly changed: (node: number) => void
  readonly forget: () => void
}

/** Rows kept; the one unused longest goes first. A row takes 17 bytes a node. */
const MOST_ROWS = 600

/** @param score fills the row's entries of one node */
export function createScoreboard(fleet: Fleet, score: (row: Row, node: number) => void): Scoreboard {
  const nodeCount = fleet.nodes.length
  const rows = new Map<Demand, Row>()
  const changes = new Int32Array(Math.max(1, nodeCount))
  let changed = 0

  const open = (demand: Demand): Row => {
    const row: Row = {
      demand,
      value: new Float64Array(nodeCount),
      rest: new Float64Array(nodeCount),
      position: new Int8Array(nodeCount).fill(-1),
      cost: new Float64Array(fleet.classes.length),
      pricedAt: -1,
      seen: Number.NEGATIVE_INFINITY,
    }
    rows.set(demand, row)
    if (rows.size > MOST_ROWS) rows.delete(rows.keys().next().value!)
    return row
  }
  return {
    changed: (node) => {
      changes[changed % changes.length] = node
      changed++
    },
    forget: () => rows.clear(),
    row: (demand) => {
      const row = rows.get(demand) ?? open(demand)
      if (changed - row.seen > changes.length) for (let node = 0; node < nodeCount; node++) score(row, node)
      else
        for (let change = row.seen; change < changed; change++) score(row, changes[change % changes.length]!)
      row.seen = changed
      return row
    },
  }
}
