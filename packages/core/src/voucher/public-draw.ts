// 公开抽签: a draw that anybody can repeat with a hash tool. The list is published first, one line a number with its amount,
// sorted by number; its hash is published with the public draw that will decide (a lottery of a stated day). The seed is
// the hash of the list's hash, a bar and what the public draw showed; each number's lot is the hash of the seed, a bar and
// the number; the smallest lot is first. Nobody can know an order before the public draw, or choose one after it.
import { hex, utf8, type Hash } from '../canonical.ts'
import { accept, refuse, type Decision } from '../refusal.ts'
import type { Fen } from '../money/index.ts'

export interface Entry {
  readonly number: string
  readonly claimFen: Fen
}

/** The published list as text: what is hashed, to the byte. */
export function listText(entries: readonly Entry[]): string {
  return [...entries]
    .sort((a, b) => (a.number < b.number ? -1 : 1))
    .map(({ number, claimFen }) => `${number},${claimFen}\n`)
    .join('')
}

export function listHashOf(entries: readonly Entry[], hash: Hash): string {
  return hex(hash(utf8(listText(entries))))
}

export interface PublicDraw {
  readonly seed: string
  /** place from 1 by number */
  readonly places: ReadonlyMap<string, number>
  readonly lots: ReadonlyMap<string, string>
}

/**
 * @param listHash as it was published before the draw
 * @param shown what the public draw showed, as announced it would be written
 * @returns `round.list_changed` when the list is not the published one, `round.number_twice`, `round.draw_empty`
 */
export function publicDraw(
  entries: readonly Entry[],
  { listHash, shown }: { readonly listHash: string; readonly shown: string },
  hash: Hash,
): Decision<PublicDraw, 'round.list_changed' | 'round.number_twice' | 'round.draw_empty'> {
  if (new Set(entries.map(({ number }) => number)).size !== entries.length)
    return refuse('round.number_twice')
  if (listHashOf(entries, hash) !== listHash) return refuse('round.list_changed', { published: listHash })
  if (shown.trim() === '') return refuse('round.draw_empty')
  const seed = hex(hash(utf8(`${listHash}|${shown.trim()}`)))
  const lots = entries.map(({ number }) => ({ number, lot: hex(hash(utf8(`${seed}|${number}`))) }))
  lots.sort((a, b) => (a.lot < b.lot ? -1 : a.lot > b.lot ? 1 : a.number < b.number ? -1 : 1))
  return accept({
    seed,
    places: new Map(lots.map(({ number }, index) => [number, index + 1])),
    lots: new Map(lots.map(({ number, lot }) => [number, lot])),
  })
}
