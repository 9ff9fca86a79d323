// What a provider says of a contract holds for the terms it was said on; where the site demands it, use waits for it.
import { applied, granted, must, testCity, usedSacct } from '@suanquan/testkit'
import { afterAll, expect, test } from 'vitest'
import { evidenceOf, loadContract } from './index.ts'

const city = await testCity()
afterAll(() => city.stop())
const { firm, provider } = city
const account = `e${firm.creditCode.toLowerCase()}`

const contracts = async () => must(await city.as('provider').listStatedContracts({}))

async function use(day: string, jobId: number) {
  const file = {
    name: `${day}.json`,
    bytes: usedSacct({ account, day, hours: 10, cards: 8, jobId }),
    mediaType: 'application/json',
  }
  return must(await city.as('provider').importUsage({ query: { organisationId: provider.id }, file }))
}

test('unconfirmed is shown; a correction needs a reason and a difference; what was said on other terms is refused', async () => {
  const application = await granted(city, await applied(city, 'clerk', firm), '100000000')
  expect(application.confirmation).toMatchObject({ state: 'unconfirmed', demanded: false })
  const { items, open } = await contracts()
  expect(open).toBe(1)
  const { id, termsHash, confirmation } = items[0]!
  const state = (body: object) =>
    city.as('provider').stateContract({
      params: { id },
      body: { outcome: 'corrected', termsHash, corrected: null, reason: null, ...body } as never,
    })
  expect(await state({})).toMatchObject({ problem: { code: 'contract.reason_needed' } })
  expect(await state({ reason: '账户不对', corrected: confirmation.stated })).toMatchObject({
    problem: { code: 'contract.nothing_corrected' },
  })
  expect(await state({ outcome: 'confirmed', termsHash: '0'.repeat(64) })).toMatchObject({
    problem: { code: 'contract.terms_changed' },
  })
  must(await state({ reason: '账户不对', corrected: { ...confirmation.stated, account: 'other' } }))
  const seen = must(await city.as('reviewer').readApplication({ params: { id: application.id } }))
  expect(seen.confirmation).toMatchObject({
    state: 'corrected',
    reason: '账户不对',
    stated: { account },
    corrected: { account: 'other' },
  })
})

test('where the site demands it, use counts only once the contract is confirmed', async () => {
  expect(await use('2024-05-21', 1)).toMatchObject({ unmatched: 0, ratedLines: 1 })
  const demand = { demanded: true, reason: '防止冒用调度账户' }
  must(await city.as('administrator').demandConfirmation({ body: demand }))
  expect(await use('2024-05-22', 2)).toMatchObject({ unmatched: 1, ratedLines: 0 })
  const { id, termsHash, ratedFen } = (await contracts()).items[0]!
  const body = { outcome: 'confirmed' as const, termsHash, corrected: null, reason: null }
  must(await city.as('provider').stateContract({ params: { id }, body }))
  const after = (await contracts()).items[0]!
  expect(after.confirmation.state).toBe('confirmed')
  expect(BigInt(after.ratedFen)).toBe(2n * BigInt(ratedFen))
})

test('use of a contract that its provider refuses after confirming it is not paid until it is confirmed again', async () => {
  const { id, termsHash } = (await contracts()).items[0]!
  const state = async (outcome: 'confirmed' | 'refused') =>
    must(
      await city.as('provider').stateContract({
        params: { id },
        body: { outcome, termsHash, corrected: null, reason: '账户并非该单位使用' },
      }),
    )
  const db = city.store.database.kysely
  const lines = async () => {
    const evidence = await evidenceOf(db, {
      legs: ['metered', 'contract'],
      contract: await loadContract(db, id),
      period: { from: '2024-05-01', to: '2024-05-31' },
      claimedOn: '2024-06-01',
      deductedFen: 0n,
      proofs: { invoices: [], payments: [], deliveryCertificateId: null } as never,
      except: null,
    })
    return evidence.lines.length
  }
  expect(await lines()).toBe(2)
  await state('refused')
  expect(await lines()).toBe(0)
  await state('confirmed')
  expect(await lines()).toBe(2)
})
