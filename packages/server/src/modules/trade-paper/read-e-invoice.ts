// 数电票 XML as the tax platform exports it: one file, one invoice or several. What comes from outside is not trusted: no
// DTD, no entities but the five of XML itself, limits on size and depth; a field that cannot be read is named, not guessed.
import { refuse, type Decision, type Refusal } from '@suanquan/core'
import { isDay, type Day } from '@suanquan/core/calendar'
import { parseMoney, type Fen } from '@suanquan/core/money'
import type { InvoiceLine, InvoiceParty, InvoiceRead } from '@suanquan/core/settlement'
import { XMLParser, XMLValidator } from 'fast-xml-parser'

export type XmlRefusal =
  | 'trade_paper.not_xml'
  | 'trade_paper.xml_forbidden'
  | 'trade_paper.xml_too_large'
  | 'trade_paper.no_invoice'

export interface ReadPaper<Paper> {
  /** as far as it could be read */
  readonly number: string
  readonly paper: Paper | null
  readonly reasons: readonly Refusal[]
}

const MOST_BYTES = 2 * 1024 * 1024
const MOST_INVOICES = 200
const MOST_DEPTH = 24

type Tree = Readonly<Record<string, unknown>>

export function readEInvoices(bytes: Uint8Array): Decision<readonly ReadPaper<InvoiceRead>[], XmlRefusal> {
  if (bytes.byteLength > MOST_BYTES) return refuse('trade_paper.xml_too_large', { maximum: '2 MB' })
  const text = textOf(bytes)
  if (text === null) return refuse('trade_paper.not_xml', { reason: 'UTF-8 / GB18030' })
  if (/<!(doctype|entity|element|attlist)/i.test(text)) return refuse('trade_paper.xml_forbidden')
  const valid = XMLValidator.validate(text)
  if (valid !== true) return refuse('trade_paper.not_xml', { reason: `${valid.err.line}:${valid.err.col}` })
  const tree = parsed(text)
  if (tree === null) return refuse('trade_paper.not_xml', { reason: `> ${MOST_DEPTH}` })
  const invoices = [...invoicesIn(tree)]
  if (invoices.length === 0) return refuse('trade_paper.no_invoice')
  if (invoices.length > MOST_INVOICES)
    return refuse('trade_paper.xml_too_large', { maximum: `${MOST_INVOICES}` })
  return { ok: true, value: invoices.map(readInvoice) }
}

