// Notices: what is ready to be announced, what is announced, and the objections that wait for an answer.
import { Link } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct, useAnswer } from '../../client/queries.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { useApplicationColumns, type ApplicationRow } from '../../features/application/columns.tsx'
import { NoticeList } from '../../features/disclosure/notice-list.tsx'
import { Objections } from '../../features/review/objections.tsx'

export function NoticeDesk(): ReactElement {
  const { t } = useTranslation('review')
  const proposed = useAnswer('listApplications', { query: { state: 'proposed', order: 'oldest', size: 200 } })
  const notices = useAnswer('listNotices', { query: { size: 10 } })
  const adoptions = [...new Set(proposed.items.map(({ adoptionId }) => adoptionId))]
  return (
    <Page title={t('notices.title', { count: proposed.total })} lead={t('notices.lead')}>
      <Columns
        main={
          <>
            {adoptions.length === 0 && (
              <Sheet title={t('notices.ready')}>
                <EmptyState>{t('notices.empty')}</EmptyState>
              </Sheet>
            )}
            {adoptions.map((adoptionId) => (
              <Ready
                key={adoptionId}
                adoptionId={adoptionId}
                rows={proposed.items.filter((row) => row.adoptionId === adoptionId)}
              />
            ))}
            <Objections />
          </>
        }
        side={
          <Sheet title={t('notices.published')} aside={<Link to="/notices">{t('notices.all')}</Link>}>
            <NoticeList notices={notices.items} />
          </Sheet>
        }
      />
    </Page>
  )
}

interface ReadyProps {
  readonly adoptionId: string
  readonly rows: readonly ApplicationRow[]
}

function Ready({ adoptionId, rows }: ReadyProps): ReactElement {
  const { t } = useTranslation('review')
  const text = useSay()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(rows.map(({ id }) => id)))
  const [preview, setPreview] = useState(false)
  const columns = useApplicationColumns('/review/applications/$id').filter(
    ({ id }) => id === 'number' || id === 'contract' || id === 'amount',
  )
  const picked = rows.filter(({ id }) => chosen.has(id))
  return (
    <Sheet
      title={t('notices.ready')}
      aside={text(rows[0]!.programmeTitle)}
      actions={
        <button
          type="button"
          className="button"
          disabled={picked.length === 0}
          onClick={() => setPreview(true)}
        >
          {t('notices.preview', { count: picked.length })}
        </button>
      }
    >
      <DataTable
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        caption={t('notices.ready')}
        empty={null}
        select={{ chosen, onChange: setChosen }}
      />
      <Preview adoptionId={adoptionId} rows={picked} open={preview} onClose={() => setPreview(false)} />
    </Sheet>
  )
}

interface PreviewProps extends ReadyProps {
  readonly open: boolean
  readonly onClose: () => void
}

/** What the public will read, before it is published. */
function Preview({ adoptionId, rows, open, onClose }: PreviewProps): ReactElement {
  const { t } = useTranslation('review')
  const { read } = useFormat()
  const programme = useAnswer('readAdoption', { params: { id: adoptionId } })
  const act = useAct('publishNotice', onClose)
  const total = rows.reduce((sum, { approvedFen }) => sum + BigInt(approvedFen ?? '0'), 0n)
  return (
    <Dialog
      title={t('preview.title', { count: rows.length, total: read(total) })}
      open={open}
      onClose={onClose}
      actions={
        <>
          <button
            type="button"
            className="button"
            disabled={act.isPending}
            onClick={() => act.mutate({ body: { adoptionId, applicationIds: rows.map(({ id }) => id) } })}
          >
            {t('preview.publish')}
          </button>
          <button type="button" className="button" data-kind="quiet" onClick={onClose}>
            {t('preview.back')}
          </button>
        </>
      }
    >
      <p>{t('preview.days', { count: programme.noticeWorkingDays })}</p>
      <ul className="preview-list">
        {rows.map((row) => (
          <li key={row.id}>
            <span>
              {row.organisationName}
              <small className="quiet"> {row.creditCode}</small>
            </span>
            <span className="number">{read(row.approvedFen ?? '0')}</span>
          </li>
        ))}
      </ul>
      <ErrorNote error={act.error} />
    </Dialog>
  )
}
