// 公开抽签: a round whose result anybody can repeat with a hash tool. All that decides is published first as one text: rule,
// pool, minimum, the public draw that will count (announced beforehand), and a line a number, sorted by number. The seed is
// the hash of that text's hash, a bar and what the public draw showed; each number's lot is the hash of the seed, a bar and
// the number; the smallest lot is first. Nobody can know an order before the public draw, or choose one after it.
import type { Day, Instant } from '../calendar/index.ts'
import { hex, utf8, type Hash } from '../canonical.ts'
import type { Fen } from '../money/index.ts'
import { accept, refuse, type Decision } from '../refusal.ts'
import { shareOut, type ShareOut, type ShortageRule } from './shortage.ts'

export interface ListedLine {
  /** names nobody; unique in the list */
  readonly number: string
  readonly claimFen: Fen
  readonly completeAt: Instant
  readonly score: number
}

/** What is closed and published before the draw. */
export interface RoundList {
  readonly number: string
  readonly rule: ShortageRule
  readonly poolFen: Fen
  readonly minimumFen: Fen
  /** empty where nothing is drawn */
  readonly drawName: string
  readonly drawOn: Day | null
  readonly lines: readonly ListedLine[]
}

/**
 * Whether what a draw showed is written in the one way that two people who look at it write it: digits and capital letters,
 * in groups, one blank between them, a plus alone. Whatever else looks the same and hashes to another seed is not.
 */
export function isDrawText(text: string): boolean {
  return /^[0-9A-Z]+(?: (?:\+ )?[0-9A-Z]+)*$/.test(text)
}

/** The published list as text: what is hashed, to the byte. */
export function listText(list: RoundList): string {
  const head = [
    'suanquan/round/v1',
    list.number,
    `rule,${list.rule}`,
    `pool,${list.poolFen}`,
    `minimum,${list.minimumFen}`,
    `draw,${list.drawOn ?? ''},${list.drawName}`,
  ]
  const lines = list.lines
    .toSorted((a, b) => (a.number < b.number ? -1 : 1))
    .map(({ number, claimFen, completeAt, score }) => `${number},${claimFen},${completeAt},${score}`)
  return [...head, ...lines, ''].join('\n')
}

export function listHashOf(list: RoundList, hash: Hash): string {
  return hex(hash(utf8(listText(list))))
}

export interface RoundResult {
  /** null where nothing is drawn */
  readonly seed: string | null
  readonly out: ShareOut
}

export type RoundCode = 'round.list_changed' | 'round.number_twice' | 'round.draw_empty'

/**
 * What a list and its draw come to.
 * @param listHash as it was published before the draw
 * @param shown what the public draw showed, as announced it would be written; only a lottery reads it
 * @returns `round.list_changed` when the list is not the published one, `round.number_twice`, `round.draw_empty`
 */
export function resultOf(
  list: RoundList,
  { listHash, shown }: { readonly listHash: string; readonly shown: string },
  hash: Hash,
): Decision<RoundResult, RoundCode> {
  const { lines, rule, poolFen, minimumFen } = list
  if (new Set(lines.map(({ number }) => number)).size !== lines.length) return refuse('round.number_twice')
  if (listHashOf(list, hash) !== listHash) return refuse('round.list_changed', { published: listHash })
  const byLot = rule === 'lottery'
  if (byLot && shown.trim() === '') return refuse('round.draw_empty')
  const seed = byLot ? hex(hash(utf8(`${listHash}|${shown.trim()}`))) : null
  const turns = seed === null ? null : turnsOf(lines, seed, hash)
  const contenders = lines.map((line) => ({ ...line, drawn: turns?.get(line.number) ?? null }))
  return accept({ seed, out: shareOut(contenders, { rule, poolFen, minimumFen }) })
}

function turnsOf(lines: readonly ListedLine[], seed: string, hash: Hash): ReadonlyMap<string, number> {
  const lots = lines
    .map(({ number }) => ({ number, lot: hex(hash(utf8(`${seed}|${number}`))) }))
    .sort((a, b) => (a.lot < b.lot ? -1 : a.lot > b.lot ? 1 : a.number < b.number ? -1 : 1))
  return new Map(lots.map(({ number }, index) => [number, index + 1]))
}

/** A round as it is published once its result is out. */
export interface PublishedRound extends RoundList {
  readonly listHash: string
  readonly shown: string | null
  readonly seed: string | null
  /** by number; a turn is the place in the order of the rule */
  readonly awards: ReadonlyMap<string, { readonly turn: number | null; readonly awardFen: Fen | null }>
}

export interface ReplayLine {
  readonly number: string
  readonly turn: number
  readonly awardFen: Fen
  /** what was published says the same */
  readonly same: boolean
}

export interface RoundReplay {
  readonly result: RoundResult
  readonly seedSame: boolean
  /** in the order of the rule */
  readonly lines: readonly ReplayLine[]
  /** everything published is what the list and the draw come to */
  readonly same: boolean
}

/** @returns `round.no_result` while there is nothing to compare with, else as `resultOf` */
export function replayRound(
  round: PublishedRound,
  hash: Hash,
): Decision<RoundReplay, RoundCode | 'round.no_result'> {
  if ([...round.awards.values()].every(({ awardFen }) => awardFen === null)) return refuse('round.no_result')
  const made = resultOf(round, { listHash: round.listHash, shown: round.shown ?? '' }, hash)
  if (!made.ok) return made
  const { out, seed } = made.value
  const lines = out.lines.map(({ number, place: turn, awardFen }): ReplayLine => {
    const published = round.awards.get(number)
    return { number, turn, awardFen, same: published?.awardFen === awardFen && published.turn === turn }
  })
  const seedSame = seed === round.seed
  return accept({ result: made.value, seedSame, lines, same: seedSame && lines.every(({ same }) => same) })
}
