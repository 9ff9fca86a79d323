// The money out over the routes: files of a batch, what the bank answers line by line, money that comes back, and the chain from
// a bank line to the run that it pays for. The books are proved after each test.
import type { AnswerOf, Client, DownloadedFile, Routes } from '@suanquan/api'
import { hex } from '@suanquan/core'
import { batchBytes, readSlurmJson, writeBatch } from '@suanquan/core/metering'
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
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { publishedKeys, verifySignature } from './signing/index.ts'
import { makePem, readPem } from './signing/algorithms.ts'
import { readTable } from './files/tables/index.ts'

const city = await testCity({ poolFen: 3_000_000_000n })
afterAll(() => city.stop())
const { adoptionId, firm } = city
const [clerk, reviewer, finance, finance2, auditor] = [
  city.as('clerk'),
  city.as('reviewer'),
  city.as('finance'),
  city.as('finance2'),
  city.as('auditor'),
] as const
let papers: Awaited<ReturnType<typeof testFirm>>
let fundId: string
/** the one that is prepared last */
let lastBatch: Batch

type Claim = AnswerOf<Routes['readClaim']>
type Batch = AnswerOf<Routes['readDisbursement']>

const profile = {
  payerName: '示例市数据局',
  payerAccount: '1100 0100 0000 0001',
  payerBankName: '示例银行营业部',
  payerBankCode: '102100000013',
  budgetUnitCode: '201001',
  projectCode: '99010024P001',
  quotaDocument: '示财预〔2024〕1号',
  functionClass: '2150899',
  economicClass: '50799',
  departmentClass: '31299',
  fundNature: '一般公共预算资金',
  paymentMode: '国库集中支付',
  letters: 'chinese' as const,
  payerLatinName: null,
}

beforeAll(async () => {
  papers = await testFirm(city)
  fundId = must(await finance.listFunds({})).items[0]!.id
})

afterEach(async () => {
  expect(await faultsIn(city.store.database)).toEqual([])
  expect(await netPaid()).toBe(await settled())
})

/** Σ paid − Σ returned after payment, of every line that was ever answered. */
async function netPaid(): Promise<bigint> {
  const rows = await city.store.database.kysely
    .selectFrom('bank_answer as answer')
    .select(['outcome', 'amount_fen', 'disbursement_id', 'claim_id'])
    .execute()
  const wasPaid = (row: (typeof rows)[number]): boolean =>
    rows.some(
      (each) =>
        each.outcome === 'paid' &&
        each.claim_id === row.claim_id &&
        each.disbursement_id === row.disbursement_id,
    )
  return rows.reduce((sum, row) => {
    if (row.outcome === 'paid') return sum + row.amount_fen
    return wasPaid(row) ? sum - row.amount_fen : sum
  }, 0n)
}

async function settled(): Promise<bigint> {
  const rows = await city.store.database.kysely.selectFrom('claim').select('settled_fen').execute()
  return rows.reduce((sum, { settled_fen: fen }) => sum + fen, 0n)
}

let series = 1

/** A voucher, ten hours on eight cards, a claim on them that is approved. */
async function claimed(number: string, use = papers.use): Promise<Claim> {
  city.setDay('2024-05-08')
  const contract = { number, account: number.toLowerCase() }
  const application = await granted(city, await applied(city, 'clerk', firm, contract), '10000000')
  await use(number, '2024-05-21', 10)
  city.setDay('2024-06-10')
  const period = { voucherId: application.voucherId!, from: '2024-05-10', to: '2024-05-31', on: '2024-06-03' }
  const body = papers.claim({ ...period, fen: 80_000n, series: series++ })
  const { id, payableFen } = must(await clerk.submitClaim({ body }))
  const approve = { decision: 'approve' as const, amountFen: payableFen, reason: '四项相符' }
  return must(await reviewer.decideClaim({ params: { id }, body: approve }))
}

async function batchOf(claims: readonly Claim[], approved = true): Promise<Batch> {
  const claimIds = claims.map(({ id }) => id)
  await payUnverified(city, claimIds)
  const made = must(await finance.prepareDisbursement({ body: { adoptionId, claimIds } }))
  const params = { id: made.id }
  if (approved) must(await finance2.approveDisbursement({ params, body: { fileSha256: made.fileSha256 } }))
  lastBatch = must(await finance.readDisbursement({ params }))
  return lastBatch
}

