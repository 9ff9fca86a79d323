// Adoption: an authority puts a programme version in force. It answers every blocking open question and every
// assumption, each with where that is written down and who signed, and may set parameters as its own decision, never
// above a ceiling (不超过) nor under a floor of the measure.
import { accept, refuse, type Decision } from '../refusal.ts'
import type { Diagnostic, Report } from './diagnostic.ts'
import { readValue } from './check/parameters.ts'
import { compareValues } from './expression/index.ts'
import type {
  AdoptedProgramme,
  Adoption,
  Answer,
  CompetitionException,
  GoverningDays,
  HoldLimit,
  OwnProcedure,
  Parameter,
  Programme,
} from './programme.ts'
import { adoptionShape, type AdoptionShape } from './adoption-shape.ts'
import { readShaped } from './shaped.ts'
import type { Value } from './types.ts'

export type AdoptionRefusal =
  | 'policy.adoption_of_another'
  | 'policy.adoption_incomplete'
  | 'policy.adoption_unknown_items'
  | 'policy.adoption_unsigned'
  | 'policy.adoption_bad_values'
  | 'policy.adoption_beyond_bounds'
  | 'policy.adoption_disagrees'
  | 'policy.only_proposed'

/** What confirms an assumption that is not a parameter. */
export const ACCEPTED = 'accepted'

/** Reads an adoption file (`adoption/v1`). */
export function readAdoption(
  text: string,
  file: string,
): { readonly diagnostics: readonly Diagnostic[]; readonly adoption?: Adoption } {
  const into: Report = { file, diagnostics: [] }
  const shaped = readShaped(text, adoptionShape, into)
  if (!shaped) return { diagnostics: into.diagnostics }
  const {
    id,
    programme,
    programme_hash: programmeHash,
    title = null,
    authority,
    jurisdiction,
    districts,
    adopted_on,
    answers,
    parameters,
    governs,
    holds,
    procedure,
    competition,
  } = shaped.content
  const adoption = {
    id,
    programme,
    ...(programmeHash === undefined ? {} : { programmeHash }),
    title,
    authority,
    jurisdiction,
    districts: districts ?? [],
    adoptedOn: adopted_on,
    answers: answersOf(answers),
    parameters: answersOf(parameters ?? {}),
    governs: governs === undefined ? null : governingDays(governs),
    ...(holds === undefined ? {} : { holds: holdLimit(holds) }),
    procedure: procedure === undefined ? null : ownProcedure(procedure),
    ...(competition === undefined ? {} : { competition: exceptionsOf(competition) }),
  }
  return { diagnostics: into.diagnostics, adoption }
}

function governingDays(shape: NonNullable<AdoptionShape['governs']>): GoverningDays {
  const { from, to = null, source, signed_by: signedBy } = shape
  return { from, to, source, signedBy }
}

function holdLimit({
  workdays,
  source,
  signed_by: signedBy,
}: NonNullable<AdoptionShape['holds']>): HoldLimit {
  return { workdays: Number(workdays), source, signedBy }
}

function ownProcedure(shape: NonNullable<AdoptionShape['procedure']>): OwnProcedure {
  const { review = [], appeal, document_code: documentCode = null, remedies = null } = shape
  return {
    review: review.map(({ tier, workdays }) => ({ tier, workdays: Number(workdays) })),
    appeal:
      appeal === undefined
        ? null
        : { workdays: Number(appeal.workdays), decideWorkdays: Number(appeal.decide_workdays) },
    documentCode,
    remedies,
    source: shape.source,
    signedBy: shape.signed_by,
  }
}

function exceptionsOf(
  shapes: NonNullable<AdoptionShape['competition']>,
): Record<string, CompetitionException> {
  const entries = Object.entries(shapes).map(
    ([key, { ground, reason, signed_by: signedBy }]): [string, CompetitionException] => [
      key,
      { ground, reason, signedBy },
    ],
  )
  return Object.fromEntries(entries)
}

type AnswerShape = { value: unknown; source: string; signed_by: string }

