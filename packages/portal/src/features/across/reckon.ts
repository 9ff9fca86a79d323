// Across all programmes of the country, for one firm and one offer: what each would give and why, what lacks where it
// nearly fits, which may be combined, the best lawful combination, and whether its proof holds.
import {
  awardCandidates,
  citationOf,
  cnVoucherFacts,
  combinationFaults,
  combineProgrammes,
  grantFacts,
  unpackBare,
  type Candidate,
  type Combination,
  type CombinationInput,
  type FactValue,
  type PackedProgramme,
  type Programme,
} from '@suanquan/core/policy'
import type { Typed } from '../calculator/rules.ts'
import { factsOf, isAssumed, mayBeAsked } from './questions.ts'

export interface Words {
  readonly zh: string
  readonly en: string
}

export interface PackedMeasure {
  readonly hash: string
  readonly place: Words
  readonly programme: PackedProgramme
}

export interface Measure {
  readonly hash: string
  readonly place: Words
  readonly programme: Programme
  /** its conditions ask where the applicant, its business or the provider is */
  readonly asksPlace: boolean
}

/** fits: supported on these facts · open: something is still to be told · near: one condition lacks · elsewhere: the
 * same, and it is the place · not: more than one lacks, or nothing is left of its amount */
export type Verdict = 'fits' | 'open' | 'near' | 'elsewhere' | 'not'

export interface Reason {
  readonly text: Words
  readonly cite: Words | null
}

export interface Line {
  readonly id: string
  readonly title: Words
  readonly award: Words
  readonly place: Words
  readonly verdict: Verdict
  /** null while it is unknown */
  readonly fen: bigint | null
  /** fits: the limit that decided the amount · near and not: the conditions that fail */
  readonly why: readonly Reason[]
  /** what is still to be told, by the names of the facts */
  readonly needed: readonly Words[]
  /** terms of the measure that no text which was seen prints */
  readonly unprinted: readonly Words[]
  readonly evidence: readonly Words[]
}

export interface Pair {
  readonly between: readonly [Words, Words]
  readonly relation: 'excluded' | 'limited'
  readonly why: readonly Reason[]
}

export interface Best {
  readonly grants: readonly { readonly id: string; readonly fen: bigint }[]
  readonly totalFen: bigint
  readonly branches: number
  readonly closed: number
  readonly unlawful: number
  /** the certificate was checked and holds */
  readonly proved: boolean
  readonly pairs: readonly Pair[]
}

export interface Reckoned {
  readonly lines: readonly Line[]
  /** how many programmes that are still possible wait for each fact */
  readonly matter: Readonly<Record<string, number>>
  /** null when so many awards fit that no proof would be read to its end */
  readonly best: Best | null
}

/** No contract that a programme looks at comes to more. */
const ANY_AMOUNT = 1_000_000_000_000n

export function measuresOf(items: readonly PackedMeasure[]): readonly Measure[] {
  return items.map(({ hash, place, programme: packed }) => {
    const programme = unpackBare(packed)
    const asksPlace = grantFacts(programme).some(({ type }) => type.kind === 'region')
    return { hash, place, programme, asksPlace }
  })
}

export function inputOf(typed: Typed): CombinationInput {
  const all = Object.values(cnVoucherFacts.facts)
  const assumed = all.filter(isAssumed).map(({ path }) => [path, true])
  const names = all.filter(({ type }) => type.kind === 'string').map(({ path }) => [path, 'own'])
  const facts: Record<string, FactValue> = {
    ...(Object.fromEntries([...assumed, ...names]) as Record<string, FactValue>),
    ...factsOf(typed),
  }
  const amount = facts['contract.amount']
  return { facts, limitFen: typeof amount === 'bigint' ? amount : ANY_AMOUNT }
}

export function reckon(measures: readonly Measure[], typed: Typed): Reckoned {
  const input = inputOf(typed)
  const standing = new Map(measures.map((measure) => [measure.programme, placeOf(measure, input)]))
  const programmes = measures.map(({ programme }) => programme)
  const here = programmes.filter((programme) => standing.get(programme) === 'here')
  const combination = combineProgrammes(here, input)
  const byProgramme = new Map(measures.map((measure) => [measure.programme, measure]))
  const candidates = awardCandidates(programmes, input)
  const lines = candidates.map((candidate) =>
    lineOf(candidate, byProgramme.get(candidate.programme)!, standing.get(candidate.programme)!),
  )
  return {
    lines: lines.toSorted(byVerdictAndAmount),
    matter: matterOf(candidates, standing),
    best: combination === undefined ? null : bestOf(here, input, combination),
  }
}

type Standing = 'here' | 'unknown' | 'elsewhere'

/** Where no condition asks for the place, a measure is for those of its own place. */
function placeOf({ programme, asksPlace }: Measure, { facts }: CombinationInput): Standing {
  const stem = programme.jurisdiction === '100000' ? '' : programme.jurisdiction.replace(/(00)+$/, '')
  if (asksPlace || stem === '') return 'here'
  const places = [facts['applicant.region'], facts['applicant.operates_in']].filter(
    (place) => typeof place === 'string',
  )
  if (places.length === 0) return 'unknown'
  return places.some((place) => place.startsWith(stem)) ? 'here' : 'elsewhere'
}

