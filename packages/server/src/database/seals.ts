// Seals in the database: the tree over the journal as it stands, the seals that fix it, and the proofs taken from it.
// The roots of perfect subtrees of 256 postings and more are kept; what is below is hashed from the postings, so that a
// proof reads a few hundred rows of a journal of any length.
import { hash } from 'node:crypto'
import type { Hash } from '@suanquan/core'
import type { Instant } from '@suanquan/core/calendar'
import {
  growingTree,
  leavesOf,
  perfectNodes,
  rootOfPeaks,
  emptyFrontier,
  type Frontier,
  type GrowingTree,
  type LeafRange,
  type NodePlace,
  type Seal,
} from '@suanquan/core/ledger'
import { sql, type Kysely, type Selectable } from 'kysely'
import { timestamp, type Database } from './connect.ts'
import { rowEncoder, rowQuery } from './journal-bytes.ts'
import type { Tables } from './tables.ts'

/** The hash of seals and their trees. */
export const sm3: Hash = (bytes) => hash('sm3', bytes, 'buffer')

/** Perfect subtrees of at least 2^8 leaves are kept. */
export const LOWEST_LEVEL = 8

/** The seals of a fund in order; `jurisdiction` is the fund's. */
export async function sealsOf(
  kysely: Kysely<Tables>,
  fund: { readonly ledger: number; readonly jurisdiction: string },
  range: { readonly after?: bigint; readonly most?: number } = {},
): Promise<readonly Seal[]> {
  let query = kysely
    .selectFrom('ledger.seal')
    .selectAll()
    .where('ledger', '=', fund.ledger)
    .where('number', '>', range.after ?? 0n)
    .orderBy('number')
  if (range.most !== undefined) query = query.limit(range.most)
  return (await query.execute()).map((row) => sealOf(row, fund.jurisdiction))
}

/** The latest seal and the frontier of its tree, or null before the first. */
export async function lastSeal(
  kysely: Kysely<Tables>,
  fund: { readonly ledger: number; readonly jurisdiction: string },
): Promise<{ readonly seal: Seal; readonly frontier: Frontier } | null> {
  const row = await kysely
    .selectFrom('ledger.seal')
    .selectAll()
    .where('ledger', '=', fund.ledger)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (row === undefined) return null
  const peaks = Array.from({ length: row.peaks.length / 32 }, (_, index) =>
    row.peaks.subarray(index * 32, index * 32 + 32),
  )
  return { seal: sealOf(row, fund.jurisdiction), frontier: { size: Number(row.last_seq), peaks } }
}

function sealOf(row: Selectable<Tables['ledger.seal']>, jurisdiction: string): Seal {
  const { ledger, number, first_seq, last_seq, root, previous, at, key_id, signature } = row
  return {
    ledger,
    jurisdiction,
    number,
    first: first_seq,
    last: last_seq,
    root,
    previous,
    at,
    keyId: key_id,
    signature,
  }
}

export interface KeptNode extends NodePlace {
  readonly node: Uint8Array
}

export interface Grown {
  readonly tree: GrowingTree
  /** the subtrees that became whole and are kept */
  readonly nodes: readonly KeptNode[]
  /** moment of the last posting */
  readonly at: Instant
}

/** The journal lacks a posting that a seal covers. */
export class MissingPosting extends Error {
  override readonly name = 'MissingPosting'
}

/**
 * Goes on with a tree from its frontier to a posting, reading the journal as it is stored.
 * @throws `MissingPosting` where the journal has a gap or ends before
 */
export async function growTree(
  database: Pick<Database, 'copyOut'>,
  { ledger, from, last }: { readonly ledger: number; readonly from: Frontier; readonly last: bigint },
  onRow: (tree: GrowingTree, sequence: number) => void = () => undefined,
): Promise<Grown> {
  const nodes: KeptNode[] = []
  const tree = growingTree(from, sm3, ({ level, position }, node) => {
    if (level >= LOWEST_LEVEL) nodes.push({ level, position, node })
  })
  const encode = rowEncoder(ledger)
  let at = -Infinity
  let expected = from.size
  await database.copyOut(rowQuery(ledger, { after: BigInt(from.size), last }), (row) => {
    const { leaf, sequence, at: moment } = encode(row)
    expected += 1
    if (sequence !== expected) throw new MissingPosting(`there is no posting ${expected}`)
    tree.append(sm3(leaf))
    at = moment
    onRow(tree, sequence)
  })
  if (expected !== Number(last)) throw new MissingPosting(`there is no posting ${expected + 1}`)
  return { tree, nodes, at }
}

