// Deduction at billing, the provider's desk: bills that a voucher can be deducted from, with what would come of each before
// it is done; and what was deducted, from the bill to the bank.
import { useNavigate } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { Money } from '../../components/money.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { ClaimList } from '../../features/settlement/claim-list.tsx'
import { MatchResult } from '../../features/settlement/match-result.tsx'
import { ledgerMoney } from '../../format/money.ts'

type Billable = Answer<'listBillable'>['items'][number]

interface Bill extends Omit<Billable, 'months'> {
  readonly month: string
  readonly ratedFen: string
}

export function Deductions(): ReactElement {
  const { t } = useTranslation('deduction')
  const { say } = useFormat()
  const { items } = useAnswer('listBillable')
  const bills = items.flatMap(({ months, ...voucher }) => months.map((month) => ({ ...voucher, ...month })))
  const total = bills.reduce((sum, { ratedFen }) => sum + BigInt(ratedFen), 0n)
  const [chosen, setChosen] = useState<Bill | null>(null)
  const reckon = useAct('matchDeduction')
  function choose(bill: Bill): void {
    setChosen(bill)
    reckon.mutate({ body: { voucherId: bill.voucherId, month: bill.month } })
  }
  return (
    <Page title={t('title', { count: bills.length, total: say(total) })} lead={t('lead')}>
      <ErrorNote error={reckon.error} />
      {chosen !== null && reckon.data !== undefined && (
        <OneBill bill={chosen} reckoned={reckon.data} onClose={() => setChosen(null)} />
      )}
      <Bills bills={bills} onChoose={choose} />
      <ClaimList to="/deductions/$id" empty={t('none')} search />
    </Page>
  )
}

interface BillsProps {
  readonly bills: readonly Bill[]
  readonly onChoose: (bill: Bill) => void
}

function Bills({ bills, onChoose }: BillsProps): ReactElement {
  const { t } = useTranslation('deduction')
  const columns: readonly Column<Bill>[] = [
    {
      id: 'firm',
      label: t('column.firm'),
      leads: true,
      text: (bill) => bill.organisationName,
      cell: (bill) => (
        <>
          {bill.organisationName}
          <small>
            {bill.contractNumber} · {bill.voucherNumber}
          </small>
        </>
      ),
    },
    { id: 'month', label: t('column.month'), text: (bill) => bill.month, cell: (bill) => bill.month },
    {
      id: 'rated',
      label: t('column.rated'),
      numeric: true,
      text: (bill) => ledgerMoney(bill.ratedFen),
      cell: (bill) => <Money fen={bill.ratedFen} form="ledger" />,
    },
    {
      id: 'usable',
      label: t('column.usable'),
      numeric: true,
      text: (bill) => ledgerMoney(bill.usableFen),
      cell: (bill) => <Money fen={bill.usableFen} form="ledger" />,
    },
    {
      id: 'act',
      label: t('column.act'),
      text: () => '',
      cell: (bill) => (
        <button type="button" className="button" data-kind="quiet" onClick={() => onChoose(bill)}>
          {t('reckon', { month: bill.month })}
        </button>
      ),
    },
  ]
  return (
    <Sheet title={t('bills')} aside={t('bills.count', { count: bills.length })}>
      <DataTable
        columns={columns}
        rows={bills}
        rowId={(bill) => `${bill.voucherId}/${bill.month}`}
        caption={t('bills')}
        allRows={async () => bills}
        empty={<EmptyState>{t('bills.empty')}</EmptyState>}
      />
    </Sheet>
  )
}

interface OneBillProps {
  readonly bill: Bill
  readonly reckoned: Answer<'matchDeduction'>
  readonly onClose: () => void
}

/** What would come of one bill; deducting it is the second look. */
function OneBill({ bill, reckoned, onClose }: OneBillProps): ReactElement {
  const { t } = useTranslation('deduction')
  const { read } = useFormat()
  const navigate = useNavigate()
  const body = { voucherId: bill.voucherId, month: bill.month }
  const act = useAct('makeDeduction', (made) => navigate({ to: '/deductions/$id', params: { id: made.id } }))
  const rest = BigInt(bill.ratedFen) - BigInt(reckoned.payableFen)
  const possible = reckoned.payableFen !== '0'
  return (
    <>
      <MatchResult result={reckoned} period={[bill.month, bill.month]} awaiting />
      <Sheet
        title={t('one.title', { firm: bill.organisationName, month: bill.month })}
        actions={
          <>
            <button
              type="button"
              className="button"
              disabled={!possible || act.isPending}
              onClick={() => act.mutate({ body })}
            >
              {t('deduct', { amount: read(reckoned.payableFen) })}
            </button>
            <button type="button" className="button" data-kind="quiet" onClick={onClose}>
              {t('not_now')}
            </button>
          </>
        }
      >
        <p className="sheet-body">
          {possible ? t('one.rest', { rest: read(rest) }) : t('one.nothing')}
          {reckoned.imprestFen !== null &&
            reckoned.imprestFen !== '0' &&
            ` ${t('one.imprest', { amount: read(reckoned.imprestFen) })}`}
        </p>
        <ErrorNote error={act.error} />
      </Sheet>
    </>
  )
}
