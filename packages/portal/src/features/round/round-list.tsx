// Rounds as a table: which programme, by which rule, how much, how far it is.
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Money } from '../../components/money.tsx'
import { StatusTag, type Tone } from '../../components/status-tag.tsx'
import { useSay } from '../../components/use-say.ts'
import { ledgerMoney } from '../../format/money.ts'

type Row = Answer<'listRounds'>['items'][number]

export const roundTones: Readonly<Record<Row['state'], Tone>> = {
  announced: 'waits',
  proposed: 'waits',
  confirmed: 'done',
  cancelled: 'stopped',
}

export function RoundList({ rounds }: { rounds: readonly Row[] }): ReactElement {
  const { t } = useTranslation('round')
  const text = useSay()
  const columns: readonly Column<Row>[] = [
    {
      id: 'number',
      label: t('fact.number'),
      leads: true,
      text: ({ number }) => number,
      cell: ({ id, number }) => (
        <Link to="/rounds/$id" params={{ id }}>
          {number}
        </Link>
      ),
    },
    {
      id: 'title',
      label: t('column.title'),
      text: ({ title }) => text(title),
      cell: ({ title }) => text(title),
    },
    {
      id: 'rule',
      label: t('column.rule'),
      text: ({ rule }) => t(`rule.${rule}`),
      cell: ({ rule, drawName, drawOn }) => (
        <>
          {t(`rule.${rule}`)}
          {drawOn !== null && <small>{drawName}</small>}
        </>
      ),
    },
    {
      id: 'pool',
      label: t('column.pool'),
      numeric: true,
      text: ({ poolFen }) => ledgerMoney(poolFen),
      cell: ({ poolFen }) => <Money fen={poolFen} />,
    },
    {
      id: 'claims',
      label: t('fact.claims'),
      numeric: true,
      text: ({ claimsFen }) => ledgerMoney(claimsFen),
      cell: ({ claimsFen, lots }) => (
        <>
          <Money fen={claimsFen} />
          <small>{t('lines.aside', { count: lots })}</small>
        </>
      ),
    },
    {
      id: 'state',
      label: t('column.state'),
      text: ({ state }) => t(`state.${state}`),
      cell: ({ state }) => <StatusTag tone={roundTones[state]}>{t(`state.${state}`)}</StatusTag>,
    },
  ]
  return (
    <DataTable
      columns={columns}
      rows={rounds}
      rowId={({ id }) => id}
      caption={t('all')}
      name="rounds"
      empty={<EmptyState>{t('empty')}</EmptyState>}
    />
  )
}
