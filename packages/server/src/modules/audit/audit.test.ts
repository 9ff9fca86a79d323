// What an auditor finds: the journal by thing and period, balances of any day, proofs that are kept, and the trail.
import { connect, sql } from '@suanquan/server'
import { applied, FINDINGS, granted, must, testCity } from '@suanquan/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { differencesBetween } from './differences.ts'

const city = await testCity()
const auditor = city.as('auditor')
afterAll(() => city.stop())

let application: Awaited<ReturnType<typeof granted>>

beforeAll(async () => {
  application = await granted(city, await applied(city, 'clerk', city.firm), '100000000')
})

async function finished(kind: 'verification' | 'replay') {
  const { id } = must(await auditor.startProof({ body: { kind } }))
  for (;;) {
    const run = must(await auditor.readProof({ params: { id } }))
    if (run.state !== 'running') return run
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

describe('the journal', () => {
  test('is found by voucher, application, contract, firm and reason, each with what it carried out', async () => {
    const voucher = must(await auditor.listVouchers({})).items[0]!
    const numbers = [voucher.number, application.number, voucher.contractNumber, city.firm.creditCode]
    for (const q of numbers) {
      const { items } = must(await auditor.listPostings({ query: { q } }))
      const issue = items.find(({ code, kind }) => code === 'issue' && kind === 'settle')!
      expect([q, issue.amount, issue.credit.reference]).toEqual([q, '100000000', voucher.number])
      expect(issue.document).toMatchObject({ kind: 'application', label: application.number })
    }
    const appropriated = must(await auditor.listPostings({ query: { reason: 'appropriate' } }))
    expect(appropriated.items.map(({ document }) => document?.label)).toEqual(['示财预〔2024〕1号'])
    expect(must(await auditor.listPostings({ query: { q: '没有这个单位' } })).total).toBe(0)
  })

  test('is read by period, and one posting shows its whole set and what resolved it', async () => {
    const before = must(await auditor.listPostings({ query: { to: '2024-05-19' } }))
    expect(before.items.every(({ at }) => at < '2024-05-19T16:00:00.000Z')).toBe(true)
    const later = must(await auditor.listPostings({ query: { from: '2024-05-20' } }))
    const all = must(await auditor.listPostings({}))
    expect(before.total + later.total).toBe(all.total)
    const reserved = before.items.find(({ kind, code }) => kind === 'reserve' && code === 'issue')!
    const whole = must(await auditor.readPosting({ params: { id: reserved.id } }))
    expect(whole.set.map(({ link }) => link)).toEqual(whole.set.map((_, index) => index))
    expect(whole.set).toHaveLength(whole.links)
    expect(whole.related.map(({ kind }) => kind)).toEqual(['settle'])
    expect(whole.chain).toMatch(/^[0-9a-f]{64}$/)
  })

  test('gives balances as of any day: before the issue the pool only promises, after it the voucher holds', async () => {
    const holds = async (code: 'pool' | 'voucher', asOf: string) => {
      const { items } = must(await auditor.listAccounts({ query: { code, asOf } }))
      return items.map(({ usable, debitsPending }) => [usable, debitsPending])
    }
    expect(await holds('pool', '2024-05-19')).toEqual([['400000000', '100000000']])
    expect(await holds('voucher', '2024-05-19')).toEqual([['0', '0']])
    expect(await holds('pool', '2024-05-20')).toEqual([['400000000', '0']])
    expect(await holds('voucher', '2024-05-20')).toEqual([['100000000', '0']])
    expect(await holds('pool', '2024-01-01')).toEqual([])
    const [voucher] = must(await auditor.listAccounts({ query: { code: 'voucher' } })).items
    const one = must(
      await auditor.readAccount({ params: { id: voucher!.id }, query: { asOf: '2024-01-01' } }),
    )
    expect([one.usable, one.holderName]).toEqual(['0', '甲示例科技有限公司'])
  })
})

describe('a proof', () => {
  test('is kept with every check and its numbers, and a second of its kind waits for the first', async () => {
    const run = await finished('verification')
    expect(run).toMatchObject({ state: 'done', clean: true, startedBy: 'auditor 某某' })
    const [fund] = run.funds
    expect(fund!.checks).toHaveLength(12)
    expect(fund!.checks.every(({ ok, looked, wrong }) => ok && looked > 0 && wrong === 0)).toBe(true)
    expect(run.done).toBe(fund!.postings)
    expect(run.agreement.map(({ id, documentsFen }) => [id, documentsFen])).toContainEqual([
      'issued',
      '100000000',
    ])
    expect(must(await auditor.listProofs({ query: { kind: 'verification' } })).items[0]!.id).toBe(run.id)
  })

  test('finds a balance that somebody raised by hand, and a document that says more than the ledger', async () => {
    const superuser = connect({ ...city.store.address, connections: 1 })
    const change = async (by: number) => {
      await sql`update ledger.account set credits_posted = credits_posted + ${by} where code = 4`.execute(
        superuser.kysely,
      )
      // the guard of a voucher's face is off for whoever owns the machine
      await superuser.kysely.connection().execute(async (session) => {
        await sql`set session_replication_role = replica`.execute(session)
        await sql`update voucher set amount_fen = amount_fen + ${2 * by}`.execute(session)
        await sql`set session_replication_role = origin`.execute(session)
      })
    }
    await change(1)
    const run = await finished('verification')
    await change(-1)
    await superuser.close()
    expect(run.clean).toBe(false)
    const wrong = run.funds[0]!.checks.filter(({ ok }) => !ok).map(({ id }) => id)
    expect(wrong).toEqual(['balances', 'double_entry'])
    expect(run.agreement.filter(({ ok }) => !ok).map(({ id }) => id)).toEqual(['issued'])
  })

  test('replays every decision, and shows where a stored result was changed', async () => {
    const clean = await finished('replay')
    expect(clean).toMatchObject({ clean: true, done: clean.total, differences: [] })
    expect(clean.decisions.map(({ kind }) => kind).toSorted()).toEqual(['determination', 'review'])
    const superuser = connect({ ...city.store.address, connections: 1 })
    const set = (value: string) =>
      sql`update decision set result = jsonb_set(result, '{determination,ceilingFen}', ${value}::jsonb)
        where kind = 'review'`.execute(superuser.kysely)
    const { rows } = await sql<{ value: string }>`
      select result->'determination'->>'ceilingFen' as value from decision where kind = 'review'`.execute(
      superuser.kysely,
    )
    await set('"1n"')
    const run = await finished('replay')
    await set(JSON.stringify(rows[0]!.value))
    await superuser.close()
    expect(run.clean).toBe(false)
    expect(run.differences).toHaveLength(1)
    expect(run.differences[0]).toMatchObject({ kind: 'review', about: { label: application.number } })
    expect(run.differences[0]!.paths).toEqual([
      { path: 'determination/ceilingFen', stored: '"1n"', again: JSON.stringify(rows[0]!.value) },
    ])
  })

  test('the difference of two results names the path, and what is missing on one side', () => {
    expect(differencesBetween({ a: [1, { b: 2 }], c: 3 }, { a: [1, { b: 4 }] })).toEqual([
      { path: 'a/1/b', stored: '2', again: '4' },
      { path: 'c', stored: '3', again: '—' },
    ])
  })
})

describe('the trail', () => {
  test('tells acts, reads and refusals apart, by person, thing, words and period', async () => {
    const approve = { decision: 'approve' as const, amountFen: '1', findings: FINDINGS, reason: '再批一次' }
    await city.as('reviewer').decideApplication({ params: { id: application.id }, body: approve })
    const about = async (query: object) =>
      must(await auditor.listAuditEvents({ query: { objectId: application.id, ...query } }))
    const acts = await about({ show: 'acts' })
    expect(acts.items.map(({ action }) => action)).toContain('submitApplication')
    expect(acts.items[0]).toMatchObject({
      objectLabel: application.number,
      organisationName: '甲示例科技有限公司',
    })
    const refused = await about({ show: 'refused' })
    expect(refused.items.map(({ outcome }) => outcome)).toContain('application.above_ceiling')
    const reads = await about({ show: 'reads' })
    expect(reads.items.every((each) => each.reads)).toBe(true)
    const everything = await about({})
    expect(acts.total + refused.total + reads.total).toBe(everything.total)
    const byNumber = must(await auditor.listAuditEvents({ query: { q: application.number } }))
    expect(byNumber.total).toBe(everything.total)
    const { personId } = refused.items[0]!
    const person = must(await auditor.listAuditEvents({ query: { personId: personId!, show: 'refused' } }))
    expect(person.items.every((each) => each.personId === personId)).toBe(true)
    expect(must(await auditor.listAuditEvents({ query: { to: '2024-05-01' } })).total).toBe(0)
  })

  test('the overview says what was proved last and what came since', async () => {
    const view = must(await auditor.readOversight())
    expect(view.proofs.map(({ kind, since }) => [kind, since])).toEqual([
      ['verification', 0],
      ['replay', 0],
    ])
    expect(view.refused.map(({ code }) => code)).toContain('application.above_ceiling')
    expect(view.postings).toBeGreaterThan(4)
  })
})
