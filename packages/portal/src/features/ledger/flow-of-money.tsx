// Who ended up with the money, as of the end of any day or, of one programme, of any posting.
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
import type { AsOfQuery } from './as-of.tsx'

/** Of all programmes, as of a day that is chosen here. */
export function FlowOfMoney(): ReactElement {
  const { t } = useTranslation('components')
  const [asOf, setAsOf] = useState('')
  return (
    <Sheet title={t('flow')} aside={t('flow.aside')}>
      <FilterRow label={t('flow')}>
        <TextField label={t('flow.as_of')} type="date" value={asOf} onChange={setAsOf} />
      </FilterRow>
      <Suspense fallback={<Pending />}>
        <Flow query={asOf === '' ? {} : { asOf }} />
      </Suspense>
    </Sheet>
  )
}

/** Of one programme, as of when its page says. */
export function FlowOfProgramme({ adoptionId, asOf }: { adoptionId: string; asOf: AsOfQuery }): ReactElement {
  const { t } = useTranslation('components')
  return (
    <Sheet title={t('flow')} aside={t('flow.aside')}>
      <Flow query={{ adoptionId, ...asOf }} />
    </Sheet>
  )
}

function Flow({ query }: { query: AsOfQuery & { adoptionId?: string } }): ReactElement {
  const flow = useAnswer('readFlow', { query })
  return <PictureFigure picture={flowPicture(flow, useLanguage())} />
}
