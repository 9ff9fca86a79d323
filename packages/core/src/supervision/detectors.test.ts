// Each clause of each rule, by a world in which it holds and a world in which one fact less holds: take a clause out of
// a rule and one of these fails.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { startOf } from '../calendar/index.ts'
import { newExamples, type Rows } from './examples.ts'

const { example, codes, found, clauses, unmissed } = newExamples(test)

const DAY = 86_400_000
const when = (day: string, days = 0): number => startOf(day) + days * DAY
const A = {
  id: 'A',
  registeredOn: '2015-01-01',
  insuredStaff: 30,
  paidInFen: 1e8,
  declaredStaff: 30,
  addressHash: 'a',
  hasSite: true,
}
const P = { id: 'P', registeredOn: '2012-01-01', insuredStaff: 200, addressHash: 'p' }
const deal = {
  id: 'c',
  applicant: 'A',
  provider: 'P',
  signedOn: '2024-03-01',
  startsOn: '2024-03-02',
  endsOn: '2024-06-01',
  amountFen: 1e8,
  priceFenPerCardHour: 1000,
  programme: 'g',
  chip: 'H800',
  mode: 'cloud',
  region: '990100',
}
const accounts = ['A', 'P', 'B', 'C', 'p'].map((holder) => ({ id: `#${holder}`, holder }))
const pay = (from: string, to: string, days: number, amountFen: number) => ({
  fromAccount: `#${from}`,
  toAccount: `#${to}`,
  at: when('2024-06-05', days),
  amountFen,
  contract: to === 'P' ? 'c' : null,
})

describe('D01 related party', () => {
  const person = (holder: string, firm: string, kind: string, more = {}) => ({
    holder,
    firm,
    kind,
    from: '2020-01-01',
    ...more,
  })
  const owns = (holder: string, firm: string, share: number) => person(holder, firm, 'shareholder', { share })
  const rule = (roles: readonly object[], firms: readonly object[] = [A, P, { id: 'H' }]) =>
    codes('D01', { contracts: [deal], firms, roles } as Rows)
  for (const kind of ['legal_representative', 'director', 'controller'])
    example(`the same ${kind} on both sides`, () => {
      expect(rule([person('p', 'A', kind), person('p', 'P', 'director')])).toContain('same_person')
    })
  example('an independent director is nobody', () =>
    expect(rule([person('p', 'A', 'director'), person('p', 'P', 'independent_director')])).toEqual([]),
  )
  example('who left before the signing, or came after it, is nobody', () => {
    expect(rule([person('p', 'A', 'director', { to: '2024-02-29' }), person('p', 'P', 'director')])).toEqual(
      [],
    )
    expect(
      rule([person('p', 'A', 'director', { from: '2024-03-02' }), person('p', 'P', 'director')]),
    ).toEqual([])
  })
  example('a chain of majorities reaches both, a half does not', () => {
    expect(rule([owns('H', 'A', 0.51), owns('H', 'P', 0.51)])).toEqual(['chain_of_control', 'ownership'])
    expect(rule([owns('H', 'A', 0.5), owns('H', 'P', 0.51)])).toEqual(['ownership'])
  })
  example('a chain of five hops is too long', () => {
    const chain = (length: number) =>
      Array.from({ length }, (_, hop) => owns(`h${hop + 1}`, hop === 0 ? 'A' : `h${hop}`, 0.51))
    expect(rule([...chain(4), owns('h4', 'P', 0.6)])).toContain('chain_of_control')
    expect(rule([...chain(5), owns('h5', 'P', 0.6)])).not.toContain('chain_of_control')
  })
  example('a fifth of ownership, through another firm too, and not less', () => {
    expect(rule([owns('A', 'P', 0.2)])).toEqual(['ownership'])
    expect(rule([owns('A', 'P', 0.19)])).toEqual([])
    expect(rule([owns('H', 'P', 0.45), owns('A', 'H', 0.45)])).toEqual(['ownership'])
    expect(rule([owns('H', 'A', 0.3), owns('H', 'P', 0.19)])).toEqual([])
  })
  example('the state as owner of both relates nobody', () => {
    expect(rule([owns('H', 'A', 0.9), owns('H', 'P', 0.9)], [A, P, { id: 'H', stateRoot: true }])).toEqual([])
  })
})

