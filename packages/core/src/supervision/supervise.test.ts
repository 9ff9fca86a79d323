// One run: what is not evaluable, scores and bands, evidence that replays bit for bit, back-tests, calibration, the random
// audit, and worlds read and written.
import { createHash } from 'node:crypto'

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { seededRandom } from '../index.ts'
import {
  backTest,
  bandOf,
  blankRow,
  calibratedWeights,
  danglingOf,
  detectors,
  drawAudit,
  fileOf,
  indexWorld,
  isotonic,
  lossRate,
  noisyOr,
  qualityOf,
  readTable,
  readWorld,
  replay,
  supervise,
  tableNames,
  tables,
  writeTable,
  type Finding,
  type World,
} from './index.ts'

const hash = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()
const world: World = {
  invoices: ['a', 'b'].map((id) =>
    blankRow('invoices', {
      id,
      number: '7',
      seller: 'P',
      buyer: 'A',
      amountFen: 5,
      city: id,
      issuedOn: '2024-05-01',
    }),
  ),
}

describe('a run', () => {
  test('a detector without its source is not evaluable and names it, never clear', () => {
    const report = supervise({}, { hash })
    expect(report.standings.every(({ status }) => status === 'not_evaluable')).toBe(true)
    expect(report.standings).toHaveLength(detectors.length)
    expect(supervise(world, { hash }).standings.find(({ detector }) => detector === 'D11a')).toEqual({
      detector: 'D11a',
      status: 'evaluated',
      examined: 2,
      empty: [],
      findings: 1,
      undecided: {},
    })
  })
  test('a finding carries version, parameters and the hash of every row', () => {
    const [finding] = supervise(world, { hash }).findings as [Finding]
    expect(finding).toMatchObject({
      detector: 'D11a',
      version: 2,
      parameters: {},
      decisive: true,
      severity: 1,
    })
    expect(finding.clauses[0]!.rows.map((row) => row.hash)).toEqual(
      finding.clauses[0]!.rows.map(() => expect.stringMatching(/^[0-9a-f]{64}$/)),
    )
  })
  test('a table of headers only examines nothing, and an unknown weight or parameter is a broken call', () => {
    const hollow = supervise({ invoices: [] }, { hash }).standings
    expect(hollow.find(({ detector }) => detector === 'D11a')).toMatchObject({
      examined: 0,
      empty: ['invoices'],
    })
    for (const wrong of [
      { weights: { D01: NaN } },
      { weights: { D99: 0.5 } },
      { parameters: { D05: { mostHopz: 3 } } },
      { parameters: { D05: { mostHops: NaN } } },
    ])
      expect(() => supervise(world, { hash, ...wrong })).toThrow()
  })
  test('ids that point nowhere are counted by their column', () => {
    const paid = blankRow('payments', { id: 'p', fromAccount: 'known', toAccount: 'zzz' })
    const accounts = [blankRow('accounts', { id: 'known', holder: 'gone' })]
    const index = indexWorld({ payments: [paid], accounts, firms: [], persons: [] })
    expect(danglingOf(index)).toEqual([
      { table: 'accounts', column: 'holder', to: ['firms', 'persons'], rows: 1, ids: 1, example: 'gone' },
      { table: 'payments', column: 'toAccount', to: ['accounts'], rows: 1, ids: 1, example: 'zzz' },
    ])
  })
  test('since leaves out what is older', () => {
    expect(supervise(world, { hash, since: '2024-05-01' }).findings).toHaveLength(1)
    expect(supervise(world, { hash, since: '2024-05-02' }).findings).toEqual([])
  })
  test('twice gives the same, and the order of ids does not matter', () => {
    expect(supervise(world, { hash })).toEqual(supervise(world, { hash }))
  })
  test('no detector needs a table that does not exist, and every weight is a chance', () => {
    for (const { needs, weight, version } of detectors) {
      expect(needs.filter((table) => !tableNames.includes(table))).toEqual([])
      expect([weight > 0 && weight < 1, version >= 1]).toEqual([true, true])
    }
  })
})

test('scores: a noisy-or that never leaves [0, 1] and grows with every signal; bands at their limits', () => {
  expect(noisyOr([0.5, 0.5])).toBe(0.75)
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true })),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (signals, one) => {
        const [before, after] = [noisyOr(signals), noisyOr([...signals, one])]
        expect(before >= 0 && after <= 1 && after >= before - 1e-12).toBe(true)
      },
    ),
  )
  expect([0.29, 0.3, 0.6, 0.61, 0.85, 0.86].map(bandOf)).toEqual([
    'none',
    'watch',
    'watch',
    'review',
    'review',
    'hold',
  ])
})

