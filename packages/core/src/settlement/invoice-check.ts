// What an invoice must agree with by itself, before anybody asks the tax authority: its number, its parties, its date, its
// arithmetic and, where it takes another one back, its sign. 数电票: twenty digits, the first two the year of issue; an
// older invoice is named by its code (10 or 12 digits) followed by its number (8 digits). Totals agree to the fen; the tax
// of a line may differ from amount × rate by what invoicing software rounds (0.06 yuan a line).
import type { Day } from '../calendar/index.ts'
import { formatFen, type Fen } from '../money/index.ts'
import { readCreditCode } from '../party/index.ts'
import { refuse, type Refusal } from '../refusal.ts'

export interface InvoiceParty {
  readonly name: string
  readonly creditCode: string
}

export interface InvoiceLine {
  readonly name: string
  /** 税收分类编码, 19 digits; null where a list leaves it out */
  readonly taxCode: string | null
  readonly amountFen: Fen
  /** in hundredths of a per cent: 6 % is 600; null where the invoice is exempt or does not say */
  readonly taxRate: number | null
  readonly taxFen: Fen
}

/** An invoice as a file says it, nothing believed yet. */
export interface InvoiceRead {
  readonly number: string
  readonly issuedOn: Day
  readonly seller: InvoiceParty
  readonly buyer: InvoiceParty
  /** none where a list has one row an invoice */
  readonly lines: readonly InvoiceLine[]
  readonly amountFen: Fen
  readonly taxFen: Fen
  readonly totalFen: Fen
  readonly redLetterOf: string | null
}

export type InvoiceFault =
  | 'trade_paper.number_form'
  | 'trade_paper.number_year'
  | 'trade_paper.party_code'
  | 'trade_paper.same_party'
  | 'trade_paper.dated_later'
  | 'trade_paper.total_differs'
  | 'trade_paper.lines_differ'
  | 'trade_paper.line_tax_differs'
  | 'trade_paper.amount_zero'
  | 'trade_paper.red_letter_unnamed'
  | 'trade_paper.red_letter_positive'
  | 'trade_paper.red_letter_itself'

type Fault = Refusal<InvoiceFault>

const LINE_TAX_TOLERANCE_FEN = 6n

/** Every fault at once, so that a file is mended in one go. */
export function checkInvoice(invoice: InvoiceRead, today: Day): readonly Fault[] {
  return [
    ...numberFaults(invoice),
    ...partyFaults(invoice),
    ...(invoice.issuedOn > today ? [fault('trade_paper.dated_later', { day: invoice.issuedOn })] : []),
    ...sumFaults(invoice),
    ...signFaults(invoice),
  ]
}

function fault(code: InvoiceFault, params: Refusal['params'] = {}): Fault {
  return refuse(code, params).refusal
}

function numberFaults({ number, issuedOn }: InvoiceRead): Fault[] {
  if (!/^(\d{18}|\d{20})$/.test(number)) return [fault('trade_paper.number_form', { number })]
  // twenty digits may also be a code of twelve followed by a number: those codes begin with 0 or 1
  const electronic = number.length === 20 && number.slice(0, 2) >= '20'
  return electronic && number.slice(0, 2) !== issuedOn.slice(2, 4)
    ? [fault('trade_paper.number_year', { number, day: issuedOn })]
    : []
}

function partyFaults({ seller, buyer }: InvoiceRead): Fault[] {
  const codes = [seller, buyer].filter(({ creditCode }) => !readCreditCode(creditCode).ok)
  return [
    ...codes.map(({ name, creditCode }) => fault('trade_paper.party_code', { name, creditCode })),
    ...(seller.creditCode === buyer.creditCode && codes.length === 0
      ? [fault('trade_paper.same_party')]
      : []),
  ]
}

function sumFaults({ lines, amountFen, taxFen, totalFen }: InvoiceRead): Fault[] {
  const faults: Fault[] = []
  if (amountFen + taxFen !== totalFen)
    faults.push(
      fault('trade_paper.total_differs', {
        amountYuan: formatFen(amountFen),
        taxYuan: formatFen(taxFen),
        totalYuan: formatFen(totalFen),
      }),
    )
  if (lines.length === 0) return faults
  const [amounts, taxes] = [total(lines, 'amountFen'), total(lines, 'taxFen')]
  if (amounts !== amountFen || taxes !== taxFen)
    faults.push(
      fault('trade_paper.lines_differ', {
        linesYuan: formatFen(amounts),
        linesTaxYuan: formatFen(taxes),
        amountYuan: formatFen(amountFen),
        taxYuan: formatFen(taxFen),
      }),
    )
  for (const [index, line] of lines.entries()) {
    if (line.taxRate === null) continue
    // ×10,000 keeps the comparison in whole numbers
    const off = magnitude(line.amountFen * BigInt(line.taxRate) - line.taxFen * 10_000n)
    if (off > LINE_TAX_TOLERANCE_FEN * 10_000n)
      faults.push(fault('trade_paper.line_tax_differs', { line: index + 1, name: line.name }))
  }
  return faults
}

function signFaults({ number, totalFen, redLetterOf }: InvoiceRead): Fault[] {
  if (totalFen === 0n) return [fault('trade_paper.amount_zero', { number })]
  if (redLetterOf === null) return totalFen < 0n ? [fault('trade_paper.red_letter_unnamed', { number })] : []
  if (redLetterOf === number) return [fault('trade_paper.red_letter_itself', { number })]
  return totalFen > 0n ? [fault('trade_paper.red_letter_positive', { number })] : []
}

function total(lines: readonly InvoiceLine[], column: 'amountFen' | 'taxFen'): Fen {
  return lines.reduce((sum, line) => sum + line[column], 0n)
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value
}
