// 专家评审 on the day the portal opens: four experts have accounts, one case is before three of them, two have answered.
import { must, type Actor } from './actor.ts'
import { workingDaysAfter } from './agenda.ts'
import { today, type Case, type Demo } from './demo.ts'
import { enrolled } from './set-up.ts'

const NAMES = ['程砚秋', '陶既明', '祝南枝', '卓少卿'] as const

const SAID = [
  { points: [86, 80, 78], recommendation: 'support', remark: '训练任务与所购卡时相称，数据来源说明清楚。' },
  {
    points: [72, 64, 70],
    recommendation: 'support_with_conditions',
    remark: '技术路线可行；建议先购一半卡时，按训练进度续购。',
  },
] as const

/** @returns the expert whose opinion is awaited, or anybody of them where no case is under review */
export async function askExperts(demo: Demo, cases: readonly Case[]): Promise<Actor> {
  const experts: Actor[] = []
  for (const [index, name] of NAMES.entries())
    experts.push(
      await enrolled(demo, demo.staff.administrator, { login: `expert${index + 1}`, name, role: 'expert' }),
    )
  const each = await underReview(demo, cases)
  const last = experts.at(-1)!
  if (each === null) return last
  const { api } = each.reviewer
  const known = await must('评审专家', api.listExperts())
  const asked = experts.slice(1)
  const expertIds = known.items
    .filter(({ displayName }) => asked.some(({ name }) => name === displayName))
    .map(({ id }) => id)
  const body = {
    expertIds,
    criteria: [
      { text: '算力需求的必要性', weight: 2 },
      { text: '技术先进性', weight: 1 },
      { text: '方案可行性', weight: 1 },
    ],
    blind: false,
    question: '请就所购算力与训练任务是否相称、技术路线是否可行提出意见。',
    dueOn: workingDaysAfter(today(demo), 4),
  }
  const { id } = await must('请专家评审', api.openExpertReview({ params: { id: each.id! }, body }))
  for (const [index, opinion] of SAID.entries()) {
    const given = { ...opinion, points: [...opinion.points] }
    await must('评审意见', asked[index]!.api.giveOpinion({ params: { id }, body: given }))
  }
  return last
}

async function underReview({ staff }: Demo, cases: readonly Case[]): Promise<Case | null> {
  const { api } = [...staff.reviewers.values()].at(-1)!
  const query = { state: 'submitted', order: 'newest', size: 1 } as const
  const { items } = await must('待审', api.listApplications({ query }))
  return cases.find(({ id }) => id === items[0]?.id) ?? null
}
