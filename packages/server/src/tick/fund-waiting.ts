import type { Instant } from '@suanquan/core/calendar'
import { planApproval, type Approval } from '@suanquan/core/voucher'
import { timestamp } from '../database/index.ts'
import type { World } from '../http/world-options.ts'
import { systemCommand, type SystemAct, type SystemContext } from './system-command.ts'
import {
  assessCase,
  awardCompute,
  capLine,
  grantTermsOf,
  loadApplication,
  loadOrganisation,
  moveCase,
  storedApproval,
  storeDetermination,
  lockPool,
} from '../modules/application/index.ts'
import { planOf } from '../modules/ledger/index.ts'
import { tell } from '../modules/message/index.ts'
import { fundingFrom, fundingOf, nameOfKey, ruleOf, sharedCapOf, shortOf } from '../modules/pool/index.ts'
import { awardedLot, type AwardedLot } from '../modules/round/index.ts'

/**
 * 候补: applications that were approved while the pool was short are funded in the order in which they were complete.
 * The first one that a pool cannot carry stops the queue of that pool: nobody overtakes. Each is determined anew on the day; what
 * is left of its caps may be less than was approved, and an application that no cap leaves anything for ends.
 */
export async function fundWaiting(world: World, at: Instant): Promise<number> {
  const waiting = await world.db
    .selectFrom('application')
    .select(['id', 'adoption_id', 'district'])
    .where('state', '=', 'waiting')
    .orderBy('complete_at')
    .orderBy('number')
    .execute()
  const short = new Set<string>()
  let funded = 0
  for (const { id, adoption_id: adoptionId, district } of waiting) {
    const inForce = await world.programmes.inForce(world.db, adoptionId)
    if (ruleOf(inForce.programme) !== 'first_come') {
      const awarded = (await awardedLot(world.db, id)) !== null
      if (awarded && (await systemCommand(world, at, async (context) => fundLot(world, context, id))))
        funded += 1
      continue
    }
    const { pools } = await fundingOf(world.db, inForce, district)
    const drawn = pools.map(({ pool }) => `${adoptionId}/${nameOfKey(pool)}`)
    // what stands before it in the queue of one pool holds it back, and with it all that draws on its other pool
    if (drawn.some((pool) => short.has(pool))) {
      for (const pool of drawn) short.add(pool)
      continue
    }
    const done = await systemCommand(world, at, async (context) => {
      const act = await fund(world, context, id)
      if (act === 'short') for (const pool of drawn) short.add(pool)
      return act === 'short' ? null : act
    })
    if (done) funded += 1
  }
  return funded
}

/** What a confirmed round awarded comes from the pool of that round, and from no other. */
async function fundLot(world: World, context: SystemContext, id: string): Promise<SystemAct | null> {
  const lot = await awardedLot(context.tx, id)
  if (lot === null) return null
  const act = await fund(world, context, id, lot)
  if (act === 'short' || act === null) return null
  await context.tx
    .updateTable('funding_lot')
    .set({ funded_at: timestamp(context.at) })
    .where('round_id', '=', lot.roundId)
    .where('application_id', '=', id)
    .execute()
  return act
}

async function fund(
  world: World,
  { tx, newId, at, today }: SystemContext,
  id: string,
  lot: AwardedLot | null = null,
): Promise<SystemAct | null | 'short'> {
  const row = await loadApplication(tx, id, 'lock')
  if (row === undefined || row.state !== 'waiting') return null
  await lockPool(tx, row.adoption_id)
  const inForce = await world.programmes.inForce(tx, row.adoption_id)
  const organisation = await loadOrganisation(tx, row.organisation_id)
  const assessment = await assessCase(tx, { row, inForce, findings: row.findings, on: today, at })
  const ceiling =
    assessment.determination.eligible === true ? (assessment.determination.ceilingFen ?? 0n) : 0n
  const shared = await sharedCapOf(tx, inForce, organisation.credit_code, today)
  const awarded = lot === null ? row.approved_fen! : lot.awardFen
  const most = [ceiling, awarded, ...(shared === null ? [] : [shared.leftFen])]
  const amount = most.reduce((least, each) => (each < least ? each : least))
  const funding =
    lot === null ? await fundingOf(tx, inForce, row.district) : await fundingFrom(tx, inForce, lot.pool)
  if (shortOf(funding, amount) !== null) return 'short'
  const moved = await moveCase(
    { tx, newId, at, today },
    { kind: 'application', row, workflow: row.workflow, inForce },
    { event: amount > 0n ? 'fund' : 'lapse', role: 'system', detail: { amountFen: amount.toString() } },
  )
  if (!moved.ok) return null
  await storeDetermination(tx, newId, { row, inForce, assessment, kind: 'review', at, today })
  const changes = { state: moved.value.to, deadline_on: moved.value.deadlineOn, updated_at: timestamp(at) }
  if (amount === 0n) {
    await tx
      .updateTable('application')
      .set({ ...changes, approval: null })
      .where('id', '=', id)
      .execute()
    return { action: 'tick.lapse', kind: 'application', id }
  }
  const approval: Approval = {
    id: newId(),
    amountFen: amount,
    caps: [
      ...assessment.determination.headrooms.map(({ account }) => capLine(account)),
      ...(shared === null ? [] : [shared.line]),
    ],
    sources: funding.sourcesOf(amount),
  }
  const { determination } = assessment
  const seen = await awardCompute(tx, { row, inForce, fen: amount, determination, at, today })
  const compute = lot === null && seen !== null ? JSON.stringify(seen) : null
  await tx
    .updateTable('application')
    .set({ ...changes, approved_fen: amount, approval: storedApproval(approval), compute })
    .where('id', '=', id)
    .execute()
  if (moved.value.to === 'offered')
    tell(tx, {
      kind: 'offer_made',
      cause: `application ${id} funded`,
      about: 'application',
      aboutId: id,
      caseDeadline: true,
    })
  const terms = grantTermsOf(row, organisation.credit_code, inForce)
  return {
    action: 'tick.fund',
    kind: 'application',
    id,
    plan: planOf(inForce, (books) => planApproval(books, approval, terms)),
  }
}
