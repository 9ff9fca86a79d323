import { checkInvoice, type InvoiceRead } from '@suanquan/core/settlement'
import { eInvoiceXml, type EInvoiceToWrite } from '@suanquan/testkit'
import { describe, expect, test } from 'vitest'
import { writeXlsx } from '../../files/tables/index.ts'
import { readEInvoices } from './read-e-invoice.ts'
import { readAnswerList, readInvoiceList, readPaymentList } from './read-lists.ts'

const seller = { name: '丙示例智算&amp;有限公司', creditCode: '91110000802100433B' }
const buyer = { name: '甲示例科技有限公司', creditCode: '9144030071526726XG' }
const compute = { name: '*信息技术服务*GPU算力服务', fen: 100_000n, taxFen: 6_000n }
const sound: EInvoiceToWrite = {
  number: '24512000000012345678',
  seller,
  buyer,
  issuedOn: '2024-06-03',
  lines: [compute, { name: '*信息技术服务*对象存储', fen: 10_000n, taxFen: 600n }],
}

const text = (content: string): Uint8Array => new TextEncoder().encode(content)
const altered = (change: (xml: string) => string): Uint8Array =>
  text(change(new TextDecoder().decode(eInvoiceXml(sound))))

function onlyOf(bytes: Uint8Array): ReturnType<typeof checkInvoice> | InvoiceRead {
  const read = readEInvoices(bytes)
  if (!read.ok) throw new Error(read.refusal.code)
  const [only] = read.value
  return only!.paper ?? (only!.reasons as ReturnType<typeof checkInvoice>)
}

describe('数电票 XML', () => {
  test('is read with its lines, and is sound by itself', () => {
    const paper = onlyOf(eInvoiceXml(sound)) as InvoiceRead
    expect(paper).toMatchObject({
      number: sound.number,
      issuedOn: '2024-06-03',
      seller: { name: '丙示例智算&有限公司', creditCode: seller.creditCode },
      amountFen: 110_000n,
      taxFen: 6_600n,
      totalFen: 116_600n,
      redLetterOf: null,
    })
    expect(paper.lines).toMatchObject([
      { taxRate: 600, amountFen: 100_000n },
      { name: '*信息技术服务*对象存储' },
    ])
    expect(checkInvoice(paper, '2024-06-10')).toEqual([])
  })
  test('several in one file are read one by one, and a red letter names its original', () => {
    const red = {
      ...sound,
      number: '24512000000012345679',
      lines: [{ ...compute, fen: -100_000n, taxFen: -6_000n }],
      remark: `被红冲蓝字数电发票号码：${sound.number} 红字发票信息确认单编号：51`,
    }
    const read = readEInvoices(eInvoiceXml(sound, red))
    expect(read).toMatchObject({
      ok: true,
      value: [{ paper: { redLetterOf: null } }, { number: red.number }],
    })
    expect(read.ok && read.value[1]!.paper).toMatchObject({ redLetterOf: sound.number, totalFen: -106_000n })
  })
  test.each<[string, Uint8Array, string]>([
    ['a DTD', altered((xml) => xml.replace('?>', '?><!DOCTYPE x [<!ENTITY a "b">]>')), 'xml_forbidden'],
    [
      'an external entity',
      altered((xml) => xml.replace('?>', '?><!ENTITY a SYSTEM "file:///etc/passwd">')),
      'xml_forbidden',
    ],
    ['what breaks off', altered((xml) => xml.slice(0, 400)), 'not_xml'],
    ['other bytes', Uint8Array.of(0x3c, 0x61, 0xff, 0xfe), 'not_xml'],
    ['a deep nest', text(`${'<a>'.repeat(60)}${'</a>'.repeat(60)}`), 'not_xml'],
    ['another document', text('<Order><Number>1</Number></Order>'), 'no_invoice'],
    ['more than two megabytes', new Uint8Array(2 * 1024 * 1024 + 1), 'xml_too_large'],
  ])('%s is refused', (_, bytes, code) =>
    expect(readEInvoices(bytes)).toMatchObject({ ok: false, refusal: { code: `trade_paper.${code}` } }),
  )
  test('what cannot be read is named field by field', () => {
    const bytes = altered((xml) =>
      xml.replace('<TotalTaxAm>66.00', '<TotalTaxAm>六十六').replace(/<SellerName>[^<]*/, '<SellerName>'),
    )
    const faults = [
      ['trade_paper.field_missing', 'SellerName'],
      ['trade_paper.field_unreadable', 'TotalTaxAm'],
    ]
    const found = onlyOf(bytes) as ReturnType<typeof checkInvoice>
    expect(found.map(({ code, params }) => [code, params['field']])).toEqual(faults)
  })
})

