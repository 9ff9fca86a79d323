// 好差评 (GB/T 39734, GB/T 39735): a firm appraises a step once it is done, once a step (一次一评), with a reason where it is
// not content; the office replies; the public sees numbers only.
import type { AnswerOf, Routes } from '@suanquan/api'
import { accept, refuse } from '@suanquan/core'
import { SMALLEST_GROUP } from '@suanquan/core/disclosure'
import { sql, type Kysely, type Selectable } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { Handlers } from '../../http/world.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'

type Names =
  | 'listAppraisable'
  | 'makeAppraisal'
  | 'listAppraisals'
  | 'replyToAppraisal'
  | 'readAppraisalSummary'

type Row = AnswerOf<Routes['listAppraisals']>['items'][number]
type Step = Row['step']

const STEPS: readonly Step[] = ['review', 'claim_review', 'payment']
const SHORTEST_REASON = 5

/** Steps that are done, newest first: an application or a claim decided by a reviewer, and a payment by the bank. */
const finishedSteps = sql<FinishedStep>`(
  select case when e.object_kind = 'application' then 'review' when e.event = 'pay' then 'payment'
              else 'claim_review' end as step,
         e.object_id, coalesce(a.number, c.number) as number, max(e.at) as finished_at,
         coalesce(a.organisation_id, c.organisation_id) as organisation_id,
         coalesce(a.jurisdiction, c.jurisdiction) as jurisdiction, coalesce(a.district, c.district) as district
    from workflow_event e
    left join application a on a.id = e.object_id and e.object_kind = 'application'
    left join claim c on c.id = e.object_id and e.object_kind = 'claim' and c.payee_id = c.organisation_id
   where (e.event in ('approve', 'approve_waiting', 'refuse') and e.actor_role = 'reviewer' or e.event = 'pay')
     and coalesce(a.id, c.id) is not null
   group by 1, 2, 3, 5, 6, 7)`

interface FinishedStep {
  readonly step: Step
  readonly object_id: string
  readonly number: string
  readonly finished_at: number
  readonly organisation_id: string
  readonly jurisdiction: string
  readonly district: string
}

export function appraisalHandlers(): Handlers<Names> {
  return {
    listAppraisable: listAppraisable(),
    makeAppraisal: makeAppraisal(),
    listAppraisals: listAppraisals(),
    replyToAppraisal: replyToAppraisal(),
    readAppraisalSummary: {
      kind: 'query',
      run: async (_, { db }) => accept(await summaryOf(db)),
    },
  }
}

function listAppraisable(): Handlers<Names>['listAppraisable'] {
  return {
    kind: 'query',
    run: async ({ person }, { db, touch }) => {
      touch({ kind: 'appraisal', id: null })
      const mine = visibleRows(person!, 'appraisal.make', 'finished', 'finished.organisation_id')
      const { rows } = await sql<FinishedStep>`
          select finished.* from ${finishedSteps} finished where ${mine}
           order by finished_at desc limit 200`.execute(db)
      const made = await appraisalsOf(
        db,
        rows.map((row) => row.object_id),
      )
      return accept({
        items: rows.map((row) => ({
          step: row.step,
          objectId: row.object_id,
          number: row.number,
          finishedAt: new Date(row.finished_at).toISOString(),
          appraisal: made.get(`${row.object_id}/${row.step}`) ?? null,
        })),
      })
    },
  }
}

function listAppraisals(): Handlers<Names>['listAppraisals'] {
  return {
    kind: 'query',
    run: async ({ query, person }, { db, touch }) => {
      touch({ kind: 'appraisal', id: null })
      const found = db
        .selectFrom('appraisal')
        .selectAll()
        .select(withName)
        .where(visibleRows(person!, 'appraisal.list', 'appraisal'))
      const { total, waiting } = await db
        .selectFrom('appraisal')
        .select(sql<bigint>`count(*)`.as('total'))
        .select(sql<bigint>`count(*) filter (where reply is null and grade <= 2)`.as('waiting'))
        .where(visibleRows(person!, 'appraisal.list', 'appraisal'))
        .executeTakeFirstOrThrow()
      const rows = await found
        .orderBy(sql`reply is null and grade <= 2`, 'desc')
        .orderBy('made_at', 'desc')
        .limit(query.size)
        .offset((query.page - 1) * query.size)
        .execute()
      return accept({ total: Number(total), waiting: Number(waiting), items: rows.map(viewAppraisal) })
    },
  }
}

