// Worked cases of a programme: a file of its own beside it (`cases/v1`), run as tests.
import { hasErrors, report, reportNear, type Diagnostic, type Report } from '../diagnostic.ts'
import { nearMember, readValue } from '../check/parameters.ts'
import type { Balances, FactValue } from '../determination.ts'
import type { Programme } from '../programme.ts'
import { casesShape, type CasesShape } from '../shape.ts'
import { keyPlace, placeOf, readShaped, type Path } from '../shaped.ts'
import type { Place } from '../types.ts'
import { readBalances, reportFacts, type Reader } from './read-input.ts'

export type Given = Readonly<Record<string, FactValue>>
export type Expected = CasesShape['cases'][number]['expect']
export type ExpectedTerms = NonNullable<CasesShape['terms']>[number]['expect']

interface Named {
  readonly name: string
  readonly place: Place
  /** the rule patterns that it proves */
  readonly proves: readonly string[]
  /** set for this case alone: the other reading */
  readonly parameters: Answers
}

/** What the procedure is to come to on a governing day. */
export interface TermsCase extends Named {
  readonly on: string
  /** the minute of that day, noon where none is given */
  readonly at: string
  readonly expect: ExpectedTerms
}

export interface WorkedCase extends Named {
  readonly given: Given
  readonly balances: Balances
  readonly act: 'grant' | 'payment'
  readonly award?: string
  readonly on?: string
  readonly expect: Expected
}

export type Answers = ReadonlyMap<string, Programme['parameters'][string]>

export interface CasesFile {
  /** answers to the open questions that all cases share */
  readonly answers: Answers
  readonly cases: readonly WorkedCase[]
  readonly terms: readonly TermsCase[]
  readonly equivalent: ReadonlyMap<string, string>
}

export function readCases(
  programme: Programme,
  text: string,
  file: string,
): { readonly diagnostics: readonly Diagnostic[]; readonly cases?: CasesFile } {
  const into: Report = { file, diagnostics: [] }
  const shaped = readShaped(text, casesShape, into)
  if (!shaped) return { diagnostics: into.diagnostics }
  const { content, tree } = shaped
  const expected = `${programme.id}@${programme.version}`
  if (content.programme !== expected) {
    const params = { expected, found: content.programme }
    report(into, placeOf(tree, ['programme']), 'policy.cases_of_another', params)
  }
  const reader = { programme, tree, into }
  const answers = overridden(reader, [], content.parameters ?? {})
  const cases = content.cases.map((item, index) => readCase(reader, ['cases', index], item, item.given))
  const nearMisses = (content.near_misses ?? []).map((item, index) => {
    const name = Object.keys(item.set).join(' + ')
    const expect = { eligible: false, failed: item.failed }
    return readCase(reader, ['near_misses', index], { ...item, name, expect }, { ...item.base, ...item.set })
  })
  const equivalent = new Map((content.equivalent_mutants ?? []).map((item) => [item.mutant, item.reason]))
  const terms = (content.terms ?? []).map((item, index) => ({
    ...namedCase(reader, ['terms', index], item),
    on: item.on,
    at: item.at ?? '12:00',
    expect: item.expect,
  }))
  const read = { answers, cases: [...cases, ...nearMisses], terms, equivalent }
  return hasErrors(into.diagnostics)
    ? { diagnostics: into.diagnostics }
    : { diagnostics: into.diagnostics, cases: read }
}

type CaseShape = Omit<CasesShape['cases'][number], 'given'>

function readCase(reader: Reader, path: Path, shape: CaseShape, given: Given): WorkedCase {
  reportFacts(reader, [...path, path[0] === 'cases' ? 'given' : 'set'], given)
  const base = {
    ...namedCase(reader, path, shape),
    given,
    balances: readBalances(reader, [...path, 'balances'], shape.balances ?? {}),
    act: shape.act ?? ('grant' as const),
    expect: shape.expect,
  }
  const award = shape.award === undefined ? {} : { award: shape.award }
  return { ...base, ...award, ...(shape.on === undefined ? {} : { on: shape.on }) }
}

function namedCase(
  reader: Reader,
  path: Path,
  { name, proves = [], parameters = {} }: Pick<CaseShape, 'name' | 'proves' | 'parameters'>,
): Named {
  const place = placeOf(reader.tree, path)
  return { name, place, proves, parameters: overridden(reader, path, parameters) }
}

/** Parameters set for all cases or for one. */
function overridden(
  { programme, tree, into }: Reader,
  path: Path,
  values: NonNullable<CaseShape['parameters']>,
): Answers {
  const parameters = new Map<string, Programme['parameters'][string]>()
  for (const [name, written] of Object.entries(values)) {
    const parameter = Object.hasOwn(programme.parameters, name) ? programme.parameters[name] : undefined
    const place = keyPlace(tree, [...path, 'parameters'], name)
    if (!parameter) {
      const finding = { code: 'policy.unknown_parameter', params: { name }, written: name }
      reportNear(into, place, { ...finding, known: Object.keys(programme.parameters) })
      continue
    }
    const read = readValue(parameter.type, written)
    if (!read.ok) reportNear(into, place, nearMember(parameter.type, written, read.refusal))
    else {
      const dated = { from: programme.governs.from, value: read.value, written: String(written) }
      parameters.set(name, { ...parameter, values: [dated] })
    }
  }
  return parameters
}
