// Where applications drop out and how long they stay, of one programme or of all that the reader may see.
import { funnelPicture } from '@suanquan/api'
import { Suspense, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { PictureFigure } from '../../charts/picture.tsx'
import { useAnswer } from '../../client/queries.ts'
import { SelectField } from '../../components/field.tsx'
import { FilterRow } from '../../components/list-filter.tsx'
import { Sheet } from '../../components/page.tsx'
import { Pending } from '../../components/pending.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useSay } from '../../components/use-say.ts'

export function Funnel(): ReactElement {
  const { t } = useTranslation('components')
  const text = useSay()
  const adoptions = useAnswer('listAdoptions').items
  const [adoptionId, setAdoptionId] = useState('')
  return (
    <Sheet title={t('funnel')} aside={t('funnel.aside')}>
      {adoptions.length > 1 && (
        <FilterRow label={t('funnel')}>
          <SelectField
            label={t('funnel.programme')}
            none={t('funnel.all')}
            value={adoptionId}
            onChange={setAdoptionId}
            choices={adoptions.map(({ id, title }) => ({ value: id, label: text(title) }))}
          />
        </FilterRow>
      )}
      <Suspense fallback={<Pending />}>
        <Stages query={adoptionId === '' ? {} : { adoptionId }} />
      </Suspense>
    </Sheet>
  )
}

function Stages({ query }: { query: { adoptionId?: string } }): ReactElement {
  const funnel = useAnswer('readFunnel', { query })
  return <PictureFigure picture={funnelPicture(funnel, useLanguage())} />
}
