// Messages, newest first: what it is, what it says, until when, and the way there. Opening one marks it as read.
import { Link, type LinkProps } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Act } from '../../client/queries.ts'
import { useAct } from '../../client/queries.ts'
import { rolesOf, useSession } from '../../client/session.ts'
import { Deadline } from '../../components/deadline.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { targetOf, type Message } from './link.ts'
import './message-list.css'

export function MessageList({ messages }: { messages: readonly Message[] }): ReactElement {
  const read = useAct('readMessage')
  return (
    <>
      <ol className="messages">
        {messages.map((message) => (
          <Line key={message.id} message={message} read={read} />
        ))}
      </ol>
      <ErrorNote error={read.error} />
    </>
  )
}

function Line({ message, read }: { message: Message; read: Act<'readMessage'> }): ReactElement {
  const { t } = useTranslation(['message', 'application'])
  const text = useSay()
  const { instant, day } = useFormat()
  const roles = rolesOf(useSession())
  const unread = message.readAt === null
  const mark = (): void => {
    if (unread) read.mutate({ params: { id: message.id } })
  }
  const fields = message.fields.map((field) =>
    t(`application:field.${field}` as 'application:field.contract.number', { defaultValue: field }),
  )
  return (
    <li data-unread={unread || undefined}>
      <div className="messages-head">
        <Link {...(targetOf(message, roles) as LinkProps)} onClick={mark}>
          {text(message.title)}
        </Link>
        {message.deadlineOn !== null && (message.workingDaysLeft ?? 0) >= 0 && (
          <Deadline workingDaysLeft={message.workingDaysLeft} on={day(message.deadlineOn)} />
        )}
      </div>
      <p>{text(message.body)}</p>
      {fields.length > 0 && <p className="small">{t('fields', { fields: fields.join(t('comma')) })}</p>}
      <div className="messages-foot">
        <time dateTime={message.at}>{instant(message.at)}</time>
        {message.deadlineOn !== null && <span>{t('until', { day: day(message.deadlineOn) })}</span>}
        {message.readAt === null ? (
          <>
            <StatusTag tone="waits">{t('unread')}</StatusTag>
            <button type="button" className="button-link" disabled={read.isPending} onClick={mark}>
              {t('mark')}
            </button>
          </>
        ) : (
          <span>{t('read_at', { at: instant(message.readAt) })}</span>
        )}
      </div>
    </li>
  )
}
