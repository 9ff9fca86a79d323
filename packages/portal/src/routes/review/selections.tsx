// 择优立项: candidates by rank with the line where the pool ends, the list that is proposed, and the lists that were made.
import { ways } from '@suanquan/core/application'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState, type FormEvent, type ReactElement, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState, Note } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { AreaField, SelectField, TextField } from '../../components/field.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { SelectionTable } from '../../features/project/selection-table.tsx'
import { dayOfInstant } from '../../format/time.ts'

type Row = Answer<'listSelections'>['items'][number]

export function Selections(): ReactElement {
  const { t } = useTranslation('project')
  const say = useSay()
  const programmes = useAnswer('listAdoptions').items.filter(({ way }) => ways[way].project !== null)
  const [chosen, setChosen] = useState(programmes[0]?.id ?? '')
  const made = useAnswer('listSelections', { query: { size: 50 } })
  return (
    <Page title={t('selection.title')} lead={t('selection.lead')}>
      {programmes.length === 0 ? (
        <Note tone="waits">{t('selection.no_programme')}</Note>
      ) : (
        <>
          {programmes.length > 1 && (
            <SelectField
              label={t('programme')}
              value={chosen}
              onChange={setChosen}
              choices={programmes.map(({ id, title }) => ({ value: id, label: say(title) }))}
            />
          )}
          <Candidates key={chosen} adoptionId={chosen} />
        </>
      )}
      <Sheet title={t('selection.made')} aside={t('selection.count', { count: made.total })}>
        <Made rows={made.items} />
      </Sheet>
    </Page>
  )
}

function Candidates({ adoptionId }: { adoptionId: string }): ReactElement {
  const { t } = useTranslation('project')
  const { say } = useFormat()
  const [least, setLeast] = useState('60')
  const [reserves, setReserves] = useState('3')
  const drawn = {
    leastTenths: Math.round(Number(least) * 10) || 0,
    reserves: Math.round(Number(reserves)) || 0,
  }
  const seen = useAnswer('readCandidates', { params: { id: adoptionId }, query: drawn })
  const selected = seen.items.filter(({ place }) => place === 'selected')
  const whole = selected.reduce((sum, { amountFen }) => sum + BigInt(amountFen), 0n)
  const points = { type: 'number', min: '0', max: '100' } as const
  return (
    <Columns
      main={
        <Sheet
          title={t('selection.candidates', { count: seen.items.length })}
          aside={t('selection.line', {
            selected: selected.length,
            amount: say(whole.toString()),
            left: say(seen.leftFen),
          })}
        >
          <SelectionTable rows={seen.items} name="candidates" />
          <p className="sheet-body quiet small">{t('selection.rule')}</p>
        </Sheet>
      }
      side={
        <Sheet title={t('selection.propose')}>
          {seen.open !== null ? (
            <div className="sheet-body">
              <Note tone="waits">
                <Link to="/review/selections/$id" params={{ id: seen.open }}>
                  {t('selection.open')}
                </Link>
              </Note>
            </div>
          ) : (
            <Proposal adoptionId={adoptionId} drawn={drawn} rows={seen.items}>
              <TextField {...points} label={t('selection.least')} value={least} onChange={setLeast} />
              <TextField
                {...points}
                label={t('selection.reserves')}
                value={reserves}
                onChange={setReserves}
              />
            </Proposal>
          )}
        </Sheet>
      }
    />
  )
}

/** The line as it is drawn, with its reason, goes to a second person. */
function Proposal({
  adoptionId,
  drawn,
  rows,
  children,
}: {
  adoptionId: string
  drawn: { readonly leastTenths: number; readonly reserves: number }
  rows: Answer<'readCandidates'>['items']
  children: ReactNode
}): ReactElement {
  const { t } = useTranslation('project')
  const navigate = useNavigate()
  const [reason, setReason] = useState('')
  const act = useAct('proposeSelection', ({ id }) =>
    navigate({ to: '/review/selections/$id', params: { id } }),
  )
  function propose(event: FormEvent): void {
    event.preventDefault()
    act.mutate({ body: { adoptionId, ...drawn, reason } })
  }
  const unscored = rows.filter(({ place }) => place === 'unscored').length
  return (
    <form className="sheet-body stack" onSubmit={propose}>
      {children}
      {unscored > 0 && <Note tone="waits">{t('selection.unscored', { count: unscored })}</Note>}
      <AreaField label={t('reason')} value={reason} onChange={setReason} maxLength={2000} />
      <ErrorNote error={act.error} />
      <button
        className="button"
        disabled={reason.trim().length < 2 || act.isPending || unscored > 0 || rows.length === 0}
      >
        {t('selection.do')}
      </button>
    </form>
  )
}

function Made({ rows }: { rows: readonly Row[] }): ReactElement {
  const { t } = useTranslation('project')
  const { day } = useFormat()
  const on = (row: Row): string => day(dayOfInstant(row.proposedAt))
  const count = (row: Row): number => row.items.filter(({ place }) => place === 'selected').length
  const columns: readonly Column<Row>[] = [
    {
      id: 'number',
      label: t('column.number'),
      leads: true,
      text: (row) => row.number,
      cell: (row) => (
        <Link to="/review/selections/$id" params={{ id: row.id }}>
          {row.number}
        </Link>
      ),
    },
    { id: 'on', label: t('column.on'), text: on, cell: on },
    {
      id: 'selected',
      label: t('column.selected'),
      numeric: true,
      text: (row) => `${count(row)}`,
      cell: count,
    },
    {
      id: 'state',
      label: t('column.state'),
      text: (row) => t(`selection.${row.state}`),
      cell: (row) => t(`selection.${row.state}`),
    },
  ]
  return (
    <DataTable
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      caption={t('selection.made')}
      fileName="selections"
      name="made"
      empty={<EmptyState>{t('selection.none')}</EmptyState>}
    />
  )
}
