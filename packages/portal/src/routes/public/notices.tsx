import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../client/queries.ts'
import { PAGE_SIZE, Pager, useListFilter } from '../../components/list-filter.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { NoticeList } from '../../features/disclosure/notice-list.tsx'

export function Notices(): ReactElement {
  const { t } = useTranslation('disclosure')
  const [filter] = useListFilter()
  const { items, total } = useAnswer('listNotices', { query: { page: filter.page ?? 1, size: PAGE_SIZE } })
  const open = items.filter((notice) => notice.state === 'open').length
  return (
    <Page title={t('list.title', { count: open })} lead={t('list.lead')}>
      <Sheet title={t('list.all')} aside={t('list.total', { count: total })}>
        <NoticeList notices={items} />
        <Pager total={total} />
      </Sheet>
      <p>
        <Link to="/rounds">{t('list.rounds')}</Link>
      </p>
    </Page>
  )
}
