// What a body can be asked to examine: where the case stands, whom it concerns, and on what a report can find.
import type { InspectionTask, InspectionPoint } from '../../database/engagement-tables.ts'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { World } from '../../http/world-options.ts'
import { loadApplication, type Reader, viewApplication } from '../application/index.ts'

export type About = 'application' | 'claim' | 'project' | 'adoption'

export interface CaseExamined {
  readonly about: About
  readonly id: string
  readonly number: string
  readonly jurisdiction: string
  readonly district: string
  readonly adoptionId: string
  /** null where a whole programme is judged */
  readonly organisationId: string | null
  readonly organisationName: string | null
  /** the firm, its provider, whoever is paid */
  readonly parties: readonly string[]
  readonly applicationId: string | null
  readonly state: string
  /** withdrawn, refused or not yet filed: there is nothing to examine */
  readonly inspectable: boolean
  /** its decision is open */
  readonly undecided: boolean
}

const TASKS: Readonly<Record<About, readonly InspectionTask[]>> = {
  application: ['materials', 'site'],
  claim: ['claims', 'site'],
  project: ['site'],
  adoption: ['performance'],
}

export const fits = (about: About, task: InspectionTask): boolean => TASKS[about].includes(task)

const OVER: Readonly<Record<About, readonly string[]>> = {
  application: ['draft', 'withdrawn', 'refused'],
  claim: ['withdrawn', 'refused'],
  project: ['withdrawn', 'lapsed'],
  adoption: [],
}

const UNDECIDED: Readonly<Record<About, readonly string[]>> = {
  application: ['submitted', 'review_city', 'review_finance', 'candidate'],
  claim: ['submitted'],
  project: ['filed'],
  adoption: [],
}

type Row = Pick<CaseExamined, 'number' | 'jurisdiction' | 'district' | 'adoptionId' | 'state'> & {
  readonly organisationId: string | null
  readonly organisationName: string | null
  readonly parties: readonly (string | null)[]
  readonly applicationId: string | null
}

const provider = sql`nullif(a.draft->'contract'->>'providerId', '')`

export async function caseOf(
  db: Kysely<Tables>,
  about: About,
  id: string,
): Promise<CaseExamined | undefined> {
  const { rows } = await (
    about === 'adoption'
      ? sql<Row>`select programme_id || ' ' || programme_version as number, jurisdiction, jurisdiction as district,
        id as "adoptionId", 'in_force' as state, null as "organisationId", null as "organisationName",
        array[]::text[] as parties, null as "applicationId" from adoption where id = ${id}`
      : about === 'application'
        ? sql<Row>`select a.number, a.jurisdiction, a.district, a.adoption_id as "adoptionId", a.state,
          a.organisation_id as "organisationId", o.name as "organisationName",
          array[a.organisation_id::text, ${provider}] as parties, a.id as "applicationId"
          from application a join organisation o on o.id = a.organisation_id where a.id = ${id}`
        : sql<Row>`select c.number, c.jurisdiction, c.district, c.adoption_id as "adoptionId", c.state,
          c.organisation_id as "organisationId", o.name as "organisationName",
          array[c.organisation_id::text, ${provider}${about === 'claim' ? sql`, c.payee_id::text` : sql``}] as parties,
          c.application_id as "applicationId"
          from ${sql.table(about)} c join application a on a.id = c.application_id
          join organisation o on o.id = c.organisation_id where c.id = ${id}`
  ).execute(db)
  const row = rows[0]
  if (row === undefined) return undefined
  return {
    ...row,
    about,
    id,
    number: row.number ?? '',
    parties: [...new Set(row.parties.filter((party) => party !== null))],
    inspectable: !OVER[about].includes(row.state),
    undecided: UNDECIDED[about].includes(row.state),
  }
}

const point = (id: string, zh: string, en: string): InspectionPoint => ({ id, label: { zh, en } })

const LEGS = [
  point('metered', '计量用量', 'metered use'),
  point('contract', '合同', 'contract'),
  point('invoice', '发票', 'invoices'),
  point('payment', '付款', 'payments'),
  point('delivery', '交付证明', 'certificate of delivery'),
]

const ON_SITE = [
  point('presence', '单位和场所', 'the firm and its place'),
  point('use', '算力使用情况', 'how the compute is used'),
  point('records', '台账和日志', 'records and logs'),
  point('result', '实施结果', 'what came of it'),
]

/** 项目支出绩效评价管理办法（财预〔2020〕10号）: decision, process, output, benefit */
const PERFORMANCE = [
  point('decision', '决策', 'decision'),
  point('process', '过程', 'process'),
  point('output', '产出', 'output'),
  point('benefit', '效益', 'benefit'),
]

/** Of an application's materials: the programme's conditions, then the facts that were stated. */
export async function pointsOf(
  world: World,
  db: Kysely<Tables>,
  { of, task }: { readonly of: CaseExamined; readonly task: InspectionTask },
  reader: Reader,
): Promise<readonly InspectionPoint[]> {
  if (task === 'performance') return PERFORMANCE
  if (task === 'site') return ON_SITE
  if (task === 'claims') return LEGS
  const row = (await loadApplication(db, of.id))!
  const { determination, facts } = await viewApplication(world, db, row.id, { ...reader, person: null })
  const conditions = determination?.conditions ?? []
  return [
    ...conditions.map(({ id, text }) => ({ id: `condition:${id}`, label: text })),
    ...facts.map(({ id, label }) => ({ id: `fact:${id}`, label })),
  ]
}
