// 委托的第三方机构: who is engaged for what and until when; proposing, confirming, ending; and the relations that a body
// declared. A body's own people find theirs here.
import { Link, useSearch } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct, useAnswer } from '../../client/queries.ts'
import { rolesOf, useSession } from '../../client/session.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Facts } from '../../components/facts.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { ReasonedAct } from '../../components/reasoned-act.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { useDistrict } from '../../components/use-district.ts'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { CaseInspections } from '../../features/engagement/case-inspections.tsx'
import { DeclareRelated } from '../../features/engagement/declare-related.tsx'
import { ProposeEngagement } from '../../features/engagement/propose.tsx'
import { engagementTone, type Engagement } from '../../features/engagement/words.ts'

export function Engagements(): ReactElement {
  const { t } = useTranslation('engagement')
  const { items } = useAnswer('listEngagements')
  const roles = rolesOf(useSession()!)
  const search: Record<string, unknown> = useSearch({ strict: false })
  const running = items.filter(({ state }) => state === 'running').length
  const columns = useColumns()
  const shown = items.find(({ id }) => id === search['id']) ?? items[0]
  return (
    <Page
      title={t('engagements.title', { count: running })}
      lead={t(roles.has('inspector') ? 'engagements.lead_body' : 'engagements.lead')}
    >
      <Sheet title={t('engagements')} aside={t('engagements.total', { count: items.length })}>
        <DataTable
          columns={columns}
          rows={items}
          rowId={(row) => row.id}
          caption={t('engagements')}
          allRows={() => Promise.resolve(items)}
          empty={<EmptyState>{t('engagements.none')}</EmptyState>}
        />
      </Sheet>
      {shown !== undefined && (
        <Record
          key={shown.id}
          engagement={shown}
          office={roles.has('reviewer')}
          body={roles.has('inspector')}
        />
      )}
      {roles.has('reviewer') && <ProposeEngagement />}
    </Page>
  )
}

function useColumns(): readonly Column<Engagement>[] {
  const { t } = useTranslation('engagement')
  const say = useSay()
  const district = useDistrict()
  const { day } = useFormat()
  const tasks = (row: Engagement): string => row.tasks.map((task) => t(`task.${task}`)).join('、')
  const days = (row: Engagement): string => t('days', { from: day(row.startsOn), to: day(row.endsOn) })
  const cases = (row: Engagement): string => t('cases', { assigned: row.assigned, reported: row.reported })
  return [
    {
      id: 'body',
      label: t('column.body'),
      leads: true,
      text: (row) => row.bodyName,
      cell: (row) => (
        <>
          <Link to="." search={{ id: row.id }}>
            {row.bodyName}
          </Link>
          <small>{row.contractNumber}</small>
        </>
      ),
    },
    {
      id: 'programme',
      label: t('column.programme'),
      text: (row) => say(row.programmeTitle),
      cell: (row) => (
        <>
          {say(row.programmeTitle)}
          <small>{row.district === null ? t('everywhere') : district(row.district)}</small>
        </>
      ),
    },
    { id: 'tasks', label: t('column.tasks'), text: tasks, cell: tasks },
    { id: 'days', label: t('column.days'), text: days, cell: days },
    { id: 'cases', label: t('column.cases'), text: cases, cell: cases },
    {
      id: 'state',
      label: t('column.state'),
      text: (row) => t(`engagement.${row.state}`),
      cell: (row) => <StatusTag tone={engagementTone(row.state)}>{t(`engagement.${row.state}`)}</StatusTag>,
    },
  ]
}

interface RecordProps {
  readonly engagement: Engagement
  /** a reviewer reads it */
  readonly office: boolean
  /** one of the body's people reads it */
  readonly body: boolean
}

function Record({ engagement, office, body }: RecordProps): ReactElement {
  const { t } = useTranslation('engagement')
  const { instant } = useFormat()
  const { id, state, related, tasks, adoptionId } = engagement
  const by = (text: string | null, at: string | null): string | undefined =>
    text === null || at === null ? undefined : `${text} · ${instant(at)}`
  const stands = state === 'running' || state === 'to_come'
  return (
    <>
      <Sheet
        title={t('record', { number: engagement.contractNumber })}
        aside={<StatusTag tone={engagementTone(state)}>{t(`engagement.${state}`)}</StatusTag>}
        actions={office && (state === 'proposed' || stands) ? <Acts engagement={engagement} /> : undefined}
      >
        <Facts
          facts={[
            { id: 'body', label: t('column.body'), value: engagement.bodyName },
            { id: 'reason', label: t('record.reason'), value: engagement.reason },
            ...(engagement.proposedBy === null
              ? []
              : [
                  {
                    id: 'proposed',
                    label: t('record.proposed', { name: engagement.proposedBy }),
                    value: instant(engagement.proposedAt),
                  },
                ]),
            ...(engagement.decidedBy === null
              ? []
              : [
                  {
                    id: 'decided',
                    label: t('record.decided', { name: engagement.decidedBy }),
                    value: by(engagement.decisionReason, engagement.decidedAt),
                  },
                ]),
            ...(engagement.endedAt === null
              ? []
              : [
                  {
                    id: 'ended',
                    label: t('record.ended'),
                    value: by(engagement.endReason, engagement.endedAt),
                  },
                ]),
          ]}
        />
      </Sheet>
      <Sheet title={t('related')}>
        {related.length === 0 ? (
          <EmptyState>{t('related.none')}</EmptyState>
        ) : (
          <Facts
            facts={related.map((each) => ({
              id: each.organisationName,
              label: each.organisationName,
              value: by(each.reason, each.declaredAt),
            }))}
          />
        )}
        {body && stands && <DeclareRelated engagementId={id} />}
      </Sheet>
      {office && state === 'running' && tasks.includes('performance') && (
        <CaseInspections about="adoption" id={adoptionId} adoptionId={adoptionId} />
      )}
    </>
  )
}

function Acts({ engagement: { id, state, proposedByMe } }: { engagement: Engagement }): ReactElement {
  const { t } = useTranslation('engagement')
  const decide = useAct('decideEngagement')
  const end = useAct('endEngagement')
  const params = { id }
  if (state !== 'proposed')
    return (
      <ReasonedAct
        label={t('end')}
        title={t('end.title')}
        reasonLabel={t('decide.reason')}
        act={end}
        onAct={(reason) => end.mutateAsync({ params, body: { reason } })}
      />
    )
  if (proposedByMe) return <span className="note">{t('decide.own')}</span>
  return (
    <>
      {(['confirm', 'reject'] as const).map((decision) => (
        <ReasonedAct
          key={decision}
          label={t(decision)}
          title={t(decision)}
          reasonLabel={t('decide.reason')}
          act={decide}
          onAct={(reason) => decide.mutateAsync({ params, body: { decision, reason } })}
        />
      ))}
    </>
  )
}
