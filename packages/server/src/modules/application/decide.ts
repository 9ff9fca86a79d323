// 审核: a reviewer approves up to the ceiling, asks for a correction by field, or refuses with reasons. Approval decides
// anew on today's balances with the reviewer's findings, and reserves pool and caps at once; while the pool is short,
// or others wait before it, the application waits in the order in which applications were complete.
import { accept, refuse, type Decision } from '@suanquan/core'
import { formatFen } from '@suanquan/core/money'
import type { Determination } from '@suanquan/core/policy'
import { planApproval, type Approval } from '@suanquan/core/voucher'
import type { Kysely } from 'kysely'
import { actorFor } from '@suanquan/core/application'
import { timestamp, type Tables } from '../../database/index.ts'
import type { Asked, Command, CommandContext } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { actedBy, officeActors } from '../../identity/acting.ts'
import { hadPart, mayTouch, mustStandAside, notFound, outOfScope } from '../../identity/scope.ts'
import { planOf } from '../ledger/index.ts'
import type { InForce } from '../policy/index.ts'
import {
  fundingOf,
  nameOfKey,
  ruleOf,
  sharedCapOf,
  shortOf,
  type Funding,
  type SharedCap,
} from '../pool/index.ts'
import { grantTermsOf, storedApproval } from './approval.ts'
import { type Assessment, assessCase, capLine } from './assess.ts'
import { awaitedReport } from './awaited-report.ts'
import { awardCompute } from './compute.ts'
import { correctableOf } from './corrections.ts'
import { type ApplicationRow, loadApplication, lockPool, loadOrganisation } from './load.ts'
import { moveCase, type Moved } from './move.ts'
import { storeDetermination } from './store-determination.ts'
import { tierFault } from './tiers.ts'
import { viewApplication } from './view.ts'

type Run = Command<'decideApplication'>['run']
type Decided = Awaited<ReturnType<Run>>

/** A case with the act on it: a decision, or what a tier does. */
export interface Case {
  readonly asked: Pick<Asked<'decideApplication'>, 'person' | 'at' | 'today'>
  readonly context: CommandContext
  readonly row: ApplicationRow
  readonly inForce: InForce
}

export function decideApplication(world: World): Command<'decideApplication'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const row = await loadApplication(context.tx, asked.params.id, 'lock')
      if (!row) return notFound('application')
      context.touch({ kind: 'application', id: row.id, organisationId: row.organisation_id })
      const target = { ...row, organisationIds: [row.organisation_id] }
      if (!mayTouch(asked.person, 'application.decide', target))
        return outOfScope('application.decide', 'application')
      if (await mustStandAside(context.tx, asked.person, row.organisation_id, [row.id]))
        return refuse('application.conflict_of_interest')
      const fault = await tierFault(context.tx, row, asked.person!)
      if (fault !== null) return fault
      if (await expertsAsked(context.tx, row.id)) return refuse('application.experts_asked')
      const dueOn = await awaitedReport(context.tx, row.id, asked.today)
      if (dueOn !== null) return refuse('application.inspection_open', { dueOn })
      const inForce = await world.programmes.inForce(context.tx, row.adoption_id)
      const each: Case = { asked, context, row, inForce }
      if (asked.body.decision === 'approve') return approve(each, asked.body)
      if (asked.body.decision === 'refuse') return refuseApplication(each, asked.body)
      return requestCorrection(each, asked.body)
    },
    view: (subject, { db }, asked) => viewApplication(world, db, subject, asked),
  }
}

type Body<Kind> = Extract<Asked<'decideApplication'>['body'], { decision: Kind }>

