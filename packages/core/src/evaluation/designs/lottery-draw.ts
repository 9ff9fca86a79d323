// A draw that anyone can repeat: the eligible list is hashed and published first; the seed is the hash of that list and
// of a public draw named beforehand (a welfare lottery's numbers of a named date), which nobody could know when the
// list was closed. Within each stratum the list, sorted by id, is shuffled (Fisher–Yates) and the first places win.
import { canonicalBytes, hex, utf8, type Hash } from '../../canonical.ts'
import { splitInProportion } from '../../money/index.ts'
import { seededRandom, type Random } from '../../random.ts'
import { accept, refuse, type Decision } from '../../refusal.ts'

export interface Entrant {
  readonly id: string
  /** size class, district …; one stratum for all when the draw is not stratified */
  readonly stratum: string
}

export interface DrawnEntrant extends Entrant {
  /** 1 is first; the waiting list goes on where the places end */
  readonly rank: number
  readonly drawn: boolean
  /** chance of being drawn, kept for weighting */
  readonly chance: number
}

export interface Draw {
  readonly listHash: string
  readonly publicDraw: string
  readonly seed: string
  /** sorted by id */
  readonly entrants: readonly DrawnEntrant[]
}

export type DrawCode =
  | 'evaluation.empty_list'
  | 'evaluation.entered_twice'
  | 'evaluation.places_not_whole'
  | 'evaluation.no_such_stratum'
  | 'evaluation.no_public_draw'
  | 'evaluation.list_changed'

/** The hash to publish when the list closes; it does not depend on the order in which firms applied. */
export function hashOfList(
  entrants: readonly Entrant[],
  hash: Hash,
): Decision<string, 'evaluation.empty_list' | 'evaluation.entered_twice'> {
  if (entrants.length === 0) return refuse('evaluation.empty_list')
  const sorted = sortedById(entrants)
  const twice = sorted.find(({ id }, index) => id === sorted[index + 1]?.id)
  if (twice) return refuse('evaluation.entered_twice', { id: twice.id })
  return accept(hex(hash(canonicalBytes(sorted.flatMap(({ id, stratum }) => [id, stratum])))))
}

export interface DrawRequest {
  readonly entrants: readonly Entrant[]
  /** the hash that was published when the list closed */
  readonly listHash: string
  /** what the public draw showed, as announced it would be written */
  readonly publicDraw: string
  /** places in all, shared out by the strata's sizes, or places of each stratum */
  readonly places: number | Readonly<Record<string, number>>
}

/** Draws; refused when the list is not the published one. */
export function drawLottery(request: DrawRequest, hash: Hash): Decision<Draw, DrawCode> {
  const listHash = hashOfList(request.entrants, hash)
  if (!listHash.ok) return listHash
  if (listHash.value !== request.listHash)
    return refuse('evaluation.list_changed', { published: request.listHash })
  if (request.publicDraw.trim() === '') return refuse('evaluation.no_public_draw')
  const strata = byStratum(request.entrants)
  const places = placesOf(request.places, strata)
  if (!places.ok) return places
  const seed = hex(hash(utf8(`${listHash.value}|${request.publicDraw}`)))
  const random = seededRandom(seed)
  const entrants: DrawnEntrant[] = []
  for (const [stratum, members] of strata) {
    const open = places.value.get(stratum)!
    shuffled(members, random.fork(stratum)).forEach((entrant, index) =>
      entrants.push({ ...entrant, rank: index + 1, drawn: index < open, chance: open / members.length }),
    )
  }
  return accept({
    listHash: listHash.value,
    publicDraw: request.publicDraw,
    seed,
    entrants: sortedById(entrants),
  })
}

export interface PhaseIn {
  readonly seed: string
  /** wave 1 starts first; units of the last wave are controls longest */
  readonly waves: readonly { readonly unit: string; readonly wave: number }[]
}

/** The same draw used to put districts in random order: each gets a wave, sizes differing by one at most. */
export function drawPhaseIn(
  request: Omit<DrawRequest, 'entrants' | 'places'> & {
    readonly units: readonly string[]
    readonly waves: number
  },
  hash: Hash,
): Decision<PhaseIn, DrawCode> {
  const { units, waves, listHash, publicDraw } = request
  if (!Number.isSafeInteger(waves) || waves < 2 || waves > units.length)
    return refuse('evaluation.places_not_whole', { places: waves })
  const entrants = units.map((id) => ({ id, stratum: '' }))
  const draw = drawLottery({ entrants, places: 0, listHash, publicDraw }, hash)
  if (!draw.ok) return draw
  return accept({
    seed: draw.value.seed,
    waves: draw.value.entrants.map(({ id, rank }) => ({
      unit: id,
      wave: Math.floor(((rank - 1) * waves) / units.length) + 1,
    })),
  })
}

function placesOf(
  places: DrawRequest['places'],
  strata: ReadonlyMap<string, readonly Entrant[]>,
): Decision<ReadonlyMap<string, number>, 'evaluation.places_not_whole' | 'evaluation.no_such_stratum'> {
  const names = [...strata.keys()]
  const sizes = names.map((name) => strata.get(name)!.length)
  const total = sizes.reduce((sum, size) => sum + size, 0)
  const asked = typeof places === 'number' ? [places] : names.map((name) => places[name] ?? 0)
  const wrong = asked.find((count) => !Number.isSafeInteger(count) || count < 0)
  if (wrong !== undefined) return refuse('evaluation.places_not_whole', { places: String(wrong) })
  const unknown =
    typeof places === 'number' ? undefined : Object.keys(places).find((name) => !strata.has(name))
  if (unknown !== undefined) return refuse('evaluation.no_such_stratum', { stratum: unknown, strata: names })
  if (typeof places !== 'number')
    return accept(new Map(names.map((name, index) => [name, Math.min(asked[index]!, sizes[index]!)])))
  const shares = splitInProportion(BigInt(Math.min(places, total)), sizes.map(BigInt))
  return accept(new Map(names.map((name, index) => [name, Number(shares[index])])))
}

function byStratum(entrants: readonly Entrant[]): ReadonlyMap<string, readonly Entrant[]> {
  const strata = new Map<string, Entrant[]>()
  for (const entrant of sortedById(entrants)) {
    const members = strata.get(entrant.stratum) ?? []
    members.push(entrant)
    strata.set(entrant.stratum, members)
  }
  return strata
}

function sortedById<Item extends { readonly id: string }>(items: readonly Item[]): Item[] {
  return items.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
}

function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  const order = [...items]
  for (let last = order.length - 1; last > 0; last--) {
    const other = random.int(last + 1)
    const kept = order[last]!
    order[last] = order[other]!
    order[other] = kept
  }
  return order
}
