// 接管: the lists of another system, row by row, before they become opening entries. What cannot be is refused with its
// sheet, row and column; what the rows come to is held against the closing statement of the old system, figure by figure,
// and not a fen may differ. Reading, deciding: nothing is posted here.
import type { Day } from '../calendar/index.ts'
import { formatFen, type Fen } from '../money/index.ts'
import type { Refusal } from '../refusal.ts'

export type OpeningSheet = 'firms' | 'money' | 'vouchers' | 'claims' | 'closing'

export interface OpeningMoneyRow {
  readonly row: number
  readonly documentNumber: string
  readonly documentOn: Day
  /** six-digit division code of a district's allotment; empty for the programme's own pool */
  readonly pool: string
  readonly amountFen: Fen
}

export interface OpeningVoucherRow {
  readonly row: number
  /** as the old system had it */
  readonly number: string
  readonly creditCode: string
  readonly pool: string
  readonly amountFen: Fen
  readonly issuedOn: Day
  readonly usableUntil: Day
  readonly usedFen: Fen
  readonly expiredFen: Fen
  readonly revokedFen: Fen
  readonly contract: {
    readonly number: string
    readonly providerCode: string
    readonly signedOn: Day
    readonly startsOn: Day
    readonly endsOn: Day
    readonly amountFen: Fen
    readonly excludedFen: Fen
    /** by what its use is metered; empty where nothing more is used */
    readonly cluster: string
    readonly account: string
    readonly chip: string
    readonly priceFenPerCardHour: Fen | null
  }
}

export interface OpeningClaimRow {
  readonly row: number
  readonly number: string
  /** the old number of its voucher */
  readonly voucher: string
  readonly periodFrom: Day
  readonly periodTo: Day
  /** the fee that was settled, of which the amount is a part */
  readonly baseFen: Fen
  readonly amountFen: Fen
  readonly paidOn: Day | null
  readonly bankReference: string
}

/** What is held against the closing statement; `appropriated` of the programme and of pools alone, `vouchers` a count. */
export const openingFigures = [
  'appropriated',
  'vouchers',
  'issued',
  'used',
  'paid',
  'expired',
  'revoked',
  'left',
] as const

export type OpeningFigure = (typeof openingFigures)[number]
export type OpeningFigures = Readonly<Record<OpeningFigure, bigint>>
export type OpeningScope = 'programme' | 'pool' | 'firm'

export interface ClosingRow {
  readonly row: number
  readonly scope: OpeningScope
  /** empty for the programme; the division code of a pool, empty for the programme's own; the credit code of a firm */
  readonly key: string
  readonly figures: OpeningFigures
}

export interface OpeningRows {
  readonly money: readonly OpeningMoneyRow[]
  readonly vouchers: readonly OpeningVoucherRow[]
  readonly claims: readonly OpeningClaimRow[]
  readonly closing: readonly ClosingRow[]
}

export interface OpeningFault extends Refusal {
  readonly sheet: OpeningSheet
  /** null: of the whole sheet */
  readonly row: number | null
  /** the column by its field */
  readonly column: string | null
}

export function leftOf({ amountFen, usedFen, expiredFen, revokedFen }: OpeningVoucherRow): Fen {
  return amountFen - usedFen - expiredFen - revokedFen
}

/** @param cutOverOn the last day that the old system stands for */
export function openingFaults(rows: OpeningRows, cutOverOn: Day): readonly OpeningFault[] {
  return [
    ...twice('money', rows.money, ({ documentNumber }) => documentNumber, 'documentNumber'),
    ...rows.money.flatMap(({ row, documentOn }) =>
      documentOn > cutOverOn ? [late(['money', row, 'documentOn'], documentOn, cutOverOn)] : [],
    ),
    ...twice('vouchers', rows.vouchers, ({ number }) => number, 'number'),
    ...twice(
      'vouchers',
      rows.vouchers,
      ({ creditCode, contract }) => `${creditCode} ${contract.number}`,
      'contractNumber',
    ),
    ...rows.vouchers.flatMap((row) => voucherFaults(row, cutOverOn)),
    ...usedFaults(rows),
    ...twice('claims', rows.claims, ({ number }) => number, 'number'),
    ...claimFaults(rows, cutOverOn),
    ...poolFaults(rows),
    ...closingFaults(rows.closing),
  ]
}

type Place = readonly [sheet: OpeningSheet, row: number | null, column: string | null]

function fault([sheet, row, column]: Place, code: string, params: Refusal['params'] = {}): OpeningFault {
  return { sheet, row, column, code, params }
}

function late(place: Place, day: Day, cutOverOn: Day): OpeningFault {
  return fault(place, 'take_over.after_cut_over', { day, cutOverOn })
}

function twice<Row extends { readonly row: number }>(
  sheet: OpeningSheet,
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  column: string,
): OpeningFault[] {
  const first = new Map<string, number>()
  return rows.flatMap((each) => {
    const key = keyOf(each)
    const before = first.get(key)
    if (before === undefined) first.set(key, each.row)
    return before === undefined
      ? []
      : [fault([sheet, each.row, column], 'take_over.row_twice', { value: key, first: before })]
  })
}

