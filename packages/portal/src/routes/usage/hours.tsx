// 逐时用量: a contract's cards in use by hour or day, what it bought over them, and the hours that nobody read.
import { usageHoursPicture } from '@suanquan/api'
import { Link, useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { PictureFigure } from '../../charts/picture.tsx'
import { useAnswer } from '../../client/queries.ts'
import { TextField } from '../../components/field.tsx'
import { FilterRow, StateTabs, useFilters, useListFilter } from '../../components/list-filter.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useLanguage } from '../../components/use-language.ts'

const SPANS = ['1', '14', '31', '92']

export function Hours(): ReactElement {
  const { t } = useTranslation('usage')
  const { id } = useParams({ from: '/signed-in/contracts/$id/hours' })
  const language = useLanguage()
  const { day } = useFormat()
  const [filter] = useListFilter()
  const [{ to }, change] = useFilters(['to'])
  const days = SPANS.includes(filter.state ?? '') ? Number(filter.state) : 7
  const asked = /^\d{4}-\d{2}-\d{2}$/.test(to ?? '') ? { to: to! } : {}
  const use = useAnswer('exploreUsage', { params: { id }, query: { days, ...asked } })
  const picture = usageHoursPicture(use, language)
  return (
    <Page
      crumbs={[{ label: t('hours.crumb') }, { label: use.contractNumber }]}
      title={picture.title}
      lead={t('hours.lead', { from: day(use.from), to: day(use.to) })}
    >
      <Sheet
        title={t('hours')}
        aside={
          <Link to="/contracts/$id/usage" params={{ id }}>
            {t('hours.lines')}
          </Link>
        }
      >
        <FilterRow label={t('days')}>
          <StateTabs
            label={t('days')}
            choices={[
              { value: '1', label: t('days.1') },
              { value: '', label: t('days.7') },
              { value: '14', label: t('days.14') },
              { value: '31', label: t('days.31') },
              { value: '92', label: t('days.92') },
            ]}
          />
          <TextField
            label={t('hours.to')}
            type="date"
            value={use.to}
            onChange={(value) => change({ to: value === '' ? undefined : value })}
          />
        </FilterRow>
        <div className="sheet-body">
          <PictureFigure picture={picture} />
        </div>
      </Sheet>
    </Page>
  )
}