function replyToAppraisal(): Handlers<Names>['replyToAppraisal'] {
  return {
    kind: 'command',
    run: async ({ params, body, person, at }, { tx, touch }) => {
      const row = await tx.selectFrom('appraisal').selectAll().where('id', '=', params.id).executeTakeFirst()
      if (!row) return notFound('appraisal')
      touch({ kind: 'appraisal', id: row.id, organisationId: row.organisation_id })
      const target = { ...row, organisationIds: [] }
      if (!mayTouch(person, 'appraisal.reply', target)) return outOfScope('appraisal.reply', 'appraisal')
      const replied = await tx
        .updateTable('appraisal')
        .set({ reply: body.text, replied_by: person!.id, replied_at: timestamp(at) })
        .where('id', '=', row.id)
        .where('reply', 'is', null)
        .executeTakeFirst()
      if (replied.numUpdatedRows === 0n) return refuse('service.answered')
      return accept({ subject: row.id })
    },
    view: async () => ({ done: true as const }),
  }
}

function makeAppraisal(): Handlers<Names>['makeAppraisal'] {
  return {
    kind: 'command',
    run: async ({ body, person, at }, { tx, newId, touch }) => {
      const { step, objectId, grade, reason } = body
      touch({ kind: 'appraisal', id: objectId })
      const owner = await ownerOf(tx, objectId)
      if (!owner) return notFound('appraisal')
      touch({ kind: 'appraisal', id: objectId, organisationId: owner.organisation_id })
      const target = { ...owner, organisationIds: [owner.organisation_id] }
      if (!mayTouch(person, 'appraisal.make', target)) return outOfScope('appraisal.make', 'appraisal')
      if (grade <= 2 && reason.length < SHORTEST_REASON) return refuse('service.reason_missing')
      const { rows } = await sql<FinishedStep>`
        select finished.* from ${finishedSteps} finished
         where object_id = ${objectId} and step = ${step}`.execute(tx)
      const [finished] = rows
      if (finished === undefined) return refuse('service.step_open')
      const id = newId()
      const stored = await tx
        .insertInto('appraisal')
        .values({
          id,
          step,
          grade,
          reason,
          jurisdiction: finished.jurisdiction,
          district: finished.district,
          object_id: objectId,
          number: finished.number,
          organisation_id: finished.organisation_id,
          made_by: person!.id,
          made_at: timestamp(at),
        })
        .onConflict((conflict) => conflict.columns(['object_id', 'step']).doNothing())
        .executeTakeFirst()
      if (stored.numInsertedOrUpdatedRows === 0n) return refuse('service.appraised')
      return accept({ subject: id })
    },
    view: async () => ({ done: true as const }),
  }
}

type Owner = Pick<FinishedStep, 'organisation_id' | 'jurisdiction' | 'district'>

async function ownerOf(db: Kysely<Tables>, id: string): Promise<Owner | undefined> {
  const columns = ['organisation_id', 'jurisdiction', 'district'] as const
  const application = await db
    .selectFrom('application')
    .select(columns)
    .where('id', '=', id)
    .executeTakeFirst()
  return application ?? (await db.selectFrom('claim').select(columns).where('id', '=', id).executeTakeFirst())
}

type Stored = Selectable<Tables['appraisal']> & { readonly name: string }

const withName = sql<string>`(select name from organisation o where o.id = appraisal.organisation_id)`.as(
  'name',
)

function viewAppraisal(row: Stored): Row {
  return {
    id: row.id,
    step: row.step as Step,
    number: row.number,
    organisationName: row.name,
    grade: row.grade,
    reason: row.reason,
    at: new Date(row.made_at).toISOString(),
    reply: row.reply,
    repliedAt: row.replied_at === null ? null : new Date(row.replied_at).toISOString(),
  }
}

async function appraisalsOf(
  db: Kysely<Tables>,
  objectIds: readonly string[],
): Promise<ReadonlyMap<string, Row>> {
  if (objectIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('appraisal')
    .selectAll()
    .select(withName)
    .where('object_id', 'in', objectIds)
    .execute()
  return new Map(rows.map((row) => [`${row.object_id}/${row.step}`, viewAppraisal(row)]))
}

/** Numbers by step; the grades only where enough organisations stand behind them. */
async function summaryOf(db: Kysely<Tables>): Promise<AnswerOf<Routes['readAppraisalSummary']>> {
  const rows = await db
    .selectFrom('appraisal')
    .select(['step', 'grade', 'organisation_id', sql<boolean>`reply is not null`.as('replied')])
    .execute()
  return {
    smallestGroup: SMALLEST_GROUP,
    steps: STEPS.map((step) => {
      const own = rows.filter((row) => row.step === step)
      const enough = new Set(own.map((row) => row.organisation_id)).size >= SMALLEST_GROUP
      const bad = own.filter(({ grade }) => grade <= 2)
      return {
        step,
        count: own.length,
        grades: enough
          ? [5, 4, 3, 2, 1].map((grade) => own.filter((row) => row.grade === grade).length)
          : null,
        bad: enough ? bad.length : null,
        badReplied: enough ? bad.filter(({ replied }) => replied).length : null,
      }
    }),
  }
}
