// A voucher with the notched edge of a split tally: what can be used, what is held, what it was; how long it lives.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { readDay } from '../format/time.ts'
import { readMoney, sayMoney, type FenValue } from '../format/money.ts'
import { useLanguage } from './use-language.ts'
import './voucher-card.css'

interface VoucherCardProps {
  readonly number: string
  readonly issuedFen: FenValue
  readonly usableFen: FenValue
  readonly heldFen: FenValue
  readonly usedFen: FenValue
  readonly usableUntil: string
  /** calendar days left, negative when it is past */
  readonly daysLeft: number
  /** a word for a voucher that is not simply usable */
  readonly state?: string | undefined
}

export function VoucherCard(props: VoucherCardProps): ReactElement {
  const { t } = useTranslation('components')
  const language = useLanguage()
  const amount = (fen: FenValue): string => sayMoney(fen, language)
  const dead = props.daysLeft < 0 || props.state !== undefined
  return (
    <div className="voucher" data-dead={dead || undefined}>
      <div className="voucher-left">
        <p className="voucher-small">
          {t('voucher.word')} · {props.number} · {t('voucher.bound')}
        </p>
        <p className="voucher-amount">{readMoney(props.usableFen, language)}</p>
        <Meter {...props} />
        <p className="voucher-small">
          {t('voucher.parts', {
            usable: amount(props.usableFen),
            held: amount(props.heldFen),
            used: amount(props.usedFen),
            issued: amount(props.issuedFen),
          })}
        </p>
      </div>
      <div className="voucher-right">
        <p className="voucher-small">{dead ? ' ' : t('voucher.left')}</p>
        <p className="voucher-days">
          {props.state ?? (dead ? t('voucher.expired') : t('voucher.days', { count: props.daysLeft }))}
        </p>
        <p className="voucher-small">{t('voucher.until', { day: readDay(props.usableUntil, language) })}</p>
      </div>
    </div>
  )
}

function Meter({ issuedFen, usableFen, heldFen }: VoucherCardProps): ReactElement {
  const share = (fen: FenValue): string => {
    const whole = BigInt(issuedFen)
    return whole === 0n ? '0%' : `${Number((BigInt(fen) * 1000n) / whole) / 10}%`
  }
  return (
    <div className="voucher-meter" aria-hidden="true">
      <i style={{ width: share(usableFen) }} />
      <i style={{ width: share(heldFen) }} />
    </div>
  )
}
