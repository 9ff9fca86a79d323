// Papers that the firm has made to show others: credentials of vouchers, attestations to third parties; and the form for
// a further attestation.
import { Link, useNavigate } from '@tanstack/react-router'
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { useSession } from '../../client/session.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { TextField } from '../../components/field.tsx'
import { PAGE_SIZE, Pager, useListFilter } from '../../components/list-filter.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import { toneOf } from '../../features/credential/tone.ts'

type Row = Answer<'listCredentials'>['items'][number]

export function Credentials(): ReactElement {
  const { t } = useTranslation('credential')
  const [filter] = useListFilter()
  const list = useAnswer('listCredentials', { query: { page: filter.page ?? 1, size: PAGE_SIZE } })
  const columns = useColumns()
  const standing = list.items.filter(({ state }) => state === 'valid').length
  return (
    <Page
      crumbs={[{ label: t('crumb.wallet'), to: '/vouchers' }, { label: t('crumb') }]}
      title={t('title', { count: standing })}
      lead={t('lead')}
    >
      <Attest />
      <Sheet title={t('made')}>
        <DataTable
          columns={columns}
          rows={list.items}
          rowId={(row) => row.id}
          caption={t('made')}
          empty={<EmptyState>{t('made.empty')}</EmptyState>}
        />
        <Pager total={list.total} />
      </Sheet>
    </Page>
  )
}

function useColumns(): readonly Column<Row>[] {
  const { t } = useTranslation('credential')
  const { day, instant } = useFormat()
  const about = (row: Row): string => row.voucherNumber ?? row.recipient
  return [
    {
      id: 'about',
      label: t('column.about'),
      leads: true,
      text: about,
      cell: (row) => (
        <>
          <Link to="/credentials/$id" params={{ id: row.id }}>
            {about(row)}
          </Link>
          <small>{[t(`kind.${row.kind}`), row.purpose].filter((part) => part !== '').join(' · ')}</small>
        </>
      ),
    },
    { id: 'on', label: t('column.on'), text: (row) => row.on, cell: (row) => day(row.on) },
    {
      id: 'expires',
      label: t('paper.expires'),
      text: (row) => row.expiresOn,
      cell: (row) => day(row.expiresOn),
    },
    {
      id: 'state',
      label: t('column.state'),
      text: (row) => t(`state.${row.state}`),
      cell: (row) => <StatusTag tone={toneOf(row.state)}>{t(`state.${row.state}`)}</StatusTag>,
    },
    {
      id: 'looks',
      label: t('column.looks'),
      text: (row) => String(row.looks),
      cell: (row) => (
        <>
          {t('looks', { count: row.looks })}
          {row.lookedAt !== null && <small>{t('looked', { at: instant(row.lookedAt) })}</small>}
        </>
      ),
    },
  ]
}

const DAYS = 30

/** Whom it is for and why is stated by the firm and stands on the paper. */
function Attest(): ReactElement | null {
  const { t } = useTranslation('credential')
  const navigate = useNavigate()
  const site = useAnswer('readSite')
  const firm = useSession()?.grants.find(({ organisationId }) => organisationId !== null)
  const [recipient, setRecipient] = useState('')
  const [purpose, setPurpose] = useState('')
  const [on, setOn] = useState(site.now.slice(0, 10))
  const [days, setDays] = useState(String(DAYS))
  const act = useAct('makeAttestation', ({ id }) => navigate({ to: '/credentials/$id', params: { id } }))
  if (firm === undefined) return null
  const ready = recipient.trim().length > 1 && purpose.trim().length > 1 && on !== '' && Number(days) > 0
  function submit(event: FormEvent): void {
    event.preventDefault()
    const body = { organisationId: firm!.organisationId!, recipient, purpose, on, days: Number(days) }
    if (ready) act.mutate({ body })
  }
  return (
    <Sheet title={t('attest')} aside={t('attest.why')}>
      <form className="form" onSubmit={submit}>
        <TextField
          label={t('paper.recipient')}
          help={t('attest.recipient_help')}
          value={recipient}
          onChange={setRecipient}
          maxLength={100}
        />
        <TextField
          label={t('paper.purpose')}
          help={t('attest.purpose_help')}
          value={purpose}
          onChange={setPurpose}
          maxLength={200}
        />
        <TextField label={t('attest.on')} type="date" value={on} onChange={setOn} />
        <TextField
          label={t('attest.days')}
          help={t('attest.days_help')}
          type="number"
          min="1"
          max="180"
          value={days}
          onChange={setDays}
        />
        <div className="wide stack">
          <ErrorNote error={act.error} />
          <button className="button" disabled={!ready || act.isPending}>
            {t('attest.do')}
          </button>
        </div>
      </form>
    </Sheet>
  )
}
