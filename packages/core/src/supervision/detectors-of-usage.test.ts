// Each clause of the rules about usage, structure and people, by a world in which it holds and one in which it does not.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { startOf } from '../calendar/index.ts'
import { seededRandom } from '../index.ts'
import { newExamples, type Rows } from './examples.ts'

const { example, codes, clauses, unmissed } = newExamples(test)

const HOUR = 3_600_000
const when = (day: string): number => startOf(day)
const contract = {
  id: 'c',
  applicant: 'A',
  provider: 'P',
  signedOn: '2024-03-01',
  startsOn: '2024-03-02',
  endsOn: '2024-06-01',
  amountFen: 1e8,
  mode: 'cloud',
  programme: 'g',
  region: '990100',
  voucher: 'v',
}
const MINUTES = 1500
const wobble = (level: number, amplitude: number): number[] => {
  const random = seededRandom(`${level} ${amplitude}`)
  return Array.from({ length: MINUTES }, () => Math.round(10 * (level + amplitude * random.normal())) / 10)
}
const flat = (level: number): number[] => Array.from({ length: MINUTES }, () => level)
type Counters = Record<string, readonly number[]>

function job(counters: Counters, more: object = {}, jitterMs: number | null = 50): Rows {
  const samples = Object.entries(counters).map(([counter, values]) => ({
    id: counter,
    usage: 'u',
    counter,
    stepSeconds: 60,
    jitterMs,
    values: values.join(' '),
  }))
  return {
    contracts: [contract],
    usage: [{ id: 'u', contract: 'c', device: 'd', startsAt: 0, ...more }],
    samples,
  }
}

describe('D14 idle burn', () => {
  example('idle for two hours and more nearly all the time', () => {
    expect(codes('D14', job({ sm: flat(0) }))).toEqual(['idle'])
    expect(codes('D14', job({ sm: flat(5) }))).toEqual([])
    expect(codes('D14', job({ sm: flat(0), dram: flat(20) }))).toEqual([])
    expect(codes('D14', job({ sm: flat(0).map((_, at) => (at % 100 === 0 ? 50 : 0)) }))).toEqual([])
    expect(codes('D14', job({ sm: flat(0).map((_, at) => (at < 150 ? 50 : 0)) }))).toEqual([])
  })
  example('a whole-device lease may stand idle', () => {
    expect(codes('D14', { ...job({ sm: flat(0) }), contracts: [{ ...contract, mode: 'lease' }] })).toEqual([])
  })
})

describe('D15 synthetic load', () => {
  const burn = { sm: wobble(98, 0.1), io: flat(0.1), checkpoints: flat(0), memory: flat(70_000) }
  const rule = (change: Counters, more = {}) => codes('D15', job({ ...burn, ...change }, more))
  example('steady, without patterns, input, checkpoints or movement of memory', () => {
    expect(rule({})).toEqual([
      'few_patterns',
      'quiet_checkpoints',
      'quiet_io',
      'quiet_memory',
      'steady_compute',
    ])
  })
  for (const [what, change] of [
    ['compute that varies', { sm: wobble(60, 6) }],
    ['compute of rich patterns within three per cent', { sm: wobble(97, 2.2) }],
    ['input', { io: flat(30) }],
    ['a checkpoint', { checkpoints: flat(0).with(700, 1) }],
    ['memory that moves', { memory: wobble(70_000, 3_000) }],
    ['no load at all', { sm: flat(0) }],
  ] as const)
    example(`${what} clears it`, () => expect(rule(change)).toEqual([]))
  example('tensor units busier than real training ever is, or the image of a burn-in', () => {
    expect(rule({ sm: wobble(60, 6), tensor: flat(61) })).toEqual(['tensor_beyond_real_training'])
    expect(rule({ sm: wobble(60, 6), tensor: flat(60) })).toEqual([])
    expect(rule({ sm: wobble(60, 6) }, { image: 'hub/gpu-burn:1' })).toEqual(['burn_in_image'])
  })
  example('under a day nothing is said, and without a counter it is undecided', () => {
    const short = Object.fromEntries(
      Object.entries(burn).map(([name, values]) => [name, values.slice(0, 1400)]),
    )
    expect(codes('D15', job(short))).toEqual([])
    const { io: _, ...rest } = burn
    expect(codes('D15', job(rest))).toEqual([])
    expect(
      codes('D15', {
        ...job(burn),
        samples: job(burn).samples!.map((row) => ({ ...row, values: `${row.values} 1e3` })),
      }),
    ).toEqual([])
  })
})

