// One sweep: its lines, and the sign-off by somebody else.
import { useParams } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../client/queries.ts'
import { Note } from '../../components/empty-state.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { BulkApplications } from '../../features/review/bulk-applications.tsx'
import { SweepLines } from '../../features/review/sweep-lines.tsx'
import { dayOfInstant } from '../../format/time.ts'

export function SweepPage(): ReactElement {
  const { t } = useTranslation('review')
  const say = useSay()
  const { day } = useFormat()
  const { id } = useParams({ from: '/signed-in/review/sweeps/$id' })
  const sweep = useAnswer('readSweep', { params: { id } })
  const [signing, setSigning] = useState<readonly { id: string }[] | null>(null)
  const open = sweep.items.flatMap(({ applicationId, openCeilingFen }) =>
    applicationId === null || openCeilingFen === null ? [] : [{ id: applicationId }],
  )
  return (
    <Page
      crumbs={[{ label: t('sweeps.crumb'), to: '/review/sweeps' }, { label: sweep.number }]}
      title={t('sweep.title', { qualifying: sweep.qualifying, lines: sweep.lines })}
      lead={t('sweep.lead', { programme: say(sweep.programmeTitle), source: sweep.source })}
    >
      {sweep.own && open.length > 0 && <Note tone="waits">{t('sweep.own')}</Note>}
      {signing !== null && <BulkApplications rows={signing} onClose={() => setSigning(null)} />}
      <Sheet
        title={t('sweep.lines')}
        aside={t('sweep.by', { name: sweep.madeBy, day: day(dayOfInstant(sweep.madeAt)) })}
        actions={
          sweep.own || open.length === 0 ? undefined : (
            <button type="button" className="button" onClick={() => setSigning(open)}>
              {t('sweep.sign', { count: open.length })}
            </button>
          )
        }
      >
        <SweepLines lines={sweep.items} />
      </Sheet>
    </Page>
  )
}
