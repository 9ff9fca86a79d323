// What people do with a project: the firm signs, files for acceptance or gives it up; the office countersigns, extends,
// returns, concludes, and a second person decides.
import { acceptanceResults, type AcceptanceResult } from '@suanquan/core/application'
import { Link } from '@tanstack/react-router'
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { addressOf } from '../../client/call.ts'
import { useAct } from '../../client/queries.ts'
import { Note } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { AreaField, CheckField, ChoiceField, TextField } from '../../components/field.tsx'
import { Sheet } from '../../components/page.tsx'
import { ReasonedAct } from '../../components/reasoned-act.tsx'
import { Upload } from '../../components/upload.tsx'
import { useFormat } from '../../components/use-format.ts'
import { ACCEPTED } from '../application/accepted.ts'
import type { Project } from './words.tsx'

interface Props {
  readonly project: Project
}

const may = (project: Project, event: string): boolean =>
  project.allowed.some((allowed) => allowed.event === event)

export function Sign({ project }: Props): ReactElement | null {
  const { t } = useTranslation('project')
  const { say } = useFormat()
  const [agreed, setAgreed] = useState(false)
  const act = useAct('signAgreement')
  if (!may(project, 'sign')) return null
  return (
    <Sheet title={t('sign')}>
      <div className="sheet-body stack">
        <p>{t('sign.what', { first: say(project.firstFen), second: say(project.secondFen) })}</p>
        <CheckField checked={agreed} onChange={setAgreed}>
          {t('sign.agreed')}
        </CheckField>
        <ErrorNote error={act.error} />
        <button
          type="button"
          className="button"
          disabled={!agreed || act.isPending}
          onClick={() => act.mutate({ params: { id: project.id }, body: { agreed: true } })}
        >
          {t('sign.do')}
        </button>
      </div>
    </Sheet>
  )
}

export function Countersign({ project }: Props): ReactElement | null {
  const { t } = useTranslation('project')
  const { say } = useFormat()
  const [reason, setReason] = useState('')
  const act = useAct('countersignAgreement')
  if (!may(project, 'countersign')) return null
  function send(event: FormEvent): void {
    event.preventDefault()
    act.mutate({ params: { id: project.id }, body: { reason } })
  }
  return (
    <Sheet title={t('countersign')}>
      <form className="sheet-body stack" onSubmit={send}>
        <p>{t('countersign.what', { first: say(project.firstFen) })}</p>
        <AreaField label={t('reason')} value={reason} onChange={setReason} maxLength={2000} />
        <ErrorNote error={act.error} />
        <button className="button" disabled={reason.trim().length < 2 || act.isPending}>
          {t('countersign.do')}
        </button>
      </form>
    </Sheet>
  )
}

type Document = { readonly kind: 'acceptance_report'; readonly attachmentId: string }

export function FileAcceptance({ project }: Props): ReactElement | null {
  const { t } = useTranslation(['project', 'words'])
  const { day } = useFormat()
  const [summary, setSummary] = useState('')
  const [items, setItems] = useState('')
  const [documents, setDocuments] = useState<readonly (Document & { fileName: string; sizeBytes: number })[]>(
    [],
  )
  const upload = useAct('uploadAttachment')
  const act = useAct('fileAcceptance')
  if (!may(project, 'file')) return null
  const ready = summary.trim().length >= 10 && /^\d+$/.test(items) && documents.length > 0
  async function send(file: File, onProgress: (share: number) => void): Promise<void> {
    const query = { kind: 'acceptance_report' as const, organisationId: project.organisationId }
    const { id, fileName, sizeBytes } = await upload.mutateAsync({ query, file, onProgress })
    setDocuments([...documents, { kind: 'acceptance_report', attachmentId: id, fileName, sizeBytes }])
  }
  function submit(event: FormEvent): void {
    event.preventDefault()
    const filed = documents.map(({ kind, attachmentId }) => ({ kind, attachmentId }))
    act.mutate({ params: { id: project.id }, body: { summary, items: Number(items), documents: filed } })
  }
  return (
    <Sheet title={t('file')} aside={t('file.by', { day: day(project.acceptBy) })}>
      <form className="sheet-body stack" onSubmit={submit}>
        <AreaField
          label={t('file.summary')}
          help={t('file.help')}
          value={summary}
          onChange={setSummary}
          rows={5}
          maxLength={4000}
        />
        <TextField
          label={t('file.items')}
          help={t('file.promised', { count: project.items })}
          type="number"
          min="0"
          value={items}
          onChange={setItems}
        />
        <Upload
          label={t('words:document.acceptance_report')}
          accept={ACCEPTED}
          files={documents.map(({ attachmentId, fileName, sizeBytes }) => ({
            id: attachmentId,
            fileName,
            sizeBytes,
            href: addressOf('readAttachment', { params: { id: attachmentId } }),
          }))}
          send={send}
          onRemove={(id) => setDocuments(documents.filter(({ attachmentId }) => attachmentId !== id))}
        />
        <ErrorNote error={act.error} />
        <button className="button" disabled={!ready || act.isPending}>
          {t('file.do')}
        </button>
      </form>
    </Sheet>
  )
}

