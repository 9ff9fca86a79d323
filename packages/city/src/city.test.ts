import { readSlurmJson, rateUsage } from '@suanquan/core/metering'
import { readCreditCode } from '@suanquan/core/party'
import { addMonths } from '@suanquan/core/calendar'
import { canonicalText } from '@suanquan/core'
import { describe, expect, test } from 'vitest'
import { buildCity, monthFile, monthRecords, monthsOf, traits, windows2024, worksOn } from './index.ts'

const city = buildCity(7)

test('the same seed builds the same city, another seed another', () => {
  const text = (seed: number): string => canonicalText(buildCity(seed, { firms: 40 }))
  expect(text(7)).toBe(text(7))
  expect(text(7)).not.toBe(text(8))
})

describe('every organisation', () => {
  const organisations = [...city.firms, ...city.providers].map(({ organisation }) => organisation)

  test('has a credit code of its own, valid but for the check digits that are meant to be wrong', () => {
    const doubtful = city.firms.filter(({ organisation }) => {
      const read = readCreditCode(organisation.creditCode)
      if (!read.ok) throw new Error(JSON.stringify(read.refusal))
      return read.value.warnings.length > 0
    })
    expect(doubtful.every(({ trait }) => trait === 'check_digit')).toBe(true)
    expect(doubtful).toHaveLength(2)
    expect(new Set(organisations.map(({ creditCode }) => creditCode)).size).toBe(organisations.length)
  })

  test('has a name of its own that says it is an example', () => {
    expect(organisations.every(({ name }) => name.includes('示例'))).toBe(true)
    expect(new Set(organisations.map(({ name }) => name)).size).toBe(organisations.length)
  })
})

test('a city has every trait, and a small one its first ones', () => {
  const found = (firms: (typeof city)['firms']): Set<string> => new Set(firms.map(({ trait }) => trait))
  expect([...found(city.firms)].sort()).toEqual([...traits, 'ordinary'].sort())
  expect(found(buildCity(7, { firms: 12 }).firms)).toEqual(new Set(['ordinary', ...traits.slice(0, 4)]))
})

describe('every contract', () => {
  test('has an amount in range, of which storage and network are a small part', () => {
    for (const { contract } of city.applications) {
      expect(contract.amountFen).toBeGreaterThanOrEqual(20_000_000n)
      expect(contract.amountFen).toBeLessThanOrEqual(1_200_000_000n)
      expect(contract.excludedFen * 100n).toBeLessThanOrEqual(contract.amountFen * 17n)
    }
  })

  test('is signed before it is applied for and runs a year at most, unless it is meant not to', () => {
    for (const { contract, firm, appliesOn } of city.applications) {
      expect(contract.signedOn < appliesOn && contract.signedOn < contract.startsOn).toBe(true)
      expect(contract.endsOn <= addMonths(contract.startsOn, 12)).toBe(firm.trait !== 'term_too_long')
      expect(contract.signedOn >= '2023-09-01').toBe(!['signed_early', 'many_faults'].includes(firm.trait))
    }
  })

  test('has a number of its own', () => {
    const numbers = city.applications.map(({ contract }) => contract.number)
    expect(new Set(numbers).size).toBe(numbers.length)
  })
})

test('applications come in on working days of the windows', () => {
  for (const { appliesOn } of city.applications) {
    expect(worksOn(appliesOn)).toBe(true)
    expect(windows2024.some(({ from, to }) => appliesOn >= from && appliesOn <= to)).toBe(true)
  }
})

test('use over the term is worth the planned share of the contract, never a fen more', () => {
  for (const application of city.applications) {
    const { contract, usedPercent } = application
    const planned = ((contract.amountFen - contract.excludedFen) * BigInt(usedPercent)) / 100n
    expect(monthsOf(application).reduce((sum, { valueFen }) => sum + valueFen, 0n)).toBe(planned)
  }
})

test('a month file reads back as its records, and each contract is rated at what was planned', () => {
  const small = buildCity(7, { firms: 40 })
  const provider = small.providers[0]!
  const records = monthRecords(small, provider, '2024-06')
  const read = readSlurmJson(monthFile(small, provider, '2024-06'))
  expect(read.ok && read.value.records).toEqual(records)
  for (const application of small.applications.filter(({ contract }) => contract.provider === provider)) {
    const { contract, firm } = application
    const planned = monthsOf(application).find(({ month }) => month === '2024-06')?.valueFen ?? 0n
    const own = records.filter(({ qos }) => qos === contract.qos)
    const rated = rateUsage(own, {
      contractNo: contract.number,
      buyer: firm.organisation.creditCode,
      seller: provider.organisation.creditCode,
      amountFen: contract.amountFen,
      signedOn: contract.signedOn,
      termFrom: contract.startsOn,
      termUntil: contract.endsOn,
      shard: null,
      prices: [contract.chip],
    })
    if (!rated.ok) throw new Error(JSON.stringify(rated.refusal))
    // A run of the largest job, a second long, is what the drawing may miss.
    expect(planned - rated.value.valueFen).toBeLessThan(contract.chip.fenPerCardHour)
    expect(rated.value.valueFen - planned).toBeLessThanOrEqual(1n)
  }
})
