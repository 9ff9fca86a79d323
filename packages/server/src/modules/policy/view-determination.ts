// A determination as it travels: the engine's data with labels, clauses as people cite them, and the total.
import type { AnswerOf, Routes } from '@suanquan/api'
import type { SourcedFact } from '@suanquan/core/application'
import type { Day } from '@suanquan/core/calendar'
import {
  citationOf,
  type AdoptedProgramme,
  type ConditionFinding,
  type Determination,
  type Step,
} from '@suanquan/core/policy'

export type DeterminationView = NonNullable<AnswerOf<Routes['readApplication']>['determination']>

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
  readonly facts: readonly SourcedFact[]
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

function viewCondition(
  condition: ConditionFinding,
  { programme, facts }: ViewInput,
): DeterminationView['conditions'][number] {
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

function viewStep(step: Step, programme: AdoptedProgramme): DeterminationView['steps'][number] {
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
