// 计量健康与完整性: did everything come, and is every agent well? A picture of days and feeds, then each agent, then where
// time is missing and where a device was held by several at once.
import { feedDaysPicture } from '@suanquan/api'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { PictureFigure } from '../../charts/picture.tsx'
import type { Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { StateTabs, useListFilter } from '../../components/list-filter.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { StatusTag, type Tone } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useLanguage } from '../../components/use-language.ts'

type Feed = Answer<'readCompleteness'>['feeds'][number]
type Place = { readonly feed: Feed; readonly from: string; readonly until: string; readonly owners: string }

export function Completeness(): ReactElement {
  const { t } = useTranslation('usage')
  const language = useLanguage()
  const [filter] = useListFilter()
  const days = ['7', '92'].includes(filter.state ?? '') ? Number(filter.state) : 31
  const { feeds } = useAnswer('readCompleteness', { query: { days } })
  const living = feeds.filter(({ revokedAt }) => revokedAt === null)
  const unwell = living.filter((feed) => conditionOf(feed) !== 'well').length
  return (
    <Page
      title={
        living.length === 0
          ? t('health.none')
          : unwell === 0
            ? t('health.all', { count: living.length })
            : t('health.some', { count: unwell, total: living.length })
      }
      lead={t('health.lead')}
    >
      <Sheet title={t('calendar')} aside={t('calendar.aside')}>
        <StateTabs
          label={t('days')}
          choices={[
            { value: '7', label: t('days.7') },
            { value: '', label: t('days.31') },
            { value: '92', label: t('days.92') },
          ]}
        />
        <div className="sheet-body">
          {feeds.length === 0 ? (
            <EmptyState>{t('calendar.empty')}</EmptyState>
          ) : (
            <PictureFigure picture={feedDaysPicture({ feeds }, language)} />
          )}
        </div>
      </Sheet>
      <Sheet title={t('agents')} aside={t('agents.aside')}>
        <DataTable
          columns={useAgentColumns()}
          rows={feeds}
          rowId={({ id }) => id}
          caption={t('agents')}
          name="agents"
          empty={<EmptyState>{t('calendar.empty')}</EmptyState>}
        />
      </Sheet>
      <Places
        title={t('gaps')}
        aside={t('gaps.aside')}
        empty={t('gaps.empty')}
        rows={feeds.flatMap((feed) => feed.gaps.map((gap) => ({ feed, ...gap, owners: '' })))}
      />
      <Places
        title={t('shared')}
        aside={t('shared.aside')}
        empty={t('shared.empty')}
        rows={feeds.flatMap((feed) =>
          feed.shared.map(({ device, hourAt, owners, seconds }) => ({
            feed,
            from: hourAt,
            until: new Date(Date.parse(hourAt) + 3_600_000).toISOString(),
            owners: `${device} · ${owners.join(' / ')} · ${t('shared.seconds', { count: seconds })}`,
          })),
        )}
      />
    </Page>
  )
}

const DAY = 86_400

function conditionOf({ revokedAt, heardAt, silentSeconds, missing, clockSeconds }: Feed): string {
  if (revokedAt !== null) return 'withdrawn'
  if (heardAt === null) return silentSeconds > DAY ? 'silent' : 'waiting'
  if (silentSeconds > DAY) return 'silent'
  if (missing.length > 0) return 'missing'
  return clockSeconds !== null && clockSeconds < -60 ? 'clock' : 'well'
}

const TONES: Readonly<Record<string, Tone>> = {
  well: 'done',
  waiting: 'waits',
  missing: 'waits',
  clock: 'waits',
  silent: 'stopped',
  withdrawn: 'quiet',
}

function useSpan(): (seconds: number | null) => string {
  const { t } = useTranslation('usage')
  return (seconds) => {
    if (seconds === null) return '—'
    if (Math.abs(seconds) < 120) return t('span.seconds', { count: seconds })
    if (Math.abs(seconds) < 7_200) return t('span.minutes', { count: Math.round(seconds / 60) })
    if (Math.abs(seconds) < 2 * DAY) return t('span.hours', { count: Math.round(seconds / 3_600) })
    return t('span.days', { count: Math.round(seconds / DAY) })
  }
}

function useAgentColumns(): readonly Column<Feed>[] {
  const { t } = useTranslation('usage')
  const { instant } = useFormat()
  const span = useSpan()
  const heard = ({ heardAt }: Feed): string => (heardAt === null ? t('never') : instant(heardAt))
  const missing = (feed: Feed): string => feed.missing.slice(0, 10).join(', ') || '—'
  const condition = (feed: Feed): string => t(`condition.${conditionOf(feed)}` as never)
  return [
    {
      id: 'agent',
      label: t('column.agent'),
      leads: true,
      text: ({ name, providerName }) => `${providerName} ${name}`,
      cell: ({ name, providerName, cluster }) => (
        <>
          {name}
          <small>
            {providerName} · {cluster}
          </small>
        </>
      ),
    },
    {
      id: 'condition',
      label: t('column.condition'),
      text: condition,
      cell: (feed) => <StatusTag tone={TONES[conditionOf(feed)]!}>{condition(feed)}</StatusTag>,
    },
    { id: 'heard', label: t('column.heard'), text: heard, cell: heard },
    {
      id: 'lag',
      label: t('column.lag'),
      numeric: true,
      text: ({ lagSeconds }) => String(lagSeconds ?? ''),
      cell: ({ lagSeconds }) => span(lagSeconds),
    },
    { id: 'missing', label: t('column.missing'), text: missing, cell: missing },
    {
      id: 'clock',
      label: t('column.clock'),
      numeric: true,
      text: ({ clockSeconds }) => String(clockSeconds ?? ''),
      cell: ({ clockSeconds }) => span(clockSeconds),
    },
    {
      id: 'devices',
      label: t('column.devices'),
      numeric: true,
      text: ({ devices }) => String(devices),
      cell: ({ devices }) => devices,
    },
    {
      id: 'key',
      label: t('column.key'),
      text: ({ algorithm, keyId }) => `${algorithm} ${keyId}`,
      cell: ({ algorithm, keyId, enrolledAt }) => (
        <>
          {algorithm} {keyId.slice(0, 8)}…<small>{t('enrolled', { at: instant(enrolledAt) })}</small>
        </>
      ),
    },
  ]
}

interface PlacesProps {
  readonly title: string
  readonly aside: string
  readonly empty: string
  readonly rows: readonly Place[]
}

function Places({ title, aside, empty, rows }: PlacesProps): ReactElement {
  const { t } = useTranslation('usage')
  const { instant } = useFormat()
  return (
    <Sheet title={title} aside={aside}>
      <DataTable
        columns={[
          {
            id: 'agent',
            label: t('column.agent'),
            leads: true,
            text: ({ feed }) => `${feed.providerName} ${feed.name}`,
            cell: ({ feed }) => feed.name,
          },
          {
            id: 'from',
            label: t('column.from'),
            text: ({ from }) => from,
            cell: ({ from }) => instant(from),
          },
          {
            id: 'until',
            label: t('column.until'),
            text: ({ until }) => until,
            cell: ({ until }) => instant(until),
          },
          ...(rows.some(({ owners }) => owners !== '')
            ? [
                {
                  id: 'owners',
                  label: t('column.owners'),
                  text: (row: Place) => row.owners,
                  cell: (row: Place) => row.owners,
                },
              ]
            : []),
        ]}
        rows={rows}
        rowId={({ feed, from, owners }) => `${feed.id} ${from} ${owners}`}
        caption={title}
        name={title}
        empty={<EmptyState>{empty}</EmptyState>}
      />
    </Sheet>
  )
}
