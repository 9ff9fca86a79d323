// Offers as providers publish them, and a contract that agreed one: its price stands whatever the tariff does later.
import { applied, granted, must, plainTerms, testCity, testOffer, usedSacct } from '@suanquan/testkit'
import { afterAll, expect, test } from 'vitest'

const city = await testCity()
afterAll(() => city.stop())
const { firm, provider } = city
const seller = city.as('provider')
const terms = { ...plainTerms, priceFen: '1000', items: [{ kind: 'storage' as const, priceFen: '50' }] }
const offer = must(
  await seller.publishOffer({ body: { providerId: provider.id, ...testOffer('2024-05-08', terms) } }),
)
const params = { id: offer.id }

test('a price is never changed: the next one starts on a later day, and both are listed with comparable prices', async () => {
  const next = (startsOn: string, change: object) =>
    seller.publishPrice({ params, body: { startsOn, terms: { ...terms, ...change } } })
  expect(await next('2024-05-07', { priceFen: '900' })).toMatchObject({
    problem: { code: 'market.version_too_early' },
  })
  expect(await next('2024-06-01', {})).toMatchObject({ problem: { code: 'market.version_unchanged' } })
  expect(await next('2024-06-01', { minimumMonths: 3 })).toMatchObject({
    problem: { code: 'market.term_not_of_mode', params: { fields: ['minimumMonths'] } },
  })
  const { prices } = must(await next('2024-06-01', { priceFen: '900' }))
  expect(prices.map(({ version, startsOn, fenPerCardHour }) => [version, startsOn, fenPerCardHour])).toEqual([
    [1, '2024-05-08', '1000'],
    [2, '2024-06-01', '900'],
  ])
  const { offers } = must(await city.anybody.listCatalogue({}))
  expect(offers).toMatchObject([{ number: offer.number, providerName: offer.providerName, prices }])
  await expect(
    city.store.database.kysely.updateTable('offer_price').set({ version: 9 }).execute(),
  ).rejects.toThrow(/permission denied/)
})

test('others publish nothing for a provider and change nothing of its', async () => {
  const body = { providerId: provider.id, ...testOffer('2024-05-08') }
  expect(await city.as('clerk').publishOffer({ body })).toMatchObject({ problem: { status: 403 } })
  expect(await seller.publishOffer({ body: { ...body, providerId: firm.id } })).toMatchObject({
    problem: { status: 404 },
  })
})

test('a contract names a published price of its provider, and states it as its own', async () => {
  const named = (contract: object) => applied(city, 'clerk', firm, { number: 'HT-9', ...contract } as never)
  const priceId = offer.prices[0]!.id
  const prices = [{ chip: 'a100', priceFenPerCardHour: '999' }]
  await expect(named({ agreed: [{ priceId, devices: 1 }], prices })).rejects.toThrow('market.price_differs')
  const nobody = '00000000-0000-4000-8000-000000000000'
  await expect(named({ agreed: [{ priceId: nobody, devices: 1 }] })).rejects.toThrow('market.price_unknown')
})

test('its use is rated by the price that it agreed, explained factor by factor, and a withdrawal changes nothing', async () => {
  const agreed = [{ priceId: offer.prices[0]!.id, devices: 1 }]
  await granted(city, await applied(city, 'clerk', firm, { agreed }), '100000000')
  must(await seller.withdrawOffer({ params }))
  expect(must(await city.anybody.listCatalogue({})).offers).toEqual([])
  expect(
    await seller.publishPrice({ params, body: { startsOn: '2030-01-01', terms: plainTerms } }),
  ).toMatchObject({ problem: { code: 'market.offer_ended' } })
  const account = `e${firm.creditCode.toLowerCase()}`
  const use = async (day: string, jobId: number) => {
    const bytes = usedSacct({ account, day, hours: 10, cards: 8, jobId })
    const file = { name: `${day}.json`, bytes, mediaType: 'application/json' }
    return must(await seller.importUsage({ query: { organisationId: provider.id }, file }))
  }
  // 8 cards × 10 h at 10 yuan, on a day on which the tariff says 9 yuan
  expect(await use('2024-06-10', 1)).toMatchObject({ ratedLines: 2, ratedFen: '80000' })
  const id = must(await seller.listStatedContracts({})).items[0]!.id
  const lines = async () => must(await city.as('clerk').readContractUsage({ params: { id }, query: {} }))
  const { items, months } = await lines()
  expect(months).toMatchObject([{ cardSeconds: 288_000, amountFen: '80000', zeroRatedSeconds: 0 }])
  expect(items.map(({ reason, valueFen, amountFen }) => [reason, valueFen, amountFen]).sort()).toEqual([
    ['excluded_item', '4000', '0'],
    ['rated', '80000', '80000'],
  ])
  expect(items.find(({ reason }) => reason === 'rated')!.explanation).toEqual({
    zh: `8 卡 × 10 小时（计量） × 10.00 元/卡时（报价 ${offer.number} 第 1 版） = 800.00 元`,
    en: `8 cards × 10 h (metered) × CNY 10.00 a card-hour (offer ${offer.number}, price 1) = CNY 800.00`,
  })
  // the lines that were there stay as they are when more comes
  await use('2024-06-11', 2)
  const ids = new Set((await lines()).items.map((line) => line.id))
  expect(items.every((line) => ids.has(line.id))).toBe(true)
})
