// What pages show of a programme: its clauses, its numbers with source and grade, who decides what and when.
import { isDay, type Day } from '../calendar/index.ts'
import { accept, refuse, type Decision } from '../refusal.ts'
import { generalLaw } from './general-law.ts'
import { isValue, merge, openEnds, type Outcome } from './expression/index.ts'
import { writeValue } from './message.ts'
import { datedValue } from './parameters.ts'
import type {
  AppealTerms,
  Grade,
  Parameter,
  Programme,
  Provenance,
  ReviewTier,
  Silence,
  Stage,
  Text,
} from './programme.ts'
import { fillFrom, openSession } from './session.ts'
import type { Fen, Rate } from '../money/index.ts'
import type { Period, Value } from './types.ts'

/** A clause as it is cited: who wrote it, how sure we are of its wording, what it says in our words. */
export interface Citation {
  readonly cite: string
  readonly source: string
  readonly number?: string
  readonly clause: string
  readonly grade: Grade
  readonly text: Text
}

export interface ParameterSummary {
  readonly name: string
  readonly label: Text
  readonly type: string
  readonly bound: Parameter['bound']
  readonly basis: Provenance['basis']
  /** as people read it; null while it is an open question */
  readonly written: Text | null
  readonly value: Value | null
  readonly from: Day | null
  readonly citation: Citation | null
  readonly note: string | null
}

export interface RuleSummary {
  readonly id: string
  readonly text: Text
  readonly basis: Provenance['basis']
  readonly citation: Citation | null
}

export interface ProgrammeSummary {
  readonly id: string
  readonly version: string
  readonly title: Text
  readonly jurisdiction: string
  readonly instrument: string
  readonly status: Programme['status'] | 'in_force'
  readonly authority: Text | null
  readonly governs: Programme['governs']
  /** the clauses of its sources, then the general law that holds for every programme */
  readonly citations: readonly Citation[]
  readonly parameters: readonly ParameterSummary[]
  readonly conditions: readonly (RuleSummary & {
    readonly decidedBy: string
    readonly evidence: readonly string[]
  })[]
  readonly awards: readonly {
    readonly id: string
    readonly title: Text
    readonly base: RuleSummary
    readonly caps: readonly RuleSummary[]
  }[]
  readonly way: string | null
  readonly stages: readonly Omit<Stage, 'within' | 'lasts' | 'pays'>[]
  readonly documents: Programme['documents']
  readonly openQuestions: Programme['openQuestions']
  readonly assumptions: readonly string[]
}

/** @param on the day whose values are shown; by default the latest ones */
export function programmeSummary(programme: Programme, on: Day = '2999-12-31'): ProgrammeSummary {
  const { id, version, title, jurisdiction, instrument, governs, documents, openQuestions, assumptions } =
    programme
  const session = openSession(programme, new Map([[governs.by, on]]))
  const rule = (name: string, item: { readonly text: Text } & Provenance): RuleSummary => {
    const text = fillFrom(session, item.text)
    return { id: name, text, basis: item.basis, citation: citationOf(programme, item.cite) }
  }
  const conditions = [...programme.eligibility, ...programme.awards.flatMap((award) => award.eligibility)]
  return {
    id,
    version,
    title,
    jurisdiction,
    instrument,
    governs,
    documents,
    openQuestions,
    assumptions,
    status: programme.adoption ? 'in_force' : programme.status,
    authority: programme.adoption?.authority ?? null,
    citations: [...programme.sources, generalLaw].flatMap((source) =>
      Object.keys(source.clauses).flatMap((clause) => citationOf(programme, `${source.id}.${clause}`) ?? []),
    ),
    parameters: Object.values(programme.parameters).map((item) => summarise(programme, item, on)),
    conditions: conditions.map((item) => ({
      ...rule(item.id, item),
      decidedBy: item.decidedBy,
      evidence: item.evidence,
    })),
    awards: programme.awards.map((award) => ({
      id: award.id,
      title: award.title,
      base: rule('base', award.base),
      caps: award.caps.map((cap) => rule(cap.id, cap)),
    })),
    way: programme.procedure?.way ?? null,
    stages: (programme.procedure?.stages ?? []).map(
      ({ within: _within, lasts: _lasts, pays: _pays, ...stage }) => stage,
    ),
  }
}

/** The clause behind a `cite`, or null. */
export function citationOf(programme: Programme, cite: string | undefined): Citation | null {
  if (cite === undefined) return null
  const dot = cite.indexOf('.')
  const known = [...programme.sources, generalLaw]
  const source = known.find((item) => item.id === cite.slice(0, dot))
  const clause = cite.slice(dot + 1)
  const text = source && Object.hasOwn(source.clauses, clause) ? source.clauses[clause] : undefined
  if (!source || !text) return null
  const base = { cite, source: source.title, clause, grade: source.grade, text }
  return source.number === undefined ? base : { ...base, number: source.number }
}

function summarise(programme: Programme, parameter: Parameter, on: Day): ParameterSummary {
  const { name, label, type, bound, basis, cite, note } = parameter
  const dated = datedValue(parameter, on)
  const value = dated?.value ?? null
  const write = (language: 'zh' | 'en'): string =>
    writeValue(value!, type, { schema: programme.facts, language })
  const written = value === null ? null : { zh: write('zh'), en: write('en') }
  const citation = citationOf(programme, cite)
  return {
    name,
    label,
    type: type.kind,
    bound,
    basis,
    written,
    value,
    from: dated?.from ?? null,
    citation,
    note: note ?? null,
  }
}

