// 收回: by bank, by instalments, or from what is payable to the same party; each is a posting of its own. What cannot be
// recovered is written off by two people of finance. What was recovered under an annulled decision goes back.
import { accept, refuse, type Decision } from '@suanquan/core'
import { formatFen } from '@suanquan/core/money'
import {
  planRecovery,
  planRefund,
  planSetOff,
  planUndemand,
  upTo,
  withRefill,
  type PayableTerms,
} from '@suanquan/core/voucher'
import { timestamp } from '../../database/index.ts'
import type { Asked, Command, CommandContext } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { moveCase } from '../application/index.ts'
import { planOf } from '../ledger/index.ts'
import type { InForce } from '../policy/index.ts'
import { type ClaimRow, loadClaim, paymentTerms } from '../settlement/index.ts'
import { moveClawback, tellFinance } from './decide.ts'
import {
  type ClawbackRow,
  type Debt,
  debtOf,
  type LockCode,
  lockClawback,
  recoveriesOf,
  type RecoveryRow,
  sourcesOf,
} from './load.ts'
import { viewClawback } from './view.ts'

type Act = 'planInstalments' | 'recordRecovery' | 'proposeWriteOff' | 'decideWriteOff' | 'refundClawback'

interface Owed {
  readonly row: ClawbackRow
  readonly inForce: InForce
  readonly recoveries: readonly RecoveryRow[]
  readonly debt: Debt
  /** a write-off that waits for its second person */
  readonly writeOff: RecoveryRow | undefined
}

/** The debt, locked, for finance. */
async function lockDebt(
  world: World,
  asked: Pick<Asked<Act>, 'params' | 'person'>,
  context: CommandContext,
): Promise<Decision<Owed, LockCode>> {
  const locked = await lockClawback(asked, context, 'clawback.collect')
  if (!locked.ok) return locked
  const row = locked.value
  const inForce = await world.programmes.inForce(context.tx, row.adoption_id)
  const recoveries = await recoveriesOf(context.tx, row.id)
  const writeOff = recoveries.find(({ state }) => state === 'proposed')
  return accept({ row, inForce, recoveries, debt: debtOf(row, recoveries), writeOff })
}

const notOwed = (
  row: ClawbackRow,
  event: string,
): ReturnType<typeof refuse<'clawback.transition_not_allowed'>> =>
  refuse('clawback.transition_not_allowed', { state: row.state, event })

function debtTerms(row: ClawbackRow): PayableTerms {
  return { number: row.number, payee: row.debtor_credit_code, district: row.district }
}

export function planInstalments(world: World): Command<'planInstalments'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const locked = await lockDebt(world, asked, context)
      if (!locked.ok) return locked
      const { row, debt } = locked.value
      if (row.state !== 'owed') return notOwed(row, 'settle')
      const { instalments } = asked.body
      const past = instalments.find(({ dueOn }) => dueOn <= asked.today)
      if (past !== undefined) return refuse('clawback.day_past', { day: past.dueOn })
      const sum = instalments.reduce((total, { amountFen }) => total + BigInt(amountFen), 0n)
      const ordered = instalments.every(
        ({ dueOn, amountFen }, index) =>
          amountFen !== '0' && (index === 0 || dueOn > instalments[index - 1]!.dueOn),
      )
      if (!ordered || sum !== debt.leftFen)
        return refuse('clawback.instalments_differ', { leftYuan: formatFen(debt.leftFen) })
      await context.tx
        .updateTable('clawback')
        .set({ instalments: JSON.stringify(instalments), due_on: instalments.at(-1)!.dueOn })
        .where('id', '=', row.id)
        .execute()
      return accept({ subject: row.id })
    },
    view: (subject, { db }, asked) => viewClawback(db, subject, asked),
  }
}

