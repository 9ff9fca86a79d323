// 中心算力: what centres have and have sold, month by month. A centre's engineer sees and states their own; the bureau any.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { organisationOf, rolesOf, useSession } from '../../client/session.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import { LadderSheets } from '../../features/capacity/ladder-sheets.tsx'
import { StateCapacity } from '../../features/capacity/state-capacity.tsx'

type Statement = Answer<'listCapacity'>['items'][number]
type Row = Statement & Statement['lines'][number]

export function Capacity(): ReactElement {
  const { t } = useTranslation('capacity')
  const session = useSession()
  const roles = session === null ? new Set() : rolesOf(session)
  const { items } = useAnswer('listCapacity')
  const rows = items.flatMap((statement) => statement.lines.map((line) => ({ ...statement, ...line })))
  const over = rows.filter(({ oversold }) => oversold).length
  const centres = new Set(items.map(({ providerId }) => providerId)).size
  const own = session !== null && roles.has('provider') ? organisationOf(session, 'provider') : null
  return (
    <Page
      title={over > 0 ? t('title.over', { count: over }) : t('title', { count: centres })}
      lead={t('lead')}
    >
      <LadderSheets />
      <Sheet title={t('list')}>
        <DataTable
          columns={useColumns()}
          rows={rows}
          rowId={(row) => `${row.providerId} ${row.month} ${row.chip}`}
          caption={t('list')}
          empty={<EmptyState>{t('empty')}</EmptyState>}
        />
      </Sheet>
      {(own !== null || roles.has('reviewer')) && <StateCapacity ownId={own} />}
    </Page>
  )
}

function useColumns(): readonly Column<Row>[] {
  const { t } = useTranslation('capacity')
  const { instant } = useFormat()
  const number = (name: 'devices' | 'soldCardHours' | 'freeCardHours'): Column<Row> => ({
    id: name,
    label: t(`column.${name}`),
    numeric: true,
    text: (row) => String(row[name]),
    cell: (row) => row[name].toLocaleString('en-US'),
  })
  return [
    {
      id: 'centre',
      label: t('column.centre'),
      leads: true,
      text: ({ providerName }) => providerName,
      cell: ({ providerName, enteredAt, enteredBy, version }) => (
        <>
          {providerName}
          <small>{t('entered', { version, who: enteredBy, at: instant(enteredAt) })}</small>
        </>
      ),
    },
    { id: 'month', label: t('column.month'), text: ({ month }) => month, cell: ({ month }) => month },
    {
      id: 'chip',
      label: t('column.chip'),
      text: ({ chip }) => chip,
      cell: ({ chip, tflops }) => (
        <>
          {chip}
          <small>{tflops === null ? t('uncounted') : t('counted', { p: tflops / 1000 })}</small>
        </>
      ),
    },
    number('devices'),
    number('soldCardHours'),
    {
      ...number('freeCardHours'),
      cell: (row) => (
        <>
          {row.freeCardHours.toLocaleString('en-US')}
          {row.oversold && (
            <small>
              <StatusTag tone="stopped">{t('oversold')}</StatusTag>
            </small>
          )}
        </>
      ),
    },
  ]
}
