// 专家评审 end to end over the routes: who can be asked, what an expert sees, and that a panel decides nothing itself.
import { applied, clientOf, draftOf, must, PASSWORD, rawSession, signIn, testCity } from '@suanquan/testkit'
import type { BodyOf, Client, Routes } from '@suanquan/api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const city = await testCity()
afterAll(() => city.stop())

const reviewer = city.as('reviewer')
const experts: { id: string; api: Client }[] = []
const CRITERIA = [
  { text: '必要性', weight: 2 },
  { text: '先进性', weight: 1 },
]

async function hire(login: string, organisationCreditCode?: string): Promise<{ id: string; api: Client }> {
  const grants = [
    { role: 'expert' as const, district: null, organisationCreditCode: null },
    ...(organisationCreditCode === undefined
      ? []
      : [{ role: 'provider' as const, district: null, organisationCreditCode }]),
  ]
  const made = must(
    await city.as('administrator').createPerson({ body: { login, displayName: `${login} 某某`, grants } }),
  )
  must(await clientOf(city.server.url).enrol({ body: { code: made.enrolmentCode, password: PASSWORD } }))
  const { items } = must(await city.as('administrator').listPeople({ query: { q: login } }))
  return { id: items[0]!.id, api: await signIn(city.server.url, login) }
}

beforeAll(async () => {
  for (const login of ['expert1', 'expert2', 'expert3', 'expert4']) experts.push(await hire(login))
})

let contract = 0
async function waiting(): Promise<{ id: string; number: string }> {
  contract += 1
  return applied(city, 'clerk', city.firm, { number: `HT-E-${contract}`, account: `e${contract}` })
}

type Asked = BodyOf<Routes['openExpertReview']>
const asking = (more: Partial<Asked> = {}): Asked => ({
  expertIds: experts.slice(0, 3).map(({ id }) => id),
  criteria: CRITERIA,
  blind: false,
  question: '请就算力需求的必要性和技术先进性提出意见',
  dueOn: '2024-05-15',
  ...more,
})

const opinion = (points: number[], recommendation: 'support' | 'oppose' = 'support') => ({
  points,
  recommendation,
  remark: '需求与算力规模相称',
})