type Format = 'csv' | 'xlsx' | 'pain001' | 'record'

async function download(by: Client, params: { id: string }, format: Format): Promise<Buffer> {
  return Buffer.from(
    (must(await by.downloadDisbursement({ params, query: { format } })) as DownloadedFile).bytes,
  )
}

const file = (text: string, name = '回单.csv') => ({ name, bytes: Buffer.from(text), mediaType: 'text/csv' })

const table = (lines: readonly (readonly string[])[]): string =>
  [['指令号', '金额', '结果', '日期', '流水号', '原因'], ...lines].map((cells) => cells.join(',')).join('\n')

const yuan = (fen: string): string => (Number(fen) / 100).toFixed(2)

async function claimNow({ id }: Claim): Promise<Claim> {
  return must(await clerk.readClaim({ params: { id } }))
}

describe('the settings of a fund', () => {
  test('are versions; a file names what it cannot be made without, and a batch keeps what it was prepared with', async () => {
    const early = await batchOf([await claimed('HT-P0')], false)
    expect(early).toMatchObject({
      treasuryVersion: null,
      missing: { pain001: ['payerName', 'payerAccount', 'payerBankCode'] },
    })
    const asked = { params: { id: early.id }, query: { format: 'pain001' as const } }
    expect(await finance.downloadDisbursement(asked)).toMatchObject({
      problem: { code: 'treasury.profile_missing' },
    })
    const params = { id: fundId }
    const wrong = { profile: { ...profile, payerAccount: 'DE00000000000000' }, reason: '年初设定' }
    expect(await finance.setTreasury({ params, body: wrong })).toMatchObject({
      problem: { code: 'treasury.account_malformed' },
    })
    const body = { profile, reason: '年初设定' }
    const set = must(await finance.setTreasury({ params, body }))
    expect(set).toMatchObject({ version: 1, missing: { xlsx: [], pain001: [] } })
    expect(set.profile.payerAccount).toBe('****0001')
    expect(await finance.setTreasury({ params, body })).toMatchObject({
      problem: { code: 'treasury.unchanged', params: { version: 1 } },
    })
    const second = { profile: { ...profile, functionClass: '2060502' }, reason: '科目调整' }
    const changed = must(await finance.setTreasury({ params, body: second }))
    expect(changed.versions[0]).toMatchObject({ version: 2, changed: ['functionClass'], reason: '科目调整' })
    expect(must(await auditor.readTreasury({ params })).version).toBe(2)
    expect(await clerk.readTreasury({ params })).toMatchObject({ problem: { code: 'request.forbidden' } })
    expect(must(await finance.readDisbursement({ params: { id: early.id } })).treasuryVersion).toBeNull()
    must(await finance.cancelDisbursement({ params: { id: early.id }, body: { reason: '补齐参数后重编' } }))
  })
})

