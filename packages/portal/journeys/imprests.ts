// An imprest in use: advanced, drawn on by a deduction that is being claimed, part of it returned.
import { advancedImprest, must, testDeduction, type TestCity } from '@suanquan/testkit'

export async function imprests(city: TestCity): Promise<string> {
  city.setDay('2024-05-08')
  const { adoptionId, voucher, use } = await testDeduction(city, 500_000_000n)
  const { id: voucherId } = await voucher('BY-1', 10_000_000n)
  await use('BY-1', '2024-05-21', 100)
  city.setDay('2024-06-10')
  const advance = { adoptionId, amountFen: '1200000', paidOn: '2024-05-10', returnBy: '2024-06-07' }
  const id = await advancedImprest(city, advance)
  must(await city.as('provider').makeDeduction({ body: { voucherId, month: '2024-05' } }))
  const [finance, finance2] = [city.as('finance'), city.as('finance2')]
  const fund = must(await finance.listFunds({})).items.find(({ programmes }) =>
    programmes.some((each) => each.adoptionId === adoptionId),
  )!
  const body = {
    kind: 'return_advance' as const,
    adoptionId,
    providerId: city.provider.id,
    amountFen: '200000',
    paidOn: '2024-06-07',
    documentNumber: '示财备〔2024〕2号',
    documentOn: '2024-06-07',
    reason: '缴回部分备用金',
  }
  const act = must(await finance.proposeFundAct({ params: { id: fund.id }, body }))
  const decision = { decision: 'approve' as const, reason: '' }
  must(await finance2.decideFundAct({ params: { id: act.id }, body: decision }))
  return id
}
