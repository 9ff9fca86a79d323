// What two versions say differently, place by place: before and after in one form.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { useSay, type Bilingual } from '../../components/use-say.ts'

export interface Difference {
  readonly path: string
  readonly text: Bilingual
  /** null where that version has no such place */
  readonly before: string | null
  readonly after: string | null
}

export function DifferenceTable({ rows }: { rows: readonly Difference[] }): ReactElement {
  const { t } = useTranslation('author')
  const say = useSay()
  return (
    <DataTable
      columns={[
        {
          id: 'path',
          label: t('compare.path'),
          leads: true,
          text: (row) => row.path,
          cell: (row) => (
            <>
              {say(row.text)}
              <small className="code">{row.path}</small>
            </>
          ),
        },
        ...(['before', 'after'] as const).map((id) => ({
          id,
          label: t(`compare.${id}`),
          text: (row: Difference) => row[id] ?? '',
          cell: (row: Difference) =>
            row[id] === null ? (
              <span className="quiet">{t('compare.absent')}</span>
            ) : (
              <span className="code">{row[id]}</span>
            ),
        })),
      ]}
      rows={rows}
      rowId={(row) => row.path}
      caption={t('compare.title', { count: rows.length })}
      allRows={async () => rows}
      empty={<EmptyState>{t('compare.none')}</EmptyState>}
    />
  )
}
