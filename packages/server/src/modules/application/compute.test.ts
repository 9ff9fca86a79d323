// Ample money and short compute where the first come are served: the reviewer is warned before the approval, the approval
// keeps what was seen, what was promised before counts, and no firm reads what centres have left.
import { applied, FINDINGS, must, testCity } from '@suanquan/testkit'
import { afterAll, expect, test } from 'vitest'

const city = await testCity({ poolFen: 500_000_000n })
afterAll(() => city.stop())
const [reviewer, clerk] = [city.as('reviewer'), city.as('clerk2')]
const read = async (id: string) => must(await reviewer.readApplication({ params: { id } })).compute!

test('an approval that would buy more than is free warns, and is recorded with what was promised before it', async () => {
  const one = { number: 'HT-K1', account: 'k1' }
  const other = { number: 'HT-K2', account: 'k2' }
  const { id: first } = await applied(city, 'clerk', city.firm, one)
  const { id: second } = await applied(city, 'clerk2', city.otherFirm, other)
  const unknown = await read(first)
  expect(unknown.length).toBeGreaterThan(0)
  expect(unknown.every(({ standing }) => standing === 'unknown')).toBe(true)
  // as much as the first wants in its busiest month, and a little more
  const most = Math.max(...unknown.map(({ wantedCardHours }) => wantedCardHours))
  const busiest = unknown.find(({ wantedCardHours }) => wantedCardHours === most)!
  const devices = Math.ceil((most * 1.1) / 672)
  const chips = [...new Set(unknown.map(({ chip }) => chip))]
  const lines = chips.map((chip) => ({ chip, devices, soldCardHours: 0, certified: false }))
  const stated = { from: unknown[0]!.month, months: 12, lines }
  must(await city.as('provider').stateCapacity({ params: { id: city.provider.id }, body: stated }))
  expect((await read(first)).some(({ standing }) => standing === 'short')).toBe(false)
  const approve = async (id: string): Promise<void> => {
    const { ceilingFen } = must(await reviewer.readApplication({ params: { id } }))
    const body = {
      decision: 'approve' as const,
      amountFen: ceilingFen!,
      findings: FINDINGS,
      reason: '符合条件',
    }
    must(await reviewer.decideApplication({ params: { id }, body }))
  }
  await approve(first)
  const before = await read(second)
  expect(before.find(({ chip, month }) => chip === busiest.chip && month === busiest.month)).toMatchObject({
    standing: 'short',
    promisedCardHours: most,
  })
  await approve(second)
  expect(await read(second)).toEqual(before)
  expect(must(await clerk.readApplication({ params: { id: second } })).compute).toBeNull()
})
