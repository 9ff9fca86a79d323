// What a holder can show: its wallet as of any day, the credential of a voucher, an attestation to a third party. A paper is
// checked with the published keys alone; the platform is asked only whether it still holds, and says nothing more.
import { dayOf } from '@suanquan/core/calendar'
import {
  genuineness,
  readCredential,
  type AttestationPaper,
  type SignedCredential,
} from '@suanquan/core/voucher'
import { faultsIn, furnishedCity, holdersOf, must } from '@suanquan/testkit'
import { createHash } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { agreementOf, connect, sql } from './index.ts'
import { verifySignature } from './signing/index.ts'

const { city, ids } = await furnishedCity()
const clerk = city.as('clerk')
const voucherId = ids['voucher_id']!
afterAll(() => city.stop())

async function genuine(text: string): Promise<string> {
  const { items } = must(await city.anybody.listKeys({}))
  const keys = items.map(({ id, algorithm, publicKey, replacedAt }) => ({
    id,
    algorithm,
    replacedAt,
    bytes: Buffer.from(publicKey, 'hex'),
  }))
  const idHash = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()
  const read = readCredential(text)
  return read.ok ? genuineness(read.value, { keys, idHash, verify: verifySignature }) : 'unreadable'
}

async function stateOf(text: string): Promise<object> {
  const { paper, signature } = JSON.parse(text) as SignedCredential
  return must(await city.anybody.checkCredential({ body: { id: paper.id, signature } }))
}

const attest = { recipient: '示例银行示例支行', purpose: '流动资金贷款审查', days: 30 }

describe('the wallet', () => {
  test('as of a past day shows what stood then, and every fen of each voucher once', async () => {
    const now = must(await clerk.listVouchers({ query: { size: 200 } }))
    const before = must(await clerk.listVouchers({ query: { size: 200, asOf: '2024-05-21' } }))
    const none = must(await clerk.listVouchers({ query: { asOf: '2024-05-09' } }))
    expect([now.total, none.total]).toEqual([2, 0])
    for (const { amountFen, pieces } of [...now.items, ...before.items])
      expect(pieces.reduce((sum, { fen }) => sum + BigInt(fen), 0n).toString()).toBe(amountFen)
    const then = before.items.find(({ id }) => id === voucherId)!
    const today = now.items.find(({ id }) => id === voucherId)!
    expect(then).toMatchObject({
      usableFen: then.amountFen,
      redeemedFen: '0',
      heldFen: '0',
      pieces: [{ part: 'usable' }],
    })
    expect(BigInt(today.redeemedFen)).toBeGreaterThan(0n)
    const used = today.pieces.find(({ part }) => part === 'redeemed')!
    expect(used.claim).toMatchObject({ id: ids['claim_id'] })
    const { history } = must(await clerk.readVoucher({ params: { id: voucherId } }))
    expect(history.map(({ sequence }) => sequence)).toContain(used.sequence)
  })
})

describe('the credential of a voucher', () => {
  test('is genuine by the published keys alone, and no more with any character changed', async () => {
    const { text, ...made } = must(await clerk.makeCredential({ params: { id: voucherId } }))
    expect(made).toMatchObject({ kind: 'voucher', voucherId, state: 'valid', looks: 0 })
    expect(await genuine(text)).toBe('genuine')
    expect(await genuine(text.replace('"faceFen":"1', '"faceFen":"9'))).toBe('forged')
    expect(text).toContain('不得转让、不得质押')
    expect(text).not.toContain('usableFen')
  })

  test('holds until it is revoked, and each look is counted and in the trail', async () => {
    const { id, text } = must(await clerk.makeCredential({ params: { id: voucherId } }))
    expect(await stateOf(text)).toMatchObject({ state: 'valid', voucher: 'existing' })
    must(await clerk.revokeCredential({ params: { id }, body: { reason: '已用毕' } }))
    expect(await stateOf(text)).toMatchObject({ state: 'revoked' })
    expect(await genuine(text)).toBe('genuine')
    const kept = must(await clerk.readCredential({ params: { id } }))
    expect(kept).toMatchObject({ state: 'revoked', looks: 2, revokedReason: '已用毕' })
    const again = await clerk.revokeCredential({ params: { id }, body: { reason: '再作废' } })
    expect(again).toMatchObject({ problem: { code: 'credential.revoked_already' } })
    const { items } = must(await city.as('auditor').listAuditEvents({ query: { objectId: id } }))
    expect(items.filter(({ action }) => action === 'checkCredential')).toHaveLength(2)
  })

  test('a stranger learns nothing beyond the state, and the same of a wrong signature as of no paper', async () => {
    const { id, text } = must(await clerk.makeCredential({ params: { id: voucherId } }))
    const known = await stateOf(text)
    expect(Object.keys(known).sort()).toEqual(['asOf', 'state', 'voucher'])
    const guessed = { id, signature: 'ab'.repeat(64) }
    const nothing = { id: '01890000-0000-7000-8000-000000000000', signature: 'ab'.repeat(64) }
    const answers = [
      must(await city.anybody.checkCredential({ body: guessed })),
      must(await city.anybody.checkCredential({ body: nothing })),
    ]
    expect(answers[0]).toEqual(answers[1])
    expect(answers[0]).toMatchObject({ state: 'unknown', voucher: null })
  })

  test('is a document with a code to scan', async () => {
    const { id } = must(await clerk.makeCredential({ params: { id: voucherId } }))
    const { bytes } = must(await clerk.readCredentialDocument({ params: { id } })) as { bytes: Uint8Array }
    expect(Buffer.from(bytes).subarray(0, 5).toString()).toBe('%PDF-')
  })
})

