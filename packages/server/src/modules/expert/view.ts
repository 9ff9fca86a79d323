// A panel as its reader may see it. By office: names and all opinions. An expert: the material, without the applicant in
// a blind review, the own opinion, and the others' (without names) once the panel is closed.
import type { AnswerOf, Routes } from '@suanquan/api'
import { summarisePanel, totalTenths, type Opinion } from '@suanquan/core/application'
import { workingDaysLeft, type Day } from '@suanquan/core/calendar'
import type { Kysely } from 'kysely'
import type { Filing, Tables } from '../../database/index.ts'
import type { World } from '../../http/world-options.ts'
import { type ApplicationView, type Reader, viewApplication } from '../application/index.ts'
import { viewAttachment } from '../attachment/index.ts'
import { loadPanel, opinionOf, type OpinionRow, type Panel, readsByOffice, stateOf } from './load.ts'

type View = AnswerOf<Routes['readExpertReview']>
type OpinionView = View['opinions'][number]

export async function viewPanel(world: World, db: Kysely<Tables>, id: string, reader: Reader): Promise<View> {
  const panel = (await loadPanel(db, id))!
  const { row, opinions } = panel
  const application = await viewApplication(world, db, row.application_id, { ...reader, person: null })
  const byOffice = readsByOffice(reader.person, panel)
  const mine = opinionOf(panel, reader.person)
  const shown = byOffice
    ? opinions
    : stateOf(panel) === 'closed'
      ? opinions.filter(({ state }) => state === 'given')
      : mine === undefined
        ? []
        : [mine]
  const view = (opinion: OpinionRow): OpinionView => viewOpinion(opinion, row.criteria, byOffice)
  const closer = row.closed_by === null ? null : await nameOf(db, row.closed_by)
  return {
    ...viewPanelRow(panel, application, { hidden: row.blind && !byOffice, today: reader.today }),
    mine: mine?.state ?? null,
    question: row.question,
    criteria: [...row.criteria],
    material: await materialOf(db, application, {
      blind: row.blind && !byOffice,
      papers: byOffice || stateOf(panel) === 'open',
      filing: panel.project?.filing ?? null,
    }),
    opinions: shown.map(view),
    summary: byOffice || stateOf(panel) === 'closed' ? summaryOf(row.criteria, opinions) : null,
    minutes: byOffice || stateOf(panel) === 'closed' ? row.minutes : null,
    closedAt: row.closed_at === null ? null : new Date(row.closed_at).toISOString(),
    closedBy: byOffice ? closer : null,
    myOpinion: mine === undefined ? null : view(mine),
  }
}

interface Shown {
  /** the applicant is */
  readonly hidden: boolean
  readonly today: Day
}

type Case = Pick<ApplicationView, 'number' | 'organisationName' | 'programmeTitle'>

export function viewPanelRow(
  panel: Panel,
  application: Case,
  { hidden, today }: Shown,
): Omit<AnswerOf<Routes['listExpertReviews']>['items'][number], 'mine'> {
  const { row, opinions } = panel
  const left = workingDaysLeft(today, row.due_on)
  return {
    id: row.id,
    applicationId: row.application_id,
    applicationNumber: hidden ? null : application.number,
    organisationName: hidden ? null : application.organisationName,
    programmeTitle: application.programmeTitle,
    round: row.round,
    subject: row.project_id === null ? 'application' : 'acceptance',
    blind: row.blind,
    state: stateOf(panel),
    dueOn: row.due_on,
    workingDaysLeft: left.ok ? left.value.days : null,
    openedAt: new Date(row.opened_at).toISOString(),
    invited: opinions.length,
    given: opinions.filter(({ state }) => state === 'given').length,
  }
}

function viewOpinion(opinion: OpinionRow, criteria: View['criteria'], named: boolean): OpinionView {
  const { points } = opinion
  const weights = criteria.map(({ weight }) => weight)
  return {
    expertName: named ? opinion.expertName : null,
    state: opinion.state,
    points,
    totalTenths: points === null ? null : totalTenths(weights, points),
    recommendation: opinion.recommendation,
    remark: opinion.remark,
    at: opinion.answered_at === null ? null : new Date(opinion.answered_at).toISOString(),
  }
}

function summaryOf(criteria: View['criteria'], opinions: readonly OpinionRow[]): View['summary'] {
  const given = opinions.flatMap(({ points, recommendation }): Opinion[] =>
    points === null || recommendation === null ? [] : [{ points, recommendation }],
  )
  const summary = summarisePanel(
    criteria.map(({ weight }) => weight),
    given,
  )
  return summary === null ? null : { ...summary, criteria: [...summary.criteria] }
}

/** What a firm is called beside its registered name: the name without its form and what stands in brackets. */
function tradeName(name: string): string {
  return name
    .replaceAll(/[（(][^）)]*[）)]/g, '')
    .replace(/(股份|集团|控股)*(有限责任公司|有限公司|公司|研究院|研究所|大学|学院)$/u, '')
}

interface Showing {
  readonly blind: boolean
  readonly papers: boolean
  readonly filing: Filing | null
}

/** Papers name their owner, so a blind review goes without them; names in texts are covered. */
export async function materialOf(
  db: Kysely<Tables>,
  { draft, facts, attachments, organisationName, creditCode, number }: ApplicationView,
  { blind, papers, filing }: Showing,
): Promise<View['material']> {
  const names = [organisationName, tradeName(organisationName), creditCode, number].filter(
    (name) => name.length > 1,
  )
  const cover = (text: string): string =>
    blind ? names.reduce((covered, name) => covered.replaceAll(name, '〔…〕'), text) : text
  const { contract, statements, project } = draft
  return {
    purpose: statements.purpose === undefined ? null : cover(statements.purpose),
    facts: facts.map(({ id, label, value, type, source }) => ({
      id,
      label,
      value: typeof value === 'string' ? cover(value) : value,
      type,
      source,
    })),
    contract: {
      providerName:
        blind || contract.providerId === undefined ? null : await firmName(db, contract.providerId),
      amountFen: contract.amountFen ?? null,
      startsOn: contract.startsOn ?? null,
      endsOn: contract.endsOn ?? null,
      prices: contract.prices ?? [],
    },
    project:
      project === undefined
        ? null
        : {
            title: cover(project.title ?? ''),
            plan: cover(project.plan ?? ''),
            startsOn: project.startsOn ?? null,
            endsOn: project.endsOn ?? null,
            items: project.items ?? null,
            filed: filing === null ? null : { summary: cover(filing.summary), items: filing.items },
          },
    documents: blind || !papers ? [] : [...attachments, ...(await filedPapers(db, filing))],
  }
}

async function filedPapers(
  db: Kysely<Tables>,
  filing: Filing | null,
): Promise<View['material']['documents']> {
  const ids = filing?.documents.map(({ attachmentId }) => attachmentId) ?? []
  if (ids.length === 0) return []
  const rows = await db.selectFrom('attachment').selectAll().where('id', 'in', ids).orderBy('id').execute()
  return rows.map(viewAttachment)
}

async function firmName(db: Kysely<Tables>, id: string): Promise<string | null> {
  const row = await db.selectFrom('organisation').select('name').where('id', '=', id).executeTakeFirst()
  return row?.name ?? null
}

async function nameOf(db: Kysely<Tables>, id: string): Promise<string | null> {
  const row = await db.selectFrom('person').select('display_name').where('id', '=', id).executeTakeFirst()
  return row?.display_name ?? null
}
