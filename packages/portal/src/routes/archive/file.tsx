// One file: its term and the rule, its catalogue with digests, whether the papers are still what they were, and its holds.
import { useParams } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { call, type Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { rolesOf, useSession } from '../../client/session.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { DocumentButton } from '../../components/document-button.tsx'
import { EmptyState, Note } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { Facts } from '../../components/facts.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { ReasonedAct } from '../../components/reasoned-act.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import '../../features/audit/audit.css'
import { archiveTone, useTerm, type ArchiveFile as File } from '../../features/archive/words.ts'

export function ArchiveFile(): ReactElement {
  const { t } = useTranslation('archive')
  const { id } = useParams({ from: '/signed-in/archive/$id' })
  const file = useAnswer('readArchiveFile', { params: { id } })
  const term = useTerm()
  const { day } = useFormat()
  return (
    <Page
      crumbs={[{ label: t('archive'), to: '/archive' }, { label: file.number }]}
      title={t('file.title', { number: file.number })}
      lead={t('file.lead', {
        kind: t(`kind.${file.kind}`),
        object: file.objectNumber,
        title: file.title,
        term: term(file.years),
        closed: day(file.closedOn),
      })}
    >
      <DocumentButton route="readCatalogueDocument" id={id} label={t('file.document')} />
      <Columns
        main={<Catalogue file={file} />}
        side={
          <>
            <About file={file} />
            <Check id={id} />
            <Holds file={file} />
          </>
        }
      />
    </Page>
  )
}

type Paper = File['catalogue'][number]

function usePaperName(): (paper: Pick<Paper, 'kind' | 'label'>) => string {
  const { t, i18n } = useTranslation(['archive', 'words', 'events'])
  return ({ kind, label }) => {
    const known = (key: string): string | null => (i18n.exists(key) ? t(key as 'archive:paper.record') : null)
    const named =
      kind === 'attachment'
        ? known(`words:document.${label}`)
        : kind === 'event'
          ? known(`events:${label}`)
          : null
    const said = kind === 'number' ? label : named
    return said === null ? t(`paper.${kind}`) : `${t(`paper.${kind}`)} · ${said}`
  }
}

function Catalogue({ file }: { file: File }): ReactElement {
  const { t } = useTranslation('archive')
  const { day } = useFormat()
  const name = usePaperName()
  const columns: readonly Column<Paper>[] = [
    {
      id: 'position',
      label: t('column.position'),
      numeric: true,
      text: (row) => String(row.position),
      cell: (row) => row.position,
    },
    {
      id: 'paper',
      label: t('column.paper'),
      leads: true,
      text: name,
      cell: (row) => (
        <>
          {name(row)}
          <small className="code hash">{row.sm3}</small>
        </>
      ),
    },
    { id: 'made', label: t('column.made'), text: (row) => row.madeOn, cell: (row) => day(row.madeOn) },
    {
      id: 'bytes',
      label: t('column.bytes'),
      numeric: true,
      text: (row) => String(row.bytes),
      cell: (row) => row.bytes,
    },
  ]
  return (
    <Sheet title={t('file.catalogue')} aside={t('column.papers') + ' ' + file.papers}>
      <DataTable
        columns={columns}
        rows={file.catalogue}
        rowId={(row) => String(row.position)}
        caption={t('file.catalogue')}
        allRows={() => Promise.resolve(file.catalogue)}
        fileName={file.number}
        empty={null}
      />
    </Sheet>
  )
}

function About({ file }: { file: File }): ReactElement {
  const { t } = useTranslation('archive')
  const say = useSay()
  const { day, instant } = useFormat()
  return (
    <Sheet
      title={t('file.facts')}
      aside={<StatusTag tone={archiveTone(file.state)}>{t(`state.${file.state}`)}</StatusTag>}
    >
      <Facts
        facts={[
          { id: 'category', label: t('column.term'), value: t(`category.${file.category}`) },
          { id: 'source', label: t('file.source'), value: say(file.source) },
          { id: 'ends', label: t('column.ends'), value: file.endsOn === null ? '–' : day(file.endsOn) },
          { id: 'archived', label: t('file.archived'), value: instant(file.archivedAt) },
          ...(file.disposedAt === null
            ? []
            : [{ id: 'disposed', label: t('file.disposed'), value: instant(file.disposedAt) }]),
          { id: 'digest', label: t('file.digest'), value: <span className="code hash">{file.digest}</span> },
        ]}
      />
    </Sheet>
  )
}

function Check({ id }: { id: string }): ReactElement {
  const { t } = useTranslation('archive')
  const name = usePaperName()
  const [checked, setChecked] = useState<Answer<'checkArchiveFile'> | null>(null)
  const [error, setError] = useState<Error | null>(null)
  async function check(): Promise<void> {
    setError(null)
    try {
      setChecked(await call('checkArchiveFile', { params: { id } }))
    } catch (failed) {
      setError(failed as Error)
    }
  }
  return (
    <Sheet
      title={t('check')}
      actions={
        <button type="button" className="button" data-kind="quiet" onClick={() => void check()}>
          {t('check.do')}
        </button>
      }
    >
      <div className="sheet-body">
        <p className="small quiet">{t('check.why')}</p>
        {checked !== null && checked.differences.length === 0 && (
          <Note tone="done">{t('check.same', { count: checked.papers })}</Note>
        )}
        {checked !== null && checked.differences.length > 0 && (
          <>
            <Note tone="stopped">{t('check.differs', { count: checked.differences.length })}</Note>
            <ul>
              {checked.differences.map((each) => (
                <li key={each.position}>
                  {each.what === 'catalogue'
                    ? t('check.catalogue')
                    : `${each.position} ${name(each)}: ${t(`check.${each.what}`)}`}
                </li>
              ))}
            </ul>
          </>
        )}
        <ErrorNote error={error} />
      </div>
    </Sheet>
  )
}

function Holds({ file }: { file: File }): ReactElement {
  const { t } = useTranslation('archive')
  const { instant } = useFormat()
  const place = useAct('placeHold')
  const release = useAct('releaseHold')
  const params = { id: file.id }
  const auditor = rolesOf(useSession()!).has('auditor')
  const act = file.auditHold ? release : place
  return (
    <Sheet
      title={t('holds')}
      actions={
        auditor && file.disposedAt === null ? (
          <ReasonedAct
            label={t(file.auditHold ? 'hold.release' : 'hold')}
            title={t(file.auditHold ? 'hold.release_title' : 'hold.title')}
            reasonLabel={t('hold.reason')}
            act={act}
            onAct={(reason) => act.mutateAsync({ params, body: { reason } })}
          />
        ) : undefined
      }
    >
      {file.holds.length === 0 ? (
        <EmptyState>{t('holds.none')}</EmptyState>
      ) : (
        <Facts
          facts={file.holds.map((hold) => ({
            id: hold.placedAt,
            label: t('hold.placed', { name: hold.placedBy }),
            value: `${hold.reason} · ${instant(hold.placedAt)}`,
            source:
              hold.releasedBy === null
                ? undefined
                : `${t('hold.released', { name: hold.releasedBy })}: ${hold.releaseReason}`,
          }))}
        />
      )}
    </Sheet>
  )
}