function voucherFaults(voucher: OpeningVoucherRow, cutOverOn: Day): OpeningFault[] {
  const { row, amountFen, issuedOn, usableUntil, expiredFen, contract } = voucher
  const left = leftOf(voucher)
  const at = (column: string, code: string, params: Refusal['params'] = {}): OpeningFault =>
    fault(['vouchers', row, column], code, params)
  const over = usableUntil < cutOverOn
  const meters = [contract.cluster, contract.account, contract.chip]
  const metered = meters.every((text) => text !== '') && contract.priceFenPerCardHour !== null
  return [
    ...(amountFen > 0n ? [] : [at('amountFen', 'take_over.amount_zero')]),
    ...(issuedOn > cutOverOn ? [late(['vouchers', row, 'issuedOn'], issuedOn, cutOverOn)] : []),
    ...(usableUntil < issuedOn
      ? [at('usableUntil', 'take_over.days_disorder', { from: issuedOn, to: usableUntil })]
      : []),
    ...(contract.endsOn < contract.startsOn
      ? [at('endsOn', 'take_over.days_disorder', { from: contract.startsOn, to: contract.endsOn })]
      : []),
    ...(contract.excludedFen > contract.amountFen || contract.amountFen === 0n
      ? [at('contractFen', 'take_over.contract_amount')]
      : []),
    ...(left < 0n ? [at('usedFen', 'take_over.beyond_amount', { overYuan: formatFen(-left) })] : []),
    ...(expiredFen > 0n && !over
      ? [at('expiredFen', 'take_over.not_expired', { usableUntil, cutOverOn })]
      : []),
    ...(over && left > 0n
      ? [at('expiredFen', 'take_over.expired_left', { usableUntil, leftYuan: formatFen(left) })]
      : []),
    ...(voucher.revokedFen > 0n && left > 0n
      ? [at('revokedFen', 'take_over.revoked_left', { leftYuan: formatFen(left) })]
      : []),
    ...(left > 0n && !over && !metered ? [at('cluster', 'take_over.meter_missing')] : []),
  ]
}

/** What a voucher is said to have been used for is what its claims come to. */
function usedFaults({ vouchers, claims }: OpeningRows): OpeningFault[] {
  const claimed = new Map<string, bigint>()
  for (const { voucher, amountFen } of claims) claimed.set(voucher, (claimed.get(voucher) ?? 0n) + amountFen)
  return vouchers.flatMap(({ row, number, usedFen }) => {
    const fen = claimed.get(number) ?? 0n
    if (fen === usedFen) return []
    const params = { number, usedYuan: formatFen(usedFen), claimsYuan: formatFen(fen) }
    return [fault(['vouchers', row, 'usedFen'], 'take_over.claims_differ', params)]
  })
}

function claimFaults({ vouchers, claims }: OpeningRows, cutOverOn: Day): OpeningFault[] {
  const byNumber = new Map(vouchers.map((voucher) => [voucher.number, voucher]))
  const earlier = new Map<string, OpeningClaimRow[]>()
  return claims.flatMap((claim): OpeningFault[] => {
    const { row, voucher, periodFrom, periodTo, baseFen, amountFen, paidOn, bankReference } = claim
    const at = (column: string, code: string, params: Refusal['params'] = {}): OpeningFault =>
      fault(['claims', row, column], code, params)
    const of = byNumber.get(voucher)
    if (of === undefined) return [at('voucher', 'take_over.voucher_unknown', { number: voucher })]
    const { startsOn, endsOn } = of.contract
    const overlap = (earlier.get(voucher) ?? []).find(
      (other) => other.periodFrom <= periodTo && other.periodTo >= periodFrom,
    )
    earlier.set(voucher, [...(earlier.get(voucher) ?? []), claim])
    const last = [periodTo, paidOn ?? periodTo].find((day) => day > cutOverOn)
    return [
      ...(amountFen > 0n ? [] : [at('amountFen', 'take_over.amount_zero')]),
      ...(baseFen < amountFen ? [at('baseFen', 'take_over.base_less')] : []),
      ...(periodTo < periodFrom
        ? [at('periodTo', 'take_over.days_disorder', { from: periodFrom, to: periodTo })]
        : []),
      ...(periodFrom < startsOn || periodTo > endsOn
        ? [at('periodFrom', 'take_over.period_outside', { startsOn, endsOn })]
        : []),
      ...(overlap === undefined
        ? []
        : [at('periodFrom', 'take_over.periods_overlap', { number: overlap.number, first: overlap.row })]),
      ...(last === undefined ? [] : [late(['claims', row, 'paidOn'], last, cutOverOn)]),
      ...((paidOn === null) === (bankReference === '') ? [] : [at('paidOn', 'take_over.payment_half')]),
    ]
  })
}

