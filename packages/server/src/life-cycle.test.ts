// The edges of a voucher's life, through the public routes: corrections, withdrawals, objections, the waiting list, caps,
// expiry, claims and payments that come back. After each test the books are proved and documents agree with them.
import type { AnswerOf, Routes } from '@suanquan/api'
import { connect, replayDecisions, sql, verifyLedger } from './index.ts'
import {
  payUnverified,
  applied,
  faultsIn,
  FINDINGS,
  must,
  testCity,
  testFirm,
  type TestFirm,
} from '@suanquan/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'

const M = 1_000_000n
const city = await testCity({ poolFen: 300n * M })
const { adoptionId } = city
const clerk = city.as('clerk')
const reviewer = city.as('reviewer')
const finance = city.as('finance')
const finance2 = city.as('finance2')
let firm: TestFirm
let tampered = false

beforeAll(async () => {
  firm = await testFirm(city)
})
afterAll(() => city.stop())
afterEach(async () => {
  if (!tampered) expect(await faultsIn(city.store.database)).toEqual([])
})

type Pool = AnswerOf<Routes['readPool']>

async function pool(): Promise<Pool> {
  return must(await finance.readPool({ params: { id: adoptionId } }))
}

async function stateOf(id: string): Promise<string> {
  return must(await reviewer.readApplication({ params: { id } })).state
}

async function appropriate(documentNumber: string, fen: bigint): Promise<void> {
  const body = { adoptionId, documentNumber, amountFen: fen.toString() }
  const { id } = must(await finance.proposeAppropriation({ body }))
  must(await finance2.approveAppropriation({ params: { id } }))
}

const reason = { body: { reason: '不再需要' } }

describe('a correction', () => {
  test('goes back and forth, and what was asked for is gone once it is made', async () => {
    const { id } = await firm.submitted('HT-C1')
    const fields = [{ field: 'contract.amountFen', remark: '与合同不符' }]
    const ask = { decision: 'request_correction' as const, fields, reason: '请补正' }
    const asked = must(await reviewer.decideApplication({ params: { id }, body: ask }))
    expect(asked).toMatchObject({ state: 'correction', deadlineOn: '2024-05-21', correctionFields: fields })
    expect(asked.clock).toMatchObject({ state: 'submitted', stopped: true, usedDays: 0 })
    expect(asked.stations.map(({ state, phase }) => `${state} ${phase}`).slice(1, 4)).toEqual([
      'submitted done',
      'correction current',
      'submitted ahead',
    ])
    const draft = { ...asked.draft, contract: { ...asked.draft.contract, amountFen: '420000000' } }
    must(await clerk.saveDraft({ params: { id }, body: draft }))
    const again = must(await clerk.submitApplication({ params: { id } }))
    expect(again).toMatchObject({ state: 'submitted', correctionFields: [], ceilingFen: '80000000' })
    expect(again.clock).toMatchObject({ state: 'submitted', stopped: false, leftDays: asked.clock!.leftDays })
    expect(again.stations[1]).toMatchObject({ state: 'submitted', phase: 'current', returns: 1 })
    must(await clerk.withdrawApplication({ params: { id }, ...reason }))
  })

  test('that is not made lapses the day after its last day, and not before', async () => {
    const { id } = await firm.submitted('HT-C2')
    const fields = [{ field: 'contract.amountFen', remark: '与合同不符' }]
    const ask = { decision: 'request_correction' as const, fields, reason: '请补正' }
    must(await reviewer.decideApplication({ params: { id }, body: ask }))
    city.setDay('2024-05-21')
    await city.tick()
    expect(await stateOf(id)).toBe('correction')
    city.setDay('2024-05-22')
    await city.tick()
    expect(await stateOf(id)).toBe('refused')
    const late = await clerk.submitApplication({ params: { id } })
    expect(late).toMatchObject({ problem: { code: 'application.transition_not_allowed' } })
  })
})

