// An act that stops or takes back something and needs a reason: its button asks in a dialog before anything happens.
import { useState, type ReactElement } from 'react'
import { Dialog } from './dialog.tsx'
import { ErrorNote } from './error-note.tsx'
import { AreaField } from './field.tsx'

interface ReasonedActProps {
  /** on the button, and again on the one that does it */
  readonly label: string
  readonly title: string
  readonly reasonLabel: string
  readonly act: { readonly isPending: boolean; readonly error: Error | null }
  /** does it; a refusal is shown from `act` */
  readonly onAct: (reason: string) => Promise<unknown>
}

export function ReasonedAct({ label, title, reasonLabel, act, onAct }: ReasonedActProps): ReactElement {
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const close = (): void => setOpen(false)
  return (
    <>
      <button type="button" className="button" data-kind="stop" onClick={() => setOpen(true)}>
        {label}
      </button>
      <Dialog
        title={title}
        open={open}
        onClose={close}
        actions={
          <button
            type="button"
            className="button"
            data-kind="stop"
            disabled={reason.trim().length < 2 || act.isPending}
            onClick={() => void onAct(reason).then(close, () => undefined)}
          >
            {label}
          </button>
        }
      >
        <AreaField label={reasonLabel} value={reason} onChange={setReason} maxLength={1000} />
        <ErrorNote error={act.error} />
      </Dialog>
    </>
  )
}
