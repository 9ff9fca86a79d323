// What the platform does by itself and how it is: jobs with their last run and what comes next, what waits, the database
// and the disk.
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Facts } from '../../components/facts.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'

type System = Answer<'readSystem'>
type Job = System['jobs'][number]

export function SystemPage(): ReactElement {
  const { t } = useTranslation('site')
  const system = useAnswer('readSystem')
  return (
    <Page title={useTitle(system)} lead={t('system.lead')}>
      <Jobs jobs={system.jobs} />
      <Columns main={<Queue system={system} />} side={<Health system={system} />} />
    </Page>
  )
}

function useTitle({ jobs }: System): string {
  const { t } = useTranslation('site')
  const { instant } = useFormat()
  const failing = jobs.filter((job) => job.failing).length
  const last = jobs
    .map(({ lastAt }) => lastAt)
    .filter((at) => at !== null)
    .toSorted()
    .at(-1)
  if (failing > 0) return t('system.title.failing', { count: failing })
  return last === undefined ? t('system.title.never') : t('system.title.ok', { at: instant(last) })
}

function Jobs({ jobs }: { jobs: readonly Job[] }): ReactElement {
  const { t } = useTranslation('site')
  const { instant, day } = useFormat()
  const name = (job: Job): string => t(`job.${job.name}` as 'job.end_notices', { defaultValue: job.name })
  const state = (job: Job): 'never' | 'failing' | 'ok' =>
    job.lastAt === null ? 'never' : job.failing ? 'failing' : 'ok'
  const work = (job: Job): string =>
    job.lastWorkAt === null
      ? t('jobs.never_worked')
      : t('jobs.last_work', { at: instant(job.lastWorkAt), count: job.lastWorkCount })
  const next = ({ next: { count, on } }: Job): string => {
    if (count === 0) return t('jobs.next_none')
    return on === null ? t('jobs.next_now', { count }) : t('jobs.next', { day: day(on), count })
  }
  return (
    <Sheet title={t('jobs')}>
      <DataTable
        columns={[
          {
            id: 'job',
            label: t('column.job'),
            leads: true,
            text: name,
            cell: (row) => (
              <>
                {name(row)}
                <small>{work(row)}</small>
                {row.failing && <small className="code">{row.lastError}</small>}
              </>
            ),
          },
          {
            id: 'last',
            label: t('column.last'),
            text: (row) => row.lastAt ?? '',
            cell: (row) => (row.lastAt === null ? '—' : instant(row.lastAt)),
          },
          {
            id: 'state',
            label: t('column.state'),
            text: (row) => t(`job.${state(row)}`),
            cell: (row) => (
              <StatusTag tone={({ never: 'quiet', failing: 'stopped', ok: 'done' } as const)[state(row)]}>
                {t(`job.${state(row)}`)}
              </StatusTag>
            ),
          },
          {
            id: 'failures',
            label: t('column.failures'),
            numeric: true,
            text: (row) => String(row.failures),
            cell: (row) => t('jobs.failures', { count: row.failures }),
          },
          { id: 'next', label: t('column.next'), text: next, cell: (row) => next(row) },
        ]}
        rows={jobs}
        rowId={(row) => row.name}
        caption={t('jobs')}
        allRows={async () => jobs}
        empty={null}
      />
    </Sheet>
  )
}

function Queue({ system }: { system: System }): ReactElement {
  const { t } = useTranslation('site')
  const { instant } = useFormat()
  return (
    <>
      <Sheet title={t('queue')} actions={<Link to="/admin/deliveries">{t('system.deliveries')}</Link>}>
        <Facts
          facts={system.queue.map(({ id, count }) => ({
            id,
            label: t(`queue.${id}` as 'queue.codes_open', { defaultValue: id }),
            value: count,
          }))}
        />
      </Sheet>
      <Sheet title={t('migrations')}>
        <Facts
          facts={system.migrations.map(({ name, at }) => ({ id: name, label: name, value: instant(at) }))}
        />
      </Sheet>
    </>
  )
}

function Health({ system }: { system: System }): ReactElement {
  const { t } = useTranslation('site')
  const gigabytes = (bytes: number): string => t('bytes', { size: (bytes / 1e9).toFixed(2) })
  const { version, runtime, database, disk } = system
  return (
    <Sheet title={t('health')}>
      <Facts
        facts={[
          { id: 'version', label: t('fact.version'), value: version },
          { id: 'runtime', label: t('fact.runtime'), value: runtime },
          { id: 'database', label: t('fact.database'), value: database.version },
          { id: 'size', label: t('fact.database_size'), value: gigabytes(database.bytes) },
          { id: 'connections', label: t('fact.connections'), value: database.connections },
          {
            id: 'disk',
            label: t('fact.disk'),
            value: gigabytes(disk.freeBytes),
            source: t('disk.of', { total: gigabytes(disk.totalBytes) }),
          },
        ]}
      />
    </Sheet>
  )
}