describe('a withdrawal', () => {
  test('gives back exactly what was reserved, in every state that knows it', async () => {
    const before = await pool()
    const bringTo: Record<string, (id: string) => Promise<void>> = {
      submitted: async () => undefined,
      correction: async (id) => {
        const fields = [{ field: 'contract.amountFen', remark: '补正' }]
        const ask = { decision: 'request_correction' as const, fields, reason: '请补正' }
        must(await reviewer.decideApplication({ params: { id }, body: ask }))
      },
      proposed: async (id) => void (await firm.approve(id, 7n * M)),
      announced: async (id) => {
        await firm.approve(id, 7n * M)
        await firm.announce([id])
      },
      objected: async (id) => {
        await firm.approve(id, 7n * M)
        await object(id, await firm.announce([id]))
      },
    }
    for (const [state, bring] of Object.entries(bringTo)) {
      const { id } = await firm.submitted(`HT-W-${state}`)
      await bring(id)
      expect(await stateOf(id)).toBe(state)
      must(await clerk.withdrawApplication({ params: { id }, ...reason }))
      expect(await pool()).toMatchObject({ leftFen: before.leftFen, reservedFen: before.reservedFen })
      const twice = await clerk.withdrawApplication({ params: { id }, ...reason })
      expect(twice).toMatchObject({ problem: { code: 'application.transition_not_allowed' } })
    }
  })

  test('makes room for the same contract once more, and so does a refusal; use goes to the living one', async () => {
    const first = await firm.submitted('HT-ONCE')
    const second = await firm.drafted('HT-ONCE')
    expect(await clerk.submitApplication({ params: { id: second } })).toMatchObject({
      problem: { code: 'application.contract_already_used', params: { number: first.number } },
    })
    must(await clerk.withdrawApplication({ params: { id: first.id }, ...reason }))
    must(await clerk.submitApplication({ params: { id: second } }))
    const refuse = { decision: 'refuse' as const, findings: FINDINGS, reason: '材料不实' }
    must(await reviewer.decideApplication({ params: { id: second }, body: refuse }))
    await firm.use('HT-ONCE', '2024-05-20', 10)
    const third = await firm.submitted('HT-ONCE')
    await firm.use('HT-ONCE', '2024-05-21', 10)
    const { contract_id: contractId } = await city.store.database.kysely
      .selectFrom('application')
      .select('contract_id')
      .where('id', '=', third.id)
      .executeTakeFirstOrThrow()
    const usage = must(await clerk.readContractUsage({ params: { id: contractId! } }))
    expect(usage).toMatchObject({ total: 2, totalFen: '160000' })
    must(await clerk.withdrawApplication({ params: { id: third.id }, ...reason }))
  })
})

async function object(applicationId: string, noticeId: string): Promise<string> {
  const { number } = must(await reviewer.readApplication({ params: { id: applicationId } }))
  const body = {
    applicationNumber: number,
    statement: '该单位与供给方存在关联关系，请核实',
    contactName: '李四',
    contactPhone: '13900000000',
  }
  return must(await city.anybody.fileObjection({ params: { id: noticeId }, body })).id
}

describe('an objection', () => {
  test('stops the application; every one must be dismissed before it goes on', async () => {
    const { id } = await firm.submitted('HT-O1')
    await firm.approve(id, 5n * M)
    const notice = await firm.announce([id])
    const [first, second] = [await object(id, notice), await object(id, notice)]
    const dismiss = { outcome: 'dismissed' as const, reason: '经查不成立' }
    must(await reviewer.answerObjection({ params: { id: first }, body: dismiss }))
    expect(await stateOf(id)).toBe('objected')
    must(await reviewer.answerObjection({ params: { id: second }, body: dismiss }))
    expect(await stateOf(id)).toBe('announced')
    const twice = await reviewer.answerObjection({ params: { id: second }, body: dismiss })
    expect(twice).toMatchObject({ problem: { code: 'notice.objection_answered' } })
    must(await clerk.withdrawApplication({ params: { id }, ...reason }))
  })

  test('that is upheld ends it and gives everything back; the others can still be answered', async () => {
    const before = await pool()
    const { id } = await firm.submitted('HT-O2')
    await firm.approve(id, 5n * M)
    const notice = await firm.announce([id])
    const [first, second] = [await object(id, notice), await object(id, notice)]
    const uphold = { outcome: 'upheld' as const, reason: '经查属实' }
    must(await reviewer.answerObjection({ params: { id: first }, body: uphold }))
    expect(await stateOf(id)).toBe('refused')
    expect(await pool()).toMatchObject({ leftFen: before.leftFen, reservedFen: before.reservedFen })
    must(await reviewer.answerObjection({ params: { id: second }, body: uphold }))
    const open = must(await reviewer.listObjections({ query: { size: 200 } })).items
    expect(open.find((each) => each.id === second)).toMatchObject({ outcome: 'upheld' })
  })
})