function textOf(bytes: Uint8Array): string | null {
  const declared = /encoding\s*=\s*["']gb/i.test(Buffer.from(bytes.subarray(0, 200)).toString('latin1'))
  try {
    return new TextDecoder(declared ? 'gb18030' : 'utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

function parsed(text: string): Tree | null {
  const parser = new XMLParser({
    ignoreAttributes: true,
    parseTagValue: false,
    processEntities: false,
    removeNSPrefix: true,
    maxNestedTags: MOST_DEPTH,
  })
  try {
    return parser.parse(text) as Tree
  } catch {
    return null
  }
}

function* invoicesIn(node: unknown): Generator<Tree> {
  if (Array.isArray(node)) for (const each of node) yield* invoicesIn(each)
  else if (typeof node === 'object' && node !== null)
    for (const [name, child] of Object.entries(node)) {
      if (name !== 'EInvoice') yield* invoicesIn(child)
      else for (const each of Array.isArray(child) ? child : [child]) if (isTree(each)) yield each
    }
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function readInvoice(invoice: Tree): ReadPaper<InvoiceRead> {
  const read = fieldReader(invoice)
  const data = 'EInvoiceData'
  const party = (side: 'Seller' | 'Buyer'): InvoiceParty => ({
    name: read.text(data, `${side}Information`, `${side}Name`),
    creditCode: read.text(data, `${side}Information`, `${side}IdNum`).toUpperCase(),
  })
  const number = read.text('TaxSupervisionInfo', 'InvoiceNumber')
  const paper: InvoiceRead = {
    number,
    issuedOn: read.day(['TaxSupervisionInfo', 'IssueTime'], [data, 'BasicInformation', 'RequestTime']),
    seller: party('Seller'),
    buyer: party('Buyer'),
    lines: linesOf(invoice, read.reasons),
    amountFen: read.money(data, 'BasicInformation', 'TotalAmWithoutTax'),
    taxFen: read.money(data, 'BasicInformation', 'TotalTaxAm'),
    totalFen: read.money(data, 'BasicInformation', 'TotalTax-includedAmount'),
    redLetterOf: redLetterIn(read.optional(data, 'AdditionalInformation', 'Remark')),
  }
  return { number, paper: read.reasons.length > 0 ? null : paper, reasons: read.reasons }
}

/** The original of a red-letter invoice as the tax platform writes it into the remark. */
export function redLetterIn(remark: string): string | null {
  return /被红冲蓝字(?:数电)?(?:发票|票)号码\s*[:：]\s*(\d{8,20})/.exec(remark)?.[1] ?? null
}

function linesOf(invoice: Tree, reasons: Refusal[]): InvoiceLine[] {
  const data = invoice['EInvoiceData']
  const found = isTree(data) ? data['IssuItemInformation'] : undefined
  const items = (Array.isArray(found) ? found : [found]).filter(isTree)
  return items.map((item) => {
    const read = fieldReader(item, reasons)
    return {
      name: read.text('ItemName'),
      taxCode: read.optional('TaxClassificationCode') || null,
      amountFen: read.money('Amount'),
      taxRate: taxRateOf(read.optional('TaxRate')),
      taxFen: read.optional('ComTaxAm') === '' ? 0n : read.money('ComTaxAm'),
    }
  })
}

/** In hundredths of a per cent: 0.06 and 6% are 600; 免税, *** and nothing are none. */
export function taxRateOf(text: string): number | null {
  const match = /^(\d{1,3})(?:\.(\d{1,4}))?(%?)$/.exec(text.replace(/\s/g, ''))
  if (match === null) return null
  const [, whole, fraction = '', sign] = match
  const scaled = Number(`${whole}${fraction.padEnd(4, '0')}`)
  return sign === '%' ? scaled / 100 : scaled
}

interface FieldReader {
  readonly reasons: Refusal[]
  readonly text: (...path: string[]) => string
  readonly optional: (...path: string[]) => string
  readonly money: (...path: string[]) => Fen
  readonly day: (...paths: string[][]) => Day
}

function fieldReader(tree: Tree, reasons: Refusal[] = []): FieldReader {
  const optional = (...path: string[]): string => {
    const found = path.reduce<unknown>((node, name) => (isTree(node) ? node[name] : undefined), tree)
    return typeof found === 'string' ? plain(found) : ''
  }
  const fault = (code: string, params: Refusal['params']): void => void reasons.push({ code, params })
  const text = (...path: string[]): string => {
    const found = optional(...path)
    if (found === '') fault('trade_paper.field_missing', { field: path.at(-1)! })
    return found
  }
  return {
    reasons,
    text,
    optional,
    money: (...path) => {
      const found = text(...path)
      const read = parseMoney(`${found}元`)
      if (read.ok) return read.value
      if (found !== '')
        fault('trade_paper.field_unreadable', { field: path.at(-1)!, value: found.slice(0, 40) })
      return 0n
    },
    day: (...paths) => {
      const found = paths.map((path) => optional(...path)).find((value) => value !== '') ?? ''
      const day = found.slice(0, 10).replaceAll('/', '-')
      if (isDay(day)) return day
      const field = paths[0]!.at(-1)!
      if (found === '') fault('trade_paper.field_missing', { field })
      else fault('trade_paper.field_unreadable', { field, value: found.slice(0, 40) })
      return '1970-01-01'
    },
  }
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** Text as a page may show it: one line, entities of XML itself resolved, nothing that a terminal or page would obey. */
function plain(text: string): string {
  return text
    .replace(/&(lt|gt|amp|quot|apos);/g, (_, name: string) => ENTITIES[name]!)
    .replace(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu, ' ')
    .trim()
    .slice(0, 300)
}
