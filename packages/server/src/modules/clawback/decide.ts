// 决定: a second reviewer decides after the firm was heard or its time is over. What is left of the voucher goes back to the
// pool, what was paid becomes a debt. The fine is inside the range of the law and recorded only: it is no money of the fund.
// 撤销决定: what an appeal upholds is unwound as it was recorded; what was recovered is refunded first.
import { accept, refuse, type Decision } from '@suanquan/core'
import { clawbackTable, fineRange } from '@suanquan/core/application'
import { formatFen } from '@suanquan/core/money'
import { planCancelClawback, planClawback } from '@suanquan/core/voucher'
import type { Transaction } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { Asked, Command, CommandContext } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { actedBy } from '../../identity/acting.ts'
import { hadPart } from '../../identity/scope.ts'
import { loadApplication, moveCase } from '../application/index.ts'
import { planOf } from '../ledger/index.ts'
import { tell } from '../message/index.ts'
import type { InForce } from '../policy/index.ts'
import { loadVoucher } from '../settlement/index.ts'
import {
  type ClawbackRow,
  debtOf,
  lockClawback,
  mustAvoid,
  openClaims,
  paidClaims,
  recoveriesOf,
  termsOf,
} from './load.ts'
import { leftOfVoucher } from './propose.ts'
import { viewClawback } from './view.ts'

type Act = 'decideClawback' | 'cancelClawback'

interface Case<Name extends Act> {
  readonly asked: Asked<Name>
  readonly context: CommandContext
  readonly row: ClawbackRow
  readonly inForce: InForce
}

/** Moves the case by its table; the state it is in now, or a refusal. */
export async function moveClawback(
  { tx, newId }: Pick<CommandContext, 'tx' | 'newId'>,
  { at, today, person }: Pick<Asked<Act>, 'at' | 'today' | 'person'>,
  { row, inForce }: { readonly row: ClawbackRow; readonly inForce: InForce },
  act: Omit<Parameters<typeof moveCase>[2], 'actorId' | 'forPersonId'>,
): Promise<Decision<string, 'clawback.transition_not_allowed'>> {
  const actor = person === null ? {} : actedBy(person, row, act.role)
  const moved = await moveCase(
    { tx, newId, at, today },
    { kind: 'clawback', row, workflow: clawbackTable, inForce },
    { ...act, ...actor },
  )
  return moved.ok ? accept(moved.value.to) : refuse('clawback.transition_not_allowed', moved.refusal.params)
}

export function decideClawback(world: World): Command<'decideClawback'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const locked = await lockClawback(asked, context, 'clawback.decide')
      if (!locked.ok) return locked
      const row = locked.value
      if (await mustAvoid(context.tx, asked.person, row)) return refuse('application.conflict_of_interest')
      const inForce = await world.programmes.inForce(context.tx, row.adoption_id)
      const each = { asked, context, row, inForce }
      if (asked.body.decision === 'drop') return drop(each, asked.body.reason)
      if (await hadPart(context.tx, asked.person!, row.id)) return refuse('clawback.own_proposal')
      return uphold(world, each, asked.body)
    },
    view: (subject, { db }, asked) => viewClawback(db, subject, asked),
  }
}

type Decided = Awaited<ReturnType<Command<'decideClawback'>['run']>>
type Upheld = Extract<Asked<'decideClawback'>['body'], { decision: 'uphold' }>

async function drop(
  { asked, context, row, inForce }: Case<'decideClawback'>,
  reason: string,
): Promise<Decided> {
  const to = await moveClawback(context, asked, { row, inForce }, { event: 'drop', role: 'reviewer', reason })
  if (!to.ok) return to
  await context.tx.updateTable('clawback').set({ state: to.value }).where('id', '=', row.id).execute()
  tellFirms(context.tx, row, 'clawback_dropped', { reason })
  return accept({ subject: row.id })
}

async function uphold(world: World, each: Case<'decideClawback'>, body: Upheld): Promise<Decided> {
  const { asked, context, row, inForce } = each
  const { tx } = context
  await loadApplication(tx, row.application_id, 'lock')
  const voucher = row.voucher_id === null ? undefined : await loadVoucher(tx, row.voucher_id, 'lock')
  const owedFen = row.proposed_fen
  const fault = await faultOf(tx, each, body)
  if (fault !== null) return fault
  const revokedFen = row.revokes ? await leftOfVoucher(world, tx, row.voucher_id, asked.at) : 0n
  const terms = await termsOf(tx, inForce, row, { revokedFen, owedFen })
  if (revokedFen + owedFen === 0n) return refuse('clawback.nothing_taken')
  const event = owedFen > 0n ? 'demand' : 'revoke'
  const detail = { revokedFen: revokedFen.toString(), owedFen: owedFen.toString() }
  const to = await moveClawback(
    context,
    asked,
    { row, inForce },
    { event, role: 'reviewer', reason: body.reason, detail },
  )
  if (!to.ok) return to
  await tx
    .updateTable('clawback')
    .set({
      state: to.value,
      decided_by: asked.person!.id,
      decided_at: timestamp(asked.at),
      revoked_fen: revokedFen,
      owed_fen: owedFen,
      fine_fen: body.fineFen === null || body.fineFen === '0' ? null : BigInt(body.fineFen),
      due_on: owedFen > 0n ? body.dueOn : null,
    })
    .where('id', '=', row.id)
    .execute()
  if (row.revokes && voucher !== undefined && voucher.revoked_at === null)
    await tx
      .updateTable('voucher')
      .set({ revoked_at: timestamp(asked.at) })
      .where('id', '=', voucher.id)
      .execute()
  tellFirms(tx, row, 'clawback_decided', { amountFen: owedFen.toString(), reason: body.reason })
  if (owedFen > 0n) tellFinance(tx, row, { fen: owedFen, why: 'collect' })
  return accept({ subject: row.id, plan: planOf(inForce, (books) => planClawback(books, terms)!) })
}