export function Extend({ project }: Props): ReactElement | null {
  const { t } = useTranslation('project')
  const { day } = useFormat()
  const [until, setUntil] = useState('')
  const [reason, setReason] = useState('')
  const act = useAct('extendProject')
  if (!may(project, 'extend') || project.extensionUntil === null) return null
  function send(event: FormEvent): void {
    event.preventDefault()
    act.mutate({ params: { id: project.id }, body: { until, reason } })
  }
  return (
    <Sheet title={t('extend')}>
      <details className="sheet-fold">
        <summary>{t('extend.fold')}</summary>
        <form className="sheet-body stack" onSubmit={send}>
          <TextField
            label={t('extend.until')}
            help={t('extend.latest', { day: day(project.extensionUntil) })}
            type="date"
            min={project.acceptBy}
            max={project.extensionUntil}
            value={until}
            onChange={setUntil}
          />
          <AreaField label={t('reason')} value={reason} onChange={setReason} maxLength={2000} />
          <ErrorNote error={act.error} />
          <button className="button" disabled={until === '' || reason.trim().length < 2 || act.isPending}>
            {t('extend.do')}
          </button>
        </form>
      </details>
    </Sheet>
  )
}

/** The first of two: a result with its reason, or the filing goes back. */
export function Conclude({ project }: Props): ReactElement | null {
  const { t } = useTranslation('project')
  const [result, setResult] = useState<AcceptanceResult | ''>('')
  const [reason, setReason] = useState('')
  const act = useAct('concludeAcceptance')
  const back = useAct('returnFiling')
  if (!may(project, 'conclude')) return null
  const params = { id: project.id }
  function send(event: FormEvent): void {
    event.preventDefault()
    if (result !== '') act.mutate({ params, body: { result, reason } })
  }
  return (
    <Sheet title={t('conclude')}>
      <form className="sheet-body stack" onSubmit={send}>
        <ChoiceField
          label={t('conclude.result')}
          value={result}
          onChange={(value) => setResult(acceptanceResults.find((known) => known === value) ?? '')}
          choices={acceptanceResults.map((value) => ({ value, label: t(`result.${value}`) }))}
        />
        <AreaField label={t('reason')} value={reason} onChange={setReason} maxLength={2000} />
        <ErrorNote error={act.error} />
        <p className="row-of">
          <button className="button" disabled={result === '' || reason.trim().length < 2 || act.isPending}>
            {t('conclude.do')}
          </button>
          <ReasonedAct
            label={t('return')}
            title={t('return.title')}
            reasonLabel={t('reason')}
            act={back}
            onAct={(why) => back.mutateAsync({ params, body: { reason: why } })}
          />
        </p>
      </form>
    </Sheet>
  )
}

/** The second of two. */
export function Decide({ project }: Props): ReactElement | null {
  const { t } = useTranslation('project')
  const [reason, setReason] = useState('')
  const act = useAct('decideAcceptance')
  if (!may(project, 'accept') || project.result === null) return null
  const params = { id: project.id }
  const send = (approve: boolean): void => act.mutate({ params, body: { approve, reason } })
  const ready = reason.trim().length >= 2 && !act.isPending
  return (
    <Sheet title={t('decide')} aside={t(`result.${project.result}`)}>
      <div className="sheet-body stack">
        <p>{project.conclusion}</p>
        {project.concludedByMe ? (
          <Note tone="waits">{t('decide.another')}</Note>
        ) : (
          <>
            <AreaField label={t('reason')} value={reason} onChange={setReason} maxLength={2000} />
            <ErrorNote error={act.error} />
            <p className="row-of">
              <button type="button" className="button" disabled={!ready} onClick={() => send(true)}>
                {t('decide.approve')}
              </button>
              <button
                type="button"
                className="button"
                data-kind="quiet"
                disabled={!ready}
                onClick={() => send(false)}
              >
                {t('decide.reopen')}
              </button>
            </p>
          </>
        )}
      </div>
    </Sheet>
  )
}

/** Giving it up: for nothing before the office has signed, for all that was paid after it. */
export function GiveUp({ project }: Props): ReactElement | null {
  const { t } = useTranslation('project')
  const act = useAct('withdrawProject')
  const running = may(project, 'abandon')
  if (!running && !may(project, 'withdraw')) return null
  return (
    <Sheet title={t('give_up')}>
      <div className="sheet-body stack">
        <p>{t(running ? 'give_up.running' : 'give_up.early')}</p>
        <ReasonedAct
          label={t('give_up.do')}
          title={t('give_up')}
          reasonLabel={t('reason')}
          act={act}
          onAct={(reason) => act.mutateAsync({ params: { id: project.id }, body: { reason } })}
        />
      </div>
    </Sheet>
  )
}

/** 未通过: what was paid is taken back by the procedure of clawbacks. */
export function TakeBack({ project, office }: Props & { readonly office: boolean }): ReactElement | null {
  const { t } = useTranslation('project')
  const { say } = useFormat()
  if (project.state !== 'failed') return null
  return (
    <Note tone="waits">
      {t('take_back', { amount: say(project.toClawBackFen) })}{' '}
      {project.clawbackId !== null && (
        <Link to="/clawbacks/$id" params={{ id: project.clawbackId }}>
          {t('take_back.see')}
        </Link>
      )}
      {office && project.clawbackId === null && project.toClawBackFen !== '0' && (
        <Link to="/review/applications/$id/clawback" params={{ id: project.applicationId }}>
          {t('take_back.propose')}
        </Link>
      )}
    </Note>
  )
}