describe('D02 soft link', () => {
  const firms = Array.from({ length: 200 }, (_, n) => ({
    id: `f${n}`,
    industry: 'x',
    district: 'd',
    addressHash: `a${n}`,
  }))
  const contact = (firm: string, kind: string, valueHash: string) => ({ firm, kind, valueHash })
  const own = firms.flatMap(({ id }) => [
    contact(id, 'phone', `p${id}`),
    contact(id, 'device', `d${id}`),
    contact(id, 'email', `e${id}`),
    contact(id, 'bank', `b${id}`),
  ])
  const applications = firms.slice(0, 40).map(({ id }) => ({ firm: id }))
  const rule = (shared: readonly object[], changed = firms) =>
    codes('D02', { firms: changed, contacts: [...own, ...shared], applications } as Rows)
  const two = (kind: string) => [contact('f1', kind, 's'), contact('f2', kind, 's')]
  example('two rare things shared, and not one', () => {
    expect(rule([...two('email'), ...two('bank')])).toEqual(['shared_bank', 'shared_email'])
    expect(rule(two('email'))).toEqual([])
  })
  example('what more than twenty share says nothing, unless it is a device or account', () => {
    const many = (kind: string) => firms.slice(0, 21).map(({ id }) => contact(id, kind, 'agent'))
    expect(rule([...many('email'), ...two('bank')])).toEqual([])
    expect(rule([...many('bank'), ...two('email')])).toEqual(['shared_bank', 'shared_email'])
  })
  example('all that most firms of an agent have of it is one thing, the agent', () => {
    const filed = firms.map((firm, n) => ({ ...firm, agent: n < 9 ? 'agent' : null }))
    const lent = ['phone', 'email', 'device'].flatMap((kind) =>
      filed.slice(0, 8).map(({ id }) => contact(id, kind, 'lent')),
    )
    expect(rule(lent, filed as never)).toEqual([])
    expect(rule([...lent, ...two('bank')], filed as never)).toEqual(['shared_agent', 'shared_bank'])
    expect(rule([...two('email'), ...two('device')], filed as never)).toEqual([
      'shared_device',
      'shared_email',
    ])
  })
  example('a declared group may share, and who did not apply is not looked at', () => {
    const shared = [...two('email'), ...two('bank')]
    expect(
      rule(
        shared,
        firms.map((firm) => ({ ...firm, declaredGroup: 'g' })),
      ),
    ).toEqual([])
    expect(rule(shared.map((one) => ({ ...one, firm: `${one.firm}50` })))).toEqual([])
  })
})

