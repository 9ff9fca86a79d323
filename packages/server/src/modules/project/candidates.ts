// Who can be selected, by rank: the scores of each candidate's last closed panel, and what its money would draw on.
import {
  selectByRank,
  summarisePanel,
  type Candidate,
  type Opinion,
  type Ranked,
} from '@suanquan/core/application'
import type { Day, Instant } from '@suanquan/core/calendar'
import type { Fen } from '@suanquan/core/money'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { type ApplicationRow, assessCase, loadApplication } from '../application/index.ts'
import type { InForce } from '../policy/index.ts'
import { fundingOf, nameOfKey } from '../pool/index.ts'

/** Where candidates stand: admitted, or kept in reserve by an earlier selection. */
export const SELECTABLE = ['candidate', 'reserve'] as const

export interface Scored extends Candidate {
  readonly experts: number
  readonly amountFen: Fen
}

export interface Field {
  readonly scored: readonly Scored[]
  /** whose experts have not finished */
  readonly unscored: readonly ApplicationRow[]
  /** what is left in the pools and in the caps that candidates draw on */
  readonly leftFen: ReadonlyMap<string, Fen>
  /** what is left in the pools together */
  readonly poolFen: Fen
  /** how many more projects the programme takes; null where it sets no number */
  readonly most: number | null
}

interface Asked {
  readonly inForce: InForce
  readonly on: Day
  readonly at: Instant
}

export async function fieldOf(db: Kysely<Tables>, asked: Asked): Promise<Field> {
  const { inForce } = asked
  const ids = await db
    .selectFrom('application')
    .select('id')
    .where('adoption_id', '=', inForce.id)
    .where('state', 'in', [...SELECTABLE])
    .orderBy('number')
    .execute()
  const scores = await scoresOf(
    db,
    ids.map(({ id }) => id),
  )
  const left = new Map<string, Fen>()
  const pools = new Map<string, Fen>()
  const scored: Scored[] = []
  const unscored: ApplicationRow[] = []
  let most: number | null = null
  for (const { id } of ids) {
    const row = (await loadApplication(db, id))!
    const room = await roomOf(db, row, asked)
    for (const [key, fen] of room.left) left.set(key, fen)
    for (const [key, fen] of room.pools) pools.set(key, fen)
    most = room.most
    const score = scores.get(id)
    if (score === undefined) unscored.push(row)
    else
      scored.push({
        id,
        number: row.number,
        ...score,
        completeAt: new Date(row.complete_at!).getTime(),
        amountFen: row.approved_fen!,
        draws: room.draws,
      })
  }
  const poolFen = [...pools.values()].reduce((sum, fen) => sum + fen, 0n)
  return { scored, unscored, leftFen: left, poolFen, most }
}

export interface Drawn {
  readonly leastTenths: number
  readonly reserves: number
}

export function rankedIn({ scored, leftFen, most }: Field, drawn: Drawn): readonly Ranked<Scored>[] {
  return selectByRank(scored, { leftFen, most, ...drawn })
}

interface Room {
  readonly draws: Scored['draws']
  readonly left: ReadonlyMap<string, Fen>
  readonly pools: ReadonlyMap<string, Fen>
  readonly most: number | null
}

/** A cap of money is drawn on as a pool is; a cap that counts the programme's projects is their number. */
async function roomOf(db: Kysely<Tables>, row: ApplicationRow, { inForce, on, at }: Asked): Promise<Room> {
  const { findings } = row
  const { determination } = await assessCase(db, { row, inForce, findings, on, at })
  const funding = await fundingOf(db, inForce, row.district)
  const amountFen = row.approved_fen!
  const ofProgramme = determination.headrooms.filter(
    ({ account }) => account.measure === 'count' && account.subjects.includes('programme'),
  )
  const caps = determination.headrooms.filter((room) => !ofProgramme.includes(room))
  const pools = new Map(funding.pools.map(({ pool, leftFen }) => [nameOfKey(pool), leftFen]))
  return {
    pools,
    left: new Map([...pools, ...caps.map(({ account, headroom }) => [account.key, headroom] as const)]),
    draws: [
      ...funding.sourcesOf(amountFen).map((source) => ({
        pool: nameOfKey(source.pool),
        amountFen: source.amountFen,
      })),
      ...caps.map(({ account }) => ({
        pool: account.key,
        amountFen: account.measure === 'count' ? 1n : amountFen,
      })),
    ],
    most: ofProgramme.reduce<number | null>(
      (least, { headroom }) => Math.min(least ?? Number(headroom), Number(headroom)),
      null,
    ),
  }
}

type Score = Pick<Scored, 'meanTenths' | 'lowestTenths' | 'experts'>

/** Of the last panel on the application itself: none while one is open. */
async function scoresOf(db: Kysely<Tables>, ids: readonly string[]): Promise<ReadonlyMap<string, Score>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{
    id: string
    criteria: { readonly weight: number }[]
    opinions: Opinion[] | null
  }>`
    select distinct on (r.application_id) r.application_id as id, r.criteria,
      case when r.state = 'closed' then (
        select jsonb_agg(jsonb_build_object('points', o.points, 'recommendation', o.recommendation) order by o.position)
        from expert_opinion o where o.review_id = r.id and o.state = 'given') end as opinions
    from expert_review r
    where r.application_id = any(${[...ids]}::uuid[]) and r.project_id is null and r.state <> 'abandoned'
    order by r.application_id, r.round desc`.execute(db)
  const scores = new Map<string, Score>()
  for (const { id, criteria, opinions } of rows) {
    const weights = criteria.map(({ weight }) => weight)
    const summary = opinions === null ? null : summarisePanel(weights, opinions)
    if (opinions === null || summary === null) continue
    const { meanTenths, lowestTenths } = summary.total
    scores.set(id, { meanTenths, lowestTenths, experts: opinions.length })
  }
  return scores
}

/** The selection of an adoption that waits for its second person. */
export async function openSelection(
  db: Kysely<Tables>,
  adoptionId: string,
): Promise<{ id: string; number: string } | undefined> {
  return db
    .selectFrom('selection')
    .select(['id', 'number'])
    .where('adoption_id', '=', adoptionId)
    .where('state', '=', 'proposed')
    .executeTakeFirst()
}
