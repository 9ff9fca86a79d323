// An adoption, item by item: what must be answered first, each with its source; what the cases would become; and the
// second person's signature.
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { SelectField } from '../../components/field.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { CaseName } from '../../features/author/case-list.tsx'
import { ItemList } from '../../features/author/item-list.tsx'
import '../../features/author/author.css'

type Draft = Answer<'readAdoptionDraft'>

export function AdoptionDraft(): ReactElement {
  const { t } = useTranslation('author')
  const { id } = useParams({ strict: false }) as { id: string }
  const draft = useAnswer('readAdoptionDraft', { params: { id } })
  const { instant } = useFormat()
  const text = useSay()
  const title =
    draft.state === 'answering'
      ? t('draft.title.answering', { count: draft.missing })
      : t(`draft.title.${draft.state}`)
  const lead =
    draft.signedBy === null || draft.signedAt === null
      ? t('draft.lead')
      : t('draft.lead_signed', { who: draft.signedBy, at: instant(draft.signedAt) })
  return (
    <Page
      crumbs={[{ label: t('crumb.adoptions'), to: '/author/adoptions' }, { label: text(draft.title) }]}
      title={title}
      lead={lead}
      provenance={`${draft.programmeId} ${draft.programmeVersion} · ${draft.programmeHash.slice(0, 12)}`}
    >
      <Columns main={<ItemList draft={draft} />} side={<Sign draft={draft} />} />
      <Foreseen draft={draft} />
    </Page>
  )
}

function Sign({ draft }: { draft: Draft }): ReactElement {
  const { t } = useTranslation('author')
  const navigate = useNavigate()
  const [fundId, setFundId] = useState('')
  const act = useAct('signAdoptionDraft')
  const discard = useAct('discardAdoptionDraft', () => navigate({ to: '/author/adoptions' }))
  if (draft.adoptionId !== null) {
    return (
      <Sheet title={t('sign')}>
        <EmptyState
          action={
            <Link to="/programmes/$id" params={{ id: draft.adoptionId }}>
              {t('draft.in_force')}
            </Link>
          }
        >
          {t('draft.title.in_force')}
        </EmptyState>
      </Sheet>
    )
  }
  const ready = draft.state === 'ready'
  return (
    <Sheet title={t('sign')}>
      <div className="sheet-body stack">
        {ready && !draft.mine && <PaidFrom fundId={fundId} onChange={setFundId} />}
        <p className="quiet">{t(!ready ? 'sign.not_ready' : draft.mine ? 'sign.mine' : 'sign.why')}</p>
        <button
          type="button"
          className="button"
          disabled={!ready || draft.mine || act.isPending}
          onClick={() => act.mutate({ params: { id: draft.id }, body: fundId === '' ? {} : { fundId } })}
        >
          {t('sign.submit')}
        </button>
        <ErrorNote error={act.error ?? discard.error} />
        {draft.state !== 'discarded' && (
          <p>
            <button
              type="button"
              className="button-link"
              disabled={discard.isPending}
              onClick={() => discard.mutate({ params: { id: draft.id } })}
            >
              {t('draft.discard')}
            </button>
          </p>
        )}
      </div>
    </Sheet>
  )
}

/** A fund of its own, or one that pays for other programmes too: that stands for good. */
function PaidFrom({
  fundId,
  onChange,
}: {
  readonly fundId: string
  readonly onChange: (id: string) => void
}): ReactElement {
  const { t } = useTranslation('author')
  const text = useSay()
  const { items } = useAnswer('listFunds')
  return (
    <SelectField
      label={t('sign.fund')}
      value={fundId}
      onChange={onChange}
      choices={items.map(({ id, programmes }) => ({
        value: id,
        label: t('sign.fund.beside', {
          programmes: programmes.map(({ title }) => text(title)).join(t('sign.fund.and')),
        }),
      }))}
      none={t('sign.fund.own')}
      help={t('sign.fund.help')}
    />
  )
}

function Foreseen({ draft }: { draft: Draft }): ReactElement {
  const { t } = useTranslation('author')
  const { items } = useAnswer('previewAdoptionDraft', { params: { id: draft.id } })
  const changed = items.filter(({ same }) => !same)
  const said = (each: Readonly<Record<string, string>>): string => {
    const outcome = t(`outcome.${each['outcome'] ?? 'unknown'}` as 'outcome.unknown', {
      defaultValue: each['outcome'] ?? '',
    })
    return each['outcome'] === 'supported' ? `${outcome} ${each['ceiling'] ?? ''}` : outcome
  }
  const aside = changed.length === 0 ? t('foreseen.same') : t('foreseen.changed', { count: changed.length })
  return (
    <Sheet title={t('foreseen')} aside={items.length === 0 ? undefined : aside}>
      <DataTable
        columns={[
          {
            id: 'case',
            label: t('foreseen.case'),
            leads: true,
            text: (row) => row.name,
            cell: (row) => <CaseName name={row.name} />,
          },
          {
            id: 'published',
            label: t('foreseen.as_published'),
            text: (row) => said(row.published),
            cell: (row) => said(row.published),
          },
          {
            id: 'decided',
            label: t('foreseen.decided'),
            text: (row) => said(row.decided),
            cell: (row) => (row.same ? said(row.decided) : <b>{said(row.decided)}</b>),
          },
        ]}
        rows={items}
        rowId={(row) => row.name}
        caption={t('foreseen')}
        allRows={async () => items}
        empty={<EmptyState>{t('foreseen.none')}</EmptyState>}
      />
    </Sheet>
  )
}
