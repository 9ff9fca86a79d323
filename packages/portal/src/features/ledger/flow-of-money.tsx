// Who ended up with the money, as of the end of any day: of one programme, or of all.
import { flowPicture } from '@suanquan/api'
import { Suspense, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { PictureFigure } from '../../charts/picture.tsx'
import { useAnswer } from '../../client/queries.ts'
import { TextField } from '../../components/field.tsx'
import { FilterRow } from '../../components/list-filter.tsx'
import { Sheet } from '../../components/page.tsx'
import { Pending } from '../../components/pending.tsx'
import { useLanguage } from '../../components/use-language.ts'

export function FlowOfMoney({ adoptionId }: { adoptionId?: string }): ReactElement {
  const { t } = useTranslation('components')
  const [asOf, setAsOf] = useState('')
  return (
    <Sheet title={t('flow')} aside={t('flow.aside')}>
      <FilterRow label={t('flow')}>
        <TextField label={t('flow.as_of')} type="date" value={asOf} onChange={setAsOf} />
      </FilterRow>
      <Suspense fallback={<Pending />}>
        <Flow
          query={{ ...(adoptionId === undefined ? {} : { adoptionId }), ...(asOf === '' ? {} : { asOf }) }}
        />
      </Suspense>
    </Sheet>
  )
}

function Flow({ query }: { query: { adoptionId?: string; asOf?: string } }): ReactElement {
  const flow = useAnswer('readFlow', { query })
  return <PictureFigure picture={flowPicture(flow, useLanguage())} />
}
