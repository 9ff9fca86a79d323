// Runs the worked cases: each named output is compared, the others are free.
import { parseMoney, parseRate } from '../../money/index.ts'
import type { Determination } from '../determination.ts'
import { determine, determineRedemption } from '../determine.ts'
import type { Diagnostic } from '../diagnostic.ts'
import { fundingParts } from '../funding.ts'
import { compareValues } from '../expression/index.ts'
import { writeRate, writeValue } from '../message.ts'
import type { Programme } from '../programme.ts'
import type { Place } from '../types.ts'
import { termsDifferences } from './run-terms.ts'
import { readCases, type Answers, type CasesFile, type Expected, type WorkedCase } from './read-cases.ts'

export interface CaseDifference {
  readonly output: string
  readonly expected: string
  readonly actual: string
}

export interface CaseResult extends Place {
  readonly name: string
  /** the rule patterns that it proves when it passes */
  readonly proves: readonly string[]
  readonly passed: boolean
  readonly differences: readonly CaseDifference[]
}

export interface CasesRun {
  /** faults of the cases file itself; then nothing was run */
  readonly diagnostics: readonly Diagnostic[]
  readonly results: readonly CaseResult[]
  readonly passed: number
}

/** Reads and runs a file of worked cases and near misses. */
export function runCases(programme: Programme, text: string, file: string): CasesRun {
  const read = readCases(programme, text, file)
  const results = read.cases ? runAll(programme, read.cases) : []
  return { diagnostics: read.diagnostics, results, passed: results.filter((item) => item.passed).length }
}

function runAll(programme: Programme, file: CasesFile): CaseResult[] {
  const answered = withAnswers(programme, file.answers)
  return [
    ...file.cases.map((item) => runCase(answered, item)),
    ...file.terms.map((item) => result(item, termsDifferences(withAnswers(answered, item.parameters), item))),
  ]
}

export function withAnswers(programme: Programme, answers: Answers): Programme {
  return { ...programme, parameters: { ...programme.parameters, ...Object.fromEntries(answers) } }
}

/** @param programme with the answers that all cases share */
export function runCase(programme: Programme, worked: WorkedCase): CaseResult {
  const { given: facts, balances, award, on } = worked
  const input = {
    facts,
    balances,
    ...(award === undefined ? {} : { award }),
    ...(on === undefined ? {} : { on }),
  }
  const decide = worked.act === 'grant' ? determine : determineRedemption
  const decision = decide(withAnswers(programme, worked.parameters), input)
  const differences = decision.ok
    ? compare(worked.expect, decision.value, programme)
    : [{ output: 'refusal', expected: '', actual: decision.refusal.code }]
  return result(worked, differences)
}

function result(
  { name, place, proves }: Pick<WorkedCase, 'name' | 'place' | 'proves'>,
  differences: readonly CaseDifference[],
): CaseResult {
  return { name, proves, ...place, passed: differences.length === 0, differences }
}

export interface CaseForecast {
  readonly name: string
  /** as the published text decides it: what the case expects, by output */
  readonly published: Readonly<Record<string, string>>
  /** as the programme given decides it */
  readonly decided: Readonly<Record<string, string>>
}

const FORESEEN = ['outcome', 'ceiling', 'binding'] as const

/**
 * What a programme would decide on the example cases of its measure, beside what the measure decides on them.
 * @param decided the same programme with an authority's own decisions
 */
export function foreseeCases(
  { published, decided }: { readonly published: Programme; readonly decided: Programme },
  text: string,
): readonly CaseForecast[] {
  const file = readCases(published, text, 'cases.yaml').cases
  if (file === undefined) return []
  const outputs = (programme: Programme, worked: WorkedCase): Record<string, string> => {
    const { given: facts, balances, award, on } = worked
    const own = { ...(award === undefined ? {} : { award }), ...(on === undefined ? {} : { on }) }
    const found = (worked.act === 'grant' ? determine : determineRedemption)(programme, {
      facts,
      balances,
      ...own,
    })
    if (!found.ok) return { outcome: found.refusal.code }
    return Object.fromEntries(
      FORESEEN.map((output) => [output, readable(OUTPUTS[output](found.value, programme))]),
    )
  }
  return file.cases.map((worked) => ({
    name: worked.name,
    published: outputs(withAnswers(withAnswers(published, file.answers), worked.parameters), worked),
    decided: outputs(decided, worked),
  }))
}

/** The outputs a case may name: how to read each from a determination. */
const OUTPUTS: {
  readonly [Output in keyof Expected]-?: (found: Determination, programme: Programme) => string
} = {
  governed: (found) => String(found.governed.verdict),
  eligible: (found) => String(found.eligible),
  outcome: (found) => found.outcome,
  failed: (found) => found.failed.join(' '),
  needed: (found) => found.needed.join(' '),
  base: (found) =>
    money(
      found.steps.findLast((step) => step.kind === 'base' || (step.kind === 'round' && step.id === 'base'))
        ?.amount,
    ),
  rate: (found) => {
    const rate = found.steps.find((step) => step.kind === 'rate')?.rate
    return rate ? writeRate(rate) : 'unknown'
  },
  case: (found) => found.rateCase ?? 'default',
  ceiling: (found) => money(found.ceilingFen),
  binding: (found) => found.binding ?? 'none',
  shares: (found, programme) =>
    fundingParts(programme, found.ceilingFen ?? 0n)
      .map(({ id, fen }) => `${id}=${money(fen)}`)
      .join(' '),
  accounts: (found) => found.headrooms.map((room) => `${room.account.key}=${money(room.take)}`).join(' '),
}

function money(fen: bigint | null | undefined): string {
  return fen === null || fen === undefined ? 'unknown' : `${fen}分`
}

function compare(expected: Expected, found: Determination, programme: Programme): CaseDifference[] {
  return Object.entries(OUTPUTS).flatMap(([output, read]) => {
    const wanted = expected[output as keyof Expected]
    if (wanted === undefined) return []
    const actual = read(found, programme)
    const written = Array.isArray(wanted) ? wanted.join(' ') : String(wanted)
    return sameOutput(written, actual) ? [] : [{ output, expected: written, actual: readable(actual) }]
  })
}

/** Amounts and rates compare by value: 1万元 is 10000元, 50% is 1/2. */
function sameOutput(wanted: string, actual: string): boolean {
  if (wanted === actual) return true
  const [left, right] = [parseMoney(wanted), parseMoney(actual)]
  if (left.ok && right.ok) return left.value === right.value
  const [first, second] = [parseRate(wanted), parseRate(actual)]
  return first.ok && second.ok && compareValues(first.value, second.value) === 0
}

function readable(actual: string): string {
  const read = parseMoney(actual)
  if (!read.ok) return actual
  return writeValue(
    read.value,
    { kind: 'money' },
    { schema: { id: '', facts: {}, enumerations: {} }, language: 'zh' },
  )
}
