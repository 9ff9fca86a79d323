// 兑付审核: the reviewer reads the four legs and approves what is payable, with every shortfall in the reason; an invoice
// that is far from the use is sent back once.
import type { AnswerOf, Routes } from '@suanquan/api'
import { seededRandom } from '@suanquan/core'
import type { Day } from '@suanquan/core/calendar'
import { formatFen } from '@suanquan/core/money'
import { must } from './actor.ts'
import { workingDaysAfter } from './agenda.ts'
import { count, today, type Case, type Demo } from './demo.ts'

interface Filed {
  readonly claimId: string
  /** where the firm stood before this claim: a refused one may be filed again */
  readonly claimedBefore: Day | null
}

/** Below it a reviewer sends the claim back for a right invoice. */
const FAR_FROM_USE_PERCENT = 84

export function planClaimDecision(demo: Demo, each: Case, filed: Filed): void {
  const days = 3 + seededRandom(demo.city.seed).fork(`claim-review/${filed.claimId}`).int(5)
  demo.agenda.plan(workingDaysAfter(today(demo), days), 'reviewers', () => decide(demo, each, filed))
}

async function decide(demo: Demo, each: Case, { claimId, claimedBefore }: Filed): Promise<void> {
  const { api } = each.reviewer
  const params = { id: claimId }
  const claim = await must('审阅兑付申请', api.readClaim({ params }))
  demo.clock.pass()
  if (each.plan.claims.invoicedPercent < FAR_FROM_USE_PERCENT && !each.slipped.has('refused_claim')) {
    each.slipped.add('refused_claim')
    const reason = '发票金额与计量用量相差较大，请与供给方核对、补开发票后重新申请'
    await must('退回兑付申请', api.decideClaim({ params, body: { decision: 'refuse', reason } }))
    each.claimedTo = claimedBefore
    count(demo, 'claims_refused/reviewer')
    return
  }
  const body = { decision: 'approve' as const, amountFen: claim.payableFen, reason: reasonFor(claim) }
  await must(`核定 ${claim.number}`, api.decideClaim({ params, body }))
  count(demo, 'claims_approved')
  if ((claim.matched?.shortfalls.length ?? 0) > 0) count(demo, 'claims_short')
}

function reasonFor({ matched, payableFen }: AnswerOf<Routes['readClaim']>): string {
  const lines = (matched?.shortfalls ?? []).map(
    ({ text, differenceFen }) => `${text.zh}（少 ${formatFen(BigInt(differenceFen))} 元）`,
  )
  const paid = `按核定基数 ${formatFen(BigInt(matched?.baseFen ?? payableFen))} 元支持 ${formatFen(BigInt(payableFen))} 元`
  return lines.length === 0 ? `四项一致，${paid}` : `${paid}。差额：${lines.join('；')}`
}
