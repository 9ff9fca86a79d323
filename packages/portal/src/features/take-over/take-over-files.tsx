// The files of a take-over: a template for each sheet, the upload, and what was handed in with its digest.
import { takeOverFileKinds, type TakeOverFileKind } from '@suanquan/api'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { addressOf, type Answer } from '../../client/call.ts'
import { useAct } from '../../client/queries.ts'
import { Sheet } from '../../components/page.tsx'
import { Upload } from '../../components/upload.tsx'

type TakeOver = Answer<'readTakeOver'>

export function TakeOverFiles({ takeOver, mayAct }: { takeOver: TakeOver; mayAct: boolean }): ReactElement {
  const { t } = useTranslation('take-over')
  return (
    <Sheet title={t('files')} aside={t('files.aside')}>
      <div className="sheet-body stack">
        {takeOverFileKinds.map((kind) => (
          <OneFile key={kind} kind={kind} takeOver={takeOver} mayAct={mayAct} />
        ))}
      </div>
    </Sheet>
  )
}

interface OneFileProps {
  readonly kind: TakeOverFileKind
  readonly takeOver: TakeOver
  readonly mayAct: boolean
}

function OneFile({ kind, takeOver, mayAct }: OneFileProps): ReactElement {
  const { t } = useTranslation('take-over')
  const act = useAct('uploadTakeOverFile')
  const { id, state, files } = takeOver
  const held = files.filter((file) => file.kind === kind)
  const shown = held.map(({ fileName, sizeBytes }) => ({
    id: kind,
    fileName,
    sizeBytes,
    href: addressOf('readTakeOverFile', { params: { id }, query: { kind } }),
  }))
  const digests = held.map(({ sm3 }) => (
    <p key={sm3} className="quiet small">
      SM3 <span className="code">{sm3.match(/.{1,16}/g)?.join(' ')}</span>
    </p>
  ))
  if (state !== 'open' || !mayAct)
    return (
      <div>
        <strong>{t(`file.${kind}`)}</strong>{' '}
        {shown.map(({ fileName, href }) => (
          <a key={fileName} href={href}>
            {fileName}
          </a>
        ))}
        {held.length === 0 && <span className="quiet">{t('file.none')}</span>}
        {digests}
      </div>
    )
  return (
    <div>
      <Upload
        label={t(`file.${kind}`)}
        help={t(`file.${kind}.help`)}
        accept={kind === 'statement' ? '.pdf' : '.csv,.txt,.xlsx'}
        files={shown}
        send={async (file, onProgress) =>
          act.mutateAsync({ params: { id }, query: { kind }, file, onProgress })
        }
      />
      {kind !== 'statement' && (
        <p className="small">
          {t('template')}{' '}
          <a href={addressOf('downloadTakeOverTemplate', { query: { sheet: kind, format: 'xlsx' } })}>
            Excel
            <span className="unseen"> {t(`file.${kind}`)}</span>
          </a>{' '}
          ·{' '}
          <a href={addressOf('downloadTakeOverTemplate', { query: { sheet: kind, format: 'csv' } })}>
            CSV
            <span className="unseen"> {t(`file.${kind}`)}</span>
          </a>
        </p>
      )}
      {digests}
    </div>
  )
}
