// What an authority is asked when it adopts a measure: every open question, every assumption, and the parameters it may
// set itself; with what has been answered so far.
import { competitionGroundNames, competitionKindNames, type AnswerOf, type Routes } from '@suanquan/api'
import {
  ACCEPTED,
  adoptionFaults,
  competitionFindings,
  competitionGrounds,
  competitionKey,
  unexplained,
  typeName,
  writeValue,
  type Adoption,
  type OwnProcedure,
  type Answer,
  type CompetitionException,
  type CompetitionGround,
  type Parameter,
  type Programme,
  type Provenance,
} from '@suanquan/core/policy'
import { spoken } from './view.ts'

export type Item = AnswerOf<Routes['readAdoptionDraft']>['items'][number]

export interface StoredAnswer {
  readonly value: readonly string[]
  readonly source: string
  readonly signedBy: string
  readonly personId: string
  readonly at: number
}

export type StoredAnswers = Readonly<Record<string, StoredAnswer>>

export interface DraftTerms {
  readonly title: { readonly zh: string; readonly en: string }
  readonly authority: { readonly zh: string; readonly en: string }
  readonly districts: readonly string[]
  /** how the authority reviews and hears appeals, where it says so */
  readonly procedure?: OwnProcedure | null
}

type AskedItem = Omit<Item, 'answer'>

const PARAMETER = 'parameters.'
const COMPETITION = 'competition.'

/** Everything that can be answered, what must be first. */
export function itemsOf(programme: Programme): readonly AskedItem[] {
  const asked = new Set<string>()
  const questions = programme.openQuestions.flatMap((question): AskedItem[] => {
    const required = question.blocks === 'in_force'
    for (const name of question.sets) asked.add(name)
    const [only] = question.sets
    if (only !== undefined && question.sets.length === 1) {
      const item = parameterItem(programme, programme.parameters[only]!)
      return [
        {
          ...item,
          key: `answers.${question.id}`,
          kind: 'question',
          required,
          text: question.ask,
          acceptable: false,
        },
      ]
    }
    if (question.sets.length === 0) return [inWords(`answers.${question.id}`, question.ask, required)]
    return question.sets.map((name) => ({
      ...parameterItem(programme, programme.parameters[name]!),
      kind: 'question',
      required,
    }))
  })
  const assumptions = programme.assumptions.map((path): AskedItem => {
    const name = path.startsWith(PARAMETER) ? path.slice(PARAMETER.length) : null
    const parameter = name === null ? undefined : programme.parameters[name]
    const key = `answers.${path}`
    if (parameter === undefined)
      return {
        ...inWords(key, { zh: path, en: path }, true),
        kind: 'assumption',
        acceptable: true,
        note: noteOf(programme, path),
      }
    asked.add(parameter.name)
    return {
      ...parameterItem(programme, parameter),
      key,
      kind: 'assumption',
      required: true,
      acceptable: true,
    }
  })
  const own = Object.values(programme.parameters).filter(({ name }) => !asked.has(name))
  return [
    ...questions,
    ...assumptions,
    ...competitionItems(programme),
    ...own.map((parameter) => parameterItem(programme, parameter)),
  ]
}

/** Each rule that favours some: the ground on which it stands all the same; the source gives the reason in words. */
function competitionItems(programme: Programme): readonly AskedItem[] {
  return competitionFindings(programme).map((finding): AskedItem => {
    const named = competitionKindNames[finding.kind]
    const said = spoken(finding.text, programme)
    const text = { zh: `${named.zh}：${said.zh}`, en: `${named.en}: ${said.en}` }
    return {
      ...inWords(`${COMPETITION}${competitionKey(finding)}`, text, true),
      kind: 'competition',
      options: competitionGrounds.map((ground) => ({ value: ground, text: competitionGroundNames[ground] })),
      clause: finding.cite?.slice(finding.cite.indexOf('.') + 1) ?? null,
      note: finding.path,
    }
  })
}

/** Items that still keep an adoption from being signed; the fair-competition ones are asked by the server alone. */
export function missingOf(programme: Programme, adoption: Adoption): readonly string[] {
  const incomplete = adoptionFaults(programme, adoption).flatMap(({ items }) => items)
  return [...incomplete, ...unexplained(programme, adoption.competition ?? {})]
}

function inWords(key: string, text: { zh: string; en: string }, required: boolean): AskedItem {
  return {
    key,
    kind: 'question',
    required,
    text,
    type: null,
    isList: false,
    options: [],
    bound: 'exact',
    published: null,
    acceptable: false,
    clause: null,
    note: null,
  }
}