export async function approve(each: Case, body: Omit<Body<'approve'>, 'decision'>): Promise<Decided> {
  const { asked, context, row, inForce } = each
  const { tx, newId } = context
  await lockPool(tx, row.adoption_id)
  const organisation = await loadOrganisation(tx, row.organisation_id)
  if (organisation.credit_code_doubt === 'check_digit') {
    return refuse('party.credit_code_unconfirmed', { creditCode: organisation.credit_code })
  }
  // what a lower tier found holds as far as this one does not find otherwise
  const findings = { ...row.findings, ...body.findings }
  const assessment = await assessCase(tx, { row, inForce, findings, on: asked.today, at: asked.at })
  const { oddFinding } = assessment
  if (oddFinding !== null) return refuse('application.finding_not_asked', { fact: oddFinding })
  const amount = BigInt(body.amountFen)
  const fault = approvalFault(assessment.determination, amount)
  if (fault !== null) return fault
  const shared = await sharedCapOf(tx, inForce, organisation.credit_code, asked.today)
  if (shared !== null && amount > shared.leftFen) return sharedCapReached(shared)
  if (inForce.way.project !== null) return admit(each, body, assessment)
  const funding = await fundingOf(tx, inForce, row.district)
  const approval: Approval = {
    id: newId(),
    amountFen: amount,
    caps: [
      ...assessment.determination.headrooms.map(({ account }) => capLine(account)),
      ...(shared === null ? [] : [shared.line]),
    ],
    sources: funding.sourcesOf(amount),
  }
  if (row.sweep_id !== null && (await hadPart(tx, asked.person!, row.id, ['sweep'])))
    return refuse('sweep.own')
  const short = shortOf(funding, amount)
  const byRounds = ruleOf(inForce.programme) !== 'first_come'
  const waits = byRounds || short !== null || (await othersWait(tx, inForce, { row, funding }))
  const moved = await move(
    each,
    waits ? 'approve_waiting' : row.sweep_id === null ? 'approve' : 'offer',
    body.reason,
    {
      amountFen: body.amountFen,
      ...(short === null ? {} : { shortPool: short }),
    },
  )
  if (!moved.ok) return moved
  await storeDetermination(tx, newId, {
    row,
    inForce,
    assessment,
    kind: 'review',
    at: asked.at,
    today: asked.today,
  })
  await store(each, moved.value, {
    findings: JSON.stringify(findings),
    approved_fen: amount,
    approval: storedApproval(approval),
    eligible: 'yes',
    ceiling_fen: assessment.determination.ceilingFen,
    compute: waits ? null : await computeSeen(each, amount, assessment),
  })
  if (waits) return accept({ subject: row.id })
  const terms = grantTermsOf(row, organisation.credit_code, inForce)
  const plan = planOf<'voucher.cap_reached'>(inForce, (books) => planApproval(books, approval, terms))
  return accept({ subject: row.id, plan })
}

/** What the approval lets the firm buy beside what is free, kept with it; who approves has seen it. */
async function computeSeen(
  { asked, context, row, inForce }: Case,
  fen: bigint,
  { determination }: Assessment,
): Promise<string | null> {
  const { at, today } = asked
  const seen = await awardCompute(context.tx, { row, inForce, fen, determination, at, today })
  return seen === null ? null : JSON.stringify(seen)
}

/** 形式审查通过: a candidate has its amount and nothing reserved; who is selected is decided by rank. */
async function admit(
  each: Case,
  body: Omit<Body<'approve'>, 'decision'>,
  assessment: Assessment,
): Promise<Decided> {
  const { asked, context, row, inForce } = each
  const moved = await move(each, 'admit', body.reason, { amountFen: body.amountFen })
  if (!moved.ok) return moved
  const { at, today } = asked
  await storeDetermination(context.tx, context.newId, { row, inForce, assessment, kind: 'review', at, today })
  await store(each, moved.value, {
    findings: JSON.stringify({ ...row.findings, ...body.findings }),
    approved_fen: BigInt(body.amountFen),
    eligible: 'yes',
    ceiling_fen: assessment.determination.ceilingFen,
  })
  return accept({ subject: row.id })
}
type ApprovalFault =
  | 'application.not_eligible'
  | 'application.eligibility_unknown'
  | 'application.amount_zero'
  | 'application.above_ceiling'

/** Why an amount cannot be approved on this determination, or null. */
export function approvalFault(
  determination: Determination,
  amount: bigint,
): Extract<Decision<never, ApprovalFault>, { ok: false }> | null {
  if (determination.governed.verdict !== true || determination.eligible === false) {
    const failed = determination.conditions.filter(({ verdict }) => verdict === false)
    const reasons = failed.map((condition) => condition.fail?.zh ?? condition.id)
    return refuse('application.not_eligible', { failed: reasons.length > 0 ? reasons : ['governed'] })
  }
  if (determination.eligible === 'unknown' || determination.ceilingFen === null) {
    const open = determination.conditions.filter(({ verdict }) => verdict === 'unknown')
    return refuse('application.eligibility_unknown', { unknown: open.map(({ text }) => text.zh) })
  }
  if (amount === 0n) return refuse('application.amount_zero')
  if (amount > determination.ceilingFen) {
    return refuse('application.above_ceiling', { ceilingYuan: formatFen(determination.ceilingFen) })
  }
  return null
}

