// One person: the account, the roles, the firms acted for and handing them over, and all that happened.
import { useParams } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { TextField } from '../../components/field.tsx'
import { Facts, Timeline } from '../../components/facts.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { CodeNote } from '../../features/people/code-note.tsx'
import { Grants } from '../../features/people/grants.tsx'
import { HandOver } from '../../features/people/hand-over.tsx'
import { StateTag, stateOf } from '../../features/people/state-tag.tsx'
import { useMay, useRoleName } from '../../features/people/words.ts'

type Person = Answer<'readPerson'>

export function PersonPage(): ReactElement {
  const { t } = useTranslation('people')
  const { id } = useParams({ strict: false }) as { id: string }
  const person = useAnswer('readPerson', { params: { id } })
  const may = useMay()
  const own = may.own === person.id
  return (
    <Page
      crumbs={[{ label: t('crumb'), to: '/admin/people' }, { label: person.displayName }]}
      title={person.displayName}
      lead={own ? t('own') : t('person.lead', { login: person.login, state: t(`state.${stateOf(person)}`) })}
    >
      <Columns
        main={
          <>
            <Grants person={person} mayChange={may.roles && !own} />
            {person.acting.map((firm) => (
              <HandOver
                key={`${firm.organisationId}${firm.role}`}
                person={person}
                firm={firm}
                mayChange={may.roles && !own}
              />
            ))}
            <TakenOver person={person} />
          </>
        }
        side={
          <>
            <Account person={person} mayChange={may.accounts && !own} />
            <Events person={person} />
          </>
        }
      />
    </Page>
  )
}

function Account({ person, mayChange }: { person: Person; mayChange: boolean }): ReactElement {
  const { t } = useTranslation('people')
  const { instant } = useFormat()
  const facts = [
    { id: 'login', label: t('column.login'), value: person.login },
    { id: 'state', label: t('column.state'), value: <StateTag person={person} /> },
    {
      id: 'seen',
      label: t('column.seen'),
      value: person.lastSeenAt === null ? t('never') : instant(person.lastSeenAt),
      ...(person.lockedUntil === null ? {} : { source: t('locked', { until: instant(person.lockedUntil) }) }),
    },
  ]
  return (
    <Sheet title={t('facts')}>
      <Facts facts={facts} />
      {mayChange && (
        <div className="sheet-body stack">
          {person.active && <NewCode id={person.id} />}
          <Activity person={person} />
        </div>
      )}
    </Sheet>
  )
}

function NewCode({ id }: { id: string }): ReactElement {
  const { t } = useTranslation('people')
  const act = useAct('reissueEnrolment')
  return (
    <div className="stack">
      <button
        type="button"
        className="button"
        data-kind="quiet"
        disabled={act.isPending}
        onClick={() => act.mutate({ params: { id } })}
      >
        {t('code.again')}
      </button>
      <p className="small quiet">{t('code.again.why')}</p>
      {act.data !== undefined && <CodeNote code={act.data.enrolmentCode} />}
      <ErrorNote error={act.error} />
    </div>
  )
}

function Activity({ person }: { person: Person }): ReactElement {
  const { t } = useTranslation('people')
  const [reason, setReason] = useState('')
  const act = useAct('changeActivity', () => setReason(''))
  const active = !person.active
  return (
    <div className="stack">
      <TextField label={t('activity.reason')} value={reason} onChange={setReason} maxLength={500} />
      <button
        type="button"
        className="button"
        data-kind={active ? 'quiet' : 'stop'}
        disabled={act.isPending || reason.trim().length < 2}
        onClick={() => act.mutate({ params: { id: person.id }, body: { active, reason } })}
      >
        {t(active ? 'activity.enable' : 'activity.disable')}
      </button>
      <ErrorNote error={act.error} />
    </div>
  )
}

function Events({ person }: { person: Person }): ReactElement {
  const { t } = useTranslation('people')
  const { instant } = useFormat()
  const name = useRoleName()
  const text = ({ event, detail }: Person['events'][number]): string => {
    const role = [
      detail['role'] == null ? '' : name(detail['role']),
      detail['organisation'] ?? detail['district'],
    ]
    const given = { ...detail, role: role.filter(Boolean).join(' · ') }
    return t(`event.${event}` as 'event.granted', given as { role: string })
  }
  return (
    <Sheet title={t('events')}>
      {person.events.length === 0 ? (
        <EmptyState>{t('events.empty')}</EmptyState>
      ) : (
        <Timeline
          entries={person.events.map((event) => ({
            id: String(event.position),
            when: instant(event.at),
            what: text(event),
            who: [event.doneBy, event.reason].filter(Boolean).join(' · ') || undefined,
          }))}
        />
      )}
    </Sheet>
  )
}

function TakenOver({ person }: { person: Person }): ReactElement | null {
  const { t } = useTranslation('people')
  const { instant } = useFormat()
  if (person.takenOver.length === 0) return null
  return (
    <Sheet title={t('taken_over')}>
      <Timeline
        entries={person.takenOver.map(({ at, organisationName, from, items }) => ({
          id: `${at}${organisationName}`,
          when: instant(at),
          what: (
            <>
              {t('taken_over.line', { firm: organisationName, from })}
              {items.length > 0 && (
                <small className="quiet"> {items.map(({ number }) => number).join(', ')}</small>
              )}
            </>
          ),
        }))}
      />
    </Sheet>
  )
}