describe('D04 shell', () => {
  const application = { firm: 'A', handedInAt: when('2024-02-01') }
  const bad = {
    ...A,
    registeredOn: '2023-10-01',
    paidInFen: 0,
    insuredStaff: 1,
    declaredStaff: 9,
    lastYearRevenueFen: 1e7,
    hasSite: false,
  }
  const rule = (firm: object, more: readonly object[] = [], parameters = {}) =>
    codes('D04', { firms: [firm, P, ...more], applications: [application], contracts: [deal] } as Rows, {
      alertPoints: 1,
      ...parameters,
    })
  example('every point is given for its own fact', () => {
    expect(rule(bad)).toEqual([
      'contract_exceeds_revenue',
      'no_paid_in_capital',
      'no_site',
      'no_staff',
      'staff_contradicted',
      'young',
    ])
    expect(rule({ ...A, lastYearRevenueFen: 1e10 })).toEqual([])
    expect(rule({ ...A, registeredOn: '2023-08-06' })).toEqual(['young'])
    expect(rule({ ...A, registeredOn: '2023-08-05' })).toEqual([])
    expect(rule({ ...A, insuredStaff: 2, declaredStaff: 2 })).toEqual([])
  })
  example('sisters of one agent within a week', () => {
    const sister = (n: number, day: string) => ({ id: `s${n}`, agent: 'x', registeredOn: day })
    const agentFirm = { ...A, agent: 'x', registeredOn: '2015-01-01' }
    expect(
      rule(
        agentFirm,
        [1, 2, 3].map((n) => sister(n, '2015-01-08')),
      ),
    ).toEqual(['sisters_of_one_agent'])
    expect(
      rule(
        agentFirm,
        [1, 2, 3].map((n) => sister(n, '2015-01-09')),
      ),
    ).toEqual([])
    expect(
      rule(
        agentFirm,
        [1, 2].map((n) => sister(n, '2015-01-02')),
      ),
    ).toEqual([])
  })
  example('a contract per head beyond nearly all others, and an address of more than five applicants', () => {
    const others = Array.from({ length: 200 }, (_, n) => ({ ...A, id: `f${n}`, addressHash: `a${n % 40}` }))
    const of = (amountFen: number, applicants: number) =>
      codes(
        'D04',
        {
          firms: [A, ...others.map((firm, n) => (n < applicants - 1 ? { ...firm, addressHash: 'a' } : firm))],
          applications: [A, ...others].map(({ id }) => ({ ...application, firm: id })),
          contracts: [deal, ...others].map(({ id }, n) => ({
            ...deal,
            id: `c${n}`,
            applicant: n === 0 ? 'A' : id,
            amountFen: n === 0 ? amountFen : 1e8 + n,
          })),
        } as Rows,
        { alertPoints: 1, sameAddress: 5 },
      )
    expect(of(1e8, 1)).not.toContain('shared_address')
    expect(of(1e8, 6)).toContain('shared_address')
    // The two dearest of 200 others lie beyond the 99th percentile too, so the first firm is looked at alone.
    const perHead = (amountFen: number) =>
      found(
        'D04',
        {
          firms: [A, ...others],
          applications: [application],
          contracts: [
            { ...deal, amountFen },
            ...others.map(({ id }, n) => ({ ...deal, id: `c${n}`, applicant: id, amountFen: 1e8 + n })),
          ],
        } as Rows,
        { alertPoints: 1 },
      ).flatMap(({ clauses: own }) => own.map(({ code }) => code))
    expect(perHead(2e8)).toEqual(['contract_per_head'])
    expect(perHead(1e8)).toEqual([])
  })
  example('an unknown fact gives no point, and few points no finding', () => {
    expect(rule({ ...A, insuredStaff: null, paidInFen: null, declaredStaff: null, hasSite: null })).toEqual(
      [],
    )
    expect(rule({ ...A, paidInFen: 0 }, [], { alertPoints: 7 })).toEqual([])
  })
})

