// A delivery certificate entered by itself, with its file.
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct, useAnswer } from '../../client/queries.ts'
import { Note } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { SelectField, TextField } from '../../components/field.tsx'
import { Sheet } from '../../components/page.tsx'
import { Upload } from '../../components/upload.tsx'
import { ACCEPTED } from '../application/accepted.ts'

const EMPTY = {
  contractId: '',
  number: '',
  deliveredOn: '',
  device: '',
  count: '',
  signedByProviderOn: '',
  signedByFirmOn: '',
}

type Form = typeof EMPTY

/** A certificate of the contract of one of the firm's vouchers. */
export function EnterCertificate({ organisationId }: { organisationId: string }): ReactElement | null {
  const { t } = useTranslation('trade-paper')
  const vouchers = useAnswer('listVouchers', { query: { size: 200 } }).items
  const [form, setForm] = useState(EMPTY)
  const [file, setFile] = useState<{ id: string; fileName: string } | null>(null)
  const upload = useAct('uploadAttachment')
  const act = useAct('enterTradePaper', () => {
    setForm(EMPTY)
    setFile(null)
  })
  const count = Number(form.count)
  const whole = Object.values(form).every((value) => value !== '') && Number.isInteger(count) && count > 0
  async function send(chosen: File, onProgress: (share: number) => void): Promise<void> {
    const query = { kind: 'delivery_certificate' as const, organisationId }
    setFile(await upload.mutateAsync({ query, file: chosen, onProgress }))
  }
  function enter(): void {
    if (file === null) return
    const { contractId, number, deliveredOn, device, signedByProviderOn, signedByFirmOn } = form
    const devices = [{ name: device, count }]
    const signed = { signedByProviderOn, signedByFirmOn, attachmentId: file.id }
    const paper = {
      kind: 'delivery_certificate' as const,
      contractId,
      number,
      deliveredOn,
      devices,
      ...signed,
    }
    act.mutate({ body: { organisationId, paper } })
  }
  if (vouchers.length === 0) return null
  return (
    <Sheet title={t('certificate')} aside={t('certificate.aside')}>
      <div className="form">
        <Fields form={form} onChange={setForm} vouchers={vouchers} />
        <div className="wide">
          <Upload
            label={t('certificate.file')}
            accept={ACCEPTED}
            files={file === null ? [] : [{ ...file, sizeBytes: 0 }]}
            send={send}
            onRemove={() => setFile(null)}
          />
        </div>
      </div>
      <div className="sheet-body stack">
        {act.data !== undefined && (
          <Note tone="done">{t('certificate.done', { number: act.data.number })}</Note>
        )}
        <ErrorNote error={act.error} />
        <button
          type="button"
          className="button"
          data-kind="quiet"
          disabled={!whole || file === null || act.isPending}
          onClick={enter}
        >
          {t('certificate.do')}
        </button>
      </div>
    </Sheet>
  )
}

interface FieldsProps {
  readonly form: Form
  readonly onChange: (form: Form) => void
  readonly vouchers: readonly { readonly contractId: string; readonly number: string }[]
}

const TYPED = [
  ['number', 'text'],
  ['deliveredOn', 'date'],
  ['device', 'text'],
  ['count', 'number'],
  ['signedByProviderOn', 'date'],
  ['signedByFirmOn', 'date'],
] as const

function Fields({ form, onChange, vouchers }: FieldsProps): ReactElement {
  const { t } = useTranslation('trade-paper')
  return (
    <>
      <SelectField
        label={t('certificate.contractId')}
        none={t('upstream.choose')}
        value={form.contractId}
        onChange={(contractId) => onChange({ ...form, contractId })}
        choices={vouchers.map((voucher) => ({ value: voucher.contractId, label: voucher.number }))}
      />
      {TYPED.map(([name, type]) => (
        <TextField
          key={name}
          label={t(`certificate.${name}`)}
          type={type}
          value={form[name]}
          onChange={(value) => onChange({ ...form, [name]: value })}
          maxLength={60}
        />
      ))}
    </>
  )
}
