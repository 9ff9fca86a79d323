// 追回和更正: in the autumn a check of the support after use finds a contract that was let on to others: a part is taken
// back, the firm is heard, another reviewer decides, finance agrees on instalments and the first one comes in. Of another
// payment the amount was recorded wrongly: two reviewers correct it and what was overpaid comes back.
import type { AnswerOf, Routes } from '@suanquan/api'
import { addDays, type Day } from '@suanquan/core/calendar'
import { CITY } from '@suanquan/city'
import { must, mustRefuse, type Actor } from './actor.ts'
import { workingDayFrom, workingDaysAfter } from './agenda.ts'
import { count, today, type Case, type Demo } from './demo.ts'

type Claim = AnswerOf<Routes['listClaims']>['items'][number]

const CHECKED_ON: Day = '2024-10-21'
/** Of what was paid: the part of the use that was another's. */
const PART = 4n

export function planTakingBack(demo: Demo): void {
  demo.agenda.plan(workingDayFrom(CHECKED_ON), 'reviewers', async () => {
    const { api } = demo.staff.reviewers.get(CITY)!
    const { items } = await must('已付的补贴', api.listClaims({ query: { state: 'paid', size: 200 } }))
    const paid = items.filter(({ voucherId }) => voucherId === null).toSorted(byNumber)
    const [first, second] = paid.flatMap((claim) => {
      const each = demo.cases.find(({ number }) => number === claim.applicationNumber)
      return each === undefined || each.reviewer.login === 'reviewer' ? [] : [{ claim, each }]
    })
    if (first !== undefined) await propose(demo, first.each, first.claim)
    if (second !== undefined) await correct(demo, second.each, second.claim)
  })
}

const byNumber = (a: Claim, b: Claim): number => (a.number < b.number ? -1 : 1)

async function propose(demo: Demo, each: Case, claim: Claim): Promise<void> {
  const city = demo.staff.reviewers.get(CITY)!
  const amountFen = (BigInt(claim.approvedFen!) / PART).toString()
  const body = {
    applicationId: claim.applicationId,
    basis: 'misuse' as const,
    finding: '抽查发现合同项下约四分之一的卡时由第三方作业占用，与申报的用途不符',
    clause: '《财政违法行为处罚处分条例》第十四条',
    evidence: ['计量记录：作业账户属于第三方', '转租往来函件（2024-06-11）'],
    revokes: false,
    lines: [{ claimId: claim.id, amountFen }],
    answerBy: workingDaysAfter(today(demo), 5),
  }
  const { id } = await must('提出追回', city.api.proposeClawback({ body }))
  count(demo, 'clawbacks')
  const params = { id }
  demo.agenda.plan(workingDaysAfter(today(demo), 2), 'clerks', async () => {
    const statement = '夜间空闲卡时曾借给合作单位调试，未另行收费，愿意退还这一部分。'
    await must('陈述申辩', each.clerk.api.answerClawback({ params, body: { statement } }))
  })
  demo.agenda.plan(workingDaysAfter(today(demo), 4), 'reviewers', () => decide(demo, each, id))
}

async function decide(demo: Demo, each: Case, id: string): Promise<void> {
  const params = { id }
  const dueOn = workingDayFrom(addDays(today(demo), 60))
  const body = { decision: 'uphold' as const, fineFen: null, dueOn, reason: '事实清楚，当事人认可；未处罚款' }
  const city = demo.staff.reviewers.get(CITY)!
  await mustRefuse('自己决定自己提出的', city.api.decideClawback({ params, body }), 'clawback.own_proposal')
  const { leftFen } = await must('决定追回', each.reviewer.api.decideClawback({ params, body }))
  const [officer] = demo.staff.finance
  const half = BigInt(leftFen) / 2n
  const firstOn = workingDayFrom(addDays(today(demo), 20))
  const instalments = [
    { dueOn: firstOn, amountFen: half.toString() },
    { dueOn, amountFen: (BigInt(leftFen) - half).toString() },
  ]
  await must('约定分期', officer.api.planInstalments({ params, body: { instalments } }))
  demo.agenda.plan(firstOn, 'finance', async () => {
    const came = { kind: 'bank' as const, amountFen: half.toString(), receivedOn: today(demo) }
    await must(
      '登记收回',
      officer.api.recordRecovery({ params, body: { ...came, reference: '收回 2024-01' } }),
    )
    count(demo, 'recoveries')
  })
}

async function correct(demo: Demo, each: Case, claim: Claim): Promise<void> {
  const city: Actor = demo.staff.reviewers.get(CITY)!
  const rightFen = ((BigInt(claim.approvedFen!) * 9n) / 10n).toString()
  const body = {
    rightFen,
    reason: '一张发票的税额误计入费用，复算后应少支持一成',
    evidence: '发票复核记录（2024-10-21）',
  }
  const params = { id: claim.id }
  const { id } = await must('提出更正', city.api.proposeRectification({ params, body }))
  demo.agenda.plan(workingDaysAfter(today(demo), 1), 'reviewers', async () => {
    const agreed = { approve: true, reason: '复算无误' }
    await must('复核更正', each.reviewer.api.decideRectification({ params: { id }, body: agreed }))
    count(demo, 'rectified')
    demo.agenda.plan(workingDaysAfter(today(demo), 3), 'finance', async () => {
      const back = { reference: '退回 2024-01', receivedOn: today(demo) }
      await must('多付款退回', demo.staff.finance[0].api.recordReturn({ params: { id }, body: back }))
    })
  })
}
