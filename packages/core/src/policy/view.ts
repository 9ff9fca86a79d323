// A determination as it travels and as pages show it: the engine's data with labels, clauses as people cite them, and
// the total. Amounts are whole fen as text.
import type { Day } from '../calendar/index.ts'
import type { ConditionFinding, Determination, Step } from './determination.ts'
import type { AdoptedProgramme, Text } from './programme.ts'
import { citationOf } from './summary.ts'

export interface ConditionView {
  id: string
  verdict: 'held' | 'failed' | 'unknown'
  text: Text
  fail: Text | null
  clause: string | null
  clauseText: Text | null
  decidedBy: ConditionFinding['decidedBy']
  facts: { id: string; label: Text; value: string | null; source: string | null }[]
}

export interface StepView {
  id: string
  kind: Step['kind'] | 'total'
  text: Text
  clause: string | null
  amountFen: string | null
  rate: string | null
  limitFen: string | null
  usedFen: string | null
  headroomFen: string | null
  counts: boolean
  binding: boolean
}

export interface DeterminationView {
  id: string | null
  determinedOn: Day
  programmeId: string
  programmeVersion: string
  programmeHash: string
  engineVersion: string
  governed: boolean
  eligible: 'yes' | 'no' | 'unknown'
  conditions: ConditionView[]
  steps: StepView[]
  bindingCap: string | null
  ceilingFen: string
  needed: { fact: string; label: Text }[]
}

export interface ViewInput {
  readonly id: string | null
  readonly on: Day
  readonly programme: AdoptedProgramme
  readonly programmeHash: string
  readonly engineVersion: string
  /** what is decided: conditions, eligibility, what is still needed */
  readonly determination: Determination
  /** what is reckoned: the same, or what is expected while a reviewer's findings are open */
  readonly expected: Determination
  /** where each fact comes from */
  readonly facts: readonly { readonly id: string; readonly source: string }[]
}

export function viewDetermination(input: ViewInput): DeterminationView {
  const { programme, determination, expected } = input
  const ceilingFen = expected.ceilingFen ?? 0n
  const total = {
    ...emptyStep,
    id: 'total',
    kind: 'total' as const,
    text: { zh: '最多可申领', en: 'at most' },
    amountFen: ceilingFen.toString(),
  }
  const paymentTotal = { ...total, text: { zh: '可兑付', en: 'payable' } }
  return {
    id: input.id,
    determinedOn: input.on,
    programmeId: programme.id,
    programmeVersion: programme.version,
    programmeHash: input.programmeHash,
    engineVersion: input.engineVersion,
    governed: determination.governed.verdict === true,
    eligible: verdictWord(determination.eligible),
    conditions: determination.conditions.map((each) => viewCondition(each, input)),
    steps: [
      ...expected.steps.map((step) => viewStep(step, programme)),
      expected.kind === 'payment' ? paymentTotal : total,
    ],
    bindingCap: expected.binding,
    ceilingFen: ceilingFen.toString(),
    needed: determination.needed.map((fact) => ({
      fact,
      label: programme.facts.facts[fact]?.label ?? { zh: fact, en: fact },
    })),
  }
}

function verdictWord(verdict: Determination['eligible']): 'yes' | 'no' | 'unknown' {
  return verdict === 'unknown' ? 'unknown' : verdict ? 'yes' : 'no'
}

function viewCondition(condition: ConditionFinding, { programme, facts }: ViewInput): ConditionView {
  const citation = citationOf(programme, condition.cite)
  const sources = new Map(facts.map((fact) => [fact.id, fact.source]))
  return {
    id: condition.id,
    verdict: condition.verdict === 'unknown' ? 'unknown' : condition.verdict ? 'held' : 'failed',
    text: condition.text,
    fail: condition.fail ?? null,
    clause: citation?.clause ?? null,
    clauseText: citation?.text ?? null,
    decidedBy: condition.decidedBy,
    facts: Object.entries(condition.facts).map(([id, value]) => ({
      id,
      label: programme.facts.facts[id]?.label ?? { zh: id, en: id },
      value: value === null ? null : String(value),
      source: sources.get(id) ?? null,
    })),
  }
}

const emptyStep = {
  clause: null,
  amountFen: null,
  rate: null,
  limitFen: null,
  usedFen: null,
  headroomFen: null,
  counts: false,
  binding: false,
}

function viewStep(step: Step, programme: AdoptedProgramme): StepView {
  const citation = citationOf(programme, step.cite)
  const digits = (value: bigint | null | undefined): string | null => value?.toString() ?? null
  const award = programme.awards[0]!
  const counts = award.caps.find((cap) => cap.id === step.id)?.measure === 'count'
  return {
    ...emptyStep,
    id: step.id,
    kind: step.kind,
    text: step.text ?? defaultText(step),
    clause: citation?.clause ?? null,
    amountFen: digits(step.amount),
    rate: step.rate === undefined ? null : `${step.rate.numerator}/${step.rate.denominator}`,
    limitFen: digits(step.limit),
    usedFen: digits(step.used),
    headroomFen: digits(step.headroom),
    counts,
    binding: step.binding,
  }
}

function defaultText(step: Step): { zh: string; en: string } {
  if (step.kind === 'rate') return { zh: '支持比例，最高', en: 'rate, at most' }
  if (step.kind === 'round') return { zh: '取整', en: 'rounding' }
  return { zh: step.id, en: step.id }
}
