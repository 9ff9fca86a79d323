// One imprest: how its balance came about, where the outstanding money is, and every posting on it, as of any day.
import { Link, useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { allRows } from '../../client/all-rows.ts'
import { call, type Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { rolesOf, useSession } from '../../client/session.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Facts } from '../../components/facts.tsx'
import { PAGE_SIZE, Pager, useListFilter } from '../../components/list-filter.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { Reckoning } from '../../components/reckoning.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { AsOf, useAsOf } from '../../features/ledger/as-of.tsx'
import { ledgerMoney } from '../../format/money.ts'

type Imprest = Answer<'readImprest'>
type Line = Imprest['lines'][number]

export function ImprestPage(): ReactElement {
  const { t } = useTranslation('imprest')
  const { say, instant } = useFormat()
  const text = useSay()
  const { id } = useParams({ from: '/signed-in/imprests/$id' })
  const [{ page = 1 }] = useListFilter()
  const query = useAsOf()
  const imprest = useAnswer('readImprest', { params: { id }, query: { ...query, page, size: PAGE_SIZE } })
  const columns = useColumns()
  return (
    <Page
      crumbs={[{ label: t('crumb'), to: '/imprests' }, { label: imprest.providerName }]}
      title={t('title.one', { provider: imprest.providerName, left: say(imprest.leftFen) })}
      lead={text(imprest.programme)}
      provenance={t('provenance', { at: instant(imprest.asOf), sequence: imprest.sequence })}
    >
      <Columns main={<Balance imprest={imprest} />} side={<Terms imprest={imprest} />} />
      <Sheet title={t('lines')} aside={t('count', { count: imprest.total })}>
        <AsOf />
        <DataTable
          columns={columns}
          rows={imprest.lines}
          rowId={(row) => `${row.sequence}`}
          caption={t('lines')}
          allRows={() => allRows((at, size) => linesOf(id, { ...query, page: at, size }))}
          empty={<EmptyState>{t('lines.empty')}</EmptyState>}
        />
        <Pager total={imprest.total} />
      </Sheet>
    </Page>
  )
}

async function linesOf(
  id: string,
  query: { readonly page: number; readonly size: number },
): Promise<{ items: readonly Line[]; total: number }> {
  const { lines, total } = await call('readImprest', { params: { id }, query })
  return { items: lines, total }
}

function Balance({ imprest }: { imprest: Imprest }): ReactElement {
  const { t } = useTranslation('imprest')
  const taken = (fen: string): { fen: bigint } => ({ fen: -BigInt(fen) })
  return (
    <>
      <Sheet title={t('reckoning')}>
        <Reckoning
          lines={[
            { id: 'advanced', label: t('advanced'), value: { fen: imprest.advancedFen } },
            { id: 'drawn', label: t('drawn'), value: taken(imprest.drawnFen) },
            { id: 'refilled', label: t('refilled'), value: { fen: imprest.refilledFen } },
            { id: 'drawn_back', label: t('drawn_back'), value: { fen: imprest.drawnBackFen } },
            { id: 'returned', label: t('returned'), value: taken(imprest.returnedFen) },
          ]}
          total={{ label: t('is_left'), value: { fen: imprest.leftFen } }}
        />
      </Sheet>
      <Sheet title={t('where')}>
        <Reckoning
          lines={[
            { id: 'left', label: t('is_left'), value: { fen: imprest.leftFen } },
            { id: 'open', label: t('open'), value: { fen: imprest.openFen } },
            { id: 'owed', label: t('owed'), value: { fen: imprest.owedFen } },
          ]}
          total={{ label: t('outstanding'), value: { fen: imprest.outstandingFen } }}
        />
      </Sheet>
    </>
  )
}

function Terms({ imprest }: { imprest: Imprest }): ReactElement {
  const { t } = useTranslation('imprest')
  const { day, read } = useFormat()
  const session = useSession()
  const reads =
    session !== null && ['finance', 'auditor'].some((role) => rolesOf(session).has(role as 'finance'))
  const { returnBy, outstandingSince: since, ageDays: days, overdueFen, advancableFen, beyond } = imprest
  return (
    <Sheet title={t('facts')}>
      <Facts
        facts={[
          {
            id: 'return',
            label: t('column.return_by'),
            value: returnBy === null ? t('none_open') : day(returnBy),
            ...(overdueFen === '0' ? {} : { source: t('overdue', { amount: read(overdueFen) }) }),
          },
          ...(since === null || days === null
            ? []
            : [{ id: 'age', label: t('column.age'), value: t('days', { count: days }), source: day(since) }]),
          ...(beyond === null
            ? []
            : [
                {
                  id: 'limit',
                  label: t('advanced'),
                  value: read(imprest.advancedFen),
                  source: t('advancable', { amount: read(advancableFen) }),
                },
                { id: 'beyond', label: t('drawn'), value: t(`beyond.${beyond}`) },
              ]),
        ]}
      />
      {reads && (
        <p className="sheet-body">
          <Link to="/finance/statement" search={{ q: imprest.id } as never}>
            {t('statement')}
          </Link>
        </p>
      )}
    </Sheet>
  )
}

function useColumns(): readonly Column<Line>[] {
  const { t } = useTranslation('imprest')
  const { instant } = useFormat()
  const amount = (id: 'amount_in' | 'amount_out' | 'balance', of: (row: Line) => string): Column<Line> => {
    const write = (row: Line): string => (of(row) === '0' && id !== 'balance' ? '' : ledgerMoney(of(row)))
    return { id, label: t(`column.${id}`), numeric: true, text: write, cell: write }
  }
  return [
    {
      id: 'line',
      label: t('column.line'),
      leads: true,
      text: (row) => `${t(`code.${row.code}` as 'code.advance')} ${row.reference}`,
      cell: (row) => (
        <>
          {t(`code.${row.code}` as 'code.advance')}
          <small>{row.reference}</small>
        </>
      ),
    },
    { id: 'at', label: t('column.at'), text: (row) => row.at, cell: (row) => instant(row.at) },
    amount('amount_in', (row) => row.inFen),
    amount('amount_out', (row) => row.outFen),
    amount('balance', (row) => row.balanceFen),
  ]
}
