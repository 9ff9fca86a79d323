import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../client/queries.ts'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'

const TONES = { answering: 'waits', ready: 'waits', in_force: 'done', discarded: 'quiet' } as const

/** Adoptions under way, and those that were signed. */
export function Adoptions(): ReactElement {
  const { t } = useTranslation('author')
  const text = useSay()
  const { instant } = useFormat()
  const { items } = useAnswer('listAdoptionDrafts')
  return (
    <Page title={t('drafts.title', { count: items.length })} lead={t('drafts.lead')}>
      <Sheet title={t('drafts')} aside={<Link to="/author/programmes">{t('library')}</Link>}>
        <DataTable
          columns={[
            {
              id: 'programme',
              label: t('column.programme'),
              leads: true,
              text: (row) => text(row.title),
              cell: (row) => (
                <>
                  <Link to="/author/adoptions/$id" params={{ id: row.id }}>
                    {text(row.title)}
                  </Link>
                  <small>
                    {row.programmeId} {row.programmeVersion}
                  </small>
                </>
              ),
            },
            {
              id: 'authority',
              label: t('column.authority'),
              text: (row) => text(row.authority),
              cell: (row) => text(row.authority),
            },
            {
              id: 'state',
              label: t('column.state'),
              text: (row) => t(`state.${row.state}`),
              cell: (row) => <StatusTag tone={TONES[row.state]}>{t(`state.${row.state}`)}</StatusTag>,
            },
            {
              id: 'open',
              label: t('column.open'),
              numeric: true,
              text: (row) => String(row.missing),
              cell: (row) => row.missing,
            },
            {
              id: 'when',
              label: t('column.when'),
              text: (row) => row.changedAt,
              cell: (row) => instant(row.changedAt),
            },
          ]}
          rows={items}
          rowId={(row) => row.id}
          caption={t('drafts')}
          allRows={async () => items}
          empty={
            <EmptyState action={<Link to="/author/programmes">{t('library')}</Link>}>
              {t('drafts.empty')}
            </EmptyState>
          }
        />
      </Sheet>
    </Page>
  )
}
