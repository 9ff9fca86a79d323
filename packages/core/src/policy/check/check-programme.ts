// Checks a programme file as a whole: shape, names, types, clauses, provenance. It never throws and never hangs,
// whatever the file holds; every finding has its line and column.
import type { Diagnostic, Report } from '../diagnostic.ts'
import { hasErrors, report, reportNear } from '../diagnostic.ts'
import { factsSchemas } from '../facts.ts'
import { generalLaw } from '../general-law.ts'
import { readOwnFacts, withOwnFacts } from '../own-facts.ts'
import { resolveExpression } from '../expression/index.ts'
import { readType } from '../literals.ts'
import type { Award, Definition, Programme, Source } from '../programme.ts'
import { programmeShape, type ProgrammeShape } from '../shape.ts'
import { keyPlace, placeOf, shapeTree } from '../shaped.ts'
import { sameType, typeName, type Type } from '../types.ts'
import { readYaml, type Tree } from '../yaml-tree.ts'
import { checkAllocation, checkAward, checkConditions, checkRedemption, checkSharedCaps } from './awards.ts'
import { complain, present, provenance, sourceAt, uniqueIds, type Context } from './context.ts'
import { checkFunding } from './funding.ts'
import { checkText } from './messages.ts'
import { checkParameters, parameterTypes, unknownType } from './parameters.ts'
import { checkImprest, checkProcedure, checkVoucher } from './procedure.ts'
import { warnOfUnused } from './unused.ts'

export interface Checked {
  readonly diagnostics: readonly Diagnostic[]
  /** present exactly when there is no error */
  readonly programme?: Programme
}

/**
 * @param text the YAML of a programme
 * @param file its name, for the diagnostics
 */
export function checkProgramme(text: string, file: string): Checked {
  const into: Report = { file, diagnostics: [] }
  const tree = readYaml(text, into)
  return tree && into.diagnostics.length === 0 ? checkTree(tree, into) : { diagnostics: sorted(into) }
}

/** @param read the tree of a programme, from one file or composed of several */
export function checkTree(read: Tree, into: Report): Checked {
  const shaped = shapeTree(read, programmeShape, into)
  if (!shaped) return { diagnostics: sorted(into) }
  const { content, tree } = shaped
  const facts = Object.hasOwn(factsSchemas, content.facts) ? factsSchemas[content.facts] : undefined
  if (!facts) {
    const known = Object.keys(factsSchemas)
    const finding = {
      code: 'policy.unknown_facts_schema',
      params: { name: content.facts },
      written: content.facts,
    }
    reportNear(into, placeOf(tree, ['facts']), { ...finding, known })
    return { diagnostics: sorted(into) }
  }
  const own = content.own_facts && readOwnFacts(content.own_facts)
  const types = parameterTypes(content, tree, into)
  const assumptions: string[] = []
  const definitions = new Map<string, Definition>()
  const clauses = new Set(
    [...content.sources, generalLaw].flatMap((item) =>
      Object.keys(item.clauses).map((id) => `${item.id}.${id}`),
    ),
  )
  const context: Context = {
    content,
    tree,
    into,
    clauses,
    assumptions,
    ownFacts: own,
    names: {
      facts: withOwnFacts(facts, own),
      parameters: types,
      definitions: new Set(Object.keys(content.definitions ?? {})),
      definition: definitionLookup(() => context, definitions),
    },
  }
  const programme = assemble(context, types, definitions)
  checkStatus(context)
  if (programme && !hasErrors(into.diagnostics)) warnOfUnused(context, programme)
  return programme && !hasErrors(into.diagnostics)
    ? { diagnostics: sorted(into), programme }
    : { diagnostics: sorted(into) }
}

function sorted(into: Report): Diagnostic[] {
  return into.diagnostics.toSorted((a, b) => a.line - b.line || a.column - b.column)
}

/** How many definitions may stand on one another: what is checked here is walked again at every evaluation. */
const MAX_CHAIN = 12

/** Checks each definition once, on first use; one that needs itself is refused. */
function definitionLookup(
  contextOf: () => Context,
  definitions: Map<string, Definition>,
): Context['names']['definition'] {
  /** 0 while a definition is being checked, then how many stand under it, itself included */
  const heights = new Map<string, number>()
  let tallest = 0
  return (name, place) => {
    const context = contextOf()
    if (heights.get(name) === 0) report(context.into, place, 'policy.definition_cycle', { name })
    if (!heights.has(name)) {
      const above = tallest
      tallest = 0
      heights.set(name, 0)
      const definition = openOf(heights) > MAX_CHAIN ? undefined : checkDefinition(context, name)
      heights.set(name, tallest + 1)
      tallest = above
      if (definition) definitions.set(name, definition)
    }
    const height = heights.get(name)!
    tallest = Math.max(tallest, height)
    if (height > MAX_CHAIN || openOf(heights) > MAX_CHAIN) {
      report(context.into, place, 'policy.definitions_too_deep', { limit: MAX_CHAIN })
    }
    return definitions.get(name)?.is.type
  }
}

