// What one finance officer proposed, and the other's decision.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { useAct } from '../../client/queries.ts'
import { ErrorNote } from '../../components/error-note.tsx'
import { ReasonedAct } from '../../components/reasoned-act.tsx'
import { StatusTag } from '../../components/status-tag.tsx'

const TONES = { proposed: 'waits', approved: 'done', refused: 'stopped' } as const

export interface Proposed {
  readonly id: string
  readonly documentNumber: string
  readonly state: 'proposed' | 'approved' | 'refused'
  readonly proposedByMe: boolean
  readonly decidedBy: string | null
  readonly decisionReason: string | null
}

export function StateOf({ row }: { row: Proposed }): ReactElement {
  const { t } = useTranslation('fund')
  return (
    <>
      <StatusTag tone={TONES[row.state]}>{t(`state.${row.state}`)}</StatusTag>
      {row.decidedBy !== null && (
        <small>{[row.decidedBy, row.decisionReason ?? ''].filter((each) => each !== '').join(' · ')}</small>
      )}
    </>
  )
}

type Act = ReturnType<typeof useAct<'decideFundAct'>> | ReturnType<typeof useAct<'decideYearClose'>>
type Body = { readonly decision: 'approve' | 'refuse'; readonly reason: string }

interface DecisionProps {
  readonly row: Proposed
  readonly act: Act
  readonly decide: (body: Body) => { readonly params: { readonly id: string }; readonly body: Body }
}

export function Decision({ row, act, decide }: DecisionProps): ReactElement {
  const { t } = useTranslation('fund')
  if (row.proposedByMe) return <small>{t('another_person')}</small>
  return (
    <div className="stack">
      <button
        type="button"
        className="button"
        disabled={act.isPending}
        onClick={() => act.mutate(decide({ decision: 'approve', reason: '' }))}
      >
        {t('approve')}
        <span className="unseen"> {row.documentNumber}</span>
      </button>
      <ReasonedAct
        label={t('refuse')}
        title={t('refuse.title', { number: row.documentNumber })}
        reasonLabel={t('reason')}
        act={act}
        onAct={async (reason) => act.mutateAsync(decide({ decision: 'refuse', reason }))}
      />
      <ErrorNote error={act.error} />
    </div>
  )
}
