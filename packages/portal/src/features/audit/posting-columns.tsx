// Postings as rows: when, why, from which account to which, and what they carried out.
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import type { Column } from '../../components/data-table.tsx'
import { useDistrict } from '../../components/use-district.ts'
import { useFormat } from '../../components/use-format.ts'
import { ledgerMoney } from '../../format/money.ts'
import { ThingLink } from './thing-link.tsx'

export type Posting = Answer<'listPostings'>['items'][number]
export type Account = Posting['debit']

export function usePostingColumns(): readonly Column<Posting>[] {
  const { t } = useTranslation('audit')
  const { instant } = useFormat()
  const name = useAccountName()
  return [
    {
      id: 'sequence',
      label: t('column.sequence'),
      text: (row) => `${row.ledger}/${row.sequence}`,
      cell: (row) => (
        <Link to="/audit/journal/$id" params={{ id: row.id }}>
          {row.sequence}
        </Link>
      ),
    },
    { id: 'at', label: t('column.at'), text: (row) => row.at, cell: (row) => instant(row.at) },
    {
      id: 'reason',
      label: t('column.reason'),
      leads: true,
      text: (row) => `${t(`reason.${row.code}` as 'reason.issue')} ${t(`kind.${row.kind}`)}`,
      cell: (row) => (
        <>
          {t(`reason.${row.code}` as 'reason.issue')}
          <small>{t(`kind.${row.kind}`)}</small>
        </>
      ),
    },
    ...(['debit', 'credit'] as const).map((side): Column<Posting> => ({
      id: side,
      label: t(`column.${side}`),
      text: (row) => name(row[side]),
      cell: (row) => <AccountLink account={row[side]} />,
    })),
    {
      id: 'document',
      label: t('column.document'),
      text: (row) => row.document?.label ?? row.documentId,
      cell: (row) => (row.document === null ? '—' : <ThingLink thing={row.document} />),
    },
    {
      id: 'amount',
      label: t('column.amount'),
      numeric: true,
      text: (row) => (row.debit.unit === 'fen' ? ledgerMoney(row.amount) : row.amount),
      cell: (row) => <PostedAmount posting={row} />,
    },
  ]
}

export function PostedAmount({ posting }: { posting: Posting }): ReactElement {
  const { t } = useTranslation('audit')
  if (posting.debit.unit === 'times') return <>{t('amount.times', { count: Number(posting.amount) })}</>
  return <span className="money">{ledgerMoney(posting.amount)}</span>
}

/** The account's kind, and whose it is or what it is about. */
export function useAccountName(): (account: Account) => string {
  const { t } = useTranslation('audit')
  const about = useAbout()
  return (account) =>
    [t(`account.${account.code}` as 'account.pool'), about(account)].filter(Boolean).join(' · ')
}

/** Whose an account is or what it is about; a pool is told from the others of its programme by its district. */
function useAbout(): (account: Account) => string {
  const nameOf = useDistrict()
  return ({ code, holderName, holder, reference, district, year }) => {
    const place = code === 'pool' && !district.endsWith('00') ? nameOf(district) : ''
    return [reference || holderName || holder || place, year].filter(Boolean).join(' · ')
  }
}

export function AccountLink({ account }: { account: Account }): ReactElement {
  const { t } = useTranslation('audit')
  const about = useAbout()(account)
  return (
    <>
      <Link to="/audit/journal" search={{ account: account.id } as never}>
        {t(`account.${account.code}` as 'account.pool')}
      </Link>
      {about !== '' && <small>{about}</small>}
    </>
  )
}
