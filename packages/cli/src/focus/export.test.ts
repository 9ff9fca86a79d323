// The export out of a real database: use, a claim that is put right, a deduction of which a part goes back; for the
// provider, the firm and the programme. The rows keep the published rules where those are there.
import { startOf } from '@suanquan/core/calendar'
import { FOCUS_COLUMNS, type FocusRow } from '@suanquan/core/settlement'
import { chargedFen, focusRows, type FocusScope } from '@suanquan/server'
import { enrolled, must, signIn, testCity, testDeduction, testFirm, type TestCity } from '@suanquan/testkit'
import { existsSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { settled } from '../commands/settle.ts'
import { checkFocus } from './check.ts'
import { readModel } from './rules.ts'

const WAN = 1_000_000n
const rules = `${process.env['SUANQUAN_DATA'] ?? `${import.meta.dirname}/../../../../../shared/data`}/focus/model-1.2.json`
const city = await testCity({ poolFen: 100n * WAN })
afterAll(() => city.stop())

async function exported(of: FocusScope['of']): Promise<{ rows: FocusRow[]; charged: bigint }> {
  const scope = { from: '2024-05', to: '2024-07', of } as const
  const rows: FocusRow[] = []
  for await (const some of focusRows(city.store.database.kysely, scope)) rows.push(...some)
  return { rows, charged: await chargedFen(city.store.database.kysely, scope) }
}

const fen = (rows: readonly FocusRow[], category: string): bigint =>
  rows
    .filter(({ ChargeCategory }) => ChargeCategory === category)
    .reduce((sum, { BilledCost }) => sum + BigInt(BilledCost!.replace('.', '')), 0n)

const credits = (rows: readonly FocusRow[]): unknown[] =>
  rows
    .filter(({ ChargeCategory }) => ChargeCategory === 'Credit')
    .map((row) => [row.BilledCost, row.ChargeClass, row.BillingPeriodStart])

const month = (name: string): string => new Date(startOf(`${name}-01`)).toISOString().replace('.000Z', 'Z')

test('use, voucher money, what is put right and what goes back, each in its month; the sums are the charges', async () => {
  await claimPutRight(city)
  await deductionInPart(city)
  const provider = await exported({ kind: 'provider', id: city.provider.id })
  const firm = await exported({ kind: 'firm', id: city.firm.id })
  const whole = await exported({ kind: 'everything' })
  const deducting = await exported({ kind: 'programme', id: 'cn.chengdu.compute_voucher' })
  expect(provider.rows).toEqual(whole.rows)
  expect(firm.rows).toEqual(whole.rows)
  for (const { rows, charged } of [provider, deducting]) {
    expect(charged).toBeGreaterThan(0n)
    expect(fen(rows, 'Usage')).toBe(charged)
  }
  expect(deducting.rows.length).toBeLessThan(whole.rows.length)
  expect(credits(deducting.rows)).toEqual([
    ['-4800.00', null, month('2024-05')],
    ['1800.00', 'Correction', month('2024-06')],
  ])
  const [paid, back] = credits(whole.rows.filter((row) => !deducting.rows.some((other) => same(row, other))))
  expect(paid).toEqual([expect.stringMatching(/^-\d/), null, month('2024-06')])
  expect(back).toEqual(['10.00', 'Correction', month('2024-07')])
  if (!existsSync(rules)) return
  const table = { columns: FOCUS_COLUMNS.map(({ name }) => name), rows: whole.rows.map(cellsOf) }
  const broken = checkFocus(table, { model: readModel(rules) }).filter(({ verdict }) => verdict === 'failed')
  expect(broken).toEqual([])
})

test('a month of these contracts adds up to the fen; where a claim paid more than was approved, its place is named', async () => {
  const { address, database } = city.store
  const found = await settled(address, '2024-05')
  expect(
    found.map(({ contract, month: of, faults }) => [contract, of!.ratedFen === of!.chargedFen, faults]),
  ).toEqual([
    ['CD-FOCUS', true, []],
    ['HT-FOCUS', true, []],
  ])
  for (const { month: of } of found) expect(of!.voucherFen + of!.ownFen + of!.unpaidFen).toBe(of!.chargedFen)
  await database.kysely.updateTable('claim').set({ settled_fen: 99_999_999n }).execute()
  const wrong = await settled(address, '2024-05')
  expect(wrong.flatMap(({ faults }) => faults.map(({ fault }) => fault))).toContain('claim_pays_more')
})

const cellsOf = (row: FocusRow): (string | null)[] => FOCUS_COLUMNS.map(({ name }) => row[name])
const same = (a: FocusRow, b: FocusRow): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Claimed after use and approved in June; ten yuan less in July. */
async function claimPutRight(on: TestCity): Promise<void> {
  const papers = await testFirm(on)
  const { id } = await papers.submitted('HT-FOCUS')
  await papers.approve(id, 10n * WAN)
  await papers.announce([id])
  on.setDay('2024-05-20')
  await on.tick()
  const { voucherId } = must(await on.as('reviewer').readApplication({ params: { id } }))
  await papers.use('HT-FOCUS', '2024-05-21', 24)
  on.setDay('2024-06-03')
  const period = { from: '2024-05-21', to: '2024-05-31', on: '2024-06-03' } as const
  const body = papers.claim({ voucherId: voucherId!, fen: 1n * WAN, series: 7, ...period })
  const claim = must(await on.as('clerk').submitClaim({ body }))
  const params = { id: claim.id }
  const approve = { decision: 'approve', amountFen: claim.payableFen, reason: '四项相符' } as const
  must(await on.as('reviewer').decideClaim({ params, body: approve }))
  on.setDay('2024-07-02')
  const rightFen = (BigInt(claim.payableFen) - 1_000n).toString()
  const wrong = { rightFen, reason: '多计一小时', evidence: '复核记录' }
  const { id: put } = must(await on.as('reviewer').proposeRectification({ params, body: wrong }))
  await enrolled(on, 'reviewer9', { role: 'reviewer', district: '990101', organisationCreditCode: null })
  const second = await signIn(on.server.url, 'reviewer9')
  must(await second.decideRectification({ params: { id: put }, body: { approve: true, reason: '属实' } }))
}

/** 4,800 yuan deducted for May, of which 3,000 are proven in June. */
async function deductionInPart(on: TestCity): Promise<void> {
  on.setDay('2024-05-08')
  const { voucher, use, proofs } = await testDeduction(on, 100n * WAN)
  const { id: voucherId } = await voucher('CD-FOCUS', 10n * WAN)
  await use('CD-FOCUS', '2024-05-21', 100)
  on.setDay('2024-06-05')
  const provider = on.as('provider')
  const { id } = must(await provider.makeDeduction({ body: { voucherId, month: '2024-05' } }))
  const papers = proofs({ invoicedFen: 800_000n, paidFen: 20_000n, series: 2, on: '2024-06-04' })
  must(await provider.claimDeduction({ params: { id }, body: papers }))
  const approve = { decision: 'approve', amountFen: '300000', reason: '四项相符' } as const
  must(await on.as('reviewer').decideClaim({ params: { id }, body: approve }))
}
