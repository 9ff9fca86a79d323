// 利益关系申报: a body names a firm that it is related to, before anybody asks it to examine that firm.
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../client/queries.ts'
import { ErrorNote } from '../../components/error-note.tsx'
import { TextField } from '../../components/field.tsx'

export function DeclareRelated({ engagementId }: { engagementId: string }): ReactElement {
  const { t } = useTranslation('engagement')
  const [creditCode, setCreditCode] = useState('')
  const [reason, setReason] = useState('')
  const act = useAct('declareRelated', () => {
    setCreditCode('')
    setReason('')
  })
  const ready = creditCode.trim() !== '' && reason.trim().length >= 2
  return (
    <details className="sheet-fold">
      <summary>{t('related.fold')}</summary>
      <div className="sheet-body stack">
        <p className="small quiet">{t('related.why')}</p>
        <TextField label={t('related.code')} value={creditCode} onChange={setCreditCode} maxLength={40} />
        <TextField label={t('related.reason')} value={reason} onChange={setReason} maxLength={500} />
        <ErrorNote error={act.error} />
        <div>
          <button
            type="button"
            className="button"
            disabled={!ready || act.isPending}
            onClick={() => act.mutate({ params: { id: engagementId }, body: { creditCode, reason } })}
          >
            {t('related.do')}
          </button>
        </div>
      </div>
    </details>
  )
}
