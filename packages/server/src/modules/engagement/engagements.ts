// An engagement: proposed by one of the office, confirmed by another, ended by anybody who may propose one. The district that
// it covers is its own place, so that whoever answers for that district, or for the whole city, acts on it.
import type { AnswerOf, Routes } from '@suanquan/api'
import { accept, refuse } from '@suanquan/core'
import { addDays, type Day } from '@suanquan/core/calendar'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { Command, Handlers, Person, ReadContext } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { bodiesOf, isInForce, standOf, type EngagementRow } from '../../identity/engaged.ts'
import { declareRelation } from './related.ts'

const LONGEST_DAYS = 3 * 366

type View = AnswerOf<Routes['proposeEngagement']>
type Names = 'proposeEngagement' | 'listEngagements' | 'decideEngagement' | 'endEngagement' | 'declareRelated'

export function engagementActs(world: World): Handlers<Names> {
  return {
    proposeEngagement: propose(world),
    decideEngagement: decide(world),
    endEngagement: end(world),
    declareRelated: declareRelated(),
    listEngagements: {
      kind: 'query',
      run: async ({ person, today }, { db, touch }) => {
        touch({ kind: 'engagement', id: null })
        const which = visibleRows(person!, 'engagement.read', 'engagement', 'engagement.body_id')
        return accept({ items: await viewEngagements(world, db, which, { person, today }) })
      },
    },
  }
}

function propose(world: World): Command<'proposeEngagement'> {
  const { jurisdiction } = world.site
  return {
    kind: 'command',
    run: async ({ body, person, at, today }, { tx, newId, touch }) => {
      touch({ kind: 'engagement', id: null })
      const adoption = await tx
        .selectFrom('adoption')
        .select('jurisdiction')
        .where('id', '=', body.adoptionId)
        .executeTakeFirst()
      if (adoption === undefined) return notFound('adoption')
      const district = body.district ?? jurisdiction
      if (!mayTouch(person, 'engagement.propose', { jurisdiction: adoption.jurisdiction, district }))
        return outOfScope('engagement.propose', 'adoption')
      const { startsOn, endsOn, contractNumber } = body
      if (endsOn < startsOn || endsOn < today || endsOn > addDays(startsOn, LONGEST_DAYS))
        return refuse('engagement.days_wrong')
      const bodyId = await organisationOf(tx, body.bodyCreditCode)
      if (bodyId === null) return refuse('organisation.unknown', { creditCode: body.bodyCreditCode })
      const id = newId()
      const stored = await tx
        .insertInto('engagement')
        .values({
          id,
          jurisdiction,
          district,
          body_id: bodyId,
          adoption_id: body.adoptionId,
          tasks: [...new Set(body.tasks)],
          contract_number: contractNumber,
          starts_on: startsOn,
          ends_on: endsOn,
          reason: body.reason,
          state: 'proposed',
          proposed_by: person!.id,
          proposed_at: timestamp(at),
        })
        .onConflict((conflict) => conflict.columns(['body_id', 'contract_number', 'adoption_id']).doNothing())
        .executeTakeFirst()
      if (stored.numInsertedOrUpdatedRows !== 1n)
        return refuse('engagement.number_taken', { number: contractNumber })
      touch({ kind: 'engagement', id, organisationId: bodyId })
      return accept({ subject: id })
    },
    view: viewOne(world),
  }
}

function decide(world: World): Command<'decideEngagement'> {
  return {
    kind: 'command',
    run: async ({ params, body, person, at }, { tx, touch }) => {
      const row = await lockEngagement(tx, params.id)
      if (row === undefined) return notFound('engagement')
      touch({ kind: 'engagement', id: row.id, organisationId: row.body_id })
      if (!mayTouch(person, 'engagement.decide', row)) return outOfScope('engagement.decide', 'engagement')
      if (row.state !== 'proposed') return refuse('engagement.not_proposed')
      if (row.proposed_by === person!.id) return refuse('engagement.own_proposal')
      await tx
        .updateTable('engagement')
        .set({
          state: body.decision === 'confirm' ? 'confirmed' : 'rejected',
          decided_by: person!.id,
          decided_at: timestamp(at),
          decision_reason: body.reason,
        })
        .where('id', '=', row.id)
        .execute()
      return accept({ subject: row.id })
    },
    view: viewOne(world),
  }
}

function end(world: World): Command<'endEngagement'> {
  return {
    kind: 'command',
    run: async ({ params, body, person, at, today }, { tx, touch }) => {
      const row = await lockEngagement(tx, params.id)
      if (row === undefined) return notFound('engagement')
      touch({ kind: 'engagement', id: row.id, organisationId: row.body_id })
      if (!mayTouch(person, 'engagement.propose', row)) return outOfScope('engagement.propose', 'engagement')
      const stand = standOf(row, today)
      if (stand !== 'running' && stand !== 'to_come') return refuse('engagement.not_in_force')
      await tx
        .updateTable('engagement')
        .set({ ended_by: person!.id, ended_at: timestamp(at), end_reason: body.reason })
        .where('id', '=', row.id)
        .execute()
      return accept({ subject: row.id })
    },
    view: viewOne(world),
  }
}

