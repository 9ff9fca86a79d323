// 第三方机构 over the routes: two people engage a body; its people read what is assigned to them and nothing else, report
// once, and decide nothing; whoever is related is barred; an end takes every right away and leaves the record.
import {
  applied,
  engagedBody,
  enrolled,
  FINDINGS,
  must,
  pdf,
  rawSession,
  signIn,
  testBody,
  testCity,
} from '@suanquan/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client } from '@suanquan/api'

const city = await testCity()
afterAll(() => city.stop())
const { adoptionId, firm } = city
const reviewer = city.as('reviewer')

let inspector: Client
let engagementId = ''
let bodyId = ''
beforeAll(async () => {
  const engaged = await engagedBody(city)
  ;({ inspector, engagementId } = engaged)
  bodyId = engaged.body.id
})

const refused = (code: string): object => ({ problem: { code } })

interface Put {
  readonly about: 'application' | 'claim' | 'project' | 'adoption'
  readonly objectId: string
  readonly task: 'materials' | 'site' | 'claims' | 'performance'
}

const put = (of: Put, engagement = engagementId): ReturnType<Client['assignInspection']> =>
  reviewer.assignInspection({
    body: { engagementId: engagement, question: '请核对合同金额和用途', dueOn: '2024-12-01', ...of },
  })

let contracts = 0
const filed = (): Promise<{ readonly id: string; readonly number: string }> => {
  contracts += 1
  return applied(city, 'clerk', firm, { number: `HT-W${contracts}`, account: `body${contracts}` })
}

const REPORT = {
  outcome: 'support_with_conditions' as const,
  conclusion: '合同金额与正文一致；用途说明需补充训练计划。',
  visitedOn: null,
  attachmentId: null,
  unrelated: true as const,
}

describe('engaging a body', () => {
  const asked = {
    adoptionId,
    district: null,
    tasks: ['claims' as const],
    contractNumber: '示数委〔2024〕9号',
    startsOn: '2024-05-01',
    endsOn: '2024-12-31',
    reason: '兑付核验',
  }

  test('takes a second person, days in order and a number of its own', async () => {
    const { creditCode } = await testBody(city)
    const body = { ...asked, bodyCreditCode: creditCode }
    expect(await reviewer.proposeEngagement({ body: { ...body, endsOn: '2024-04-01' } })).toMatchObject(
      refused('engagement.days_wrong'),
    )
    const { id, state } = must(await reviewer.proposeEngagement({ body }))
    expect(state).toBe('proposed')
    expect(await reviewer.proposeEngagement({ body })).toMatchObject(refused('engagement.number_taken'))
    const confirm = { params: { id }, body: { decision: 'confirm' as const, reason: '程序完备' } }
    expect(await reviewer.decideEngagement(confirm)).toMatchObject(refused('engagement.own_proposal'))
    expect(must(await city.as('sweeper').decideEngagement(confirm)).state).toBe('running')
    expect(await city.as('sweeper').decideEngagement(confirm)).toMatchObject(
      refused('engagement.not_proposed'),
    )
  })

  test('of the whole city is no act of a district’s reviewer', async () => {
    const body = { ...asked, bodyCreditCode: firm.creditCode, contractNumber: 'Q-1' }
    const district = city.as('reviewer2')
    expect(await district.proposeEngagement({ body })).toMatchObject(refused('request.not_found'))
    const own = must(await district.proposeEngagement({ body: { ...body, district: '990102' } }))
    expect(own.district).toBe('990102')
  })

  test('a body learns of its engagements without the names of the office', async () => {
    const { items } = must(await inspector.listEngagements({}))
    expect(items.every((item) => item.bodyId === bodyId)).toBe(true)
    expect(items[0]).toMatchObject({ proposedBy: null, decidedBy: null, decisionReason: null })
  })
})

