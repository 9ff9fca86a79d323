// The appeal about a claim that was refused: it was held again when the appeal came; it is redeemed up to what is payable
// today, or what was held becomes usable again.
import { accept, assert, refuse } from '@suanquan/core'
import { formatFen } from '@suanquan/core/money'
import { planRedemption, planReleaseHold, type ClaimTerms } from '@suanquan/core/voucher'
import type { Command } from '../../http/world.ts'
import { actedBy } from '../../identity/acting.ts'
import { capLine, moveCase } from '../application/index.ts'
import { planOf } from '../ledger/index.ts'
import {
  drawnClaim,
  inputOf,
  loadClaim,
  matchClaim,
  paymentCaps,
  storeDecision,
  storedCaps,
  type ClaimRow,
} from '../settlement/index.ts'
import { close, deciderFault, type AppealCase } from './decider.ts'
import { loadAppeal } from './load.ts'

type Done = Awaited<ReturnType<Command<'decideAppeal'>['run']>>

export async function decideClaimAppeal(found: AppealCase<null>): Promise<Done> {
  const { asked, context, inForce } = found
  const { tx } = context
  const row = (await loadClaim(tx, found.appeal.object_id, 'lock'))!
  const appeal = (await loadAppeal(tx, found.appeal.id, 'lock'))!
  const fault = await deciderFault({ asked, context, appeal })
  if (fault !== null) return fault
  const { outcome } = asked.body
  if (outcome === 'remand') return refuse('appeal.not_of_claims')
  const each: AppealCase<ClaimRow> = { asked, context, appeal, row, inForce }
  const { terms } = await drawnClaim(tx, inForce, row)
  const held: ClaimTerms = { ...terms, id: appeal.id }
  return outcome === 'affirm' ? affirm(each, held) : change(each, held)
}

async function affirm(each: AppealCase<ClaimRow>, held: ClaimTerms): Promise<Done> {
  const { context, row, inForce, appeal } = each
  const moved = await move(each, 'affirm', {})
  await close(each, 'affirmed', null)
  await context.tx.updateTable('claim').set(moved).where('id', '=', row.id).execute()
  return accept({
    subject: appeal.id,
    plan: planOf<never>(inForce, (books) => planReleaseHold(books, held, row.payable_fen)),
  })
}

async function change(each: AppealCase<ClaimRow>, held: ClaimTerms): Promise<Done> {
  const { asked, context, row, inForce, appeal } = each
  const { tx, newId } = context
  assert(asked.body.outcome === 'change', 'the outcome says what to do')
  const input = await inputOf(tx, row, inForce, asked)
  const match = await matchClaim(tx, input)
  if (!match.ok) throw new Error(`evidence that was matched once can be matched again: ${match.refusal.code}`)
  const amount = BigInt(asked.body.amountFen)
  if (amount === 0n) return refuse('claim.amount_zero')
  const payable = row.payable_fen < match.value.payableFen ? row.payable_fen : match.value.payableFen
  if (amount > payable) return refuse('claim.above_payable', { payableYuan: formatFen(payable) })
  const moved = await move(each, 'change', { amountFen: asked.body.amountFen })
  await close(each, 'changed', amount)
  const caps = paymentCaps(inForce, match.value.facts, input.today).map(capLine)
  await tx
    .updateTable('claim')
    .set({ ...moved, drawn_caps: storedCaps(caps), approved_fen: amount })
    .where('id', '=', row.id)
    .execute()
  await storeDecision(tx, newId(), { claimId: row.id, input, match: match.value, kind: 'claim_review' })
  return accept({
    subject: appeal.id,
    plan: planOf<never>(inForce, (books) => planRedemption(books, held, amount, caps)),
  })
}

async function move(
  { asked, context, appeal, row, inForce }: AppealCase<ClaimRow>,
  event: string,
  detail: Record<string, unknown>,
): Promise<{ state: string; deadline_on: null; deadline_provisional: boolean }> {
  const moved = await moveCase(
    { tx: context.tx, newId: context.newId, at: asked.at, today: asked.today },
    { kind: 'claim', row, workflow: inForce.way.claim, inForce },
    {
      event,
      role: 'reviewer',
      ...actedBy(asked.person!, row, 'reviewer'),
      reason: asked.body.reason,
      detail: { ...detail, appealId: appeal.id },
    },
  )
  assert(moved.ok, 'an appeal that is open can be decided')
  return { state: moved.value.to, deadline_on: null, deadline_provisional: false }
}
