// The day on which the portal opens: everybody has something to do. The story has seen to most of it; what it leaves to
// chance is done here, and the accounts are picked whose desks are full.
import type { DemoAccount } from '@suanquan/server'
import { addDays } from '@suanquan/core/calendar'
import { must, openBrowser, type Actor } from './actor.ts'
import { contractOf, openDraft, save } from './apply.ts'
import { askExperts } from './experts.ts'
import { today, type Case, type Demo, type DemoProgramme } from './demo.ts'
import { DEMO_PASSWORD } from './set-up.ts'

export async function prepareShowcase(demo: Demo): Promise<DemoAccount[]> {
  const holder = await holderWithUse(demo)
  await draftAnother(demo, holder)
  const asked = await correctionAsked(demo)
  await objectToOne(demo)
  const expert = await askExperts(demo, demo.cases)
  const { staff } = demo
  const deducts = latestOf(demo, 'deduction')
  const afterUse = latestOf(demo, 'after_use')
  const reviewers = [...staff.reviewers.values()]
  return [
    account(holder.clerk, { zh: '企业经办人', en: 'clerk of a firm' }),
    ...(asked === null
      ? []
      : [account(asked.clerk, { zh: '企业经办人（有补正）', en: 'clerk of a firm (asked to correct)' })]),
    ...(deducts === null
      ? []
      : [
          account(deducts.clerk, {
            zh: '企业经办人（账单抵扣）',
            en: 'clerk of a firm (deducted at billing)',
          }),
        ]),
    ...(afterUse === null
      ? []
      : [
          account(afterUse.clerk, {
            zh: '企业经办人（用后直补）',
            en: 'clerk of a firm (supported after use)',
          }),
        ]),
    ...reviewers.map((actor, index) =>
      account(
        actor,
        index < reviewers.length - 1
          ? { zh: '区级审核人', en: 'reviewer of a district' }
          : { zh: '市级审核人', en: 'reviewer of the city' },
      ),
    ),
    account(expert, { zh: '评审专家', en: 'expert' }),
    account(staff.finance[0], { zh: '财政经办', en: 'finance officer, prepares' }),
    account(staff.finance[1], { zh: '财政复核', en: 'finance officer, approves' }),
    account(await billingEngineer(demo), { zh: '算力中心工程师', en: 'engineer of a compute centre' }),
    account(staff.auditor, { zh: '审计员', en: 'auditor' }),
    account(staff.author, { zh: '政策编制人', en: 'policy author' }),
    account(staff.administrator, { zh: '管理员', en: 'administrator' }),
  ]
}

function account({ login, name }: Actor, duty: DemoAccount['duty']): DemoAccount {
  return { login, name, duty, password: DEMO_PASSWORD }
}

/** The case that a programme has come furthest with: with a voucher where it issues any, else the last applied for. */
function latestOf({ cases }: Demo, name: DemoProgramme['name']): Case | null {
  const own = cases.filter(({ programme, id }) => programme.name === name && id !== null)
  return own.findLast(({ voucherId }) => voucherId !== null) ?? own.at(-1) ?? null
}

/** An engineer whose centre has bills to deduct from, or the first. */
async function billingEngineer({ centres }: Demo): Promise<Actor> {
  const engineers = [...centres.values()].map(({ engineer }) => engineer)
  for (const engineer of engineers) {
    const { items } = await must('待抵扣', engineer.api.listBillable())
    if (items.length > 0) return engineer
  }
  return engineers[0]!
}

/** A firm with a voucher, use that is in, and nothing claimed yet. */
async function holderWithUse(demo: Demo): Promise<Case> {
  const holders = demo.cases.filter(
    ({ voucherId, claimedTo, plan }) =>
      voucherId !== null && claimedTo === null && plan.firm.trait === 'ordinary',
  )
  for (const each of holders) {
    const params = { id: each.contractId! }
    const usage = await must('用量', each.clerk.api.readContractUsage({ params, query: { size: 1 } }))
    if (usage.totalFen !== '0' && usage.months.length >= 2) return each
  }
  const any = holders[0] ?? demo.cases.find(({ id }) => id !== null)
  if (any === undefined) throw new Error('a city has firms with vouchers by now')
  return any
}

/** The same firm has signed a second contract and begun to apply for it. */
async function draftAnother(demo: Demo, holder: Case): Promise<void> {
  const next: Case = { ...holder, id: null, number: null }
  await openDraft(demo, next)
  const day = today(demo)
  const contract = {
    ...contractOf(demo, holder),
    number: `${holder.plan.contract.number}-2`,
    signedOn: addDays(day, -5),
    startsOn: addDays(day, 18),
    endsOn: addDays(day, 199),
  }
  await save(next, { contract, statements: { purpose: holder.plan.purpose }, documents: [] })
}

/** A case that waits for its firm's correction; if the story has none on this day, a reviewer asks for one. */
async function correctionAsked(demo: Demo): Promise<Case | null> {
  const reviewers = [...demo.staff.reviewers.values()]
  const { api } = reviewers.at(-1)!
  const query = { state: 'correction', order: 'oldest', size: 1 } as const
  const waiting = await must('待补正', api.listApplications({ query }))
  if (waiting.items[0] !== undefined) return caseOf(demo, waiting.items[0].id)
  const submitted = await must('待审', api.listApplications({ query: { ...query, state: 'submitted' } }))
  const each = caseOf(demo, submitted.items[0]?.id)
  if (each === null) return null
  const body = {
    decision: 'request_correction' as const,
    fields: [{ ...each.plan.remark }],
    reason: '材料需要补正，请在期限内修改后重新提交',
  }
  await must('要求补正', each.reviewer.api.decideApplication({ params: { id: each.id! }, body }))
  return each
}

/** Somebody objects to one of those announced, for a reviewer to answer. */
async function objectToOne(demo: Demo): Promise<void> {
  const browser = openBrowser(demo.server.url, demo.newKey)
  const { items } = await must('公示', browser.listNotices({ query: { size: 1 } }))
  const [notice] = items
  if (notice?.state !== 'open') return
  const lines = await must('公示详情', browser.readNotice({ params: { id: notice.id } }))
  const line = lines.items.findLast(({ state }) => state === 'announced')
  if (line === undefined) return
  const body = {
    applicationNumber: line.applicationNumber,
    statement: '该企业的主要业务不是模型训练，请核实其训练说明与实际用途是否一致。',
    contactName: '温若水',
    contactPhone: '13800990033',
  }
  await must('提出异议', browser.fileObjection({ params: { id: notice.id }, body }))
}

function caseOf(demo: Demo, id: string | undefined): Case | null {
  return demo.cases.find((each) => id !== undefined && each.id === id) ?? null
}
