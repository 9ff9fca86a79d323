// The dry run: what is imported, from whom and as of when, then the file. Its result has a page of its own.
import { useNavigate } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { addressOf, type Answer } from '../../client/call.ts'
import { useAct } from '../../client/queries.ts'
import { SelectField, TextField } from '../../components/field.tsx'
import { Sheet } from '../../components/page.tsx'
import { Upload } from '../../components/upload.tsx'

type Kind = Answer<'checkImport'>['kind']

const KINDS: readonly Kind[] = ['organisations', 'business', 'credit', 'tax', 'social_insurance']

export function CheckFile(): ReactElement {
  const { t } = useTranslation('imports')
  const navigate = useNavigate()
  const act = useAct('checkImport')
  const [kind, setKind] = useState<Kind>('organisations')
  const [source, setSource] = useState('')
  const [asOf, setAsOf] = useState('')
  async function send(file: File, onProgress: (share: number) => void): Promise<void> {
    const { id } = await act.mutateAsync({ query: { kind, source: source.trim(), asOf }, file, onProgress })
    await navigate({ to: '/admin/imports/$id', params: { id } })
  }
  return (
    <Sheet title={t('upload')} aside={t('upload.aside')}>
      <div className="form">
        <SelectField
          label={t('kind')}
          value={kind}
          onChange={(value) => setKind(value as Kind)}
          choices={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
          help={
            <>
              {t('template')}
              <a href={addressOf('downloadImportTemplate', { query: { kind, format: 'xlsx' } })}>
                {t('template.xlsx')}
              </a>{' '}
              ·{' '}
              <a href={addressOf('downloadImportTemplate', { query: { kind, format: 'csv' } })}>
                {t('template.csv')}
              </a>
            </>
          }
        />
        <TextField
          label={t('source')}
          help={t('source.help')}
          value={source}
          onChange={setSource}
          maxLength={100}
        />
        <TextField label={t('asOf')} help={t('asOf.help')} type="date" value={asOf} onChange={setAsOf} />
        <div className="wide">
          {source.trim().length < 2 || asOf === '' ? (
            <p className="quiet">{t('first')}</p>
          ) : (
            <Upload label={t('file')} help={t('file.help')} accept=".csv,.txt,.xlsx" files={[]} send={send} />
          )}
        </div>
      </div>
    </Sheet>
  )
}