describe('replay', () => {
  const { findings } = supervise(world, { hash })
  test('every finding comes back bit for bit from the stored rows', () => {
    expect(replay(world, findings, hash)).toEqual({ replayed: 1, faults: [] })
  })
  test('a changed row, another version and a vanished reason are named', () => {
    const changed = { invoices: world.invoices!.map((row) => ({ ...row, city: 'z' })) }
    expect(replay(changed, findings, hash).faults).toEqual([
      { finding: findings[0]!.id, fault: 'rows_changed' },
    ])
    expect(replay({ invoices: [] }, findings, hash).faults[0]!.fault).toBe('not_found_again')
    expect(replay(world, [{ ...findings[0]!, version: 9 }], hash).faults[0]!.fault).toBe('other_version')
    expect(replay(world, [{ ...findings[0]!, detector: 'D99' }], hash).faults[0]!.fault).toBe(
      'unknown_detector',
    )
  })
})

describe('calibration', () => {
  test('isotonic regression pools what goes down', () => {
    const outcomes = [0.1, 0.2, 0.3, 0.4].map((score, n) => ({
      score,
      fraud: [false, true, false, true][n]!,
      weight: 1,
    }))
    expect(isotonic(outcomes).map(({ from, chance }) => [from, chance])).toEqual([
      [0.1, 0],
      [0.2, 0.5],
      [0.4, 1],
    ])
  })
  test('a detector whose findings were clean loses its weight, one with few audits keeps its prior', () => {
    const audited: World = {
      vouchers: Array.from({ length: 40 }, (_, n) => blankRow('vouchers', { id: `v${n}`, firm: `f${n}` })),
      audits: Array.from({ length: 40 }, (_, n) =>
        blankRow('audits', {
          id: `a${n}`,
          voucher: `v${n}`,
          probability: 0.1,
          random: true,
          outcome: n % 4 === 0 ? 'fraud' : 'clean',
        }),
      ),
    }
    const finding = supervise(world, { hash }).findings[0]!
    const findings = Array.from({ length: 40 }, (_, n) => ({
      ...finding,
      detector: n < 35 ? 'D04' : 'D05',
      firms: [`f${n}`],
    }))
    expect(calibratedWeights(indexWorld(audited), findings)).toEqual({ D04: 9 / 35 })
  })
  test('a back-test says what a parameter would have changed', () => {
    const contracts = [1, 2].map((n) =>
      blankRow('contracts', { id: `c${n}`, applicant: `f${n}`, provider: 'P' }),
    )
    const roles = [0.3, 0.25].map((share, n) =>
      blankRow('roles', {
        id: `r${n}`,
        holder: `f${n + 1}`,
        firm: 'P',
        kind: 'shareholder',
        share,
        from: '2020-01-01',
      }),
    )
    const tried = backTest(
      { contracts, roles, firms: [] },
      { detector: 'D01', parameters: { leastShare: 0.28 } },
      hash,
    )
    expect([tried.appeared, tried.disappeared]).toEqual([[], ['contracts/c2']])
  })
})

describe('random audit', () => {
  const city: World = {
    firms: Array.from({ length: 500 }, (_, n) =>
      blankRow('firms', {
        id: `f${n}`,
        insuredStaff: n % 150,
        registeredOn: n % 3 === 0 ? '2024-01-01' : '2010-01-01',
      }),
    ),
    vouchers: Array.from({ length: 500 }, (_, n) =>
      blankRow('vouchers', { id: `v${n}`, firm: `f${n}`, issuedOn: '2024-05-01' }),
    ),
  }
  test('draws at least a hundred, each once, from every stratum, with its probability, the same again for the same draw', () => {
    const draws = drawAudit(indexWorld(city), seededRandom('lottery'))
    expect(draws.length).toBeGreaterThanOrEqual(98)
    expect(new Set(draws.map(({ voucher }) => voucher)).size).toBe(draws.length)
    expect(new Set(draws.map(({ stratum }) => stratum)).size).toBe(6)
    expect(draws.every(({ probability }) => probability > 0.1 && probability <= 1)).toBe(true)
    expect(drawAudit(indexWorld(city), seededRandom('lottery'))).toEqual(draws)
  })
  test('estimates the loss with its interval from random audits only, and each detector by inverse probability', () => {
    const audit = (n: number, outcome: string, random: boolean, probability: number) =>
      blankRow('audits', { id: `a${n}`, voucher: `v${n}`, outcome, random, probability })
    const audits = [
      audit(1, 'fraud', true, 0.1),
      audit(2, 'clean', true, 0.1),
      audit(3, 'error', true, 0.1),
      audit(4, 'clean', true, 0.1),
      audit(5, 'fraud', false, 1),
    ]
    const index = indexWorld({ ...city, audits })
    expect(lossRate(index)).toMatchObject({ audited: 4, fraud: 1, error: 1, rate: 0.5 })
    expect(lossRate(indexWorld(city))).toBeUndefined()
    expect(qualityOf(index, new Set(['f5', 'f2']))).toEqual({ audited: 5, precision: 1 / 11, recall: 1 / 11 })
    expect(qualityOf(index, new Set()).precision).toBeUndefined()
  })
})