export function recordRecovery(world: World): Command<'recordRecovery'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const locked = await lockDebt(world, asked, context)
      if (!locked.ok) return locked
      const owed = locked.value
      const { row, inForce, debt } = owed
      const { body, person, at, today } = asked
      if (row.state !== 'owed') return notOwed(row, 'settle')
      if (owed.writeOff !== undefined) return refuse('clawback.write_off_open')
      const amount = BigInt(body.amountFen)
      if (amount === 0n) return refuse('clawback.nothing_taken')
      if (amount > debt.leftFen) return refuse('clawback.above_owed', { leftYuan: formatFen(debt.leftFen) })
      const id = context.newId()
      const record = { id, amount, byWhom: person!.id, at }
      const sources = await sourcesOf(context.tx, inForce, row)
      const payback = { document: id, amount, sources, beforeFen: debt.recoveredFen }
      if (body.kind === 'bank') {
        if (body.receivedOn > today) return refuse('clawback.day_future', { day: body.receivedOn })
        const used = owed.recoveries.some(
          ({ kind, reference }) => kind === 'bank' && reference === body.reference,
        )
        if (used) return refuse('clawback.reference_used', { reference: body.reference })
        await store(context, row, {
          ...record,
          kind: 'bank',
          reference: body.reference,
          onDay: body.receivedOn,
          claimId: null,
        })
        await settleWhole(asked, context, owed, amount)
        const plan = planOf(inForce, (books) => planRecovery(books, debtTerms(row), payback))
        return accept({ subject: row.id, plan })
      }
      const claim = await loadClaim(context.tx, body.claimId, 'lock')
      if (claim === undefined || !fitsSetOff(row, claim, amount)) return refuse('clawback.set_off_unfit')
      await setOffClaim(asked, context, { claim, inForce, amount, number: row.number })
      await store(context, row, {
        ...record,
        kind: 'set_off',
        reference: claim.number,
        onDay: today,
        claimId: claim.id,
      })
      await settleWhole(asked, context, owed, amount)
      // a claim that is set off is paid as by the bank, and its imprest is filled again
      const refill = { amount: upTo(claim.imprest_left_fen, amount), document: id }
      const terms = paymentTerms(claim)
      const plan = planOf(inForce, (books) =>
        withRefill(books, planSetOff(books, debtTerms(row), terms, payback), terms, refill),
      )
      return accept({ subject: row.id, plan })
    },
    view: (subject, { db }, asked) => viewClawback(db, subject, asked),
  }
}

/** Approved, in no batch, of the same party and programme, and with enough left. */
function fitsSetOff(row: ClawbackRow, claim: ClaimRow, amount: bigint): boolean {
  return (
    claim.state === 'approved' &&
    claim.payee_id === row.debtor_id &&
    claim.adoption_id === row.adoption_id &&
    amount <= (claim.approved_fen ?? 0n) - claim.settled_fen
  )
}

interface SetOff {
  readonly claim: ClaimRow
  readonly inForce: InForce
  readonly amount: bigint
  /** of the clawback */
  readonly number: string
}

async function setOffClaim(
  { person, at, today }: Asked<'recordRecovery'>,
  { tx, newId }: CommandContext,
  { claim, inForce, amount, number }: SetOff,
): Promise<void> {
  const settledFen = claim.settled_fen + amount
  const whole = settledFen === claim.approved_fen
  const moved = await moveCase(
    { tx, newId, at, today },
    { kind: 'claim', row: claim, workflow: inForce.way.claim, inForce },
    {
      event: whole ? 'set_off_whole' : 'set_off',
      role: 'finance',
      actorId: person!.id,
      reason: number,
      detail: { amountFen: amount.toString() },
    },
  )
  if (!moved.ok) throw new Error('what is payable can be set off')
  await tx
    .updateTable('claim')
    .set({
      state: moved.value.to,
      settled_fen: settledFen,
      imprest_left_fen: claim.imprest_left_fen - upTo(claim.imprest_left_fen, amount),
    })
    .where('id', '=', claim.id)
    .execute()
}

interface Recorded {
  readonly id: string
  readonly kind: RecoveryRow['kind']
  readonly amount: bigint
  readonly reference: string | null
  readonly onDay: string
  readonly claimId: string | null
  readonly byWhom: string
  readonly at: number
  readonly state?: RecoveryRow['state']
  readonly reason?: string
}

async function store({ tx }: CommandContext, row: ClawbackRow, recorded: Recorded): Promise<void> {
  const { id, kind, amount, reference, onDay, claimId, byWhom, at, state = 'recorded', reason } = recorded
  await tx
    .insertInto('clawback_recovery')
    .values({
      id,
      clawback_id: row.id,
      jurisdiction: row.jurisdiction,
      district: row.district,
      kind,
      state,
      amount_fen: amount,
      reference,
      on_day: onDay,
      reason: reason ?? null,
      claim_id: claimId,
      recorded_by: byWhom,
      recorded_at: timestamp(at),
    })
    .execute()
}

