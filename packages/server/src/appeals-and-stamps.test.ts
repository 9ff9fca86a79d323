// A refused claim under appeal, on the books; and what stands on the documents of an authority, from which day on.
import type { Client } from '@suanquan/api'
import {
  payUnverified,
  applied,
  enrolled,
  faultsIn,
  FINDINGS,
  granted,
  must,
  png,
  signIn,
  testCity,
  testFirm,
  usedSacct,
} from '@suanquan/testkit'
import { afterAll, expect, test } from 'vitest'

const PROCEDURE = `
procedure:
  appeal: {workdays: 10, decide_workdays: 15}
  source: 测试市办法第八条
  signed_by: 测试局长
`

const city = await testCity({ adoption: (text) => text + PROCEDURE })
afterAll(() => city.stop())
const clerk = city.as('clerk')
const reviewer = city.as('reviewer')
const administrator = city.as('administrator')

type Refusable = { readonly ok: true } | { readonly ok: false; readonly problem: { readonly code: string } }
const code = async (outcome: Promise<Refusable>): Promise<string> => {
  const done = await outcome
  return done.ok ? 'done' : done.problem.code
}

test('a refused claim is held again while the appeal lasts, and redeemed or released by what is decided', async () => {
  const papers = await testFirm(city)
  await enrolled(city, 'colleague', { role: 'reviewer', district: null, organisationCreditCode: null })
  const colleague = await signIn(city.server.url, 'colleague')
  const application = await granted(city, await applied(city, 'clerk', city.firm), '100000000')
  const account = `e${city.firm.creditCode.toLowerCase()}`
  const bytes = usedSacct({ account, day: '2024-05-21', hours: 10, cards: 8 })
  const file = { name: 'sacct.json', bytes, mediaType: 'application/json' }
  must(await city.as('provider').importUsage({ query: { organisationId: city.provider.id }, file }))
  const params = { id: application.voucherId! }
  const amounts = async (): Promise<[string, string, string]> => {
    const { usableFen, heldFen, redeemedFen } = must(await clerk.readVoucher({ params }))
    return [usableFen, heldFen, redeemedFen]
  }
  city.setDay('2024-06-10')
  const period = { voucherId: params.id, from: '2024-05-10', to: '2024-05-31', on: '2024-06-03' }
  const claim = must(await clerk.submitClaim({ body: papers.claim({ ...period, fen: 80_000n, series: 1 }) }))
  const payable = claim.payableFen
  const left = (100_000_000n - BigInt(payable)).toString()
  const refuse = { decision: 'refuse' as const, reason: '发票号码不清' }
  must(await reviewer.decideClaim({ params: { id: claim.id }, body: refuse }))
  expect(await amounts()).toEqual(['100000000', '0', '0'])

  const body = { grounds: '发票号码在附件第二页上清晰可见', attachmentIds: [] }
  const appeal = must(await clerk.appealClaim({ params: { id: claim.id }, body }))
  expect(await amounts()).toEqual([left, payable, '0'])
  await takenBack(application.id, colleague)
  const change = { outcome: 'change' as const, amountFen: payable, findings: {}, reason: '发票清晰' }
  const on = { params: { id: appeal.id }, body: change }
  expect(await code(reviewer.decideAppeal(on))).toBe('appeal.own_decision')
  const more = { ...change, amountFen: (BigInt(payable) + 1n).toString() }
  expect(await code(colleague.decideAppeal({ ...on, body: more }))).toBe('claim.above_payable')
  must(await colleague.decideAppeal(on))
  expect(await amounts()).toEqual([left, '0', payable])
  const decided = must(await clerk.readClaim({ params: { id: claim.id } }))
  expect([decided.state, decided.approvedFen, decided.appealUntil]).toEqual(['approved', payable, null])
  const batch = { adoptionId: city.adoptionId, claimIds: [claim.id] }
  await payUnverified(city, batch.claimIds)
  expect(must(await city.as('finance').prepareDisbursement({ body: batch })).state).toBe('prepared')
  expect(await faultsIn(city.store.database)).toEqual([])
})

