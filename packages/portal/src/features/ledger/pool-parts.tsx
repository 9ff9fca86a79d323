// The parts of a programme's money, as of any day or posting: where each fen came from and what has become of it.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../client/queries.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { Money } from '../../components/money.tsx'
import { Sheet } from '../../components/page.tsx'
import { Reckoning } from '../../components/reckoning.tsx'
import { useFormat } from '../../components/use-format.ts'
import { ledgerMoney } from '../../format/money.ts'
import { AsOf, useAsOf } from './as-of.tsx'
import { usePartName, type Part } from './pool-places.ts'

const AMOUNTS = ['inFen', 'outFen', 'reservedFen', 'grantedFen', 'returnedFen', 'leftFen'] as const

export function PoolParts({ adoptionId }: { adoptionId: string }): ReactElement {
  const { t } = useTranslation('pool')
  const { instant } = useFormat()
  const query = useAsOf()
  const pools = useAnswer('readPools', { params: { id: adoptionId }, query })
  const columns = useColumns()
  return (
    <Sheet title={t('parts')} aside={t('parts.as_of', { at: instant(pools.asOf), sequence: pools.sequence })}>
      <AsOf />
      <DataTable
        columns={columns}
        rows={pools.parts}
        rowId={(part) => part.id ?? 'own'}
        caption={t('parts')}
        allRows={async () => pools.parts}
        empty={null}
      />
      <Whole pools={pools} />
    </Sheet>
  )
}

/** All parts together are what was appropriated, to the fen. */
function Whole({ pools }: { pools: ReturnType<typeof useAnswer<'readPools'>> }): ReactElement {
  const { t } = useTranslation('pool')
  const sum = (name: (typeof AMOUNTS)[number]): bigint =>
    pools.parts.reduce((total, part) => total + BigInt(part[name]), 0n)
  return (
    <Reckoning
      lines={[
        { id: 'appropriated', label: t('whole.appropriated'), value: { fen: pools.appropriatedFen } },
        { id: 'withdrawn', label: t('whole.withdrawn'), value: { fen: -BigInt(pools.withdrawnFen) } },
        { id: 'unallotted', label: t('whole.unallotted'), value: { fen: -BigInt(pools.unallottedFen) } },
        { id: 'reserved', label: t('column.reservedFen'), value: { fen: -sum('reservedFen') } },
        { id: 'granted', label: t('column.grantedFen'), value: { fen: -sum('grantedFen') } },
        { id: 'returned', label: t('column.returnedFen'), value: { fen: sum('returnedFen') } },
      ]}
      total={{ label: t('whole.left'), value: { fen: sum('leftFen') } }}
    />
  )
}

function useColumns(): readonly Column<Part>[] {
  const { t } = useTranslation('pool')
  const nameOf = usePartName()
  return [
    {
      id: 'part',
      label: t('column.part'),
      leads: true,
      text: nameOf,
      cell: (part) => (
        <>
          {nameOf(part)}
          <small>{noteOf(part, t)}</small>
        </>
      ),
    },
    ...AMOUNTS.map((name): Column<Part> => ({
      id: name,
      label: t(`column.${name}`),
      numeric: true,
      text: (part) => ledgerMoney(part[name]),
      cell: (part) => <Money fen={part[name]} />,
    })),
  ]
}

function noteOf(part: Part, t: ReturnType<typeof useTranslation<'pool'>>['t']): string {
  const notes = [
    ...(part.funded ? [] : [t('part.unfunded')]),
    ...(part.cityShare === null ? [] : [t('part.share', { share: part.cityShare })]),
    ...(part.restPaidBy === null ? [] : [t(`part.rest.${part.restPaidBy}`)]),
    ...(part.waitingApplications === 0 ? [] : [t('part.waiting', { count: part.waitingApplications })]),
  ]
  return notes.join(' · ')
}
