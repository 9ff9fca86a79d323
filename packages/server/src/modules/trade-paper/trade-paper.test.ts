// 票据 through the public routes: read before they are registered, used once over all claims, asked about at the tax
// authority; and the chain centre → operator → firm. After each test the books are proved.
import type { BodyOf, Routes } from '@suanquan/api'
import {
  applied,
  eInvoiceXml,
  enrolled,
  faultsIn,
  granted,
  must,
  payUnverified,
  signIn,
  testCity,
  testFirm,
  upload,
  usedSacct,
  type EInvoiceToWrite,
} from '@suanquan/testkit'
import { generateCreditCode } from '@suanquan/core/party'
import { seededRandom } from '@suanquan/core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'

const city = await testCity()
const { firm, provider, adoptionId } = city
const [clerk, reviewer, finance] = [city.as('clerk'), city.as('reviewer'), city.as('finance')]
const papers = await testFirm(city)
const account = `e${firm.creditCode.toLowerCase()}`
let voucherId = ''
let contractId = ''

afterAll(() => city.stop())
afterEach(async () => expect(await faultsIn(city.store.database)).toEqual([]))
beforeAll(async () => {
  const application = await granted(city, await applied(city, 'clerk', firm), '100000000')
  voucherId = application.voucherId!
  contractId = must(await clerk.readVoucher({ params: { id: voucherId } })).contractId
  for (const [index, day] of ['2024-05-21', '2024-06-02', '2024-06-12'].entries()) {
    const bytes = usedSacct({ account, day, hours: 100, cards: 8, jobId: index + 1 })
    const file = { name: 'sacct.json', bytes, mediaType: 'application/json' }
    must(await city.as('provider').importUsage({ query: { organisationId: provider.id }, file }))
  }
})

const NUMBER = '24512000000000000001'
const invoice = (change: Partial<EInvoiceToWrite> = {}): EInvoiceToWrite => ({
  number: NUMBER,
  seller: { name: '丙示例智算有限公司', creditCode: provider.creditCode },
  buyer: { name: '甲示例科技有限公司', creditCode: firm.creditCode },
  issuedOn: '2024-06-03',
  lines: [
    { name: '*信息技术服务*GPU算力服务', fen: 700_000n, taxFen: 42_000n },
    { name: '*信息技术服务*对象存储', fen: 50_000n, taxFen: 3_000n },
  ],
  ...change,
})

type FileQuery = { organisationId: string; kind: 'e_invoice' | 'invoice_list' | 'payment_list' }
const check = (name: string, bytes: Uint8Array, query: Partial<FileQuery> = {}) =>
  clerk.checkTradePapers({
    query: { organisationId: firm.id, kind: 'e_invoice', ...query },
    file: { name, bytes, mediaType: 'application/octet-stream' },
  })
const take = async (...invoices: EInvoiceToWrite[]) => {
  const { id } = must(await check('发票.xml', eInvoiceXml(...invoices)))
  return must(await clerk.takeTradePapers({ params: { id } }))
}
const list = async (text: string) =>
  must(
    await finance.checkTradePaperAnswers({
      query: { source: '全国增值税发票查验平台' },
      file: { name: '查验.csv', bytes: new TextEncoder().encode(text), mediaType: 'text/csv' },
    }),
  )
const reasons = (file: { rows: readonly { reasons: readonly { code: string }[] }[] }) =>
  file.rows.map((row) => row.reasons.map(({ code }) => code))

type Claim = BodyOf<Routes['submitClaim']>
/** A claim on the registered invoice, paid in full. */
function claim(
  from: string,
  to: string,
  series: number,
  change: Partial<Claim['invoices'][number]> = {},
): Claim {
  const made = papers.claim({ voucherId, from, to, fen: 795_000n, series, on: '2024-06-03' })
  return { ...made, invoices: [{ ...made.invoices[0]!, number: NUMBER, ...change }] }
}

