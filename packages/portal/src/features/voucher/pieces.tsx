// Where every fen of a voucher is and why: each piece with the claim it is held or redeemed for, or the posting that
// moved it.
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Money } from '../../components/money.tsx'
import { useFormat } from '../../components/use-format.ts'
import type { VoucherRow } from './voucher-link.tsx'

type Piece = VoucherRow['pieces'][number]

export function Pieces({
  voucher,
}: {
  voucher: Pick<VoucherRow, 'id' | 'pieces' | 'amountFen'>
}): ReactElement {
  const { t } = useTranslation('voucher')
  return (
    <dl className="pieces">
      {voucher.pieces.map((piece) => (
        <div key={`${piece.part}-${piece.sequence}`}>
          <dt>
            {t(`part.${piece.part}`)}
            <small>
              <Why voucherId={voucher.id} piece={piece} />
            </small>
          </dt>
          <dd>
            <Money fen={piece.fen} form="ledger" />
          </dd>
        </div>
      ))}
      <div data-total>
        <dt>{t('part.face')}</dt>
        <dd>
          <Money fen={voucher.amountFen} form="ledger" />
        </dd>
      </div>
    </dl>
  )
}

function Why({ voucherId, piece }: { voucherId: string; piece: Piece }): ReactElement {
  const { t } = useTranslation('voucher')
  const { day } = useFormat()
  const posting = (
    <Link to="/vouchers/$id" params={{ id: voucherId }} hash={`posting-${piece.sequence}`}>
      {t('piece.posting', { sequence: piece.sequence })}
    </Link>
  )
  if (piece.claim === null || (piece.part !== 'held' && piece.part !== 'redeemed'))
    return (
      <>
        {t(`piece.${piece.part === 'returned' ? piece.code : piece.part}` as 'piece.usable')} {posting}
      </>
    )
  return (
    <>
      {t(piece.part === 'held' ? 'piece.held' : 'piece.redeemed')}{' '}
      <Link to="/claims/$id" params={{ id: piece.claim.id }}>
        {piece.claim.number}
      </Link>{' '}
      {posting}
      {piece.heldUntil !== null && <> · {t('piece.held_until', { day: day(piece.heldUntil) })}</>}
    </>
  )
}
