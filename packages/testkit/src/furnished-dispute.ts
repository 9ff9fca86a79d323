// A dispute of a furnished city, and the rated line that one could be about.
import { must, type TestCity } from './test-city.ts'

export async function disputeOf(city: TestCity, contractId: string): Promise<Record<string, string>> {
  const clerk = city.as('clerk')
  const params = { id: contractId }
  const body = {
    month: '2024-06',
    subject: { kind: 'total' as const },
    direction: 'too_much' as const,
    amountFen: '100',
    reason: '六月用量与我方日志不一致',
    attachmentIds: [],
  }
  const dispute = must(await clerk.openDispute({ params, body }))
  const { items } = must(await clerk.readContractUsage({ params, query: {} }))
  return { dispute_id: dispute.id, line_id: items[0]!.id }
}
