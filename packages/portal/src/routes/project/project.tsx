// One project: where it stands and until when, what it delivers, what it is paid, and what its reader does next.
import { Link, useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { addressOf } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { rolesOf, useSession } from '../../client/session.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { DocumentButton } from '../../components/document-button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Facts } from '../../components/facts.tsx'
import { Money } from '../../components/money.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { EventList } from '../../features/application/event-list.tsx'
import { Way } from '../../features/application/way.tsx'
import { CaseInspections } from '../../features/engagement/case-inspections.tsx'
import { ExpertPanels } from '../../features/expert/panel-sheet.tsx'
import {
  Conclude,
  Countersign,
  Decide,
  Extend,
  FileAcceptance,
  GiveUp,
  Sign,
  TakeBack,
} from '../../features/project/acts.tsx'
import { ProjectTag, type Project } from '../../features/project/words.tsx'
import { ledgerMoney } from '../../format/money.ts'

export function ProjectPage(): ReactElement {
  const { t } = useTranslation('project')
  const { id } = useParams({ from: '/signed-in/projects/$id' })
  const project = useAnswer('readProject', { params: { id } })
  const { day } = useFormat()
  const office = rolesOf(useSession()).has('reviewer')
  return (
    <Page
      crumbs={[{ label: t('crumb'), to: '/projects' }, { label: project.number }]}
      title={project.title}
      lead={t(`lead.${project.state}`, { day: day(project.deadlineOn ?? project.acceptBy) })}
      provenance={t('provenance', { number: project.number, application: project.applicationNumber })}
    >
      <p className="row-of">
        <DocumentButton route="readAgreementDocument" id={project.id} label={t('agreement')} />
        {project.decision !== null && (
          <DocumentButton route="readAcceptanceDocument" id={project.id} label={t('acceptance')} />
        )}
      </p>
      <Way standing={{ ...project, way: 'W5' }} />
      <TakeBack project={project} office={office} />
      <Columns
        main={
          <>
            <Sign project={project} />
            <FileAcceptance key={project.state} project={project} />
            <Plan project={project} />
            <Filed project={project} />
            <Payments project={project} />
          </>
        }
        side={
          <>
            <Countersign project={project} />
            <Conclude key={`${project.state}-conclude`} project={project} />
            <Decide key={`${project.state}-decide`} project={project} />
            <Extend project={project} />
            {office && <Panels project={project} />}
            <About project={project} />
            <GiveUp project={project} />
            <EventList events={project.events} />
          </>
        }
      />
    </Page>
  )
}

function Plan({ project }: { project: Project }): ReactElement {
  const { t } = useTranslation('project')
  return (
    <Sheet title={t('plan')} aside={t('plan.items', { count: project.items })}>
      <p className="sheet-body">{project.plan}</p>
    </Sheet>
  )
}

function Filed({ project }: { project: Project }): ReactElement | null {
  const { t } = useTranslation('project')
  const { instant } = useFormat()
  const { filing } = project
  if (filing === null) return null
  return (
    <Sheet title={t('filed')} aside={instant(filing.filedAt)}>
      <div className="sheet-body stack">
        <p>{filing.summary}</p>
        <p>{t('filed.items', { count: filing.items })}</p>
        <ul>
          {filing.documents.map(({ id, fileName }) => (
            <li key={id}>
              <a href={addressOf('readAttachment', { params: { id } })}>{fileName}</a>
            </li>
          ))}
        </ul>
        {project.conclusion !== null && project.result !== null && (
          <p>
            <b>{t(`result.${project.result}`)}</b> {project.conclusion} {project.decision}
          </p>
        )}
      </div>
    </Sheet>
  )
}

type Payment = Project['payments'][number]

function Payments({ project }: { project: Project }): ReactElement {
  const { t } = useTranslation(['project', 'words'])
  const { say } = useFormat()
  const state = (row: Payment): string => t(`words:claim.${row.state}` as 'words:claim.approved')
  const columns: readonly Column<Payment>[] = [
    {
      id: 'number',
      label: t('column.payment'),
      leads: true,
      text: (row) => row.number,
      cell: (row) => (
        <Link to="/claims/$id" params={{ id: row.claimId }}>
          {row.number}
        </Link>
      ),
    },
    {
      id: 'amount',
      label: t('column.amount'),
      numeric: true,
      text: (row) => ledgerMoney(row.amountFen),
      cell: (row) => <Money fen={row.amountFen} form="ledger" />,
    },
    { id: 'state', label: t('column.state'), text: state, cell: state },
  ]
  const results = project.secondOn.map((result) => t(`result.${result}`)).join(t('list_comma'))
  return (
    <Sheet title={t('payments')}>
      <DataTable
        columns={columns}
        rows={project.payments}
        rowId={(row) => row.claimId}
        caption={t('payments')}
        fileName={project.number}
        empty={<EmptyState>{t('payments.none')}</EmptyState>}
      />
      <p className="sheet-body quiet small">
        {t('payments.rule', { first: say(project.firstFen), second: say(project.secondFen), results })}
      </p>
    </Sheet>
  )
}

function Panels({ project }: { project: Project }): ReactElement {
  const application = useAnswer('readApplication', { params: { id: project.applicationId } })
  return (
    <>
      <ExpertPanels application={application} mayJudge={project.state === 'filed'} />
      <CaseInspections about="project" id={project.id} adoptionId={application.adoptionId} />
    </>
  )
}

function About({ project }: { project: Project }): ReactElement {
  const { t } = useTranslation('project')
  const { day } = useFormat()
  const say = useSay()
  return (
    <Sheet title={t('about')} aside={<ProjectTag state={project.state} />}>
      <Facts
        facts={[
          { id: 'firm', label: t('firm'), value: project.organisationName },
          { id: 'programme', label: t('programme'), value: say(project.programmeTitle) },
          {
            id: 'term',
            label: t('term'),
            value: t('term.days', { from: day(project.startsOn), to: day(project.endsOn) }),
          },
          {
            id: 'accept',
            label: t('accept_by'),
            value: day(project.acceptBy),
            source: project.extendedUntil === null ? undefined : t('extended'),
          },
          { id: 'budget', label: t('budget'), value: <Money fen={project.budgetFen} form="ledger" /> },
          {
            id: 'application',
            label: t('application'),
            value: (
              <Link to="/applications/$id" params={{ id: project.applicationId }}>
                {project.applicationNumber}
              </Link>
            ),
          },
        ]}
      />
    </Sheet>
  )
}