describe('D05 circular money', () => {
  const paid = pay('A', 'P', 0, 1e8)
  const rule = (payments: readonly object[], more: object = {}) =>
    codes('D05', {
      contracts: [deal],
      firms: [A, P, { id: 'B' }, { id: 'C' }],
      accounts,
      payments: [paid, ...payments],
      ...more,
    } as Rows)
  const back = (ratio = 0.97) => [pay('P', 'B', 3, 0.98e8), pay('B', 'A', 6, 0.98e8 * ratio)]
  example('what was paid comes back through another', () => expect(rule(back())).toEqual(['returned']))
  example('not in the wrong order of time, nor after 60 days', () => {
    expect(rule([pay('P', 'B', 6, 0.98e8), pay('B', 'A', 3, 0.95e8)])).toEqual([])
    expect(rule([pay('P', 'B', 3, 0.98e8), pay('B', 'A', 61, 0.95e8)])).toEqual([])
  })
  example('not when a hop keeps more than 15 % or adds more than 2 %', () => {
    expect(rule(back(0.86))).toEqual(['returned'])
    expect(rule(back(0.84))).toEqual([])
    expect(rule(back(1.03))).toEqual([])
  })
  example('not when less than 70 % returns in all', () => {
    const hops = (keep: number) => [
      pay('P', 'B', 1, 1e8 * keep),
      pay('B', 'C', 2, 1e8 * keep * keep),
      pay('C', 'A', 3, 1e8 * keep * keep * keep),
    ]
    expect(rule(hops(0.9))).toEqual(['returned'])
    expect(rule(hops(0.87))).toEqual([])
  })
  example('small money is left alone', () => {
    const small = [{ ...paid, amountFen: 900_000 }, pay('P', 'B', 1, 890_000), pay('B', 'A', 2, 880_000)]
    expect(codes('D05', { contracts: [deal], firms: [A, P], accounts, payments: small } as Rows)).toEqual([])
  })
  example('it may end with a person who directs the buyer', () => {
    const roles = [{ holder: 'p', firm: 'A', kind: 'legal_representative', from: '2020-01-01' }]
    const payments = [pay('P', 'B', 1, 0.99e8), pay('B', 'p', 2, 0.98e8)]
    expect(rule(payments, { roles })).toEqual(['returned'])
    expect(rule(payments)).toEqual([])
  })
  example('a refund under a red-letter invoice and trade with invoices are innocent', () => {
    const direct = [pay('P', 'A', 5, 1e8)]
    expect(rule(direct)).toEqual(['returned'])
    expect(
      rule(direct, { invoices: [{ seller: 'P', buyer: 'A', amountFen: -1e8, redLetterOf: 'i' }] }),
    ).toEqual([])
    expect(rule(direct, { invoices: [{ seller: 'A', buyer: 'P', amountFen: 0.99e8 }] })).toEqual([])
  })
})

describe('D06 pass-through', () => {
  const flows = [
    pay('A', 'B', 0, 4e7),
    pay('P', 'B', 2, 4e7),
    pay('A', 'B', 4, 4e7),
    pay('B', 'C', 1, 4e7),
    pay('B', 'p', 3, 4e7),
    pay('B', 'C', 5, 3.8e7),
  ]
  const rule = (payments: readonly object[]) => codes('D06', { payments, accounts } as Rows)
  example('in and out, quickly, with nothing kept', () => expect(rule(flows)).toEqual(['passed_through']))
  example('not when it keeps money, waits, has one party, or does other things', () => {
    expect(rule(flows.with(5, pay('B', 'C', 5, 2e7)))).toEqual([])
    expect(
      rule(flows.map((flow) => (flow.fromAccount === '#B' ? { ...flow, at: flow.at + 8 * DAY } : flow))),
    ).toEqual([])
    expect(
      rule(flows.map((flow) => (flow.fromAccount === '#B' ? { ...flow, toAccount: '#C' } : flow))),
    ).toEqual([])
    expect(
      rule(flows.map((flow) => (flow.fromAccount === '#P' ? { ...flow, fromAccount: '#A' } : flow))),
    ).toEqual([])
    expect(rule([...flows, pay('B', 'P', -100, 9e7)])).toEqual([])
  })
})

describe('D07 kickback', () => {
  const redemption = { contract: 'c', redeemedOn: '2024-07-01', subsidyFen: 3e7 }
  const rule = (payment: object, more: object = {}) =>
    codes('D07', {
      contracts: [deal],
      firms: [A, P],
      accounts,
      redemptions: [redemption],
      payments: [payment],
      ...more,
    } as Rows)
  const flow = (at: number, amountFen: number) => ({ ...pay('P', 'A', 0, amountFen), at })
  example('five per cent within 180 days, and not less, later or before', () => {
    expect(rule(flow(when('2024-07-01', 10), 1.5e6))).toEqual(['paid_back'])
    expect(rule(flow(when('2024-07-01', 10), 1.4e6))).toEqual([])
    expect(rule(flow(when('2024-07-01', 181), 9e6))).toEqual([])
    expect(rule(flow(when('2024-07-01', -1), 9e6))).toEqual([])
  })
  example('not for goods with an invoice', () => {
    expect(
      rule(flow(when('2024-07-01', 10), 9e6), { invoices: [{ seller: 'A', buyer: 'P', amountFen: 9e6 }] }),
    ).toEqual([])
  })
})