function namedPool(pool: string): Refusal['params'] {
  return pool === '' ? { pool: "of the programme's own", poolZh: '（措施本级）' } : { pool }
}

/** No pool ever gave what it did not have. */
function poolFaults({ money, vouchers }: OpeningRows): OpeningFault[] {
  const pools = new Set(vouchers.map(({ pool }) => pool))
  return [...pools].flatMap((pool): OpeningFault[] => {
    const given = money.filter((row) => row.pool === pool)
    if (given.length === 0)
      return [fault(['money', null, 'pool'], 'take_over.pool_without_money', namedPool(pool))]
    const back = ({ expiredFen, revokedFen }: OpeningVoucherRow): bigint => expiredFen + revokedFen
    const own = vouchers
      .filter((row) => row.pool === pool)
      .toSorted((one, other) => (back(one) > back(other) ? -1 : back(one) < back(other) ? 1 : 0))
    let left = given.reduce((sum, { amountFen }) => sum + amountFen, 0n)
    let short = 0n
    for (const row of own) {
      if (row.amountFen - left > short) short = row.amountFen - left
      left -= row.amountFen - back(row)
    }
    return short > 0n
      ? [
          fault(['money', null, 'amountFen'], 'take_over.pool_short', {
            ...namedPool(pool),
            shortYuan: formatFen(short),
          }),
        ]
      : []
  })
}

function closingFaults(closing: readonly ClosingRow[]): OpeningFault[] {
  return [
    ...twice('closing', closing, ({ scope, key }) => `${scope} ${key}`, 'key'),
    ...(closing.some(({ scope }) => scope === 'programme')
      ? []
      : [fault(['closing', null, 'scope'], 'take_over.closing_without_programme')]),
  ]
}

const NOTHING: OpeningFigures = {
  appropriated: 0n,
  vouchers: 0n,
  issued: 0n,
  used: 0n,
  paid: 0n,
  expired: 0n,
  revoked: 0n,
  left: 0n,
}

/** What the rows come to: by programme, pool and firm. */
export function openingTotals(
  rows: Omit<OpeningRows, 'closing'>,
): ReadonlyMap<string, Omit<ClosingRow, 'row'>> {
  const totals = new Map<string, Omit<ClosingRow, 'row'>>()
  const add = (scope: OpeningScope, key: string, more: Partial<OpeningFigures>): void => {
    const name = `${scope} ${key}`
    const before = totals.get(name)?.figures ?? NOTHING
    const figures = Object.fromEntries(
      openingFigures.map((figure) => [figure, before[figure] + (more[figure] ?? 0n)]),
    ) as OpeningFigures
    totals.set(name, { scope, key, figures })
  }
  add('programme', '', {})
  for (const { pool, amountFen } of rows.money) {
    add('programme', '', { appropriated: amountFen })
    add('pool', pool, { appropriated: amountFen })
  }
  const paid = new Map<string, bigint>()
  for (const { voucher, amountFen, paidOn } of rows.claims)
    if (paidOn !== null) paid.set(voucher, (paid.get(voucher) ?? 0n) + amountFen)
  for (const row of rows.vouchers) {
    const more = {
      vouchers: 1n,
      issued: row.amountFen,
      used: row.usedFen,
      paid: paid.get(row.number) ?? 0n,
      expired: row.expiredFen,
      revoked: row.revokedFen,
      left: leftOf(row),
    }
    add('programme', '', more)
    add('pool', row.pool, more)
    add('firm', row.creditCode, more)
  }
  return totals
}

export interface ComparedFigure {
  readonly figure: OpeningFigure
  /** what the rows come to; null where they know of none */
  readonly found: bigint | null
  /** what the closing statement says; null where it says nothing of it */
  readonly stated: bigint | null
}

export interface Comparison {
  readonly scope: OpeningScope
  readonly key: string
  readonly figures: readonly ComparedFigure[]
  readonly agrees: boolean
}

/** Firms are compared once the closing statement names one. */
export function compareOpening(rows: OpeningRows): readonly Comparison[] {
  const totals = openingTotals(rows)
  const stated = new Map(rows.closing.map((row) => [`${row.scope} ${row.key}`, row]))
  const byFirm = rows.closing.some(({ scope }) => scope === 'firm')
  const names = [...new Set([...totals.keys(), ...stated.keys()])]
  return names
    .map((name) => ({ found: totals.get(name), said: stated.get(name) }))
    .filter(({ found, said }) => byFirm || (found ?? said)!.scope !== 'firm')
    .map(({ found, said }): Comparison => {
      const { scope, key } = (found ?? said)!
      const figures = openingFigures
        .filter((figure) => figure !== 'appropriated' || scope !== 'firm')
        .map((figure) => ({
          figure,
          found: found?.figures[figure] ?? null,
          stated: said?.figures[figure] ?? null,
        }))
      return { scope, key, figures, agrees: figures.every((each) => each.found === each.stated) }
    })
}
