// 复核决定: by somebody in scope who had no part in the case, of the city where the city decided. The decision stands, is
// changed (never to the worse; the books follow) or is returned to the reviewers for a new one.
import { accept, assert, refuse } from '@suanquan/core'
import { formatFen } from '@suanquan/core/money'
import {
  planApproval,
  planRelease,
  sourcesOf,
  type Approval,
  type Books,
  type Plan,
} from '@suanquan/core/voucher'
import { timestamp } from '../../database/index.ts'
import type { Command } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { actedBy } from '../../identity/acting.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import {
  approvalFault,
  approvalOf,
  assessCase,
  capLine,
  grantTermsOf,
  loadApplication,
  loadOrganisation,
  lockPool,
  moveCase,
  othersWait,
  contractUsedBy,
  storeDetermination,
  storedApproval,
  type ApplicationRow,
} from '../application/index.ts'
import { booksOf, planOf } from '../ledger/index.ts'
import type { InForce } from '../policy/index.ts'
import { fundingOf, nameOfKey, shortOf, type Funding } from '../pool/index.ts'
import { decideClaimAppeal } from './decide-claim.ts'
import { close, deciderFault, type AppealCase } from './decider.ts'
import { loadAppeal } from './load.ts'
import { viewAppeal } from './view.ts'

type Done = Awaited<ReturnType<Command<'decideAppeal'>['run']>>

export function decideAppeal(world: World): Command<'decideAppeal'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const { tx, touch } = context
      const found = await loadAppeal(tx, asked.params.id)
      if (found === undefined) return notFound('appeal')
      touch({ kind: 'appeal', id: found.id, organisationId: found.organisation_id })
      const target = { ...found, organisationIds: [found.organisation_id] }
      if (!mayTouch(asked.person, 'appeal.decide', target)) return outOfScope('appeal.decide', 'appeal')
      // the case before its appeal: whoever acts on the case takes its lock first
      const isClaim = found.object_kind === 'claim'
      const row = isClaim ? null : (await loadApplication(tx, found.object_id, 'lock'))!
      const inForce = await world.programmes.inForce(tx, found.adoption_id)
      if (row === null) return decideClaimAppeal({ asked, context, appeal: found, row, inForce })
      const appeal = (await loadAppeal(tx, found.id, 'lock'))!
      const fault = await deciderFault({ asked, context, appeal })
      if (fault !== null) return fault
      const each = { asked, context, appeal, row, inForce }
      const { outcome } = asked.body
      return outcome === 'affirm' ? affirm(each) : outcome === 'remand' ? remand(each) : change(each)
    },
    view: (subject, { db }, asked) => viewAppeal(world, db, subject, asked),
  }
}

async function affirm(each: AppealCase<ApplicationRow>): Promise<Done> {
  const moved = await move(each, 'affirm', {})
  if (!moved.ok) throw new Error('an appeal that is open can be decided')
  await close(each, 'affirmed', null)
  await store(each, moved.value, {})
  return accept({ subject: each.appeal.id })
}

/** Everything that was found and reserved goes: the reviewers decide anew. */
async function remand(each: AppealCase<ApplicationRow>): Promise<Done> {
  const { row, inForce } = each
  const fault = await usedElsewhere(each)
  if (fault !== null) return fault
  const moved = await move(each, 'remand', {})
  if (!moved.ok) throw new Error('an appeal that is open can be decided')
  await close(each, 'remanded', null)
  await store(each, moved.value, { findings: '{}', approval: null, approved_fen: null, eligible: 'unknown' })
  const own = reservation(row)
  if (own === null) return accept({ subject: each.appeal.id })
  const terms = await termsOf(each)
  return accept({
    subject: each.appeal.id,
    plan: planOf<never>(inForce, (books) => planRelease(books, own, terms)),
  })
}