describe('the files of a batch', () => {
  test('are the same bytes each time, for finance alone; what is signed is what was prepared', async () => {
    const batch = await batchOf([await claimed('HT-F1'), await claimed('HT-F2')])
    const params = { id: batch.id }
    expect(batch).toMatchObject({ treasuryVersion: 2, missing: { xlsx: [], pain001: [] } })
    for (const format of ['csv', 'xlsx', 'pain001', 'record'] as const) {
      const one = await download(finance, params, format)
      city.setDay('2024-06-11')
      const again = await download(finance2, params, format)
      expect(Buffer.compare(one, again)).toBe(0)
      if (format !== 'csv')
        expect(await auditor.downloadDisbursement({ params, query: { format } })).toMatchObject({
          problem: { code: 'disbursement.whole_accounts' },
        })
    }
    const masked = await download(auditor, params, 'csv')
    expect(masked.toString()).not.toContain('6222000011112222')
    const workbook = await download(finance, params, 'xlsx')
    const sheet = await readTable(workbook)
    if (!sheet.ok) throw new Error(sheet.refusal.code)
    const [head, first] = sheet.value.rows.map(({ cells }) => cells.map(({ text }) => text))
    const cell = (name: string): string => first![head!.indexOf(name)]!
    expect(sheet.value.rows).toHaveLength(4)
    expect([cell('收款账号'), cell('功能分类'), cell('金额（元）'), cell('指令号')]).toEqual([
      '6222000011112222',
      '2060502',
      yuan(batch.items[0]!.amountFen).replace(/\.?0+$/, ''),
      batch.items[0]!.instructionId,
    ])
    const record = await download(finance, params, 'record')
    const paper = JSON.parse(record.toString()) as Record<string, string>
    expect(createHash('sm3').update(paper['record']!).digest('hex')).toBe(batch.recordSm3)
    const key = (await publishedKeys(city.store.database.kysely)).find(({ id }) => id === paper['key'])!
    const [approval, signature] = [paper['approval']!, paper['signature']!].map((text) =>
      Buffer.from(text, 'hex'),
    )
    expect(verifySignature(key, approval!, signature!)).toBe(true)
    expect(approval!.toString('latin1')).toContain(batch.recordSm3!)
  })

  const schema = join(
    process.env['SUANQUAN_DATA'] ?? join(import.meta.dirname, '../../../../shared/data'),
    'iso20022/pain.001.001.03.xsd',
  )
  const there = existsSync(schema)
  test.runIf(there)('pain.001 validates against the schema of ISO 20022, and its faults do not', async () => {
    const params = { id: lastBatch.id }
    const contents = (await download(finance, params, 'pain001')).toString()
    const faults = [
      contents,
      contents.replace(/<EndToEndId>/, `<EndToEndId>${'9'.repeat(30)}`),
      contents.replace(/<InstdAmt Ccy="CNY">/, '<InstdAmt Ccy="CNY">-'),
      contents.replace('<NbOfTxs>2', '<NbOfTxs>zwei'),
    ]
    const xml = faults.map((text, index) => ({ fileName: `${index}.xml`, contents: text }))
    const one = { fileName: 'pain.xsd', contents: readFileSync(schema, 'utf8') }
    const { errors } = await validateXML({ xml, schema: [one] })
    const places = new Set(errors.flatMap(({ loc }) => loc?.fileName ?? []))
    expect(places).toEqual(new Set(['1.xml', '2.xml', '3.xml']))
  })
  if (!there) console.warn(`skipped: no schema at ${schema}`)
})