describe('D03 and D25', () => {
  const firms = Array.from({ length: 120 }, (_, n) =>
    blankRow('firms', {
      id: `f${n}`,
      name: `${String.fromCodePoint(0x4e00 + 31 * n, 0x5000 + 37 * n)}示例有限公司`,
      addressHash: `a${n}`,
      insuredStaff: 20 + (n % 5),
      registeredOn: '2015-01-01',
    }),
  )
  const contacts = firms.map(({ id }, n) =>
    blankRow('contacts', { id: `c${n}`, firm: id, kind: 'phone', valueHash: `p${n}` }),
  )
  const roles = firms.map(({ id }, n) =>
    blankRow('roles', { id: `r${n}`, firm: id, holder: `h${n}`, kind: 'legal_representative' }),
  )
  const applications = firms.map(({ id }, n) => blankRow('applications', { id: `a${n}`, firm: id }))
  const run = (id: string, rows: World): readonly Finding[] =>
    supervise(rows, { hash, detectors: detectors.filter((one) => one.id === id) }).findings
  test('one firm under two registrations is found by what it shares, and neighbours are not', () => {
    const twin = (change: object): World => ({
      firms: firms.with(1, { ...firms[0]!, id: 'f1', ...change }),
      contacts: contacts.with(1, { ...contacts[0]!, id: 'c1', firm: 'f1' }),
      roles: roles.with(1, { ...roles[0]!, id: 'r1', firm: 'f1' }),
      applications,
    })
    expect(run('D03', twin({})).map((finding) => finding.firms)).toEqual([['f0', 'f1']])
    expect(run('D03', { ...twin({}), roles })).toEqual([])
    expect(run('D03', { firms, contacts, roles, applications })).toEqual([])
  })
  test('a firm unlike all others leads the list, with its features', () => {
    const contracts = firms.map(({ id }, n) =>
      blankRow('contracts', {
        id: `k${n}`,
        applicant: id,
        provider: `P${n % 7}`,
        amountFen: 1e7 + 1e5 * (n % 9),
        cardHours: 1000 + (n % 11),
      }),
    )
    const odd = contracts.with(0, { ...contracts[0]!, amountFen: 9e9, cardHours: 2, excludedFen: 4e9 })
    expect(run('D25', { firms, applications, contracts: odd })[0]!.firms).toEqual(['f0'])
    expect(run('D25', { firms: firms.slice(0, 40), applications, contracts: odd.slice(0, 40) })).toEqual([])
  })
})

describe('a world in files', () => {
  test('what is written is read again, whatever stands in a text', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ text: fc.string({ minLength: 1 }), amount: fc.maxSafeInteger(), known: fc.boolean() }),
        ),
        (made) => {
          const rows = made.map(({ text, amount, known }, n) =>
            blankRow('contracts', {
              id: `c${n}`,
              number: text,
              applicant: 'ü,"算\n券"',
              provider: 'P',
              sku: 's',
              chip: 'x',
              mode: 'm',
              region: 'r',
              amountFen: amount,
              text: known ? text : null,
              source: 's',
            }),
          )
          expect(readTable('contracts', writeTable('contracts', rows))).toEqual({ ok: true, value: rows })
        },
      ),
    )
  })
  const head = Object.keys(tables.sanctions).join(',')
  test.each([
    ['a missing column', 'id,firm\n1,2\n', 'supervision.column_missing'],
    ['an empty file', '', 'supervision.column_missing'],
    ['a day that is none', `${head}\n1,A,x,2024-02-30,s,2024-01-01\n`, 'supervision.value_invalid'],
    ['a text that must be known', `${head}\n1,,x,2024-02-03,s,2024-01-01\n`, 'supervision.value_invalid'],
    ['a row cut short', `${head}\n1,A,x\n`, 'supervision.value_invalid'],
    [
      'an id twice',
      `${head}\n1,A,x,2024-02-03,s,2024-01-01\n1,B,x,2024-02-03,s,2024-01-01\n`,
      'supervision.id_repeated',
    ],
    ['a quote that never ends', `${head}\n"1,A,x,2024-02-03,s,2024-01-01\n`, 'supervision.csv_malformed'],
  ])('%s is refused with its place', (_, text, code) => {
    expect(readTable('sanctions', text)).toMatchObject({
      ok: false,
      refusal: { code, params: { table: 'sanctions' } },
    })
  })
  test('numbers are finite and whole where they must be', () => {
    const row = (amount: string) =>
      writeTable('grants', [
        blankRow('grants', {
          id: '1',
          firm: 'A',
          programme: 'p',
          contractNumber: 'n',
          provider: 'P',
          source: 's',
        }),
      ]).replace(',0,s,', `,${amount},s,`)
    expect(readTable('grants', row('0.3')).ok).toBe(true)
    for (const amount of ['1e999', 'NaN', 'Infinity', '0x10', ' 1', ''])
      expect(readTable('grants', row(amount)).ok).toBe(false)
  })
  test('a table that is not there stays absent, an empty one is known, no table at all is refused', () => {
    const read = readWorld((file) => (file === fileOf('sanctions') ? `${head}\n` : undefined))
    expect(read).toMatchObject({ ok: true, value: { sanctions: { size: 0 } } })
    expect(read.ok && Object.keys(read.value)).toEqual(['sanctions'])
    expect(readWorld(() => undefined)).toMatchObject({
      ok: false,
      refusal: { code: 'supervision.no_tables' },
    })
  })
})
