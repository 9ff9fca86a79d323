// Taking back and putting right over the routes, in every way: two people, the firm heard between them, the books whole
// after each act, and nothing left of a decision that did not stand.
import type { AnswerOf, BodyOf, Client, Routes } from '@suanquan/api'
import {
  payUnverified,
  applied,
  enrolled,
  faultsIn,
  granted,
  must,
  signIn,
  testAfterUse,
  testCity,
  testDeduction,
  testFirm,
} from '@suanquan/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'

const city = await testCity({ poolFen: 3_000_000_000n })
afterAll(() => city.stop())
const { adoptionId, firm } = city
const [clerk, reviewer, finance, finance2] = [
  city.as('clerk'),
  city.as('reviewer'),
  city.as('finance'),
  city.as('finance2'),
] as const
let second: Client
let papers: Awaited<ReturnType<typeof testFirm>>

beforeAll(async () => {
  await enrolled(city, 'reviewer9', { role: 'reviewer', district: '990101', organisationCreditCode: null })
  second = await signIn(city.server.url, 'reviewer9')
  papers = await testFirm(city)
})

afterEach(async () => {
  expect(await faultsIn(city.store.database)).toEqual([])
})

type Claim = AnswerOf<Routes['readClaim']>
let series = 1

interface Supported {
  readonly applicationId: string
  readonly voucherId: string | null
  readonly claim: Claim
}

async function approveClaim(claim: Claim, amountFen = claim.payableFen): Promise<Claim> {
  const body = { decision: 'approve' as const, amountFen, reason: '四项相符' }
  return must(await reviewer.decideClaim({ params: { id: claim.id }, body }))
}

async function pay(claim: Claim): Promise<Claim> {
  const body = { adoptionId: claim.adoptionId, claimIds: [claim.id] }
  await payUnverified(city, body.claimIds)
  const batch = must(await finance.prepareDisbursement({ body }))
  const params = { id: batch.id }
  must(await finance2.approveDisbursement({ params, body: { fileSha256: batch.fileSha256 } }))
  const { today } = must(await city.anybody.readSite())
  const answer = { bankReference: `PAY-${series++}`, paidOn: today, returned: [] }
  must(await finance.confirmDisbursement({ params, body: answer }))
  return must(await reviewer.readClaim({ params: { id: claim.id } }))
}

/** W1: a voucher of 100,000 yuan and a claim on ten hours, approved and paid. */
async function claimed(number: string): Promise<Supported> {
  city.setDay('2024-05-08')
  const contract = { number, account: number.toLowerCase() }
  const application = await granted(city, await applied(city, 'clerk', firm, contract), '10000000')
  await papers.use(number, '2024-05-21', 10)
  city.setDay('2024-06-10')
  const period = { voucherId: application.voucherId!, from: '2024-05-10', to: '2024-05-31', on: '2024-06-03' }
  const body = papers.claim({ ...period, fen: 80_000n, series: series++ })
  const claim = await approveClaim(must(await clerk.submitClaim({ body })))
  return { applicationId: application.id, voucherId: application.voucherId, claim: await pay(claim) }
}

type Proposal = BodyOf<Routes['proposeClawback']>

function proposal({ applicationId, voucherId, claim }: Supported, more: Partial<Proposal> = {}): Proposal {
  return {
    applicationId,
    basis: 'fraud',
    finding: '核查发现申报的训练任务并未运行，用量记录系虚构',
    clause: '《财政违法行为处罚处分条例》第十四条',
    evidence: ['计量记录与电力记录不符'],
    revokes: voucherId !== null,
    lines: [{ claimId: claim.id, amountFen: claim.approvedFen! }],
    answerBy: '2026-12-31',
    ...more,
  }
}

const UPHELD = { decision: 'uphold' as const, fineFen: null, dueOn: '2026-12-31', reason: '事实清楚' }

