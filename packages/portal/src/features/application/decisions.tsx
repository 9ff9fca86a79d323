// The decisions of a case as documents: one button for each kind that was taken.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { DocumentButton } from '../../components/document-button.tsx'

const ACTS = {
  approve: 'approval',
  approve_waiting: 'approval',
  offer: 'approval',
  request_correction: 'correction',
  refuse: 'refusal',
  affirm: 'appeal',
  change: 'appeal',
  change_waiting: 'appeal',
  remand: 'appeal',
} as const

export function Decisions({ application }: { application: Answer<'readApplication'> }): ReactElement | null {
  const { t } = useTranslation('components')
  const taken = application.events.flatMap(({ event, actorRole }) =>
    actorRole !== 'clerk' && Object.hasOwn(ACTS, event) ? [ACTS[event as keyof typeof ACTS]] : [],
  )
  const acts = [...new Set(taken)]
  if (acts.length === 0) return null
  return (
    <div className="page-acts">
      {acts.map((act) => (
        <DocumentButton
          key={act}
          route="readDecisionDocument"
          id={application.id}
          act={act}
          label={t(`document.decision.${act}`)}
        />
      ))}
    </div>
  )
}