describe('an inspection', () => {
  test('stays within the engagement, its tasks and what can be examined', async () => {
    const { id } = await filed()
    const of = { about: 'application' as const, objectId: id, task: 'materials' as const }
    const claimsOnly = must(await reviewer.listEngagements({})).items.find(
      ({ contractNumber }) => contractNumber === '示数委〔2024〕9号',
    )!
    expect(await put(of, claimsOnly.id)).toMatchObject(refused('engagement.not_its_task'))
    expect(await put({ ...of, task: 'claims' })).toMatchObject(refused('engagement.not_its_task'))
    const late = { ...of, engagementId, question: '核对', dueOn: '2026-01-01' }
    expect(await reviewer.assignInspection({ body: late })).toMatchObject(refused('inspection.due_wrong'))
    must(await put(of))
    expect(await put(of)).toMatchObject(refused('inspection.assigned_already'))
    must(await city.as('clerk').withdrawApplication({ params: { id }, body: { reason: '改期' } }))
    expect(await put({ ...of, task: 'site' })).toMatchObject(refused('inspection.not_inspectable'))
  })

  test('shows its body the case and its papers, without names, and nobody else’s', async () => {
    const [mine, other] = [await filed(), await filed()]
    const { id } = must(await put({ about: 'application', objectId: mine.id, task: 'materials' }))
    const read = must(await inspector.readInspection({ params: { id } }))
    expect(read).toMatchObject({ mine: true, objectNumber: mine.number, assignedBy: null })
    expect(read.points.some((point) => point.id.startsWith('condition:'))).toBe(true)
    expect(JSON.stringify(read)).not.toContain('某某')
    const raw = await rawSession(city.server.url, 'inspector')
    const paper = read.material!.documents[0]!.id
    expect((await raw(`GET /api/attachments/${paper}`)).status).toBe(200)
    const papers = must(await city.as('clerk').readApplication({ params: { id: other.id } })).attachments
    expect((await raw(`GET /api/attachments/${papers[0]!.id}`)).status).toBe(404)
    expect((await raw(`GET /api/applications/${mine.id}`)).status).toBe(403)
  })

  test('is awaited before the decision, reported once, and read beside the case with who and when', async () => {
    const { id: objectId } = await filed()
    const { id, points } = must(await put({ about: 'application', objectId, task: 'materials' }))
    const decision = { decision: 'refuse' as const, findings: FINDINGS, reason: '用途不符' }
    const decide = { params: { id: objectId }, body: decision }
    expect(await reviewer.decideApplication(decide)).toMatchObject(refused('application.inspection_open'))
    const finding = { point: points[0]!.id, verdict: 'holds' as const, remark: '与登记一致' }
    const report = (body: object): ReturnType<Client['reportInspection']> =>
      inspector.reportInspection({ params: { id }, body: { ...REPORT, findings: [finding], ...body } })
    expect(await report({ findings: [finding, finding] })).toMatchObject(refused('inspection.point_unknown'))
    expect(await report({ attachmentId: bodyId })).toMatchObject(refused('attachment.unknown'))
    const file = { name: '核查报告.pdf', bytes: pdf(), mediaType: 'application/pdf' }
    const query = { kind: 'inspection_report' as const, organisationId: bodyId }
    const { id: attachmentId } = must(await inspector.uploadAttachment({ query, file }))
    must(await report({ attachmentId }))
    expect(await report({})).toMatchObject(refused('inspection.over'))
    const { items } = must(await reviewer.listInspections({ query: { objectId } }))
    expect(items).toMatchObject([{ state: 'reported', outcome: 'support_with_conditions', awaited: false }])
    const read = must(await reviewer.readInspection({ params: { id } }))
    expect(read.report).toMatchObject({ findings: [finding], reportedBy: 'inspector 某某' })
    const raw = await rawSession(city.server.url, 'reviewer')
    expect((await raw(`GET /api/attachments/${attachmentId}`)).status).toBe(200)
    must(await reviewer.decideApplication(decide))
  })

  test('of a site needs the day of the visit; of a programme it is judged by what came of it', async () => {
    const { id: objectId } = await filed()
    const site = must(await put({ about: 'application', objectId, task: 'site' }))
    const findings = [{ point: 'use', verdict: 'unclear' as const, remark: '未见训练日志' }]
    const at = (visitedOn: string | null): ReturnType<Client['reportInspection']> =>
      inspector.reportInspection({ params: { id: site.id }, body: { ...REPORT, findings, visitedOn } })
    expect(await at(null)).toMatchObject(refused('inspection.visit_missing'))
    expect(await at('2024-05-09')).toMatchObject(refused('inspection.visit_missing'))
    expect(must(await at('2024-05-08')).report?.visitedOn).toBe('2024-05-08')
    const whole = must(await put({ about: 'adoption', objectId: adoptionId, task: 'performance' }))
    const read = must(await inspector.readInspection({ params: { id: whole.id } }))
    expect(read.performance!.applications).toBeGreaterThan(3)
    expect(read.material).toBeNull()
  })
})