/** Proposed, answered and upheld. */
async function demanded(supported: Supported, more: Partial<Proposal> = {}) {
  const { id } = must(await reviewer.proposeClawback({ body: proposal(supported, more) }))
  must(await clerk.answerClawback({ params: { id }, body: { statement: '用量属实，请复核' } }))
  return must(await second.decideClawback({ params: { id }, body: UPHELD }))
}

const poolOf = async (id: string) => {
  const { leftFen, reservedFen, paidFen } = must(await finance.readPool({ params: { id } }))
  return { leftFen, reservedFen, paidFen }
}

describe('a revocation and clawback', () => {
  test('is proposed, heard, decided by another person, recovered, set off and written off', async () => {
    const supported = await claimed('HT-C1')
    const paidFen = BigInt(supported.claim.approvedFen!)
    const before = must(await reviewer.readRecoverable({ params: { id: supported.applicationId } }))
    expect(before).toMatchObject({ claims: [{ leftFen: paidFen.toString() }], open: [], running: null })
    const pool = await poolOf(adoptionId)
    const proposed = must(await reviewer.proposeClawback({ body: proposal(supported) }))
    const params = { id: proposed.id }
    expect(proposed).toMatchObject({ state: 'hearing', proposedFen: paidFen.toString(), leftFen: '0' })
    expect(proposed.fineRange).toEqual({
      leastFen: (paidFen / 10n).toString(),
      mostFen: (paidFen / 2n).toString(),
    })
    expect(await second.decideClawback({ params, body: UPHELD })).toMatchObject({
      problem: { code: 'clawback.transition_not_allowed', params: { state: 'hearing' } },
    })
    const told = must(await clerk.listMessages({})).items.find(({ aboutId }) => aboutId === proposed.id)
    expect(told).toMatchObject({ kind: 'clawback_hearing', deadlineOn: '2026-12-31' })
    must(await clerk.answerClawback({ params, body: { statement: '用量属实，请复核' } }))
    expect(await reviewer.decideClawback({ params, body: UPHELD })).toMatchObject({
      problem: { code: 'clawback.own_proposal' },
    })
    const fined = { ...UPHELD, fineFen: paidFen.toString() }
    expect(await second.decideClawback({ params, body: fined })).toMatchObject({
      problem: { code: 'clawback.fine_outside_range' },
    })
    const decided = must(await second.decideClawback({ params, body: UPHELD }))
    expect(decided).toMatchObject({
      state: 'owed',
      owedFen: paidFen.toString(),
      leftFen: paidFen.toString(),
      revokedFen: before.usableFen,
      statement: '用量属实，请复核',
    })
    expect((await poolOf(adoptionId)).leftFen).toBe(
      (BigInt(pool.leftFen) + BigInt(before.usableFen)).toString(),
    )
    const voucher = must(await clerk.readVoucher({ params: { id: supported.voucherId! } }))
    expect(voucher).toMatchObject({ state: 'revoked', usableFen: '0', returnedFen: before.usableFen })
    const again = papers.claim({
      voucherId: voucher.id,
      from: '2024-06-01',
      to: '2024-06-05',
      on: '2024-06-06',
      fen: 80_000n,
      series: series++,
    })
    expect(await clerk.submitClaim({ body: again })).toMatchObject({
      problem: { code: 'claim.voucher_revoked' },
    })

    const third = (paidFen / 3n).toString()
    const bank = { kind: 'bank' as const, amountFen: third, reference: 'R-1', receivedOn: '2024-06-10' }
    expect(must(await finance.recordRecovery({ params, body: bank })).recoveredFen).toBe(third)
    expect(await finance.recordRecovery({ params, body: bank })).toMatchObject({
      problem: { code: 'clawback.reference_used' },
    })
    const leftFen = (paidFen - paidFen / 3n).toString()
    const plan = (amounts: readonly string[]) =>
      finance.planInstalments({
        params,
        body: {
          instalments: amounts.map((amountFen, index) => ({ dueOn: `2024-0${7 + index}-01`, amountFen })),
        },
      })
    expect(await plan([third])).toMatchObject({ problem: { code: 'clawback.instalments_differ' } })
    const rest = (BigInt(leftFen) - 100n).toString()
    expect(must(await plan(['100', rest])).dueOn).toBe('2024-07-01')
    city.setDay('2024-07-03')
    await city.tick()
    const due = must(await clerk.listMessages({})).items.find(({ kind }) => kind === 'clawback_due')
    expect(due).toMatchObject({ aboutId: proposed.id, deadlineOn: '2024-07-01' })
    expect(must(await clerk.readClawback({ params })).overdue).toBe(true)

    const other = await claimedOnly('HT-C2')
    const set = { kind: 'set_off' as const, claimId: other.id, amountFen: '100' }
    const afterSetOff = must(await finance.recordRecovery({ params, body: set }))
    expect(afterSetOff).toMatchObject({ overdue: false, leftFen: rest })
    expect((await pay(other)).state).toBe('paid')

    must(await finance.proposeWriteOff({ params, body: { reason: '企业已注销，无可执行财产' } }))
    const yes = { approve: true, reason: '证据充分' }
    expect(await finance.decideWriteOff({ params, body: yes })).toMatchObject({
      problem: { code: 'clawback.own_proposal' },
    })
    expect(must(await finance2.decideWriteOff({ params, body: yes }))).toMatchObject({
      state: 'settled',
      leftFen: '0',
    })
  })

  async function claimedOnly(number: string): Promise<Claim> {
    city.setDay('2024-05-08')
    const contract = { number, account: number.toLowerCase() }
    const application = await granted(city, await applied(city, 'clerk', firm, contract), '10000000')
    await papers.use(number, '2024-05-22', 10)
    city.setDay('2024-07-03')
    const period = { voucherId: application.voucherId!, from: '2024-05-10', to: '2024-05-31' }
    const body = papers.claim({ ...period, on: '2024-06-03', fen: 80_000n, series: series++ })
    return approveClaim(must(await clerk.submitClaim({ body })))
  }

  test('annulled after an appeal leaves what there was before it; what was recovered is refunded', async () => {
    const supported = await claimed('HT-C3')
    const before = {
      pool: await poolOf(adoptionId),
      voucher: must(await clerk.readVoucher({ params: { id: supported.voucherId! } })),
    }
    const { id } = await demanded(supported)
    const params = { id }
    const bank = { kind: 'bank' as const, amountFen: '500', reference: 'R-9', receivedOn: '2024-06-10' }
    must(await finance.recordRecovery({ params, body: bank }))
    const body = { ruling: '示例法院〔2024〕行终1号', reason: '法院判决撤销' }
    expect(await second.cancelClawback({ params, body })).toMatchObject({
      problem: { code: 'clawback.own_decision' },
    })
    expect(must(await reviewer.cancelClawback({ params, body })).state).toBe('refunding')
    const refund = { reference: 'B-1', paidOn: '2024-06-10' }
    expect(must(await finance.refundClawback({ params, body: refund })).state).toBe('cancelled')
    // what is told anew of it: its history, and which posting an amount came with last
    const { history: _, pieces: then, ...lasting } = before.voucher
    const after = must(await clerk.readVoucher({ params: { id: supported.voucherId! } }))
    const amounts = (pieces: typeof then): string[] => pieces.map(({ part, fen }) => `${part} ${fen}`)
    expect(after).toMatchObject(lasting)
    expect(amounts(after.pieces)).toEqual(amounts(then))
    expect(await poolOf(adoptionId)).toEqual(before.pool)
    expect(
      must(await reviewer.readRecoverable({ params: { id: supported.applicationId } })).claims,
    ).toHaveLength(1)
  })

  test('nobody answers: the time passes, and it is decided or dropped', async () => {
    const supported = await claimed('HT-C4')
    const short = await reviewer.proposeClawback({ body: proposal(supported, { answerBy: '2024-06-14' }) })
    expect(short).toMatchObject({ problem: { code: 'clawback.hearing_short' } })
    const body = proposal(supported, { answerBy: '2024-06-18', basis: 'ineligible' })
    const { id, fineRange } = must(await reviewer.proposeClawback({ body }))
    expect(fineRange).toBeNull()
    city.setDay('2024-06-19')
    await city.tick()
    expect(must(await reviewer.readClawback({ params: { id } })).state).toBe('heard')
    const drop = { decision: 'drop' as const, reason: '核实无误' }
    expect(must(await second.decideClawback({ params: { id }, body: drop })).state).toBe('dropped')
  })

  test('bad proposals are refused', async () => {
    const supported = await claimed('HT-C5')
    const line = { claimId: supported.claim.id, amountFen: '100' }
    const cases: readonly (readonly [Partial<Proposal>, string])[] = [
      [{ revokes: false, lines: [] }, 'clawback.nothing_taken'],
      [{ lines: [line, line] }, 'clawback.line_unknown'],
      [{ lines: [{ ...line, claimId: supported.applicationId }] }, 'clawback.line_unknown'],
      [{ lines: [{ ...line, amountFen: '99999999999' }] }, 'clawback.above_paid'],
    ]
    for (const [more, code] of cases)
      expect(await reviewer.proposeClawback({ body: proposal(supported, more) })).toMatchObject({
        problem: { code },
      })
    for (const who of ['clerk', 'finance', 'auditor', 'provider', 'reviewer2'])
      expect((await city.as(who).proposeClawback({ body: proposal(supported) })).ok).toBe(false)
    const { id } = must(await reviewer.proposeClawback({ body: proposal(supported) }))
    expect(await city.as('clerk2').readClawback({ params: { id } })).toMatchObject({
      problem: { code: 'request.not_found' },
    })
    expect(must(await city.as('clerk2').listClawbacks({})).items).toEqual([])
    expect(must(await clerk.listClawbacks({})).items.map((row) => row.id)).toContain(id)
    must(await reviewer.decideClawback({ params: { id }, body: { decision: 'drop', reason: '重复提出' } }))
  })
})