describe('the register', () => {
  test('a file is read before anything is registered: its invoices, and every fault of the others', async () => {
    city.setDay('2024-06-20')
    const wrong = invoice({ number: '24512000000000000009', totalFen: 1n })
    const others = invoice({
      number: '24512000000000000008',
      buyer: { name: '乙', creditCode: city.otherFirm.creditCode },
      seller: { name: '丁', creditCode: city.university.creditCode },
    })
    const read = must(await check('发票.xml', eInvoiceXml(invoice(), wrong, others, invoice())))
    expect(read).toMatchObject({ takenAt: null, counts: { new: 1, refused: 3 } })
    expect(reasons(read)).toEqual([
      [],
      ['trade_paper.total_differs'],
      ['trade_paper.not_a_party'],
      ['trade_paper.twice_in_file'],
    ])
    expect(must(await clerk.listTradePapers({ query: {} })).total).toBe(0)
    const errors = must(await clerk.downloadTradePaperErrors({ params: { id: read.id } }))
    const text = new TextDecoder().decode((errors as { bytes: Uint8Array }).bytes)
    expect(text).toContain('24512000000000000009')
    expect(text).toContain('价税合计')
    const taken = must(await clerk.takeTradePapers({ params: { id: read.id } }))
    expect(taken.counts).toMatchObject({ new: 1, refused: 3 })
    const again = await clerk.takeTradePapers({ params: { id: read.id } })
    expect(again).toMatchObject({ problem: { code: 'trade_paper.file_taken' } })
    const paper = must(await clerk.readTradePaper({ params: { id: taken.rows[0]!.paperId! } }))
    expect(paper).toMatchObject({
      number: NUMBER,
      amountFen: '795000',
      standing: 'unverified',
      excludedFen: '53000',
    })
    expect(paper.lines.map(({ excluded }) => excluded)).toEqual([null, { kind: 'storage', doubtful: false }])
    expect((await take(invoice())).counts).toMatchObject({ same: 1 })
  })

  test('what a claim types must say what the file says; its lines take off what is not supported', async () => {
    const wrong = await clerk.submitClaim({
      body: claim('2024-05-10', '2024-05-31', 1, { amountFen: '795001' }),
    })
    expect(wrong).toMatchObject({ problem: { code: 'trade_paper.contradicts' } })
    expect(wrong).toMatchObject({ problem: { message: { zh: expect.stringContaining('金额') as unknown } } })
    const filed = must(await clerk.submitClaim({ body: claim('2024-05-10', '2024-05-31', 1) }))
    expect(filed.matched!.legs[2]!.causes).toMatchObject([
      { code: 'invoice_excluded_items', amountFen: '53000' },
    ])
    expect(filed.matched!.baseFen).toBe('742000')
    const { items } = must(await clerk.listTradePapers({ query: { kind: 'invoice', q: NUMBER } }))
    expect(items).toMatchObject([{ usedFen: '742000', uses: [{ about: 'claim', number: filed.number }] }])
    const changed = must(await check('发票.xml', eInvoiceXml(invoice({ issuedOn: '2024-06-04' }))))
    expect(reasons(changed)).toEqual([['trade_paper.in_use']])
  })

  test('an invoice that was used is not used again, and a red letter that was left out is found', async () => {
    const second = must(await clerk.matchClaim({ body: claim('2024-06-01', '2024-06-08', 2) }))
    expect(second.matched.legs[2]!.causes.map(({ code }) => code)).toEqual([
      'invoice_excluded_items',
      'invoice_settled_before',
    ])
    expect(second.payableFen).toBe('0')
    const fresh = invoice({
      number: '24512000000000000002',
      lines: [{ name: '算力', fen: 750_000n, taxFen: 45_000n }],
    })
    const red = (number: string, fen: bigint) =>
      invoice({
        number,
        lines: [{ name: '算力', fen: -fen, taxFen: (-fen * 6n) / 100n }],
        remark: `被红冲蓝字数电发票号码：${fresh.number}`,
      })
    await take(fresh, red('24512000000000000003', 250_000n))
    const over = await take(fresh, red('24512000000000000004', 600_000n))
    expect(reasons(over)).toEqual([[], ['trade_paper.red_letter_exceeds']])
    const matched = must(
      await clerk.matchClaim({ body: claim('2024-06-01', '2024-06-08', 2, { number: fresh.number }) }),
    )
    expect(matched.matched.legs[2]).toMatchObject({
      countedFen: '530000',
      causes: [{ code: 'invoice_red_letter', amountFen: '265000' }],
    })
  })

  test('slips come from the bank by name, certificates belong to a contract and are signed by both', async () => {
    const rows = [
      'B-77,2024-06-05,甲示例科技有限公司,丙示例智算有限公司,100',
      'B-78,2024-06-05,无此单位,丙示例智算有限公司,100',
    ]
    const text = ['交易流水号,交易日期,付款方户名,收款方户名,交易金额', ...rows].join('\r\n')
    const read = must(await check('流水.csv', new TextEncoder().encode(text), { kind: 'payment_list' }))
    expect(reasons(read)).toEqual([[], ['trade_paper.party_unknown']])
    must(await clerk.takeTradePapers({ params: { id: read.id } }))
    const attachmentId = await upload(clerk, 'delivery_certificate', firm.id)
    const certificate = {
      kind: 'delivery_certificate' as const,
      number: 'JF-1',
      contractId,
      deliveredOn: '2024-05-10',
      devices: [{ name: 'A100', count: 8 }],
      signedByProviderOn: '2024-05-11',
      signedByFirmOn: '2024-05-09',
      attachmentId,
    }
    const enter = (paper: BodyOf<Routes['enterTradePaper']>['paper']) =>
      clerk.enterTradePaper({ body: { organisationId: firm.id, paper } })
    expect(await enter(certificate)).toMatchObject({ problem: { code: 'trade_paper.certificate_unsigned' } })
    const signed = { ...certificate, signedByFirmOn: '2024-05-12' }
    expect(must(await enter(signed))).toMatchObject({
      contractNumber: 'HT-2024-001',
      devices: [{ count: 8 }],
    })
    const slip = {
      kind: 'payment' as const,
      number: 'B-77',
      amountFen: '1',
      paidOn: '2024-06-05',
      attachmentId: null,
    }
    const parties = { payerCreditCode: firm.creditCode, payeeCreditCode: provider.creditCode }
    expect(must(await enter({ ...slip, ...parties }))).toMatchObject({
      amountFen: '1',
      standing: 'unverified',
    })
    const later = await enter({ ...slip, ...parties, paidOn: '2030-01-01' })
    expect(later).toMatchObject({ problem: { code: 'trade_paper.dated_later' } })
  })
})

