// What the studio says of a text: every finding with its place, each case held or not, clauses beside their rules, what
// differs from the version one began with, and how many planted faults the cases notice. Pure; the worker calls it.
import { sentence } from '@suanquan/api'
import {
  checkProgramme,
  compareProgrammes,
  competitionFindings,
  cnVoucherFacts,
  editorSchemas,
  mutationScore,
  programmeSummary,
  rulesOf,
  runCases,
  type CaseResult,
  type Citation,
  type Diagnostic,
  type Programme,
} from '@suanquan/core/policy'
import type { Difference } from '../author/difference-table.tsx'
import type { Vocabulary } from './completions.ts'

export interface Said {
  readonly zh: string
  readonly en: string
}

export interface Texts {
  readonly programme: string
  readonly cases: string
}

export interface Problem {
  readonly file: keyof Texts
  readonly line: number
  readonly column: number
  readonly severity: Diagnostic['severity']
  readonly message: Said
  readonly suggestion: string | null
}

export interface StudioRule {
  readonly path: string
  readonly text: Said
  readonly is: string
  readonly cite: string | null
  readonly basis: string
}

export interface StudioCase extends Pick<CaseResult, 'name' | 'line' | 'passed'> {
  readonly differences: readonly {
    readonly output: string
    readonly expected: string
    readonly actual: string
  }[]
}

export interface Looked {
  readonly problems: readonly Problem[]
  /** null while the text has errors */
  readonly programme: {
    readonly id: string
    readonly version: string
    readonly title: Said
    readonly clauses: readonly Pick<Citation, 'cite' | 'source' | 'clause' | 'grade' | 'text'>[]
    readonly rules: readonly StudioRule[]
    readonly cases: readonly StudioCase[]
    /** against the version one began with; null when there is none */
    readonly differences: readonly Difference[] | null
    /** what a fair-competition review must look at */
    readonly competition: readonly {
      readonly path: string
      readonly text: Said
      readonly kind: string
      readonly article: number
    }[]
  } | null
}

export interface Scored {
  readonly basisPoints: number
  readonly counted: number
  readonly survivors: readonly string[]
  readonly equivalent: readonly { readonly mutant: string; readonly reason: string }[]
  /** dotted name of a rule → the cases that notice a fault in it */
  readonly proves: Readonly<Record<string, readonly string[]>>
}

/** @param before the text of the version that one began with */
export function lookAt({ programme: text, cases }: Texts, before: string | null): Looked {
  if (text.trim() === '') return { problems: [], programme: null }
  const { diagnostics, programme } = checkProgramme(text, 'programme')
  const problems = diagnostics.map((item) => problemOf(item, 'programme'))
  if (programme === undefined) return { problems, programme: null }
  const run = cases.trim() === '' ? { diagnostics: [], results: [] } : runCases(programme, cases, 'cases')
  const summary = programmeSummary(programme)
  const written = new Map(summary.parameters.map(({ name, written: value }) => [`p.${name}`, value]))
  const spoken = (said: Said): Said => ({
    zh: filled(said.zh, written, 'zh'),
    en: filled(said.en, written, 'en'),
  })
  const base = before === null ? undefined : checkProgramme(before, 'before').programme
  return {
    problems: [...problems, ...run.diagnostics.map((item) => problemOf(item, 'cases'))],
    programme: {
      id: programme.id,
      version: programme.version,
      title: programme.title,
      clauses: summary.citations,
      rules: rulesOf(programme).map((rule) => ({ ...rule, text: spoken(rule.text) })),
      cases: run.results.map(({ name, line, passed, differences }) => ({
        name,
        line,
        passed,
        differences: differences.map((each) => ({ ...each })),
      })),
      differences:
        base === undefined
          ? null
          : compareProgrammes(base, programme).map((each) => ({ ...each, text: spoken(each.text) })),
      competition: competitionFindings(programme).map((each) => ({ ...each, text: spoken(each.text) })),
    },
  }
}

/** A rule's text with the values of its parameters; what is open or worked out is left blank. */
function filled(text: string, values: ReadonlyMap<string, Said | null>, language: keyof Said): string {
  return text.replace(/\{([\w.]+)\}/g, (_, name: string) => values.get(name)?.[language] ?? '…')
}

/** @param onTried is told how many of how many faults were tried */
export function score(
  { programme: text, cases }: Texts,
  onTried: (tried: number, all: number) => void,
): Scored | null {
  const { programme } = checkProgramme(text, 'programme')
  if (programme === undefined) return null
  const { basisPoints, mutants, survivors, equivalent } = mutationScore(programme, cases, 'cases', onTried)
  const proves: Record<string, string[]> = {}
  for (const { mutant, killedBy } of mutants) {
    if (killedBy === null) continue
    const known = (proves[ruleOf(programme, mutant)] ??= [])
    if (!known.includes(killedBy)) known.push(killedBy)
  }
  return { basisPoints, counted: mutants.length - equivalent.length, survivors, equivalent, proves }
}

/** A mutant is named after the rule that it spoils: the longest path of a rule that it begins with. */
function ruleOf(programme: Programme, mutant: string): string {
  const [name = mutant] = mutant.split(':')
  const paths = rulesOf(programme).map(({ path }) => path)
  const fitting = paths.filter((path) => name.startsWith(path) || path.endsWith(`.${name}`))
  return fitting.toSorted((left, right) => right.length - left.length)[0] ?? name
}

/** What the editor completes from: the schemas of both files and the facts a rule may read. */
export function vocabulary(): Vocabulary {
  const facts = Object.values(cnVoucherFacts.facts).map(({ path, label, type }) => {
    const words =
      type.kind === 'enumeration' ? Object.entries(cnVoucherFacts.enumerations[type.name] ?? {}) : []
    const members = words.map(([name, text]) => ({ name, text }))
    const said = {
      zh: words.map(([, { zh }]) => zh).join('、'),
      en: words.map(([, { en }]) => en).join(', '),
    }
    return { path, label, type: words.length > 0 ? said : { zh: type.kind, en: type.kind }, members }
  })
  return { schemas: { programme: editorSchemas.programme(), cases: editorSchemas.cases() }, facts }
}

function problemOf(item: Diagnostic, file: keyof Texts): Problem {
  const { line, column, severity, suggestion = null } = item
  const message = { zh: sentence(item, 'zh'), en: sentence(item, 'en') }
  return { file, line, column, severity, message, suggestion }
}
