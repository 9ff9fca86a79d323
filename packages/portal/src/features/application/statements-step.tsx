import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { AreaField, CheckField, ChoiceField } from '../../components/field.tsx'
import { Sheet } from '../../components/page.tsx'
import { useRemark } from './remark.ts'
import { StatedFact } from './stated-fact.tsx'
import { withField, type Application, type DraftForm, type Statements } from './use-draft.ts'

const QUESTIONS = ['relatedParties', 'otherCitySubsidy'] as const

interface StepProps {
  readonly application: Application
  readonly form: DraftForm
}

/** What only the firm itself can say; it answers for it. */
export function StatementsStep({ application, form }: StepProps): ReactElement {
  const { t } = useTranslation('application')
  const { statements } = form.draft
  const remark = useRemark(application)
  const { project } = application.asks
  // a project has no counterparty and says in its plan what it is for
  const questions = project ? (['otherCitySubsidy'] as const) : QUESTIONS
  const set = <Key extends keyof Statements>(key: Key, value: Statements[Key] | undefined): void =>
    form.change({ ...form.draft, statements: withField(statements, key, value) })
  return (
    <Sheet title={t('statements')} aside={t('statements.why')}>
      <div className="form">
        {questions.map((question) => (
          <div className="wide" key={question}>
            <ChoiceField
              label={t(`statement.${question}` as 'statement.relatedParties', {
                context: application.asks.counterparty,
              })}
              value={statements[question] === undefined ? '' : statements[question] ? 'yes' : 'no'}
              onChange={(value) => set(question, value === 'yes')}
              disabled={remark(`statements.${question}`).disabled}
              choices={[
                { value: 'no', label: t('no') },
                { value: 'yes', label: t('yes') },
              ]}
            />
          </div>
        ))}
        {application.asks.declared.map((asked) => (
          <div className={asked.type === 'bool' ? 'wide' : undefined} key={asked.fact}>
            <StatedFact
              asked={asked}
              value={statements.declared?.[asked.fact]}
              onChange={(value) => set('declared', withField(statements.declared ?? {}, asked.fact, value))}
              {...remark(`statements.${asked.fact}`)}
            />
          </div>
        ))}
        {!project && (
          <div className="wide">
            <AreaField
              label={t('statement.purpose')}
              help={t('statement.purpose_help')}
              rows={4}
              maxLength={2000}
              value={statements.purpose ?? ''}
              onChange={(value) => set('purpose', value)}
              {...remark('statements.purpose')}
            />
          </div>
        )}
        <div className="wide">
          <CheckField
            checked={statements.truthful ?? false}
            onChange={(checked) => set('truthful', checked)}
            disabled={remark('statements.truthful').disabled}
          >
            {t('statement.truthful')}
          </CheckField>
        </div>
      </div>
    </Sheet>
  )
}