describe('a panel from the question to the minutes', () => {
  test('each judges alone; closed, they read each other without names; then the reviewer decides', async () => {
    const { id } = await waiting()
    const panel = must(await reviewer.openExpertReview({ params: { id }, body: asking() }))
    expect(panel).toMatchObject({ state: 'open', invited: 3, given: 0, round: 1, workingDaysLeft: 6 })
    const params = { id: panel.id }

    const early = await reviewer.decideApplication({
      params: { id },
      body: { decision: 'refuse', findings: {}, reason: '不符合条件' },
    })
    expect(early).toMatchObject({ problem: { code: 'application.experts_asked' } })

    const [first, second, third] = experts as [(typeof experts)[0], (typeof experts)[0], (typeof experts)[0]]
    const home = must(await first.api.listExpertReviews({ query: { state: 'open' } }))
    expect(home.items).toMatchObject([
      { id: panel.id, mine: 'invited', organisationName: '甲示例科技有限公司' },
    ])

    must(await first.api.giveOpinion({ params, body: opinion([90, 60]) }))
    const seen = must(await second.api.readExpertReview({ params }))
    expect(seen.opinions).toMatchObject([{ state: 'invited', points: null }])
    expect(seen.summary).toBeNull()
    expect(seen.material.documents.length).toBeGreaterThan(0)
    const paper = { id: seen.material.documents[0]!.id }
    const download = await rawSession(city.server.url, 'expert2')
    expect((await download(`GET /api/attachments/${paper.id}`)).status).toBe(200)
    expect(await experts[3]!.api.readAttachment({ params: paper })).toMatchObject({
      problem: { code: 'request.not_found' },
    })

    const tooFew = await reviewer.closeExpertReview({
      params,
      body: { outcome: 'closed', minutes: '评审纪要' },
    })
    expect(tooFew).toMatchObject({ problem: { code: 'expert_review.too_few' } })
    must(await second.api.giveOpinion({ params, body: opinion([50, 50], 'oppose') }))
    must(await third.api.giveOpinion({ params, body: opinion([80, 71]) }))
    const closed = must(
      await reviewer.closeExpertReview({ params, body: { outcome: 'closed', minutes: '多数支持' } }),
    )
    expect(closed.summary).toMatchObject({
      total: { lowestTenths: 500, meanTenths: 690, highestTenths: 800 },
      recommended: { support: 2, support_with_conditions: 0, oppose: 1 },
      wide: false,
    })
    expect(closed.opinions.map(({ expertName }) => expertName)).toEqual([
      'expert1 某某',
      'expert2 某某',
      'expert3 某某',
    ])

    const after = must(await first.api.readExpertReview({ params }))
    expect(after.material.documents).toEqual([])
    expect((await download(`GET /api/attachments/${paper.id}`)).status).toBe(404)
    expect(after.opinions.map(({ expertName, totalTenths }) => [expertName, totalTenths])).toEqual([
      [null, 800],
      [null, 500],
      [null, 770],
    ])
    const decided = await reviewer.decideApplication({
      params: { id },
      body: { decision: 'refuse', findings: {}, reason: '不符合条件' },
    })
    expect(must(decided).state).toBe('refused')
  })

  test('an opinion stays', async () => {
    const { id } = await waiting()
    const { id: panelId } = must(await reviewer.openExpertReview({ params: { id }, body: asking() }))
    const [first] = experts
    must(await first!.api.giveOpinion({ params: { id: panelId }, body: opinion([10, 10]) }))
    const again = await first!.api.giveOpinion({ params: { id: panelId }, body: opinion([90, 90]) })
    expect(again).toMatchObject({ problem: { code: 'expert_review.answered' } })
    const short = await experts[1]!.api.giveOpinion({ params: { id: panelId }, body: opinion([90]) })
    expect(short).toMatchObject({ problem: { code: 'expert_review.points_missing' } })
  })
})

describe('a blind review', () => {
  test('tells an expert nothing that names the applicant, and the reviewer everything', async () => {
    const clerk = city.as('clerk')
    const opened = { adoptionId: city.adoptionId, organisationId: city.firm.id }
    const { id, number } = must(await clerk.openDraft({ body: opened }))
    const draft = await draftOf(clerk, city, city.firm, { number: 'HT-BLIND', account: 'blind' })
    const statements = { ...draft.statements, purpose: '甲示例科技自研的质检模型' }
    must(await clerk.saveDraft({ params: { id }, body: { ...draft, statements } }))
    must(await clerk.submitApplication({ params: { id } }))
    const panel = must(await reviewer.openExpertReview({ params: { id }, body: asking({ blind: true }) }))
    expect(panel.organisationName).toBe('甲示例科技有限公司')
    const seen = must(await experts[0]!.api.readExpertReview({ params: { id: panel.id } }))
    const listed = must(await experts[0]!.api.listExpertReviews({}))
    for (const text of [
      JSON.stringify(seen),
      JSON.stringify(listed.items.find((row) => row.id === panel.id)),
    ]) {
      expect(text).not.toContain('甲示例')
      expect(text).not.toContain(city.firm.creditCode)
      expect(text).not.toContain(number)
    }
    expect(seen.material.facts.length).toBeGreaterThan(3)
    const paper = must(await reviewer.readApplication({ params: { id } })).attachments[0]!
    expect(await experts[0]!.api.readAttachment({ params: { id: paper.id } })).toMatchObject({
      problem: { code: 'request.not_found' },
    })
  })
})