export function sharedCapReached({
  line,
  year,
  leftFen,
}: SharedCap): ReturnType<typeof refuse<'fund.shared_cap_reached'>> {
  const amounts = { limitYuan: formatFen(line.limit), leftYuan: formatFen(leftFen) }
  return refuse('fund.shared_cap_reached', { year, ...amounts })
}

async function refuseApplication(each: Case, body: Body<'refuse'>): Promise<Decided> {
  const { asked, context, row, inForce } = each
  const { tx, newId } = context
  const findings = { ...row.findings, ...body.findings }
  const assessment = await assessCase(tx, {
    row,
    inForce,
    findings,
    on: asked.today,
    at: asked.at,
  })
  const { oddFinding } = assessment
  if (oddFinding !== null) return refuse('application.finding_not_asked', { fact: oddFinding })
  const failed = assessment.determination.conditions
    .filter(({ verdict }) => verdict === false)
    .map(({ id, cite }) => ({ id, cite: cite ?? null }))
  const moved = await move(each, 'refuse', body.reason, { failed })
  if (!moved.ok) return moved
  await storeDetermination(tx, newId, {
    row,
    inForce,
    assessment,
    kind: 'review',
    at: asked.at,
    today: asked.today,
  })
  const { eligible } = assessment.determination
  await store(each, moved.value, {
    findings: JSON.stringify(findings),
    eligible: eligible === 'unknown' ? 'unknown' : eligible ? 'yes' : 'no',
  })
  return accept({ subject: row.id })
}

export async function requestCorrection(each: Case, body: Body<'request_correction'>): Promise<Decided> {
  const known = correctableOf(each.inForce, each.row.draft)
  const unknown = body.fields.map(({ field }) => field).filter((field) => !known.includes(field))
  if (unknown.length > 0) return refuse('application.field_not_correctable', { fields: unknown })
  const moved = await move(each, 'request_correction', body.reason, { fields: body.fields })
  if (!moved.ok) return moved
  await store(each, moved.value, {
    correction_fields: JSON.stringify(body.fields),
    corrected_from: JSON.stringify(each.row.draft),
  })
  return accept({ subject: each.row.id })
}

export function move(
  { asked, context, row, inForce }: Case,
  event: string,
  reason: string,
  detail: Record<string, unknown>,
): ReturnType<typeof moveCase> {
  const role = actorFor(row.workflow, row.state, event, [...officeActors(asked.person, row), 'reviewer'])
  return moveCase(
    { tx: context.tx, newId: context.newId, at: asked.at, today: asked.today },
    { kind: 'application', row, workflow: row.workflow, inForce },
    { event, role, ...actedBy(asked.person!, row, role), reason, detail },
  )
}

interface Changes {
  readonly findings?: string
  readonly correction_fields?: string
  readonly corrected_from?: string
  readonly approved_fen?: bigint
  readonly approval?: string
  readonly compute?: string | null
  readonly eligible?: string
  readonly ceiling_fen?: bigint | null
}

export async function store({ asked, context, row }: Case, moved: Moved, changes: Changes): Promise<void> {
  await context.tx
    .updateTable('application')
    .set({
      ...changes,
      state: moved.to,
      deadline_on: moved.deadlineOn,
      deadline_provisional: moved.deadlineProvisional,
      updated_at: timestamp(asked.at),
    })
    .where('id', '=', row.id)
    .execute()
}

/** While experts judge, nobody decides: their review is closed or abandoned first. */
export async function expertsAsked(db: Kysely<Tables>, applicationId: string): Promise<boolean> {
  const open = await db
    .selectFrom('expert_review')
    .select('id')
    .where('application_id', '=', applicationId)
    .where('state', '=', 'open')
    .executeTakeFirst()
  return open !== undefined
}

/** First come, first served: nobody overtakes an application that waits for a pool which this one draws on too. */
export async function othersWait(
  db: Kysely<Tables>,
  inForce: InForce,
  { row, funding }: { readonly row: ApplicationRow; readonly funding: Funding },
): Promise<boolean> {
  const waiting = await db
    .selectFrom('application')
    .select('district')
    .distinct()
    .where('adoption_id', '=', row.adoption_id)
    .where('state', '=', 'waiting')
    .execute()
  const drawn = new Set(funding.pools.map(({ pool }) => nameOfKey(pool)))
  for (const { district } of waiting) {
    const theirs = await fundingOf(db, inForce, district)
    if (theirs.pools.some(({ pool }) => drawn.has(nameOfKey(pool)))) return true
  }
  return false
}