describe('caps and the waiting list', () => {
  test('two applications of one firm share its year: the third fen too many is refused', async () => {
    const ids: string[] = []
    for (const number of ['HT-Y1', 'HT-Y2', 'HT-Y3']) ids.push((await firm.submitted(number)).id)
    await firm.approve(ids[0]!, 100n * M)
    await firm.approve(ids[1]!, 99n * M)
    const body = { decision: 'approve' as const, findings: FINDINGS, reason: '符合条件' }
    const ask = (fen: bigint) =>
      reviewer.decideApplication({ params: { id: ids[2]! }, body: { ...body, amountFen: fen.toString() } })
    expect(await ask(M + 1n)).toMatchObject({
      problem: { code: 'application.above_ceiling', params: { ceilingYuan: '10,000.00' } },
    })
    must(await ask(M))
    for (const id of ids) must(await clerk.withdrawApplication({ params: { id }, ...reason }))
  })

  test('nobody overtakes: the first that the pool cannot carry stops the queue until money comes', async () => {
    const { leftFen } = await pool()
    const fill = await firm.submitted('HT-Q0')
    await firm.approve(fill.id, 90n * M)
    const rest = BigInt(leftFen) - 90n * M
    await drain(rest - 10n * M)
    const big = await firm.submitted('HT-Q1')
    const small = await firm.submitted('HT-Q2')
    expect((await firm.approve(big.id, 20n * M)).state).toBe('waiting')
    expect((await firm.approve(small.id, 5n * M)).state).toBe('waiting')
    await city.tick()
    expect([await stateOf(big.id), await stateOf(small.id)]).toEqual(['waiting', 'waiting'])
    await appropriate('示财预〔2024〕2号', 10n * M)
    await city.tick()
    expect([await stateOf(big.id), await stateOf(small.id)]).toEqual(['proposed', 'waiting'])
    expect(await pool()).toMatchObject({ leftFen: '0', waiting: { applications: 1 } })
    must(await clerk.withdrawApplication({ params: { id: small.id }, ...reason }))
    must(await clerk.withdrawApplication({ params: { id: big.id }, ...reason }))
    must(await clerk.withdrawApplication({ params: { id: fill.id }, ...reason }))
    await appropriate('示财预〔2024〕3号', 200n * M)
  })

  /** The other firm takes what is too much, a contract's worth at a time. */
  async function drain(fen: bigint): Promise<void> {
    for (let left = fen, index = 0; left > 0n; index++) {
      const part = left < 100n * M ? left : 100n * M
      const { id } = await applied(city, 'clerk2', city.otherFirm, { number: `HT-D${index}` })
      await firm.approve(id, part)
      left -= part
    }
  }

  test('between two windows nothing is taken', async () => {
    city.setDay('2024-08-10')
    const body = { adoptionId, organisationId: city.firm.id }
    expect(await clerk.openDraft({ body })).toMatchObject({
      problem: { code: 'adoption.not_open', params: { opensOn: '2024-09-02', closesOn: '2024-11-29' } },
    })
    expect(must(await city.anybody.readAdoption({ params: { id: adoptionId } })).open).toBe(false)
    city.setDay('2024-05-23')
  })

  test('a contract whose number reads like a stored amount stays a text', async () => {
    const { id } = await firm.submitted('123n')
    await firm.approve(id, M)
    const read = must(await clerk.readApplication({ params: { id } }))
    expect(read.facts.find((fact) => fact.id === 'contract.number')?.value).toBe('123n')
    expect((await replayDecisions(city.store.database)).differences).toEqual([])
    must(await clerk.withdrawApplication({ params: { id }, ...reason }))
  })
})