/** Ends the case when nothing is left of the debt. */
async function settleWhole(
  asked: Asked<'recordRecovery' | 'decideWriteOff'>,
  context: CommandContext,
  { row, inForce, debt }: Owed,
  amount: bigint,
): Promise<void> {
  if (amount < debt.leftFen) return
  const to = await moveClawback(context, asked, { row, inForce }, { event: 'settle', role: 'finance' })
  if (!to.ok) throw new Error('what is owed can be settled')
  await context.tx.updateTable('clawback').set({ state: to.value }).where('id', '=', row.id).execute()
}

export function proposeWriteOff(world: World): Command<'proposeWriteOff'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const locked = await lockDebt(world, asked, context)
      if (!locked.ok) return locked
      const { row, debt, writeOff } = locked.value
      const { body, person, at, today } = asked
      if (row.state !== 'owed') return notOwed(row, 'settle')
      if (writeOff !== undefined) return refuse('clawback.write_off_open')
      const id = context.newId()
      await store(context, row, {
        id,
        kind: 'write_off',
        state: 'proposed',
        amount: debt.leftFen,
        reference: id,
        onDay: today,
        claimId: null,
        byWhom: person!.id,
        at,
        reason: body.reason,
      })
      tellFinance(context.tx, row, { fen: debt.leftFen, why: `write-off ${id}`, except: [person!.id] })
      return accept({ subject: row.id })
    },
    view: (subject, { db }, asked) => viewClawback(db, subject, asked),
  }
}

export function decideWriteOff(world: World): Command<'decideWriteOff'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const locked = await lockDebt(world, asked, context)
      if (!locked.ok) return locked
      const owed = locked.value
      const { row, inForce, writeOff } = owed
      const { body, person, at } = asked
      if (row.state !== 'owed') return notOwed(row, 'settle')
      if (writeOff === undefined) return refuse('clawback.no_write_off')
      if (writeOff.recorded_by === person!.id) return refuse('clawback.own_proposal')
      const amount = writeOff.amount_fen
      await context.tx
        .updateTable('clawback_recovery')
        .set({
          state: body.approve ? 'recorded' : 'rejected',
          approved_by: person!.id,
          approved_at: timestamp(at),
          reason: `${writeOff.reason ?? ''}\n${body.reason}`,
        })
        .where('id', '=', writeOff.id)
        .execute()
      if (!body.approve) return accept({ subject: row.id })
      await settleWhole(asked, context, owed, amount)
      const plan = planOf(inForce, (books) => planUndemand(books, debtTerms(row), writeOff.id, amount))
      return accept({ subject: row.id, plan })
    },
    view: (subject, { db }, asked) => viewClawback(db, subject, asked),
  }
}

export function refundClawback(world: World): Command<'refundClawback'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const locked = await lockDebt(world, asked, context)
      if (!locked.ok) return locked
      const { row, inForce, recoveries, debt } = locked.value
      const { body, person, at, today } = asked
      if (body.paidOn > today) return refuse('clawback.day_future', { day: body.paidOn })
      const used = recoveries.some(({ reference }) => reference === body.reference)
      if (used) return refuse('clawback.reference_used', { reference: body.reference })
      const to = await moveClawback(
        context,
        asked,
        { row, inForce },
        { event: 'refund', role: 'finance', detail: { bankReference: body.reference } },
      )
      if (!to.ok) return to
      const id = context.newId()
      const amount = debt.recoveredFen
      await store(context, row, {
        id,
        kind: 'refund',
        amount,
        reference: body.reference,
        onDay: body.paidOn,
        claimId: null,
        byWhom: person!.id,
        at,
      })
      await context.tx.updateTable('clawback').set({ state: to.value }).where('id', '=', row.id).execute()
      const sources = await sourcesOf(context.tx, inForce, row)
      const payback = { document: id, amount, sources, beforeFen: 0n }
      const plan = planOf(inForce, (books) => planRefund(books, debtTerms(row), payback))
      return accept({ subject: row.id, plan })
    },
    view: (subject, { db }, asked) => viewClawback(db, subject, asked),
  }
}
