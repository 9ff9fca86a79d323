import { datesProblem } from '@suanquan/core/application'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { AreaField, TextField } from '../../components/field.tsx'
import { MoneyField } from '../../components/money-field.tsx'
import { Sheet } from '../../components/page.tsx'
import { useRemark } from './remark.ts'
import { withField, type Application, type Draft, type DraftForm } from './use-draft.ts'

type Plan = NonNullable<Draft['project']>

interface StepProps {
  readonly application: Application
  readonly form: DraftForm
}

/** The project as its firm plans it: what is promised here is what its acceptance is judged by. */
export function ProjectStep({ application, form }: StepProps): ReactElement {
  const { t } = useTranslation('application')
  const { project = {} } = form.draft
  const remark = useRemark(application)
  const set = <Key extends keyof Plan>(key: Key, value: Plan[Key] | undefined): void =>
    form.change({ ...form.draft, project: withField(project, key, value) })
  const dates = datesProblem(project)
  return (
    <Sheet title={t('project')} aside={t('project.aside')}>
      <div className="form">
        <div className="wide">
          <TextField
            label={t('field.project.title')}
            value={project.title ?? ''}
            onChange={(value) => set('title', value)}
            maxLength={120}
            {...remark('project.title')}
          />
        </div>
        <div className="wide">
          <AreaField
            label={t('field.project.plan')}
            help={t('field.project.plan.help')}
            rows={7}
            maxLength={4000}
            value={project.plan ?? ''}
            onChange={(value) => set('plan', value)}
            {...remark('project.plan')}
          />
        </div>
        <TextField
          label={t('field.project.startsOn')}
          type="date"
          value={project.startsOn ?? ''}
          onChange={(value) => set('startsOn', value)}
          {...remark('project.startsOn')}
        />
        <TextField
          label={t('field.project.endsOn')}
          type="date"
          value={project.endsOn ?? ''}
          onChange={(value) => set('endsOn', value)}
          {...remark('project.endsOn')}
          {...(dates === null ? {} : { error: t(`missing.dates.${dates}`) })}
        />
        <MoneyField
          label={t('field.project.budgetFen')}
          fen={project.budgetFen}
          onChange={(fen) => set('budgetFen', fen)}
          {...remark('project.budgetFen')}
        />
        <TextField
          label={t('field.project.items')}
          type="number"
          min="0"
          value={project.items === undefined ? '' : `${project.items}`}
          onChange={(value) => set('items', /^\d+$/.test(value) ? Number(value) : undefined)}
          {...remark('project.items')}
        />
      </div>
    </Sheet>
  )
}
