// One evaluation of a programme over one set of facts: the scope that all its expressions share.
import type { Day } from '../calendar/index.ts'
import type { ConditionFinding, Determination, Verdict } from './determination.ts'
import { evaluate, MACRO_TURNS, openEnds, type Outcome, type Scope } from './expression/index.ts'
import { fillText, type Named } from './message.ts'
import { parameterValue } from './parameters.ts'
import type { Condition, Programme, Text } from './programme.ts'
import { referencesOf } from './references.ts'
import type { Expression, Value } from './types.ts'

export interface Session {
  readonly programme: Programme
  readonly facts: ReadonlyMap<string, Value>
  readonly governingOn: Day | undefined
  readonly evaluate: (expression: Expression) => Outcome
}

export function openSession(programme: Programme, facts: ReadonlyMap<string, Value>): Session {
  const governingOn = facts.get(programme.governs.by) as Day | undefined
  const scope: Scope = {
    facts,
    parameter: (name) => parameterValue(programme, name, governingOn),
    definition: (name) => programme.definitions[name]!.is,
    cache: new Map(),
    variables: new Map(),
    budget: { turns: MACRO_TURNS },
  }
  return { programme, facts, governingOn, evaluate: (expression) => evaluate(expression, scope) }
}

/** Whether the programme governs the case at all, by the day of its governing fact. */
export function governedBy({ programme, governingOn }: Session): Determination['governed'] {
  const { by, from, to, cite } = programme.governs
  const verdict: Verdict =
    governingOn === undefined ? 'unknown' : governingOn >= from && (to === undefined || governingOn <= to)
  const found = { verdict, by, on: governingOn ?? null, from, to: to ?? null }
  return cite === undefined ? found : { ...found, cite }
}

export function findCondition(session: Session, condition: Condition): ConditionFinding {
  const outcome = session.evaluate(condition.require)
  const verdict: Verdict = typeof outcome === 'boolean' ? outcome : 'unknown'
  const { id, cite, basis, decidedBy, evidence } = condition
  const read = [...referencesOf(session.programme, [condition.require]).facts].sort()
  const { needed, failure } = openEnds(outcome)
  return {
    id,
    verdict,
    text: fillFrom(session, condition.text),
    ...(verdict === false ? { fail: fillFrom(session, condition.fail) } : {}),
    ...(cite === undefined ? {} : { cite }),
    basis,
    decidedBy,
    evidence,
    facts: Object.fromEntries(read.map((path) => [path, session.facts.get(path) ?? null])),
    needed,
    ...(failure === undefined ? {} : { failure }),
  }
}

/** False as soon as one condition is false, whatever is still unknown. */
export function verdictOf(findings: readonly ConditionFinding[]): Verdict {
  const verdicts = findings.map((finding) => finding.verdict)
  if (verdicts.includes(false)) return false
  return verdicts.includes('unknown') ? 'unknown' : true
}

export function fillFrom(session: Session, text: Text): Text {
  const { programme, facts } = session
  const lookup = (name: string): Named => {
    if (!name.startsWith('p.')) return { value: facts.get(name), type: programme.facts.facts[name]!.type }
    const { type, values } = programme.parameters[name.slice(2)]!
    const value = parameterValue(programme, name.slice(2), session.governingOn)
    const known = values.length > 0 && !openEnds(value).needed.length && openEnds(value).failure === undefined
    return { value: known ? (value as Value) : undefined, type }
  }
  return fillText(text, programme.facts, lookup)
}
