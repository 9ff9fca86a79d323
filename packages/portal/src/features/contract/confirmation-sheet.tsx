// What the provider says of a contract, for firm and reviewer: an unconfirmed contract is never silently trusted.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { Facts } from '../../components/facts.tsx'
import { Sheet } from '../../components/page.tsx'
import { StatusTag, type Tone } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'

type Confirmation = NonNullable<Answer<'readClaim'>['confirmation']>
type Terms = Confirmation['stated']

export const CONFIRMATION_TONES: Readonly<Record<Confirmation['state'], Tone>> = {
  unconfirmed: 'waits',
  confirmed: 'done',
  corrected: 'stopped',
  refused: 'stopped',
}

export function ConfirmationSheet({ confirmation }: { confirmation: Confirmation }): ReactElement {
  const { t } = useTranslation('contract')
  const { instant, read } = useFormat()
  const { state, saidAt, reason, stated, corrected, demanded } = confirmation
  const key = state === 'unconfirmed' && demanded ? 'unconfirmed_demanded' : state
  const said = (terms: Terms): ReactElement[] =>
    [
      t('terms.account', { ...terms }),
      ...terms.prices.map(({ chip, priceFenPerCardHour }) =>
        t('terms.price', { chip, price: read(priceFenPerCardHour) }),
      ),
    ].map((line) => <div key={line}>{line}</div>)
  const both = [
    { id: 'stated', label: t('sheet.stated'), value: said(stated) },
    ...(corrected === null ? [] : [{ id: 'said', label: t('sheet.said'), value: said(corrected) }]),
  ]
  return (
    <Sheet title={t('sheet')}>
      <div className="sheet-body stack">
        <StatusTag tone={CONFIRMATION_TONES[state]}>{t(`state.${state}`)}</StatusTag>
        <p>
          {t(`sheet.${key}`, { at: saidAt === null ? '' : instant(saidAt) })} {reason}
        </p>
      </div>
      {state !== 'confirmed' && <Facts facts={both} />}
    </Sheet>
  )
}
