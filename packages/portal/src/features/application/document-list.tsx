import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { addressOf, type Answer } from '../../client/call.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { Sheet } from '../../components/page.tsx'
import { readSize } from '../../components/upload.tsx'
import '../disclosure/notice-list.css'

/** The files of an application, each opening in its own tab. */
export function DocumentList({ application }: { application: Answer<'readApplication'> }): ReactElement {
  const { t } = useTranslation(['application', 'words'])
  const { attachments } = application
  return (
    <Sheet title={t('documents')} aside={t('documents.count', { count: attachments.length })}>
      {attachments.length === 0 ? (
        <EmptyState>{t('documents.none')}</EmptyState>
      ) : (
        <ul className="notice-list">
          {attachments.map((file) => (
            <li key={file.id}>
              <span>
                <a
                  href={addressOf('readAttachment', { params: { id: file.id } })}
                  target="_blank"
                  rel="noreferrer"
                >
                  {t(`words:document.${file.kind}`)}
                </a>
                <small>
                  {file.fileName} · {readSize(file.sizeBytes)}
                </small>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Sheet>
  )
}
