// 查看原文: personal data is shown masked; with a purpose and a reason one record is shown whole for a quarter of an hour.
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { call, type Answer } from '../../client/call.ts'
import { useAct } from '../../client/queries.ts'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { Facts } from '../../components/facts.tsx'
import { AreaField, SelectField } from '../../components/field.tsx'
import { useFormat } from '../../components/use-format.ts'

type Unmasking = Answer<'unmask'>
type Values = Answer<'readUnmasked'>

const PURPOSES = ['contact', 'verify_payment', 'verify_identity', 'investigation'] as const

interface UnmaskProps {
  readonly about: Unmasking['about']
  readonly id: string
}

export function Unmask({ about, id }: UnmaskProps): ReactElement {
  const { t } = useTranslation('desk')
  const [open, setOpen] = useState(false)
  const [shown, setShown] = useState<Values | null>(null)
  function close(): void {
    setOpen(false)
    setShown(null)
  }
  return (
    <>
      <button type="button" className="button-link" onClick={() => setOpen(true)}>
        {t('unmask')}
      </button>
      <Dialog title={t('unmask.title')} open={open} onClose={close} actions={null}>
        {shown === null ? (
          <Ask about={about} id={id} onShown={setShown} />
        ) : (
          <Shown values={shown} onClose={close} />
        )}
      </Dialog>
    </>
  )
}

function Ask({ about, id, onShown }: UnmaskProps & { onShown: (values: Values) => void }): ReactElement {
  const { t } = useTranslation('desk')
  const [purpose, setPurpose] = useState('')
  const [reason, setReason] = useState('')
  const [error, setError] = useState<Error | null>(null)
  const act = useAct('unmask', async (unmasking) => {
    try {
      onShown(await call('readUnmasked', { params: { id: unmasking.id } }))
    } catch (failed) {
      setError(failed as Error)
    }
  })
  const known = PURPOSES.find((each) => each === purpose)
  return (
    <>
      <p className="quiet">{t('unmask.why')}</p>
      <SelectField
        label={t('unmask.purpose')}
        none={t('unmask.choose')}
        value={purpose}
        onChange={setPurpose}
        choices={PURPOSES.map((value) => ({ value, label: t(`purpose.${value}`) }))}
      />
      <AreaField label={t('unmask.reason')} value={reason} onChange={setReason} maxLength={500} />
      <ErrorNote error={act.error ?? error} />
      <p>
        <button
          type="button"
          className="button"
          disabled={known === undefined || reason.trim().length < 4 || act.isPending}
          onClick={() =>
            known !== undefined && act.mutate({ body: { about, objectId: id, purpose: known, reason } })
          }
        >
          {t('unmask.show')}
        </button>
      </p>
    </>
  )
}

function Shown({ values, onClose }: { values: Values; onClose: () => void }): ReactElement {
  const { t } = useTranslation(['desk', 'shell'])
  const { instant } = useFormat()
  const facts = values.values.map(({ field, of, value }, index) => ({
    id: `${field}-${index}`,
    label:
      of === null || field !== 'actor_name'
        ? [t(`field.${field}`), of].filter((part) => part !== null).join(' · ')
        : t(`shell:role.${of}` as 'shell:role.clerk'),
    value,
  }))
  return (
    <>
      <p className="quiet">{t('unmask.until', { until: instant(values.validUntil) })}</p>
      {facts.length === 0 ? <p>{t('unmask.nothing')}</p> : <Facts facts={facts} />}
      <p>
        <button type="button" className="button" onClick={onClose}>
          {t('close')}
        </button>
      </p>
    </>
  )
}
