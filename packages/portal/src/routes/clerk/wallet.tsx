// The firm's vouchers, those that end first on top: what can be used, what is held, what was used, what ends when, and for
// every fen why it is where it is. It can be read as it stood at the end of any day.
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../client/queries.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { TextField } from '../../components/field.tsx'
import { Facts } from '../../components/facts.tsx'
import { FilterRow, StateTabs, useFilters, useListFilter } from '../../components/list-filter.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { Reckoning } from '../../components/reckoning.tsx'
import { useFormat } from '../../components/use-format.ts'
import { Pieces } from '../../features/voucher/pieces.tsx'
import { VoucherLink, type VoucherRow } from '../../features/voucher/voucher-link.tsx'
import '../../features/voucher/voucher.css'

const STATES = ['usable', 'used', 'expired', 'revoked'] as const

export function Wallet(): ReactElement {
  const { t } = useTranslation(['voucher', 'words'])
  const { say, day } = useFormat()
  const [filter] = useListFilter()
  const [{ asOf = '' }, change] = useFilters(['asOf'])
  const query = { size: 200, ...(asOf === '' ? {} : { asOf }) }
  const vouchers = useAnswer('listVouchers', { query }).items
  const state = STATES.find((known) => known === filter.state)
  const usable = vouchers.filter((voucher) => voucher.state === 'usable')
  const total = sum(usable, 'usableFen')
  const shown = vouchers
    .filter((voucher) => state === undefined || voucher.state === state)
    .sort(
      (left, right) =>
        order(left.state) - order(right.state) || left.usableUntil.localeCompare(right.usableUntil),
    )
  const counted = { count: usable.length, total: say(total), day: asOf === '' ? '' : day(asOf) }
  const when = asOf === '' ? 'now' : 'then'
  return (
    <Page
      title={usable.length === 0 ? t(`wallet.none_${when}`, counted) : t(`wallet.title_${when}`, counted)}
      lead={t('wallet.lead')}
    >
      <FilterRow label={t('wallet.filter')}>
        <TextField
          label={t('wallet.as_of')}
          type="date"
          value={asOf}
          onChange={(value) => change({ asOf: value })}
        />
        <Link to="/credentials">{t('wallet.papers')}</Link>
      </FilterRow>
      {vouchers.length === 0 ? (
        <Sheet title={t('wallet')}>
          <EmptyState action={<Link to="/applications">{t('wallet.to_applications')}</Link>}>
            {t('wallet.empty')}
          </EmptyState>
        </Sheet>
      ) : (
        <>
          <Columns main={<Whole vouchers={vouchers} />} side={<Ending vouchers={usable} />} />
          <StateTabs
            label={t('wallet.states')}
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
              <OneVoucher key={voucher.id} voucher={voucher} />
            ))}
          </div>
        </>
      )}
    </Page>
  )
}

/** The voucher, where each fen of it is and why, and the way to its proof. */
function OneVoucher({ voucher }: { voucher: VoucherRow }): ReactElement {
  const { t } = useTranslation('voucher')
  return (
    <div className="wallet-voucher">
      <VoucherLink voucher={voucher} />
      <details>
        <summary>{t('wallet.why')}</summary>
        <Pieces voucher={voucher} />
        <Link to="/vouchers/$id" params={{ id: voucher.id }} hash="prove">
          {t('wallet.prove')}
        </Link>
      </details>
    </div>
  )
}

/** All vouchers together: each fen of their faces in one line. */
function Whole({ vouchers }: { vouchers: readonly VoucherRow[] }): ReactElement {
  const { t } = useTranslation('voucher')
  const lines = (
    [
      ['usable', 'usableFen'],
      ['held', 'heldFen'],
      ['redeemed', 'redeemedFen'],
      ['lapsed', 'lapsedFen'],
      ['returned', 'returnedFen'],
    ] as const
  ).map(([part, amount]) => ({ part, fen: sum(vouchers, amount) }))
  return (
    <Sheet title={t('wallet.whole')} aside={t('wallet.vouchers', { count: vouchers.length })}>
      <Reckoning
        lines={lines
          .filter(({ part, fen }) => fen !== 0n || part === 'usable')
          .map(({ part, fen }) => ({
            id: part,
            label: t(`part.${part}`),
            note: t(`part.${part}.note`),
            value: { fen },
          }))}
        total={{ label: t('part.face'), value: { fen: sum(vouchers, 'amountFen') } }}
      />
    </Sheet>
  )
}

/** What can still be used or is held, by its last day. */
function Ending({ vouchers }: { vouchers: readonly VoucherRow[] }): ReactElement {
  const { t } = useTranslation('voucher')
  const { day, read } = useFormat()
  const days = [...new Set(vouchers.map(({ usableUntil }) => usableUntil))].sort()
  return (
    <Sheet title={t('wallet.ending')}>
      {days.length === 0 ? (
        <EmptyState>{t('wallet.ending.none')}</EmptyState>
      ) : (
        <Facts
          facts={days.map((last) => {
            const own = vouchers.filter(({ usableUntil }) => usableUntil === last)
            return {
              id: last,
              label: day(last),
              value: read(sum(own, 'usableFen')),
              source: t('wallet.ending.left', { count: own[0]!.daysLeft, held: read(sum(own, 'heldFen')) }),
            }
          })}
        />
      )}
    </Sheet>
  )
}

type Amount = 'amountFen' | 'usableFen' | 'heldFen' | 'redeemedFen' | 'lapsedFen' | 'returnedFen'

function sum(vouchers: readonly VoucherRow[], amount: Amount): bigint {
  return vouchers.reduce((total, voucher) => total + BigInt(voucher[amount]), 0n)
}

function order(state: (typeof STATES)[number]): number {
  return state === 'usable' ? 0 : 1
}
