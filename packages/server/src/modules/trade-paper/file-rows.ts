// What a file of papers would do to the register, row by row: read, checked, planned, nothing stored.
import { accept, refuse, type Decision, type Refusal } from '@suanquan/core'
import type { Day } from '@suanquan/core/calendar'
import { readCreditCode } from '@suanquan/core/party'
import { checkInvoice, type InvoiceRead } from '@suanquan/core/settlement'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { readEInvoices, type ReadPaper, type XmlRefusal } from './read-e-invoice.ts'
import { readInvoiceList, readPaymentList, type ListRefusal, type PaymentRead } from './read-lists.ts'
import { planPaper, type PlannedPaper, type Registrant } from './register.ts'
import { invoicePaper, paymentPaper, type PaperToRegister } from './to-register.ts'

export type PaperFileKind = 'e_invoice' | 'invoice_list' | 'payment_list'

export interface FileRow {
  readonly number: string
  readonly paper: PaperToRegister | null
  readonly outcome: PlannedPaper['outcome']
  readonly reasons: readonly Refusal[]
  /** as the file has them; none in XML */
  readonly cells: readonly (readonly string[])[]
}

export interface FilePlan {
  readonly head: readonly string[]
  readonly rows: readonly FileRow[]
}

export interface FileToPlan {
  readonly kind: PaperFileKind
  readonly owner: Registrant
  readonly today: Day
  /** where the file itself is kept as a paper's document */
  readonly attachmentId: string | null
}

interface Said {
  readonly number: string
  readonly paper: PaperToRegister | null
  readonly reasons: readonly Refusal[]
  readonly cells: readonly (readonly string[])[]
}

export async function planFile(
  db: Kysely<Tables>,
  file: FileToPlan,
  bytes: Uint8Array,
): Promise<Decision<FilePlan, XmlRefusal | ListRefusal>> {
  const said = await readFile(db, file, bytes)
  if (!said.ok) return said
  const rows: FileRow[] = []
  const seen = new Set<string>()
  for (const { number, paper, reasons, cells } of said.value.rows) {
    const again: Refusal[] = seen.has(number)
      ? [{ code: 'trade_paper.twice_in_file', params: { number } }]
      : []
    seen.add(number)
    const faults = [...reasons, ...again]
    const plan = paper === null || faults.length > 0 ? null : await planPaper(db, file.owner, paper)
    rows.push({
      number,
      paper,
      outcome: plan?.outcome ?? 'refused',
      reasons: plan?.reasons ?? faults,
      cells,
    })
  }
  return accept({ head: said.value.head, rows })
}

async function readFile(
  db: Kysely<Tables>,
  file: FileToPlan,
  bytes: Uint8Array,
): Promise<
  Decision<{ readonly head: readonly string[]; readonly rows: readonly Said[] }, XmlRefusal | ListRefusal>
> {
  if (file.kind === 'e_invoice') {
    const read = readEInvoices(bytes)
    if (!read.ok) return read
    const rows = read.value.map((each) => ({ ...invoiceSaid(each, file), cells: [] }))
    return accept({ head: [], rows })
  }
  if (file.kind === 'invoice_list') {
    const read = await readInvoiceList(bytes)
    if (!read.ok) return read
    const rows = read.value.rows.map((each) => ({ ...invoiceSaid(each, file), cells: each.cells }))
    return accept({ head: read.value.head, rows })
  }
  const read = await readPaymentList(bytes)
  if (!read.ok) return read
  const rows: Said[] = []
  for (const each of read.value.rows)
    rows.push({ ...(await paymentSaid(db, each, file.today)), cells: each.cells })
  return accept({ head: read.value.head, rows })
}

function invoiceSaid(
  { number, paper, reasons }: ReadPaper<InvoiceRead>,
  { kind, today, attachmentId }: FileToPlan,
): Omit<Said, 'cells'> {
  if (paper === null) return { number, paper: null, reasons }
  const origin = kind === 'e_invoice' ? 'file' : 'list'
  return { number, paper: invoicePaper(paper, origin, attachmentId), reasons: checkInvoice(paper, today) }
}

/** A bank names people by their accounts' names: the one organisation of that name, or the code that the row gives. */
async function paymentSaid(
  db: Kysely<Tables>,
  { number, paper, reasons }: ReadPaper<PaymentRead>,
  today: Day,
): Promise<Omit<Said, 'cells'>> {
  if (paper === null) return { number, paper: null, reasons }
  const found: Refusal[] = []
  const named = async (party: PaymentRead['payer']): Promise<PaymentRead['payer']> => {
    const code = await codeOf(db, party)
    if (code.ok) return { name: party.name, creditCode: code.value }
    found.push(code.refusal)
    return party
  }
  const whole = { ...paper, payer: await named(paper.payer), payee: await named(paper.payee) }
  if (paper.paidOn > today) found.push({ code: 'trade_paper.dated_later', params: { day: paper.paidOn } })
  return { number, paper: paymentPaper(whole, 'list'), reasons: found }
}

async function codeOf(
  db: Kysely<Tables>,
  { name, creditCode }: PaymentRead['payer'],
): Promise<Decision<string, 'trade_paper.party_unknown' | 'trade_paper.party_code'>> {
  if (creditCode !== '') {
    const read = readCreditCode(creditCode)
    return read.ok ? accept(read.value.code) : refuse('trade_paper.party_code', { name, creditCode })
  }
  // banks write brackets in either width
  const names = [name, name.normalize('NFKC'), name.replaceAll('(', '（').replaceAll(')', '）')]
  const rows = await db
    .selectFrom('organisation')
    .select('credit_code')
    .where('name', 'in', [...new Set(names)])
    .limit(2)
    .execute()
  return rows.length === 1 ? accept(rows[0]!.credit_code) : refuse('trade_paper.party_unknown', { name })
}
