// What a take-over would do, whole: the rows read, checked, compared with the closing statement, and, where nothing stands
// in the way, ready to be stored and posted. Made alike for the dry run and for the confirmation; its hash tells them apart.
import { takeOverSheets, takeOverSheetNames, toProblem, type TakeOverSheetName } from '@suanquan/api'
import { canonicalText, hex, type Refusal } from '@suanquan/core'
import type { Instant } from '@suanquan/core/calendar'
import { formatFen } from '@suanquan/core/money'
import {
  compareOpening,
  leftOf,
  openingFaults,
  type Comparison,
  type OpeningFault,
  type OpeningRows,
} from '@suanquan/core/voucher'
import type { Transaction } from 'kysely'
import { sm3, type Tables, type TakeOverLine, type TakeOverReport } from '../../database/index.ts'
import type { InForce } from '../policy/index.ts'
import type { ReadRow } from '../imports/index.ts'
import { gather, type Gathered } from './gather.ts'
import type { HandedIn, TakeOverRow } from './load.ts'
import { closingKeyFault, openingRows, type Sheets } from './sheets.ts'
import { takeInFirms } from './take-in-firms.ts'

export interface TakeOverPlan {
  readonly rows: OpeningRows
  readonly gathered: Gathered
  readonly report: TakeOverReport
  readonly refused: number
  readonly differences: number
}

export interface PlanInput {
  readonly takeOver: TakeOverRow
  readonly inForce: InForce
  readonly handed: HandedIn
  readonly personId: string
  readonly at: Instant
  readonly newId: () => string
}

/** Takes in the firms that are not registered yet, in the transaction that is given, and reads all else on top of them. */
export async function planTakeOver(tx: Transaction<Tables>, input: PlanInput): Promise<TakeOverPlan> {
  const { takeOver, inForce, handed, at } = input
  const firms = await takeInFirms(tx, input)
  const rows = openingRows(handed.sheets)
  const cutOverOn = takeOver.cut_over_on
  const gathered = await gather(tx, { inForce, rows, cutOverOn, at })
  const faults = [
    ...openingFaults(rows, cutOverOn),
    ...rows.closing.flatMap((row): OpeningFault[] => {
      const fault = closingKeyFault(row)
      return fault === null ? [] : [{ ...fault, sheet: 'closing', row: row.row, column: 'key' }]
    }),
    ...gathered.faults,
  ]
  const lines = linesOf(handed.sheets, rows, { faults, firms })
  const compared = compareOpening(rows)
  const names = await namesOf(tx, compared)
  const refused = lines.filter(({ reasons }) => reasons.length > 0).length
  const comparisons = compared.map(({ scope, key, agrees, figures }) => ({
    scope,
    key,
    name: names.get(key) ?? null,
    agrees,
    figures: figures.map(({ figure, found, stated }) => ({
      figure,
      found: found?.toString() ?? null,
      stated: stated?.toString() ?? null,
    })),
  }))
  const differences = compared.filter(({ agrees }) => !agrees).length
  const caps = gathered.vouchers.map(({ row, caps: own, claims }) => ({
    row: row.row,
    caps: [...own, ...claims.flatMap((claim) => claim.caps)].map(({ key, limit }) => [key, limit.toString()]),
  }))
  const decided = { files: handed.filesHash, cutOverOn, lines, comparisons, caps }
  const hash = hex(sm3(new TextEncoder().encode(canonicalText(decided))))
  return { rows, gathered, refused, differences, report: { hash, lines, comparisons } }
}

async function namesOf(
  tx: Transaction<Tables>,
  compared: readonly Comparison[],
): Promise<ReadonlyMap<string, string>> {
  const codes = compared.flatMap(({ scope, key }) => (scope === 'firm' ? [key] : []))
  if (codes.length === 0) return new Map()
  const found = await tx
    .selectFrom('organisation')
    .select(['credit_code', 'name'])
    .where('credit_code', 'in', codes)
    .execute()
  return new Map(found.map((row) => [row.credit_code, row.name]))
}

type Words = { readonly zh: string; readonly en: string }

interface Found {
  readonly faults: readonly OpeningFault[]
  /** what each row of the firms' sheet comes to */
  readonly firms: ReadonlyMap<
    number,
    { readonly becomes: Words | null; readonly reasons: readonly Refusal[] }
  >
}