export interface FreshSeal {
  readonly seal: Seal
  readonly peaks: readonly Uint8Array[]
  readonly nodes: readonly KeptNode[]
}

/** @returns false when somebody else has sealed these postings meanwhile */
export async function appendSeal(
  kysely: Kysely<Tables>,
  { seal, peaks, nodes }: FreshSeal,
): Promise<boolean> {
  const { rows } = await sql<{
    added: boolean
  }>`select ledger.append_seal(${seal.ledger}::int, ${seal.number}::bigint,
    ${seal.first}::bigint, ${seal.last}::bigint, ${seal.root}::bytea, ${Buffer.concat(peaks)}::bytea, ${seal.previous}::bytea,
    ${timestamp(seal.at)}::timestamptz, ${seal.keyId}::text, ${seal.signature}::bytea,
    ${nodes.map(({ level }) => level)}::smallint[], ${nodes.map(({ position }) => position)}::bigint[],
    ${nodes.map(({ node }) => node)}::bytea[]) as added`.execute(kysely)
  return rows[0]!.added
}

/**
 * The roots of ranges of a fund's tree, as `inclusionRanges` and `consistencyRanges` name them: the hashes of a proof.
 * @throws when a subtree that a seal covers is not kept
 */
export async function rootsOf(
  database: Pick<Database, 'copyOut' | 'kysely'>,
  ledger: number,
  ranges: readonly LeafRange[],
): Promise<readonly Uint8Array[]> {
  const places = ranges.map(perfectNodes)
  const kept = await keptNodes(
    database.kysely,
    ledger,
    places.flat().filter(({ level }) => level >= LOWEST_LEVEL),
  )
  const roots: Uint8Array[] = []
  for (const [index, range] of ranges.entries()) {
    const high = places[index]!.filter(({ level }) => level >= LOWEST_LEVEL)
    const peaks = high.map(({ level, position }) => {
      const node = kept.get(`${level} ${position}`)
      if (node === undefined) throw new Error(`fund ${ledger}: subtree ${level}/${position} is not kept`)
      return node
    })
    const low = high.length === 0 ? range.start : leavesOf(high.at(-1)!).end
    roots.push(
      rootOfPeaks([...peaks, ...(await lowPeaks(database, ledger, { start: low, end: range.end }))], sm3),
    )
  }
  return roots
}

/** Peaks of fewer than 256 leaves, hashed from the postings. */
async function lowPeaks(
  database: Pick<Database, 'copyOut'>,
  ledger: number,
  { start, end }: LeafRange,
): Promise<readonly Uint8Array[]> {
  if (start === end) return []
  const tree = growingTree(emptyFrontier, sm3)
  const encode = rowEncoder(ledger)
  await database.copyOut(rowQuery(ledger, { after: BigInt(start), last: BigInt(end) }), (row) =>
    tree.append(sm3(encode(row).leaf)),
  )
  const { size, peaks } = tree.frontier()
  if (size !== end - start) throw new Error(`fund ${ledger} lacks postings between ${start} and ${end}`)
  return peaks
}

async function keptNodes(
  kysely: Kysely<Tables>,
  ledger: number,
  places: readonly NodePlace[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  if (places.length === 0) return new Map()
  const { rows } = await sql<{ level: number; position: bigint; hash: Uint8Array }>`
    select n.level, n.position, n.hash from ledger.seal_node n
    join unnest(${places.map(({ level }) => level)}::smallint[], ${places.map(({ position }) => position)}::bigint[])
      asked(level, position) on n.level = asked.level and n.position = asked.position
    where n.ledger = ${ledger}`.execute(kysely)
  return new Map(rows.map(({ level, position, hash: node }) => [`${level} ${position}`, node]))
}

/** The bytes of a posting's leaf, without the byte 0x00 before them. */
export async function rowBytesAt(
  database: Pick<Database, 'copyOut'>,
  ledger: number,
  sequence: bigint,
): Promise<Uint8Array | null> {
  let found: Uint8Array | null = null
  const encode = rowEncoder(ledger)
  await database.copyOut(rowQuery(ledger, { after: sequence - 1n, last: sequence }), (row) => {
    found = Uint8Array.from(encode(row).leaf.subarray(1))
  })
  return found
}
