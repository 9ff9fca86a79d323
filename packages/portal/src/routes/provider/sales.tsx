// What a centre has sold, by buyer, as the platform metered it; from here it applies for support of a sale.
import { ways } from '@suanquan/core/application'
import { Link, useNavigate } from '@tanstack/react-router'
import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { call, type Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { organisationOf, useSession } from '../../client/session.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState, Note } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { Money } from '../../components/money.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { ledgerMoney } from '../../format/money.ts'

type Sale = Answer<'listSales'>['items'][number]

export function Sales(): ReactElement {
  const { t } = useTranslation('contract')
  const { say } = useFormat()
  const { items } = useAnswer('listSales')
  const open = useAnswer('listAdoptions').items.find(
    ({ open: isOpen, way }) => isOpen && ways[way].applicant === 'provider',
  )
  const left = items.reduce(
    (sum, { leftFen, related }) => (related === true ? sum : sum + BigInt(leftFen)),
    0n,
  )
  const apply = useApply(open?.id ?? null)
  const columns = useColumns(open === undefined ? null : apply.mutate)
  return (
    <Page
      title={left === 0n ? t('sales.title.none') : t('sales.title', { amount: say(left) })}
      lead={t('sales.lead')}
    >
      {open === undefined && <Note tone="waits">{t('sales.closed')}</Note>}
      <ErrorNote error={apply.error} />
      <Sheet
        title={t('sales.sheet')}
        aside={t('sales.count', { count: items.length })}
        actions={open === undefined ? undefined : <Link to="/apply">{t('sales.other')}</Link>}
      >
        <DataTable
          columns={columns}
          rows={items}
          rowId={({ contractId }) => contractId}
          caption={t('sales.sheet')}
          allRows={async () => items}
          empty={<EmptyState>{t('sales.empty')}</EmptyState>}
        />
      </Sheet>
    </Page>
  )
}

/** A draft with the contract as it is registered, to be completed with its proofs. */
function useApply(adoptionId: string | null): ReturnType<typeof useMutation<void, Error, Sale>> {
  const navigate = useNavigate()
  const organisationId = organisationOf(useSession()!, 'provider')!
  return useMutation({
    mutationFn: async ({ contract }: Sale) => {
      const opened = await call('openDraft', { body: { adoptionId: adoptionId!, organisationId } })
      const params = { id: opened.id }
      await call('saveDraft', { params, query: {}, body: { ...opened.draft, contract } })
      await navigate({ to: '/applications/$id/edit', params, search: { step: 'contract' } as never })
    },
  })
}

type Amount = 'ratedFen' | 'buyerSettledFen' | 'ownSettledFen' | 'leftFen'

function useColumns(onApply: ((sale: Sale) => void) | null): readonly Column<Sale>[] {
  const { t } = useTranslation('contract')
  const { day } = useFormat()
  const money = (id: Amount, label: string): Column<Sale> => ({
    id,
    label,
    numeric: true,
    text: (sale) => ledgerMoney(sale[id]),
    cell: (sale) => <Money fen={sale[id]} form="ledger" />,
  })
  const related = ({ related: said }: Sale): string =>
    t(`sales.related.${said === null ? 'unknown' : said ? 'yes' : 'no'}`)
  return [
    {
      id: 'buyer',
      label: t('sales.column.buyer'),
      leads: true,
      text: (sale) => `${sale.buyerName} ${sale.number}`,
      cell: (sale) => (
        <>
          {sale.buyerName}
          <small>
            {sale.number} · {t('terms.term', { from: day(sale.startsOn), to: day(sale.endsOn) })}
          </small>
        </>
      ),
    },
    money('ratedFen', t('sales.column.rated')),
    money('buyerSettledFen', t('sales.column.by_buyer')),
    money('ownSettledFen', t('sales.column.own')),
    money('leftFen', t('sales.column.left')),
    { id: 'related', label: t('sales.column.related'), text: related, cell: related },
    {
      id: 'act',
      label: t('sales.column.act'),
      text: ({ application }) => application?.number ?? '',
      cell: (sale) => <Act sale={sale} onApply={onApply} />,
    },
  ]
}

interface ActProps {
  readonly sale: Sale
  readonly onApply: ((sale: Sale) => void) | null
}

function Act({ sale, onApply }: ActProps): ReactElement | null {
  const { t } = useTranslation('contract')
  const { application } = sale
  if (application !== null)
    return (
      <Link to="/applications/$id" params={{ id: application.id }}>
        {t('sales.see')}
        <span className="unseen"> {application.number}</span>
      </Link>
    )
  if (onApply === null || sale.leftFen === '0' || sale.related === true) return null
  return (
    <button type="button" className="button-link" onClick={() => onApply(sale)}>
      {t('sales.apply')}
      <span className="unseen"> {sale.number}</span>
    </button>
  )
}