/** Every row of every sheet once, and what is wrong with a sheet as a whole. */
function linesOf(sheets: Sheets, rows: OpeningRows, { faults, firms }: Found): readonly TakeOverLine[] {
  const becomes = becomesOf(rows)
  return takeOverSheetNames.flatMap((sheet): TakeOverLine[] => {
    const own = faults.filter((fault) => fault.sheet === sheet)
    const ofRow = sheets[sheet].map((read): TakeOverLine => {
      const taken = sheet === 'firms' ? firms.get(read.number) : undefined
      const reasons = [
        ...[...read.reasons, ...(taken?.reasons ?? [])].map((reason) => saidOf(sheet, null, reason)),
        ...own
          .filter(({ row }) => row === read.number)
          .map(({ column, code, params }) => saidOf(sheet, column, { code, params })),
      ]
      const said = taken === undefined ? becomes.get(`${sheet} ${read.number}`) : taken.becomes
      return {
        sheet,
        row: read.number,
        label: labelOf(sheet, read),
        becomes: reasons.length > 0 ? null : (said ?? null),
        reasons,
      }
    })
    const ofSheet = own
      .filter(({ row }) => row === null)
      .map(({ column, code, params }): TakeOverLine => ({
        sheet,
        row: null,
        label: '',
        becomes: null,
        reasons: [saidOf(sheet, column, { code, params })],
      }))
    return [...ofSheet, ...ofRow]
  })
}

function saidOf(
  sheet: TakeOverSheetName,
  column: string | null,
  reason: Refusal,
): TakeOverLine['reasons'][number] {
  const named = takeOverSheets[sheet].columns.find(({ id }) => id === column)
  return { column: named?.head ?? null, code: reason.code, message: toProblem(reason).message }
}

/** What a row goes by: its name, as the file has it, without what a page could not show. */
function labelOf(sheet: TakeOverSheetName, read: ReadRow): string {
  if (sheet === 'firms') return read.name
  if (sheet === 'closing') return read.reasons.length === 0 ? read.cells.slice(0, 2).join(' ').trim() : ''
  const said = read.values[sheet === 'money' ? 'documentNumber' : 'number']
  return typeof said === 'string' ? said : ''
}

function becomesOf({ money, vouchers, claims, closing }: OpeningRows): ReadonlyMap<string, Words> {
  const entries: [string, Words][] = []
  const pool = (key: string): Words =>
    key === ''
      ? { zh: '措施本级资金池', en: "the programme's own pool" }
      : { zh: `${key} 资金池`, en: `pool ${key}` }
  for (const { row, pool: key, amountFen } of money)
    entries.push([
      `money ${row}`,
      {
        zh: `期初资金 ${formatFen(amountFen)} 元，入${pool(key).zh}`,
        en: `opening money of ${formatFen(amountFen)} yuan in ${pool(key).en}`,
      },
    ])
  for (const each of vouchers) {
    const [amount, used, left] = [each.amountFen, each.usedFen, leftOf(each)].map((fen) => formatFen(fen))
    const back = formatFen(each.expiredFen + each.revokedFen)
    entries.push([
      `vouchers ${each.row}`,
      {
        zh: `期初券 ${amount} 元：已核销 ${used}，已退回 ${back}，可用 ${left}，有效期至 ${each.usableUntil}`,
        en: `opening voucher of ${amount} yuan: used ${used}, returned ${back}, left ${left}, usable until ${each.usableUntil}`,
      },
    ])
  }
  for (const { row, amountFen, paidOn } of claims)
    entries.push([
      `claims ${row}`,
      paidOn === null
        ? {
            zh: `应付 ${formatFen(amountFen)} 元，由平台拨付`,
            en: `${formatFen(amountFen)} yuan owed, to be paid from here`,
          }
        : {
            zh: `${paidOn} 已付 ${formatFen(amountFen)} 元，只作历史，不再支付`,
            en: `${formatFen(amountFen)} yuan paid on ${paidOn}: history, never paid again`,
          },
    ])
  for (const { row } of closing) entries.push([`closing ${row}`, { zh: '用于比对', en: 'to compare with' }])
  return new Map(entries)
}
