// A programme that allows no deduction beyond the imprest: two at once on the last fen, and the second is refused by name.
import { advancedImprest, faultsIn, must, testCity, testDeduction } from '@suanquan/testkit'
import { afterAll, expect, test } from 'vitest'

const city = await testCity()
const { voucher, use, adoptionId } = await testDeduction(city, 500_000_000n, (programme) =>
  programme.replace('beyond: claim', 'beyond: refuse'),
)
const [provider, finance] = [city.as('provider'), city.as('finance')]
afterAll(() => city.stop())

test('what the imprest does not hold is not deducted', async () => {
  const bills: string[] = []
  for (const number of ['BY-1', 'BY-2']) {
    city.setDay('2024-05-08')
    bills.push((await voucher(number, 10_000_000n)).id)
    await use(number, '2024-05-21', 100)
  }
  city.setDay('2024-06-05')
  const deduct = (voucherId: string) => provider.makeDeduction({ body: { voucherId, month: '2024-05' } })
  const refused = { problem: { code: 'imprest.short' } }
  expect(await deduct(bills[0]!)).toMatchObject(refused)
  const advance = { adoptionId, amountFen: '480000', paidOn: '2024-06-05', returnBy: '2024-12-31' }
  await advancedImprest(city, advance)
  const made = await Promise.all(bills.map(deduct))
  const codes = made.map((each) => ('problem' in each ? (each.problem as { code: string }).code : 'made'))
  expect(codes.toSorted()).toEqual(['imprest.short', 'made'])
  const { items } = must(await finance.listImprests({ query: {} }))
  expect(items).toMatchObject([{ leftFen: '0', openFen: '480000', beyond: 'refuse' }])
  expect(await faultsIn(city.store.database)).toEqual([])
})
