// Disputes and statements over the routes: firm, centre and office read the same line with the same reason; what is disputed
// as too much is held out of payment and the rest is paid; every month of the statement adds up to the fen.
import type { AnswerOf, BodyOf, Routes } from '@suanquan/api'
import { batchBytes, writeBatch, type UsageRecord } from '@suanquan/core/metering'
import {
  applied,
  faultsIn,
  granted,
  must,
  payUnverified,
  testCity,
  testFirm,
  usedSacct,
} from '@suanquan/testkit'
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { afterAll, afterEach, expect, test } from 'vitest'
import { conservedContract } from './modules/statement/index.ts'

const city = await testCity({ poolFen: 3_000_000_000n })
afterAll(() => city.stop())
const { firm, provider } = city
const [clerk, reviewer, finance, centre] = [
  city.as('clerk'),
  city.as('reviewer'),
  city.as('finance'),
  city.as('provider'),
] as const
const papers = await testFirm(city)
let series = 1

afterEach(async () => {
  expect(await faultsIn(city.store.database)).toEqual([])
})

interface Used {
  readonly contractId: string
  readonly voucherId: string
  readonly claim: () => BodyOf<Routes['submitClaim']>
}

/** Ten hours on eight cards in May: 80 card-hours, invoiced and paid in full. */
async function used(number: string): Promise<Used> {
  city.setDay('2024-05-08')
  const contract = { number, account: number.toLowerCase() }
  const application = await granted(city, await applied(city, 'clerk', firm, contract), '10000000')
  await report(number, 10)
  city.setDay('2024-06-10')
  const voucher = must(await clerk.readVoucher({ params: { id: application.voucherId! } }))
  const voucherId = voucher.id
  const period = { voucherId, from: '2024-05-10', to: '2024-05-31', on: '2024-06-03' }
  const number2 = series++
  return {
    contractId: voucher.contractId,
    voucherId,
    claim: () => papers.claim({ ...period, fen: 80_000n, series: number2 }),
  }
}

async function report(number: string, hours: number): Promise<AnswerOf<Routes['importUsage']>> {
  const jobId = Number(number.slice(-2))
  const bytes = usedSacct({ account: number.toLowerCase(), day: '2024-05-21', hours, cards: 8, jobId })
  const file = { name: 'sacct.json', bytes, mediaType: 'application/json' }
  return must(await centre.importUsage({ query: { organisationId: provider.id }, file }))
}

/** The centre tells the run anew: a record of revision 1 in a signed batch. */
async function correct(hours: number): Promise<void> {
  const kysely = city.store.database.kysely
  const { record } = await kysely.selectFrom('usage_record').select('record').executeTakeFirstOrThrow()
  const told = record as unknown as UsageRecord
  const until = told.startedAt! + hours * 3_600_000
  const right = { ...told, endedAt: until, elapsedSeconds: hours * 3600, revision: 1 }
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const key = Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url').toString('hex')
  const feed = { providerId: provider.id, name: '一号代理', cluster: told.cluster }
  const body = { ...feed, algorithm: 'Ed25519' as const, publicKey: key }
  const { keyId } = must(await centre.enrolFeed({ body }))
  const read = {
    number: 1,
    madeAt: until,
    of: 'runs' as const,
    from: until - 1000,
    until,
    hours: [],
    raw: [],
  }
  const text = writeBatch({ cluster: told.cluster, ...read, records: [right] })
  const digest = createHash('sha256').update(text).digest('hex')
  const signature = sign(null, batchBytes(keyId, 1, digest), privateKey).toString('hex')
  const taken = await city.anybody.feedUsage({ body: { keyId, number: 1, body: text, signature } })
  expect(must(taken)).toMatchObject({ superseded: 1 })
}

const statementOf = async (contractId: string): Promise<AnswerOf<Routes['readStatement']>> => {
  const params = { id: contractId }
  const mine = must(await clerk.readStatement({ params }))
  for (const other of [centre, reviewer]) {
    const theirs = must(await other.readStatement({ params }))
    expect(theirs).toEqual(mine)
  }
  for (const month of mine.byMonth) {
    expect(month.differenceFen).toBe('0')
    expect(BigInt(month.ratedFen)).toBe(
      BigInt(month.voucherFen) + BigInt(month.ownFen) + BigInt(month.unpaidFen),
    )
  }
  expect(mine.faults).toEqual([])
  return mine
}

