// Whom a rule must not accuse: honest firms in situations that real programmes have and generated worlds seldom show.
import { describe, expect, test } from 'vitest'

import { startOf, type Day } from '../calendar/index.ts'
import { newExamples, type Rows } from './examples.ts'
import { detectors } from './detectors/index.ts'
import { supervise, type Finding, type Standing } from './supervise.ts'
import { blankRow } from './world/blank-row.ts'
import type { TableName, World } from './world/tables.ts'

const { codes, found } = newExamples(test)
const at = (day: Day): number => startOf(day)

function undecided(id: string, rows: Rows): Readonly<Record<string, number>> {
  const detector = detectors.find((one) => one.id === id)!
  const world: Record<string, unknown> = Object.fromEntries(detector.needs.map((table) => [table, []]))
  for (const [table, some] of Object.entries(rows))
    world[table] = some.map((row, index) =>
      blankRow(table as TableName, { id: `${table}${index}`, ...row } as never),
    )
  const report = supervise(world as World, { hash: (bytes) => bytes.slice(-32), detectors: [detector] })
  return (report.standings[0] as Standing & { status: 'evaluated' }).undecided
}

const contract = { id: 'c', applicant: 'A', provider: 'P', cardHours: 200, priceFenPerCardHour: 1000 }
const month = (id: string, first: Day, paidOn: Day, redeemedOn: Day) => ({
  usage: { id: `u${id}`, contract: 'c', startsAt: at(first), cardHours: 100 },
  invoice: { id: `i${id}`, contract: 'c', amountFen: 100_000, issuedOn: paidOn },
  payment: {
    id: `p${id}`,
    contract: 'c',
    fromAccount: 'a',
    toAccount: 'p',
    at: at(paidOn),
    amountFen: 50_000,
  },
  redemption: { id: `r${id}`, contract: 'c', redeemedOn, expenseFen: 100_000, subsidyFen: 50_000 },
})
const months = [
  month('1', '2024-01-05', '2024-02-01', '2024-02-05'),
  month('2', '2024-02-05', '2024-03-01', '2024-03-05'),
]
const accounts = [
  { id: 'a', holder: 'A' },
  { id: 'p', holder: 'P' },
]
const paidMonthly = {
  contracts: [contract],
  usage: months.map(({ usage }) => usage),
  invoices: months.map(({ invoice }) => invoice),
  payments: months.map(({ payment }) => payment),
  redemptions: months.map(({ redemption }) => redemption),
  accounts,
}

describe('D13', () => {
  test('a contract paid and redeemed month by month is whole', () => {
    expect(codes('D13', paidMonthly as Rows)).toEqual([])
  })

  test('a month that was redeemed and paid only with the next one is named', () => {
    const [first, second] = paidMonthly.payments
    const payments = [{ ...first!, at: at('2024-03-01') }, second!]
    expect(codes('D13', { ...paidMonthly, payments } as Rows)).toEqual(['paid_after'])
  })

  test('an account that nobody is known to hold decides nothing', () => {
    for (const [known, missing] of [
      [accounts[0]!, 'account_of_the_payee'],
      [accounts[1]!, 'account_of_the_payer'],
    ] as const) {
      const rows = { ...paidMonthly, accounts: [known] } as Rows
      expect(codes('D13', rows)).toEqual([])
      expect(undecided('D13', rows)).toEqual({ [missing]: 2 })
    }
  })

  test('a year invoiced ahead and redeemed as it is metered stops nothing by itself', () => {
    const rows = {
      ...paidMonthly,
      invoices: [{ ...paidMonthly.invoices[0]!, amountFen: 1_200_000 }],
    } as Rows
    expect(found('D13', rows).some(({ decisive }) => decisive)).toBe(false)
  })

  test('what has no metering at all is for people', () => {
    const findings = found('D13', { ...paidMonthly, usage: [] } as Rows)
    expect(findings.map(({ decisive }) => decisive)).toEqual([false, false])
    expect(findings[0]!.innocent).toContainEqual({ explanation: 'late_metering', result: 'not_evaluable' })
  })
})

describe('D01', () => {
  test('unknown roles or shares are undecided, never clear, and 60 is no share', () => {
    const deal = { ...contract, signedOn: '2024-06-01' as const }
    const holds = (firm: string, share: number | null) => ({
      holder: 'X',
      firm,
      kind: 'shareholder',
      share,
      from: '2020-01-01' as const,
    })
    const rows = (...roles: object[]): Rows => ({
      contracts: [deal],
      firms: [{ id: 'A' }, { id: 'P' }],
      roles,
    })
    expect(undecided('D01', rows())).toEqual({ roles: 1 })
    const lost = { ...rows(holds('A', 0.6), holds('P', 0.6)), persons: [] }
    expect(codes('D01', lost)).toEqual([])
    expect(undecided('D01', lost)).toEqual({ holder: 1 })
    for (const share of [null, 60]) {
      expect(codes('D01', rows(holds('A', share), holds('P', 0.6)))).toEqual([])
      expect(undecided('D01', rows(holds('A', share), holds('P', 0.6)))).toEqual({ share: 1 })
    }
  })
})

describe('D12', () => {
  const rows = (grant: object): Rows => ({
    contracts: [
      { ...contract, number: 'n', programme: 'g', startsOn: '2024-01-01', endsOn: '2024-03-31' },
      { ...contract, id: 'd', number: 'm' },
    ],
    programmes: [{ id: 'g', maximumRate: 0.5, totalRateLimit: 0.6 }],
    grants: [
      {
        firm: 'A',
        programme: 'h',
        provider: 'P',
        startsOn: '2024-03-30',
        endsOn: '2024-12-31',
        rate: 0.2,
        ...grant,
      },
    ],
  })
  const accused = (grant: object): readonly Finding[] => found('D12', rows(grant))

  test('support for another contract of the firm with the same provider is another thing', () => {
    expect(accused({ contractNumber: 'm' })).toEqual([])
  })

  test('a rate known only by its ceiling and a contract known only by its days stop nothing', () => {
    for (const contractNumber of ['n', 'z'])
      expect(accused({ contractNumber }).map(({ decisive }) => decisive)).toEqual([false])
  })

  test('a contract of an unknown programme is undecided', () => {
    expect(undecided('D12', { ...rows({}), programmes: [{ id: 'other' }] })).toEqual({ programme: 1 })
  })
})

describe('D17', () => {
  const samples = [{ id: 's', usage: 'u', counter: 'sm', stepSeconds: 60, values: '50 60 70' }]
  const usage = { id: 'u', contract: 'c', feedGaps: 11 }

  test('gaps in the feed speak about the provider whose feed it is, not about the buyer', () => {
    const [finding] = found('D17', { contracts: [contract], usage: [usage], samples })
    expect(finding!.firms).toEqual(['P'])
    expect(finding!.innocent).toEqual([{ explanation: 'outage_of_the_feed', result: 'not_evaluable' }])
  })

  test('a made-up record of the job speaks about both', () => {
    const energy = { ...samples[0]!, id: 'e', counter: 'energy', values: '5 6 4' }
    const [finding] = found('D17', { contracts: [contract], usage: [usage], samples: [...samples, energy] })
    expect(finding!.firms).toEqual(['A', 'P'])
    expect(finding!.innocent.map(({ explanation }) => explanation)).toEqual([
      'counter_restarted',
      'outage_of_the_feed',
    ])
  })

  test('usage of a contract that is not there is undecided', () => {
    expect(undecided('D17', { usage: [usage], samples })).toEqual({ contract: 1 })
  })
})