describe('D16 mining', () => {
  const mine = {
    sm: flat(95),
    tensor: flat(0),
    io: flat(0.1),
    power: wobble(350, 1),
    memory: flat(5_000),
    dram: flat(20),
  }
  const rule = (change: Counters, more = {}) => codes('D16', job({ ...mine, ...change }, more))
  example('busy, no tensor, no input, still power, small still memory', () => {
    expect(rule({})).toEqual([
      'busy_without_tensor',
      'no_input_or_output',
      'small_still_memory',
      'still_power',
    ])
    expect(rule({ memory: flat(60_000), dram: flat(85) })).toContain('memory_bound')
  })
  for (const [what, change] of [
    ['compute at rest', { sm: flat(70) }],
    ['tensor units at work', { tensor: flat(10) }],
    ['input', { io: flat(5) }],
    ['power that moves', { power: wobble(350, 30) }],
    ['large memory without traffic', { memory: flat(60_000) }],
    ['small memory that moves', { memory: wobble(5_000, 900) }],
  ] as const)
    example(`${what} clears it`, () => expect(rule(change)).toEqual([]))
  example('declared as training, but it rests its tensor units and saves nothing', () => {
    const solver = { io: flat(40), checkpoints: flat(0) }
    expect(rule(solver, { declaredClass: 'training' })).toEqual(['declared_training_without_tensor'])
    expect(rule(solver, { declaredClass: 'simulation' })).toEqual([])
    expect(rule({ ...solver, checkpoints: flat(0).with(9, 1) }, { declaredClass: 'training' })).toEqual([])
    expect(rule(solver, { image: 'x/XMRig' })).toEqual(['miner_image'])
  })
})

describe('D17 forged metering', () => {
  const live = (name: string): number[] => {
    const random = seededRandom(name)
    let level = 40
    return Array.from(
      { length: MINUTES },
      () => (level = Math.min(98, Math.max(1, level + 8 * random.normal()))),
    )
  }
  const two = (first: readonly number[], second: readonly number[]): Rows => ({
    contracts: [contract],
    usage: [
      { id: 'u', contract: 'c', startsAt: 0 },
      { id: 'w', contract: 'c', startsAt: 9 },
    ],
    samples: [first, second].map((values, n) => ({
      usage: n === 0 ? 'u' : 'w',
      counter: 'sm',
      stepSeconds: 60,
      jitterMs: 20,
      values: values.join(' '),
    })),
  })
  example('an hour that stands again in another job, shifted and shaken a little', () => {
    const random = seededRandom('shake')
    const copy = [...live('b').slice(0, 333), ...live('a').slice(100, 1200)].map(
      (value) => value + 0.2 * random.normal(),
    )
    expect(codes('D17', two(live('a'), copy))).toEqual(['same_stretch'])
    expect(codes('D17', two(live('a'), live('c')))).toEqual([])
  })
  example('idle hours and flat hours are alike and say nothing', () => {
    expect(codes('D17', two(flat(0), flat(0)))).toEqual([])
    expect(codes('D17', two(flat(98).with(3, 1), flat(98).with(3, 1)))).toEqual([])
  })
  example('a day that repeats itself', () => {
    const day = live('d').slice(0, 1440)
    expect(codes('D17', job({ sm: [...day, ...day] }))).toContain('repeats_daily')
    expect(codes('D17', job({ sm: [...day, ...live('e').slice(0, 1440)] }))).toEqual([])
  })
  example('stamps without jitter, where the feed has some', () => {
    const rows = two(live('a'), live('c'))
    const still = {
      ...rows,
      samples: rows.samples!.map((row, n) => (n === 1 ? { ...row, jitterMs: 0 } : row)),
    }
    expect(codes('D17', still)).toEqual(['stamps_without_jitter'])
    expect(
      codes('D17', { ...still, samples: still.samples.map((row) => ({ ...row, jitterMs: 0 })) }),
    ).toEqual([])
  })
  example('an energy counter must rise and be the integral of power', () => {
    const power = flat(300)
    const energy = power.map((_, at) => 100 + 5 * at)
    expect(codes('D17', job({ sm: live('a'), power, energy }))).toEqual([])
    expect(codes('D17', job({ sm: live('a'), power, energy: energy.with(9, 0) }))).toEqual([
      'energy_runs_backwards',
    ])
    expect(codes('D17', job({ sm: live('a'), power, energy: energy.map((value) => 1.04 * value) }))).toEqual([
      'energy_is_not_power',
    ])
  })
  example('gaps in the feed, and jobs above the meter', () => {
    expect(codes('D17', job({ sm: live('a') }, { feedGaps: 11 }))).toEqual(['feed_gaps'])
    expect(codes('D17', job({ sm: live('a') }, { feedGaps: 10 }))).toEqual([])
    const metered = (kwh: number): Rows => ({
      ...job({ sm: live('a') }, { energyKwh: 100 }),
      devices: [{ id: 'd', centre: 'z' }],
      meters: [{ centre: 'z', kwh }],
    })
    expect(codes('D17', metered(96))).toEqual(['energy_above_meter'])
    expect(codes('D17', metered(98))).toEqual([])
  })
})

