// One evaluation of a programme over one set of facts: the scope that all its expressions share.
import type { Day } from '../calendar/index.ts'
import type { ConditionFinding, Determination, Verdict } from './determination.ts'
import { evaluate, MACRO_TURNS, openEnds, type Outcome, type Scope } from './expression/index.ts'
import { fillText, type Named } from './message.ts'
import { parameterValue } from './parameters.ts'
import type { Programme, Text } from './programme.ts'
import type { PreparedCondition } from './prepared.ts'
import type { Expression, Value } from './types.ts'

export interface Session {
  readonly programme: Programme
  readonly facts: ReadonlyMap<string, Value>
  readonly governingOn: Day | undefined
  readonly scope: Scope
  readonly evaluate: (expression: Expression) => Outcome
}

const NO_VARIABLES: ReadonlyMap<string, Value> = new Map()

export function openSession(programme: Programme, facts: ReadonlyMap<string, Value>): Session {
  const governingOn = facts.get(programme.governs.by) as Day | undefined
  const scope: Scope = {
    facts,
    parameter: (name) => parameterValue(programme, name, governingOn),
    definition: (name) => programme.definitions[name]!.is,
    cache: new Map(),
    variables: NO_VARIABLES,
    budget: { turns: MACRO_TURNS },
  }
  return { programme, facts, governingOn, scope, evaluate: (expression) => evaluate(expression, scope) }
}

/** Whether the programme governs the case at all, by the day of its governing fact. */
export function governedBy({ programme, governingOn }: Session): Determination['governed'] {
  const { by, from, to, cite } = programme.governs
  const verdict: Verdict =
    governingOn === undefined ? 'unknown' : governingOn >= from && (to === undefined || governingOn <= to)
  const found = { verdict, by, on: governingOn ?? null, from, to: to ?? null }
  return cite === undefined ? found : Object.assign(found, { cite })
}

export function findCondition(session: Session, prepared: PreparedCondition): ConditionFinding {
  const { condition, plain } = prepared
  const outcome = prepared.run(session.scope)
  const verdict: Verdict = typeof outcome === 'boolean' ? outcome : 'unknown'
  const { id, cite, basis, decidedBy, evidence } = condition
  const { needed, failure } = openEnds(outcome)
  const text = plain ? condition.text : fillFrom(session, condition.text)
  const facts = valuesRead(session, prepared.reads)
  const finding: Draft<ConditionFinding> = { id, verdict, text, basis, decidedBy, evidence, facts, needed }
  if (verdict === false) finding.fail = plain ? condition.fail : fillFrom(session, condition.fail)
  if (cite !== undefined) finding.cite = cite
  if (failure !== undefined) finding.failure = failure
  return finding
}

/** A record while it is put together. */
export type Draft<Made> = { -readonly [Key in keyof Made]: Made[Key] }

function valuesRead({ facts }: Session, paths: readonly string[]): ConditionFinding['facts'] {
  const values: Record<string, Value | null> = {}
  for (const path of paths) values[path] = facts.get(path) ?? null
  return values
}

/** False as soon as one condition is false, whatever is still unknown. */
export function verdictOf(findings: readonly ConditionFinding[]): Verdict {
  if (findings.some(({ verdict }) => verdict === false)) return false
  return findings.some(({ verdict }) => verdict === 'unknown') ? 'unknown' : true
}

export function fillFrom(session: Session, text: Text): Text {
  if (!text.zh.includes('{') && !text.en.includes('{')) return text
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
