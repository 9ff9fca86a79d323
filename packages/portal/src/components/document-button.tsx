// A document to download in the page's language. It is made on demand: the button says so while it takes, and a refusal
// stands beside it.
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { callFile, type Input } from '../client/call.ts'
import { saveFile } from '../format/save-file.ts'
import { ErrorNote } from './error-note.tsx'
import { useLanguage } from './use-language.ts'

export type DocumentRoute =
  | 'readDecisionDocument'
  | 'readNoticeDocument'
  | 'readVoucherStatement'
  | 'readCredentialDocument'
  | 'readClaimStatement'
  | 'readClawbackDocument'
  | 'readAgreementDocument'
  | 'readAcceptanceDocument'
  | 'readDisbursementStatement'
  | 'readCatalogueDocument'
  | 'readOpeningStatement'

interface DocumentButtonProps {
  readonly route: DocumentRoute
  readonly id: string
  readonly act?: 'approval' | 'correction' | 'refusal' | 'appeal'
  readonly label?: string
}

export function DocumentButton({ route, id, act, label }: DocumentButtonProps): ReactElement {
  const { t } = useTranslation('components')
  const language = useLanguage() === 'zh-CN' ? 'zh' : 'en'
  const [making, setMaking] = useState(false)
  const [error, setError] = useState<Error | null>(null)
  async function download(): Promise<void> {
    setMaking(true)
    setError(null)
    try {
      const query = act === undefined ? { language } : { language, act }
      const { blob, fileName } = await callFile(route, { params: { id }, query } as Input<DocumentRoute>)
      saveFile(fileName, blob)
    } catch (failed) {
      setError(failed as Error)
    }
    setMaking(false)
  }
  return (
    <div className="document-button">
      <button
        type="button"
        className="button"
        data-kind="quiet"
        disabled={making}
        onClick={() => void download()}
      >
        {making ? t('document.making') : (label ?? t(`document.${route}` as 'document.readDecisionDocument'))}
      </button>
      <ErrorNote error={error} />
    </div>
  )
}
