// The end of every bulk act: the one reason, and the button that names count and total before it decides.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorNote } from '../../components/error-note.tsx'
import { AreaField } from '../../components/field.tsx'

interface BulkReasonProps {
  /** on the button */
  readonly label: string
  readonly stops: boolean
  /** what else is needed has been said */
  readonly ready: boolean
  readonly reason: string
  readonly onReason: (reason: string) => void
  readonly act: { readonly isPending: boolean; readonly error: Error | null }
  readonly onDecide: () => void
}

export function BulkReason(props: BulkReasonProps): ReactElement {
  const { label, stops, ready, reason, onReason, act, onDecide } = props
  const { t } = useTranslation('desk')
  return (
    <>
      <AreaField
        label={t('bulk.reason')}
        help={t('bulk.reason_help')}
        value={reason}
        onChange={onReason}
        maxLength={2000}
      />
      <ErrorNote error={act.error} />
      <p className="quiet">{t('bulk.each')}</p>
      <p>
        <button
          type="button"
          className="button"
          data-kind={stops ? 'stop' : undefined}
          disabled={!ready || reason.trim().length < 2 || act.isPending}
          onClick={onDecide}
        >
          {label}
        </button>
      </p>
    </>
  )
}
