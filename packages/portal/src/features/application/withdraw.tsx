import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from '@tanstack/react-router'
import type { Answer } from '../../client/call.ts'
import { useAct } from '../../client/queries.ts'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { AreaField } from '../../components/field.tsx'

/** Takes an application back, with a reason; a draft is thrown away instead. */
export function Withdraw({ application }: { application: Answer<'readApplication'> }): ReactElement {
  const { t } = useTranslation('application')
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const navigate = useNavigate()
  const draft = application.state === 'draft'
  const withdraw = useAct('withdrawApplication', () => setOpen(false))
  const discard = useAct('discardDraft', () => navigate({ to: '/applications' }))
  const params = { id: application.id }
  function act(): void {
    if (draft) discard.mutate({ params })
    else withdraw.mutate({ params, body: { reason } })
  }
  return (
    <>
      <button type="button" className="button" data-kind="stop" onClick={() => setOpen(true)}>
        {t(draft ? 'discard' : 'withdraw')}
      </button>
      <Dialog
        title={t(draft ? 'discard.title' : 'withdraw.title')}
        open={open}
        onClose={() => setOpen(false)}
        actions={
          <>
            <button
              type="button"
              className="button"
              data-kind="stop"
              disabled={!draft && reason.trim().length < 2}
              onClick={act}
            >
              {t(draft ? 'discard' : 'withdraw')}
            </button>
            <button type="button" className="button" data-kind="quiet" onClick={() => setOpen(false)}>
              {t('keep')}
            </button>
          </>
        }
      >
        <p>{t(draft ? 'discard.what' : 'withdraw.what')}</p>
        {!draft && (
          <AreaField label={t('withdraw.reason')} value={reason} onChange={setReason} maxLength={1000} />
        )}
        <ErrorNote error={withdraw.error ?? discard.error} />
      </Dialog>
    </>
  )
}