describe('races', () => {
  test('of two proposals and of two decisions one counts', async () => {
    const supported = await claimed('HT-R1')
    const proposals = await Promise.all(
      [reviewer, second].map((who) => who.proposeClawback({ body: proposal(supported) })),
    )
    expect(proposals.filter(({ ok }) => ok)).toHaveLength(1)
    const { items } = must(await reviewer.listClawbacks({ query: { state: 'hearing' } }))
    const { id, proposedByMe } = must(await reviewer.readClawback({ params: { id: items[0]!.id } }))
    must(await clerk.answerClawback({ params: { id }, body: { statement: '无异议' } }))
    const decider = proposedByMe ? second : reviewer
    const decisions = await Promise.all(
      [1, 2].map(() => decider.decideClawback({ params: { id }, body: UPHELD })),
    )
    expect(decisions.filter(({ ok }) => ok)).toHaveLength(1)
  })

  test('a claim filed while the voucher is revoked is refused, or the decision waits for it', async () => {
    const supported = await claimed('HT-R2')
    await papers.use('HT-R2', '2024-06-02', 10)
    const { id } = must(
      await reviewer.proposeClawback({ body: proposal(supported, { lines: [], basis: 'misuse' }) }),
    )
    must(await clerk.answerClawback({ params: { id }, body: { statement: '无异议' } }))
    const period = { voucherId: supported.voucherId!, from: '2024-06-01', to: '2024-06-05' }
    const body = papers.claim({ ...period, on: '2024-06-06', fen: 80_000n, series: series++ })
    const [filed, decided] = await Promise.all([
      clerk.submitClaim({ body }),
      second.decideClawback({ params: { id }, body: { ...UPHELD, dueOn: null } }),
    ])
    expect([filed.ok, decided.ok].filter(Boolean)).toHaveLength(1)
    const refusal = filed.ok ? decided : filed
    expect(refusal).toMatchObject({
      problem: { code: filed.ok ? 'clawback.claims_open' : 'claim.voucher_revoked' },
    })
  })
})

