// What the public thinks and asks, to be answered one by one; what waits for an answer stands first.
import { useState, type FormEvent, type ReactElement, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { UseMutationResult } from '@tanstack/react-query'
import type { Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { AreaField } from '../../components/field.tsx'
import { PAGE_SIZE, Pager, useListFilter } from '../../components/list-filter.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import '../../features/policy/guide.css'

type Appraisal = Answer<'listAppraisals'>['items'][number]
type Inquiry = Answer<'listInquiries'>['items'][number]

export function ServiceDesk(): ReactElement {
  const { t } = useTranslation('service')
  const [filter] = useListFilter()
  const query = { page: filter.page ?? 1, size: PAGE_SIZE }
  const appraisals = useAnswer('listAppraisals', { query })
  const inquiries = useAnswer('listInquiries', { query })
  const waiting = { bad: appraisals.waiting, open: inquiries.waiting }
  const title = waiting.bad + waiting.open === 0 ? t('desk.title_none') : t('desk.title', waiting)
  return (
    <Page title={title} lead={t('desk.lead')}>
      <Columns
        main={
          <Sheet title={t('desk.inquiries')}>
            {inquiries.items.length === 0 && <EmptyState>{t('desk.none_asked')}</EmptyState>}
            {inquiries.items.map((inquiry) => (
              <AskedOne key={inquiry.id} inquiry={inquiry} />
            ))}
          </Sheet>
        }
        side={
          <Sheet title={t('desk.appraisals')}>
            {appraisals.items.length === 0 && <EmptyState>{t('desk.none')}</EmptyState>}
            {appraisals.items.map((appraisal) => (
              <AppraisedOne key={appraisal.id} appraisal={appraisal} />
            ))}
          </Sheet>
        }
      />
      <Pager total={Math.max(appraisals.total, inquiries.total)} />
    </Page>
  )
}

function AskedOne({ inquiry }: { inquiry: Inquiry }): ReactElement {
  const { t } = useTranslation('service')
  const { instant } = useFormat()
  const act = useAct('answerInquiry')
  return (
    <Said
      head={
        <>
          <StatusTag tone={inquiry.answer === null ? 'waits' : 'done'}>
            {t(`ask.kind.${inquiry.kind}`)}
          </StatusTag>{' '}
          {inquiry.number} · {instant(inquiry.filedAt)} · {inquiry.contactMasked}
        </>
      }
      text={inquiry.text}
      reply={inquiry.answer}
      act={act}
      send={(text) => act.mutate({ params: { id: inquiry.id }, body: { text } })}
    />
  )
}

function AppraisedOne({ appraisal }: { appraisal: Appraisal }): ReactElement {
  const { t } = useTranslation('service')
  const { instant } = useFormat()
  const act = useAct('replyToAppraisal')
  const bad = appraisal.grade <= 2
  return (
    <Said
      head={
        <>
          <StatusTag tone={bad ? 'stopped' : 'done'}>{t(`grade.${appraisal.grade}` as 'grade.5')}</StatusTag>{' '}
          {t(`step.${appraisal.step}`)} · {appraisal.number} · {appraisal.organisationName} ·{' '}
          {instant(appraisal.at)}
        </>
      }
      text={appraisal.reason === '' ? t('desk.no_reason') : appraisal.reason}
      reply={appraisal.reply}
      act={act}
      send={(text) => act.mutate({ params: { id: appraisal.id }, body: { text } })}
    />
  )
}

interface SaidProps {
  readonly head: ReactNode
  readonly text: string
  readonly reply: string | null
  readonly act: Pick<UseMutationResult<unknown, Error>, 'error' | 'isPending'>
  readonly send: (text: string) => void
}

/** One thing that somebody said, and the answer to it. */
function Said({ head, text, reply, act, send }: SaidProps): ReactElement {
  const { t } = useTranslation('service')
  const [typed, setTyped] = useState('')
  function submit(event: FormEvent): void {
    event.preventDefault()
    send(typed)
  }
  return (
    <div className="sheet-body">
      <p className="quiet small">{head}</p>
      <p>{text}</p>
      {reply === null ? (
        <details>
          <summary>{t('desk.reply')}</summary>
          <form className="stack" onSubmit={submit}>
            <AreaField label={t('desk.reply')} rows={2} maxLength={1000} value={typed} onChange={setTyped} />
            <ErrorNote error={act.error} />
            <div className="row-of">
              <button className="button" disabled={act.isPending || typed.trim().length < 2}>
                {t('desk.send')}
              </button>
            </div>
          </form>
        </details>
      ) : (
        <p className="quiet">{t('desk.replied', { text: reply })}</p>
      )}
    </div>
  )
}
