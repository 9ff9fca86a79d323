// Who acts while somebody is away, and what is overdue, tier by tier.
import { Link } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { SelectField, TextField } from '../../components/field.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { useDistrict } from '../../components/use-district.ts'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import '../../features/disclosure/notice-list.css'

export function Duty(): ReactElement {
  const { t } = useTranslation('review')
  return (
    <Page title={t('duty.title')} lead={t('duty.lead')}>
      <nav aria-label={t('duty.more')}>
        <Link to="/engagements">{t('duty.engagements')}</Link> ·{' '}
        <Link to="/archive">{t('duty.archive')}</Link>
      </nav>
      <Overdue />
      <Delegations />
      <GiveDuty />
    </Page>
  )
}

type Group = Answer<'listOverdue'>['groups'][number]

function Overdue(): ReactElement {
  const { t } = useTranslation('review')
  const { groups } = useAnswer('listOverdue')
  if (groups.length === 0) {
    return (
      <Sheet title={t('duty.overdue')}>
        <EmptyState>{t('duty.overdue_none')}</EmptyState>
      </Sheet>
    )
  }
  return (
    <>
      {groups.map((group) => (
        <OverdueGroup key={group.awaited} group={group} />
      ))}
    </>
  )
}

function OverdueGroup({ group }: { group: Group }): ReactElement {
  const { t } = useTranslation(['review', 'words'])
  const { day } = useFormat()
  const district = useDistrict()
  const whose = group.awaited === 'reviewer' ? t('duty.reviewer') : t(`tier.${group.awaited}`)
  return (
    <Sheet title={`${t('duty.overdue')} · ${whose}`} aside={String(group.count)}>
      <ul className="notice-list">
        {group.items.map((item) => (
          <li key={item.id}>
            <span>
              <Link
                to={item.about === 'application' ? '/review/applications/$id' : '/review/claims/$id'}
                params={{ id: item.id }}
              >
                {item.organisationName}
              </Link>
              <small>{`${item.number} · ${district(item.district)} · ${day(item.deadlineOn)}`}</small>
            </span>
            <StatusTag tone="stopped">{t('duty.over', { count: item.workingDaysOver })}</StatusTag>
          </li>
        ))}
      </ul>
    </Sheet>
  )
}

const TONES = { running: 'waits', to_come: 'quiet', over: 'done' } as const

function Delegations(): ReactElement {
  const { t } = useTranslation('review')
  const { day } = useFormat()
  const { items } = useAnswer('listDelegations')
  const end = useAct('endDelegation')
  return (
    <Sheet title={t('duty.delegations')}>
      {items.length === 0 ? (
        <EmptyState>{t('duty.none')}</EmptyState>
      ) : (
        <ul className="notice-list">
          {items.map((each) => (
            <li key={each.id}>
              <span>
                {t('duty.who', { from: each.fromName, to: each.toName })}
                <small>
                  {`${t('duty.days', { from: day(each.startsOn), to: day(each.endsOn) })} · ${each.reason}`}
                </small>
              </span>
              <span className="row-of">
                <StatusTag tone={TONES[each.state]}>{t(`duty.state.${each.state}`)}</StatusTag>
                {each.given && each.state !== 'over' && (
                  <button
                    type="button"
                    className="button"
                    data-kind="stop"
                    disabled={end.isPending}
                    onClick={() => end.mutate({ params: { id: each.id } })}
                  >
                    {t('duty.end')}
                  </button>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
      <ErrorNote error={end.error} />
    </Sheet>
  )
}

function GiveDuty(): ReactElement {
  const { t } = useTranslation('review')
  const { today, particulars } = useAnswer('readSite')
  const { districts } = particulars
  const text = useSay()
  const { items } = useAnswer('listDeputies')
  const [deputyId, setDeputyId] = useState('')
  const [startsOn, setStartsOn] = useState(today)
  const [endsOn, setEndsOn] = useState(today)
  const [district, setDistrict] = useState('')
  const [reason, setReason] = useState('')
  const act = useAct('makeDelegation', () => setReason(''))
  const ready = deputyId !== '' && endsOn >= startsOn && reason.trim().length >= 2
  return (
    <Sheet
      title={t('duty.give')}
      actions={
        <button
          type="button"
          className="button"
          disabled={!ready || act.isPending}
          onClick={() =>
            act.mutate({
              body: {
                deputy: deputyId,
                startsOn,
                endsOn,
                district: district === '' ? null : district,
                reason,
              },
            })
          }
        >
          {t('duty.make')}
        </button>
      }
    >
      <div className="form">
        <SelectField
          label={t('duty.deputy')}
          none={t('duty.choose')}
          value={deputyId}
          onChange={setDeputyId}
          choices={items.map(({ id, displayName }) => ({ value: id, label: displayName }))}
        />
        <TextField label={t('duty.from')} type="date" value={startsOn} onChange={setStartsOn} />
        <TextField label={t('duty.to')} type="date" value={endsOn} onChange={setEndsOn} />
        {districts.length > 0 && (
          <SelectField
            label={t('duty.district')}
            none={t('duty.everywhere')}
            value={district}
            onChange={setDistrict}
            choices={districts.map(({ code, ...name }) => ({ value: code, label: text(name) }))}
          />
        )}
        <TextField label={t('duty.reason')} value={reason} onChange={setReason} maxLength={500} />
        <ErrorNote error={act.error} />
      </div>
    </Sheet>
  )
}
