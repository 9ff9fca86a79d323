// The reviewers: they read an application with its determination, confirm what they must, decide with reasons, publish
// the notices and answer objections. The public objects.
import type { AnswerOf, Routes } from '@suanquan/api'
import { CITY } from '@suanquan/city'
import { addDays, type Day } from '@suanquan/core/calendar'
import { formatFen } from '@suanquan/core/money'
import { must, openBrowser } from './actor.ts'
import { workingDayFrom, workingDaysAfter } from './agenda.ts'
import { correct } from './apply.ts'
import { planClaims } from './claim.ts'
import { countOf, today, type Case, type Demo, type DemoProgramme } from './demo.ts'

type Application = AnswerOf<Routes['readApplication']>

export function planDecision(demo: Demo, each: Case, after: 'first' | 'corrected' = 'first'): void {
  const { reviewDays, course } = each.plan
  const day = workingDaysAfter(today(demo), after === 'first' ? reviewDays : 2)
  const asksFirst = after === 'first' && (course === 'corrects' || course === 'lapses')
  demo.agenda.plan(day, 'reviewers', () => (asksFirst ? askCorrection(demo, each) : decide(demo, each)))
}

async function askCorrection(demo: Demo, each: Case): Promise<void> {
  const { remark, course } = each.plan
  const body = {
    decision: 'request_correction' as const,
    fields: [{ ...remark }],
    reason: '材料需要补正，请在期限内修改后重新提交',
  }
  await must('要求补正', each.reviewer.api.decideApplication({ params: { id: each.id! }, body }))
  demo.clock.pass()
  countOf(demo, each.programme, 'corrections')
  if (course === 'corrects')
    demo.agenda.plan(workingDaysAfter(today(demo), 4), 'clerks', async () => {
      await correct(demo, each)
      planDecision(demo, each, 'corrected')
    })
}

async function decide(demo: Demo, each: Case): Promise<void> {
  const { api } = each.reviewer
  const params = { id: each.id! }
  const row = await must('审阅申请', api.readApplication({ params }))
  if (row.state !== 'submitted' && row.state !== 'review_city') return
  demo.clock.pass()
  if (row.creditCodeDoubt === 'check_digit') {
    const body = { evidence: '已核对登记机关公示的营业执照原件，代码属实' }
    await must('核实信用代码', api.confirmCreditCode({ params: { id: each.organisationId }, body }))
    countOf(demo, each.programme, 'codes_confirmed')
  }
  const findings = findingsOf(each, row)
  const reasons = reasonsAgainst(row, findings)
  if (row.tier === 'district') return passOn(demo, each, row, { findings, reasons })
  if (reasons.length > 0) {
    const reason = `不予支持。${reasons.map((text, index) => `${index + 1}. ${text}`).join('；')}。`
    await must('不予支持', api.decideApplication({ params, body: { decision: 'refuse', findings, reason } }))
    countOf(demo, each.programme, 'refused')
    if (!row.determination!.governed) countOf(demo, each.programme, 'refused/governed')
    for (const { id } of failedOf(row, findings)) countOf(demo, each.programme, `refused/${id}`)
    return
  }
  await approve(demo, each, row)
}

interface Found {
  readonly findings: Record<string, boolean>
  readonly reasons: readonly string[]
}

/** 区县初审: the district says what it found and would grant; the city decides two working days later. */
async function passOn(demo: Demo, each: Case, row: Application, { findings, reasons }: Found): Promise<void> {
  const support = reasons.length === 0
  const body = {
    decision: 'endorse' as const,
    opinion: support ? ('support' as const) : ('oppose' as const),
    amountFen: row.ceilingFen ?? '0',
    findings,
    reason: support ? '材料齐全，条件符合，建议支持' : `建议不予支持：${reasons.join('；')}`,
  }
  await must(`初审 ${each.number}`, each.reviewer.api.examineApplication({ params: { id: each.id! }, body }))
  demo.clock.pass()
  countOf(demo, each.programme, 'endorsed')
  const city = { ...each, reviewer: demo.staff.reviewers.get(CITY)! }
  demo.agenda.plan(workingDaysAfter(today(demo), 2), 'reviewers', () => decide(demo, city))
}

async function approve(demo: Demo, each: Case, row: Application): Promise<void> {
  const ceiling = BigInt(row.ceilingFen ?? '0')
  const less = each.plan.course === 'granted_less'
  const amount = less ? ((ceiling * 4n) / 5n / 100n) * 100n : ceiling
  const body = {
    decision: 'approve' as const,
    amountFen: amount.toString(),
    findings: findingsOf(each, row),
    reason: less
      ? `合同中约两成卡时用于内部办公系统，核减后支持 ${formatFen(amount)} 元`
      : `材料齐全，条件符合，支持 ${formatFen(amount)} 元`,
  }
  const decided = await must(
    `批准 ${each.number}`,
    each.reviewer.api.decideApplication({ params: { id: each.id! }, body }),
  )
  demo.clock.pass()
  countOf(demo, each.programme, 'approved')
  if (decided.state === 'waiting') countOf(demo, each.programme, 'waited')
}