const disputed = (amountFen: string): BodyOf<Routes['openDispute']> => ({
  month: '2024-05',
  subject: { kind: 'total' },
  direction: 'too_much',
  amountFen,
  reason: '我方日志显示当天只用了八小时',
  attachmentIds: [],
})

test('a disputed part is held out of the claim, the rest is paid, and the corrected record ends it', async () => {
  const { contractId, claim } = await used('HT-D-11')
  const params = { id: contractId }
  const before = await statementOf(contractId)
  expect(before.byMonth[0]).toMatchObject({ unpaid: [{ code: 'not_claimed' }], mayDispute: true })
  const rated = BigInt(before.ratedFen)
  const fifth = (rated / 5n).toString()
  expect(await clerk.openDispute({ params, body: disputed((rated + 1n).toString()) })).toMatchObject({
    problem: { code: 'dispute.amount_beyond' },
  })
  const opened = must(await clerk.openDispute({ params, body: disputed(fifth) }))
  expect(opened).toMatchObject({ state: 'opened', awaits: 'provider', heldFen: fifth, allowed: ['withdraw'] })
  expect(await clerk.openDispute({ params, body: disputed(fifth) })).toMatchObject({
    problem: { code: 'dispute.open_already', params: { number: opened.number } },
  })
  const told = must(await centre.listMessages({})).items.find(({ aboutId }) => aboutId === opened.id)
  expect(told).toMatchObject({ kind: 'dispute_to_answer', deadlineOn: opened.answerBy })

  const filed = must(await clerk.submitClaim({ body: claim() }))
  expect(filed.matched!.shortfalls).toMatchObject([
    { code: 'disputed', leg: 'metered', differenceFen: fifth, refs: [opened.number] },
  ])
  const approve = { decision: 'approve' as const, amountFen: filed.payableFen, reason: '其余相符' }
  must(await reviewer.decideClaim({ params: { id: filed.id }, body: approve }))
  const during = await statementOf(contractId)
  expect(during.byMonth[0]!.unpaid.map(({ code }) => code)).toEqual(['awaiting_payment', 'disputed'])
  const batch = { adoptionId: filed.adoptionId, claimIds: [filed.id] }
  await payUnverified(city, [filed.id])
  must(await finance.prepareDisbursement({ body: batch }))

  const id = { params: { id: opened.id } }
  expect(await clerk.answerDispute({ ...id, body: { answer: '我方自己答复' } })).toMatchObject({
    problem: { code: 'dispute.other_side_answers' },
  })
  must(await centre.answerDispute({ ...id, body: { answer: '核对后确认多计两小时' } }))
  const over = { decision: 'uphold' as const, amountFen: (BigInt(fifth) + 1n).toString(), reason: '双方一致' }
  expect(await reviewer.decideDispute({ ...id, body: over })).toMatchObject({
    problem: { code: 'dispute.upheld_beyond' },
  })
  const upheld = must(await reviewer.decideDispute({ ...id, body: { ...over, amountFen: fifth } }))
  expect(upheld).toMatchObject({ state: 'correcting', awaits: 'provider', upheldFen: fifth })
  expect(await reviewer.closeDispute({ ...id, body: { reason: '记录已更正' } })).toMatchObject({
    problem: { code: 'dispute.not_corrected' },
  })
  await correct(8)
  const closed = must(await reviewer.closeDispute({ ...id, body: { reason: '记录已更正' } }))
  expect(closed).toMatchObject({ state: 'closed', awaits: null, heldFen: '0', allowed: [] })
  expect(closed.events.map(({ event }) => event)).toEqual(['open', 'answer', 'ask_correction', 'close'])
  for (const other of [clerk, centre]) expect(must(await other.readDispute(id)).line).toEqual(closed.line)
  const after = await statementOf(contractId)
  expect(after.ratedFen).toBe((rated - BigInt(fifth)).toString())
  expect(after.byMonth[0]!.unpaid.map(({ code }) => code)).toEqual(['awaiting_payment'])
})

