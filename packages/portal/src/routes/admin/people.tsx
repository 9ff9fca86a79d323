// People: who has an account, in which roles, when they were last here; and making a new one.
import { Link } from '@tanstack/react-router'
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { allRows } from '../../client/all-rows.ts'
import { call, type Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { SelectField, TextField } from '../../components/field.tsx'
import {
  FilterRow,
  PAGE_SIZE,
  Pager,
  SearchBox,
  StateTabs,
  useFilters,
  useListFilter,
} from '../../components/list-filter.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { CodeNote } from '../../features/people/code-note.tsx'
import { grantBody, GrantFields, noGrant } from '../../features/people/grant-fields.tsx'
import { StateTag, stateOf } from '../../features/people/state-tag.tsx'
import { GRANTABLE, useMay, useRoleName } from '../../features/people/words.ts'

type Row = Answer<'listPeople'>['items'][number]

const SHOWN = ['active', 'waiting', 'disabled'] as const

export function People(): ReactElement {
  const { t } = useTranslation('people')
  const name = useRoleName()
  const may = useMay()
  const [filter] = useListFilter()
  const [{ role = '' }, change] = useFilters(['role'])
  const show = SHOWN.find((each) => each === filter.state)
  const known = GRANTABLE.find((each) => each === role)
  const query = {
    ...(filter.q === undefined ? {} : { q: filter.q }),
    ...(show === undefined ? {} : { show }),
    ...(known === undefined ? {} : { role: known }),
  }
  const list = useAnswer('listPeople', { query: { ...query, page: filter.page ?? 1, size: PAGE_SIZE } })
  const columns = useColumns()
  return (
    <Page title={t('list.title', { count: list.total })} lead={t('list.lead')}>
      <Sheet title={t('list')} aside={t('rows', { count: list.total })}>
        <SearchBox help={t('list.search')} />
        <FilterRow label={t('filter')}>
          <SelectField
            label={t('filter.role')}
            none={t('filter.role_all')}
            value={role}
            onChange={(value) => change({ role: value })}
            choices={GRANTABLE.map((value) => ({ value, label: name(value) }))}
          />
        </FilterRow>
        <StateTabs
          label={t('column.state')}
          choices={[
            { value: '', label: t('filter.all') },
            ...SHOWN.map((value) => ({ value, label: t(`filter.${value}`) })),
          ]}
        />
        <DataTable
          columns={columns}
          rows={list.items}
          rowId={(row) => row.id}
          caption={t('list')}
          allRows={() => allRows((page, size) => call('listPeople', { query: { ...query, page, size } }))}
          empty={<EmptyState>{t('list.empty')}</EmptyState>}
        />
        <Pager total={list.total} />
      </Sheet>
      {may.accounts && <Create apart={list.administratorsApart} mayGrant={may.roles} />}
    </Page>
  )
}

function useColumns(): readonly Column<Row>[] {
  const { t } = useTranslation('people')
  const { instant } = useFormat()
  const name = useRoleName()
  const roles = (row: Row): string[] =>
    row.grants.map(({ role, organisationName, district }) =>
      [name(role), organisationName ?? district].filter(Boolean).join(' · '),
    )
  return [
    {
      id: 'person',
      label: t('column.person'),
      leads: true,
      text: (row) => row.displayName,
      cell: (row) => (
        <>
          <Link to="/admin/people/$id" params={{ id: row.id }}>
            {row.displayName}
          </Link>
          <small>{row.login}</small>
        </>
      ),
    },
    {
      id: 'roles',
      label: t('column.roles'),
      text: (row) => roles(row).join('; '),
      cell: (row) => (row.grants.length === 0 ? '—' : roles(row).map((text) => <div key={text}>{text}</div>)),
    },
    {
      id: 'state',
      label: t('column.state'),
      text: (row) => t(`state.${stateOf(row)}`),
      cell: (row) => <StateTag person={row} />,
    },
    {
      id: 'seen',
      label: t('column.seen'),
      text: (row) => row.lastSeenAt ?? '',
      cell: (row) => (row.lastSeenAt === null ? t('never') : instant(row.lastSeenAt)),
    },
  ]
}

function Create({ apart, mayGrant }: { apart: boolean; mayGrant: boolean }): ReactElement {
  const { t } = useTranslation('people')
  const [login, setLogin] = useState('')
  const [displayName, setDisplayName] = useState('')
  const [asked, setAsked] = useState(noGrant)
  const act = useAct('createPerson', () => {
    setLogin('')
    setDisplayName('')
    setAsked(noGrant)
  })
  function submit(event: FormEvent): void {
    event.preventDefault()
    const grant = grantBody(asked)
    act.mutate({ body: { login: login.trim(), displayName, grants: grant === null ? [] : [grant] } })
  }
  return (
    <Sheet title={t('create')} aside={t('create.why')}>
      <form className="form" onSubmit={submit}>
        <TextField
          label={t('create.login')}
          help={t('create.login.help')}
          value={login}
          onChange={setLogin}
          maxLength={40}
          autoComplete="off"
        />
        <TextField label={t('create.name')} value={displayName} onChange={setDisplayName} maxLength={60} />
        {mayGrant && (
          <GrantFields asked={asked} onChange={setAsked} apart={apart} none={t('create.no_role')} />
        )}
        <div className="wide stack">
          {act.data !== undefined && <CodeNote code={act.data.enrolmentCode} />}
          <ErrorNote error={act.error} />
          <button
            className="button"
            disabled={
              act.isPending || !/^[a-z0-9][a-z0-9._-]{2,39}$/.test(login.trim()) || displayName.trim() === ''
            }
          >
            {t('create.submit')}
          </button>
        </div>
      </form>
    </Sheet>
  )
}
