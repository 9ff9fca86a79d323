// Support that nobody applies for: the list that the bureau holds, a dry run of it, and the sweeps that were made.
import { ways } from '@suanquan/core/application'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer, Input } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState, Note } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { AreaField, SelectField, TextField } from '../../components/field.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { readHeldList } from '../../features/review/held-list.ts'
import { RegisterReadiness } from '../../features/review/register-readiness.tsx'
import { SweepLines } from '../../features/review/sweep-lines.tsx'
import { dayOfInstant } from '../../format/time.ts'

type Row = Answer<'listSweeps'>['items'][number]
type List = NonNullable<Input<'makeSweep'>['body']>

const MOST = 50

export function Sweeps(): ReactElement {
  const { t } = useTranslation('review')
  const sweeps = useAnswer('listSweeps', { query: { size: MOST } })
  const open = sweeps.items.reduce((sum, row) => sum + row.open, 0)
  return (
    <Page title={t('sweeps.title', { count: open })} lead={t('sweeps.lead')}>
      <RegisterReadiness />
      <NewSweep />
      <Sheet title={t('sweeps.made')} aside={t('sweeps.count', { count: sweeps.total })}>
        <Made rows={sweeps.items} />
      </Sheet>
    </Page>
  )
}

function NewSweep(): ReactElement {
  const { t } = useTranslation('review')
  const programmes = useAnswer('listAdoptions').items.filter(
    ({ open, way }) => open && ways[way].provesWith === 'nothing',
  )
  const [typed, setTyped] = useState<Typed>({ adoptionId: programmes[0]?.id ?? '', source: '', text: '' })
  const navigate = useNavigate()
  const check = useAct('checkSweep')
  const make = useAct('makeSweep', ({ id }) => navigate({ to: '/review/sweeps/$id', params: { id } }))
  const { awards, wrong } = readHeldList(typed.text)
  const change = (part: Partial<Typed>): void => {
    setTyped({ ...typed, ...part })
    check.reset()
  }
  const body: List = { adoptionId: typed.adoptionId, source: typed.source.trim(), awards }
  const ready = body.adoptionId !== '' && body.source.length >= 2 && awards.length > 0 && wrong.length === 0
  if (programmes.length === 0) return <Note tone="waits">{t('sweeps.none_open')}</Note>
  const qualifying = check.data?.items.filter(({ outcome }) => outcome === 'qualifies').length ?? 0
  return (
    <Sheet
      title={t('sweeps.new')}
      actions={
        <>
          <button
            type="button"
            className="button"
            disabled={!ready || check.isPending}
            onClick={() => check.mutate({ body })}
          >
            {t('sweeps.check')}
          </button>
          {qualifying > 0 && (
            <button
              type="button"
              className="button"
              disabled={make.isPending}
              onClick={() => make.mutate({ body })}
            >
              {t('sweeps.make', { count: qualifying })}
            </button>
          )}
          <ErrorNote error={check.error ?? make.error} />
        </>
      }
    >
      <ListFields programmes={programmes} typed={typed} wrong={wrong} onChange={change} />
      {check.data !== undefined && <SweepLines lines={check.data.items} />}
    </Sheet>
  )
}

interface Typed {
  readonly adoptionId: string
  readonly source: string
  readonly text: string
}

interface ListFieldsProps {
  readonly programmes: Answer<'listAdoptions'>['items']
  readonly typed: Typed
  /** numbers of lines that cannot be read */
  readonly wrong: readonly number[]
  readonly onChange: (part: Partial<Typed>) => void
}

function ListFields({ programmes, typed, wrong, onChange }: ListFieldsProps): ReactElement {
  const { t } = useTranslation('review')
  const say = useSay()
  return (
    <div className="form">
      <SelectField
        label={t('sweeps.programme')}
        value={typed.adoptionId}
        onChange={(adoptionId) => onChange({ adoptionId })}
        choices={programmes.map(({ id, title }) => ({ value: id, label: say(title) }))}
      />
      <TextField
        label={t('sweeps.source')}
        help={t('sweeps.source.help')}
        value={typed.source}
        onChange={(source) => onChange({ source })}
      />
      <div className="wide">
        <AreaField
          label={t('sweeps.list')}
          help={t('sweeps.list.help')}
          rows={6}
          value={typed.text}
          onChange={(text) => onChange({ text })}
          {...(wrong.length === 0 ? {} : { error: t('sweeps.list.wrong', { lines: wrong.join('、') }) })}
        />
      </div>
    </div>
  )
}

function Made({ rows }: { rows: readonly Row[] }): ReactElement {
  const { t } = useTranslation('review')
  const say = useSay()
  const { day } = useFormat()
  const columns: readonly Column<Row>[] = [
    {
      id: 'number',
      label: t('sweeps.column.number'),
      leads: true,
      text: ({ number }) => number,
      cell: ({ id, number, programmeTitle }) => (
        <>
          <Link to="/review/sweeps/$id" params={{ id }}>
            {number}
          </Link>
          <small>{say(programmeTitle)}</small>
        </>
      ),
    },
    { id: 'source', label: t('sweeps.source'), text: ({ source }) => source, cell: ({ source }) => source },
    {
      id: 'made',
      label: t('sweeps.column.made'),
      text: ({ madeAt, madeBy }) => `${day(dayOfInstant(madeAt))} ${madeBy}`,
      cell: ({ madeAt, madeBy }) => `${day(dayOfInstant(madeAt))} ${madeBy}`,
    },
    {
      id: 'lines',
      label: t('sweeps.column.lines'),
      text: (row) => t('sweeps.of', { qualifying: row.qualifying, lines: row.lines }),
      cell: (row) => t('sweeps.of', { qualifying: row.qualifying, lines: row.lines }),
    },
    {
      id: 'open',
      label: t('sweeps.column.open'),
      numeric: true,
      text: ({ open }) => String(open),
      cell: ({ open }) => open,
    },
  ]
  return (
    <DataTable
      columns={columns}
      rows={rows}
      rowId={({ id }) => id}
      caption={t('sweeps.made')}
      allRows={async () => [...rows]}
      empty={<EmptyState>{t('sweeps.empty')}</EmptyState>}
    />
  )
}