describe('未查验', () => {
  test('is paid on by a recorded decision only, and what the tax authority voids is not paid on at all', async () => {
    const filed = must(await clerk.listClaims({ query: { state: 'submitted' } })).items[0]!
    const approve = { decision: 'approve' as const, amountFen: filed.payableFen, reason: '四项相符' }
    must(await reviewer.decideClaim({ params: { id: filed.id }, body: approve }))
    const batch = () => finance.prepareDisbursement({ body: { adoptionId, claimIds: [filed.id] } })
    expect(await batch()).toMatchObject({ problem: { code: 'disbursement.invoice_unverified' } })
    await payUnverified(city, [filed.id])
    const read = must(await reviewer.readClaim({ params: { id: filed.id } }))
    expect(read.papers).toMatchObject([{ number: NUMBER, standing: 'unverified', accepted: true }])
    expect(read.unverified).toMatchObject([{ numbers: [NUMBER], decidedBy: expect.any(String) as unknown }])
    expect(must(await clerk.readClaim({ params: { id: filed.id } })).unverified[0]!.decidedBy).toBeNull()
    const twice = await reviewer.acceptUnverified({ params: { id: filed.id }, body: { reason: '再次' } })
    expect(twice).toMatchObject({ problem: { code: 'claim.nothing_unverified' } })

    const answers = await list(
      `发票号码,价税合计,查验结果\r\n24512000000000000099,1,正常\r\n${NUMBER},1,正常`,
    )
    expect(reasons(answers)).toEqual([['trade_paper.answer_unknown'], ['trade_paper.answer_differs']])
    const none = await finance.takeTradePaperAnswers({ params: { id: answers.id } })
    expect(none).toMatchObject({ problem: { code: 'trade_paper.nothing_good' } })
    const voided = await list(`发票号码,价税合计,查验结果\r\n${NUMBER},7950,已作废`)
    must(await finance.takeTradePaperAnswers({ params: { id: voided.id } }))
    expect(await batch()).toMatchObject({ problem: { code: 'disbursement.invoice_void' } })
    const { paperId } = read.papers[0]!
    const mended = {
      outcome: 'verified' as const,
      source: '税务局复函',
      answeredOn: '2024-06-20',
      attachmentId: null,
    }
    must(await reviewer.answerTradePaper({ params: { id: paperId! }, body: mended }))
    expect(must(await clerk.readTradePaper({ params: { id: paperId! } })).answers).toHaveLength(2)
    must(await batch())
  })
  test('a void invoice counts nothing in a match', async () => {
    const number = '24512000000000000002'
    const { items } = must(await finance.listTradePapers({ query: { q: number } }))
    const answer = {
      outcome: 'not_found' as const,
      source: '查验平台',
      answeredOn: '2024-06-20',
      attachmentId: null,
    }
    must(await finance.answerTradePaper({ params: { id: items[0]!.id }, body: answer }))
    const { matched } = must(
      await clerk.matchClaim({ body: claim('2024-06-01', '2024-06-08', 2, { number }) }),
    )
    expect(matched.legs[2]!.causes[0]).toMatchObject({ code: 'invoice_not_found' })
  })
})