describe('D18 oversell', () => {
  const use = (from: number, to: number, more = {}) => ({
    contract: 'c',
    device: 'd',
    startsAt: from * HOUR,
    endsAt: to * HOUR,
    cardHours: to - from,
    exclusive: true,
    ...more,
  })
  const device = {
    id: 'd',
    serial: 's',
    centre: 'x',
    provider: 'P',
    cards: 1,
    nominalTflops: 100,
    measuredTflops: 82,
  }
  const rule = (usage: readonly object[], devices: readonly object[] = [device]) =>
    codes('D18', { contracts: [contract], usage, devices } as Rows)
  example('exclusive use that overlaps, and not one after the other or shared', () => {
    expect(rule([use(0, 10), use(9, 12)])).toEqual(['overlapping_use'])
    expect(rule([use(0, 10), use(10, 12)])).toEqual([])
    expect(
      rule([use(0, 10), use(9, 12, { device: 'e' })], [device, { ...device, id: 'e', serial: 't' }]),
    ).toEqual([])
    expect(rule([use(0, 10), use(9, 12, { exclusive: false })])).toEqual([])
  })
  example('more hours than there were, one serial in two centres, slower than claimed', () => {
    expect(rule([use(0, 10, { cardHours: 11 })])).toEqual(['more_hours_than_time'])
    expect(rule([use(0, 10, { cardHours: 80 })], [{ ...device, cards: 8 }])).toEqual([])
    expect(rule([], [device, { ...device, id: 'e', centre: 'y' }])).toEqual(['serial_twice'])
    expect(rule([], [device, { ...device, id: 'e' }])).toEqual([])
    expect(rule([], [{ ...device, measuredTflops: 74 }])).toEqual(['slower_than_claimed'])
  })
})

