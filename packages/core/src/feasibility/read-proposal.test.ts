import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changed, numbersOf, type Changes } from '../../fixtures/feasibility/changed.ts'
import { checkProposal, readProposal, reviewFeasibility } from './index.ts'

function fixtureText(name: string): string {
  return readFileSync(new URL(`../../fixtures/feasibility/${name}.yaml`, import.meta.url), 'utf8')
}

function refusal(changes: Changes): unknown {
  const answer = checkProposal(changed(fixtureText('zhongbei-960p'), changes))
  return answer.ok ? 'accepted' : answer.refusal
}

describe('reading a proposal', () => {
  it.each(['donge-1', 'donge-2', 'runze-2', 'runze-3', 'zhongbei-960p'])('accepts %s', (name) => {
    expect(readProposal(fixtureText(name)).ok).toBe(true)
  })

  it('takes what is left out for unknown, as if it said so', () => {
    const silent = checkProposal(changed(fixtureText('zhongbei-960p'), { 'energy.pue': undefined }))
    const said = checkProposal(changed(fixtureText('zhongbei-960p'), { 'energy.pue': 'unknown' }))
    expect(silent).toEqual(said)
    expect(silent.ok && silent.value.energy.pue).toBeNull()
  })

  it('says where the YAML breaks', () => {
    expect(readProposal('schema: feasibility/v1\nid: [')).toMatchObject({
      ok: false,
      refusal: { code: 'feasibility.not_yaml', params: { line: 2 } },
    })
    expect(readProposal('a: 1\na: 2').ok).toBe(false)
    expect(readProposal(' '.repeat(1_000_001))).toMatchObject({
      ok: false,
      refusal: { code: 'feasibility.too_long' },
    })
  })

  it('does not unfold a nest of aliases', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]']
    for (let level = 1; level < 9; level++) {
      const [name, inner] = [String.fromCharCode(97 + level), String.fromCharCode(96 + level)]
      bomb.push(`${name}: &${name} [${Array.from({ length: 9 }, () => `*${inner}`).join(', ')}]`)
    }
    expect(readProposal(bomb.join('\n')).ok).toBe(false)
  })

  it.each([
    [{ 'capex.total.value': '15亿吨' }, 'capex.total.value', 'money.not_a_number'],
    [{ 'capex.total.value': '-1元' }, 'capex.total.value', 'negative'],
    [{ 'capex.totals': 1 }, 'capex.totals', 'unrecognized_keys'],
    [{ 'compute.claimedPetaflops.value': -70 }, 'compute.claimedPetaflops.value', 'too_small'],
    [{ 'compute.claimedPetaflops.value': Infinity }, 'compute.claimedPetaflops.value', 'invalid_type'],
    [{ 'compute.claimedPetaflops.value': NaN }, 'compute.claimedPetaflops.value', 'invalid_type'],
    [{ 'compute.chips.value.0.count': 1.5 }, 'compute.chips.value[0].count', 'invalid_type'],
    [{ 'energy.pue.value': 0.9 }, 'energy.pue.value', 'too_small'],
    [{ 'demand.offtake.value.0.share': 1.1 }, 'demand.offtake.value[0].share', 'too_big'],
    [{ submittedOn: '2026-02-30' }, 'submittedOn', 'not_a_day'],
    [{ 'energy.pue.source': undefined }, 'energy.pue.source', 'invalid_type'],
  ])('refuses %j at its path', (changes, path, problem) => {
    expect(refusal(changes)).toMatchObject({
      code: 'feasibility.invalid',
      params: { path, problem, count: 1 },
    })
  })

  it('names every mistake at once, with its line and what would be right', () => {
    const text = fixtureText('zhongbei-960p')
      .replace('pue: { value: 1.3', 'pue: { value: 0.3')
      .replace('kind: bank_loan', 'kind: gift')
      .replace('lifeYears:', 'lifeYear:')
    const answer = readProposal(text)
    if (answer.ok) throw new Error('it has three mistakes')
    const line = (part: string): number => text.split('\n').findIndex((each) => each.includes(part)) + 1
    expect(answer.refusal.params['mistakes']).toEqual([
      `L${line('pue: { value: 0.3')} energy.pue.value: too_small >= 1`,
      `L${line('kind: gift')} funding.parts.value[1].kind: invalid_value → own_equity | bank_loan | budget | special_bond | platform_debt`,
      `L${line('lifeYear:')} lifeYear: unrecognized_keys`,
    ])
  })

  it.each(['15亿元', '15亿', '1500000000', '1,500,000,000元', '1.5e9', 1.5e9, '１５亿元', '150000万'])(
    'reads %s as the same money',
    (value) => {
      const answer = checkProposal(changed(fixtureText('zhongbei-960p'), { 'capex.total.value': value }))
      expect(answer.ok && answer.value.capex.total!.value).toBe(150_000_000_000n)
    },
  )

  it.each(['id,name\n1,"a: b', 'name\tP\nx\t70', 'only words', '- a\n- b', ''])(
    'says that %j is no proposal',
    (text) => {
      expect(readProposal(text)).toMatchObject({
        ok: false,
        refusal: {
          code: 'feasibility.not_a_proposal',
          params: { firstLine: text.split('\n')[0]!.replace(/\t/g, '') },
        },
      })
    },
  )

  it('refuses a fact whose source is not in the list', () => {
    expect(refusal({ 'energy.pue.source': 'hearsay' })).toEqual({
      code: 'feasibility.unknown_source',
      params: { path: 'energy.pue', source: 'hearsay' },
    })
    expect(refusal({ 'energy.pue.source': 'constructor' })).toMatchObject({
      code: 'feasibility.unknown_source',
    })
  })

  const contract = {
    buyer: 'x',
    signed: true,
    takeOrPay: true,
    affiliated: false,
    share: 0.6,
    perYear: '1元',
  }
  const twice = [
    { ...contract, fromYear: 1, toYear: 3 },
    { ...contract, fromYear: 3, toYear: 4 },
  ]
  it('accepts contracts that follow each other', () => {
    const inTurn = [
      { ...contract, fromYear: 1, toYear: 2 },
      { ...contract, fromYear: 3, toYear: 4 },
    ]
    expect(refusal({ 'demand.offtake.value': inTurn })).toBe('accepted')
  })

  it.each([
    [
      { 'demand.offtake.value.0.toYear': 1, 'demand.offtake.value.0.fromYear': 2 },
      'feasibility.contract_years',
    ],
    [{ 'demand.offtake.value': twice }, 'feasibility.oversold'],
    [{ 'funding.parts.value': [{ kind: 'own_equity', from: 0.2, to: 0.9 }] }, 'feasibility.funding_shares'],
    [{ 'funding.parts.value': [{ kind: 'own_equity', from: 1, to: 0.9 }] }, 'feasibility.funding_shares'],
    [{ 'funding.graceYears': { value: 3, source: 'word' } }, 'feasibility.grace_exceeds_loan'],
    [
      {
        'fiscal.narrowRatio': { value: 2, source: 'word' },
        'fiscal.broadRatio': { value: 1, source: 'word' },
      },
      'feasibility.ratios',
    ],
  ])('refuses figures that cannot all be true: %j', (changes, code) => {
    expect(refusal(changes)).toMatchObject({ code })
  })
})

