// A fund in the middle of its year: shared money, management cost, a cap that a firm has drawn on, an act that waits.
import { must, type TestCity } from '@suanquan/testkit'

export async function funds(city: TestCity): Promise<void> {
  const [finance, finance2] = [city.as('finance'), city.as('finance2')]
  const { id } = must(await finance.listFunds({})).items[0]!
  const { adoptionId } = city
  const acts = [
    { kind: 'appropriate', amountFen: '800000000', reason: '专项资金年度预算' },
    { kind: 'allot', amountFen: '300000000', adoptionId, reason: '按分配方案' },
    { kind: 'management_share', share: '1.5%', reason: '按资金管理办法' },
    { kind: 'set_aside', amountFen: '9000000', reason: '提取本年管理费' },
    {
      kind: 'spend',
      amountFen: '4200000',
      payee: '示例会计师事务所',
      paidOn: '2024-05-07',
      reason: '专项审计',
    },
    { kind: 'shared_cap', amountFen: '400000000', year: 2024, reason: '每家企业合计上限' },
    { kind: 'put_back', amountFen: '1000000', reason: '管理费节余' },
  ] as const
  for (const [index, act] of acts.entries()) {
    const document = { documentNumber: `示财专〔2024〕${index + 1}号`, documentOn: '2024-05-06' }
    const proposed = must(await finance.proposeFundAct({ params: { id }, body: { ...act, ...document } }))
    const body = { decision: 'approve' as const, reason: '' }
    if (act.kind !== 'put_back') must(await finance2.decideFundAct({ params: { id: proposed.id }, body }))
  }
}