/** Taking back waits for an open appeal, and no deputy of whoever proposed it decides. */
async function takenBack(applicationId: string, colleague: Client): Promise<void> {
  const why = { basis: 'ineligible' as const, finding: '核查发现不符合申报条件', evidence: ['登记信息'] }
  const asked = { clause: '测试市办法第十二条', revokes: true, lines: [], answerBy: '2026-12-31' }
  const proposed = must(await reviewer.proposeClawback({ body: { applicationId, ...why, ...asked } }))
  const params = { id: proposed.id }
  must(await clerk.answerClawback({ params, body: { statement: '条件属实，请复核' } }))
  const uphold = { decision: 'uphold' as const, fineFen: null, dueOn: null, reason: '事实清楚' }
  const { personId: deputy } = must(await colleague.readSession({}))
  const days = { startsOn: '2024-06-10', endsOn: '2024-06-11', district: null, reason: '出差' }
  const duty = must(await reviewer.makeDelegation({ body: { deputy, ...days } }))
  expect(await code(colleague.decideClawback({ params, body: uphold }))).toBe('clawback.own_proposal')
  must(await reviewer.endDelegation({ params: { id: duty.id } }))
  expect(await code(colleague.decideClawback({ params, body: uphold }))).toBe('clawback.claims_open')
  const drop = { decision: 'drop' as const, reason: '条件属实' }
  const dropped = must(await colleague.decideClawback({ params, body: drop }))
  const documentNumber = '示例市经济和信息化局追〔2024〕1号'
  expect(dropped.events.at(-1)).toMatchObject({ event: 'drop', documentNumber })
}

test('a stamp is a whole PNG, put in force by a second person, and no document that is out changes its face', async () => {
  city.setDay('2024-07-01')
  const { id } = await applied(city, 'clerk', city.firm, { number: 'HT-9', account: 'ninth' })
  const refuse = { decision: 'refuse' as const, findings: FINDINGS, reason: '用途不符' }
  const refused = must(await reviewer.decideApplication({ params: { id }, body: refuse }))
  expect(refused.events.at(-1)!.documentNumber).toBe('示例市经济和信息化局驳〔2024〕1号')
  const paper = async (of: string): Promise<Uint8Array> =>
    (must(await clerk.readDecisionDocument({ params: { id: of } })) as { readonly bytes: Uint8Array }).bytes
  const before = await paper(id)

  const { authorities } = must(await administrator.listStamps({}))
  const query = { authority: authorities[0]!, validFrom: '2024-07-01' }
  const upload = (bytes: Uint8Array, from = query): ReturnType<typeof administrator.proposeStamp> =>
    administrator.proposeStamp({ query: from, file: { name: 'a.png', bytes, mediaType: 'image/png' } })
  const whole = png()
  const broken = Uint8Array.from(whole)
  broken[60]! ^= 1
  expect(await code(upload(whole.subarray(0, -4)))).toBe('stamp.not_png')
  expect(await code(upload(broken))).toBe('stamp.not_png')
  expect(await code(upload(png(20)))).toBe('stamp.too_large')
  expect(await code(upload(whole, { ...query, validFrom: '2024-06-30' }))).toBe('stamp.days_wrong')
  const stamp = must(await upload(whole))
  const take = { params: { id: stamp.id }, body: { decision: 'put_in_force' as const } }
  expect(await code(administrator.decideStamp(take))).toBe('stamp.second_person')
  must(await city.as('policy_author').decideStamp(take))
  expect(Buffer.from(await paper(id)).equals(Buffer.from(before))).toBe(true)

  city.setDay('2024-07-03')
  expect(Buffer.from(await paper(id)).equals(Buffer.from(before))).toBe(true)
  const later = await applied(city, 'clerk', city.firm, { number: 'HT-10', account: 'tenth' })
  must(await reviewer.decideApplication({ params: { id: later.id }, body: refuse }))
  expect(Buffer.from(await paper(later.id)).includes('/Subtype /Image')).toBe(true)
  expect(Buffer.from(before).includes('/Subtype /Image')).toBe(false)
})