describe('centre → operator → firm', () => {
  test('use at the centre becomes the firm’s once both have said so, and each link bounds what is paid', async () => {
    const code = generateCreditCode(seededRandom('centre'), '91990101')
    const administrator = city.as('administrator')
    must(
      await administrator.importOrganisations({
        body: {
          source: '市场监管登记',
          asOf: '2024-05-01',
          entries: [
            {
              creditCode: code,
              name: '丁示例算力中心',
              kind: 'enterprise',
              independentLegalPerson: true,
              region: '990101',
              status: 'active',
              industry: 'I6513',
              employees: 80,
              revenueFen: '300000000',
              assetsFen: null,
              establishedOn: '2018-03-01',
              dishonestWithinThreeYears: false,
              bankName: '示例银行',
              bankAccount: '6222000011112222',
              roles: ['provider'],
            },
          ],
        },
      }),
    )
    const { id: centreId } = await city.store.database.kysely
      .selectFrom('organisation')
      .select('id')
      .where('credit_code', '=', code)
      .executeTakeFirstOrThrow()
    await enrolled(city, 'centre', { role: 'provider', district: null, organisationCreditCode: code })
    const centre = await signIn(city.server.url, 'centre')
    const operator = city.as('provider')
    city.setDay('2024-05-08')
    const contract = { number: 'HT-LINK', account: 'chained', endsOn: '2024-12-31' }
    const resold = await granted(city, await applied(city, 'clerk', firm, contract), '10000000')
    city.setDay('2024-06-20')
    const bytes = usedSacct({ account: 'chained', day: '2024-05-22', hours: 100, cards: 8, jobId: 900 })
    const file = { name: 'sacct.json', bytes, mediaType: 'application/json' }
    const imported = must(await centre.importUsage({ query: { organisationId: centreId }, file }))
    expect(imported).toMatchObject({ records: 1, unmatched: 1 })

    const stated = {
      operatorId: provider.id,
      centreId,
      number: 'SY-1',
      signedOn: '2024-05-01',
      startsOn: '2024-05-01',
      endsOn: '2024-12-31',
      amountFen: '100000000',
      prices: [{ chip: 'a100', priceFenPerCardHour: '800' }],
      attachmentId: null,
    }
    const upstream = must(await operator.stateUpstreamContract({ body: stated }))
    const params = { id: upstream.id }
    const again = await operator.stateUpstreamContract({ body: stated })
    expect(again).toMatchObject({ problem: { code: 'upstream.stated' } })
    const voucher = must(await clerk.readVoucher({ params: { id: resold.voucherId! } }))
    must(await operator.linkUpstreamContract({ params, body: { contractId: voucher.contractId } }))
    const forOthers = await operator.confirmUpstreamContract({ params })
    expect(forOthers).toMatchObject({ problem: { code: 'upstream.not_the_centre' } })
    const body = papers.claim({
      voucherId: voucher.id,
      from: '2024-05-10',
      to: '2024-05-31',
      fen: 800_000n,
      series: 70,
      on: '2024-06-03',
    })
    const shown = async () => must(await clerk.matchClaim({ body })).matched
    expect((await shown()).shownFen).toBe('0')
    expect(must(await centre.confirmUpstreamContract({ params })).contracts).toEqual([])
    const broken = await shown()
    expect(broken.shownFen).toBe('800000')
    expect(broken.shortfalls).toMatchObject([
      { code: 'upstream_invoices_cover_less', leg: 'metered', differenceFen: '800000', refs: ['SY-1'] },
    ])

    const bought = invoice({
      number: '24512000000000000050',
      seller: { name: '丁示例算力中心', creditCode: code },
      buyer: { name: '丙示例智算有限公司', creditCode: provider.creditCode },
      lines: [{ name: '算力', fen: 603_774n, taxFen: 36_226n }],
    })
    const checked = must(
      await operator.checkTradePapers({
        query: { organisationId: provider.id, kind: 'e_invoice' },
        file: { name: '上游.xml', bytes: eInvoiceXml(bought), mediaType: 'application/xml' },
      }),
    )
    must(await operator.takeTradePapers({ params: { id: checked.id } }))
    const slip = {
      kind: 'payment' as const,
      number: 'UP-1',
      payerCreditCode: provider.creditCode,
      payeeCreditCode: code,
      amountFen: '320000',
      paidOn: '2024-06-04',
      attachmentId: null,
    }
    must(await operator.enterTradePaper({ body: { organisationId: provider.id, paper: slip } }))
    const filed = must(await clerk.submitClaim({ body }))
    expect(filed.matched!.shortfalls).toMatchObject([
      { code: 'upstream_payments_cover_less', differenceFen: '400000' },
    ])
    expect(filed.matched!.baseFen).toBe('400000')
    const used = must(await operator.listUpstreamContracts({})).items[0]!
    expect(used).toMatchObject({ usedFen: '320000', contracts: [{ number: 'HT-LINK' }] })
    const approve = { decision: 'approve' as const, amountFen: filed.payableFen, reason: '链条相符' }
    must(await reviewer.decideClaim({ params: { id: filed.id }, body: approve }))
    expect(
      must(await reviewer.readClaim({ params: { id: filed.id } })).papers.map(({ number }) => number),
    ).toEqual(['24512000000000000050', '24990000000000000070'])
  })
})
