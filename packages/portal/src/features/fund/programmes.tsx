// The programmes of a fund: what each got of what they share, and what is left of all its money.
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { Money } from '../../components/money.tsx'
import { Sheet } from '../../components/page.tsx'
import { Reckoning } from '../../components/reckoning.tsx'
import { useSay } from '../../components/use-say.ts'
import { ledgerMoney } from '../../format/money.ts'

export type FundView = Answer<'readFund'>
type Row = FundView['programmes'][number]

const AMOUNTS = ['allottedFen', 'reservedFen', 'leftFen'] as const

export function Programmes({ fund }: { fund: FundView }): ReactElement {
  const { t } = useTranslation('fund')
  const text = useSay()
  const columns: readonly Column<Row>[] = [
    {
      id: 'programme',
      label: t('column.programme'),
      leads: true,
      text: (row) => text(row.title),
      cell: (row) => (
        <Link to="/finance/parts" search={{ state: row.adoptionId }}>
          {text(row.title)}
        </Link>
      ),
    },
    ...AMOUNTS.map((name): Column<Row> => ({
      id: name,
      label: t(`column.${name}`),
      numeric: true,
      text: (row) => ledgerMoney(row[name]),
      cell: (row) => <Money fen={row[name]} />,
    })),
  ]
  return (
    <Sheet title={t('programmes')} aside={t('programmes.why')}>
      <DataTable
        columns={columns}
        rows={fund.programmes}
        rowId={(row) => row.adoptionId}
        caption={t('programmes')}
        allRows={async () => fund.programmes}
        name="programmes"
        empty={null}
      />
      {fund.appropriatedFen !== '0' && <Shared fund={fund} />}
    </Sheet>
  )
}

/** What was appropriated to all together is with the programmes, set aside for management, or still to be allotted. */
function Shared({ fund }: { fund: FundView }): ReactElement {
  const { t } = useTranslation('fund')
  const allotted = fund.programmes.reduce((sum, { allottedFen }) => sum + BigInt(allottedFen), 0n)
  const left = BigInt(fund.sharedLeftFen)
  const setAside = BigInt(fund.management.setAsideFen)
  const advanced = BigInt(fund.advancedFen)
  return (
    <Reckoning
      lines={[
        {
          id: 'appropriated',
          label: t('shared.appropriated'),
          value: { fen: left + allotted + setAside + advanced },
        },
        { id: 'allotted', label: t('shared.allotted'), value: { fen: -allotted } },
        { id: 'management', label: t('shared.management'), value: { fen: -setAside } },
        ...(advanced === 0n
          ? []
          : [{ id: 'advanced', label: t('shared.advanced'), value: { fen: -advanced } }]),
      ]}
      total={{ label: t('shared.left'), value: { fen: left } }}
    />
  )
}
