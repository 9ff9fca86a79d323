// Files: what is there, what is on its way and how far, and precisely what was wrong with one that was refused.
import { useId, useRef, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorNote } from './error-note.tsx'
import './upload.css'

export interface UploadedFile {
  readonly id: string
  readonly fileName: string
  readonly sizeBytes: number
  readonly href?: string
}

interface UploadProps {
  readonly label: string
  readonly help?: string
  readonly accept: string
  readonly files: readonly UploadedFile[]
  readonly send: (file: File, onProgress: (share: number) => void) => Promise<unknown>
  readonly onRemove?: (id: string) => void
}

interface Sending {
  readonly name: string
  readonly share: number
}

export function Upload({ label, help, accept, files, send, onRemove }: UploadProps): ReactElement {
  const { t } = useTranslation('components')
  const input = useRef<HTMLInputElement>(null)
  const id = useId()
  const [sending, setSending] = useState<Sending | null>(null)
  const [error, setError] = useState<Error | null>(null)

  async function take(chosen: FileList | null): Promise<void> {
    setError(null)
    for (const file of Array.from(chosen ?? [])) {
      setSending({ name: file.name, share: 0 })
      try {
        await send(file, (share) => setSending({ name: file.name, share }))
      } catch (refused) {
        setError(refused as Error)
        break
      }
    }
    setSending(null)
    if (input.current !== null) input.current.value = ''
  }

  return (
    <div className="upload">
      <label className="upload-label" htmlFor={id}>
        {label}
      </label>
      {help !== undefined && (
        <p className="field-help" id={`${id}-help`}>
          {help}
        </p>
      )}
      {files.map((file) => (
        <UploadedRow key={file.id} file={file} onRemove={onRemove} />
      ))}
      {sending !== null && (
        <p className="upload-file" role="status">
          <span>{t('upload.sending', { name: sending.name })}</span>
          <progress value={sending.share} aria-label={sending.name} />
        </p>
      )}
      <ErrorNote error={error} />
      <div className="upload-box">
        <input
          ref={input}
          id={id}
          type="file"
          accept={accept}
          aria-describedby={help === undefined ? undefined : `${id}-help`}
          disabled={sending !== null}
          onChange={(event) => void take(event.target.files)}
        />
        <span className="button" data-kind="quiet" aria-hidden="true">
          {t('upload.choose')}
        </span>
        <span className="quiet small" aria-hidden="true">
          {t('upload.drop')}
        </span>
      </div>
    </div>
  )
}

interface UploadedRowProps {
  readonly file: UploadedFile
  readonly onRemove: ((id: string) => void) | undefined
}

function UploadedRow({ file, onRemove }: UploadedRowProps): ReactElement {
  const { t } = useTranslation('components')
  return (
    <p className="upload-file">
      <span>
        {file.href === undefined ? (
          file.fileName
        ) : (
          <a href={file.href} target="_blank" rel="noreferrer">
            {file.fileName}
          </a>
        )}{' '}
        <small className="quiet">{file.sizeBytes > 0 && readSize(file.sizeBytes)}</small>
      </span>
      {onRemove !== undefined && (
        <button type="button" className="button-link" onClick={() => onRemove(file.id)}>
          {t('upload.remove')}
          <span className="unseen"> {file.fileName}</span>
        </button>
      )}
    </p>
  )
}

export function readSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(0)} kB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
