import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct } from '../../client/queries.ts'
import { ErrorNote } from '../../components/error-note.tsx'
import { AreaField } from '../../components/field.tsx'
import { Sheet } from '../../components/page.tsx'

/** A credit code whose check digit differs is not refused: a person looks at the register and says so. */
export function CreditCodeDoubt({
  application,
}: {
  application: Answer<'readApplication'>
}): ReactElement | null {
  const { t } = useTranslation('review')
  const [evidence, setEvidence] = useState('')
  const act = useAct('confirmCreditCode')
  if (application.creditCodeDoubt !== 'check_digit') return null
  return (
    <Sheet title={t('doubt')} aside={application.creditCode}>
      <div className="sheet-body stack">
        <p>{t('doubt.why')}</p>
        <AreaField label={t('doubt.evidence')} value={evidence} onChange={setEvidence} maxLength={500} />
        <ErrorNote error={act.error} />
        <button
          type="button"
          className="button"
          disabled={evidence.trim().length < 4 || act.isPending}
          onClick={() => act.mutate({ params: { id: application.organisationId }, body: { evidence } })}
        >
          {t('doubt.confirm')}
        </button>
      </div>
    </Sheet>
  )
}