describe('D08 price', () => {
  const peers = Array.from({ length: 40 }, (_, n) => ({
    ...deal,
    id: `c${n}`,
    provider: `P${n % 8}`,
    priceFenPerCardHour: 1000 + 10 * (n % 5),
    listPriceFen: null,
  }))
  const rule = (priceFenPerCardHour: number, listPriceFen: number | null) =>
    codes('D08', { contracts: [...peers, { ...deal, priceFenPerCardHour, listPriceFen }] } as Rows)
  example('far above what others pay, and 1.3 times it', () => {
    expect(rule(1400, null)).toEqual(['above_comparable'])
    expect(rule(1290, null)).toEqual([])
  })
  example('raised over its own price of before, by a tenth and beyond others', () => {
    expect(rule(1290, 1100)).toEqual(['raised_before_subsidy'])
    expect(rule(1290, 1180)).toEqual([])
    expect(rule(1200, 1000)).toEqual([])
  })
  example('without enough peers nothing is said', () => {
    expect(codes('D08', { contracts: [peers[0]!, { ...deal, priceFenPerCardHour: 9000 }] } as Rows)).toEqual(
      [],
    )
  })
})

describe('D09 bunching', () => {
  const programmes = [{ id: 'g', thresholdFen: 1e8 }]
  const smooth = Array.from({ length: 240 }, (_, n) => ({
    ...deal,
    id: `s${n}`,
    applicant: `s${n}`,
    amountFen: 0.65e8 + n * 0.003e8,
  }))
  const below = (n: number, applicant: string, share = 0.99) =>
    Array.from({ length: n }, (_, k) => ({
      ...deal,
      id: `${applicant}${k}`,
      applicant,
      amountFen: share * 1e8,
    }))
  const rule = (extra: readonly object[]) =>
    codes('D09', { programmes, contracts: [...smooth, ...extra] } as Rows)
  example('several just below the threshold where others are not', () => {
    expect(rule(below(8, 'A'))).toEqual(['below_threshold'])
    expect(rule(below(8, 'A', 0.975))).toEqual([])
    expect(rule(below(8, 'A', 1))).toEqual([])
  })
  example('one is no habit, and without excess in the population nobody is named', () => {
    expect(rule(Array.from({ length: 8 }, (_, k) => below(1, `X${k}`)).flat())).toEqual([])
    expect(
      rule(
        below(2, 'A')
          .slice(0, 2)
          .map((row) => ({ ...row })),
      ),
    ).toEqual([])
  })
})