describe('D19 resale', () => {
  const base = {
    vouchers: [{ id: 'v', firm: 'A', faceFen: 1e7, issuedOn: '2024-03-01' }],
    contracts: [contract],
    firms: [{ id: 'A' }, { id: 'B' }, { id: 'P' }],
    accounts: ['A', 'B', 'P'].map((holder) => ({ id: `#${holder}`, holder })),
  }
  const rule = (more: object) => codes('D19', { ...base, ...more } as Rows)
  const stranger = [{ contract: 'c', tenant: 'B' }]
  example('redeemed by another, used by another, sold on', () => {
    expect(rule({ redemptions: [{ voucher: 'v', redeemer: 'B' }] })).toEqual(['redeemed_by_another'])
    expect(
      rule({ redemptions: [{ voucher: 'v', redeemer: 'A' }], usage: [{ contract: 'c', tenant: 'A' }] }),
    ).toEqual([])
    expect(rule({ usage: stranger })).toEqual(['tenants_of_other_firms'])
    expect(
      rule({ invoices: [{ seller: 'A', buyer: 'B', category: 'compute', issuedOn: '2024-04-01' }] }),
    ).toEqual(['sells_compute'])
    expect(
      rule({ invoices: [{ seller: 'A', buyer: 'B', category: 'goods', issuedOn: '2024-04-01' }] }),
    ).toEqual([])
  })
  example('cash for the voucher within a month, at a discount, without invoice', () => {
    const cash = (share: number, day: string) => ({
      usage: stranger,
      payments: [{ fromAccount: '#B', toAccount: '#A', at: when(day), amountFen: share * 1e7 }],
    })
    expect(rule(cash(0.8, '2024-03-11'))).toContain('paid_for_voucher')
    expect(rule(cash(0.4, '2024-03-11'))).not.toContain('paid_for_voucher')
    expect(rule(cash(1, '2024-03-11'))).not.toContain('paid_for_voucher')
    expect(rule(cash(0.8, '2024-04-11'))).not.toContain('paid_for_voucher')
    expect(
      rule({ ...cash(0.8, '2024-03-11'), invoices: [{ seller: 'A', buyer: 'B', category: 'goods' }] }),
    ).not.toContain('paid_for_voucher')
    expect(rule({ ...cash(0.8, '2024-03-11'), usage: [] })).toEqual([])
  })
})

describe('D20 out of scope', () => {
  const programmes = [{ id: 'g', purposes: 'training inference', region: '990100' }]
  const rule = (more: object) => codes('D20', { contracts: [contract], programmes, ...more } as Rows)
  const use = (observedClass: string | null, cardHours: number) => ({
    contract: 'c',
    observedClass,
    cardHours,
  })
  example('over a tenth of other work, another region, excluded lines in the base', () => {
    expect(rule({ usage: [use('training', 80), use('rendering', 20)] })).toEqual(['outside_purpose'])
    expect(rule({ usage: [use('training', 90), use('rendering', 10)] })).toEqual([])
    expect(rule({ usage: [use('training', 10), use(null, 90)] })).toEqual([])
    expect(rule({ contracts: [{ ...contract, region: '1' }] })).toEqual(['outside_region'])
    const excluded = { contracts: [{ ...contract, excludedFen: 1e7 }] }
    expect(rule({ ...excluded, redemptions: [{ contract: 'c', expenseFen: 1e8 }] })).toEqual([
      'excluded_lines_in_base',
    ])
    expect(rule({ ...excluded, redemptions: [{ contract: 'c', expenseFen: 0.9e8 }] })).toEqual([])
  })
})

describe('D21 collusion', () => {
  const crowd = (provider: string, n: number, templateHash: string | null) => ({
    applications: Array.from({ length: n }, (_, k) => ({
      id: `a${provider}${k}`,
      firm: `${provider}${k}`,
      templateHash,
      handedInAt: when('2024-02-01'),
    })),
    contracts: Array.from({ length: n }, (_, k) => ({
      ...contract,
      id: `c${provider}${k}`,
      applicant: `${provider}${k}`,
      provider,
    })),
  })
  const rule = (n: number, template: string | null, born = '2015-01-01') => {
    const [bad, good] = [crowd('X', n, template), crowd('Y', 20, null)]
    return codes('D21', {
      firms: [
        { id: 'X', registeredOn: born },
        { id: 'Y', registeredOn: '2010-01-01' },
      ],
      applications: [...bad.applications, ...good.applications],
      contracts: [...bad.contracts, ...good.contracts],
      invoices: bad.contracts.map(({ id }) => ({ contract: id, seller: 'X', amountFen: 5 })),
    } as Rows)
  }
  example('one template and nobody buys elsewhere', () => {
    expect(rule(6, 't')).toEqual(['densest_part', 'firms_buy_nowhere_else', 'one_template'])
    expect(rule(4, 't')).toEqual([])
    expect(rule(6, null)).toEqual([])
  })
  example('a young provider that lives off vouchers', () => {
    expect(rule(6, null, '2023-06-01')).toEqual(expect.arrayContaining(['young_provider']))
    expect(rule(6, null, '2023-02-01')).toEqual([])
  })
})

