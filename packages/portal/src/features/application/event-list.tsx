import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { Timeline } from '../../components/facts.tsx'
import { Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'

type Event = Answer<'readApplication'>['events'][number]

interface EventListProps {
  readonly events: readonly Event[]
  readonly aside?: ReactNode
}

/** What happened, newest first, with the reason that was given. */
export function EventList({ events, aside }: EventListProps): ReactElement | null {
  const { t } = useTranslation(['events', 'shell'])
  const { instant } = useFormat()
  if (events.length === 0) return null
  const entries = [...events].reverse().map((event, index) => ({
    id: `${event.at}-${index}`,
    when: instant(event.at),
    what: (
      <>
        {t(`events:${event.event}` as 'events:submit', { defaultValue: event.event })}
        {event.documentNumber !== null && <small className="quiet"> · {event.documentNumber}</small>}
        {event.reason !== null && <small className="quiet"> · {event.reason}</small>}
      </>
    ),
    who:
      event.forName === null
        ? t(`shell:role.${event.actorRole}` as 'shell:role.clerk', { defaultValue: event.actorName })
        : t('events:for', { name: event.actorName, other: event.forName }),
  }))
  return (
    <Sheet title={t('events:title')} aside={aside}>
      <Timeline entries={entries} />
    </Sheet>
  )
}
