import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { VoucherCard } from '../../components/voucher-card.tsx'

export type VoucherRow = Answer<'listVouchers'>['items'][number]

/** A voucher as a card that opens its page. */
export function VoucherLink({ voucher }: { voucher: VoucherRow }): ReactElement {
  return (
    <Link className="voucher-link" to="/vouchers/$id" params={{ id: voucher.id }}>
      <Voucher voucher={voucher} />
    </Link>
  )
}

export function Voucher({ voucher }: { voucher: VoucherRow }): ReactElement {
  const { t } = useTranslation('words')
  return (
    <VoucherCard
      number={voucher.oldNumber === null ? voucher.number : `${voucher.number} / ${voucher.oldNumber}`}
      issuedFen={voucher.amountFen}
      usableFen={voucher.usableFen}
      heldFen={voucher.heldFen}
      usedFen={voucher.redeemedFen}
      usableUntil={voucher.usableUntil}
      daysLeft={voucher.daysLeft}
      state={voucher.state === 'usable' ? undefined : t(`voucher.${voucher.state}`)}
    />
  )
}