describe('D22 quote rigging', () => {
  const quotes = (amounts: readonly number[], authors: readonly (string | null)[]) =>
    amounts.map((amountFen, n) => ({ contract: 'c', bidder: `b${n}`, amountFen, author: authors[n] ?? null }))
  const rule = (rows: readonly object[]) => codes('D22', { contracts: [contract], quotes: rows } as Rows)
  example('one author behind several bidders; close covers strengthen it and never stand alone', () => {
    expect(rule(quotes([100, 120, 140], ['x', 'x', null]))).toEqual(['one_author'])
    expect(rule(quotes([1000, 1020, 1021, 1022], ['x', 'x', 'x', 'x']))).toEqual([
      'cover_quotes',
      'one_author',
    ])
    expect(rule(quotes([1000, 1020, 1021, 1022], []))).toEqual([])
    expect(rule(quotes([100, 120], ['x', 'x']))).toEqual([])
  })
})

describe('D23 phoenix', () => {
  const roles = ['B', 'C'].map((firm) => ({ firm, holder: 'p', kind: 'legal_representative' }))
  const contacts = ['B', 'C'].map((firm) => ({ firm, kind: 'bank', valueHash: 'k' }))
  const rule = (more: object, born = '2024-06-01') =>
    codes('D23', {
      firms: [
        { id: 'B', registeredOn: '2015-01-01', addressHash: 'x' },
        { id: 'C', registeredOn: born, addressHash: 'y' },
      ],
      applications: [{ firm: 'C' }],
      roles,
      contacts,
      sanctions: [{ firm: 'B', from: '2024-03-01' }],
      ...more,
    } as Rows)
  example('within a year after a sanction, with two things shared', () => {
    expect(rule({})).toEqual(['after_sanction', 'same_bank', 'same_controller'])
    expect(rule({ contacts: [] })).toEqual([])
    expect(rule({ roles: [] })).toEqual([])
    expect(rule({}, '2024-02-01')).toEqual([])
    expect(rule({}, '2025-03-02')).toEqual([])
    expect(rule({ sanctions: [] })).toEqual([])
  })
  example('one address, and three customers, are things shared', () => {
    const firms = ['B', 'C'].map((id) => ({
      id,
      registeredOn: id === 'B' ? '2015-01-01' : '2024-06-01',
      addressHash: 'x',
    }))
    expect(rule({ firms })).toContain('same_address')
    const customers = (count: number) => ({
      accounts: ['B', 'C', '1', '2', '3'].map((holder) => ({ id: `#${holder}`, holder })),
      payments: ['B', 'C'].flatMap((firm) =>
        Array.from({ length: count }, (_, n) => ({
          fromAccount: `#${n + 1}`,
          toAccount: `#${firm}`,
          at: n,
          amountFen: 5,
        })),
      ),
    })
    expect(rule(customers(3))).toContain('same_customers')
    expect(rule(customers(2))).not.toContain('same_customers')
  })
  example('after a cap used up', () => {
    const capped = (faceFen: number) => ({
      sanctions: [],
      programmes: [{ id: 'g', firmCapFen: 100 }],
      vouchers: [{ firm: 'B', programme: 'g', faceFen, issuedOn: '2024-03-01' }],
    })
    expect(rule(capped(98))).toContain('after_cap')
    expect(rule(capped(97))).toEqual([])
  })
})

