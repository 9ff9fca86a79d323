import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct } from '../../client/queries.ts'
import { ReasonedAct } from '../../components/reasoned-act.tsx'

/** Takes a batch apart before it is paid; its claims can go into another one. */
export function CancelBatch({ batch }: { batch: Answer<'readDisbursement'> }): ReactElement {
  const { t } = useTranslation('disbursement')
  const act = useAct('cancelDisbursement')
  return (
    <p>
      <ReasonedAct
        label={t('cancel')}
        title={t('cancel.title')}
        reasonLabel={t('reason')}
        act={act}
        onAct={(reason) => act.mutateAsync({ params: { id: batch.id }, body: { reason } })}
      />
    </p>
  )
}
