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
import { useSay } from '../../components/use-say.ts'
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
  const check = useAct('checkUsage')
  const [faults, setFaults] = useState<readonly Fault[]>([])
  const providers = useAnswer('listProviders').items
  const [chosen, setChosen] = useState(own ?? '')
  const administrator = rolesOf(session).has('administrator') && own === null
  async function send(file: File, onProgress: (share: number) => void): Promise<void> {
    const query = { organisationId: chosen, format: await formatOf(file) }
    // a table is checked first, so that all its faults are shown and not only the first
    const checked = query.format === 'csv' ? await check.mutateAsync({ query, file }) : null
    setFaults(checked?.faults ?? [])
    await act.mutateAsync({ query, file, onProgress })
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
            accept=".json,.txt,.log,.csv,.xlsx"
            files={[]}
            send={send}
          />
        )}
        <Faults faults={faults} />
      </div>
    </Sheet>
  )
}

type Fault = Answer<'checkUsage'>['faults'][number]

const SHOWN_FAULTS = 20

/** What is wrong with a table, by the row and column that its author sees. */
function Faults({ faults }: { readonly faults: readonly Fault[] }): ReactElement | null {
  const { t } = useTranslation('metering')
  const say = useSay()
  if (faults.length === 0) return null
  return (
    <div className="stack">
      <p>{t('upload.faults', { count: faults.length, shown: Math.min(SHOWN_FAULTS, faults.length) })}</p>
      <ul>
        {faults.slice(0, SHOWN_FAULTS).map(({ row, column, head, code, message }) => (
          <li key={`${row}/${column}/${code}`}>
            {t('upload.fault', { row, head: say(head), message: say(message) })}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Workbooks and CSV are tables of runs; sacct's text, which may carry that name, begins with its own columns. */
async function formatOf(file: File): Promise<'slurm' | 'csv'> {
  if (!/\.(csv|xlsx)$/i.test(file.name)) return 'slurm'
  return /^\s*(Cluster|JobID\w*)\|/.test(await file.slice(0, 200).text()) ? 'slurm' : 'csv'
}