/** What only people can find, as far as this programme asks for it. */
function findingsOf({ plan }: Case, row: Application): Record<string, boolean> {
  const found = {
    'applicant.fits_city_ai_plan': plan.firm.trait !== 'unfit_direction',
    'applicant.sound_finance': plan.firm.trait !== 'unsound_finance',
  }
  const asked = row.determination!.conditions.flatMap(({ decidedBy, facts }) =>
    decidedBy === 'reviewer' ? facts.map(({ id }) => id) : [],
  )
  return Object.fromEntries(Object.entries(found).filter(([fact]) => asked.includes(fact)))
}

type Condition = NonNullable<Application['determination']>['conditions'][number]

function failedOf(row: Application, findings: Record<string, boolean>): Condition[] {
  return row.determination!.conditions.filter(
    ({ verdict, facts }) => verdict === 'failed' || facts.some(({ id }) => findings[id] === false),
  )
}

/** Every failing condition with its clause; a contract that the programme does not govern is one too. */
function reasonsAgainst(row: Application, findings: Record<string, boolean>): string[] {
  const governed = row.determination!.governed ? [] : ['合同签订日不在办法的实施期内（第2条）']
  const failed = failedOf(row, findings).map(({ fail, text, clause }) => {
    const sentence = fail?.zh ?? `不符合：${text.zh}`
    return clause === null ? sentence : `${sentence}（依据第${clause}条）`
  })
  return [...governed, ...failed]
}

const FIRST_NOTICE: Day = '2024-02-01'
const NOTICE_EVERY = 14

/** Every second Thursday, or the first working day after it. */
export function planNotices(demo: Demo, until: Day): void {
  for (let day = FIRST_NOTICE; day <= until; day = addDays(day, NOTICE_EVERY))
    for (const programme of demo.programmes)
      demo.agenda.plan(workingDayFrom(day), 'reviewers', () => publish(demo, programme))
}

async function publish(demo: Demo, programme: DemoProgramme): Promise<void> {
  const { api } = demo.staff.reviewers.get(CITY)!
  const proposed = await must(
    '待公示',
    api.listApplications({ query: { state: 'proposed', order: 'oldest', size: 200 } }),
  )
  const { adoptionId } = programme
  const own = proposed.items.filter((item) => item.adoptionId === adoptionId)
  if (own.length === 0) return
  const body = { adoptionId, applicationIds: own.map(({ id }) => id) }
  const notice = await must('发布公示', api.publishNotice({ body }))
  demo.clock.pass()
  countOf(demo, programme, 'notices')
  const shown = new Set(body.applicationIds)
  const cases = demo.cases.filter(({ id }) => id !== null && shown.has(id))
  for (const each of cases) {
    if (each.plan.course.startsWith('objection')) planObjection(demo, each, notice.id)
    demo.agenda.plan(addDays(notice.closesOn, 1), 'clerks', () => lookForVoucher(demo, each))
  }
}

function planObjection(demo: Demo, each: Case, noticeId: string): void {
  demo.agenda.plan(workingDaysAfter(today(demo), 1), 'public', async () => {
    const upheld = each.plan.course === 'objection_upheld'
    const body = {
      applicationNumber: each.number!,
      statement: upheld
        ? '该企业的供给方由同一实际控制人控制，双方属于关联方，不应支持。附工商登记查询结果。'
        : '该企业去年才成立，不应获得支持。',
      contactName: upheld ? '林知秋' : '章小满',
      contactPhone: upheld ? '13800990011' : '13800990022',
    }
    const browser = openBrowser(demo.server.url, demo.newKey)
    const filed = await must('提出异议', browser.fileObjection({ params: { id: noticeId }, body }))
    countOf(demo, each.programme, 'objections')
    const day = workingDaysAfter(today(demo), 2)
    demo.agenda.plan(day, 'reviewers', () => answer(demo, each, filed.id))
  })
}

async function answer(demo: Demo, each: Case, objectionId: string): Promise<void> {
  const upheld = each.plan.course === 'objection_upheld'
  const body = upheld
    ? {
        outcome: 'upheld' as const,
        reason: '经核实，供给方与申报企业由同一人实际控制，异议成立，不予发放（依据第1条）',
      }
    : { outcome: 'dismissed' as const, reason: '办法没有成立年限的要求，异议不成立，继续公示' }
  await must('答复异议', each.reviewer.api.answerObjection({ params: { id: objectionId }, body }))
  demo.clock.pass()
  countOf(demo, each.programme, upheld ? 'objections_upheld' : 'objections_dismissed')
  if (!upheld) demo.agenda.plan(workingDaysAfter(today(demo), 4), 'clerks', () => lookForVoucher(demo, each))
}

/** After the notice a clerk looks whether the voucher is there. */
async function lookForVoucher(demo: Demo, each: Case): Promise<void> {
  if (each.voucherId !== null) return
  const row = await must('查看申请', each.clerk.api.readApplication({ params: { id: each.id! } }))
  if (row.voucherId === null) return
  const voucher = await must('查看券', each.clerk.api.readVoucher({ params: { id: row.voucherId } }))
  each.voucherId = voucher.id
  each.contractId = voucher.contractId
  if (voucher.way === 'W1') planClaims(demo, each)
}
