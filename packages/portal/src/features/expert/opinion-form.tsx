// An expert's opinion: a score for each criterion, a recommendation and the reason; or standing aside.
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../client/queries.ts'
import { ErrorNote } from '../../components/error-note.tsx'
import { AreaField, ChoiceField, TextField } from '../../components/field.tsx'
import { Sheet } from '../../components/page.tsx'
import { ReasonedAct } from '../../components/reasoned-act.tsx'
import { RECOMMENDATIONS, type Panel, type Recommendation } from './words.ts'

interface OpinionFormProps {
  readonly panel: Panel
  /** after standing aside nothing is left to read here */
  readonly onAside: () => void
}

export function OpinionForm({ panel, onAside }: OpinionFormProps): ReactElement {
  const { t } = useTranslation('expert')
  const params = { id: panel.id }
  const [typed, setTyped] = useState<readonly string[]>(panel.criteria.map(() => ''))
  const [recommendation, setRecommendation] = useState<Recommendation | ''>('')
  const [remark, setRemark] = useState('')
  const give = useAct('giveOpinion')
  const aside = useAct('standAside', onAside)
  const points = typed.map(pointsOf)
  const whole = points.every((each) => each !== null)
  const ready = whole && recommendation !== '' && remark.trim().length >= 2
  function submit(): void {
    if (recommendation === '' || !whole) return
    give.mutate({ params, body: { points: points.filter((each) => each !== null), recommendation, remark } })
  }
  return (
    <Sheet
      title={t('opinion')}
      actions={
        <>
          <button type="button" className="button" disabled={!ready || give.isPending} onClick={submit}>
            {t('opinion.give')}
          </button>
          <ReasonedAct
            label={t('aside')}
            title={t('aside.title')}
            reasonLabel={t('aside.reason')}
            act={aside}
            onAct={(reason) => aside.mutateAsync({ params, body: { reason } })}
          />
          {!ready && <span className="note">{t('opinion.missing')}</span>}
        </>
      }
    >
      <div className="sheet-body stack">
        {panel.criteria.map(({ text, weight }, index) => (
          <TextField
            key={text}
            label={t('opinion.score', { criterion: text, weight })}
            inputMode="numeric"
            maxLength={3}
            value={typed[index]!}
            error={typed[index] === '' || points[index] !== null ? undefined : t('opinion.score_wrong')}
            onChange={(value) => setTyped(typed.map((each, at) => (at === index ? value : each)))}
          />
        ))}
        <ChoiceField
          label={t('opinion.recommendation')}
          value={recommendation}
          onChange={(value) => setRecommendation(value as Recommendation)}
          choices={RECOMMENDATIONS.map((value) => ({ value, label: t(`recommend.${value}`) }))}
        />
        <AreaField
          label={t('opinion.remark')}
          help={t('opinion.stays')}
          rows={5}
          value={remark}
          onChange={setRemark}
          maxLength={2000}
        />
        <ErrorNote error={give.error} />
      </div>
    </Sheet>
  )
}

/** Whole points from 0 to 100, or null. */
function pointsOf(typed: string): number | null {
  return /^(100|[1-9]?\d)$/.test(typed.trim()) ? Number(typed.trim()) : null
}
