// The library: every measure and version that the platform knows.
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../client/queries.ts'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import '../../features/author/author.css'

const COUNTS = ['clauses', 'rules', 'cases'] as const

function Ways(): ReactElement {
  const { t } = useTranslation('author')
  return (
    <>
      <Link to="/author/studio">{t('studio')}</Link> · <Link to="/author/impact">{t('impact.open')}</Link>
    </>
  )
}

export function Library(): ReactElement {
  const { t } = useTranslation('author')
  const text = useSay()
  const { items } = useAnswer('listProgrammes')
  return (
    <Page title={t('library.title', { count: items.length })} lead={t('library.lead')}>
      <Proposed />
      <Sheet title={t('library')} aside={<Ways />}>
        <DataTable
          columns={[
            {
              id: 'programme',
              label: t('column.programme'),
              leads: true,
              text: (row) => `${text(row.title)} ${row.id}`,
              cell: (row) => (
                <>
                  <Link to="/author/programmes/$hash" params={{ hash: row.hash }}>
                    {text(row.title)}
                  </Link>
                  <small>
                    {row.id} · {t(row.shipped ? 'origin.shipped' : 'origin.stored')}
                  </small>
                </>
              ),
            },
            {
              id: 'version',
              label: t('column.version'),
              text: (row) => row.version,
              cell: (row) => row.version,
            },
            ...COUNTS.map((id) => ({
              id,
              label: t(`column.${id}`),
              numeric: true,
              text: (row: (typeof items)[number]) => String(row[id]),
              cell: (row: (typeof items)[number]) => row[id],
            })),
            {
              id: 'adopted',
              label: t('column.adopted'),
              text: (row) => row.adoptions.map(({ authority }) => authority).join('; '),
              cell: (row) =>
                row.adoptions.length === 0
                  ? '—'
                  : row.adoptions.map(({ id, authority }) => (
                      <div key={id}>
                        <Link to="/programmes/$id" params={{ id }}>
                          {authority}
                        </Link>
                      </div>
                    )),
            },
          ]}
          rows={items}
          rowId={(row) => row.hash}
          caption={t('library')}
          allRows={async () => items}
          empty={<EmptyState>{t('library.empty')}</EmptyState>}
        />
      </Sheet>
    </Page>
  )
}

/** What waits for a second signature. */
function Proposed(): ReactElement | null {
  const { t } = useTranslation('author')
  const text = useSay()
  const { instant } = useFormat()
  const waiting = useAnswer('listProgrammeProposals').items.filter(({ state }) => state === 'proposed')
  if (waiting.length === 0) return null
  return (
    <Sheet title={t('proposals')} aside={t('rows', { count: waiting.length })}>
      <ul className="pane-list">
        {waiting.map(({ id, title, programmeId, programmeVersion, proposedBy, proposedAt, mine }) => (
          <li key={id} data-wrong={!mine || undefined}>
            <StatusTag tone="waits">{t(mine ? 'proposals.mine' : 'proposals.to_sign')}</StatusTag>{' '}
            <Link to="/author/proposals/$id" params={{ id }}>
              {text(title)}
            </Link>
            <small className="quiet">
              {' '}
              {programmeId} {programmeVersion} ·{' '}
              {t('proposal.lead', { who: proposedBy, at: instant(proposedAt) })}
            </small>
          </li>
        ))}
      </ul>
    </Sheet>
  )
}