/** Why it cannot be decided so, or null. */
async function faultOf(
  tx: Transaction<Tables>,
  { asked, row }: Case<'decideClawback'>,
  { fineFen, dueOn }: Upheld,
): Promise<Extract<Decided, { ok: false }> | null> {
  const open = await openClaims(tx, row.application_id)
  if (open.length > 0) return refuse('clawback.claims_open', { numbers: open.join('、') })
  const owedFen = row.proposed_fen
  if (owedFen > 0n && dueOn === null) return refuse('clawback.due_missing')
  if (owedFen > 0n && dueOn !== null && dueOn <= asked.today)
    return refuse('clawback.day_past', { day: dueOn })
  const lines = await tx
    .selectFrom('clawback_line')
    .select(['claim_id', 'amount_fen'])
    .where('clawback_id', '=', row.id)
    .execute()
  const claims = await paidClaims(tx, row.application_id, row.id)
  for (const { claim_id: claimId, amount_fen: amountFen } of lines) {
    const claim = claims.find((each) => each.claimId === claimId)
    const leftFen = claim?.leftFen ?? 0n
    if (amountFen > leftFen)
      return refuse('clawback.above_paid', { number: claim?.number ?? claimId, leftYuan: formatFen(leftFen) })
  }
  if (fineFen === null || fineFen === '0') return null
  const range = fineRange(row.basis, owedFen) ?? { leastFen: 0n, mostFen: 0n }
  const fine = BigInt(fineFen)
  if (fine >= range.leastFen && fine <= range.mostFen) return null
  const [leastYuan, mostYuan] = [formatFen(range.leastFen), formatFen(range.mostFen)]
  return refuse('clawback.fine_outside_range', { leastYuan, mostYuan })
}

export function cancelClawback(world: World): Command<'cancelClawback'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const locked = await lockClawback(asked, context, 'clawback.decide')
      if (!locked.ok) return locked
      const row = locked.value
      if (await mustAvoid(context.tx, asked.person, row)) return refuse('application.conflict_of_interest')
      const { tx } = context
      if (await hadPart(tx, asked.person!, row.id, ['demand', 'revoke']))
        return refuse('clawback.own_decision')
      const inForce = await world.programmes.inForce(tx, row.adoption_id)
      const recoveries = await recoveriesOf(tx, row.id)
      if (recoveries.some(({ state }) => state === 'proposed')) return refuse('clawback.write_off_open')
      const { recoveredFen, leftFen } = debtOf(row, recoveries)
      const { ruling, reason } = asked.body
      const event = recoveredFen > 0n ? 'annul_recovered' : 'annul'
      const to = await moveClawback(
        context,
        asked,
        { row, inForce },
        { event, role: 'reviewer', reason, detail: { ruling } },
      )
      if (!to.ok) return to
      await tx.updateTable('clawback').set({ state: to.value, ruling }).where('id', '=', row.id).execute()
      const revokedFen = row.revoked_fen ?? 0n
      if (row.voucher_id !== null && row.revokes) {
        await loadVoucher(tx, row.voucher_id, 'lock')
        // a voucher whose last day has passed meanwhile is swept once more
        await tx
          .updateTable('voucher')
          .set({ revoked_at: null, ...(revokedFen > 0n ? { returned_at: null } : {}) })
          .where('id', '=', row.voucher_id)
          .execute()
      }
      tellFirms(tx, row, 'clawback_annulled', { reason: ruling })
      if (recoveredFen > 0n) tellFinance(tx, row, { fen: recoveredFen, why: 'refund' })
      const terms = await termsOf(tx, inForce, row, { revokedFen, owedFen: leftFen })
      if (revokedFen + leftFen === 0n) return accept({ subject: row.id })
      const plan = planOf<'clawback.pool_short'>(
        inForce,
        (books) => planCancelClawback(books, terms)!,
        () => ({ code: 'clawback.pool_short', params: {} }),
      )
      return accept({ subject: row.id, plan })
    },
    view: (subject, { db }, asked) => viewClawback(db, subject, asked),
  }
}

type FirmKind = 'clawback_decided' | 'clawback_dropped' | 'clawback_annulled'

function tellFirms(
  tx: Transaction<Tables>,
  row: ClawbackRow,
  kind: FirmKind,
  params: Readonly<Record<string, string>>,
): void {
  for (const firmId of new Set([row.debtor_id, row.organisation_id]))
    tell(tx, {
      kind,
      cause: `clawback ${row.id} ${firmId}`,
      about: 'clawback',
      aboutId: row.id,
      params: { number: row.number, ...params },
      place: { jurisdiction: row.jurisdiction, district: row.district, firmId },
    })
}

interface ForFinance {
  readonly fen: bigint
  /** what finance is asked for, once each */
  readonly why: string
  readonly except?: readonly string[]
}

export function tellFinance(
  tx: Transaction<Tables>,
  row: ClawbackRow,
  { fen, why, except = [] }: ForFinance,
): void {
  tell(tx, {
    kind: 'clawback_to_collect',
    cause: `clawback ${row.id} ${why}`,
    about: 'clawback',
    aboutId: row.id,
    params: { number: row.number, amountFen: fen.toString() },
    place: { jurisdiction: row.jurisdiction, district: row.district },
    except,
  })
}
