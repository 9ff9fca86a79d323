// Record linkage without labels (Fellegi and Sunter 1969): how often fields agree among records of the same entity (m)
// and of different ones (u). u comes from random pairs, m and the share of matches from expectation–maximisation over
// the blocked pairs. An agreement on a rare value weighs more than one on a common value (term frequency). A field that
// one record lacks says nothing.
import type { Random } from '../../random.ts'
import { grouped } from '../world/world-index.ts'
import { jaroWinkler } from './jaro-winkler.ts'

export interface LinkField {
  /** the value of a record, '' where unknown */
  readonly values: readonly string[]
  /** exact: equal or not; likeness: equal, very like, like, different */
  readonly compare: 'exact' | 'likeness'
  /** weigh an agreement by how rare its value is */
  readonly termFrequency: boolean
}

export interface LinkInput {
  readonly fields: readonly LinkField[]
  /** keys of each pass; records with the same key, not '', are compared */
  readonly blocks: readonly (readonly string[])[]
  readonly random: Random
  /** blocks larger than this are skipped */
  readonly mostInBlock: number
  /** records before this place are compared only with those from it on; 0 to compare all with all */
  readonly second?: number
}

export interface LinkedPair {
  readonly left: number
  readonly right: number
  /** log₂ of m over u, summed */
  readonly weight: number
  /** of being the same entity */
  readonly probability: number
}

export interface LinkModel {
  /** m and u of each field by level, from equal to different */
  readonly m: readonly (readonly number[])[]
  readonly u: readonly (readonly number[])[]
  readonly prior: number
  /** of each field whose agreements are weighed, the share of records with a value */
  readonly rarity: readonly (ReadonlyMap<string, number> | undefined)[]
}

const LEVELS = 4
const ROUNDS = 40
const RANDOM_PAIRS = 40_000

/** @returns the compared pairs with their probability, and the model that was found */
export function linkRecords(input: LinkInput): {
  readonly pairs: readonly LinkedPair[]
  readonly model: LinkModel
} {
  const candidates = blockedPairs(input)
  const model = linkModel(input, candidates)
  return { pairs: [...judgedPairs(input.fields, candidates, model)], model }
}

export function linkModel(input: LinkInput, candidates = blockedPairs(input)): LinkModel {
  const u = chanceAgreement(input)
  const { m, prior } = maximise(patternsOf(input.fields, candidates), u)
  const rarity = input.fields.map((field) => (field.termFrequency ? shares(field.values) : undefined))
  return { m, u, prior, rarity }
}

/** Pairs of records under a model, which may have been learnt from others. */
export function* judgedPairs(
  fields: readonly LinkField[],
  pairs: Pairs,
  { m, u, prior, rarity }: LinkModel,
): Generator<LinkedPair> {
  for (let at = 0; at < pairs.size; at++) {
    const [left, right] = [pairs.leftAt(at), pairs.rightAt(at)]
    const levels = levelsOf(fields, left, right)
    let weight = 0
    for (let index = 0; index < levels.length; index++) {
      const level = levels[index]!
      if (level < 0) continue
      const share = level === 0 ? rarity[index]?.get(fields[index]!.values[left]!) : undefined
      weight += Math.log2(
        m[index]![level]! / (share === undefined ? u[index]![level]! : Math.max(share, 1e-6)),
      )
    }
    const odds = Math.exp(Math.min(600, weight * Math.LN2)) * (prior / (1 - prior))
    yield { left, right, weight, probability: odds / (1 + odds) }
  }
}

/** Pairs of places in order, kept as numbers: there may be millions. */
export interface Pairs {
  readonly size: number
  readonly leftAt: (at: number) => number
  readonly rightAt: (at: number) => number
}

