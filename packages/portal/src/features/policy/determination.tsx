// A determination as a receipt and as a list of conditions, the same wherever it is shown.
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { ConditionList, type ConditionRow } from '../../components/condition-list.tsx'
import { Reckoning, type ReckoningLine } from '../../components/reckoning.tsx'
import { useFormat } from '../../components/use-format.ts'
import { foreseen } from './foreseen.ts'
import { useSay } from '../../components/use-say.ts'

export type Determination = NonNullable<Answer<'readApplication'>['determination']>
type Step = Determination['steps'][number]
type Condition = Determination['conditions'][number]

export function DeterminationReceipt({ determination }: { determination: Determination }): ReactElement {
  const { t } = useTranslation('policy')
  const text = useSay()
  const linesOf = useLines()
  const expected = foreseen(determination)
  const total = determination.steps.find(({ kind }) => kind === 'total')
  return (
    <Reckoning
      lines={determination.steps.filter(tells).flatMap(linesOf)}
      total={{
        label:
          expected?.sure === false ? t('ceiling.if') : total === undefined ? t('ceiling') : text(total.text),
        value: { fen: expected?.fen ?? determination.ceilingFen },
      }}
    />
  )
}

/** The total stands below; a rounding that changes nothing tells nothing. */
function tells({ kind, amountFen }: Step, index: number, steps: readonly Step[]): boolean {
  if (kind === 'total') return false
  return kind !== 'round' || amountFen !== steps[index - 1]?.amountFen
}

/** A step as lines: a rate is two (the rate, and what it comes to), a cap shows what is left of it. */
function useLines(): (step: Step) => ReckoningLine[] {
  const { t } = useTranslation('policy')
  const text = useSay()
  const note = useCapNote()
  return (step) => {
    const line = {
      id: step.id,
      label: text(step.text),
      clause: step.clause ?? undefined,
      binding: step.binding,
    }
    const amount = step.amountFen === null ? '—' : { fen: step.amountFen }
    if (step.kind === 'rate' && step.rate !== null) {
      const product = { id: `${step.id}.product`, label: t('product'), value: amount }
      return [{ ...line, value: `× ${readRate(step.rate)}` }, product]
    }
    if (step.kind === 'within' && step.limitFen !== null) return [{ ...line, value: { fen: step.limitFen } }]
    if (step.kind !== 'cap' || step.headroomFen === null) return [{ ...line, value: amount }]
    if (step.counts) return [{ ...line, value: t('cap.counts', { count: Number(step.headroomFen) }) }]
    return [{ ...line, note: note(step), value: { fen: step.headroomFen } }]
  }
}

function useCapNote(): (step: Step) => string {
  const { t } = useTranslation('policy')
  const { say } = useFormat()
  return ({ limitFen, usedFen, binding }) => {
    const values = { limit: say(limitFen ?? '0'), used: say(usedFen ?? '0') }
    if (binding) return t('cap.binding', values)
    return t(usedFen === null || usedFen === '0' ? 'cap.fresh' : 'cap.enough', values)
  }
}

/** `register:X` names the register itself, the others are words. */
export function sourceOf(
  source: string,
  t: (key: 'source.register', options: { defaultValue: string }) => string,
): string {
  return source.startsWith('register:')
    ? source.slice('register:'.length)
    : t(`source.${source}` as 'source.register', { defaultValue: source })
}

/** `1/5` reads 20%; a fraction that is no short percentage stays a fraction. */
export function readRate(rate: string): string {
  const match = /^(\d+)\/(\d+)$/.exec(rate)
  if (match === null) return rate
  const tenThousandths = (Number(match[1]) * 10_000) / Number(match[2])
  return Number.isInteger(tenThousandths) ? `${tenThousandths / 100}%` : rate
}

export function DeterminationConditions({ determination }: { determination: Determination }): ReactElement {
  const { t } = useTranslation('policy')
  const text = useSay()
  const outcomes = { held: 'met', failed: 'failed', unknown: 'unknown' } as const
  function basis(condition: Condition): ReactNode {
    if (condition.verdict === 'failed' && condition.fail !== null) return text(condition.fail)
    if (condition.verdict === 'unknown') {
      return t(condition.decidedBy === 'machine' ? 'basis.needed' : 'basis.person')
    }
    return condition.facts
      .map(({ source }) => source)
      .filter((source, index, all) => source !== null && all.indexOf(source) === index)
      .map((source) => sourceOf(source ?? '', t))
      .join(' + ')
  }
  const rows: ConditionRow[] = determination.conditions.map((condition) => ({
    id: condition.id,
    label: text(condition.text),
    clause: condition.clause ?? undefined,
    outcome:
      condition.verdict === 'unknown' && condition.decidedBy !== 'machine'
        ? 'person_decides'
        : outcomes[condition.verdict],
    basis: basis(condition),
  }))
  return <ConditionList conditions={rows} />
}

/** Where the numbers of a determination come from, for the last line of a page. */
export function useProvenance(): (determination: Determination) => string {
  const { t } = useTranslation('policy')
  const { day } = useFormat()
  return (determination) =>
    t('determination.provenance', {
      day: day(determination.determinedOn),
      programme: determination.programmeId,
      version: determination.programmeVersion,
      hash: determination.programmeHash.slice(0, 12),
      engine: determination.engineVersion,
      id: determination.id === null ? t('determination.unfiled') : `D-${determination.id.slice(0, 8)}`,
    })
}
