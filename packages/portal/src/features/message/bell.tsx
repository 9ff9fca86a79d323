// The bell: how many messages wait, on every page. It asks by itself once a minute, and whenever something was done.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../client/call.ts'
import { keyOf } from '../../client/queries.ts'
import './bell.css'

const EVERY_MS = 60_000

export function Bell(): ReactElement {
  const { t } = useTranslation('shell')
  const { data } = useQuery({
    queryKey: keyOf('countUnread', {}),
    queryFn: () => call('countUnread'),
    refetchInterval: EVERY_MS,
  })
  const unread = data?.unread ?? 0
  return (
    <Link to="/messages" className="bell" aria-label={t('bell', { count: unread })}>
      <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
        <path
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeLinejoin="round"
          d="M3.5 13h11l-1.4-2.2V7.6a4.1 4.1 0 0 0-8.2 0v3.2zM7.4 15.2h3.2"
        />
      </svg>
      {unread > 0 && <b aria-hidden="true">{unread > 99 ? '99+' : unread}</b>}
    </Link>
  )
}
