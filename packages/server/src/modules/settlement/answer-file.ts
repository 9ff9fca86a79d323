// A bank's answer from the bytes of a file, whatever its name says: a table (CSV, Excel) or an ISO 20022 payment status report
// (pain.002.001.03 and later: what is read of it stands at the same places in all of them).
import { accept, refuse, type Decision } from '@suanquan/core'
import {
  amountOf,
  dayIn,
  outcomeOf,
  readAnswerTable,
  type AnswerDefaults,
  type AnswerLine,
} from '@suanquan/core/settlement'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { readTable, type TableRefusal } from '../../files/tables/index.ts'

export interface AnswerFile {
  readonly format: 'csv' | 'xlsx' | 'pain.002'
  /** the batch that a message says it answers; null where it says nothing */
  readonly batchNumber: string | null
  readonly lines: readonly AnswerLine[]
}

export type AnswerFileRefusal = TableRefusal | 'treasury.answer_unreadable' | 'treasury.answer_columns'

export async function readAnswerFile(
  bytes: Uint8Array,
  defaults: AnswerDefaults,
): Promise<Decision<AnswerFile, AnswerFileRefusal>> {
  const head = Buffer.from(bytes.subarray(0, 200)).toString('utf8')
  if (/^\ufeff?\s*</.test(head)) return readStatusReport(Buffer.from(bytes).toString('utf8'), defaults)
  const table = await readTable(bytes)
  if (!table.ok) return table
  const rows = table.value.rows.map(({ number, cells }) => ({ number, cells: cells.map(({ text }) => text) }))
  const lines = readAnswerTable(rows, defaults)
  return lines.ok ? accept({ format: table.value.format, batchNumber: null, lines: lines.value }) : lines
}

type Node = Readonly<Record<string, unknown>>

const LISTS: ReadonlySet<string> = new Set(['OrgnlPmtInfAndSts', 'TxInfAndSts', 'StsRsnInf', 'AddtlInf'])

function readStatusReport(
  text: string,
  defaults: AnswerDefaults,
): Decision<AnswerFile, 'treasury.answer_unreadable'> {
  const unreadable = (found: string): ReturnType<typeof refuse<'treasury.answer_unreadable'>> =>
    refuse('treasury.answer_unreadable', { found })
  if (/<!(doctype|entity)/i.test(text)) return unreadable('DTD')
  const valid = XMLValidator.validate(text)
  if (valid !== true) return unreadable(`XML ${valid.err.line}:${valid.err.col}`)
  const parser = new XMLParser({
    removeNSPrefix: true,
    parseTagValue: false,
    parseAttributeValue: false,
    processEntities: true,
    isArray: (name) => LISTS.has(name),
  })
  const report = at(parser.parse(text), 'Document', 'CstmrPmtStsRpt')
  if (report === null) return unreadable('CstmrPmtStsRpt')
  const groups = listOf(report, 'OrgnlPmtInfAndSts')
  const lines = groups.flatMap((group) => {
    const day = dayIn(textOf(report, 'GrpHdr', 'CreDtTm').slice(0, 10)) ?? defaults.onDay
    return listOf(group, 'TxInfAndSts').map((each) => lineOf(each, { ...defaults, onDay: day }))
  })
  const numbered = lines.map((line, index) => ({ ...line, row: index + 1 }))
  const batchNumber = textOf(report, 'OrgnlGrpInfAndSts', 'OrgnlMsgId') || null
  return numbered.length === 0
    ? unreadable('TxInfAndSts')
    : accept({ format: 'pain.002', batchNumber, lines: numbered })
}

function lineOf(each: Node, defaults: AnswerDefaults): Omit<AnswerLine, 'row'> {
  const reasons = listOf(each, 'StsRsnInf').flatMap((info) => [
    textOf(info, 'Rsn', 'Cd') || textOf(info, 'Rsn', 'Prtry'),
    ...textsOf(info, 'AddtlInf'),
  ])
  const reason = reasons.filter((text) => text !== '').join(' ')
  const accepted = textOf(each, 'AccptncDtTm').slice(0, 10)
  return {
    instructionId: textOf(each, 'OrgnlInstrId') || textOf(each, 'OrgnlEndToEndId'),
    amountFen: amountOf(textOf(each, 'OrgnlTxRef', 'Amt', 'InstdAmt')),
    outcome: outcomeOf(textOf(each, 'TxSts')),
    onDay: dayIn(accepted) ?? defaults.onDay,
    reference: textOf(each, 'AcctSvcrRef') || defaults.reference,
    reason: reason === '' ? null : reason,
  }
}

function at(from: unknown, ...path: readonly string[]): Node | null {
  const found = path.reduce<unknown>((node, name) => (isNode(node) ? node[name] : undefined), from)
  return isNode(found) ? found : null
}

function listOf(from: Node, name: string): readonly Node[] {
  const found = from[name]
  return Array.isArray(found) ? found.filter(isNode) : []
}

function textOf(from: Node, ...path: readonly string[]): string {
  const found = path.reduce<unknown>((node, name) => (isNode(node) ? node[name] : undefined), from)
  return typeof found === 'string' ? found.trim() : ''
}

function textsOf(from: Node, name: string): readonly string[] {
  const found = from[name]
  return Array.isArray(found) ? found.filter((text) => typeof text === 'string') : []
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
