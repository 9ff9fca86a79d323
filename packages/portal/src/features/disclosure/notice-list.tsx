import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { Deadline } from '../../components/deadline.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import '../../components/table.css'
import './notice-list.css'

export type NoticeRow = Answer<'listNotices'>['items'][number]

export function NoticeList({ notices }: { notices: readonly NoticeRow[] }): ReactElement {
  const { t } = useTranslation('disclosure')
  const text = useSay()
  const { say } = useFormat()
  if (notices.length === 0) return <EmptyState>{t('list.empty')}</EmptyState>
  return (
    <ul className="notice-list">
      {notices.map((notice) => (
        <li key={notice.id}>
          <span>
            <Link to="/notices/$id" params={{ id: notice.id }}>
              {text(notice.title)}
            </Link>
            <small>
              {notice.number} · {t('list.what', { count: notice.lines, total: say(notice.totalFen) })}
            </small>
          </span>
          <NoticeState notice={notice} />
        </li>
      ))}
    </ul>
  )
}

export function NoticeState({ notice }: { notice: NoticeRow }): ReactElement {
  const { t } = useTranslation('disclosure')
  const { day } = useFormat()
  if (notice.state === 'closed')
    return <StatusTag tone="done">{t('state.closed', { day: day(notice.closesOn) })}</StatusTag>
  return <Deadline workingDaysLeft={notice.workingDaysLeft} on={day(notice.closesOn)} />
}