/** Pairs that share the key of a block which is not too large. */
export function blockedPairs({ blocks, mostInBlock, second = 0 }: LinkInput): Pairs {
  const count = blocks[0]?.length ?? 0
  const groups = blocks
    .flatMap((keys) => [...grouped(keys.keys(), (place) => keys[place] || null).values()])
    .filter((group) => group.length <= mostInBlock)
  const most = groups.reduce((sum, { length }) => sum + (length * (length - 1)) / 2, 0)
  const found = new Float64Array(most)
  let size = 0
  for (const group of groups)
    for (let i = 0; i < group.length; i++)
      for (let j = i + 1; j < group.length; j++)
        if (second === 0 || (group[i]! < second && group[j]! >= second))
          found[size++] = group[i]! * count + group[j]!
  const ordered = found.subarray(0, size).sort()
  const pairs = ordered.filter((pair, at) => at === 0 || pair !== ordered[at - 1])
  return {
    size: pairs.length,
    leftAt: (at) => Math.floor(pairs[at]! / count),
    rightAt: (at) => pairs[at]! % count,
  }
}

interface Pattern {
  readonly levels: Int8Array
  /** pairs that agree and differ so */
  readonly pairs: number
}

/** The pairs by how their fields agree: far fewer patterns than pairs. */
function patternsOf(fields: readonly LinkField[], pairs: Pairs): Pattern[] {
  const patterns = new Map<number, { levels: Int8Array; pairs: number }>()
  for (let at = 0; at < pairs.size; at++) {
    const levels = levelsOf(fields, pairs.leftAt(at), pairs.rightAt(at))
    const number = levels.reduce((digits, level) => digits * (LEVELS + 1) + level + 1, 0)
    const known = patterns.get(number)
    if (known === undefined) patterns.set(number, { levels, pairs: 1 })
    else known.pairs += 1
  }
  return [...patterns.values()]
}

function levelsOf(fields: readonly LinkField[], left: number, right: number): Int8Array {
  const levels = new Int8Array(fields.length)
  for (let index = 0; index < fields.length; index++) {
    const { values, compare } = fields[index]!
    const [a, b] = [values[left]!, values[right]!]
    if (a === '' || b === '') levels[index] = -1
    else if (a === b) levels[index] = 0
    else if (compare === 'exact') levels[index] = LEVELS - 1
    else {
      const likeness = jaroWinkler(a, b)
      levels[index] = likeness >= 0.92 ? 1 : likeness >= 0.8 ? 2 : LEVELS - 1
    }
  }
  return levels
}

function chanceAgreement({ fields, random, second = 0 }: LinkInput): number[][] {
  const count = fields[0]?.values.length ?? 0
  const draws = count > 1 ? RANDOM_PAIRS : 0
  const tallies = fields.map(() => Array.from({ length: LEVELS }, () => 0.5))
  for (let draw = 0; draw < draws; draw++) {
    const left = random.int(second === 0 ? count : second)
    const right = second === 0 ? random.int(count) : second + random.int(count - second)
    if (left === right) continue
    for (const [index, level] of levelsOf(fields, left, right).entries())
      if (level >= 0) tallies[index]![level]! += 1
  }
  return tallies.map(normalised)
}

/** m and the prior by expectation–maximisation, u held; starts from what careful records do. */
function maximise(
  patterns: readonly Pattern[],
  u: readonly (readonly number[])[],
): { m: number[][]; prior: number } {
  let m = u.map(() => [0.85, 0.08, 0.04, 0.03])
  let prior = 0.3
  const all = patterns.reduce((sum, { pairs }) => sum + pairs, 0)
  for (let round = 0; round < (all > 0 ? ROUNDS : 0); round++) {
    const tallies = u.map(() => Array.from({ length: LEVELS }, () => 0.05))
    let matches = 0
    for (const { levels: vector, pairs } of patterns) {
      let odds = prior / (1 - prior)
      for (const [index, level] of vector.entries())
        if (level >= 0) odds *= m[index]![level]! / u[index]![level]!
      const share = (odds / (1 + odds)) * pairs
      matches += share
      for (const [index, level] of vector.entries()) if (level >= 0) tallies[index]![level]! += share
    }
    m = tallies.map(normalised)
    prior = Math.min(0.999, Math.max(0.0001, matches / all))
  }
  return { m, prior }
}

function normalised(tally: readonly number[]): number[] {
  const sum = tally.reduce((total, value) => total + value, 0)
  return tally.map((value) => value / sum)
}

function shares(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  let known = 0
  for (const value of values) {
    if (value === '') continue
    known += 1
    counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return new Map([...counts].map(([value, count]) => [value, count / known]))
}
