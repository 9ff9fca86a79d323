// A changed rule over everybody whom a programme has determined: the facts and balances are those of the latest decision
// record, each application is judged as if it came alone. Read and determined a slice at a time, so that other requests
// are served in between.
import type { AnswerOf, ImpactChange, Routes } from '@suanquan/api'
import { accept, type Decision } from '@suanquan/core'
import {
  determinePopulation,
  readPopulation,
  rulesOf,
  type DeterminationRefusal,
  type PopulationDetermined,
  type PopulationRow,
  type Programme,
} from '@suanquan/core/policy'
import { setImmediate } from 'node:timers/promises'
import { spoken } from './view.ts'

export type Firm = AnswerOf<Routes['readImpact']>['items'][number]
type Reason = Firm['reasons'][number]

/** One application as it was determined. */
export interface Case extends PopulationRow {
  readonly firm: Omit<Firm, 'change' | 'beforeFen' | 'afterFen' | 'reasons'>
}

export interface Versions {
  readonly before: Programme
  readonly after: Programme
}

export interface Impact {
  readonly firms: readonly Firm[]
  readonly broken: number
}

/** @param slices a few hundred applications each: what one takes is what another request waits at most */
export async function impactOf(
  versions: Versions,
  slices: AsyncIterable<readonly Case[]>,
): Promise<Decision<Impact, DeterminationRefusal>> {
  const texts = textsOf(versions)
  const firms: Firm[] = []
  let broken = 0
  for await (const cases of slices) {
    const read = readPopulation(versions.after.facts, cases)
    const faulty = new Set(read.broken.map(({ row }) => row))
    const whole = cases.filter((_, row) => !faulty.has(row))
    const was = determinePopulation(versions.before, { population: read.population, act: 'grant' })
    if (!was.ok) return was
    const is = determinePopulation(versions.after, { population: read.population, act: 'grant' })
    if (!is.ok) return is
    for (const [row, { firm }] of whole.entries())
      firms.push({ ...firm, ...changeOf(was.value, is.value, { row, texts }) })
    broken += faulty.size
    await setImmediate()
  }
  return accept({ firms, broken })
}

type Texts = ReadonlyMap<string, Reason['text']>

/** What the rules of both versions say, by the id of the rule. */
function textsOf({ before, after }: Versions): Texts {
  return new Map(
    [before, after].flatMap((programme) =>
      rulesOf(programme).map(({ path, text }) => [path.split('.').at(-1)!, spoken(text, programme)] as const),
    ),
  )
}

interface At {
  readonly row: number
  readonly texts: Texts
}

function changeOf(
  was: PopulationDetermined,
  is: PopulationDetermined,
  at: At,
): Pick<Firm, 'change' | 'beforeFen' | 'afterFen' | 'reasons'> {
  const [before, after] = [was.ceilingFen[at.row]!, is.ceilingFen[at.row]!]
  const change = nameOf(before, after)
  const written = (fen: number): string | null => (Number.isNaN(fen) ? null : String(fen))
  return {
    change,
    beforeFen: written(before),
    afterFen: written(after),
    reasons: change === 'same' || change === 'unknown' ? [] : reasonsOf(was, is, at),
  }
}

function nameOf(before: number, after: number): ImpactChange {
  if (Number.isNaN(before) || Number.isNaN(after)) return 'unknown'
  if (before === after) return 'same'
  if (before === 0) return 'newly'
  if (after === 0) return 'no_longer'
  return after > before ? 'more' : 'less'
}

function reasonsOf(was: PopulationDetermined, is: PopulationDetermined, { row, texts }: At): Reason[] {
  const [failed, fails] = [failedOf(was, row), failedOf(is, row)]
  const said = (kind: Reason['kind'], id: string): Reason => ({
    kind,
    text: texts.get(id) ?? { zh: id, en: id },
  })
  const conditions = [
    ...fails.filter((id) => !failed.includes(id)).map((id) => said('fails', id)),
    ...failed.filter((id) => !fails.includes(id)).map((id) => said('no_longer_fails', id)),
  ]
  if (conditions.length > 0) return conditions
  const binding = is.binds[is.binding[row]! - 1] ?? was.binds[was.binding[row]! - 1]
  if (binding === undefined)
    return [{ kind: 'rate', text: { zh: '比例或金额', en: 'the rate or the amount' } }]
  return [said('limited_by', binding)]
}

function failedOf({ conditions, failed }: PopulationDetermined, row: number): readonly string[] {
  return conditions.filter((_, bit) => ((failed[bit >> 5]![row]! >>> (bit & 31)) & 1) === 1)
}

type Sums = AnswerOf<Routes['readImpact']>['sums']

/** Sums of what both versions determine; what one of them does not is counted apart. */
export function sumsOf(firms: readonly Firm[]): Sums {
  const among = (...changes: readonly ImpactChange[]): number =>
    firms.filter(({ change }) => changes.includes(change)).length
  const known = firms.filter(({ change }) => change !== 'unknown')
  const total = (side: 'beforeFen' | 'afterFen'): string =>
    String(known.reduce((sum, firm) => sum + BigInt(firm[side]!), 0n))
  return {
    rows: firms.length,
    gain: among('newly', 'more'),
    lose: among('no_longer', 'less'),
    unknown: firms.length - known.length,
    beforeFen: total('beforeFen'),
    afterFen: total('afterFen'),
  }
}

/** The same sums for each value of a key, in the order of the keys. */
export function groupsOf(
  firms: readonly Firm[],
  keyOf: (firm: Firm) => string,
): readonly ({ readonly key: string } & Sums)[] {
  const groups = new Map<string, Firm[]>()
  for (const firm of firms) {
    const key = keyOf(firm)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [firm])
    else group.push(firm)
  }
  return [...groups]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, members]) => ({ key, ...sumsOf(members) }))
}
