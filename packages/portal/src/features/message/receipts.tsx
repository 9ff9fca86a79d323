// For whoever wrote to a firm: who was told what about the case, and since when each of them knows.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../client/queries.ts'
import { Sheet } from '../../components/page.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import '../disclosure/notice-list.css'

export function Receipts({ id }: { id: string }): ReactElement | null {
  const { t } = useTranslation('message')
  const text = useSay()
  const { instant } = useFormat()
  const { items } = useAnswer('listReceipts', { params: { id } })
  if (items.length === 0) return null
  return (
    <Sheet title={t('receipts')}>
      <ul className="notice-list">
        {items.map(({ kind, name, at, readers }) => (
          <li key={`${kind}-${at}`}>
            <span>
              {text(name)}
              <small>{t('receipts.sent', { at: instant(at) })}</small>
              {readers.map(({ personName, readAt }) => (
                <small key={personName}>
                  {readAt === null
                    ? t('receipts.not_yet', { name: personName })
                    : t('receipts.read', { name: personName, at: instant(readAt) })}
                </small>
              ))}
            </span>
            <StatusTag tone={readers.some(({ readAt }) => readAt !== null) ? 'done' : 'waits'}>
              {t('receipts.count', {
                read: readers.filter(({ readAt }) => readAt !== null).length,
                all: readers.length,
              })}
            </StatusTag>
          </li>
        ))}
      </ul>
    </Sheet>
  )
}