describe('an attestation', () => {
  const on = (asked: string): Parameters<typeof clerk.makeAttestation>[0] => ({
    body: { ...attest, organisationId: city.firm.id, on: asked },
  })

  test('states the facts of one day to a named recipient, and expires', async () => {
    const { text, expiresOn } = must(await clerk.makeAttestation(on('2024-05-21')))
    expect(await genuine(text)).toBe('genuine')
    const { paper } = JSON.parse(text) as { paper: AttestationPaper }
    expect(paper).toMatchObject({ recipient: attest.recipient, purpose: attest.purpose, on: '2024-05-21' })
    const then = must(await clerk.listVouchers({ query: { asOf: '2024-05-21' } }))
    expect(paper.vouchers).toHaveLength(then.total)
    for (const line of paper.vouchers) {
      const { usableFen, amountFen } = then.items.find(({ number }) => number === line.voucher)!
      expect(line).toMatchObject({ usableFen, faceFen: amountFen })
    }
    expect(await stateOf(text)).toMatchObject({ state: 'valid', voucher: null })
    const today = must(await clerk.listCredentials({})).items[0]!.issuedAt
    city.setDay('2024-08-01')
    expect(expiresOn < '2024-08-01').toBe(true)
    expect(await stateOf(text)).toMatchObject({ state: 'expired' })
    city.setDay(dayOf(Date.parse(today)))
  })

  test('there is none of a day that has not come, nor of a day without vouchers', async () => {
    expect(await clerk.makeAttestation(on('2031-01-01'))).toMatchObject({
      problem: { code: 'credential.day_ahead' },
    })
    expect(await clerk.makeAttestation(on('2024-05-09'))).toMatchObject({
      problem: { code: 'credential.no_voucher' },
    })
  })

  test('moves nothing: the ledger has no posting of it, and the books are right', async () => {
    const { kysely } = city.store.database
    const heads = (): Promise<object[]> => kysely.selectFrom('ledger.head').selectAll().execute()
    const before = await heads()
    must(await clerk.makeAttestation(on('2024-05-21')))
    expect(await heads()).toEqual(before)
    expect(await faultsIn(city.store.database)).toEqual([])
  })
})

describe('a voucher keeps its holder', () => {
  const statements = [
    `update suanquan.voucher set holder_id = '01890000-0000-7000-8000-000000000000'`,
    `update suanquan.voucher set holder_credit_code = 'X'`,
    `update suanquan.voucher set number = number || 'X'`,
    `update ledger.account set holder = 'X' where code = 4`,
    `insert into ledger.posting select * from ledger.posting where false`,
  ]

  test.each(statements)('against the platform’s own role: %s', async (statement) => {
    const before = await holdersOf(city.store)
    await expect(sql.raw(statement).execute(city.store.database.kysely)).rejects.toThrow(
      /keeps its holder|permission/,
    )
    expect(await holdersOf(city.store)).toEqual(before)
  })

  test('against the owner of the tables too, on the document; in the ledger the audit finds it', async () => {
    const owner = connect({ ...city.store.address, connections: 1 })
    for (const statement of statements.slice(0, 3))
      await expect(sql.raw(statement).execute(owner.kysely)).rejects.toThrow('keeps its holder')
    const agree = async (): Promise<boolean | undefined> => {
      const line = (await agreementOf(owner.kysely)).find(({ id }) => id === 'holders')
      return line && line.documentsFen === line.ledgerFen
    }
    expect(await agree()).toBe(true)
    await sql`alter table suanquan.voucher disable trigger voucher_keeps_holder`.execute(owner.kysely)
    await sql`update suanquan.voucher set holder_credit_code = 'X' where id = ${voucherId}`.execute(
      owner.kysely,
    )
    expect(await agree()).toBe(false)
    await owner.close()
  })
})
