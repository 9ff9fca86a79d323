// One contract's statement, the same page for firm, centre and office: where each month's money went, why what is unpaid is
// unpaid, the match of every claim, and the place to dispute a month.
import { Link, useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState, Note } from '../../components/empty-state.tsx'
import { Facts } from '../../components/facts.tsx'
import { Money } from '../../components/money.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { MonthBars } from '../../features/dispute/month-bars.tsx'
import { OpenDispute } from '../../features/dispute/open-dispute.tsx'
import { MatchSheet } from '../../features/settlement/match-result.tsx'
import { ledgerMoney } from '../../format/money.ts'

type Statement = Answer<'readStatement'>
type Month = Statement['byMonth'][number]

export function StatementPage(): ReactElement {
  const { t } = useTranslation('statement')
  const { id } = useParams({ from: '/signed-in/statements/$id' })
  const statement = useAnswer('readStatement', { params: { id } })
  const { say } = useFormat()
  return (
    <Page
      crumbs={[{ label: t('crumb'), to: '/statements' }, { label: statement.contractNumber }]}
      title={t('title', {
        rated: say(statement.ratedFen),
        voucher: say(statement.voucherFen),
        own: say(statement.ownFen),
        unpaid: say(statement.unpaidFen),
      })}
      lead={t('lead', { firm: statement.organisationName, centre: statement.providerName })}
      provenance={t('provenance')}
    >
      {statement.faults.length > 0 && <Note tone="stopped">{t('fault')}</Note>}
      <Columns
        main={
          <>
            <MonthBars months={statement.byMonth} />
            <Months statement={statement} />
            <Unpaid months={statement.byMonth} />
            <Claims statement={statement} />
          </>
        }
        side={
          <>
            <OpenDispute statement={statement} />
            <About statement={statement} />
          </>
        }
      />
    </Page>
  )
}

/** The four legs of every claim that stands, with the sentence of each difference. */
function Claims({ statement }: { statement: Statement }): ReactElement {
  const { t } = useTranslation('statement')
  return (
    <>
      {statement.claims.map((claim) => (
        <section key={claim.id} className="stack">
          <p>
            <Link to="/claims/$id" params={{ id: claim.id }}>
              {t('claim', { number: claim.number })}
            </Link>
          </p>
          {claim.matched === null ? (
            <Note tone="waits">{t('claim.unmatched')}</Note>
          ) : (
            <MatchSheet matched={claim.matched} period={[claim.periodFrom, claim.periodTo]} />
          )}
        </section>
      ))}
    </>
  )
}

function About({ statement }: { statement: Statement }): ReactElement {
  const { t } = useTranslation('statement')
  const { day } = useFormat()
  const lines = (
    <Link to="/contracts/$id/usage" params={{ id: statement.contractId }}>
      {t('lines.open')}
    </Link>
  )
  const disputes = <Link to="/disputes">{t('disputes.open', { count: statement.disputes })}</Link>
  return (
    <Sheet title={t('about')}>
      <Facts
        facts={[
          { id: 'firm', label: t('firm'), value: statement.organisationName },
          { id: 'centre', label: t('centre'), value: statement.providerName },
          { id: 'term', label: t('term'), value: `${day(statement.startsOn)} – ${day(statement.endsOn)}` },
          { id: 'lines', label: t('lines'), value: lines },
          { id: 'disputes', label: t('disputes'), value: disputes },
        ]}
      />
    </Sheet>
  )
}

const AMOUNTS = ['openingFen', 'ratedFen', 'voucherFen', 'ownFen', 'unpaidFen', 'closingFen'] as const

function Months({ statement }: { statement: Statement }): ReactElement {
  const { t } = useTranslation('statement')
  const columns: readonly Column<Month>[] = [
    {
      id: 'month',
      label: t('column.month'),
      leads: true,
      text: (row) => row.month,
      cell: (row) => row.month,
    },
    ...AMOUNTS.map((name): Column<Month> => ({
      id: name,
      label: t(`amount.${name}`),
      numeric: true,
      text: (row) => ledgerMoney(row[name]),
      cell: (row) => <Money fen={row[name]} form="ledger" />,
    })),
  ]
  return (
    <Sheet title={t('months.sheet')} aside={t('months.sum')}>
      <DataTable
        columns={columns}
        rows={statement.byMonth}
        rowId={(row) => row.month}
        caption={t('months.sheet')}
        fileName={`${statement.contractNumber}-statement`}
        empty={<EmptyState>{t('months.none')}</EmptyState>}
      />
    </Sheet>
  )
}

interface Reason {
  readonly month: string
  readonly code: string
  readonly why: string
  readonly amountFen: string
}

/** Every unpaid part and every part that is not charged, with the sentence that all sides read. */
function Unpaid({ months }: { months: readonly Month[] }): ReactElement {
  const { t } = useTranslation('statement')
  const say = useSay()
  const rows = months.flatMap(({ month, unpaid, uncharged }): Reason[] => [
    ...unpaid.map(({ code, text, amountFen }) => ({ month, code, why: say(text), amountFen })),
    ...uncharged.map(({ code, text, amountFen }) => ({
      month,
      code: `0-${code}`,
      why: t('uncharged', { why: say(text) }),
      amountFen,
    })),
  ])
  const columns: readonly Column<Reason>[] = [
    {
      id: 'month',
      label: t('column.month'),
      leads: true,
      text: (row) => row.month,
      cell: (row) => row.month,
    },
    { id: 'why', label: t('column.why'), text: (row) => row.why, cell: (row) => row.why },
    {
      id: 'fen',
      label: t('column.amount'),
      numeric: true,
      text: (row) => ledgerMoney(row.amountFen),
      cell: (row) => <Money fen={row.amountFen} form="ledger" />,
    },
  ]
  return (
    <Sheet title={t('unpaid.sheet')} aside={t('unpaid.count', { count: rows.length })}>
      <DataTable
        columns={columns}
        rows={rows}
        rowId={(row) => `${row.month} ${row.code}`}
        caption={t('unpaid.sheet')}
        fileName="unpaid"
        empty={<EmptyState>{t('unpaid.none')}</EmptyState>}
      />
    </Sheet>
  )
}