describe('claims', () => {
  let voucherId: string
  const terms = { from: '2024-05-24', to: '2024-05-31' } as const

  beforeAll(async () => {
    const { id } = await firm.submitted('HT-V1')
    await firm.approve(id, 50n * M)
    await firm.announce([id])
    city.setDay('2024-06-05')
    await city.tick()
    voucherId = must(await clerk.readApplication({ params: { id } })).voucherId!
    await firm.use('HT-V1', '2024-05-25', 100)
  })

  async function voucher() {
    return must(await clerk.readVoucher({ params: { id: voucherId } }))
  }

  test('a refused or withdrawn claim gives back what it held, and its invoice', async () => {
    const body = firm.claim({ voucherId, ...terms, fen: 800_000n, series: 1, on: '2024-06-03' })
    const refused = must(await clerk.submitClaim({ body }))
    expect(await voucher()).toMatchObject({ heldFen: '160000' })
    const refuse = { decision: 'refuse' as const, reason: '发票不符' }
    must(await reviewer.decideClaim({ params: { id: refused.id }, body: refuse }))
    expect(await voucher()).toMatchObject({ heldFen: '0', usableFen: (50n * M).toString() })
    const withdrawn = must(await clerk.submitClaim({ body }))
    must(await clerk.withdrawClaim({ params: { id: withdrawn.id }, ...reason }))
    expect(await voucher()).toMatchObject({ heldFen: '0', usableFen: (50n * M).toString() })
  })

  test('less may be approved than is payable: the rest is usable again; more is refused', async () => {
    const body = firm.claim({ voucherId, ...terms, fen: 800_000n, series: 1, on: '2024-06-03' })
    const { id } = must(await clerk.submitClaim({ body }))
    const approve = (amountFen: string) =>
      reviewer.decideClaim({ params: { id }, body: { decision: 'approve', amountFen, reason: '部分相符' } })
    expect(await approve('160001')).toMatchObject({ problem: { code: 'claim.above_payable' } })
    must(await approve('100000'))
    expect(await voucher()).toMatchObject({ heldFen: '0', usableFen: '49900000', redeemedFen: '100000' })
  })

  test('peers 18 (Waldur): use that comes late for a claimed period is not paid in another claim of it', async () => {
    await firm.use('HT-V1', '2024-05-26', 100)
    const late = firm.claim({ voucherId, ...terms, fen: 800_000n, series: 2, on: '2024-06-03' })
    expect(await clerk.submitClaim({ body: late })).toMatchObject({
      problem: { code: 'claim.period_overlaps' },
    })
    const next = { voucherId, from: '2024-06-01', to: '2024-06-05', series: 2, on: '2024-06-05' } as const
    expect(await clerk.submitClaim({ body: firm.claim({ ...next, fen: 800_000n }) })).toMatchObject({
      problem: { code: 'claim.nothing_payable' },
    })
    await firm.use('HT-V1', '2024-06-02', 10)
    const claim = must(await clerk.submitClaim({ body: firm.claim({ ...next, fen: 800_000n }) }))
    expect(claim.payableFen).toBe('16000')
    const body = { decision: 'approve' as const, amountFen: '16000', reason: '相符' }
    must(await reviewer.decideClaim({ params: { id: claim.id }, body }))
  })

  test('what the bank returns is paid once more and no more; names cannot run as formulas', async () => {
    await renameFirm()
    const { items } = must(await finance.listReadyClaims({}))
    const claimIds = items.map(({ id }) => id)
    const first = await batchOf(claimIds)
    const returned = [{ claimId: claimIds[0]!, reason: '账号有误' }]
    const answer = { bankReference: 'B-1', paidOn: '2024-06-05', returned }
    must(await finance.confirmDisbursement({ params: { id: first.id }, body: answer }))
    expect(await pool()).toMatchObject({ paidFen: '16000', payableFen: '100000' })
    const again = await finance.confirmDisbursement({ params: { id: first.id }, body: answer })
    expect(again).toMatchObject({ problem: { code: 'disbursement.wrong_state' } })
    const both = await finance.prepareDisbursement({ body: { adoptionId, claimIds } })
    expect(both).toMatchObject({ problem: { code: 'claim.transition_not_allowed' } })
    const second = await batchOf([claimIds[0]!])
    const paid = { bankReference: 'B-2', paidOn: '2024-06-05', returned: [] }
    must(await finance.confirmDisbursement({ params: { id: second.id }, body: paid }))
    expect(await pool()).toMatchObject({ paidFen: '116000', payableFen: '0' })
    const { file_text: file } = await city.store.database.kysely
      .selectFrom('disbursement')
      .select('file_text')
      .where('id', '=', second.id)
      .executeTakeFirstOrThrow()
    const cells = file.split('\r\n')[1]!.split(',')
    expect(cells.slice(2, 6)).toEqual([
      `"'=HYPERLINK(""http://evil"")"`,
      `'＠SUM(1)`,
      '\t6222000011112222',
      '1000.00',
    ])
  })

  async function batchOf(claimIds: string[]) {
    await payUnverified(city, claimIds)
    const batch = must(await finance.prepareDisbursement({ body: { adoptionId, claimIds } }))
    const body = { fileSha256: batch.fileSha256 }
    must(await finance2.approveDisbursement({ params: { id: batch.id }, body }))
    return batch
  }

  async function renameFirm(): Promise<void> {
    const entry = {
      creditCode: city.firm.creditCode,
      name: '=HYPERLINK("http://evil")',
      kind: 'enterprise' as const,
      independentLegalPerson: true,
      region: '990101',
      status: 'active' as const,
      industry: 'I6513',
      employees: 80,
      revenueFen: '300000000',
      assetsFen: null,
      establishedOn: '2018-03-01',
      dishonestWithinThreeYears: false,
      bankName: '＠SUM(1)',
      bankAccount: '6222000011112222',
      roles: ['applicant' as const],
    }
    const body = { source: '市场监管登记', asOf: '2024-06-01', entries: [entry] }
    must(await city.as('administrator').importOrganisations({ body }))
  }

  test('a voucher ends with its last day, ticked or not; what was claimed in time is still decided and paid', async () => {
    await firm.use('HT-V1', '2024-07-01', 100)
    const body = firm.claim({
      voucherId,
      from: '2024-06-06',
      to: '2024-07-31',
      fen: 800_000n,
      series: 3,
      on: '2024-08-01',
    })
    city.setDay('2025-03-31')
    expect(await voucher()).toMatchObject({ state: 'usable', usableFen: '49884000', daysLeft: 0 })
    const claim = must(await clerk.submitClaim({ body }))
    city.setDay('2025-04-01')
    expect(await voucher()).toMatchObject({ state: 'expired', usableFen: '0', heldFen: '160000' })
    const late = firm.claim({
      voucherId,
      from: '2024-08-01',
      to: '2024-08-31',
      fen: 1n,
      series: 4,
      on: '2025-04-01',
    })
    expect(await clerk.submitClaim({ body: late })).toMatchObject({
      problem: { code: 'claim.voucher_not_usable' },
    })
    await city.tick()
    expect(await voucher()).toMatchObject({ heldFen: '160000', returnedFen: '0' })
    city.setDay('2025-04-10')
    const approve = { decision: 'approve' as const, amountFen: claim.payableFen, reason: '四项相符' }
    must(await reviewer.decideClaim({ params: { id: claim.id }, body: approve }))
    const before = BigInt((await pool()).leftFen)
    await city.tick()
    await city.tick()
    expect(await voucher()).toMatchObject({ usableFen: '0', redeemedFen: '276000', returnedFen: '49724000' })
    expect(BigInt((await pool()).leftFen)).toBe(before + 49_724_000n)
  })
})

