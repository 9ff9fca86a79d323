// Invoices and payments of a claim, as many as there are; each with its own file.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../client/queries.ts'
import { TextField } from '../../components/field.tsx'
import { MoneyField } from '../../components/money-field.tsx'
import { Sheet } from '../../components/page.tsx'
import { Upload } from '../../components/upload.tsx'
import { ACCEPTED } from '../application/accepted.ts'
import { emptyRow, type ProofRow, type ProofsForm } from './claim-form.ts'

interface ProofRowsProps<Form extends ProofsForm> {
  readonly kind: 'invoices' | 'payments'
  readonly form: Form
  readonly onChange: (form: Form) => void
  readonly organisationId: string
}

export function ProofRows<Form extends ProofsForm>({
  kind,
  form,
  onChange,
  organisationId,
}: ProofRowsProps<Form>): ReactElement {
  const { t } = useTranslation('settlement')
  const rows = form[kind]
  const put = (next: readonly ProofRow[]): void => onChange({ ...form, [kind]: next })
  return (
    <Sheet
      title={t(`new.${kind}`)}
      aside={t('list.total', { count: rows.length })}
      actions={
        rows.length < 60 && (
          <button
            type="button"
            className="button"
            data-kind="quiet"
            onClick={() =>
              put([...rows, emptyRow(Math.max(...rows.map(({ key }) => key)) + 1, form.parties)])
            }
          >
            {t(`new.add.${kind}`)}
          </button>
        )
      }
    >
      {rows.map((row) => (
        <OneProof
          key={row.key}
          kind={kind}
          row={row}
          organisationId={organisationId}
          onChange={(part) =>
            put(rows.map((known) => (known.key === row.key ? { ...known, ...part } : known)))
          }
          {...(rows.length > 1 ? { onRemove: () => put(rows.filter(({ key }) => key !== row.key)) } : {})}
        />
      ))}
    </Sheet>
  )
}

interface OneProofProps {
  readonly kind: 'invoices' | 'payments'
  readonly row: ProofRow
  readonly organisationId: string
  readonly onChange: (part: Partial<ProofRow>) => void
  readonly onRemove?: () => void
}

function OneProof({ kind, row, organisationId, onChange, onRemove }: OneProofProps): ReactElement {
  const { t } = useTranslation(['settlement', 'words'])
  const act = useAct('uploadAttachment')
  const file = kind === 'invoices' ? 'invoice' : 'bank_receipt'
  const wrong = kind === 'invoices' && row.number !== '' && !/^\d{8,20}$/.test(row.number)
  async function send(chosen: File, onProgress: (share: number) => void): Promise<void> {
    const uploaded = await act.mutateAsync({
      query: { kind: file, organisationId },
      file: chosen,
      onProgress,
    })
    onChange({ attachmentId: uploaded.id, fileName: uploaded.fileName })
  }
  return (
    <div className="form">
      <TextField
        label={t(`proof.number.${kind}`)}
        value={row.number}
        onChange={(number) => onChange({ number })}
        {...(wrong ? { error: t('proof.number_wrong') } : {})}
      />
      <TextField
        label={t(`proof.on.${kind}`)}
        type="date"
        value={row.on}
        onChange={(on) => onChange({ on })}
      />
      <MoneyField label={t('proof.amount')} fen={row.fen} onChange={(fen) => onChange({ fen })} />
      {kind === 'invoices' && <InvoiceParts row={row} onChange={onChange} />}
      <TextField
        label={t(`proof.seller.${kind}`)}
        value={row.sellerCode}
        onChange={(sellerCode) => onChange({ sellerCode })}
        maxLength={40}
      />
      <TextField
        label={t(`proof.buyer.${kind}`)}
        value={row.buyerCode}
        onChange={(buyerCode) => onChange({ buyerCode })}
        maxLength={40}
      />
      <div className="wide">
        <Upload
          label={t(`words:document.${file}`)}
          accept={ACCEPTED}
          files={
            row.attachmentId === null ? [] : [{ id: row.attachmentId, fileName: row.fileName, sizeBytes: 0 }]
          }
          send={send}
          onRemove={() => onChange({ attachmentId: null, fileName: '' })}
        />
      </div>
      {onRemove !== undefined && (
        <button type="button" className="button-link wide" onClick={onRemove}>
          {t('proof.remove', { number: row.number })}
        </button>
      )}
    </div>
  )
}

interface InvoicePartsProps {
  readonly row: ProofRow
  readonly onChange: (part: Partial<ProofRow>) => void
}

function InvoiceParts({ row, onChange }: InvoicePartsProps): ReactElement {
  const { t } = useTranslation('settlement')
  return (
    <>
      <MoneyField
        label={t('proof.excluded')}
        fen={row.excludedFen}
        onChange={(excludedFen) => onChange({ excludedFen })}
      />
      <TextField
        label={t('proof.red')}
        help={t('proof.red_help')}
        optional
        value={row.redLetterOf}
        onChange={(redLetterOf) => onChange({ redLetterOf })}
        maxLength={20}
      />
    </>
  )
}

interface CertificateUploadProps<Form extends ProofsForm> {
  readonly form: Form
  readonly onChange: (form: Form) => void
  readonly organisationId: string
}

export function CertificateUpload<Form extends ProofsForm>({
  form,
  onChange,
  organisationId,
}: CertificateUploadProps<Form>): ReactElement {
  const { t } = useTranslation(['settlement', 'words'])
  const act = useAct('uploadAttachment')
  async function send(file: File, onProgress: (share: number) => void): Promise<void> {
    const query = { kind: 'delivery_certificate' as const, organisationId }
    const uploaded = await act.mutateAsync({ query, file, onProgress })
    onChange({ ...form, certificateId: uploaded.id, certificateName: uploaded.fileName })
  }
  return (
    <Sheet title={t('words:document.delivery_certificate')} aside={t('new.certificate_why')}>
      <div className="sheet-body">
        <Upload
          label={t('new.certificate_file')}
          accept={ACCEPTED}
          files={
            form.certificateId === null
              ? []
              : [{ id: form.certificateId, fileName: form.certificateName, sizeBytes: 0 }]
          }
          send={send}
          onRemove={() => onChange({ ...form, certificateId: null, certificateName: '' })}
        />
      </div>
    </Sheet>
  )
}