function answersOf(shapes: Readonly<Record<string, AnswerShape>>): Record<string, Answer> {
  const entries = Object.entries(shapes).map(
    ([name, { value, source, signed_by: signedBy }]): [string, Answer] => [
      name,
      { value: Array.isArray(value) ? value.map(String) : String(value), source, signedBy },
    ],
  )
  return Object.fromEntries(entries)
}

/**
 * @param hash of the programme's text, for an adoption that names it
 * @returns the programme in force, or the first kind of fault with every item that has it
 */
export function adopt(
  programme: Programme,
  adoption: Adoption,
  hash?: string,
): Decision<AdoptedProgramme, AdoptionRefusal> {
  const expected = `${programme.id}@${programme.version}`
  if (adoption.programme !== expected) {
    return refuse('policy.adoption_of_another', { expected, found: adoption.programme })
  }
  const { programmeHash: signed } = adoption
  if (hash !== undefined && signed !== undefined && signed !== hash)
    return refuse('policy.adoption_of_another', { expected: hash, found: signed })
  const [fault] = adoptionFaults(programme, adoption)
  if (fault !== undefined) return refuse(fault.code, { items: [...fault.items] })
  return accept(adoptStored(programme, adoption))
}

export interface AdoptionFault {
  readonly code: AdoptionRefusal
  readonly items: readonly string[]
}

/** The programme in force by an adoption that was signed and stored, whatever has been asked of adoptions since. */
export function adoptStored(programme: Programme, adoption: Adoption): AdoptedProgramme {
  return { ...withDecisions(programme, adoption), adoption }
}

/** Everything that keeps an adoption from being in force, each kind with its items; while it is being answered, too. */
export function adoptionFaults(programme: Programme, adoption: Adoption): readonly AdoptionFault[] {
  const decided = decisionsOf(programme, adoption)
  const checks: readonly (readonly [AdoptionRefusal, readonly string[]])[] = [
    ['policy.only_proposed', programme.status === 'proposed' ? ['status'] : []],
    ['policy.adoption_unknown_items', unknownItems(programme, adoption)],
    ['policy.adoption_incomplete', missingItems(programme, adoption, decided)],
    ['policy.adoption_unsigned', unsigned(adoption)],
    ['policy.adoption_disagrees', disagreements(programme, adoption)],
    ['policy.adoption_bad_values', badValues(programme, adoption, decided)],
    ['policy.adoption_beyond_bounds', beyondBounds(programme, adoption, decided)],
  ]
  return checks.filter(([, items]) => items.length > 0).map(([code, items]) => ({ code, items }))
}

/** The programme with what has been decided so far; what is still open stays open. */
export function withDecisions(programme: Programme, adoption: Adoption): Programme {
  const governs = governsHere(programme, adoption)
  const parameters = { ...programme.parameters }
  for (const [name, answer] of decisionsOf(programme, adoption))
    parameters[name] = decidedParameter({ ...programme, governs }, name, answer)
  return { ...programme, title: adoption.title ?? programme.title, governs, parameters }
}

/** The measure's own days, or those that the authority decided. */
function governsHere({ governs }: Programme, { governs: decided }: Adoption): Programme['governs'] {
  if (decided === null) return governs
  const { from, to, source } = decided
  return { by: governs.by, basis: 'decided', note: source, from, ...(to === null ? {} : { to }) }
}

/** Parameter → answer: set directly, or as the one parameter of an open question. */
function decisionsOf(programme: Programme, adoption: Adoption): Map<string, Answer> {
  const decided = new Map<string, Answer>()
  for (const question of programme.openQuestions) {
    const answer = adoption.answers[question.id]
    if (answer && question.sets.length === 1) decided.set(question.sets[0]!, answer)
  }
  for (const name of Object.keys(programme.parameters)) {
    const answer = adoption.parameters[name] ?? adoption.answers[`parameters.${name}`]
    const confirms = answer?.value === ACCEPTED && programme.parameters[name]!.values.length > 0
    if (answer && !confirms) decided.set(name, answer)
  }
  return decided
}