const LIST_HEAD =
  '序号,发票代码,发票号码,数电票号码,销方识别号,销方名称,购方识别号,购买方名称,开票日期,货物或应税劳务名称,金额,税率,税额,价税合计,发票状态,备注'
const listRow = (item: string, ...amounts: string[]): string =>
  `1,,,${sound.number},${seller.creditCode},丙,${buyer.creditCode},甲,2024/6/3 10:11,${item},${amounts.join(',')},正常,`

describe('lists', () => {
  test('an export with one row a line becomes one invoice with its lines', async () => {
    const rows = [
      listRow('GPU算力', '"1,000.00"', '6%', '60', '1060'),
      listRow('云硬盘', '100', '0.06', '6', '106'),
    ]
    const read = await readInvoiceList(text(['全量发票查询导出结果', LIST_HEAD, ...rows].join('\r\n')))
    expect(read).toMatchObject({
      ok: true,
      value: {
        rows: [
          {
            number: sound.number,
            paper: { issuedOn: '2024-06-03', amountFen: 110_000n, taxFen: 6_600n, totalFen: 116_600n },
            reasons: [],
          },
        ],
      },
    })
    expect(read.ok && read.value.rows[0]!.paper!.lines).toHaveLength(2)
  })
  test('a workbook with one row an invoice is read as well, an older invoice by code and number', async () => {
    const head = ['发票代码', '发票号码', '开票日期', '销方识别号', '购方识别号', '金额', '税额', '价税合计']
    const row = [
      '051002200111',
      '87654321',
      '2024-06-03',
      seller.creditCode,
      buyer.creditCode,
      '100',
      '6',
      '106',
    ]
    const read = await readInvoiceList(await writeXlsx([head, row]))
    expect(read.ok && read.value.rows).toMatchObject([
      { number: '05100220011187654321', paper: { totalFen: 10_600n, lines: [] } },
    ])
  })
  test('what a row lacks is told, and its cells are kept for the error file', async () => {
    const read = await readInvoiceList(text([LIST_HEAD, listRow('算力', 'abc', '6%', '60', '')].join('\r\n')))
    expect(read.ok && read.value.rows[0]).toMatchObject({ paper: null })
    const codes = read.ok ? read.value.rows[0]!.reasons.map(({ code }) => code) : []
    expect(codes).toEqual(['trade_paper.field_missing', 'trade_paper.field_unreadable'])
    expect(read.ok && read.value.rows[0]!.cells[0]).toContain('abc')
  })
  test('a bank statement is read by the heads that banks use', async () => {
    const file =
      '交易流水号,交易日期,付款方户名,收款方户名,交易金额\r\nB-1,20240603,甲示例科技有限公司,丙示例智算有限公司,"1,166.00"'
    expect(await readPaymentList(text(file))).toMatchObject({
      ok: true,
      value: { rows: [{ paper: { number: 'B-1', paidOn: '2024-06-03', amountFen: 116_600n } }] },
    })
  })
  test('answers are read in the words of the tax platform, and nothing else is guessed', async () => {
    const rows = ['1,1166,正常', '2,,查无此票', '3,5,已红冲-全额', '4,5,部分红冲', '5,5,不知道']
    const read = await readAnswerList(text(['发票号码,价税合计,查验结果', ...rows].join('\r\n')))
    expect(read.ok && read.value.rows.map(({ paper }) => paper?.outcome ?? null)).toEqual([
      'verified',
      'not_found',
      'voided',
      null,
      null,
    ])
  })
  test.each([
    ['a,b\r\n1,2', 'imports.no_head'],
    ['发票号码,开票日期\r\n1,2', 'imports.columns_missing'],
  ])('%j is refused as a whole', async (content, code) =>
    expect(await readInvoiceList(text(content))).toMatchObject({ ok: false, refusal: { code } }),
  )
})
