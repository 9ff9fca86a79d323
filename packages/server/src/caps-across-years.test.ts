// Case 11 of our collection of worked cases for the Beijing measure, through the public routes: a firm is granted 150 (万元)
// in December 2024 and paid in February 2025; in 2025 it is granted 200 more and delivers all. Grants and payments are two
// counters of a calendar year: the second grant is allowed, and 2025 pays 200 in all, so 50 of the new one.
import { faultsIn, must, testCity, testFirm } from '@suanquan/testkit'
import { afterAll, expect, test } from 'vitest'

/** One window over both years, vouchers usable until the end of the second. */
function twoYears(text: string): string {
  return text
    .replace(/windows: \{value: \[[^\]]*\]/, 'windows: {value: [2024-01-15/2025-11-28T17:30]')
    .replace('voucher_usable_until: {value: 2025-03-31', 'voucher_usable_until: {value: 2025-12-31')
    .replace('claims_until: {value: 2025-03-31', 'claims_until: {value: 2025-12-31')
}

const WAN = 1_000_000n
const city = await testCity({ poolFen: 1000n * WAN, adoption: twoYears })
afterAll(() => city.stop())

test('grants of 2024 and payments of 2025 count in their own year', async () => {
  const firm = await testFirm(city)
  const clerk = city.as('clerk')
  const reviewer = city.as('reviewer')
  const contract = (startsOn: string, endsOn: string) => ({
    signedOn: startsOn,
    startsOn,
    endsOn,
    amountFen: (1000n * WAN).toString(),
    excludedFen: '0',
    prices: [{ chip: 'a100', priceFenPerCardHour: '1000000' }],
  })
  const granted = async (number: string, fen: bigint, days: readonly [string, string]) => {
    const { id } = await firm.submitted(number, contract(...days))
    await firm.approve(id, fen)
    return id
  }
  const issued = async (id: string, day: string) => {
    await firm.announce([id])
    city.setDay(day)
    await city.tick()
    return must(await clerk.readApplication({ params: { id } })).voucherId!
  }
  city.setDay('2024-12-02')
  const first = await granted('HT-2024', 150n * WAN, ['2024-12-01', '2025-11-30'])
  const second = await issued(first, '2024-12-16')
  await firm.use('HT-2024', '2024-12-17', 96)
  city.setDay('2025-02-10')
  const claim = must(
    await clerk.submitClaim({
      body: firm.claim({
        voucherId: second,
        from: '2024-12-01',
        to: '2025-01-31',
        fen: 750n * WAN,
        series: 1,
        on: '2025-02-05',
      }),
    }),
  )
  expect(claim.payableFen).toBe((150n * WAN).toString())
  const pay = (amountFen: string) => ({ decision: 'approve' as const, amountFen, reason: '四项相符' })
  must(await reviewer.decideClaim({ params: { id: claim.id }, body: pay(claim.payableFen) }))

  const next = await granted('HT-2025', 200n * WAN, ['2025-02-10', '2026-02-09'])
  const third = await firm.submitted('HT-2025-B', contract('2025-02-10', '2026-02-09'))
  expect(third.ceilingFen).toBe('0')
  const voucherId = await issued(next, '2025-02-24')
  await firm.use('HT-2025', '2025-03-01', 130)
  city.setDay('2025-04-01')
  const body = firm.claim({
    voucherId,
    from: '2025-02-10',
    to: '2025-03-31',
    fen: 1000n * WAN,
    series: 2,
    on: '2025-04-01',
  })
  const later = must(await clerk.submitClaim({ body }))
  expect(later.payableFen).toBe((50n * WAN).toString())
  must(await reviewer.decideClaim({ params: { id: later.id }, body: pay(later.payableFen) }))
  expect(must(await clerk.readVoucher({ params: { id: voucherId } }))).toMatchObject({
    redeemedFen: (50n * WAN).toString(),
    usableFen: (150n * WAN).toString(),
  })
  expect(await faultsIn(city.store.database)).toEqual([])
})

test('a window that closes at 17:30 takes what comes on that minute and nothing after it', async () => {
  const { id: adoptionId } = must(await city.anybody.listAdoptions()).items[0]!
  const clerk = city.as('clerk')
  const body = { adoptionId, organisationId: city.firm.id }
  city.setDay('2025-11-28')
  city.wait(510)
  const { id } = must(await clerk.openDraft({ body }))
  city.wait(1)
  const closed = {
    problem: {
      code: 'adoption.not_open',
      params: { opensOn: '2024-01-15', closesOn: '2025-11-28 17:30' },
    },
  }
  expect(await clerk.submitApplication({ params: { id }, body: {} })).toMatchObject(closed)
  expect(await clerk.openDraft({ body })).toMatchObject(closed)
  const read = must(await city.anybody.readAdoption({ params: { id: adoptionId } }))
  expect(read).toMatchObject({ open: false, windows: [{ to: '2025-11-28', closesAt: '17:30' }] })
})