export interface Length {
  readonly unit: 'workdays' | 'days'
  readonly length: number
}

/** 备用金 by its numbers: at least one of share and amount is set. */
export interface ImprestLimits {
  readonly share: Rate | null
  readonly amountFen: Fen | null
  readonly beyond: 'claim' | 'refuse'
  readonly returnedWithin: Length
}

/** What the application, the notice and the voucher need to know of an adopted programme on a governing day. */
export interface ProcedureTerms {
  readonly way: string
  /** when applications are taken, both days included; empty: always */
  readonly windows: readonly Period[]
  readonly stages: readonly {
    readonly id: string
    readonly actor: string
    readonly text: Text
    readonly within?: Length
    readonly lasts?: Length
    readonly silence?: Silence
    readonly paysFen?: Fen
    readonly on?: Stage['on']
  }[]
  readonly usableUntil: Day | null
  readonly claimsUntil: Day | null
  /** a voucher may be claimed in several parts */
  readonly inParts: boolean
  /** who reviews, one tier after the other, each with its limit; empty: any reviewer, in one tier */
  readonly review: readonly { readonly tier: ReviewTier; readonly workdays: number | null }[]
  readonly appeal: AppealTerms | null
  /** null: providers are advanced nothing, or the numbers are open */
  readonly imprest: ImprestLimits | null
}

/** @returns `policy.terms_open` with the parameters that no adoption has answered yet */
export function procedureTerms(
  programme: Programme,
  governingOn: Day,
): Decision<ProcedureTerms, 'policy.terms_open'> {
  const session = openSession(programme, new Map([[programme.governs.by, governingOn]]))
  const { procedure, voucher } = programme
  const outcomes: Outcome[] = []
  const valueOf = (expression: Parameters<typeof session.evaluate>[0] | undefined): Value | null => {
    if (!expression) return null
    const outcome = session.evaluate(expression)
    outcomes.push(outcome)
    return isValue(outcome) ? outcome : null
  }
  const lengthOf = (item: Stage['within']): Length | undefined =>
    item && { unit: item.unit, length: Number(valueOf(item.length)) }
  const stages = (procedure?.stages ?? []).map(({ id, actor, text, ...stage }) => {
    const [within, lasts] = [lengthOf(stage.within), lengthOf(stage.lasts)]
    const { silence, on } = stage
    const pays = valueOf(stage.pays)
    return {
      id,
      actor,
      text,
      ...(within ? { within } : {}),
      ...(lasts ? { lasts } : {}),
      ...(silence ? { silence } : {}),
      ...(typeof pays === 'bigint' ? { paysFen: pays } : {}),
      ...(on ? { on } : {}),
    }
  })
  const dayOf = (value: Value | null): Day | null =>
    typeof value === 'string' && isDay(value) ? value : null
  const terms = {
    way: procedure?.way ?? 'W3',
    windows: (valueOf(procedure?.windows) ?? []) as readonly Period[],
    stages,
    usableUntil: dayOf(valueOf(voucher?.usableUntil)),
    claimsUntil: dayOf(valueOf(voucher?.claimsUntil)),
    inParts: voucher?.inParts ?? false,
    review: reviewTerms(programme, stages),
    appeal: programme.adoption?.procedure?.appeal ?? null,
    imprest: imprestLimits(programme, session),
  }
  const open = merge(outcomes)
  return open === undefined ? accept(terms) : refuse('policy.terms_open', { needed: openEnds(open).needed })
}

/** Numbers that nobody has set leave the measure without advances, not without a procedure. */
function imprestLimits(
  { imprest }: Programme,
  session: ReturnType<typeof openSession>,
): ProcedureTerms['imprest'] {
  if (imprest === undefined) return null
  const valueOf = (expression: Stage['pays']): Value | null => {
    const outcome = expression && session.evaluate(expression)
    return outcome !== undefined && isValue(outcome) ? outcome : null
  }
  const [share, amount] = [valueOf(imprest.share), valueOf(imprest.amount)]
  const { unit, length } = imprest.returnedWithin
  const within = valueOf(length)
  const open =
    within === null ||
    (imprest.share !== undefined && share === null) ||
    (imprest.amount !== undefined && amount === null)
  if (open) return null
  return {
    share: share as Rate | null,
    amountFen: amount as Fen | null,
    beyond: imprest.beyond,
    returnedWithin: { unit, length: Number(within) },
  }
}

/** The authority's own path, or the measure's with the limits of its stages (`review_city`, else `review`). */
function reviewTerms(
  { procedure, adoption }: Programme,
  stages: ProcedureTerms['stages'],
): ProcedureTerms['review'] {
  const own = adoption?.procedure?.review ?? []
  if (own.length > 0) return own
  return (procedure?.review ?? []).map((tier) => {
    const stage = stages.find(({ id }) => id === `review_${tier}`) ?? stages.find(({ id }) => id === 'review')
    return { tier, workdays: stage?.within?.unit === 'workdays' ? stage.within.length : null }
  })
}
