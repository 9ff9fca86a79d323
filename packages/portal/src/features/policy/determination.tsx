// A determination as a receipt and as a list of conditions, the same wherever it is shown.
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { ConditionList, type ConditionRow } from '../../components/condition-list.tsx'
import { Money } from '../../components/money.tsx'
import { Reckoning, type ReckoningLine } from '../../components/reckoning.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay, type Bilingual } from '../../components/use-say.ts'

export type Determination = NonNullable<Answer<'readApplication'>['determination']>
type Step = Determination['steps'][number]
type Condition = Determination['conditions'][number]

export function DeterminationReceipt({ determination }: { determination: Determination }): ReactElement {
  const { t } = useTranslation('policy')
  const text = useSay()
  const lines = determination.steps.filter(({ kind }) => kind !== 'total').map((step) => lineOf(step, text))
  const total = determination.steps.find(({ kind }) => kind === 'total')
  return (
    <Reckoning
      lines={lines}
      total={{
        label: total === undefined ? t('ceiling') : text(total.text),
        value: <Money fen={total?.amountFen ?? determination.ceilingFen} />,
      }}
    />
  )
}

function lineOf(step: Step, text: (words: Bilingual) => string): ReckoningLine {
  return {
    id: step.id,
    label: text(step.text),
    clause: step.clause ?? undefined,
    value: valueOf(step),
    binding: step.binding,
    ...(step.note === null ? {} : { note: text(step.note) }),
  }
}

function valueOf(step: Step): ReactNode {
  if (step.amountFen !== null) return <Money fen={step.amountFen} />
  return step.rate === null ? '' : `× ${readRate(step.rate)}`
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
      .map((source) => t(`source.${source}` as 'source.register', { defaultValue: source ?? '' }))
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
