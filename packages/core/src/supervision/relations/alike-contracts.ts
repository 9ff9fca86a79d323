// Pairs of contracts whose texts may be alike beyond the provider's template: those whose MinHash signatures meet in a
// band. Shingles that stand in more than 1 % of the contracts are boilerplate; which those are the population says.
import { utf8 } from '../../canonical.ts'
import {
  bandsOf,
  candidatePairs,
  distinct,
  jaccard,
  minHasher,
  shingler,
  type Bands,
  type Shingler,
} from '../mathematics/shingles.ts'
import type { Columns } from '../world/columns.ts'
import type { Row } from '../world/tables.ts'
import { compareTexts } from '../world/texts.ts'
import type { WorldIndex } from '../world/world-index.ts'

export interface AlikeLimits {
  readonly boilerplateShare: number
  readonly leastBoilerplate: number
  readonly mostBucket: number
}

export interface Pair {
  readonly left: Row<'contracts'>
  readonly right: Row<'contracts'>
  readonly likeness: () => number
}

const LEAST_SHINGLES = 5
const SLOTS = 1 << 22

export function* pairsOfContracts(world: WorldIndex, limits: AlikeLimits): Generator<Pair> {
  const own = ownShingles(world, limits)
  const pair = (left: Row<'contracts'>, right: Row<'contracts'>): Pair => ({
    left,
    right,
    likeness: () => jaccard(setOf(utf8(left.text!), own), setOf(utf8(right.text!), own)),
  })
  if (world.focus !== undefined) {
    yield* pairsOfFirm(world, limits, pair)
    return
  }
  const table = world.columns('contracts')!
  const { places, signatures } = signed(world, limits)
  for (const [i, j] of candidatePairs(signatures, limits.mostBucket))
    yield pair(table.row(places[i]!), table.row(places[j]!))
}

interface Signed {
  readonly places: readonly number[]
  readonly signatures: readonly Uint32Array[]
}

function signed(world: WorldIndex, limits: AlikeLimits): Signed {
  const own = ownShingles(world, limits)
  const table = world.columns('contracts')!
  const found = { places: [] as number[], signatures: [] as Uint32Array[] }
  for (const place of withText(table)) {
    const signature = signatureOf(textAt(table, place), own)
    if (signature === undefined) continue
    found.places.push(place)
    found.signatures.push(signature)
  }
  return found
}

/** The pairs of one firm's contracts: with those beneath by their bands, with added ones one by one. */
function* pairsOfFirm(
  world: WorldIndex,
  limits: AlikeLimits,
  pair: (left: Row<'contracts'>, right: Row<'contracts'>) => Pair,
): Generator<Pair> {
  const own = ownShingles(world, limits)
  const base = world.base!
  const below = base.once(`contracts by bands ${JSON.stringify(limits)}`, () => {
    const { places, signatures } = signed(base, limits)
    return { places, bands: bandsOf(signatures) }
  })
  const sign = (contract: Row<'contracts'>): { contract: Row<'contracts'>; signature: Uint32Array }[] => {
    const signature = contract.text === null ? undefined : signatureOf(utf8(contract.text), own)
    return signature === undefined ? [] : [{ contract, signature }]
  }
  const added = world.added('contracts').flatMap(sign)
  const table = base.columns('contracts')!
  const seen = new Set<string>()
  for (const { contract, signature } of world.where('contracts', 'applicant', world.focus!).flatMap(sign)) {
    const others = meeting(
      below.bands,
      signature,
      added.map((other) => other.signature),
      limits.mostBucket,
    )
    const rows = [
      ...others.below.map((place) => table.row(below.places[place]!)),
      ...others.added.map((place) => added[place]!.contract),
    ]
    for (const other of rows) {
      if (other.id === contract.id) continue
      const [left, right] = compareTexts(other.id, contract.id) < 0 ? [other, contract] : [contract, other]
      if (seen.has(`${left.id} ${right.id}`)) continue
      seen.add(`${left.id} ${right.id}`)
      yield pair(left, right)
    }
  }
}

/** Places whose signatures meet one in a band that is not too full. */
function meeting(
  bands: Bands,
  signature: Uint32Array,
  added: readonly Uint32Array[],
  most: number,
): { readonly below: readonly number[]; readonly added: readonly number[] } {
  const found = { below: new Set<number>(), added: new Set<number>() }
  for (let band = 0; band < bands.count; band++) {
    const bucket = bands.of(band, signature)
    const more = [...added.keys()].filter((place) => bands.meet(band, signature, added[place]!))
    if (bucket.length + more.length > most) continue
    for (const place of bucket) found.below.add(place)
    for (const place of more) found.added.add(place)
  }
  return { below: [...found.below], added: [...found.added] }
}

/** Visits the shingles of texts that are no boilerplate. */
function ownShingles(world: WorldIndex, limits: AlikeLimits): Shingler {
  return world.population(`own shingles ${JSON.stringify(limits)}`, (all) => {
    const each = shingler()
    const rare = rareShingles(all, each, limits)
    return (text, visit) =>
      each(text, (shingle) => {
        if (rare(shingle)) visit(shingle)
      })
  })
}

/** They as a set. */
function setOf(text: Uint8Array, own: Shingler): Uint32Array {
  const found: number[] = []
  own(text, (shingle) => found.push(shingle))
  return distinct(found)
}

/** Undefined where the text has too little of its own. */
function signatureOf(text: Uint8Array, own: Shingler): Uint32Array | undefined {
  const hasher = minHasher()
  own(text, hasher.add)
  const enough = hasher.atLeast() >= LEAST_SHINGLES || setOf(text, own).length >= LEAST_SHINGLES
  return enough ? hasher.signature() : undefined
}

function withText(contracts: Columns<'contracts'>): number[] {
  const texts = contracts.codes('text')
  return Array.from(texts.keys()).filter((place) => texts[place]! >= 0)
}

/** The text of a contract, which is long and looked at once or twice: not kept as a string. */
function textAt(contracts: Columns<'contracts'>, place: number): Uint8Array {
  return contracts.texts.bytesOf(contracts.codes('text')[place]!)
}

/** Whether a shingle stands in no more contracts than copies ever would; counted in hashed slots, not one by one. */
function rareShingles(world: WorldIndex, each: Shingler, limits: AlikeLimits): (shingle: number) => boolean {
  const contracts = world.columns('contracts')!
  const places = withText(contracts)
  const counts = new Uint32Array(SLOTS)
  // The contract that was counted last in each slot: what stands in one more than once counts once.
  const last = new Int32Array(SLOTS).fill(-1)
  for (const place of places)
    each(textAt(contracts, place), (shingle) => {
      const slot = shingle & (SLOTS - 1)
      if (last[slot] === place) return
      last[slot] = place
      counts[slot]! += 1
    })
  const most = Math.max(limits.leastBoilerplate, limits.boilerplateShare * places.length)
  return (shingle) => counts[shingle & (SLOTS - 1)]! <= most
}