async function change(each: AppealCase<ApplicationRow>): Promise<Done> {
  const { asked, context, row, inForce, appeal } = each
  const { tx, newId } = context
  assert(asked.body.outcome === 'change', 'the outcome says what to do')
  const { amountFen, findings: found } = asked.body
  const fault = await usedElsewhere(each)
  if (fault !== null) return fault
  await lockPool(tx, row.adoption_id)
  const own = reservation(row)
  const amount = BigInt(amountFen)
  if (own !== null && amount <= own.amountFen)
    return refuse('appeal.not_better', { amountYuan: formatFen(own.amountFen) })
  const findings = { ...row.findings, ...found }
  const now = { on: asked.today, at: asked.at }
  const assessment = await assessCase(tx, {
    row,
    inForce,
    findings,
    ...now,
    ...(own === null ? {} : { except: own }),
  })
  const { oddFinding, determination } = assessment
  if (oddFinding !== null) return refuse('application.finding_not_asked', { fact: oddFinding })
  const notApprovable = approvalFault(determination, amount)
  if (notApprovable !== null) return notApprovable
  const funding = withOwn(await fundingOf(tx, inForce, row.district), inForce, own)
  const approval: Approval = {
    id: newId(),
    amountFen: amount,
    caps: determination.headrooms.map(({ account }) => capLine(account)),
    sources: funding.sourcesOf(amount),
  }
  const short = shortOf(funding, amount) !== null
  const waits = short || (own === null && (await othersWait(tx, inForce, { row, funding })))
  const moved = await move(each, waits ? 'change_waiting' : 'change', { amountFen })
  if (!moved.ok) throw new Error('an appeal that is open can be decided')
  const { at, today } = asked
  await storeDetermination(tx, newId, { row, inForce, assessment, kind: 'review', at, today })
  await close(each, 'changed', amount)
  await store(each, moved.value, {
    findings: JSON.stringify(findings),
    approved_fen: amount,
    approval: storedApproval(approval),
    eligible: 'yes',
    ceiling_fen: determination.ceilingFen,
  })
  const terms = await termsOf(each)
  const plans = (books: Books): readonly Plan[] => [
    ...(own === null ? [] : [planRelease(books, own, terms)]),
    ...(waits ? [] : [planApproval(books, approval, terms)]),
  ]
  if (own === null && waits) return accept({ subject: appeal.id })
  return accept({
    subject: appeal.id,
    plan: planOf<'voucher.cap_reached'>(inForce, (books) => inOrder(plans(books))),
  })
}

/** The pools as they are once the own reservation has gone back to them. */
function withOwn(funding: Funding, inForce: InForce, own: Approval | null): Funding {
  if (own === null) return funding
  const back = sourcesOf(booksOf(inForce).fund, own)
  const of = (pool: Funding['pools'][number]['pool']): bigint =>
    back.reduce((sum, each) => (nameOfKey(each.pool) === nameOfKey(pool) ? sum + each.amountFen : sum), 0n)
  const pools = funding.pools.map(({ pool, leftFen }) => ({ pool, leftFen: leftFen + of(pool) }))
  return { ...funding, pools }
}

/** Several plans as one: what opens accounts first, then every set in its order. */
function inOrder(plans: readonly Plan[]): Plan {
  return { open: plans.flatMap(({ open }) => open), sets: plans.flatMap(({ sets }) => sets) }
}

/** What the reduced award still reserves; a refusal reserves nothing. */
function reservation(row: ApplicationRow): Approval | null {
  return row.state === 'contested' ? approvalOf(row) : null
}

async function termsOf({
  context,
  row,
  inForce,
}: AppealCase<ApplicationRow>): Promise<ReturnType<typeof grantTermsOf>> {
  const { credit_code: holder } = await loadOrganisation(context.tx, row.organisation_id)
  return grantTermsOf(row, holder, inForce)
}

/** Another application may have come with the same contract since this one was refused. */
async function usedElsewhere({
  context,
  row,
  inForce,
}: AppealCase<ApplicationRow>): Promise<ReturnType<
  typeof refuse<'application.contract_already_used'>
> | null> {
  const other = await contractUsedBy(context.tx, row, inForce)
  const contractNumber = row.draft.contract.number ?? ''
  return other === undefined
    ? null
    : refuse('application.contract_already_used', { contractNumber, number: other })
}

function move(
  { asked, context, appeal, row, inForce }: AppealCase<ApplicationRow>,
  event: string,
  detail: Record<string, unknown>,
): ReturnType<typeof moveCase> {
  return moveCase(
    { tx: context.tx, newId: context.newId, at: asked.at, today: asked.today },
    { kind: 'application', row, workflow: row.workflow, inForce },
    {
      event,
      role: 'reviewer',
      ...actedBy(asked.person!, row, 'reviewer'),
      reason: asked.body.reason,
      detail: { ...detail, appealId: appeal.id },
    },
  )
}

interface Changes {
  readonly findings?: string
  readonly approved_fen?: bigint | null
  readonly approval?: string | null
  readonly eligible?: string
  readonly ceiling_fen?: bigint | null
}

async function store(
  { asked, context, row }: AppealCase<ApplicationRow>,
  moved: { readonly to: string; readonly deadlineOn: string | null; readonly deadlineProvisional: boolean },
  changes: Changes,
): Promise<void> {
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
