// What a replay computed again, and where the stored result differs.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { ThingLink } from './thing-link.tsx'

type Proof = Answer<'readProof'>

export function Decisions({ proof }: { proof: Proof }): ReactElement {
  const { t } = useTranslation('audit')
  const name = (kind: string): string => t(`decision.${kind}` as 'decision.review', { defaultValue: kind })
  return (
    <Sheet title={t('decisions')}>
      <DataTable
        columns={[
          {
            id: 'kind',
            label: t('decisions.kind'),
            leads: true,
            text: (row) => name(row.kind),
            cell: (row) => name(row.kind),
          },
          {
            id: 'count',
            label: t('decisions.count'),
            numeric: true,
            text: (row) => String(row.count),
            cell: (row) => row.count,
          },
          {
            id: 'wrong',
            label: t('column.wrong'),
            numeric: true,
            text: (row) => String(row.wrong),
            cell: (row) => row.wrong,
          },
        ]}
        rows={proof.decisions}
        rowId={(row) => row.kind}
        caption={t('decisions')}
        allRows={async () => proof.decisions}
        empty={<EmptyState>{t('differences.none')}</EmptyState>}
      />
    </Sheet>
  )
}

export function Differences({ proof }: { proof: Proof }): ReactElement {
  const { t } = useTranslation('audit')
  const { instant } = useFormat()
  if (proof.differences.length === 0) {
    return (
      <Sheet title={t('differences')}>
        <EmptyState>{t('differences.none')}</EmptyState>
      </Sheet>
    )
  }
  return (
    <>
      {proof.differences.map((difference) => (
        <Sheet
          key={difference.decisionId}
          title={t(`decision.${difference.kind}` as 'decision.review', { defaultValue: difference.kind })}
          aside={
            <>
              {difference.about !== null && <ThingLink thing={difference.about} />}{' '}
              {instant(difference.decidedAt)}
            </>
          }
        >
          <DataTable
            columns={(['path', 'stored', 'again'] as const).map((id) => ({
              id,
              label: t(`differences.${id}`),
              leads: id === 'path',
              text: (row: (typeof difference.paths)[number]) => row[id],
              cell: (row: (typeof difference.paths)[number]) => <code className="hash code">{row[id]}</code>,
            }))}
            rows={difference.paths}
            rowId={(row) => row.path}
            caption={t('differences')}
            allRows={async () => difference.paths}
            empty={<EmptyState>{t('differences.nothing')}</EmptyState>}
          />
        </Sheet>
      ))}
    </>
  )
}
