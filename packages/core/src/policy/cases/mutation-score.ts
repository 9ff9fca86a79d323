// The mutation score of a programme's cases: of the faults that can be planted into its rules, how many do the cases
// notice? The operators: a condition made true · in any expression the faults of `mutate-expression.ts` · a
// parameter's value moved · a rate row or exception removed · rounding the other way or to another unit · a cap, a
// counter, a leg or a limit removed · the validity moved by a day. Parameters that only the procedure or the voucher reads
// change no determination and are left out. A mutant is equivalent only when no facts at all can
// tell it from the original; such mutants are named with their reason in the cases file and leave the count.
import { addDays } from '../../calendar/index.ts'
import type { Diagnostic } from '../diagnostic.ts'
import type {
  Award,
  Cap,
  Condition,
  Parameter,
  Programme,
  RateRule,
  Redemption,
  Rounding,
} from '../programme.ts'
import { mutateExpression, mutateValue, type Mutant } from './mutate-expression.ts'
import { readCases, type CasesFile } from './read-cases.ts'
import { runCase, withAnswers } from './run-cases.ts'
import { determiningParameters } from '../references.ts'

export interface MutantResult {
  /** `<dotted name>: <change>`, with `#2` for the second of the same name */
  readonly mutant: string
  readonly killedBy: string | null
}

export interface MutationScore {
  readonly diagnostics: readonly Diagnostic[]
  readonly mutants: readonly MutantResult[]
  readonly killed: number
  /** named as equivalent in the cases file, each with its reason; not counted */
  readonly equivalent: readonly { readonly mutant: string; readonly reason: string }[]
  readonly survivors: readonly string[]
  /** named as equivalent although a case kills them, or no such mutant is planted */
  readonly misnamed: readonly string[]
  /** killed of those that count, in hundredths of a per cent, rounded down */
  readonly basisPoints: number
}

/**
 * @param text the cases file; all its cases must pass before the score means anything
 * @param onTried is told after each fault how many of how many were tried
 */
export function mutationScore(
  programme: Programme,
  text: string,
  file: string,
  onTried?: (tried: number, all: number) => void,
): MutationScore {
  const read = readCases(programme, text, file)
  const cases: CasesFile = read.cases ?? {
    answers: new Map(),
    cases: [],
    terms: [],
    equivalent: new Map(),
  }
  const planted = plantedFaults(withAnswers(programme, cases.answers))
  const tried = planted.map(({ change, item }, index): MutantResult => {
    const killedBy = cases.cases.find((worked) => !runCase(item, worked).passed)?.name ?? null
    onTried?.(index + 1, planted.length)
    return { mutant: change, killedBy }
  })
  const equivalent = tried.flatMap(({ mutant, killedBy }) => {
    const reason = cases.equivalent.get(mutant)
    return reason !== undefined && killedBy === null ? [{ mutant, reason }] : []
  })
  const counted = tried.filter(({ mutant }) => !equivalent.some((item) => item.mutant === mutant))
  const killed = counted.filter((item) => item.killedBy !== null).length
  const survivors = counted.filter((item) => item.killedBy === null).map((item) => item.mutant)
  const basisPoints = counted.length === 0 ? 0 : Math.floor((killed * 10_000) / counted.length)
  const alive = new Set(equivalent.map(({ mutant }) => mutant))
  const misnamed = [...cases.equivalent.keys()].filter((mutant) => !alive.has(mutant))
  const { diagnostics } = read
  return { diagnostics, mutants: tried, killed, equivalent, survivors, misnamed, basisPoints }
}

/** Every programme that differs from the given one by one planted fault, each under a name of its own. */
export function plantedFaults(programme: Programme): readonly Mutant<Programme>[] {
  return named(mutants(programme))
}

function named(list: readonly Mutant<Programme>[]): Mutant<Programme>[] {
  const seen = new Map<string, number>()
  return list.map(({ change, item }) => {
    const count = (seen.get(change) ?? 0) + 1
    seen.set(change, count)
    return { change: count === 1 ? change : `${change} #${count}`, item }
  })
}

function mutants(programme: Programme): Mutant<Programme>[] {
  const set = (patch: Partial<Programme>): Programme => ({ ...programme, ...patch })
  const { redemption, governs } = programme
  return [
    ...conditionMutants('eligibility', programme.eligibility).map(put((eligibility) => set({ eligibility }))),
    ...Object.values(programme.definitions).flatMap((definition) =>
      mutateExpression(definition.is).map(({ change, item }) => ({
        change: `definitions.${definition.name}: ${change}`,
        item: set({
          definitions: { ...programme.definitions, [definition.name]: { ...definition, is: item } },
        }),
      })),
    ),
    ...determiningParameters(programme).flatMap((parameter) => parameterMutants(programme, parameter)),
    ...programme.awards.flatMap((award, index) =>
      awardMutants(award).map(put((changed) => set({ awards: programme.awards.with(index, changed) }))),
    ),
    ...(redemption ? redemptionMutants(redemption).map(put((changed) => set({ redemption: changed }))) : []),
    {
      change: 'governs.from: a day later',
      item: set({ governs: { ...governs, from: addDays(governs.from, 1) } }),
    },
    ...(governs.to === undefined
      ? []
      : [
          {
            change: 'governs.to: a day earlier',
            item: set({ governs: { ...governs, to: addDays(governs.to, -1) } }),
          },
        ]),
  ]
}

function put<Part, Whole>(place: (part: Part) => Whole): (mutant: Mutant<Part>) => Mutant<Whole> {
  return ({ change, item }) => ({ change, item: place(item) })
}

