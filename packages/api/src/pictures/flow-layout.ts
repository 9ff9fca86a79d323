// Where the nodes and bands of the money stand. Layers are columns; in each the nodes stand below one another with room
// for two lines of words, and a band that skips a layer gets a lane of its own there, so that it never runs through a
// node. The height of nodes and bands is the money on one scale.
import { flowFates, type FlowGraph, type FlowLink, type FlowNode } from './flow-graph.ts'

export interface PlacedNode {
  readonly node: FlowNode
  readonly column: number
  readonly x: number
  readonly y: number
  readonly height: number
}

/** A band as the points it goes through, left to right: its upper edge at each column, its height throughout. */
export interface PlacedBand {
  readonly link: FlowLink
  readonly points: readonly { readonly x: number; readonly y: number }[]
  readonly height: number
}

export interface FlowLayout {
  readonly nodes: readonly PlacedNode[]
  readonly bands: readonly PlacedBand[]
  readonly columns: number
  /** between the left edges of two columns */
  readonly pitch: number
  readonly height: number
}

export const NODE = 8
/** the room of a node's lines of words: its name, its amount */
const SLOT = 34
const LINE = 15

/** Names that people gave may take two lines; our own words are short. */
export function nameLines({ layer }: FlowNode): 1 | 2 {
  return layer === 1 || layer === 3 ? 2 : 1
}

const GAP = 10
/** the height of all that entered */
const FULL = 210

interface Stop {
  readonly key: string
  readonly node: FlowNode | null
  readonly fen: bigint
}

/** @param labels the room at the right for the words of the last column */
export function flowLayout(graph: FlowGraph, width: number, labels: number): FlowLayout {
  const layers = [...new Set(graph.nodes.map(({ layer }) => layer))].sort((left, right) => left - right)
  const column = new Map(graph.nodes.map((node) => [node.id, layers.indexOf(node.layer)]))
  const pitch = layers.length < 2 ? width : (width - labels - NODE) / (layers.length - 1)
  const tall = (fen: bigint): number =>
    graph.sourceFen === 0n ? 0 : (Number((fen * 1_000_000n) / graph.sourceFen) / 1_000_000) * FULL
  const columns = layers.map((_, index) => stopsOf(graph, column, index))
  const heightOf = (stops: readonly Stop[]): number =>
    stops.reduce((sum, stop) => sum + slotOf(stop, tall) + GAP, -GAP)
  const height = columns.reduce((most, stops) => Math.max(most, heightOf(stops)), 0)
  const top = new Map<string, number>()
  columns.forEach((stops, index) => {
    let y = (height - heightOf(stops)) / 2
    for (const stop of stops) {
      top.set(`${index} ${stop.key}`, y)
      y += slotOf(stop, tall) + GAP
    }
  })
  const nodes = graph.nodes.map((node): PlacedNode => {
    const at = column.get(node.id)!
    return { node, column: at, x: at * pitch, y: top.get(`${at} ${node.id}`)!, height: tall(node.fen) }
  })
  return { nodes, bands: bandsOf(graph, { column, top, tall, pitch }), columns: layers.length, pitch, height }
}

function slotOf({ node, fen }: Stop, tall: (fen: bigint) => number): number {
  return Math.max(tall(fen), node === null ? 4 : SLOT + (nameLines(node) - 1) * LINE)
}

/** The nodes of a column, the largest first, what became of the money in its own order; lanes of skipping bands last. */
function stopsOf(graph: FlowGraph, column: ReadonlyMap<string, number>, index: number): readonly Stop[] {
  const own = graph.nodes.filter(({ id }) => column.get(id) === index)
  const nodes = [...own].sort(rank).map((node): Stop => ({ key: node.id, node, fen: node.fen }))
  const lanes = graph.links
    .filter(({ from, to }) => column.get(from)! < index && column.get(to)! > index)
    .map((link): Stop => ({ key: laneOf(link), node: null, fen: link.fen }))
  return [...nodes, ...lanes]
}

const LAST = new Set(['provider:', 'size:unknown', 'again'])

function rank(left: FlowNode, right: FlowNode): number {
  if (left.fate !== null && right.fate !== null)
    return flowFates.indexOf(left.fate) - flowFates.indexOf(right.fate)
  if (LAST.has(left.id) !== LAST.has(right.id)) return LAST.has(left.id) ? 1 : -1
  if (left.fen !== right.fen) return left.fen > right.fen ? -1 : 1
  return left.id < right.id ? -1 : 1
}

function laneOf({ from, to }: FlowLink): string {
  return `${from} ${to}`
}

interface Places {
  readonly column: ReadonlyMap<string, number>
  /** the upper edge of a stop, by its column and key */
  readonly top: ReadonlyMap<string, number>
  readonly tall: (fen: bigint) => number
  readonly pitch: number
}

/** Bands leave and enter a node in the order in which they stand on the other side: none crosses without need. */
function bandsOf({ links }: FlowGraph, { column, top, tall, pitch }: Places): readonly PlacedBand[] {
  const placeOf = (id: string): number => top.get(`${column.get(id)!} ${id}`)!
  const startOf = edges(
    links,
    ({ from }) => from,
    ({ to }) => placeOf(to),
    { placeOf, tall },
  )
  const endOf = edges(
    links,
    ({ to }) => to,
    ({ from }) => placeOf(from),
    { placeOf, tall },
  )
  return links.map((link): PlacedBand => {
    const [first, last] = [column.get(link.from)!, column.get(link.to)!]
    const points = [{ x: first * pitch + NODE, y: startOf.get(link)! }]
    for (let index = first + 1; index < last; index += 1) {
      const y = top.get(`${index} ${laneOf(link)}`)!
      points.push({ x: index * pitch, y }, { x: index * pitch + NODE, y })
    }
    points.push({ x: last * pitch, y: endOf.get(link)! })
    return { link, points, height: tall(link.fen) }
  })
}

function edges(
  links: readonly FlowLink[],
  side: (link: FlowLink) => string,
  other: (link: FlowLink) => number,
  { placeOf, tall }: { placeOf: (id: string) => number; tall: Places['tall'] },
): ReadonlyMap<FlowLink, number> {
  const found = new Map<FlowLink, number>()
  const filled = new Map<string, number>()
  for (const link of [...links].sort((left, right) => other(left) - other(right))) {
    const id = side(link)
    const y = filled.get(id) ?? placeOf(id)
    found.set(link, y)
    filled.set(id, y + tall(link.fen))
  }
  return found
}
