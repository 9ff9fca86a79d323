// The files of a take-over as typed rows: read with the machinery of imports, a row whole or refused with every reason.
import { takeOverSheets, type TakeOverSheetName } from '@suanquan/api'
import { accept, type Decision, type Refusal } from '@suanquan/core'
import type { Day } from '@suanquan/core/calendar'
import {
  openingFigures,
  type ClosingRow,
  type OpeningClaimRow,
  type OpeningFigures,
  type OpeningMoneyRow,
  type OpeningRows,
  type OpeningScope,
  type OpeningVoucherRow,
} from '@suanquan/core/voucher'
import { readTable, type TableRefusal } from '../../files/tables/index.ts'
import { readRows, type ReadRow, type ReadTable, type Values } from '../imports/index.ts'

export type HeadCode =
  | 'imports.no_head'
  | 'imports.columns_missing'
  | 'imports.column_twice'
  | 'imports.no_rows'

export type ReadSheet = ReadTable & { readonly format: 'csv' | 'xlsx' }

export async function readSheet(
  sheet: TakeOverSheetName,
  bytes: Uint8Array,
): Promise<Decision<ReadSheet, TableRefusal | HeadCode>> {
  const table = await readTable(bytes)
  if (!table.ok) return table
  const read = readRows(takeOverSheets[sheet], table.value)
  return read.ok ? accept({ ...read.value, format: table.value.format }) : read
}

/** The sheets as they were read; what was not handed in has no rows. */
export type Sheets = Readonly<Record<TakeOverSheetName, readonly ReadRow[]>>

/** The rows that could be read; the others stand in the report with their reasons. */
export function openingRows(sheets: Sheets): OpeningRows {
  const good = <Row>(sheet: TakeOverSheetName, make: (row: number, values: Values) => Row): Row[] =>
    sheets[sheet]
      .filter(({ reasons }) => reasons.length === 0)
      .map(({ number, values }) => make(number, values))
  return {
    money: good('money', moneyRow),
    vouchers: good('vouchers', voucherRow),
    claims: good('claims', claimRow),
    closing: good('closing', closingRow),
  }
}

const text = (values: Values, id: string): string => {
  const value = values[id]
  return typeof value === 'string' ? value : ''
}
const fen = (values: Values, id: string): bigint => BigInt(text(values, id) || '0')
const day = (values: Values, id: string): Day => text(values, id)

function moneyRow(row: number, values: Values): OpeningMoneyRow {
  return {
    row,
    documentNumber: text(values, 'documentNumber'),
    documentOn: day(values, 'documentOn'),
    pool: text(values, 'pool'),
    amountFen: fen(values, 'amountFen'),
  }
}

function voucherRow(row: number, values: Values): OpeningVoucherRow {
  const price = text(values, 'priceFenPerCardHour')
  return {
    row,
    number: text(values, 'number'),
    creditCode: text(values, 'creditCode'),
    pool: text(values, 'pool'),
    amountFen: fen(values, 'amountFen'),
    issuedOn: day(values, 'issuedOn'),
    usableUntil: day(values, 'usableUntil'),
    usedFen: fen(values, 'usedFen'),
    expiredFen: fen(values, 'expiredFen'),
    revokedFen: fen(values, 'revokedFen'),
    contract: {
      number: text(values, 'contractNumber'),
      providerCode: text(values, 'providerCode'),
      signedOn: day(values, 'signedOn'),
      startsOn: day(values, 'startsOn'),
      endsOn: day(values, 'endsOn'),
      amountFen: fen(values, 'contractFen'),
      excludedFen: fen(values, 'excludedFen'),
      cluster: text(values, 'cluster'),
      account: text(values, 'account'),
      chip: text(values, 'chip').toLowerCase(),
      priceFenPerCardHour: price === '' ? null : BigInt(price),
    },
  }
}

function claimRow(row: number, values: Values): OpeningClaimRow {
  const paidOn = text(values, 'paidOn')
  return {
    row,
    number: text(values, 'number'),
    voucher: text(values, 'voucher'),
    periodFrom: day(values, 'periodFrom'),
    periodTo: day(values, 'periodTo'),
    baseFen: fen(values, 'baseFen'),
    amountFen: fen(values, 'amountFen'),
    paidOn: paidOn === '' ? null : paidOn,
    bankReference: text(values, 'bankReference'),
  }
}

function closingRow(row: number, values: Values): ClosingRow {
  const figures = Object.fromEntries(
    openingFigures.map((figure) => [
      figure,
      figure === 'vouchers' ? BigInt(Number(values['vouchers'] ?? 0)) : fen(values, figure),
    ]),
  ) as OpeningFigures
  return { row, scope: text(values, 'scope') as OpeningScope, key: text(values, 'key'), figures }
}

/** A closing row names what its scope goes by. */
export function closingKeyFault({ scope, key }: ClosingRow): Refusal | null {
  const fits = {
    programme: key === '',
    pool: key === '' || /^\d{6}$/.test(key),
    firm: key !== '',
  }[scope]
  return fits ? null : { code: 'take_over.closing_key', params: {} }
}
