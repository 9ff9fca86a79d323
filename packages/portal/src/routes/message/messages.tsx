// 消息: what I was told, what I have not read, what has a deadline.
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct, useAnswer } from '../../client/queries.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { PAGE_SIZE, Pager, SearchBox, StateTabs, useListFilter } from '../../components/list-filter.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { MessageList } from '../../features/message/message-list.tsx'
import '../../components/data-table.css'

const SHOWN = ['unread', 'deadline', 'read'] as const

export function Messages(): ReactElement {
  const { t } = useTranslation('message')
  const [filter] = useListFilter()
  const show = SHOWN.find((each) => each === filter.state)
  const list = useAnswer('listMessages', {
    query: {
      page: filter.page ?? 1,
      size: PAGE_SIZE,
      ...(filter.q === undefined ? {} : { q: filter.q }),
      ...(show === undefined ? {} : { show }),
    },
  })
  const readAll = useAct('readAllMessages')
  return (
    <Page
      title={list.unread === 0 ? t('title.none') : t('title', { count: list.unread })}
      lead={<Link to="/messages/settings">{t('to_settings')}</Link>}
    >
      <Sheet
        title={t('list')}
        aside={t('list.count', { count: list.total })}
        actions={
          list.unread > 0 ? (
            <button
              type="button"
              className="button"
              data-kind="quiet"
              disabled={readAll.isPending}
              onClick={() => readAll.mutate({})}
            >
              {t('mark_all')}
            </button>
          ) : undefined
        }
      >
        <StateTabs
          label={t('show')}
          choices={[
            { value: '', label: t('show.all') },
            ...SHOWN.map((value) => ({
              value,
              label: t(`show.${value}`),
              count: value === 'unread' ? list.unread : undefined,
            })),
          ]}
        />
        <SearchBox help={t('search')} />
        {list.items.length === 0 ? (
          <EmptyState>{t(show === undefined ? 'none' : 'none_shown')}</EmptyState>
        ) : (
          <MessageList messages={list.items} />
        )}
        <ErrorNote error={readAll.error} />
      </Sheet>
      <Pager total={list.total} />
    </Page>
  )
}
