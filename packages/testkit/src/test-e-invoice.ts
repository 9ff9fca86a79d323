// 数电票 XML as the tax platform exports it, for tests: one line unless more are given, sums that agree unless told otherwise.
export interface EInvoiceToWrite {
  readonly number: string
  readonly seller: { readonly name: string; readonly creditCode: string }
  readonly buyer: { readonly name: string; readonly creditCode: string }
  readonly issuedOn: string
  readonly lines: readonly { readonly name: string; readonly fen: bigint; readonly taxFen: bigint }[]
  readonly remark?: string
  /** instead of what the lines make */
  readonly totalFen?: bigint
}

export function eInvoiceXml(...invoices: readonly EInvoiceToWrite[]): Uint8Array {
  const bodies = invoices.map(eInvoice)
  const text = bodies.length === 1 ? bodies[0]! : `<EInvoices>${bodies.join('')}</EInvoices>`
  return new TextEncoder().encode(`<?xml version="1.0" encoding="UTF-8"?>\n${text}\n`)
}

function eInvoice({ number, seller, buyer, issuedOn, lines, remark, totalFen }: EInvoiceToWrite): string {
  const fen = lines.reduce((sum, line) => sum + line.fen, 0n)
  const taxFen = lines.reduce((sum, line) => sum + line.taxFen, 0n)
  const items = lines.map(
    (line) => `<IssuItemInformation><ItemName>${line.name}</ItemName><Amount>${yuan(line.fen)}</Amount>
<TaxRate>0.06</TaxRate><ComTaxAm>${yuan(line.taxFen)}</ComTaxAm>
<TotaltaxIncludedAmount>${yuan(line.fen + line.taxFen)}</TotaltaxIncludedAmount>
<TaxClassificationCode>3040203000000000000</TaxClassificationCode></IssuItemInformation>`,
  )
  return `<EInvoice><Header><EIid>${number}</EIid></Header><EInvoiceData>
<SellerInformation><SellerIdNum>${seller.creditCode}</SellerIdNum><SellerName>${seller.name}</SellerName></SellerInformation>
<BuyerInformation><BuyerIdNum>${buyer.creditCode}</BuyerIdNum><BuyerName>${buyer.name}</BuyerName></BuyerInformation>
<BasicInformation><TotalAmWithoutTax>${yuan(fen)}</TotalAmWithoutTax><TotalTaxAm>${yuan(taxFen)}</TotalTaxAm>
<TotalTax-includedAmount>${yuan(totalFen ?? fen + taxFen)}</TotalTax-includedAmount>
<RequestTime>${issuedOn} 10:11:12</RequestTime></BasicInformation>
${items.join('\n')}
<AdditionalInformation><Remark>${remark ?? ''}</Remark></AdditionalInformation></EInvoiceData>
<TaxSupervisionInfo><InvoiceNumber>${number}</InvoiceNumber><IssueTime>${issuedOn}</IssueTime></TaxSupervisionInfo></EInvoice>`
}

function yuan(fen: bigint): string {
  const digits = (fen < 0n ? -fen : fen).toString().padStart(3, '0')
  return `${fen < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
