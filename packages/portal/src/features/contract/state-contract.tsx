// The provider's word on one contract: confirm, correct with a reason, or refuse.
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct } from '../../client/queries.ts'
import { ErrorNote } from '../../components/error-note.tsx'
import { AreaField, ChoiceField, TextField } from '../../components/field.tsx'
import { MoneyField } from '../../components/money-field.tsx'
import { Sheet } from '../../components/page.tsx'

type Contract = Answer<'listStatedContracts'>['items'][number]

const OUTCOMES = ['confirmed', 'corrected', 'refused'] as const
type Outcome = (typeof OUTCOMES)[number]

export function StateContract({
  contract,
  onClose,
}: {
  contract: Contract
  onClose: () => void
}): ReactElement {
  const { t } = useTranslation('contract')
  const { stated } = contract.confirmation
  const [outcome, setOutcome] = useState<Outcome>('confirmed')
  const [typed, setTyped] = useState(stated)
  const [reason, setReason] = useState('')
  const act = useAct('stateContract', onClose)
  function submit(event: FormEvent): void {
    event.preventDefault()
    const corrected = outcome === 'corrected' ? typed : null
    const body = { outcome, termsHash: contract.termsHash, corrected, reason: reason.trim() || null }
    act.mutate({ params: { id: contract.id }, body })
  }
  return (
    <Sheet title={t('act.title', { number: contract.number })} aside={contract.organisationName}>
      <form className="form" onSubmit={submit}>
        <div className="wide">
          <ChoiceField
            label={t('act.outcome')}
            value={outcome}
            onChange={(value) => setOutcome(value as Outcome)}
            choices={OUTCOMES.map((value) => ({ value, label: t(`act.${value}`) }))}
          />
        </div>
        {outcome === 'corrected' && <Correction terms={typed} onChange={setTyped} />}
        {outcome !== 'confirmed' && (
          <div className="wide">
            <AreaField label={t('act.reason')} value={reason} onChange={setReason} maxLength={500} />
          </div>
        )}
        <div className="wide stack">
          <ErrorNote error={act.error} />
          <button
            className="button"
            disabled={act.isPending || (outcome !== 'confirmed' && reason.trim().length < 2)}
          >
            {t('act.save')}
          </button>
        </div>
      </form>
    </Sheet>
  )
}

type Terms = Contract['confirmation']['stated']

/** The terms as they should be. */
function Correction({ terms, onChange }: { terms: Terms; onChange: (terms: Terms) => void }): ReactElement {
  const { t } = useTranslation('contract')
  const price = (chip: string, fen: string | undefined): void =>
    onChange({
      ...terms,
      prices: terms.prices.map((each) =>
        each.chip === chip ? { chip, priceFenPerCardHour: fen ?? '0' } : each,
      ),
    })
  return (
    <>
      <TextField
        label={t('act.cluster')}
        value={terms.cluster}
        onChange={(cluster) => onChange({ ...terms, cluster })}
        maxLength={40}
      />
      <TextField
        label={t('act.account')}
        value={terms.account}
        onChange={(account) => onChange({ ...terms, account })}
        maxLength={64}
      />
      {terms.prices.map(({ chip, priceFenPerCardHour }) => (
        <MoneyField
          key={chip}
          label={t('act.price', { chip })}
          fen={priceFenPerCardHour}
          onChange={(fen) => price(chip, fen)}
        />
      ))}
    </>
  )
}