function unknownItems(programme: Programme, { answers, parameters }: Adoption): string[] {
  const known = new Set([...programme.openQuestions.map((item) => item.id), ...programme.assumptions])
  const unknown = Object.keys(answers).filter((name) => !known.has(name))
  const unset = Object.keys(parameters).filter((name) => !Object.hasOwn(programme.parameters, name))
  return [...unknown, ...unset.map((name) => `parameters.${name}`)]
}

function missingItems(
  programme: Programme,
  adoption: Adoption,
  decided: ReadonlyMap<string, Answer>,
): string[] {
  const questions = programme.openQuestions.filter((question) => {
    if (question.blocks !== 'in_force') return false
    return question.sets.length > 0
      ? question.sets.some((name) => !decided.has(name))
      : adoption.answers[question.id] === undefined
  })
  const assumptions = programme.assumptions.filter((path) => {
    const parameter = path.startsWith('parameters.') && adoption.parameters[path.slice(11)] !== undefined
    return adoption.answers[path] === undefined && !parameter
  })
  return [...questions.map((question) => question.id), ...assumptions]
}

function badValues(
  programme: Programme,
  { governs }: Adoption,
  decided: ReadonlyMap<string, Answer>,
): string[] {
  const backwards = governs !== null && governs.to !== null && governs.to < governs.from
  const unread = [...decided.keys()].filter((name) => !valueOf(programme, name, decided))
  return backwards ? [...unread, 'governs'] : unread
}

function unsigned({ answers, parameters, governs, holds }: Adoption): string[] {
  const days: [string, GoverningDays | HoldLimit][] = [
    ...(governs === null ? [] : [['governs', governs] as [string, GoverningDays]]),
    ...(holds === undefined ? [] : [['holds', holds] as [string, HoldLimit]]),
  ]
  const all = [...Object.entries(answers), ...Object.entries(parameters), ...days]
  return all.filter(([, answer]) => !answer.source.trim() || !answer.signedBy.trim()).map(([name]) => name)
}

/** An assumption about a rule is accepted or it is not: who decides otherwise writes another version. */
function disagreements(programme: Programme, { answers }: Adoption): string[] {
  const rules = programme.assumptions.filter((path) => !path.startsWith('parameters.'))
  return rules.filter((path) => answers[path] !== undefined && answers[path].value !== ACCEPTED)
}

function valueOf(
  programme: Programme,
  name: string,
  decided: ReadonlyMap<string, Answer>,
): { value: Value } | undefined {
  const read = readValue(programme.parameters[name]!.type, decided.get(name)!.value)
  return read.ok ? { value: read.value } : undefined
}

/** A decision holds on every governed day, so it must keep each value that the measure has for one of them. */
function beyondBounds(
  programme: Programme,
  adoption: Adoption,
  decided: ReadonlyMap<string, Answer>,
): string[] {
  const { from, to } = governsHere(programme, adoption)
  return [...decided.keys()].filter((name) => {
    const { bound, basis, type, values } = programme.parameters[name]!
    const decision = valueOf(programme, name, decided)
    // whoever takes over a measure for days of its own sets the dates anew
    const isFixed = basis === 'cited' && (type.kind !== 'date' || adoption.governs === null)
    const ordered = ['money', 'rate', 'int', 'date'].includes(type.kind)
    if (!ordered || !decision || (bound === 'exact' && !isFixed)) return false
    return values.some(({ value, from: since }, index) => {
      const until = values[index + 1]?.from
      const governed =
        (until === undefined || until > from) && (index === 0 || to === undefined || since <= to)
      if (value === null || !governed) return false
      const difference = compareValues(decision.value, value)
      if (bound === 'exact') return difference !== 0
      return bound === 'at_most' ? difference > 0 : difference < 0
    })
  })
}

function decidedParameter(programme: Programme, name: string, answer: Answer): Parameter {
  const parameter = programme.parameters[name]!
  const read = readValue(parameter.type, answer.value)
  const value = read.ok ? read.value : null
  const written = Array.isArray(answer.value) ? answer.value.join(',') : String(answer.value)
  return {
    ...parameter,
    basis: 'decided',
    note: answer.source,
    values: [{ from: programme.governs.from, value, written }],
  }
}