describe('proofs', () => {
  test('replay finds a decision that somebody changed, whichever part of it', async () => {
    tampered = true
    const owner = connect({ ...city.store.address, connections: 1 })
    const { id } = await city.store.database.kysely
      .selectFrom('decision')
      .select('id')
      .where('kind', '=', 'review')
      .orderBy('id')
      .executeTakeFirstOrThrow()
    const changes = [
      sql`update decision set result = jsonb_set(result, '{determination,ceilingFen}', '"99999999900n"') where id = ${id}`,
      sql`update decision set input = jsonb_set(input, '{facts,contract.amount}', '"999n"') where id = ${id}`,
      sql`update decision set input = '{}' where id = ${id}`,
      sql`update decision set result_hash = repeat('0', 64) where id = ${id}`,
      sql`update decision set programme_hash = 'x' where id = ${id}`,
    ]
    for (const change of changes) {
      await sql`create table kept as select * from decision where id = ${id}`.execute(owner.kysely)
      await change.execute(owner.kysely)
      const { differences } = await replayDecisions(city.store.database)
      expect(differences.map(({ decisionId }) => decisionId)).toEqual([id])
      await sql`delete from decision where id = ${id}`.execute(owner.kysely)
      await sql`insert into decision select * from kept`.execute(owner.kysely)
      await sql`drop table kept`.execute(owner.kysely)
    }
    expect((await replayDecisions(city.store.database)).differences).toEqual([])
    await owner.close()
  })

  test('verification finds a posting or a balance that somebody changed', async () => {
    const owner = connect({ ...city.store.address, connections: 1 })
    const tamper = async (change: string, back: string): Promise<void> => {
      await sql.raw(change).execute(owner.kysely)
      const [proof] = await verifyLedger(city.store.database)
      expect([change, proof!.findings.length > 0]).toEqual([change, true])
      await sql.raw(back).execute(owner.kysely)
      const [clean] = await verifyLedger(city.store.database)
      expect(clean!.findings).toEqual([])
    }
    const posting = 'update ledger.posting set amount = amount'
    await tamper(`${posting} + 1 where seq = 2`, `${posting} - 1 where seq = 2`)
    const balance = 'update ledger.account set credits_posted = credits_posted'
    await tamper(`${balance} + 1 where code = 3`, `${balance} - 1 where code = 3`)
    const holder = `update ledger.account set holder = holder`
    await tamper(
      `${holder} || 'X' where code = 4`,
      `update ledger.account set holder = left(holder, -1) where code = 4`,
    )
    await owner.close()
  })
})
