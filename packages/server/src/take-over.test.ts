// 接管: a programme that ran elsewhere comes in with its money, vouchers and claims. What cannot be is refused by sheet, row
// and column; not a fen may differ from the closing statement; two people; all or nothing; and afterwards a voucher is a
// voucher, and nobody gets a second helping.
import type { Client, DownloadedFile, TakeOverFileKind } from '@suanquan/api'
import {
  payUnverified,
  beginTakeOver,
  checkedTakeOver,
  closingOf,
  CUT_OVER,
  draftOf,
  fenOf,
  must,
  OLD_VOUCHERS,
  oldLists,
  putFile,
  putFiles,
  sheetCsv,
  testCity,
  upload,
  usedSacct,
  yuanText,
  type OldLists,
  type OldRow,
  type TestCity,
} from '@suanquan/testkit'
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CrashPoint } from './crash-points.ts'
import { agreementOf, replayDecisions } from './modules/audit/index.ts'
import { sql, verifyLedger } from './database/index.ts'

const YUAN = 100n

/** The reasons of a check by sheet and row. */
async function reasons(city: TestCity, id: string): Promise<string[]> {
  const query = { outcome: 'refused', size: 200 } as const
  const { items } = must(await city.as('auditor').listTakeOverLines({ params: { id }, query }))
  return items.flatMap(({ sheet, row, reasons: all }) =>
    all.map(({ code, column }) => `${sheet} ${row ?? '-'} ${column?.en ?? '-'} ${code}`),
  )
}

let dies: CrashPoint | null = null
const city = await testCity({
  poolFen: 0n,
  crash: (point) => {
    if (point === dies) throw new Error(`died at ${point}`)
  },
})
const { kysely: db } = city.store.database
afterAll(() => city.stop())

