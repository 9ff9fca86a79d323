// The pages of engaged bodies, furnished through the routes: an engagement that runs, one that waits for its second person,
// a case whose report is due and one that was reported.
import { engagedBody, must, pdf, type TestCity } from '@suanquan/testkit'

type Pages = Readonly<Record<string, string>>

export interface EngagementPages {
  readonly reviewer: Pages
  readonly inspector: Pages
}

export async function engagementPages(city: TestCity, waitingId: string): Promise<EngagementPages> {
  const { body, engagementId, inspector } = await engagedBody(city)
  const reviewer = city.as('reviewer')
  const days = { startsOn: '2024-07-01', endsOn: '2025-06-30' }
  const more = { contractNumber: '示数委〔2024〕11号', reason: '年度绩效评价', district: null }
  const asked = { bodyCreditCode: body.creditCode, adoptionId: city.adoptionId, ...days, ...more }
  must(await reviewer.proposeEngagement({ body: { ...asked, tasks: ['performance'] } }))
  const related = { creditCode: city.provider.creditCode, reason: '本所为其年报审计机构' }
  const due = { engagementId, objectId: waitingId, dueOn: '2024-06-28' }
  const site = { ...due, about: 'application' as const, task: 'site' as const, question: '核对算力使用情况' }
  const open = must(
    await reviewer.assignInspection({
      body: { ...site, task: 'materials', question: '请核对合同金额、计划用量和用途说明是否一致。' },
    }),
  )
  const done = must(await reviewer.assignInspection({ body: site }))
  const file = { name: '核查报告.pdf', bytes: pdf(), mediaType: 'application/pdf' }
  const query = { kind: 'inspection_report' as const, organisationId: body.id }
  const { id: attachmentId } = must(await inspector.uploadAttachment({ query, file }))
  must(
    await inspector.reportInspection({
      params: { id: done.id },
      body: {
        findings: [
          { point: 'presence', verdict: 'holds', remark: '在登记地址办公，现场有研发人员二十余人。' },
          { point: 'use', verdict: 'unclear', remark: '训练任务日志只保留七日，建议补充导出记录。' },
        ],
        outcome: 'support_with_conditions',
        conclusion: '场所和人员属实；使用记录保留不足，建议补齐后支持。',
        visitedOn: '2024-06-08',
        attachmentId,
        unrelated: true,
      },
    }),
  )
  must(await inspector.declareRelated({ params: { id: engagementId }, body: related }))
  const page = `/inspections/${open.id}`
  return {
    reviewer: { engagements: '/engagements', 'bench-inspected': `/review/applications/${waitingId}` },
    inspector: {
      inspections: '/inspections',
      inspection: page,
      'inspection-past': `/inspections/${done.id}`,
      'engagements-body': '/engagements',
    },
  }
}
