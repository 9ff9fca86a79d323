// Who contends for a pool: every approved application that waits for it, with what was approved, since when it was
// complete and where the programme's own order puts it.
import { orderScores } from '@suanquan/core/policy'
import { derivedUuid, type Uuid } from '@suanquan/core/ledger'
import { ownPool, type Contender, type PoolKey } from '@suanquan/core/voucher'
import type { Day, Instant } from '@suanquan/core/calendar'
import type { Kysely } from 'kysely'
import { ledgerHash, type Tables } from '../../database/index.ts'
import { assessCase, factsOf, loadApplication } from '../application/index.ts'
import { booksOf, poolsLeft } from '../ledger/index.ts'
import { awardedLot } from './awarded-lot.ts'
import type { InForce } from '../policy/index.ts'
import { allotmentOf, fundingOf, keyOf, nameOfKey } from '../pool/index.ts'

export interface ContendedPool {
  readonly id: string | null
  readonly key: PoolKey
  readonly name: string
  readonly leftFen: bigint
}

/** @returns null when the programme has no such allotment */
export async function contendedPool(
  db: Kysely<Tables>,
  inForce: InForce,
  allotmentId: string | undefined,
): Promise<ContendedPool | null> {
  const books = booksOf(inForce)
  const row = allotmentId === undefined ? undefined : await allotmentOf(db, inForce.id, allotmentId)
  if (allotmentId !== undefined && row === undefined) return null
  const key = row === undefined ? ownPool(books.fund) : keyOf(row)
  const [leftFen] = await poolsLeft(db, books, [key])
  return { id: row?.id ?? null, key, name: row?.name ?? '', leftFen: leftFen! }
}

export interface Waiting extends Contender {
  readonly applicationId: string
  readonly district: string
  readonly applicationNumber: string
  readonly organisationName: string
  /** two tiers share it, so that no one pool pays for it */
  readonly shared: boolean
}

/** @param id makes the published numbers: they name nobody and differ from round to round */
export async function waitingFor(
  db: Kysely<Tables>,
  inForce: InForce,
  asked: { readonly pool: ContendedPool; readonly id: Uuid; readonly at: Instant; readonly today: Day },
): Promise<readonly Waiting[]> {
  const rows = await db
    .selectFrom('application')
    .innerJoin('organisation', 'organisation.id', 'application.organisation_id')
    .select(['application.id', 'application.district', 'organisation.name'])
    .where('application.adoption_id', '=', inForce.id)
    .where('application.state', '=', 'waiting')
    .orderBy('application.number')
    .execute()
  const wanted = nameOfKey(asked.pool.key)
  const found = []
  for (const { id, district, name } of rows) {
    const { pools } = await fundingOf(db, inForce, district)
    if (!pools.some(({ pool }) => nameOfKey(pool) === wanted)) continue
    if ((await awardedLot(db, id)) !== null) continue
    const row = (await loadApplication(db, id))!
    const { facts } = await assessCase(db, {
      row,
      inForce,
      findings: row.findings,
      on: asked.today,
      at: asked.at,
    })
    found.push({ row, name, shared: pools.length > 1, facts: factsOf(facts) })
  }
  const scores = orderScores(
    inForce.programme,
    found.map(({ facts }) => facts),
  )
  return found.map(({ row, name, shared }, index) => ({
    applicationId: row.id,
    district: row.district,
    applicationNumber: row.number,
    organisationName: name,
    shared,
    number: derivedUuid(ledgerHash, ['suanquan/lot/v1', asked.id, row.id]).replaceAll('-', '').slice(16),
    claimFen: row.approved_fen!,
    completeAt: row.complete_at!,
    score: scores[index]!,
    drawn: null,
  }))
}