describe('D10 splitting', () => {
  const programmes = [{ id: 'g', thresholdFen: 1.5e8, firmCapFen: 5e7 }]
  const text = '为图像识别模型训练采购弹性算力服务并提供技术支持与数据迁移'
  const part = (n: number, more = {}) => ({
    ...deal,
    id: `c${n}`,
    number: `N-${7 * n}`,
    amountFen: 0.8e8,
    text,
    sku: 'x',
    signedOn: `2024-03-0${n}`,
    ...more,
  })
  const rule = (contracts: readonly object[], more: object = {}) =>
    codes('D10', { contracts, programmes, firms: [A, P], ...more } as Rows)
  example('two that reach the threshold together', () =>
    expect(rule([part(1), part(2)])).toEqual(['split_contract']),
  )
  example('not when together below it, one is above it, or for other things', () => {
    expect(rule([part(1, { amountFen: 6e7 }), part(2)])).toEqual([])
    expect(rule([part(1, { amountFen: 1.5e8 }), part(2)])).toEqual([])
    expect(rule([part(1), part(2, { sku: 'y' })])).toEqual([])
    expect(rule([part(1), part(2, { text: '完全不同的另一个项目内容说明文字' })])).toEqual([])
    expect(rule([part(1), part(2, { signedOn: '2024-05-31' })])).toEqual([])
  })
  example('consecutive numbers stand for like texts', () => {
    expect(rule([part(1, { number: 'N-8', text: null }), part(2, { number: 'N-9', text: null })])).toEqual([
      'split_contract',
    ])
  })
  example('call-offs of a framework and renewals are one by design', () => {
    expect(rule([part(1, { framework: 'f' }), part(2, { framework: 'f' })])).toEqual([])
    expect(rule([part(1, { endsOn: '2024-04-01' }), part(2, { startsOn: '2024-04-02' })])).toEqual([])
  })
  example('firms under one person above one cap', () => {
    const voucher = (firm: string, faceFen: number) => ({
      id: `v${firm}`,
      firm,
      programme: 'g',
      faceFen,
      issuedOn: '2024-03-01',
    })
    const role = (firm: string) => ({ holder: 'p', firm, kind: 'controller', from: '2020-01-01' })
    const both = (face: number, roles: readonly object[]) =>
      rule([], { roles, vouchers: [voucher('A', face), voucher('B', face)] })
    expect(both(3e7, [role('A'), role('B')])).toEqual(['group_over_cap'])
    expect(both(2.5e7, [role('A'), role('B')])).toEqual([])
    expect(both(3e7, [role('A')])).toEqual([])
  })
})

describe('D11 duplicates', () => {
  const invoice = { number: '1', issuedOn: '2024-05-01', amountFen: 5, seller: 'P', buyer: 'A' }
  for (const column of ['number', 'issuedOn', 'amountFen', 'seller'])
    example(`an invoice that differs in ${column} is another`, () => {
      const other = {
        ...invoice,
        [column]: column === 'amountFen' ? 6 : column === 'issuedOn' ? '2024-05-02' : 'x',
      }
      expect(codes('D11a', { invoices: [invoice, { ...invoice, city: 'x' }] } as Rows)).toEqual([
        'same_invoice',
      ])
      expect(codes('D11a', { invoices: [invoice, other] } as Rows)).toEqual([])
      const shared = ['c', 'd'].map((contract) => ({ ...invoice, contract }))
      expect(codes('D11a', { invoices: shared } as Rows)).toEqual(['one_invoice_for_several_contracts'])
    })
  const text = Array.from({ length: 90 }, (_, n) => String.fromCodePoint(0x4e00 + ((n * 7919) % 9000))).join(
    '',
  )
  const rule = (more: object) =>
    codes('D11b', {
      contracts: [
        { ...deal, text },
        { ...deal, id: 'd', text, ...more },
      ],
    } as Rows)
  example('a contract handed in twice, with the same parties, period or amount', () => {
    expect(rule({})).toEqual(['alike_contracts'])
    expect(rule({ applicant: 'X' })).toEqual(['alike_contracts'])
    expect(rule({ applicant: 'X', amountFen: 1, startsOn: '2024-03-05' })).toEqual([])
    expect(rule({ startsOn: '2024-06-01', endsOn: '2024-09-01' })).toEqual([])
    expect(rule({ text: `${text.slice(0, 60)}${text.slice(0, 30).split('').reverse().join('')}` })).toEqual(
      [],
    )
  })
  example('pictures within six bits, of different firms', () => {
    const picture = (application: string, dhash: string) => ({ application, dhash })
    const applications = [
      { id: 'x', firm: 'A' },
      { id: 'y', firm: 'B' },
    ]
    const pictures = (other: string, owner = 'y') =>
      codes('D11c', {
        applications,
        documents: [picture('x', '0123456789abcdef'), picture(owner, other)],
      } as Rows)
    expect(pictures('0123456789abcdd0')).toEqual(['alike_pictures'])
    expect(pictures('0123456789abc010')).toEqual([])
    expect(pictures('0123456789abcdef', 'x')).toEqual([])
  })
})

