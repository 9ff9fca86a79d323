// Builders for tests: the lists of an old system, and a take-over up to its check.
import { takeOverSheets, type AnswerOf, type Client, type Routes, type TakeOverFileKind } from '@suanquan/api'
import { formatFen } from '@suanquan/core/money'
import { pdf } from './test-case.ts'
import { must, type TestCity } from './test-city.ts'

type TakeOver = AnswerOf<Routes['readTakeOver']>
type Sheet = keyof typeof takeOverSheets
export type OldRow = Readonly<Record<string, string>>

export const CUT_OVER = '2024-05-07'
export const OLD_VOUCHERS = 120

/** Rows as a CSV under the heads of the template. */
export function sheetCsv(sheet: Sheet, rows: readonly OldRow[]): Uint8Array {
  const { columns } = takeOverSheets[sheet]
  const lines = [
    columns.map(({ head }) => head.zh),
    ...rows.map((row) => columns.map(({ id }) => row[id] ?? '')),
  ]
  return new TextEncoder().encode(lines.map((cells) => cells.join(',')).join('\r\n'))
}

export const yuanText = (fen: bigint): string => formatFen(fen).replaceAll(',', '')

export interface OldLists {
  readonly money: OldRow[]
  readonly vouchers: OldRow[]
  readonly claims: OldRow[]
  readonly closing: OldRow[]
}

/** 120 vouchers of 10,000 yuan: used in part and paid, used and owed, expired, revoked, untouched; two firms in turn. */
export function oldLists(city: TestCity): OldLists {
  const vouchers: OldRow[] = []
  const claims: OldRow[] = []
  for (let index = 0; index < OLD_VOUCHERS; index += 1) {
    const number = `旧券-${String(index + 1).padStart(4, '0')}`
    const kind = index % 4
    const firm = index % 2 === 0 ? city.firm : city.otherFirm
    const used = kind < 2
    vouchers.push({
      number,
      creditCode: firm.creditCode,
      amountFen: '10000.00',
      issuedOn: '2024-02-01',
      usableUntil: kind === 2 ? '2024-04-30' : '2024-12-31',
      usedFen: used ? '4000.00' : '0',
      expiredFen: kind === 2 ? '10000.00' : '',
      revokedFen: kind === 3 && index < 8 ? '10000.00' : '',
      contractNumber: `旧合同-${index + 1}`,
      providerCode: city.provider.creditCode,
      signedOn: '2024-01-10',
      startsOn: '2024-01-15',
      endsOn: '2025-01-14',
      contractFen: '100000.00',
      cluster: 'sqtest',
      account: `old${index + 1}`,
      chip: 'a100',
      priceFenPerCardHour: '10.00',
    })
    if (used)
      claims.push({
        number: `旧兑-${index + 1}`,
        voucher: number,
        periodFrom: '2024-02-01',
        periodTo: '2024-03-31',
        baseFen: '8000.00',
        amountFen: '4000.00',
        paidOn: kind === 0 ? '2024-04-20' : '',
        bankReference: kind === 0 ? `YH${index}` : '',
      })
  }
  const money = [{ documentNumber: '旧财预〔2024〕3号', documentOn: '2024-01-05', amountFen: '5000000' }]
  return { money, vouchers, claims, closing: closingOf({ vouchers, claims }, ['programme', 'pool']) }
}

export const fenOf = (text: string | undefined): bigint =>
  text === undefined || text === '' ? 0n : BigInt(Math.round(Number(text) * 100))

export function closingOf(
  { vouchers, claims }: Pick<OldLists, 'vouchers' | 'claims'>,
  scopes: readonly string[],
): OldRow[] {
  const sum = (rows: readonly OldRow[], id: string): bigint =>
    rows.reduce((all, row) => all + fenOf(row[id]), 0n)
  const [issued, used] = [sum(vouchers, 'amountFen'), sum(vouchers, 'usedFen')]
  const [expired, revoked] = [sum(vouchers, 'expiredFen'), sum(vouchers, 'revokedFen')]
  const figures = {
    key: '',
    appropriated: '5000000',
    vouchers: String(vouchers.length),
    issued: yuanText(issued),
    used: yuanText(used),
    paid: yuanText(
      sum(
        claims.filter(({ paidOn }) => paidOn !== ''),
        'amountFen',
      ),
    ),
    expired: yuanText(expired),
    revoked: yuanText(revoked),
    left: yuanText(issued - used - expired - revoked),
  }
  return scopes.map((scope) => ({ ...figures, scope: scope === 'programme' ? '措施' : '资金池' }))
}

export async function putFile(
  client: Client,
  id: string,
  kind: TakeOverFileKind,
  bytes: Uint8Array,
): Promise<TakeOver> {
  const name = kind === 'statement' ? '结账报告.pdf' : `${kind}.csv`
  const file = { name, bytes, mediaType: 'application/octet-stream' }
  return must(await client.uploadTakeOverFile({ params: { id }, query: { kind }, file }))
}

export async function putFiles(client: Client, id: string, all: OldLists): Promise<void> {
  for (const sheet of ['money', 'vouchers', 'claims', 'closing'] as const)
    await putFile(client, id, sheet, sheetCsv(sheet, all[sheet]))
  await putFile(client, id, 'statement', pdf('结账报告'))
}

export async function beginTakeOver(city: TestCity, cutOverOn = CUT_OVER): Promise<string> {
  const body = { adoptionId: city.adoptionId, systemName: '旧算力券系统', cutOverOn }
  return must(await city.as('finance').openTakeOver({ body })).id
}

export async function checkedTakeOver(city: TestCity, id: string): Promise<NonNullable<TakeOver['report']>> {
  return must(await city.as('finance').checkTakeOver({ params: { id } })).report!
}
