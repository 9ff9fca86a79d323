// The roles a person holds, withdrawing one and granting another, each with its reason.
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct } from '../../client/queries.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { TextField } from '../../components/field.tsx'
import { Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { grantBody, GrantFields, noGrant } from './grant-fields.tsx'
import { useRoleName } from './words.ts'

type Person = Answer<'readPerson'>
type Grant = Person['grants'][number]

export function Grants({ person, mayChange }: { person: Person; mayChange: boolean }): ReactElement {
  const { t } = useTranslation('people')
  const { instant } = useFormat()
  const name = useRoleName()
  const where = ({ organisationName, district }: Grant): string =>
    organisationName ?? district ?? t('grants.whole_city')
  const since = (grant: Grant): string =>
    grant.grantedBy === null
      ? instant(grant.grantedAt)
      : t('grants.granted_by', { who: grant.grantedBy, at: instant(grant.grantedAt) })
  return (
    <>
      <Sheet title={t('grants')}>
        <DataTable
          columns={[
            {
              id: 'role',
              label: t('column.grant'),
              leads: true,
              text: (row) => `${name(row.role)} ${where(row)}`,
              cell: (row) => (
                <>
                  {name(row.role)}
                  <small>{where(row)}</small>
                </>
              ),
            },
            { id: 'since', label: t('column.since'), text: since, cell: (row) => since(row) },
            ...(mayChange
              ? [
                  {
                    id: 'withdraw',
                    label: t('withdraw'),
                    text: () => '',
                    cell: (row: Grant) => <Withdraw grant={row} />,
                  },
                ]
              : []),
          ]}
          rows={person.grants}
          rowId={(row) => row.id}
          caption={t('grants')}
          empty={<EmptyState>{t('grants.empty')}</EmptyState>}
        />
      </Sheet>
      {mayChange && <GrantRole person={person} />}
    </>
  )
}

function Withdraw({ grant }: { grant: Grant }): ReactElement {
  const { t } = useTranslation('people')
  const name = useRoleName()
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const act = useAct('withdrawRole', () => setOpen(false))
  return (
    <>
      <button type="button" className="button-link" onClick={() => setOpen(true)}>
        {t('withdraw')}
        <span className="unseen"> {name(grant.role)}</span>
      </button>
      <Dialog
        title={t('withdraw.title', { role: name(grant.role) })}
        open={open}
        onClose={() => setOpen(false)}
        actions={
          <button
            type="button"
            className="button"
            data-kind="stop"
            disabled={act.isPending || reason.trim().length < 2}
            onClick={() => act.mutate({ params: { id: grant.id }, body: { reason } })}
          >
            {t('withdraw')}
          </button>
        }
      >
        <TextField label={t('withdraw.reason')} value={reason} onChange={setReason} maxLength={500} />
        <ErrorNote error={act.error} />
      </Dialog>
    </>
  )
}

function GrantRole({ person }: { person: Person }): ReactElement {
  const { t } = useTranslation('people')
  const [asked, setAsked] = useState(noGrant)
  const [reason, setReason] = useState('')
  const act = useAct('grantRole', () => {
    setAsked(noGrant)
    setReason('')
  })
  const grant = grantBody(asked)
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (grant !== null) act.mutate({ params: { id: person.id }, body: { ...grant, reason } })
  }
  return (
    <Sheet title={t('grant')}>
      <form className="form" onSubmit={submit}>
        <GrantFields
          asked={asked}
          onChange={setAsked}
          apart={person.administratorsApart}
          none={t('role.pick')}
        />
        <TextField label={t('grant.reason')} value={reason} onChange={setReason} maxLength={500} />
        <div className="wide stack">
          <ErrorNote error={act.error} />
          <button className="button" disabled={act.isPending || grant === null || reason.trim().length < 2}>
            {t('grant.submit')}
          </button>
        </div>
      </form>
    </Sheet>
  )
}
