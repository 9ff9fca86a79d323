// One import: what the check found, row by row, and confirming it.
import { useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { addressOf, type Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { Facts } from '../../components/facts.tsx'
import { PAGE_SIZE, Pager, StateTabs, useListFilter } from '../../components/list-filter.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { StatusTag, type Tone } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'

type Check = Answer<'readImport'>['check']
type Row = Answer<'readImport'>['items'][number]
type Outcome = Row['outcome']

const OUTCOMES: readonly Outcome[] = ['refused', 'changed', 'new', 'same']
const TONES: Readonly<Record<Outcome, Tone>> = {
  new: 'done',
  changed: 'waits',
  same: 'quiet',
  refused: 'stopped',
}

export function ImportPage(): ReactElement {
  const { t } = useTranslation('imports')
  const { id } = useParams({ from: '/signed-in/admin/imports/$id' })
  const [filter] = useListFilter()
  const outcome = OUTCOMES.find((each) => each === filter.state)
  const query = { ...(outcome === undefined ? {} : { outcome }), page: filter.page ?? 1, size: PAGE_SIZE }
  const { check, items, total } = useAnswer('readImport', { params: { id }, query })
  const columns = useColumns()
  return (
    <Page
      crumbs={[{ label: t('crumb'), to: '/admin/imports' }, { label: check.fileName }]}
      title={useTitle(check)}
      lead={useLead(check)}
    >
      <Columns
        sideFirst
        main={
          <Sheet title={t('rows')} aside={t('rows.count', { count: total })}>
            <StateTabs
              label={t('filter')}
              choices={[
                { value: '', label: t('rows.all') },
                ...OUTCOMES.map((value) => ({
                  value,
                  label: t(`outcome.${value}`),
                  count: check.counts[value],
                })),
              ]}
            />
            <DataTable
              columns={columns}
              rows={items}
              rowId={({ number }) => String(number)}
              caption={t('rows')}
              empty={<EmptyState>{t('rows.empty')}</EmptyState>}
            />
            <Pager total={total} />
          </Sheet>
        }
        side={
          <>
            <Confirm check={check} />
            <About check={check} />
          </>
        }
      />
    </Page>
  )
}

function useTitle({ taken, counts }: Check): string {
  const { t } = useTranslation('imports')
  if (taken !== null) return t('check.title_done', { ...counts })
  if (counts.new + counts.changed + counts.refused === 0) return t('check.title_same')
  return t('check.title_open', { good: counts.new + counts.changed + counts.same, refused: counts.refused })
}

function useLead({ confirmedAt, confirmedBy }: Check): string {
  const { t } = useTranslation('imports')
  const { instant } = useFormat()
  if (confirmedAt === null) return t('check.lead_open')
  return t('check.lead_done', { who: confirmedBy ?? '', when: instant(confirmedAt) })
}

/** Everything, or the good rows only; the refused ones go back as a file. */
function Confirm({ check }: { check: Check }): ReactElement | null {
  const { t } = useTranslation('imports')
  const act = useAct('confirmImport')
  const { counts, taken, id } = check
  const good = counts.new + counts.changed + counts.same
  const rows = counts.refused === 0 ? 'all' : 'good'
  if (taken !== null && counts.refused === 0) return null
  return (
    <Sheet title={t('confirm')}>
      <div className="sheet-body stack">
        <ErrorNote error={act.error} />
        {taken === null &&
          (good === 0 ? (
            <p>{t('confirm.nothing')}</p>
          ) : (
            <button
              type="button"
              className="button"
              disabled={act.isPending}
              onClick={() => act.mutate({ params: { id }, body: { rows } })}
            >
              {t(`confirm.${rows}`, { count: good })}
            </button>
          ))}
        {counts.refused > 0 && (
          <>
            <p className="quiet small">{t('confirm.mend')}</p>
            <a href={addressOf('downloadImportErrors', { params: { id } })}>
              {t('confirm.errors', { count: counts.refused })}
            </a>
          </>
        )}
      </div>
    </Sheet>
  )
}

function About({ check }: { check: Check }): ReactElement {
  const { t } = useTranslation('imports')
  const { day, instant } = useFormat()
  const facts = [
    { id: 'file', label: t('check.file'), value: check.fileName },
    { id: 'kind', label: t('check.kind'), value: t(`kind.${check.kind}`) },
    { id: 'source', label: t('check.source'), value: check.source },
    { id: 'asOf', label: t('check.asOf'), value: day(check.asOf) },
    {
      id: 'by',
      label: t('check.by'),
      value: `${check.checkedBy ?? '—'} · ${instant(check.checkedAt)}`,
    },
    {
      id: 'hash',
      label: t('check.hash'),
      value: <span className="code">{check.sha256.match(/.{1,16}/g)?.join(' ')}</span>,
    },
  ]
  const ignored = { id: 'ignored', label: t('check.ignored'), value: check.ignored.join(' · ') }
  return (
    <Sheet title={t('check.what')}>
      <Facts facts={check.ignored.length === 0 ? facts : [...facts, ignored]} />
    </Sheet>
  )
}

function useColumns(): readonly Column<Row>[] {
  const { t } = useTranslation('imports')
  const say = useSay()
  const told = (row: Row): string[] => [
    ...row.reasons.map(({ message }) => say(message)),
    ...row.changes.map(({ column, before, after }) => {
      const values = { column: say(column), after: after === null ? t('row.nothing') : say(after) }
      return before === null ? t('row.set', values) : t('row.change', { ...values, before: say(before) })
    }),
    ...row.warnings.map(({ message }) => say(message)),
  ]
  return [
    {
      id: 'number',
      label: t('row.number'),
      numeric: true,
      text: (row) => String(row.number),
      cell: (row) => row.number,
    },
    {
      id: 'firm',
      label: t('row.firm'),
      leads: true,
      text: (row) => `${row.name} ${row.creditCode}`,
      cell: (row) => (
        <>
          {row.name === '' ? '—' : row.name}
          <small>{row.creditCode}</small>
        </>
      ),
    },
    {
      id: 'outcome',
      label: t('row.outcome'),
      text: (row) => t(`outcome.${row.outcome}`),
      cell: (row) => <StatusTag tone={TONES[row.outcome]}>{t(`outcome.${row.outcome}`)}</StatusTag>,
    },
    {
      id: 'what',
      label: t('row.what'),
      text: (row) => told(row).join('; '),
      cell: (row) => (row.outcome === 'same' ? '—' : told(row).map((line) => <div key={line}>{line}</div>)),
    },
  ]
}
