import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct } from '../../client/queries.ts'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { AreaField } from '../../components/field.tsx'

/** Takes a batch apart before it is paid; its claims can go into another one. */
export function CancelBatch({ batch }: { batch: Answer<'readDisbursement'> }): ReactElement {
  const { t } = useTranslation('disbursement')
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const act = useAct('cancelDisbursement', () => setOpen(false))
  return (
    <p>
      <button type="button" className="button" data-kind="stop" onClick={() => setOpen(true)}>
        {t('cancel')}
      </button>
      <Dialog
        title={t('cancel.title')}
        open={open}
        onClose={() => setOpen(false)}
        actions={
          <button
            type="button"
            className="button"
            data-kind="stop"
            disabled={reason.trim().length < 2 || act.isPending}
            onClick={() => act.mutate({ params: { id: batch.id }, body: { reason } })}
          >
            {t('cancel')}
          </button>
        }
      >
        <AreaField label={t('reason')} value={reason} onChange={setReason} maxLength={1000} />
        <ErrorNote error={act.error} />
      </Dialog>
    </p>
  )
}
