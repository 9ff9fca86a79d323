// A dispute that the centre is to answer, of what a contract was rated in its latest month.
import { must, type TestCity } from '@suanquan/testkit'

export async function disputeOn(city: TestCity, contractId: string): Promise<string> {
  const clerk = city.as('clerk')
  const params = { id: contractId }
  const { byMonth } = must(await clerk.readStatement({ params }))
  const { month } = byMonth.findLast(({ mayDispute }) => mayDispute)!
  const body = {
    month,
    subject: { kind: 'total' as const },
    direction: 'too_much' as const,
    amountFen: '240000',
    reason: '二十一日晚的作业在我方日志中只有八小时，请核对节点记录',
    attachmentIds: [],
  }
  return must(await clerk.openDispute({ params, body })).id
}