describe('who judges has nothing to do with the case', () => {
  test('nobody of its provider, no reviewer, nobody who stands aside, nobody twice', async () => {
    const { id } = await waiting()
    const insider = await hire('expert-insider', city.provider.creditCode)
    const { items } = must(await city.as('administrator').listPeople({ query: { q: 'reviewer2' } }))
    const ids = experts.slice(0, 2).map((each) => each.id)
    for (const unfit of [insider.id, items[0]!.id]) {
      const body = asking({ expertIds: [...ids, unfit] })
      expect(await reviewer.openExpertReview({ params: { id }, body })).toMatchObject({
        problem: { code: 'expert_review.expert_unfit' },
      })
    }
    const twice = asking({ expertIds: [...ids, ids[0]!] })
    expect(await reviewer.openExpertReview({ params: { id }, body: twice })).toMatchObject({
      problem: { code: 'expert_review.expert_twice' },
    })
    expect(
      await reviewer.openExpertReview({ params: { id }, body: asking({ dueOn: '2024-05-07' }) }),
    ).toMatchObject({
      problem: { code: 'expert_review.due_in_the_past' },
    })
  })

  test('whoever comes to act for the provider after being asked gives no opinion', async () => {
    const { id } = await waiting()
    const turned = await hire('expert-turned')
    const expertIds = [...experts.slice(0, 2).map((each) => each.id), turned.id]
    const panel = must(await reviewer.openExpertReview({ params: { id }, body: asking({ expertIds }) }))
    must(
      await city.as('administrator').grantRole({
        params: { id: turned.id },
        body: {
          role: 'provider',
          district: null,
          organisationCreditCode: city.provider.creditCode,
          reason: '入职',
        },
      }),
    )
    expect(await turned.api.giveOpinion({ params: { id: panel.id }, body: opinion([90, 90]) })).toMatchObject(
      { problem: { code: 'application.conflict_of_interest' } },
    )
  })

  test('standing aside ends the reading, and holds for the next round', async () => {
    const { id } = await waiting()
    const panel = must(await reviewer.openExpertReview({ params: { id }, body: asking() }))
    const params = { id: panel.id }
    const again = await reviewer.openExpertReview({ params: { id }, body: asking() })
    expect(again).toMatchObject({ problem: { code: 'expert_review.open_already' } })
    must(await experts[0]!.api.standAside({ params, body: { reason: '曾为该单位顾问' } }))
    expect(await experts[0]!.api.readExpertReview({ params })).toMatchObject({
      problem: { code: 'request.not_found' },
    })
    expect(must(await reviewer.readExpertReview({ params })).opinions[0]).toMatchObject({
      state: 'stood_aside',
      remark: '曾为该单位顾问',
    })
    must(await reviewer.closeExpertReview({ params, body: { outcome: 'abandoned', minutes: '另行邀请' } }))
    expect(await reviewer.openExpertReview({ params: { id }, body: asking() })).toMatchObject({
      problem: { code: 'expert_review.expert_unfit' },
    })
    const body = asking({ expertIds: experts.slice(1).map((each) => each.id) })
    expect(must(await reviewer.openExpertReview({ params: { id }, body })).round).toBe(2)
  })

  test('a panel lapses with its application', async () => {
    const { id } = await waiting()
    const panel = must(
      await reviewer.openExpertReview({
        params: { id },
        body: asking(),
      }),
    )
    must(await city.as('clerk').withdrawApplication({ params: { id }, body: { reason: '项目取消' } }))
    expect(must(await reviewer.readExpertReview({ params: { id: panel.id } })).state).toBe('lapsed')
    const late = await experts[1]!.api.giveOpinion({ params: { id: panel.id }, body: opinion([1, 1]) })
    expect(late).toMatchObject({ problem: { code: 'expert_review.over' } })
  })

  test('after the due day a panel closes without those who kept silent', async () => {
    const { id } = await waiting()
    const body = asking({ expertIds: experts.map((each) => each.id).slice(0, 4) })
    const panel = must(await reviewer.openExpertReview({ params: { id }, body }))
    const params = { id: panel.id }
    for (const { api } of experts.slice(0, 3))
      must(await api.giveOpinion({ params, body: opinion([70, 70]) }))
    const closing = { outcome: 'closed' as const, minutes: '三位专家意见一致' }
    expect(await reviewer.closeExpertReview({ params, body: closing })).toMatchObject({
      problem: { code: 'expert_review.answers_awaited' },
    })
    city.setDay('2024-05-16')
    expect(must(await reviewer.closeExpertReview({ params, body: closing })).state).toBe('closed')
  })
})
