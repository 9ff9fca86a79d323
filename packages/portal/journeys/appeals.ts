// A refusal that the firm appeals against, one that another firm let stand, and a colleague who acts during a leave.
import { applied, enrolled, FINDINGS, must, type TestCity } from '@suanquan/testkit'

/** @returns the appealed application */
export async function appealsAndDeputies(city: TestCity): Promise<string> {
  const reviewer = city.as('reviewer')
  const refuse = { decision: 'refuse' as const, findings: FINDINGS, reason: '用途与措施支持的方向不符' }
  const { id } = await applied(city, 'clerk2', city.otherFirm, { number: 'HT-2024-A1' })
  must(await reviewer.decideApplication({ params: { id }, body: refuse }))
  const grounds = '合同附件三写明用于行业大模型训练，属于计划第二条所列方向，请另行审核。'
  must(await city.as('clerk2').appealApplication({ params: { id }, body: { grounds, attachmentIds: [] } }))
  const grant = { role: 'reviewer' as const, district: null, organisationCreditCode: null }
  const deputy = await enrolled(city, 'deputy', grant)
  const { today } = must(await city.anybody.readSite())
  for (const [startsOn, endsOn, reason] of [
    [today, '2024-06-14', '年休假'],
    ['2024-07-01', '2024-07-05', '外出培训'],
  ] as const)
    must(await reviewer.makeDelegation({ body: { deputy, district: null, startsOn, endsOn, reason } }))
  return id
}
