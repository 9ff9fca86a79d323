// Files of papers: chosen by what they are, read at once, and registered when that is confirmed.
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../client/queries.ts'
import { ErrorNote } from '../../components/error-note.tsx'
import { ChoiceField, TextField } from '../../components/field.tsx'
import { Sheet } from '../../components/page.tsx'
import { Upload } from '../../components/upload.tsx'
import { FileResult, type PaperFile } from './file-result.tsx'

const KINDS = ['e_invoice', 'invoice_list', 'payment_list'] as const
type Kind = (typeof KINDS)[number]

export function TakeFiles({ organisationId }: { organisationId: string }): ReactElement {
  const { t } = useTranslation('trade-paper')
  const [kind, setKind] = useState<Kind>('e_invoice')
  const [file, setFile] = useState<PaperFile | null>(null)
  const check = useAct('checkTradePapers', setFile)
  const take = useAct('takeTradePapers', setFile)
  async function send(chosen: File, onProgress: (share: number) => void): Promise<void> {
    await check.mutateAsync({ query: { organisationId, kind }, file: chosen, onProgress })
  }
  return (
    <>
      <Sheet title={t('take')} aside={t('take.aside')}>
        <div className="sheet-body stack">
          <ChoiceField
            label={t('take.kind')}
            value={kind}
            onChange={(value) => setKind(KINDS.find((each) => each === value) ?? 'e_invoice')}
            choices={KINDS.map((value) => ({ value, label: t(`take.${value}`) }))}
          />
          <Upload
            label={t('take.file')}
            help={t(`take.${kind}_help`)}
            accept={kind === 'e_invoice' ? '.xml' : '.csv,.xlsx'}
            files={[]}
            send={send}
          />
        </div>
      </Sheet>
      {file !== null && (
        <FileResult file={file}>
          <Confirm file={file} act={take} />
        </FileResult>
      )}
    </>
  )
}

/** The tax authority's answers, one file for many invoices. */
export function TakeAnswers(): ReactElement {
  const { t } = useTranslation('trade-paper')
  const [source, setSource] = useState('')
  const [file, setFile] = useState<PaperFile | null>(null)
  const check = useAct('checkTradePaperAnswers', setFile)
  const take = useAct('takeTradePaperAnswers', setFile)
  async function send(chosen: File, onProgress: (share: number) => void): Promise<void> {
    await check.mutateAsync({ query: { source: source.trim() }, file: chosen, onProgress })
  }
  return (
    <>
      <Sheet title={t('answers')} aside={t('answers.aside')}>
        <div className="sheet-body stack">
          <TextField
            label={t('answers.source')}
            help={t('answers.source_help')}
            value={source}
            onChange={setSource}
            maxLength={200}
          />
          {source.trim().length >= 2 && (
            <Upload
              label={t('take.file')}
              help={t('answers.help')}
              accept=".csv,.xlsx"
              files={[]}
              send={send}
            />
          )}
        </div>
      </Sheet>
      {file !== null && (
        <FileResult file={file}>
          <Confirm file={file} act={take} />
        </FileResult>
      )}
    </>
  )
}

interface ConfirmProps {
  readonly file: PaperFile
  readonly act: {
    readonly isPending: boolean
    readonly error: Error | null
    readonly mutate: (input: { params: { id: string } }) => void
  }
}

function Confirm({ file, act }: ConfirmProps): ReactElement | null {
  const { t } = useTranslation('trade-paper')
  const good = file.counts.new + file.counts.changed
  if (file.takenAt !== null || good === 0) return null
  return (
    <>
      <ErrorNote error={act.error} />
      <button
        type="button"
        className="button"
        disabled={act.isPending}
        onClick={() => act.mutate({ params: { id: file.id } })}
      >
        {t('file.take', { count: good })}
      </button>
    </>
  )
}