const REGION = 'applicant.region'

function lineOf(candidate: Candidate, measure: Measure, standing: Standing): Line {
  const { programme, award, alone } = candidate
  const verdict = verdictOf(candidate, standing)
  const needed = standing === 'unknown' ? [...new Set([REGION, ...alone.needed])] : alone.needed
  const open = verdict === 'open' ? needed : []
  const papers = [...new Set(alone.conditions.flatMap(({ evidence }) => evidence))]
  return {
    id: idOf(candidate),
    title: programme.title,
    award: award.title,
    place: measure.place,
    verdict,
    fen: verdict === 'fits' || verdict === 'not' ? alone.ceilingFen : null,
    why: verdict === 'fits' ? decidedBy(candidate) : failing(candidate),
    needed: open.flatMap((name) => programme.facts.facts[name]?.label ?? []),
    unprinted: open.flatMap((name) =>
      name.startsWith('p.') ? (programme.parameters[name.slice(2)]?.label ?? []) : [],
    ),
    evidence: papers.flatMap((paper) => programme.documents[paper] ?? []),
  }
}

export function idOf({ programme, award }: Pick<Candidate, 'programme' | 'award'>): string {
  return `${programme.id}@${programme.version} ${award.id}`
}

function verdictOf({ alone, programme }: Candidate, standing: Standing): Verdict {
  const { failed, outcome, conditions } = alone
  if (failed.length > 1) return 'not'
  if (standing === 'elsewhere') return failed.length === 0 ? 'elsewhere' : 'not'
  if (failed.length === 1) {
    const read = Object.keys(conditions.find(({ id }) => id === failed[0])?.facts ?? {})
    return read.some((path) => programme.facts.facts[path]?.type.kind === 'region') ? 'elsewhere' : 'near'
  }
  if (outcome === 'unknown' || standing === 'unknown') return 'open'
  return outcome === 'supported' && (alone.ceilingFen ?? 0n) > 0n ? 'fits' : 'not'
}

/** The limit that cut the amount last, or the rate where none did. */
function decidedBy({ programme, alone: { steps, binding } }: Candidate): readonly Reason[] {
  const step = steps.find(({ id }) => id === binding) ?? steps.findLast(({ kind }) => kind === 'rate')
  return step?.text === undefined ? [] : [{ text: plain(step.text), cite: citeOf(programme, step.cite) }]
}

function failing({ programme, alone }: Candidate): readonly Reason[] {
  return alone.conditions
    .filter(({ id }) => alone.failed.includes(id))
    .map(({ fail, text, cite }) => ({ text: plain(fail ?? text), cite: citeOf(programme, cite) }))
}

/** What no text prints is left blank. */
function plain({ zh, en }: Words): Words {
  const blank = (said: string): string => said.replace(/\{[\w.]+\}/g, '…')
  return { zh: blank(zh), en: blank(en) }
}

function citeOf(programme: Programme, cite: string | undefined): Words | null {
  const citation = cite === undefined ? undefined : citationOf(programme, cite)
  return citation === undefined || citation === null ? null : plain(citation.text)
}

const ORDER: Readonly<Record<Verdict, number>> = { fits: 0, open: 1, near: 2, elsewhere: 3, not: 4 }

function byVerdictAndAmount(one: Line, other: Line): number {
  const difference = ORDER[one.verdict] - ORDER[other.verdict]
  if (difference !== 0) return difference
  const [left, right] = [one.fen ?? 0n, other.fen ?? 0n]
  if (left !== right) return left > right ? -1 : 1
  return one.needed.length - other.needed.length
}

function matterOf(
  candidates: readonly Candidate[],
  standing: ReadonlyMap<Programme, Standing>,
): Readonly<Record<string, number>> {
  const matter: Record<string, number> = {}
  for (const candidate of candidates) {
    const stands = standing.get(candidate.programme)!
    if (verdictOf(candidate, stands) !== 'open') continue
    for (const path of candidate.alone.needed.filter(mayBeAsked)) matter[path] = (matter[path] ?? 0) + 1
  }
  return matter
}

function bestOf(programmes: readonly Programme[], input: CombinationInput, found: Combination): Best {
  const { best, totalFen, unlawful, relations, certificate, candidates } = found
  const requests = certificate.requests.map(({ programme, award }) =>
    candidates.find((each) => idOf(each) === `${programme} ${award}`)!,
  )
  return {
    grants: best.map(({ programme, award, fen }) => ({ id: `${programme} ${award}`, fen })),
    totalFen,
    branches: certificate.branches.length,
    closed: certificate.branches.filter(({ closedBy }) => closedBy !== null).length,
    unlawful,
    proved: combinationFaults(programmes, input, found).length === 0,
    pairs: relations.map(({ between, relation, by }) => ({
      between: [requests[between[0]]!.programme.title, requests[between[1]]!.programme.title],
      relation,
      why: by.flatMap(({ request, condition, cite }) => {
        const { programme, award } = requests[request]!
        const rule = [...programme.eligibility, ...award.eligibility].find(({ id }) => id === condition)
        return rule === undefined ? [] : [{ text: plain(rule.text), cite: citeOf(programme, cite) }]
      }),
    })),
  }
}