describe('D24, D26, D28, D29', () => {
  example('round amounts beside Benford, and not one of them alone', () => {
    const of = (amount: (n: number) => number) =>
      codes('D24', {
        invoices: Array.from({ length: 400 }, (_, n) => ({ seller: 'P', amountFen: amount(n) })),
      } as Rows)
    expect(of((n) => (n % 2 === 0 ? 5e6 : Math.round(100 * Math.exp(n / 30)) + 7))).toEqual([
      'first_two_digits',
      'round_amounts',
    ])
    expect(of((n) => Math.round(1000 * Math.exp((n * 4.605) / 100)) + 7)).toEqual([])
  })
  example('a reviewer outside the funnel, quick, or tied to the applicant', () => {
    const decide = (reviewer: string, n: number, more: object) =>
      Array.from({ length: n }, (_, k) => ({
        id: `${reviewer}${k}`,
        reviewer,
        application: `${reviewer}${k}`,
        minutes: 30 + (k % 7),
        score: 70,
        approved: k % 2 === 0,
        override: false,
        ...more,
      }))
    const usual = decide('r', 200, {})
    const rule = (own: readonly object[], more = {}) =>
      codes('D26', { decisions: [...usual, ...own], ...more } as Rows)
    expect(rule(decide('s', 30, {}))).toEqual([])
    expect(rule(decide('s', 30, { approved: true }))).toEqual(['approval_rate'])
    expect(rule(decide('s', 30, { override: true }))).toEqual(['override_rate'])
    expect(rule(decide('s', 30, { score: null }))).toEqual(['missing_scores'])
    expect(rule(decide('s', 30, { minutes: 1 }))).toEqual(['approves_in_no_time'])
    expect(rule(decide('s', 19, { override: true }))).toEqual([])
    const tie = { roles: [{ holder: 's', firm: 'A' }], applications: [{ id: 's0', firm: 'A' }] }
    expect(rule(decide('s', 1, {}), tie)).toEqual(['tied_to_applicant'])
    expect(rule(decide('s', 1, { approved: false }), tie)).toEqual([])
  })
  example('operators that nobody named, too many of them, or the buyer behind one', () => {
    const rule = (links: readonly object[], roles: readonly object[] = []) =>
      codes('D28', { contracts: [contract], operators: links, roles } as Rows)
    const link = (firm: string, disclosed = true) => ({ contract: 'c', firm, disclosed })
    expect(rule([link('x'), link('y')])).toEqual([])
    expect(rule([link('x', false)])).toEqual(['undisclosed'])
    expect(rule([link('x'), link('y'), link('z')])).toEqual(['long_chain'])
    expect(
      rule(
        [link('x')],
        ['A', 'x'].map((firm) => ({ holder: 'p', firm, kind: 'controller' })),
      ),
    ).toEqual(['operator_of_the_buyer'])
  })
  example('a provider with far more vouchers than devices', () => {
    const providers = ['P', 'Q', 'R', 'S', 'T']
    const rule = (share: number, devices: readonly string[]) =>
      codes('D29', {
        contracts: Array.from({ length: 100 }, (_, n) => ({
          ...contract,
          id: `c${n}`,
          provider: n < share ? 'P' : providers[1 + (n % 4)]!,
        })),
        devices: devices.map((provider) => ({ provider })),
      } as Rows)
    expect(rule(70, ['Q', 'R'])).toEqual(['share_of_vouchers'])
    expect(rule(35, ['Q', 'R'])).toEqual([])
    expect(rule(70, ['P', 'Q'])).toEqual([])
  })
})

test('take any clause out of a rule and an example fails', () => {
  expect(unmissed()).toEqual([])
})

test('every clause that stands in the source of these rules has come up', () => {
  expect(clauseCodes(clauses()).filter((clause) => !clauses().includes(clause))).toEqual([])
})

/** `D01 same_person` for every clause that is written out in the sources of the detectors that came up. */
function clauseCodes(seen: readonly string[]): string[] {
  const folder = join(import.meta.dirname, 'detectors')
  return readdirSync(folder).flatMap((file) => {
    const source = readFileSync(join(folder, file), 'utf8')
    const ids = Array.from(source.matchAll(/ id: '(D\d+\w?)'/g), ([, id]) => id!)
    if (ids.length !== 1 || !seen.some((clause) => clause.startsWith(`${ids[0]!} `))) return []
    return Array.from(
      source.matchAll(/(?:code:|add\(|suspect\(usage,) '(\w+)'/g),
      ([, code]) => `${ids[0]!} ${code!}`,
    )
  })
}
