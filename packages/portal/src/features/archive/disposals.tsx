// 鉴定销毁: the lists of files to dispose of, and proposing one of what stands over its term.
import { Link } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct, useAnswer } from '../../client/queries.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { AreaField, CheckField } from '../../components/field.tsx'
import { Sheet } from '../../components/page.tsx'
import { ReasonedAct } from '../../components/reasoned-act.tsx'
import { StatusTag, type Tone } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import '../disclosure/notice-list.css'
import type { Disposal } from './words.ts'

const TONES: Readonly<Record<Disposal['state'], Tone>> = {
  proposed: 'waits',
  approved: 'done',
  rejected: 'quiet',
}

export function Disposals({ office }: { office: boolean }): ReactElement {
  const { t } = useTranslation('archive')
  const { items } = useAnswer('listDisposals')
  return (
    <>
      <Sheet title={t('disposals')}>
        {items.length === 0 ? (
          <EmptyState>{t('disposals.none')}</EmptyState>
        ) : (
          <ul className="notice-list">
            {items.map((item) => (
              <DisposalRow key={item.id} disposal={item} office={office} />
            ))}
          </ul>
        )}
      </Sheet>
      {office && <Propose />}
    </>
  )
}

function DisposalRow({ disposal, office }: { disposal: Disposal; office: boolean }): ReactElement {
  const { t } = useTranslation('archive')
  const { instant } = useFormat()
  const act = useAct('decideDisposal')
  const params = { id: disposal.id }
  return (
    <li>
      <span>
        {t('disposal', { number: disposal.number })} · {t('disposal.files', { count: disposal.files.length })}
        <small>{disposal.reason}</small>
        <small>
          {t('disposal.by', { name: disposal.proposedBy })} · {instant(disposal.proposedAt)}
          {disposal.decidedBy !== null &&
            ` · ${t('disposal.decided', { name: disposal.decidedBy })} · ${disposal.decisionReason}`}
        </small>
        <small>
          {disposal.files.map((file) => (
            <Link key={file.id} to="/archive/$id" params={{ id: file.id }}>
              {file.number}{' '}
            </Link>
          ))}
        </small>
      </span>
      <span className="row-of">
        <StatusTag tone={TONES[disposal.state]}>{t(`disposal.${disposal.state}`)}</StatusTag>
        {office && disposal.state === 'proposed' && disposal.proposedByMe && (
          <span className="note">{t('decide.own')}</span>
        )}
        {office &&
          disposal.state === 'proposed' &&
          !disposal.proposedByMe &&
          (['approve', 'reject'] as const).map((decision) => (
            <ReasonedAct
              key={decision}
              label={t(decision)}
              title={t(decision)}
              reasonLabel={t('decide.reason')}
              act={act}
              onAct={(reason) => act.mutateAsync({ params, body: { decision, reason } })}
            />
          ))}
      </span>
    </li>
  )
}

function Propose(): ReactElement {
  const { t } = useTranslation('archive')
  const { items } = useAnswer('listArchive', { query: { state: 'due', size: 200 } })
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [reason, setReason] = useState('')
  const act = useAct('proposeDisposal', () => {
    setChosen(new Set())
    setReason('')
  })
  function toggle(id: string): void {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    setChosen(next)
  }
  return (
    <Sheet title={t('propose')}>
      {items.length === 0 ? (
        <EmptyState>{t('propose.none')}</EmptyState>
      ) : (
        <div className="sheet-body stack">
          <p className="small quiet">{t('propose.why')}</p>
          {items.map((file) => (
            <CheckField key={file.id} checked={chosen.has(file.id)} onChange={() => toggle(file.id)}>
              {file.number} · {file.title}
            </CheckField>
          ))}
          <AreaField label={t('propose.reason')} value={reason} onChange={setReason} maxLength={500} />
          <ErrorNote error={act.error} />
          <div>
            <button
              type="button"
              className="button"
              data-kind="stop"
              disabled={chosen.size === 0 || reason.trim().length < 2 || act.isPending}
              onClick={() => act.mutate({ body: { fileIds: [...chosen], reason } })}
            >
              {t('propose.do')}
            </button>{' '}
            <span className="note">{t('propose.chosen', { count: chosen.size })}</span>
          </div>
        </div>
      )}
    </Sheet>
  )
}