describe('D12 double dipping', () => {
  const grant = {
    firm: 'A',
    programme: 'other',
    contractNumber: 'n',
    provider: 'Z',
    startsOn: '2025-01-01',
    endsOn: '2025-02-01',
    rate: 0.3,
  }
  const rule = (more: object, programme: object = { stackingBarred: true }, others: object = {}) =>
    codes('D12', {
      contracts: [{ ...deal, number: 'n' }],
      ...others,
      grants: [{ ...grant, ...more }],
      programmes: [{ id: 'g', maximumRate: 0.3, ...programme }],
    } as Rows)
  example('the same contract, or the same provider over the same days, elsewhere', () => {
    expect(rule({})).toEqual(['stacking_barred'])
    expect(rule({ contractNumber: 'm' })).toEqual([])
    expect(
      rule({ contractNumber: 'm', provider: 'P', startsOn: '2024-05-01', endsOn: '2024-08-01' }),
    ).toEqual(['same_provider_and_days'])
    expect(
      rule({ contractNumber: 'm', provider: 'P', startsOn: '2024-06-01', endsOn: '2024-08-01' }),
    ).toEqual([])
    expect(rule({ programme: 'g' })).toEqual([])
  })
  example('where stacking is allowed the rates together count', () => {
    const paid = { redemptions: [{ contract: 'c', expenseFen: 100, subsidyFen: 25 }] }
    expect(rule({}, { totalRateLimit: 0.5 }, paid)).toEqual(['rate_exceeded'])
    expect(rule({}, { totalRateLimit: 0.55 }, paid)).toEqual([])
    expect(rule({}, { totalRateLimit: 0.5 })).toEqual(['rate_may_be_exceeded'])
    expect(rule({}, { totalRateLimit: 0.6 })).toEqual([])
  })
})

describe('D13 four-way match', () => {
  const base = {
    contracts: [deal],
    usage: [{ contract: 'c', cardHours: 100_000 }],
    invoices: [{ id: 'i', contract: 'c', amountFen: 1e8, issuedOn: '2024-06-02' }],
    payments: [pay('A', 'P', 0, 0.7e8)],
    redemptions: [
      { contract: 'c', redeemer: 'A', redeemedOn: '2024-06-10', expenseFen: 1e8, subsidyFen: 3e7 },
    ],
    accounts,
    firms: [A, P],
  }
  const rule = (more: object) => codes('D13', { ...base, ...more } as Rows)
  example('what fits is not named', () => expect(rule({})).toEqual([]))
  example('each leg by itself', () => {
    expect(rule({ usage: [{ contract: 'c', cardHours: 97_000 }] })).toEqual(['invoiced_above_metered'])
    expect(rule({ usage: [{ contract: 'c', cardHours: 98_500 }] })).toEqual([])
    expect(rule({ usage: [{ contract: 'c', cardHours: 103_000 }] })).toEqual(['metered_differs'])
    expect(rule({ usage: [] })).toEqual(['not_metered'])
    expect(rule({ payments: [pay('A', 'P', 0, 0.68e8)] })).toEqual(['paid_less'])
    expect(rule({ payments: [pay('B', 'P', 0, 0.7e8)] })).toEqual(['paid_by_another'])
    expect(rule({ payments: [pay('A', 'P', 7, 0.7e8)] })).toEqual(['paid_after'])
  })
  example('an invoice taken back within 90 days after, and not later', () => {
    const red = (issuedOn: string) => [
      ...base.invoices,
      { id: 'r', contract: 'c', amountFen: -1e8, redLetterOf: 'i', issuedOn },
    ]
    expect(rule({ invoices: red('2024-08-01') })).toEqual(['taken_back'])
    expect(rule({ invoices: red('2024-09-09') })).toEqual([])
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