function conditionMutants(name: string, conditions: readonly Condition[]): Mutant<readonly Condition[]>[] {
  return conditions.flatMap((condition, index) => [
    { change: `${name}.${condition.id}: made true`, item: conditions.toSpliced(index, 1) },
    ...mutateExpression(condition.require).map(({ change, item }) => ({
      change: `${name}.${condition.id}: ${change}`,
      item: conditions.with(index, { ...condition, require: item }),
    })),
  ])
}

function parameterMutants(programme: Programme, parameter: Parameter): Mutant<Programme>[] {
  return parameter.values.flatMap((dated, index) => {
    if (dated.value === null) return []
    return mutateValue(dated.value, parameter.type).map(({ change, item }) => {
      const values = parameter.values.with(index, { ...dated, value: item })
      const parameters = { ...programme.parameters, [parameter.name]: { ...parameter, values } }
      return { change: `parameters.${parameter.name}: ${change}`, item: { ...programme, parameters } }
    })
  })
}

function awardMutants(award: Award): Mutant<Award>[] {
  const name = `awards.${award.id}`
  const { base, rate, round, caps } = award
  const baseRound = base.round
  return [
    ...conditionMutants(`${name}.eligibility`, award.eligibility).map(
      put((eligibility) => ({ ...award, eligibility })),
    ),
    ...mutateExpression(base.is).map(({ change, item }) => ({
      change: `${name}.base: ${change}`,
      item: { ...award, base: { ...base, is: item } },
    })),
    ...(baseRound
      ? roundMutants(`${name}.base.round`, baseRound).map(
          put((item) => ({ ...award, base: { ...base, round: item } })),
        )
      : []),
    ...(rate ? rateMutants(`${name}.rate`, rate).map(put((item) => ({ ...award, rate: item }))) : []),
    ...roundMutants(`${name}.round`, round).map(put((item) => ({ ...award, round: item }))),
    ...caps.flatMap((cap, index) => [
      { change: `${name}.caps.${cap.id}: removed`, item: { ...award, caps: caps.toSpliced(index, 1) } },
      ...capMutants(`${name}.caps.${cap.id}`, cap).map(
        put((item) => ({ ...award, caps: caps.with(index, item) })),
      ),
    ]),
  ]
}

function capMutants(name: string, cap: Cap): Mutant<Cap>[] {
  const periods = (['contract', 'calendar_year', 'programme'] as const).filter(
    (period) => period !== cap.period,
  )
  const other = cap.period === 'calendar_year' ? periods[1]! : 'calendar_year'
  const subject = cap.subjects[0] === 'programme' ? 'award' : 'programme'
  const counters = cap.counts.length > 1 ? cap.counts : []
  return [
    { change: `${name}: period ${cap.period} → ${other}`, item: { ...cap, period: other } },
    {
      change: `${name}: subject ${cap.subjects.join('+')} → ${subject}`,
      item: { ...cap, subjects: [subject] },
    },
    ...counters.map((counter) => ({
      change: `${name}: ${counter} not counted`,
      item: { ...cap, counts: cap.counts.filter((item) => item !== counter) },
    })),
    ...mutateExpression(cap.limit).map(({ change, item }) => ({
      change: `${name}.limit: ${change}`,
      item: { ...cap, limit: item },
    })),
  ]
}

function rateMutants(name: string, rule: RateRule): Mutant<RateRule>[] {
  const { rows } = rule
  return [
    ...(rule.default
      ? mutateExpression(rule.default).map(({ change, item }) => ({
          change: `${name}: ${change}`,
          item: { ...rule, default: item },
        }))
      : []),
    ...rows.flatMap((row, index) => [
      { change: `${name}.${row.id}: removed`, item: { ...rule, rows: rows.toSpliced(index, 1) } },
      ...mutateExpression(row.when).map(({ change, item }) => ({
        change: `${name}.${row.id}: ${change}`,
        item: { ...rule, rows: rows.with(index, { ...row, when: item }) },
      })),
    ]),
  ]
}

function roundMutants(name: string, round: Rounding): Mutant<Rounding>[] {
  const mode = round.mode === 'up' ? 'down' : 'up'
  const to = round.to === 'yuan' ? 'jiao' : 'yuan'
  return [
    { change: `${name}: ${round.mode} → ${mode}`, item: { ...round, mode } },
    { change: `${name}: ${round.to} → ${to}`, item: { ...round, to } },
    ...(round.when
      ? mutateExpression(round.when).map(({ change, item }) => ({
          change: `${name}.when: ${change}`,
          item: { ...round, when: item },
        }))
      : []),
  ]
}

function redemptionMutants(redemption: Redemption): Mutant<Redemption>[] {
  const name = 'redemption'
  const { legs, within, eligibility } = redemption
  const set = (patch: Partial<Redemption>): Redemption => ({ ...redemption, ...patch })
  return [
    ...conditionMutants(`${name}.eligibility`, eligibility).map(put((item) => set({ eligibility: item }))),
    ...legs.flatMap((leg, index) => [
      { change: `${name}.legs.${leg.id}: removed`, item: set({ legs: legs.toSpliced(index, 1) }) },
      ...mutateExpression(leg.is).map(({ change, item }) => ({
        change: `${name}.legs.${leg.id}: ${change}`,
        item: set({ legs: legs.with(index, { ...leg, is: item }) }),
      })),
    ]),
    ...within.flatMap((limit, index) => [
      { change: `${name}.within.${limit.id}: removed`, item: set({ within: within.toSpliced(index, 1) }) },
    ]),
    ...rateMutants(`${name}.rate`, redemption.rate).map(put((rate) => set({ rate }))),
    ...roundMutants(`${name}.round`, redemption.round).map(put((round) => set({ round }))),
  ]
}
