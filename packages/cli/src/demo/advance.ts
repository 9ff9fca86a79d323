// 备用金 in the demo year: in June finance advances each centre a part of what the deduction programme was allotted; when
// the last claims are paid, months late, what lies unused is returned.
import type { BodyOf, Routes } from '@suanquan/api'
import { must } from './actor.ts'
import { countOf, today, type Demo, type DemoProgramme } from './demo.ts'

type Act = Omit<BodyOf<Routes['proposeFundAct']>, 'documentNumber' | 'documentOn' | 'reason'>

const ADVANCED_ON = '2024-06-24'
const RETURNED_ON = '2025-05-26'
/** each centre gets one fiftieth of what was allotted, and at most 300,000 yuan */
const PART = 50n
const MOST_FEN = 30_000_000n

export function planAdvances(demo: Demo): void {
  const programme = demo.programmes.find(({ name }) => name === 'deduction')!
  demo.agenda.plan(ADVANCED_ON, 'finance', () => advance(demo, programme))
  demo.agenda.plan(RETURNED_ON, 'finance', () => giveBack(demo, programme))
}

async function advance(demo: Demo, programme: DemoProgramme): Promise<void> {
  const { adoptionId } = programme
  const [{ api }] = demo.staff.finance
  const pool = await must('查看资金池', api.readPool({ params: { id: adoptionId } }))
  const part = BigInt(pool.appropriatedFen) / PART
  const amountFen = (part < MOST_FEN ? part : MOST_FEN).toString()
  const providers = new Set([...demo.centres.values()].map(({ organisationId }) => organisationId))
  for (const providerId of providers) {
    await done(demo, programme, { kind: 'appropriate', amountFen })
    const terms = { adoptionId, providerId, paidOn: today(demo), returnBy: '2025-02-14' }
    await done(demo, programme, { kind: 'advance', amountFen, ...terms })
  }
}

async function giveBack(demo: Demo, programme: DemoProgramme): Promise<void> {
  const { adoptionId } = programme
  const { items } = await must('备用金', demo.staff.finance[0].api.listImprests({ query: {} }))
  for (const { providerId, leftFen: amountFen } of items) {
    if (amountFen === '0') continue
    const paidOn = today(demo)
    await done(demo, programme, { kind: 'return_advance', adoptionId, providerId, amountFen, paidOn })
  }
}

/** An act of the fund by two people. */
async function done(demo: Demo, programme: DemoProgramme, act: Act): Promise<void> {
  const [proposer, approver] = demo.staff.finance
  const { items } = await must('专项资金', proposer.api.listFunds({}))
  const fund = items.find(({ programmes }) =>
    programmes.some(({ adoptionId }) => adoptionId === programme.adoptionId),
  )!
  const count = (demo.events.get('deduction/fund_acts') ?? 0) + 1
  const documentNumber = `示财备〔${today(demo).slice(0, 4)}〕${count}号`
  const body = { documentNumber, documentOn: today(demo), reason: '按备用金办法', ...act }
  const { id } = await must('提出资金事项', proposer.api.proposeFundAct({ params: { id: fund.id }, body }))
  const decision = { decision: 'approve' as const, reason: '' }
  await must('复核资金事项', approver.api.decideFundAct({ params: { id }, body: decision }))
  countOf(demo, programme, 'fund_acts')
  if (act.kind !== 'appropriate') countOf(demo, programme, act.kind)
}
