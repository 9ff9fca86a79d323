// The facts, once for the firm and once for each offer: only questions that still matter for a programme that is still
// possible, the ones that most programmes wait for first.
import { cnVoucherFacts, type Fact } from '@suanquan/core/policy'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Sheet } from '../../components/page.tsx'
import { useSay } from '../../components/use-say.ts'
import { FactField } from '../calculator/fact-form.tsx'
import type { Typed } from '../calculator/rules.ts'
import { isOfOffer, shownQuestions } from './questions.ts'
import type { Words } from './reckon.ts'

interface AcrossFormProps {
  readonly firm: Typed
  readonly offers: readonly Typed[]
  readonly chosen: number
  readonly places: ReadonlyMap<string, Words>
  readonly matter: Readonly<Record<string, number>>
  readonly onFirm: (firm: Typed) => void
  readonly onOffers: (offers: readonly Typed[]) => void
  readonly onChoose: (chosen: number) => void
}

export function AcrossForm(props: AcrossFormProps): ReactElement {
  const { firm, offers, chosen, matter, onFirm, onOffers } = props
  const { t } = useTranslation('across')
  const offer = offers[chosen]!
  const { facts, more } = shownQuestions(matter, answeredIn([firm, ...offers]))
  const change = (typed: Typed): void =>
    onOffers(offers.map((each, index) => (index === chosen ? typed : each)))
  return (
    <>
      <Sheet title={t('form.firm')}>
        <Fields
          {...props}
          facts={facts.filter(({ path }) => !isOfOffer(path))}
          typed={firm}
          onChange={onFirm}
        />
      </Sheet>
      <Sheet title={t('form.offer')} aside={t('form.offer.why')}>
        <Offers {...props} />
        <Fields
          key={chosen}
          {...props}
          facts={facts.filter(({ path }) => isOfOffer(path))}
          typed={offer}
          onChange={change}
        />
      </Sheet>
      {more > 0 && <p className="quiet small">{t('form.more', { count: more })}</p>}
    </>
  )
}

function answeredIn(typed: readonly Typed[]): ReadonlySet<string> {
  const answers = typed.flatMap((each) => Object.entries(each))
  return new Set(answers.filter(([, value]) => value !== '').map(([path]) => path))
}

interface FieldsProps extends Pick<AcrossFormProps, 'places'> {
  readonly facts: readonly Fact[]
  readonly typed: Typed
  readonly onChange: (typed: Typed) => void
}

function Fields({ facts, typed, onChange, places }: FieldsProps): ReactElement {
  const text = useSay()
  const nameOf = (code: string): string => {
    const place = places.get(code)
    return place === undefined ? code : text(place)
  }
  return (
    <div className="form across-form">
      {facts.map((fact) => (
        <div key={fact.path} className="wide">
          <FactField
            fact={fact}
            facts={facts}
            schema={cnVoucherFacts}
            districts={[...places.keys()].filter((code) => code !== '100000').toSorted()}
            nameOf={nameOf}
            typed={typed}
            onChange={onChange}
          />
        </div>
      ))}
    </div>
  )
}

/** One offer, or two beside each other; the second begins as a copy of the first. */
function Offers({ offers, chosen, onOffers, onChoose }: AcrossFormProps): ReactElement {
  const { t } = useTranslation('across')
  if (offers.length === 1) {
    return (
      <div className="sheet-body row-of across-offers">
        <button
          type="button"
          className="button-link"
          onClick={() => {
            onOffers([offers[0]!, { ...offers[0]! }])
            onChoose(1)
          }}
        >
          {t('form.second')}
        </button>
      </div>
    )
  }
  return (
    <div className="sheet-body row-of across-offers" role="group" aria-label={t('form.which')}>
      {offers.map((_, index) => (
        <button
          type="button"
          key={index}
          className="button"
          data-kind={index === chosen ? undefined : 'second'}
          aria-pressed={index === chosen}
          onClick={() => onChoose(index)}
        >
          {t(index === 0 ? 'offer.first' : 'offer.second')}
        </button>
      ))}
      <button
        type="button"
        className="button-link"
        onClick={() => {
          onOffers([offers[0]!])
          onChoose(0)
        }}
      >
        {t('form.one')}
      </button>
    </div>
  )
}