describe('whoever is related is barred', () => {
  test('the body from its own case, its provider’s and a firm that it declared', async () => {
    const { id } = await filed()
    const of = { about: 'application' as const, objectId: id, task: 'materials' as const }
    const partly = async (creditCode: string, contractNumber: string): Promise<string> => {
      const body = { bodyCreditCode: creditCode, adoptionId, district: null, tasks: ['materials' as const] }
      const days = { startsOn: '2024-05-01', endsOn: '2024-12-31', contractNumber, reason: '审查' }
      const made = must(await reviewer.proposeEngagement({ body: { ...body, ...days } }))
      const confirm = { decision: 'confirm' as const, reason: '程序完备' }
      must(await city.as('sweeper').decideEngagement({ params: { id: made.id }, body: confirm }))
      return made.id
    }
    expect(await put(of, await partly(firm.creditCode, 'W-1'))).toMatchObject(
      refused('inspection.body_related'),
    )
    expect(await put(of, await partly(city.provider.creditCode, 'W-2'))).toMatchObject(
      refused('inspection.body_related'),
    )
  })

  test('by a declaration of one of its people, all of them and for good', async () => {
    const mate = { role: 'inspector' as const, district: null }
    const { creditCode } = await testBody(city)
    await enrolled(city, 'inspector2', { ...mate, organisationCreditCode: creditCode })
    const second = await signIn(city.server.url, 'inspector2')
    const { id: objectId } = await applied(city, 'clerk2', city.otherFirm, {
      number: 'HT-X1',
      account: 'xfirst',
    })
    const { id } = must(await put({ about: 'application', objectId, task: 'materials' }))
    const body = { creditCode: city.otherFirm.creditCode, reason: '本所为其年报审计机构' }
    must(await second.declareRelated({ params: { id: engagementId }, body }))
    expect(await second.declareRelated({ params: { id: engagementId }, body })).toMatchObject(
      refused('conflict.declared'),
    )
    const { points } = must(await inspector.readInspection({ params: { id } }))
    const findings = [{ point: points[0]!.id, verdict: 'holds' as const, remark: '' }]
    expect(await inspector.reportInspection({ params: { id }, body: { ...REPORT, findings } })).toMatchObject(
      refused('inspection.body_related'),
    )
    must(await inspector.standAsideFromInspection({ params: { id }, body: { reason: '关联' } }))
    expect(await inspector.readInspection({ params: { id } })).toMatchObject(refused('request.not_found'))
    expect(await put({ about: 'application', objectId, task: 'materials' })).toMatchObject(
      refused('inspection.body_related'),
    )
  })
})

test('an end takes every right away at once, frees what waited, and leaves the record', async () => {
  const { id: objectId } = await filed()
  const { id } = must(await put({ about: 'application', objectId, task: 'materials' }))
  must(await inspector.readInspection({ params: { id } }))
  must(await reviewer.endEngagement({ params: { id: engagementId }, body: { reason: '合同解除' } }))
  expect(await inspector.readInspection({ params: { id } })).toMatchObject(refused('request.not_found'))
  expect(must(await inspector.listInspections({})).items).toEqual([])
  const again = await reviewer.endEngagement({ params: { id: engagementId }, body: { reason: '合同解除' } })
  expect(again).toMatchObject(refused('engagement.not_in_force'))
  expect(must(await reviewer.readInspection({ params: { id } })).state).toBe('lapsed')
  const body = { decision: 'refuse' as const, findings: FINDINGS, reason: '用途不符' }
  must(await reviewer.decideApplication({ params: { id: objectId }, body }))
  const ended = must(await city.as('auditor').listEngagements({})).items.find(
    (each) => each.id === engagementId,
  )
  expect(ended).toMatchObject({ state: 'ended', endReason: '合同解除' })
  expect(ended!.assigned).toBeGreaterThan(4)
})