test('a dispute after the approval keeps the claim out of the batch until it is decided', async () => {
  const { contractId, claim } = await used('HT-D-12')
  const filed = must(await clerk.submitClaim({ body: claim() }))
  const approve = { decision: 'approve' as const, amountFen: filed.payableFen, reason: '四项相符' }
  must(await reviewer.decideClaim({ params: { id: filed.id }, body: approve }))
  city.wait(1)
  const opened = must(await reviewer.openDispute({ params: { id: contractId }, body: disputed('100') }))
  expect(opened).toMatchObject({ openedSide: 'office', awaits: 'provider' })
  const batch = { adoptionId: filed.adoptionId, claimIds: [filed.id] }
  expect(await finance.prepareDisbursement({ body: batch })).toMatchObject({
    problem: { code: 'disbursement.disputed', params: { dispute: opened.number } },
  })
  // nobody answers: the office decides without
  const id = { params: { id: opened.id } }
  const dismiss = { decision: 'dismiss' as const, reason: '记录与电力一致' }
  expect(await reviewer.decideDispute({ ...id, body: dismiss })).toMatchObject({
    problem: { code: 'dispute.transition_not_allowed', params: { state: 'opened' } },
  })
  city.setDay('2024-06-18')
  await city.tick()
  expect(must(await reviewer.readDispute(id))).toMatchObject({ state: 'answered', answer: null })
  must(await reviewer.decideDispute({ ...id, body: dismiss }))
  await payUnverified(city, [filed.id])
  const prepared = must(await finance.prepareDisbursement({ body: batch }))
  const late = must(await reviewer.openDispute({ params: { id: contractId }, body: disputed('100') }))
  const approval = { params: { id: prepared.id }, body: { fileSha256: prepared.fileSha256 } }
  expect(await city.as('finance2').approveDisbursement(approval)).toMatchObject({
    problem: { code: 'disbursement.disputed', params: { dispute: late.number } },
  })
})

test('a shortfall is disputed as too little, holds nothing, and only in time; who disputes takes it back', async () => {
  const { contractId, claim } = await used('HT-D-13')
  const short = claim()
  const body = { ...short, payments: short.payments.map((each) => ({ ...each, amountFen: '30000' })) }
  const filed = must(await clerk.submitClaim({ body }))
  const [shortfall] = filed.matched!.shortfalls
  const params = { id: contractId }
  const subject = { kind: 'shortfall' as const, claimId: filed.id, code: shortfall!.code }
  const about = { ...disputed(shortfall!.differenceFen), subject }
  expect(await clerk.openDispute({ params, body: about })).toMatchObject({
    problem: { code: 'dispute.shortfall_too_little' },
  })
  const unknown = { ...about, direction: 'too_little' as const, subject: { ...subject, code: 'asked_less' } }
  expect(await clerk.openDispute({ params, body: unknown })).toMatchObject({
    problem: { code: 'dispute.subject_unknown' },
  })
  const opened = must(await clerk.openDispute({ params, body: { ...about, direction: 'too_little' } }))
  expect(opened).toMatchObject({ heldFen: '0', claimNumber: filed.number, line: { text: shortfall!.text } })
  const id = { params: { id: opened.id }, body: { reason: '回单已补齐' } }
  expect(await centre.takeBackDispute(id)).toMatchObject({ problem: { code: 'dispute.not_yours' } })
  expect(must(await clerk.takeBackDispute(id))).toMatchObject({ state: 'withdrawn' })
  city.setDay('2024-07-20')
  expect(await clerk.openDispute({ params, body: { ...about, direction: 'too_little' } })).toMatchObject({
    problem: { code: 'dispute.too_late' },
  })
  const lines = must(await clerk.readContractUsage({ params, query: {} })).items
  expect(lines).toHaveLength(1)
})

test('every contract of the city is conserved', async () => {
  const contracts = await city.store.database.kysely.selectFrom('service_contract').select('id').execute()
  expect(contracts.length).toBeGreaterThan(2)
  for (const { id } of contracts)
    expect((await conservedContract(city.store.database.kysely, id)).faults).toEqual([])
  const list = must(await reviewer.listStatements({}))
  expect(list.total).toBe(3)
  expect(must(await clerk.listDisputes({})).total).toBe(4)
})