describe('any proposal that is accepted', () => {
  const fact = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<unknown> =>
    fc.oneof(fc.constant('unknown'), fc.record({ value, source: fc.constantFrom('word', 'arithmetic') }))
  const number = (min: number, max: number): fc.Arbitrary<unknown> =>
    fact(fc.double({ min, max, noNaN: true }))
  const changes = fc.record(
    {
      'compute.claimedPetaflops': number(1e-9, 1e7),
      'compute.reading': fact(fc.constantFrom('dense_fp16', 'sparse_fp16', 'fp64')),
      'compute.chips': fact(
        fc.array(
          fc.record({
            model: fc.constantFrom('H800', 'H20', 'P800', 'nothing'),
            count: fc.integer({ min: 1, max: 1e7 }),
          }),
          {
            minLength: 1,
            maxLength: 3,
          },
        ),
      ),
      'capex.total': fact(fc.constantFrom('0元', '1分', '15亿元', '9000000亿元')),
      'demand.marketRentPerPetaflopYear': fact(fc.constantFrom('0元', '1元', '900000000亿元')),
      'demand.offtake.value.0.share': fc.double({ min: 0, max: 1, noNaN: true }),
      'demand.offtake.value.0.perYear': fc.constantFrom('0元', '90000亿元'),
      'energy.pue': number(1, 4),
      'energy.yuanPerKwh': number(0, 10),
      'energy.fullItKw': number(0.1, 1e8),
      'funding.loanRate': number(0, 0.5),
      'funding.loanYears': fact(fc.integer({ min: 1, max: 40 })),
      lifeYears: fact(fc.integer({ min: 1, max: 30 })),
      'fiscal.revenue': fact(fc.constantFrom('0元', '1分', '15.8亿元')),
      'fiscal.governmentDebt': fact(fc.constantFrom('0元', '56.97亿元')),
      'fiscal.narrowRatio': fact(fc.double({ min: 1e-6, max: 1, noNaN: true })),
      'fiscal.broadRatio': number(1, 100),
    },
    { requiredKeys: [] },
  )

  it('is reviewed without a crash and without a number that is not finite', () => {
    fc.assert(
      fc.property(changes, (each) => {
        const proposal = checkProposal(changed(fixtureText('zhongbei-960p'), each))
        fc.pre(proposal.ok)
        if (!proposal.ok) return
        const answer = reviewFeasibility(proposal.value, { paths: 20, seed: 1 })
        expect(answer.ok).toBe(true)
        expect(numbersOf(answer).filter((each) => !Number.isFinite(each))).toEqual([])
      }),
      { numRuns: 100 },
    )
  })
})