describe('a correction of what was recorded', () => {
  const balances = async (voucherId: string) => {
    const { usableFen, redeemedFen } = must(await clerk.readVoucher({ params: { id: voucherId } }))
    return { usableFen, redeemedFen }
  }

  test('before payment, downwards: the voucher has the rest again, and the right amount is paid', async () => {
    city.setDay('2024-05-08')
    const contract = { number: 'HT-G1', account: 'ht-g1' }
    const application = await granted(city, await applied(city, 'clerk', firm, contract), '10000000')
    await papers.use('HT-G1', '2024-05-21', 10)
    city.setDay('2024-06-10')
    const period = { voucherId: application.voucherId!, from: '2024-05-10', to: '2024-05-31' }
    const body = papers.claim({ ...period, on: '2024-06-03', fen: 80_000n, series: series++ })
    const filed = must(await clerk.submitClaim({ body }))
    const claim = await approveClaim(filed)
    const params = { id: claim.id }
    const half = (BigInt(claim.approvedFen!) / 2n).toString()
    const wrong = { rightFen: half, reason: '误将两份发票计入', evidence: '发票复核记录' }
    expect(
      await reviewer.proposeRectification({ params, body: { ...wrong, rightFen: '9999999999' } }),
    ).toMatchObject({ problem: { code: 'claim.above_payable' } })
    const { id } = must(await reviewer.proposeRectification({ params, body: wrong }))
    expect(await second.proposeRectification({ params, body: wrong })).toMatchObject({
      problem: { code: 'rectification.open_already' },
    })
    const yes = { approve: true, reason: '属实' }
    expect(await reviewer.decideRectification({ params: { id }, body: yes })).toMatchObject({
      problem: { code: 'rectification.own_proposal' },
    })
    expect(must(await second.decideRectification({ params: { id }, body: yes })).state).toBe('rectified')
    expect(await balances(application.voucherId!)).toEqual({
      usableFen: (10_000_000n - BigInt(half)).toString(),
      redeemedFen: half,
    })
    expect(must(await clerk.readClaim({ params })).approvedFen).toBe(half)
    expect((await pay(must(await reviewer.readClaim({ params })))).state).toBe('paid')
  })

  test('after payment: what was overpaid comes back first; what was underpaid is payable again', async () => {
    const { claim, voucherId } = await claimed('HT-G2')
    const params = { id: claim.id }
    const paidFen = claim.approvedFen!
    const half = (BigInt(paidFen) / 2n).toString()
    const down = { rightFen: half, reason: '多付', evidence: '复核记录' }
    const { id } = must(await reviewer.proposeRectification({ params, body: down }))
    const yes = { approve: true, reason: '属实' }
    expect(must(await second.decideRectification({ params: { id }, body: yes }))).toMatchObject({
      state: 'returning',
      overpaidFen: (BigInt(paidFen) - BigInt(half)).toString(),
    })
    const back = { reference: 'T-1', receivedOn: '2024-06-10' }
    expect(must(await finance.recordReturn({ params: { id }, body: back })).state).toBe('rectified')
    expect(await balances(voucherId!)).toMatchObject({ redeemedFen: half })
    const up = must(
      await reviewer.proposeRectification({ params, body: { ...down, rightFen: paidFen, reason: '少付' } }),
    )
    must(await second.decideRectification({ params: { id: up.id }, body: yes }))
    const again = must(await reviewer.readClaim({ params }))
    expect(again).toMatchObject({ state: 'approved', approvedFen: paidFen })
    expect((await pay(again)).state).toBe('paid')
    expect(await balances(voucherId!)).toMatchObject({ redeemedFen: paidFen })
  })

  test('to nothing: the claim is refused, and its period can be claimed anew', async () => {
    const { claim, voucherId } = await claimed('HT-G3')
    const nothing = { rightFen: '0', reason: '不是本券的用量', evidence: '核查记录' }
    const { id } = must(await reviewer.proposeRectification({ params: { id: claim.id }, body: nothing }))
    must(await second.decideRectification({ params: { id }, body: { approve: true, reason: '属实' } }))
    must(await finance.recordReturn({ params: { id }, body: { reference: 'T-2', receivedOn: '2024-06-10' } }))
    expect(must(await clerk.readClaim({ params: { id: claim.id } })).state).toBe('refused')
    expect(await balances(voucherId!)).toMatchObject({ redeemedFen: '0', usableFen: '10000000' })
  })
})