/** 利益关系申报: from then on the whole body is barred from the firm, under this engagement and any other. */
function declareRelated(): Command<'declareRelated'> {
  return {
    kind: 'command',
    run: async ({ params, body, person, at, today }, { tx, newId, touch }) => {
      const row = await lockEngagement(tx, params.id)
      if (row === undefined) return notFound('engagement')
      touch({ kind: 'engagement', id: row.id, organisationId: row.body_id })
      if (!mayTouch(person, 'engagement.declare', { ...row, organisationIds: [row.body_id] }))
        return outOfScope('engagement.declare', 'engagement')
      if (!isInForce(row, today) && standOf(row, today) !== 'to_come')
        return refuse('engagement.not_in_force')
      const organisationId = await organisationOf(tx, body.creditCode)
      if (organisationId === null) return refuse('organisation.unknown', { creditCode: body.creditCode })
      const declared = await declareRelation(tx, {
        id: newId(),
        jurisdiction: row.jurisdiction,
        district: row.district,
        personId: person!.id,
        bodyId: row.body_id,
        organisationId,
        reason: body.reason,
        at: timestamp(at),
      })
      return declared ? accept({ subject: row.id }) : refuse('conflict.declared')
    },
    view: async () => ({ done: true as const }),
  }
}

export async function lockEngagement(tx: Kysely<Tables>, id: string): Promise<EngagementRow | undefined> {
  return tx.selectFrom('engagement').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

async function organisationOf(db: Kysely<Tables>, creditCode: string): Promise<string | null> {
  const row = await db
    .selectFrom('organisation')
    .select('id')
    .where('credit_code', '=', creditCode.toUpperCase())
    .executeTakeFirst()
  return row?.id ?? null
}

interface Reading {
  readonly person: Person | null
  readonly today: Day
}

function viewOne(world: World): (subject: string, read: ReadContext, reading: Reading) => Promise<View> {
  return async (subject, { db }, reading) =>
    (await viewEngagements(world, db, sql<boolean>`engagement.id = ${subject}`, reading))[0]!
}

type Row = EngagementRow & {
  readonly bodyName: string
  readonly bodyCreditCode: string
  readonly proposer: string
  readonly decider: string | null
  readonly assigned: bigint
  readonly reported: bigint
}

const LISTED_AT_MOST = 500

async function viewEngagements(
  world: World,
  db: Kysely<Tables>,
  which: RawBuilder<boolean>,
  { person, today }: Reading,
): Promise<View[]> {
  const { rows } =
    await sql<Row>`select engagement.*, o.name as "bodyName", o.credit_code as "bodyCreditCode",
      p.display_name as proposer, d.display_name as decider,
      (select count(*) from inspection i where i.engagement_id = engagement.id) as assigned,
      (select count(*) from inspection i where i.engagement_id = engagement.id and i.state = 'reported') as reported
    from engagement join organisation o on o.id = engagement.body_id join person p on p.id = engagement.proposed_by
    left join person d on d.id = engagement.decided_by
    where ${which} order by engagement.proposed_at desc, engagement.id limit ${LISTED_AT_MOST}`.execute(db)
  const views: View[] = []
  for (const row of rows) {
    const { programme } = await world.programmes.inForce(db, row.adoption_id)
    // the body's people learn neither the office's names nor its reasons
    const office = !bodiesOf(person).includes(row.body_id)
    views.push({
      id: row.id,
      bodyId: row.body_id,
      bodyName: row.bodyName,
      bodyCreditCode: row.bodyCreditCode,
      adoptionId: row.adoption_id,
      programmeTitle: programme.title,
      district: row.district === row.jurisdiction ? null : row.district,
      tasks: row.tasks,
      contractNumber: row.contract_number,
      startsOn: row.starts_on,
      endsOn: row.ends_on,
      reason: row.reason,
      state: standOf(row, today),
      proposedAt: new Date(row.proposed_at).toISOString(),
      proposedByMe: row.proposed_by === person?.id,
      proposedBy: office ? row.proposer : null,
      decidedBy: office ? row.decider : null,
      decidedAt: row.decided_at === null ? null : new Date(row.decided_at).toISOString(),
      decisionReason: office ? row.decision_reason : null,
      endedAt: row.ended_at === null ? null : new Date(row.ended_at).toISOString(),
      endReason: row.end_reason,
      related: await relatedOf(db, row.body_id),
      assigned: Number(row.assigned),
      reported: Number(row.reported),
    })
  }
  return views
}

async function relatedOf(db: Kysely<Tables>, bodyId: string): Promise<View['related']> {
  const rows = await db
    .selectFrom('conflict_declaration')
    .innerJoin('organisation', 'organisation.id', 'conflict_declaration.organisation_id')
    .select(['organisation.name', 'reason', 'declared_at'])
    .where('body_id', '=', bodyId)
    .orderBy('declared_at')
    .orderBy('conflict_declaration.id')
    .execute()
  return rows.map(({ name, reason, declared_at: at }) => ({
    organisationName: name,
    reason,
    declaredAt: new Date(at).toISOString(),
  }))
}
