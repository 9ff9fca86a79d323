// 免申即享: in October the bureau takes the list of firms whose contracts have the national voucher and sweeps it. These firms
// had been turned away under the voucher programme; nobody applies again. The city's reviewer signs off, most firms take
// the offer, one is silent.
import { CITY, districts } from '@suanquan/city'
import type { Day } from '@suanquan/core/calendar'
import { must } from './actor.ts'
import { workingDaysAfter } from './agenda.ts'
import { countOf, today, type Case, type Demo } from './demo.ts'

const SWEEP_ON: Day = '2024-10-15'
const MOST = 6
/** of a firm that the register does not know */
const STRANGER = '91990100MA9STRANG0'

export function planSweep(demo: Demo): void {
  demo.agenda.plan(SWEEP_ON, 'reviewers', () => sweep(demo))
}

/** Why the voucher programme turned them away: who they are, or their contract's dates. */
const TURNED_AWAY: ReadonlySet<string> = new Set([
  'university',
  'research_institute',
  'signed_early',
  'term_too_long',
])

/** Applications that the voucher programme refused: there is use, and no support. */
async function candidates(demo: Demo): Promise<Case[]> {
  const found: Case[] = []
  for (const each of demo.cases) {
    const { trait } = each.plan.firm
    if (each.id === null || each.programme.name !== 'voucher' || !TURNED_AWAY.has(trait)) continue
    const row = await must('查看申请', each.clerk.api.readApplication({ params: { id: each.id } }))
    if (row.state === 'refused') found.push(each)
    if (found.length === MOST) break
  }
  return found
}

async function sweep(demo: Demo): Promise<void> {
  const programme = demo.programmes.find(({ name }) => name === 'automatic')!
  const cases = await candidates(demo)
  if (cases.length === 0) return
  const awards = cases.map(({ plan: { firm, contract } }, index) => ({
    creditCode: firm.organisation.creditCode,
    contractNumber: contract.number,
    percent: index % 2 === 0 ? 30 : 10,
    approvedOn: '2024-09-30',
  }))
  const stranger = { ...awards[0]!, creditCode: STRANGER }
  const sweeper = demo.staff.reviewers.get(districts[0]!.code)!
  const body = {
    adoptionId: programme.adoptionId,
    source: '国家智能券 2024 年第三季度核定名单（演示）',
    awards: [...awards, stranger],
  }
  await must('试比对', sweeper.api.checkSweep({ body }))
  const made = await must('比对', sweeper.api.makeSweep({ body }))
  demo.clock.pass()
  countOf(demo, programme, 'swept', made.lines)
  demo.agenda.plan(workingDaysAfter(today(demo), 2), 'reviewers', async () => {
    const { api } = demo.staff.reviewers.get(CITY)!
    const { items } = await must('查看比对', api.readSweep({ params: { id: made.id } }))
    for (const [index, line] of items.filter(({ openCeilingFen }) => openCeilingFen !== null).entries()) {
      const params = { id: line.applicationId! }
      const decision = { decision: 'approve' as const, amountFen: line.openCeilingFen!, findings: {} }
      const decided = await must(
        '核定',
        api.decideApplication({ params, body: { ...decision, reason: '与名单、登记和计量一致' } }),
      )
      if (decided.state !== 'offered') continue
      countOf(demo, programme, 'offered')
      const each = cases.find(({ plan }) => plan.contract.number === line.contractNumber)!
      if (index !== 1) planConsent(demo, each, params.id)
    }
    demo.clock.pass()
  })
}

function planConsent(demo: Demo, each: Case, id: string): void {
  const programme = demo.programmes.find(({ name }) => name === 'automatic')!
  demo.agenda.plan(workingDaysAfter(today(demo), 3), 'clerks', async () => {
    const { bankAccount } = each.plan.firm.organisation
    const body = {
      answer: 'consent' as const,
      accountEnding: bankAccount.replace(/\D/g, '').slice(-4),
      truthful: true as const,
    }
    await must('确认免申即享', each.clerk.api.answerOffer({ params: { id }, body }))
    countOf(demo, programme, 'taken')
  })
}