describe('what the bank answers', () => {
  test('is checked line by line, taken whole or not at all, and counts once', async () => {
    const claims = [await claimed('HT-A1'), await claimed('HT-A2'), await claimed('HT-A3')]
    const batch = await batchOf(claims)
    const params = { id: batch.id }
    const [one, two, three] = batch.items
    const wrong = table([
      [one!.instructionId, yuan(one!.amountFen), '成功', '2024-06-10', 'YH1', ''],
      [two!.instructionId, '0.01', '成功', '2024-06-10', 'YH2', ''],
      ['BF-1999-00001-0001', '1.00', '成功', '2024-06-10', 'YH3', ''],
      [one!.instructionId, yuan(one!.amountFen), '成功', '2024-06-10', 'YH4', ''],
    ])
    const checked = must(await finance.checkBankAnswer({ params, query: {}, file: file(wrong) }))
    expect(checked.lines.map(({ row, fault }) => [row, fault])).toEqual([
      [2, null],
      [3, 'amount_differs'],
      [4, 'unknown_id'],
      [5, 'repeated'],
    ])
    expect(await finance.recordBankAnswer({ params, query: {}, file: file(wrong) })).toMatchObject({
      problem: { code: 'treasury.answer_faults', params: { count: 3, row: 3 } },
    })
    expect((await claimNow(claims[0]!)).state).toBe('batched')

    const first = table([
      [one!.instructionId, yuan(one!.amountFen), '成功', '2024-06-10', 'YH1', ''],
      [two!.instructionId, yuan(two!.amountFen), '退汇', '2024-06-10', 'YH2', '账号与户名不符'],
      [three!.instructionId, yuan(three!.amountFen), '处理中', '', '', ''],
    ])
    const taken = must(await finance.recordBankAnswer({ params, query: {}, file: file(first) }))
    expect(taken).toMatchObject({
      state: 'part_paid',
      paidFen: one!.amountFen,
      returnedFen: two!.amountFen,
    })
    expect(
      await finance.recordBankAnswer({ params, query: {}, file: file(first, '又一份.csv') }),
    ).toMatchObject({
      problem: { code: 'treasury.answer_known' },
    })
    expect(await finance.cancelDisbursement({ params, body: { reason: '已付一部分' } })).toMatchObject({
      problem: { code: 'disbursement.wrong_state' },
    })
    const told = must(await clerk.listMessages({})).items.find(({ kind }) => kind === 'payment_returned')
    expect(told?.body.zh).toContain('账号与户名不符')
    const last = `<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"><CstmrPmtStsRpt>
      <GrpHdr><MsgId>S1</MsgId><CreDtTm>2024-06-10T10:00:00</CreDtTm></GrpHdr>
      <OrgnlGrpInfAndSts><OrgnlMsgId>${batch.number}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.03</OrgnlMsgNmId></OrgnlGrpInfAndSts>
      <OrgnlPmtInfAndSts><OrgnlPmtInfId>${batch.number}</OrgnlPmtInfId><TxInfAndSts>
        <OrgnlInstrId>${three!.instructionId}</OrgnlInstrId><TxSts>ACSC</TxSts><AcctSvcrRef>YH9</AcctSvcrRef>
      </TxInfAndSts></OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>`
    const other = file(last.replace(`<OrgnlMsgId>${batch.number}`, '<OrgnlMsgId>BF-0'), 's.xml')
    expect(await finance.recordBankAnswer({ params, query: {}, file: other })).toMatchObject({
      problem: { code: 'treasury.answer_other_batch' },
    })
    const done = must(await finance.recordBankAnswer({ params, query: {}, file: file(last, 's.xml') }))
    expect(done.state).toBe('paid')
    expect((await claimNow(claims[2]!)).payment).toMatchObject({ state: 'paid', bankReference: 'YH9' })
  })

  test.each([
    ['a table without the columns', '户名,金额\n甲,1', 'treasury.answer_columns'],
    ['XML that breaks off', '<Document><CstmrPmtStsRpt>', 'treasury.answer_unreadable'],
    ['XML with entities', '<!DOCTYPE a [<!ENTITY x "y">]><Document/>', 'treasury.answer_unreadable'],
    ['another message', '<Document><CstmrDrctDbtInitn/></Document>', 'treasury.answer_unreadable'],
    ['a PDF', '%PDF-1.7', 'imports.not_a_table'],
  ])('%s is refused', async (_, text, code) => {
    const params = { id: lastBatch.id }
    expect(await finance.checkBankAnswer({ params, query: {}, file: file(text) })).toMatchObject({
      problem: { code },
    })
  })

  test('money that comes back after it was paid is owed again by an entry of its own, and paid under another id', async () => {
    const claim = await claimed('HT-B1')
    const batch = await batchOf([claim])
    const params = { id: batch.id }
    const fen = claim.approvedFen!
    const back = { claimId: claim.id, returnedOn: '2024-06-10', bankReference: 'TH1', reason: '账户已销户' }
    expect(await finance.returnPayment({ params, body: back })).toMatchObject({
      problem: { code: 'disbursement.not_paid' },
    })
    const answer = { bankReference: 'YH1', paidOn: '2024-06-10', returned: [] }
    must(await finance.confirmDisbursement({ params, body: answer }))
    expect((await claimNow(claim)).state).toBe('paid')
    const returned = must(await finance.returnPayment({ params, body: back }))
    expect(returned).toMatchObject({ state: 'paid', paidFen: '0', returnedFen: fen })
    expect(await finance.returnPayment({ params, body: back })).toMatchObject({
      problem: { code: 'disbursement.not_paid' },
    })
    expect(await claimNow(claim)).toMatchObject({ state: 'approved', payment: { state: 'returned' } })
    const overview = must(await finance.readPayments({}))
    expect(overview.owedAgain.count).toBeGreaterThan(0)
    expect(overview.reasons).toContainEqual({ reason: '账户已销户', count: 1, totalFen: fen })
    const again = await batchOf([claim])
    expect(again.items[0]!.instructionId).not.toBe(batch.items[0]!.instructionId)
    must(
      await finance.confirmDisbursement({
        params: { id: again.id },
        body: { ...answer, bankReference: 'YH2' },
      }),
    )
    const chain = must(
      await auditor.readPaymentChain({ params: { id: again.id, claimId: claim.id }, query: {} }),
    )
    expect(chain.postings.map(({ code }) => code)).toEqual(['redeem', 'pay', 'bounce', 'pay'])
    const first = must(
      await auditor.readPaymentChain({ params: { id: batch.id, claimId: claim.id }, query: {} }),
    )
    expect(first.answers.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['paid', null],
      ['returned', '账户已销户'],
    ])
  })
})

