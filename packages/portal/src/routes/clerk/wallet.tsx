import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../client/queries.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { StateTabs, useListFilter } from '../../components/list-filter.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { VoucherLink } from '../../features/voucher/voucher-link.tsx'
import '../../features/voucher/voucher.css'

const STATES = ['usable', 'used', 'expired', 'revoked'] as const

/** All vouchers of the firm, those that end first on top. */
export function Wallet(): ReactElement {
  const { t } = useTranslation(['voucher', 'words'])
  const { say } = useFormat()
  const [filter] = useListFilter()
  const vouchers = useAnswer('listVouchers', { query: { size: 200 } }).items
  const state = STATES.find((known) => known === filter.state)
  const usable = vouchers.filter((voucher) => voucher.state === 'usable')
  const total = usable.reduce((sum, { usableFen }) => sum + BigInt(usableFen), 0n)
  const shown = vouchers
    .filter((voucher) => state === undefined || voucher.state === state)
    .sort(
      (left, right) =>
        order(left.state) - order(right.state) || left.usableUntil.localeCompare(right.usableUntil),
    )
  return (
    <Page
      title={
        usable.length === 0
          ? t('wallet.none')
          : t('wallet.title', { count: usable.length, total: say(total) })
      }
      lead={t('wallet.lead')}
    >
      {vouchers.length === 0 ? (
        <Sheet title={t('wallet')}>
          <EmptyState action={<Link to="/applications">{t('wallet.to_applications')}</Link>}>
            {t('wallet.empty')}
          </EmptyState>
        </Sheet>
      ) : (
        <>
          <StateTabs
            label={t('wallet.filter')}
            choices={[
              { value: '', label: t('wallet.all'), count: vouchers.length },
              ...STATES.map((value) => ({
                value,
                label: t(`words:voucher.${value}`),
                count: vouchers.filter((voucher) => voucher.state === value).length,
              })).filter(({ count }) => count > 0),
            ]}
          />
          <div className="wallet">
            {shown.map((voucher) => (
              <VoucherLink key={voucher.id} voucher={voucher} />
            ))}
          </div>
        </>
      )}
    </Page>
  )
}

function order(state: (typeof STATES)[number]): number {
  return state === 'usable' ? 0 : 1
}
