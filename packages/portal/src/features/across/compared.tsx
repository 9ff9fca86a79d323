// Two offers beside each other: what each costs, what the best lawful combination gives for it, and what is left to pay.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import type { Typed } from '../calculator/rules.ts'
import type { Reckoned } from './reckon.ts'

interface ComparedProps {
  readonly offers: readonly Typed[]
  readonly reckoned: readonly Reckoned[]
}

interface Price {
  readonly amount: bigint | null
  readonly given: bigint | null
  readonly left: bigint | null
}

function priceOf(offer: Typed, reckoned: Reckoned | undefined): Price {
  const typed = offer['contract.amount']
  const amount = typeof typed === 'string' && typed !== '' ? BigInt(typed) : null
  const given = reckoned?.best?.totalFen ?? null
  return { amount, given, left: amount === null || given === null ? null : amount - given }
}

export function Compared({ offers, reckoned }: ComparedProps): ReactElement {
  const { t } = useTranslation('across')
  const { say, read } = useFormat()
  const prices = offers.map((offer, index) => priceOf(offer, reckoned[index]))
  const money = (fen: bigint | null): string => (fen === null ? '—' : read(fen))
  const [first, second] = [prices[0]!.left, prices[1]!.left]
  const difference = first === null || second === null ? null : first - second
  return (
    <Sheet title={t('compared')}>
      <div className="table-room" tabIndex={0} role="group" aria-label={t('compared')}>
        <table className="across-table">
          <thead>
            <tr>
              <th scope="col">{t('offer')}</th>
              <th scope="col" className="number">
                {t('compared.amount')}
              </th>
              <th scope="col" className="number">
                {t('compared.given')}
              </th>
              <th scope="col" className="number">
                {t('compared.left')}
              </th>
            </tr>
          </thead>
          <tbody>
            {prices.map(({ amount, given, left }, index) => (
              <tr key={index}>
                <th scope="row">{t(index === 0 ? 'offer.first' : 'offer.second')}</th>
                <td className="number">{money(amount)}</td>
                <td className="number">{money(given)}</td>
                <td className="number">{money(left)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {difference !== null && (
        <p className="sheet-body">
          {difference === 0n
            ? t('compared.same')
            : t(difference > 0n ? 'compared.second' : 'compared.first', {
                amount: say(difference > 0n ? difference : -difference),
              })}
        </p>
      )}
    </Sheet>
  )
}