describe('from the bank line to the minute on the card', () => {
  test('an auditor finds the instruction, who signed it, the legs, the run, the agent’s signature and its raw samples', async () => {
    const key = readPem(makePem('Ed25519'))!
    const enrolled = must(
      await city.as('provider').enrolFeed({
        body: {
          providerId: city.provider.id,
          name: '一号机房',
          cluster: 'sqtest',
          algorithm: 'Ed25519',
          publicKey: hex(key.publicBytes),
        },
      }),
    )
    const send = async (number: string, day: string, hours: number): Promise<void> => {
      const bytes = usedSacct({ account: number.toLowerCase(), day, hours, cards: 8, jobId: 4711 })
      const read = readSlurmJson(Buffer.from(bytes).toString())
      if (!read.ok) throw new Error(read.refusal.code)
      const from = Date.parse(`${day}T00:00:00Z`)
      const raw = [{ name: 'hour=09.parquet', sm3: 'ab'.repeat(32), bytes: 1000, samples: 240 }]
      const until = from + 86_400_000
      const batch = { cluster: 'sqtest', number: 1, madeAt: until, from, until, hours: [], raw }
      const body = writeBatch({ ...batch, of: 'runs', records: read.value.records })
      const sha256 = createHash('sha256').update(body).digest('hex')
      const signature = hex(key.sign(batchBytes(enrolled.keyId, 1, sha256)))
      must(await city.anybody.feedUsage({ body: { keyId: enrolled.keyId, number: 1, body, signature } }))
    }
    const claim = await claimed('HT-K1', send)
    const batch = await batchOf([claim])
    const answer = { bankReference: 'YH-K1', paidOn: '2024-06-10', returned: [] }
    must(await finance.confirmDisbursement({ params: { id: batch.id }, body: answer }))
    const found = must(await auditor.listPaymentLines({ query: { q: 'YH-K1' } }))
    expect(found.items).toMatchObject([{ claimId: claim.id, instructionId: `${batch.number}-0001` }])
    const { batchId, claimId } = found.items[0]!
    const asked = { params: { id: batchId, claimId }, query: {} }
    const chain = must(await auditor.readPaymentChain(asked))
    expect(chain.batch).toMatchObject({ genuine: true, recordSm3: batch.recordSm3 })
    expect(chain.legs.map(({ leg }) => leg)).toEqual(['metered', 'contract', 'invoice', 'payment'])
    expect(chain.use).toMatchObject({ total: 1, amountFen: '80000', cardSeconds: String(80 * 3600) })
    expect(chain.use.items[0]).toMatchObject({
      job: '4711',
      seconds: 36_000,
      evidence: {
        kind: 'agent',
        batch: { feed: '一号机房', number: 1, key: enrolled.keyId, genuine: true },
        raw: [{ name: 'hour=09.parquet', sm3: 'ab'.repeat(32), samples: 240 }],
      },
    })
    const { kysely } = city.store.database
    const line = () => kysely.updateTable('disbursement_line').where('disbursement_id', '=', batchId)
    await line().set({ bank_account: '6222000011112223' }).execute()
    expect(must(await auditor.readPaymentChain(asked)).batch.genuine).toBe(false)
    await line().set({ bank_account: '6222000011112222' }).execute()
    expect(await clerk.readPaymentChain(asked)).toMatchObject({ problem: { code: 'request.forbidden' } })
  })
})
