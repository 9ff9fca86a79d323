// Usage: upload the scheduler's accounting, see what was taken, what was rated and what was refused and why.
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { organisationOf, rolesOf, useSession } from '../../client/session.ts'
import { EmptyState, Note } from '../../components/empty-state.tsx'
import { SelectField } from '../../components/field.tsx'
import { PAGE_SIZE, Pager, useListFilter } from '../../components/list-filter.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { Upload } from '../../components/upload.tsx'
import { useFormat } from '../../components/use-format.ts'
import { ImportReport } from '../../features/metering/import-report.tsx'

type Import = Answer<'listUsageImports'>['items'][number]

export function Usage(): ReactElement {
  const { t } = useTranslation('metering')
  const [filter] = useListFilter()
  const list = useAnswer('listUsageImports', { query: { page: filter.page ?? 1, size: PAGE_SIZE } })
  const newest = list.items[0]
  return (
    <Page title={useTitle(newest)} lead={t('lead')}>
      <Take />
      {newest === undefined ? (
        <Sheet title={t('imports')}>
          <EmptyState>{t('imports.empty')}</EmptyState>
        </Sheet>
      ) : (
        list.items.map((report) => (
          <ImportReport key={report.id} report={report} open={report.id === newest.id} />
        ))
      )}
      <Pager total={list.total} />
    </Page>
  )
}

function useTitle(newest: Import | undefined): string {
  const { t } = useTranslation('metering')
  const { say } = useFormat()
  if (newest === undefined) return t('title.none')
  return t('title', { count: newest.ratedLines, total: say(newest.ratedFen) })
}

function Take(): ReactElement {
  const { t } = useTranslation('metering')
  const session = useSession()!
  const own = organisationOf(session, 'provider')
  const act = useAct('importUsage')
  const providers = useAnswer('listProviders').items
  const [chosen, setChosen] = useState(own ?? '')
  const administrator = rolesOf(session).has('administrator') && own === null
  async function send(file: File, onProgress: (share: number) => void): Promise<void> {
    await act.mutateAsync({ query: { organisationId: chosen }, file, onProgress })
  }
  return (
    <Sheet title={t('upload')} aside={t('upload.format')}>
      <div className="sheet-body stack">
        {administrator && (
          <SelectField
            label={t('provider')}
            none={t('provider.choose')}
            value={chosen}
            onChange={setChosen}
            choices={providers.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
        {act.data !== undefined && act.data.added === 0 && act.data.superseded === 0 && (
          <Note tone="done">{t('upload.nothing_new', { count: act.data.unchanged })}</Note>
        )}
        {chosen === '' ? (
          <p className="quiet">{t('provider.first')}</p>
        ) : (
          <Upload
            label={t('upload.file')}
            help={t('upload.help')}
            accept=".json,.txt,.log,.csv,.gz"
            files={[]}
            send={send}
          />
        )}
      </div>
    </Sheet>
  )
}
