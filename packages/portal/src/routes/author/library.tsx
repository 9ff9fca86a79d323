// The library: every measure and version that the platform knows.
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../client/queries.ts'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { useSay } from '../../components/use-say.ts'

const COUNTS = ['clauses', 'rules', 'cases'] as const

export function Library(): ReactElement {
  const { t } = useTranslation('author')
  const text = useSay()
  const { items } = useAnswer('listProgrammes')
  return (
    <Page title={t('library.title', { count: items.length })} lead={t('library.lead')}>
      <Sheet title={t('library')} aside={<Link to="/author/studio">{t('studio')}</Link>}>
        <DataTable
          columns={[
            {
              id: 'programme',
              label: t('column.programme'),
              leads: true,
              text: (row) => `${text(row.title)} ${row.id}`,
              cell: (row) => (
                <>
                  <Link to="/author/programmes/$hash" params={{ hash: row.hash }}>
                    {text(row.title)}
                  </Link>
                  <small>
                    {row.id} · {t(row.shipped ? 'origin.shipped' : 'origin.stored')}
                  </small>
                </>
              ),
            },
            {
              id: 'version',
              label: t('column.version'),
              text: (row) => row.version,
              cell: (row) => row.version,
            },
            ...COUNTS.map((id) => ({
              id,
              label: t(`column.${id}`),
              numeric: true,
              text: (row: (typeof items)[number]) => String(row[id]),
              cell: (row: (typeof items)[number]) => row[id],
            })),
            {
              id: 'adopted',
              label: t('column.adopted'),
              text: (row) => row.adoptions.map(({ authority }) => authority).join('; '),
              cell: (row) =>
                row.adoptions.length === 0
                  ? '—'
                  : row.adoptions.map(({ id, authority }) => (
                      <div key={id}>
                        <Link to="/programmes/$id" params={{ id }}>
                          {authority}
                        </Link>
                      </div>
                    )),
            },
          ]}
          rows={items}
          rowId={(row) => row.hash}
          caption={t('library')}
          allRows={async () => items}
          empty={<EmptyState>{t('library.empty')}</EmptyState>}
        />
      </Sheet>
    </Page>
  )
}