describe('what cannot be taken over', () => {
  let id = ''
  let good: OldLists
  beforeAll(async () => {
    id = await beginTakeOver(city)
    const whole = oldLists(city)
    const [vouchers, claims] = [whole.vouchers.slice(0, 4), whole.claims.slice(0, 2)]
    good = { ...whole, vouchers, claims, closing: closingOf({ vouchers, claims }, ['programme', 'pool']) }
    await putFiles(city.as('finance'), id, good)
  }, 60_000)

  /** The reasons once a row of a sheet says something else. */
  async function with_(sheet: keyof OldLists, place: number, change: OldRow): Promise<string[]> {
    const rows = good[sheet].map((row, index) => (index === place ? { ...row, ...change } : row))
    await putFile(city.as('finance'), id, sheet, sheetCsv(sheet, rows))
    await checkedTakeOver(city, id)
    const found = await reasons(city, id)
    await putFile(city.as('finance'), id, sheet, sheetCsv(sheet, good[sheet]))
    return found
  }

  test.each([
    ['vouchers', 0, { amountFen: '3000' }, 'vouchers 2 used (yuan) take_over.beyond_amount'],
    ['vouchers', 1, { number: '旧券-0001' }, 'vouchers 3 old voucher number take_over.row_twice'],
    ['vouchers', 0, { usedFen: '4000.01' }, 'vouchers 2 used (yuan) take_over.claims_differ'],
    ['vouchers', 0, { issuedOn: '2024-05-08' }, 'vouchers 2 issued on take_over.after_cut_over'],
    ['vouchers', 3, { expiredFen: '1' }, 'vouchers 5 expired (yuan) take_over.not_expired'],
    ['vouchers', 2, { expiredFen: '9999' }, 'vouchers 4 expired (yuan) take_over.expired_left'],
    ['vouchers', 3, { revokedFen: '1' }, 'vouchers 5 revoked (yuan) take_over.revoked_left'],
    ['vouchers', 0, { cluster: '' }, 'vouchers 2 cluster take_over.meter_missing'],
    ['vouchers', 0, { pool: '110101' }, 'vouchers 2 pool of district take_over.district_foreign'],
    ['vouchers', 0, { creditCode: '91110000802100433B' }, 'take_over.firm_unknown'],
    ['vouchers', 0, { creditCode: 'ABC' }, 'party.'],
    ['vouchers', 0, { amountFen: '一万' }, 'imports.cell_yuan'],
    ['claims', 0, { voucher: '没有的券' }, 'claims 2 old voucher number take_over.voucher_unknown'],
    ['claims', 0, { bankReference: '' }, 'claims 2 paid on take_over.payment_half'],
    ['claims', 0, { periodFrom: '2023-12-01' }, 'claims 2 use from take_over.period_outside'],
    ['claims', 0, { baseFen: '1' }, 'claims 2 fee settled (yuan) take_over.base_less'],
    ['money', 0, { amountFen: '1' }, 'money - money (yuan) take_over.pool_short'],
    ['money', 0, { pool: '990101' }, 'money - pool of district take_over.pool_without_money'],
    ['closing', 0, { scope: '资金池', key: '990102' }, 'closing - scope take_over.closing_without_programme'],
  ] as const)('%s row %i with %o', async (sheet, place, change, expected) => {
    const found = await with_(sheet, place, change)
    expect(found.join('\n')).toContain(expected)
  })

  test('a grant beyond a cap is refused with the cap and by how much', async () => {
    const change = { amountFen: '90000000' }
    await putFile(
      city.as('finance'),
      id,
      'money',
      sheetCsv('money', [{ ...good.money[0]!, amountFen: '500000000' }]),
    )
    const found = await with_('vouchers', 0, change)
    await putFile(city.as('finance'), id, 'money', sheetCsv('money', good.money))
    expect(found.join('\n')).toContain('vouchers 2 amount (yuan) take_over.cap_exceeded')
  })

  test('a file is read with a mark at its beginning or without; one of another kind is refused as a whole', async () => {
    const plain = sheetCsv('money', good.money)
    const marked = new Uint8Array([0xef, 0xbb, 0xbf, ...plain])
    await putFile(city.as('finance'), id, 'money', marked)
    expect((await checkedTakeOver(city, id)).refused).toBe(0)
    const upload_ = (kind: TakeOverFileKind, bytes: Uint8Array): ReturnType<Client['uploadTakeOverFile']> => {
      const file = { name: 'a.csv', bytes, mediaType: 'text/csv' }
      return city.as('finance').uploadTakeOverFile({ params: { id }, query: { kind }, file })
    }
    const broken = new TextEncoder().encode('甲,乙\r\n1,2\r\n')
    expect(await upload_('money', broken)).toMatchObject({ problem: { code: 'imports.no_head' } })
    expect(await upload_('statement', broken)).toMatchObject({ problem: { code: 'take_over.not_a_pdf' } })
    expect(await upload_('money', new Uint8Array([0xff, 0xfe, 0xff]))).toMatchObject({ ok: false })
  })

  test('a template with its meanings, filled in below its head, is read', async () => {
    const query = { sheet: 'closing', format: 'csv' } as const
    const template = must(await city.as('finance').downloadTakeOverTemplate({ query })) as DownloadedFile
    const text = new TextDecoder().decode(template.bytes)
    const filled = `${text.trimEnd()}\r\n${new TextDecoder().decode(sheetCsv('closing', good.closing)).split('\r\n').slice(1).join('\r\n')}`
    await putFile(city.as('finance'), id, 'closing', new TextEncoder().encode(filled))
    expect(await checkedTakeOver(city, id)).toMatchObject({ refused: 0, differences: 0 })
    await putFile(city.as('finance'), id, 'closing', sheetCsv('closing', good.closing))
  })

  test('sent back, changed, given up; a programme with an application of its own is not taken over', async () => {
    const params = { id }
    const { hash } = await checkedTakeOver(city, id)
    must(await city.as('finance').prepareTakeOver({ params, body: { hash } }))
    const back = { decision: 'send_back' as const, hash, reason: '' }
    expect(await city.as('finance2').decideTakeOver({ params, body: back })).toMatchObject({
      problem: { code: 'take_over.reason_missing' },
    })
    const returned = must(
      await city.as('finance2').decideTakeOver({ params, body: { ...back, reason: '缺一份文件' } }),
    )
    expect(returned).toMatchObject({ state: 'open', decisionReason: '缺一份文件', preparedBy: null })
    must(await city.as('finance').prepareTakeOver({ params, body: { hash } }))
    const clerk = city.as('clerk')
    const drafted = { adoptionId: city.adoptionId, organisationId: city.firm.id }
    const { id: applicationId } = must(await clerk.openDraft({ body: drafted }))
    must(
      await clerk.saveDraft({ params: { id: applicationId }, body: await draftOf(clerk, city, city.firm) }),
    )
    const late = await city
      .as('finance2')
      .decideTakeOver({ params, body: { decision: 'confirm', hash, reason: '' } })
    expect(late).toMatchObject({ problem: { code: 'take_over.programme_started' } })
    await db.deleteFrom('application').where('id', '=', applicationId).execute()
    must(await city.as('finance2').decideTakeOver({ params, body: { ...back, reason: '已在平台受理' } }))
    expect(must(await city.as('finance').abandonTakeOver({ params })).state).toBe('abandoned')
  })
})