// last: the ledger's moment never runs backwards, and this goes on to 2026
describe('in the other ways', () => {
  test('W2: the provider owes what it was paid, the firm loses what is left', async () => {
    const billing = await testDeduction(city, 500_000_000n)
    city.setDay('2024-05-08')
    const voucher = await billing.voucher('HT-C-W2', 100_000_000n)
    await billing.use('HT-C-W2', '2024-05-21', 10)
    city.setDay('2024-06-10')
    const provider = city.as('provider')
    const made = must(await provider.makeDeduction({ body: { voucherId: voucher.id, month: '2024-05' } }))
    const proofs = billing.proofs({ invoicedFen: 80_000n, paidFen: 32_000n, series: 900, on: '2024-06-05' })
    const filed = must(await provider.claimDeduction({ params: { id: made.id }, body: proofs }))
    const claim = await pay(await approveClaim(filed))
    const supported = { applicationId: voucher.applicationId, voucherId: voucher.id, claim }
    const { id } = must(await reviewer.proposeClawback({ body: proposal(supported) }))
    expect(must(await provider.readClawback({ params: { id } })).debtorName).toBe(claim.payeeName)
    must(await provider.answerClawback({ params: { id }, body: { statement: '愿意退还' } }))
    const decided = must(await second.decideClawback({ params: { id }, body: UPHELD }))
    const whole = { kind: 'bank' as const, reference: 'R-W2', receivedOn: '2024-06-10' }
    const settled = must(
      await finance.recordRecovery({ params: { id }, body: { ...whole, amountFen: decided.leftFen } }),
    )
    expect(settled.state).toBe('settled')
    expect(must(await clerk.readVoucher({ params: { id: voucher.id } })).state).toBe('revoked')
  })

  test('W3: without a voucher what was paid is owed; a correction draws on the pool', async () => {
    const afterUse = await testAfterUse(city, { poolFen: 300_000_000n })
    city.setDay('2026-01-10')
    const term = { startsOn: '2025-03-01', endsOn: '2025-12-31' }
    const application = await afterUse.submitted({
      number: 'HT-C-W3',
      ...term,
      settledFen: 1_000_000n,
      series: 950,
    })
    const params = { id: application.id }
    const approve = { decision: 'approve' as const, findings: {}, reason: '符合条件' }
    must(
      await reviewer.decideApplication({ params, body: { ...approve, amountFen: application.ceilingFen! } }),
    )
    must(
      await reviewer.publishNotice({
        body: { adoptionId: afterUse.adoptionId, applicationIds: [application.id] },
      }),
    )
    city.setDay('2026-02-10')
    await city.tick()
    const { items } = must(
      await reviewer.listClaims({ query: { q: application.number.replace(/^SQ/, 'BZ') } }),
    )
    const claim = must(await reviewer.readClaim({ params: { id: items[0]!.id } }))
    const pool = await poolOf(afterUse.adoptionId)
    const wrong = {
      rightFen: (BigInt(claim.approvedFen!) - 1000n).toString(),
      reason: '误算',
      evidence: '复算表',
    }
    const { id } = must(await reviewer.proposeRectification({ params: { id: claim.id }, body: wrong }))
    must(await second.decideRectification({ params: { id }, body: { approve: true, reason: '复算无误' } }))
    expect((await poolOf(afterUse.adoptionId)).leftFen).toBe((BigInt(pool.leftFen) + 1000n).toString())
    const paid = await pay(must(await reviewer.readClaim({ params: { id: claim.id } })))
    const supported = { applicationId: application.id, voucherId: null, claim: paid }
    const owed = await demanded(supported, { answerBy: '2026-12-31' })
    expect(owed).toMatchObject({ state: 'owed', voucherId: null, leftFen: wrong.rightFen })
  })
})
