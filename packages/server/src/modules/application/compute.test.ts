// Ample money and short compute where the first come are served: the reviewer is warned before the approval, the approval
// keeps what was seen, what was promised before counts, and no firm reads what centres have left.
import { applied, FINDINGS, must, testCity } from '@suanquan/testkit'
import { afterAll, expect, test } from 'vitest'

const city = await testCity({ poolFen: 500_000_000n })
afterAll(() => city.stop())
const [reviewer, clerk] = [city.as('reviewer'), city.as('clerk')]
const read = async (id: string) => must(await reviewer.readApplication({ params: { id } })).compute!

test('an approval that would buy more than is free warns, and is recorded with what was promised before it', async () => {
  const ids: string[] = []
  for (const index of [1, 2])
    ids.push((await applied(city, 'clerk', city.firm, { number: `HT-K${index}`, account: `k${index}` })).id)
  const [first, second] = ids as [string, string]
  const unknown = await read(first)
  expect(unknown.length).toBeGreaterThan(0)
  expect(unknown.every(({ standing }) => standing === 'unknown')).toBe(true)
  // as much as the first wants in its busiest month, and a little more
  const { chip } = unknown[0]!
  const most = Math.max(...unknown.map(({ wantedCardHours }) => wantedCardHours))
  const devices = Math.ceil((most * 1.1) / 672)
  const line = { chip, devices, soldCardHours: 0, certified: false }
  const stated = { from: unknown[0]!.month, months: 12, lines: [line] }
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
  const busiest = before.find(({ wantedCardHours }) => wantedCardHours === most)!
  expect(busiest).toMatchObject({ standing: 'short', promisedCardHours: most })
  await approve(second)
  expect(await read(second)).toEqual(before)
  expect(must(await clerk.readApplication({ params: { id: second } })).compute).toBeNull()
})