describe('a whole take-over', () => {
  let id = ''
  const all = oldLists(city)

  const rows = async (table: 'voucher' | 'ledger.posting' | 'organisation'): Promise<number> => {
    const { rows: found } = await sql<{ count: bigint }>`select count(*) from ${sql.table(table)}`.execute(db)
    return Number(found[0]!.count)
  }

  test('a dry run says what each row becomes, and nothing of it is kept but its report', async () => {
    id = await beginTakeOver(city)
    const before = [await rows('voucher'), await rows('ledger.posting'), await rows('organisation')]
    await putFiles(city.as('finance'), id, all)
    const report = await checkedTakeOver(city, id)
    expect(await reasons(city, id)).toEqual([])
    expect(report).toMatchObject({ refused: 0, differences: 0 })
    expect(report.sheets.find(({ sheet }) => sheet === 'vouchers')).toMatchObject({ rows: OLD_VOUCHERS })
    const lines = must(
      await city.as('finance').listTakeOverLines({ params: { id }, query: { sheet: 'claims', size: 1 } }),
    )
    expect(lines.items[0]!.becomes!.en).toContain('never paid again')
    expect([await rows('voucher'), await rows('ledger.posting'), await rows('organisation')]).toEqual(before)
  })

  test('a difference of one fen from the closing statement blocks it and is shown where it is', async () => {
    const [programme, pool] = all.closing
    const wrong = [{ ...programme!, left: yuanText(fenOf(programme!['left']) + 1n) }, pool!]
    await putFile(city.as('finance'), id, 'closing', sheetCsv('closing', wrong))
    const report = await checkedTakeOver(city, id)
    expect(report.differences).toBe(1)
    const params = { id }
    const refused = await city.as('finance').prepareTakeOver({ params, body: { hash: report.hash } })
    expect(refused).toMatchObject({ ok: false, problem: { code: 'take_over.not_clean' } })
    await putFile(city.as('finance'), id, 'closing', sheetCsv('closing', all.closing))
  })

  test('who prepared it cannot confirm it; a crash leaves nothing; of two that confirm at once one does; a second take-over is refused', async () => {
    const { hash } = await checkedTakeOver(city, id)
    const params = { id }
    must(await city.as('finance').prepareTakeOver({ params, body: { hash } }))
    const told = must(await city.as('finance2').listMessages({}))
    const kinds = told.items.filter(({ aboutId }) => aboutId === id).map(({ kind }) => kind)
    expect(kinds).toEqual(['take_over_to_confirm'])
    const body = { decision: 'confirm' as const, hash, reason: '' }
    const own = await city.as('finance').decideTakeOver({ params, body })
    expect(own).toMatchObject({ ok: false, problem: { code: 'take_over.own' } })
    for (const point of ['command.stored', 'command.posted'] as const) {
      dies = point
      expect((await city.as('finance2').decideTakeOver({ params, body })).ok).toBe(false)
      dies = null
      expect(must(await city.as('auditor').readTakeOver({ params })).state).toBe('prepared')
      expect([await rows('voucher'), await rows('ledger.posting')]).toEqual([0, 0])
    }
    const both = await Promise.all([
      city.as('finance2').decideTakeOver({ params, body }),
      city.as('finance2').decideTakeOver({ params, body }),
    ])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    expect(both.find(({ ok }) => !ok)).toMatchObject({ problem: { code: 'take_over.wrong_state' } })
    const again = { adoptionId: city.adoptionId, systemName: '旧系统', cutOverOn: CUT_OVER }
    expect(await city.as('finance').openTakeOver({ body: again })).toMatchObject({
      ok: false,
      problem: { code: 'take_over.exists' },
    })
    const done = must(await city.as('auditor').readTakeOver({ params }))
    expect(done.state).toBe('posted')
    expect(done.statementNumber).toMatch(/期〔2024〕1号$/)
    const file = done.files.find(({ kind }) => kind === 'vouchers')!
    const digest = createHash('sm3').update(sheetCsv('vouchers', all.vouchers)).digest('hex')
    expect(file.sm3).toBe(digest)
  })

  test('afterwards the pool is issued and left, and documents, ledger, replay agree', async () => {
    const { database } = city.store
    const pool = must(await city.as('finance').readPool({ params: { id: city.adoptionId } }))
    const issued = BigInt(OLD_VOUCHERS) * 10_000n * YUAN
    expect(pool.issuedFen).toBe(issued.toString())
    expect(pool.appropriatedFen).toBe((5_000_000n * YUAN).toString())
    const returned = 32n * 10_000n * YUAN
    expect(pool.returnedFen).toBe(returned.toString())
    expect(BigInt(pool.leftFen)).toBe(5_000_000n * YUAN - issued + returned)
    expect(pool.paidFen).toBe((30n * 4_000n * YUAN).toString())
    expect(pool.payableFen).toBe((30n * 4_000n * YUAN).toString())
    expect((await verifyLedger(database)).flatMap(({ findings }) => findings)).toEqual([])
    const apart = (await agreementOf(database.kysely)).filter((each) => each.documentsFen !== each.ledgerFen)
    expect(apart).toEqual([])
    const replayed = await replayDecisions(database)
    expect(replayed.differences).toEqual([])
    expect(replayed.takenOver).toMatchObject([
      { vouchers: OLD_VOUCHERS, claims: 60, systemName: '旧算力券系统' },
    ])
  })

  test('a voucher is found by its old number, and its statement prints it', async () => {
    const found = must(await city.as('clerk').listVouchers({ query: { q: '旧券-0001' } }))
    expect(found.items).toMatchObject([
      {
        oldNumber: '旧券-0001',
        creditCode: city.firm.creditCode,
        usableFen: '600000',
        redeemedFen: '400000',
        state: 'usable',
      },
    ])
    const searched = must(await city.as('finance').searchAll({ query: { q: '旧券-0003' } }))
    expect(JSON.stringify(searched)).toContain('"voucher"')
    const past = must(await city.as('clerk').listVouchers({ query: { asOf: '2024-03-01' } }))
    expect(past.total).toBe(0)
    const paper = await city.as('clerk').readVoucherStatement({ params: { id: found.items[0]!.id } })
    expect(paper.ok).toBe(true)
    const statement = await city.as('auditor').readOpeningStatement({ params: { id } })
    expect(statement.ok).toBe(true)
    const whole = must(await city.as('clerk').readVoucher({ params: { id: found.items[0]!.id } }))
    expect(whole.history.map(({ code }) => code)).toEqual(['open_issue', 'open_redeem'])
    const claim = must(await city.as('clerk').readClaim({ params: { id: whole.claims[0]!.id } }))
    expect(claim).toMatchObject({ state: 'paid', determination: null, takenOver: { oldNumber: '旧兑-1' } })
    const application = must(
      await city.as('clerk').readApplication({ params: { id: found.items[0]!.applicationId } }),
    )
    expect(application).toMatchObject({ state: 'granted', determination: null })
  })

  test('what was used elsewhere counts in the caps: nobody gets a second helping', async () => {
    const { rows: caps } = await sql<{ used: bigint }>`
      select sum(credits_posted)::bigint as used from ledger.account where code = 13 and reference like ${`%${city.firm.creditCode}%`}
      group by kind`.execute(db)
    expect(caps.map(({ used }) => used)).toContain(60n * 10_000n * YUAN)
  })

  test('it is used, claimed, paid and clawed back as any other; what was paid is not paid again', async () => {
    city.setDay('2024-06-10')
    await city.tick()
    const clerk = city.as('clerk')
    const { items } = must(await clerk.listVouchers({ query: { q: '旧券-0001' } }))
    const voucher = items[0]!
    const bytes = usedSacct({ account: 'old1', day: '2024-05-21', hours: 10, cards: 8 })
    const file = { name: 'sacct.json', bytes, mediaType: 'application/json' }
    must(await city.as('provider').importUsage({ query: { organisationId: city.provider.id }, file }))
    const attachmentId = await upload(clerk, 'invoice', city.firm.id)
    const parties = { sellerCreditCode: city.provider.creditCode, buyerCreditCode: city.firm.creditCode }
    const invoice = { ...parties, number: '24990000000000000001', amountFen: '80000', excludedFen: '0' }
    const payment = { payerCreditCode: city.firm.creditCode, payeeCreditCode: city.provider.creditCode }
    const body = {
      voucherId: voucher.id,
      periodFrom: '2024-05-10',
      periodTo: '2024-05-31',
      invoices: [{ ...invoice, redLetterOf: null, issuedOn: '2024-06-03', attachmentId }],
      payments: [{ ...payment, reference: 'P-1', amountFen: '80000', paidOn: '2024-06-03', attachmentId }],
      deliveryCertificateId: attachmentId,
    }
    const overlapping = { ...body, periodFrom: '2024-03-20' }
    expect(await clerk.submitClaim({ body: overlapping })).toMatchObject({
      ok: false,
      problem: { code: 'claim.period_overlaps' },
    })
    const claim = must(await clerk.submitClaim({ body }))
    const pay = { decision: 'approve' as const, amountFen: claim.payableFen, reason: '四项相符' }
    must(await city.as('reviewer').decideClaim({ params: { id: claim.id }, body: pay }))
    const { claims } = must(await clerk.readVoucher({ params: { id: voucher.id } }))
    const paid = claims.find(({ state }) => state === 'paid')!
    const again = { adoptionId: city.adoptionId, claimIds: [paid.id] }
    expect(await city.as('finance').prepareDisbursement({ body: again })).toMatchObject({
      ok: false,
      problem: { code: 'claim.transition_not_allowed' },
    })
    const owed = { adoptionId: city.adoptionId, claimIds: [claim.id] }
    await payUnverified(city, owed.claimIds)
    must(await city.as('finance').prepareDisbursement({ body: owed }))
    const taken = {
      applicationId: voucher.applicationId,
      basis: 'misuse' as const,
      finding: '核查发现部分算力用于转租，与申报用途不符',
      clause: '《财政违法行为处罚处分条例》第十四条',
      evidence: ['转租合同'],
      revokes: true,
      lines: [{ claimId: paid.id, amountFen: '400000' }],
      answerBy: '2024-06-28',
    }
    const clawback = must(await city.as('reviewer').proposeClawback({ body: taken }))
    expect(clawback.proposedFen).toBe('400000')
    const expired = must(await clerk.listVouchers({ query: { q: '旧券-0003' } })).items[0]!
    expect(expired).toMatchObject({ state: 'expired', returnedFen: '1000000', usableFen: '0' })
    expect((await verifyLedger(city.store.database)).flatMap(({ findings }) => findings)).toEqual([])
    const apart = (await agreementOf(db)).filter((each) => each.documentsFen !== each.ledgerFen)
    expect(apart).toEqual([])
  })

  test('a voucher that another system issued keeps its holder: the account says so', async () => {
    const { rows: found } = await sql<{ wrong: bigint }>`
      select count(*) as wrong from voucher v where not exists (select from ledger.account a
        where a.code = 4 and a.reference = v.number and a.holder = v.holder_credit_code)`.execute(db)
    expect(found[0]!.wrong).toBe(0n)
  })
})