function parameterItem(programme: Programme, parameter: Parameter): AskedItem {
  const { name, label, type, bound, values, cite, note } = parameter
  const latest = values.at(-1)?.value
  const inner = type.kind === 'list' ? type.of : type
  const style = { schema: programme.facts, language: 'zh' } as const
  const members = inner.kind === 'enumeration' ? inner.members : []
  return {
    ...inWords(`${PARAMETER}${name}`, label, false),
    kind: 'parameter',
    type: typeName(type),
    isList: type.kind === 'list',
    options: members.map((value) => ({
      value,
      text: {
        zh: writeValue(value, inner, style),
        en: writeValue(value, inner, { ...style, language: 'en' }),
      },
    })),
    bound,
    published: latest === null || latest === undefined ? null : writeValue(latest, type, style),
    clause: cite?.slice(cite.indexOf('.') + 1) ?? null,
    note: note ?? null,
  }
}

/** What the file notes at the place of an assumption. */
function noteOf(programme: Programme, path: string): string | null {
  let at: unknown = programme
  for (const part of path.split('.')) {
    if (typeof at !== 'object' || at === null) return null
    const list = Array.isArray(at)
      ? (at as { readonly id?: string }[]).find(({ id }) => id === part)
      : undefined
    at = list ?? (at as Record<string, unknown>)[part]
  }
  return (at as Partial<Provenance> | undefined)?.note ?? null
}

/** The adoption as it stands, with what has been answered so far. */
export function adoptionOf(
  { programme, hash }: { readonly programme: Programme; readonly hash: string },
  draft: { readonly id: string; readonly terms: DraftTerms; readonly answers: StoredAnswers },
  place: { readonly jurisdiction: string; readonly today: string },
): Adoption {
  const typed = new Map(itemsOf(programme).map((item) => [item.key, item]))
  const given = (prefix: string): Record<string, Answer> =>
    Object.fromEntries(
      Object.entries(draft.answers)
        .filter(([key]) => key.startsWith(prefix))
        .map(([key, { value, source, signedBy }]) => {
          const single = typed.get(key)?.isList !== true || value[0] === ACCEPTED
          return [key.slice(prefix.length), { value: single ? value[0]! : value, source, signedBy }]
        }),
    )
  return {
    id: `adoption-${draft.id}`,
    programme: `${programme.id}@${programme.version}`,
    programmeHash: hash,
    title: draft.terms.title,
    authority: draft.terms.authority,
    jurisdiction: place.jurisdiction,
    districts: [...draft.terms.districts],
    adoptedOn: place.today,
    governs: null,
    procedure: draft.terms.procedure ?? null,
    answers: given('answers.'),
    parameters: given(PARAMETER),
    competition: exceptionsIn(draft.answers),
  }
}

function exceptionsIn(answers: StoredAnswers): Record<string, CompetitionException> {
  const given = Object.entries(answers).filter(([key]) => key.startsWith(COMPETITION))
  return Object.fromEntries(
    given.map(([key, { value, source: reason, signedBy }]) => [
      key.slice(COMPETITION.length),
      { ground: value[0] as CompetitionGround, reason, signedBy },
    ]),
  )
}

function governsText({ from, to, source, signedBy }: NonNullable<Adoption['governs']>): object {
  return { from, ...(to === null ? {} : { to }), source, signed_by: signedBy }
}

function procedureText(procedure: OwnProcedure): object {
  const { review, appeal, documentCode, remedies, source, signedBy } = procedure
  return {
    ...(review.length === 0 ? {} : { review }),
    ...(appeal === null
      ? {}
      : { appeal: { workdays: appeal.workdays, decide_workdays: appeal.decideWorkdays } }),
    ...(documentCode === null ? {} : { document_code: documentCode }),
    ...(remedies === null ? {} : { remedies }),
    source,
    signed_by: signedBy,
  }
}

function competitionText(given: NonNullable<Adoption['competition']>): object {
  return Object.fromEntries(
    Object.entries(given).map(([key, { ground, reason, signedBy }]) => [
      key,
      { ground, reason, signed_by: signedBy },
    ]),
  )
}

/** An adoption as its file (`adoption/v1`); JSON is YAML. */
export function adoptionText(adoption: Adoption): string {
  const {
    title,
    adoptedOn,
    programmeHash,
    governs,
    procedure,
    holds,
    answers,
    parameters,
    competition,
    ...plain
  } = adoption
  const signed = (given: Readonly<Record<string, Answer>>): object =>
    Object.fromEntries(
      Object.entries(given).map(([name, { value, source, signedBy }]) => [
        name,
        { value, source, signed_by: signedBy },
      ]),
    )
  const file = {
    suanquan: 'adoption/v1',
    ...plain,
    ...(programmeHash === undefined ? {} : { programme_hash: programmeHash }),
    ...(title === null ? {} : { title }),
    ...(governs === null ? {} : { governs: governsText(governs) }),
    ...(procedure === null ? {} : { procedure: procedureText(procedure) }),
    ...(holds === undefined
      ? {}
      : { holds: { workdays: holds.workdays, source: holds.source, signed_by: holds.signedBy } }),
    adopted_on: adoptedOn,
    answers: signed(answers),
    parameters: signed(parameters),
    ...(competition === undefined ? {} : { competition: competitionText(competition) }),
  }
  return `${JSON.stringify(file, undefined, 2)}\n`
}
