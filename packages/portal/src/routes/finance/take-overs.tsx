// 接管: programmes that ran elsewhere, taken over one by one; and the beginning of another.
import { Link, useNavigate } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { rolesOf, useSession } from '../../client/session.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { SelectField, TextField } from '../../components/field.tsx'
import { PAGE_SIZE, Pager, useListFilter } from '../../components/list-filter.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { TakeOverTag } from '../../features/take-over/take-over-tag.tsx'

type Row = Answer<'listTakeOvers'>['items'][number]

export function TakeOvers(): ReactElement {
  const { t } = useTranslation('take-over')
  const [filter] = useListFilter()
  const session = useSession()
  const mayAct = session !== null && rolesOf(session).has('finance')
  const list = useAnswer('listTakeOvers', { query: { page: filter.page ?? 1, size: PAGE_SIZE } })
  const waiting = list.items.filter(({ state }) => state === 'prepared').length
  return (
    <Page title={t(waiting > 0 ? 'title.waiting' : 'title', { count: waiting })} lead={t('lead')}>
      <Sheet title={t('list')}>
        <DataTable
          columns={useColumns()}
          rows={list.items}
          rowId={({ id }) => id}
          caption={t('list')}
          empty={<EmptyState>{t('list.empty')}</EmptyState>}
        />
        <Pager total={list.total} />
      </Sheet>
      {mayAct && <Begin />}
    </Page>
  )
}

function useColumns(): readonly Column<Row>[] {
  const { t } = useTranslation('take-over')
  const say = useSay()
  const { day } = useFormat()
  return [
    {
      id: 'number',
      label: t('column.number'),
      leads: true,
      text: ({ number }) => number,
      cell: (row) => (
        <>
          <Link to="/finance/take-overs/$id" params={{ id: row.id }}>
            {row.number}
          </Link>
          <small>{row.systemName}</small>
        </>
      ),
    },
    {
      id: 'programme',
      label: t('column.programme'),
      text: (row) => say(row.programmeTitle),
      cell: (row) => say(row.programmeTitle),
    },
    {
      id: 'cutOver',
      label: t('cut_over'),
      text: ({ cutOverOn }) => cutOverOn,
      cell: (row) => day(row.cutOverOn),
    },
    {
      id: 'state',
      label: t('column.state'),
      text: ({ state }) => t(`state.${state}`),
      cell: (row) => (
        <>
          <TakeOverTag state={row.state} />
          {row.statementNumber !== null && <small>{row.statementNumber}</small>}
        </>
      ),
    },
  ]
}

/** Which programme, from which system, and the last day that system stands for. */
function Begin(): ReactElement | null {
  const { t } = useTranslation('take-over')
  const say = useSay()
  const navigate = useNavigate()
  const adoptions = useAnswer('listAdoptions').items
  const [adoptionId, choose] = useState(adoptions[0]?.id ?? '')
  const [systemName, setSystem] = useState('')
  const [cutOverOn, setDay] = useState('')
  const act = useAct('openTakeOver', async ({ id }) =>
    navigate({ to: '/finance/take-overs/$id', params: { id } }),
  )
  if (adoptions.length === 0) return null
  const body = { adoptionId, systemName: systemName.trim(), cutOverOn }
  return (
    <Sheet title={t('begin')} aside={t('begin.aside')}>
      <div className="form">
        <SelectField
          label={t('column.programme')}
          value={adoptionId}
          onChange={choose}
          choices={adoptions.map(({ id, title }) => ({ value: id, label: say(title) }))}
        />
        <TextField
          label={t('system')}
          help={t('system.help')}
          value={systemName}
          onChange={setSystem}
          maxLength={100}
        />
        <TextField
          label={t('cut_over')}
          help={t('cut_over.help')}
          type="date"
          value={cutOverOn}
          onChange={setDay}
        />
        <div className="wide stack">
          <ErrorNote error={act.error} />
          <button
            type="button"
            className="button"
            disabled={act.isPending || systemName.trim().length < 2 || cutOverOn === ''}
            onClick={() => act.mutate({ body })}
          >
            {t('begin')}
          </button>
        </div>
      </div>
    </Sheet>
  )
}