function openOf(heights: ReadonlyMap<string, number>): number {
  return [...heights.values()].filter((height) => height === 0).length
}

function checkDefinition(context: Context, name: string): Definition | undefined {
  const path = ['definitions', name]
  const shape = context.content.definitions![name]!
  const { enumerations } = context.names.facts
  const members = Object.hasOwn(enumerations, shape.type) ? enumerations[shape.type] : undefined
  const type: Type | undefined = members
    ? { kind: 'enumeration', name: shape.type, members: Object.keys(members) }
    : shape.type === 'exact'
      ? { kind: 'exact', degree: 1 }
      : readType(shape.type)
  if (!type) return complain(context, [...path, 'type'], unknownType(shape.type))
  const origin = provenance(context, path, shape, `definitions.${name}`)
  const is = resolveExpression(sourceAt(context, [...path, 'is']), context.names, context.into, type)
  if (!is) return undefined
  if (!sameType(is.type, type)) {
    const params = { expected: typeName(type), found: typeName(is.type) }
    return complain(context, [...path, 'is'], { code: 'policy.expected_type', params })
  }
  return { name, is, text: checkText(context, [...path, 'text'], shape.text), ...origin }
}

function assemble(
  context: Context,
  types: ReadonlyMap<string, Type>,
  definitions: Map<string, Definition>,
): Programme | undefined {
  const { content, names } = context
  const parameters = checkParameters(context, types)
  for (const name of names.definitions) names.definition(name, keyPlace(context.tree, ['definitions'], name))
  uniqueIds(context, ['sources'], content.sources.map(({ id }) => id)) // prettier-ignore
  uniqueIds(context, ['awards'], content.awards.map(({ id }) => id)) // prettier-ignore
  const eligibility = checkConditions(context, ['eligibility'], content.eligibility, 'eligibility')
  const awards = content.awards.map((award, index) =>
    checkAward(context, ['awards', index], award, definitions),
  )
  checkSharedCaps(context, awards)
  const redemption = content.redemption && checkRedemption(context, content.redemption, definitions)
  const funding = content.funding && checkFunding(context, content.funding)
  const allocation = content.allocation && checkAllocation(context, content.allocation)
  const voucher = content.voucher && checkVoucher(context, content.voucher)
  const imprest = content.imprest && checkImprest(context, content.imprest)
  const procedure = content.procedure && checkProcedure(context, content.procedure)
  const governs = checkGoverns(context)
  if (awards.includes(undefined) || content.status === 'in_force') return undefined
  const asked = content.open_questions ?? []
  const openQuestions = asked.map((question) => ({
    ...question,
    sets: Object.values(parameters).flatMap((item) => (item.question === question.id ? [item.name] : [])),
  }))
  const { id, status, title, jurisdiction, instrument } = content
  const head = { id, version: String(content.version), status, title, jurisdiction, instrument }
  const body = {
    facts: names.facts,
    ownFacts: context.ownFacts,
    sources: sourcesOf(content),
    governs,
    parameters,
    eligibility,
  }
  const rest = {
    redemption,
    funding,
    allocation,
    voucher,
    imprest,
    procedure,
    documents: content.documents ?? {},
    openQuestions,
  }
  const made = {
    ...head,
    ...body,
    ...rest,
    definitions: Object.fromEntries(definitions),
    awards: awards as Award[],
  }
  return present({ ...made, assumptions: context.assumptions }) as Programme
}

function sourcesOf(content: ProgrammeShape): Source[] {
  return content.sources.map(({ issued, ...source }) => present({ ...source, issuedOn: issued }) as Source)
}

function checkGoverns(context: Context): Programme['governs'] {
  const { by, from, to, ...origin } = context.content.governs
  const { facts } = context.names.facts
  const dates = Object.keys(facts).filter((fact) => facts[fact]!.type.kind === 'date')
  if (!dates.includes(by)) {
    const finding = { code: 'policy.not_a_date_fact', params: { name: by }, written: by, known: dates }
    complain(context, ['governs', 'by'], finding)
  }
  if (to !== undefined && to < from) {
    complain(context, ['governs', 'to'], {
      code: 'policy.dates_not_ascending',
      params: { from: to, before: from },
    })
  }
  const found = provenance(context, ['governs'], origin, 'governs')
  return present({ by, from, to, ...found }) as Programme['governs']
}

/** A file is `reviewed` at most: in force is what an authority's adoption puts in force. */
function checkStatus(context: Context): void {
  if (context.content.status !== 'in_force') return
  const asked = context.content.open_questions ?? []
  const questions = asked.filter((item) => item.blocks === 'in_force').length
  const assumptions = context.assumptions.length
  const code = questions + assumptions > 0 ? 'policy.not_in_force' : 'policy.in_force_is_an_adoption'
  complain(context, ['status'], { code, params: { assumptions, questions } })
}
