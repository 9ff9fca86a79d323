// What the rows of a take-over mean here: which firm, which contract, which pool, which caps. Read, decide, nothing stored.
// The caps are those of the programme as of the day of each act, so that they count what the firm had already used.
import { accept, refuse, type Decision } from '@suanquan/core'
import type { Day, Instant } from '@suanquan/core/calendar'
import { formatFen } from '@suanquan/core/money'
import { capAccounts, type Act, type Facts } from '@suanquan/core/policy'
import {
  leftOf,
  ownPool,
  sharedCapLine,
  type CapLine,
  type OpeningClaimRow,
  type OpeningFault,
  type OpeningRows,
  type OpeningVoucherRow,
  type PoolKey,
} from '@suanquan/core/voucher'
import type { Kysely, Selectable } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { capLine, type Draft, statedFacts } from '../application/index.ts'
import { booksOf, capsUsed } from '../ledger/index.ts'
import type { InForce } from '../policy/index.ts'
import { sharedLimitOf } from '../pool/index.ts'

type Organisation = Selectable<Tables['organisation']>

export interface GatheredClaim {
  readonly row: OpeningClaimRow
  readonly caps: readonly CapLine[]
}

export interface GatheredVoucher {
  readonly row: OpeningVoucherRow
  readonly firm: Organisation
  readonly provider: Organisation
  readonly pool: PoolKey
  readonly draft: Draft
  readonly caps: readonly CapLine[]
  readonly claims: readonly GatheredClaim[]
}

export interface Gathered {
  readonly vouchers: readonly GatheredVoucher[]
  readonly faults: readonly OpeningFault[]
}

export interface GatherInput {
  readonly inForce: InForce
  readonly rows: OpeningRows
  readonly cutOverOn: Day
  readonly at: Instant
}

export async function gather(db: Kysely<Tables>, input: GatherInput): Promise<Gathered> {
  const { inForce, rows } = input
  const known = await organisationsOf(db, rows)
  const faults: OpeningFault[] = [...(await poolFaults(db, input))]
  const vouchers: GatheredVoucher[] = []
  for (const row of rows.vouchers) {
    const found = await voucherOf(db, input, { row, known })
    if (found.ok) vouchers.push(found.value)
    else
      faults.push({ ...found.refusal, sheet: 'vouchers', row: row.row, column: COLUMN[found.refusal.code]! })
  }
  faults.push(...(await capFaults(db, inForce, vouchers)))
  return { vouchers, faults }
}

type Code =
  | 'take_over.firm_unknown'
  | 'take_over.code_doubtful'
  | 'take_over.provider_unknown'
  | 'take_over.contract_used'
  | 'take_over.facts_missing'

const COLUMN: Readonly<Record<Code, string>> = {
  'take_over.firm_unknown': 'creditCode',
  'take_over.code_doubtful': 'creditCode',
  'take_over.provider_unknown': 'providerCode',
  'take_over.contract_used': 'contractNumber',
  'take_over.facts_missing': 'creditCode',
}

async function organisationsOf(
  db: Kysely<Tables>,
  { vouchers }: OpeningRows,
): Promise<ReadonlyMap<string, Organisation>> {
  const codes = [
    ...new Set(vouchers.flatMap(({ creditCode, contract }) => [creditCode, contract.providerCode])),
  ]
  const found = new Map<string, Organisation>()
  for (let from = 0; from < codes.length; from += 1000) {
    const some = codes.slice(from, from + 1000)
    const rows = await db.selectFrom('organisation').selectAll().where('credit_code', 'in', some).execute()
    for (const row of rows) found.set(row.credit_code, row)
  }
  return found
}

async function voucherOf(
  db: Kysely<Tables>,
  { inForce, rows, cutOverOn, at }: GatherInput,
  of: { readonly row: OpeningVoucherRow; readonly known: ReadonlyMap<string, Organisation> },
): Promise<Decision<GatheredVoucher, Code>> {
  const { row, known } = of
  const { creditCode, contract, issuedOn } = row
  const firm = known.get(creditCode)
  if (firm === undefined) return refuse('take_over.firm_unknown', { creditCode })
  if (firm.credit_code_doubt === 'check_digit') return refuse('take_over.code_doubtful', { creditCode })
  const provider = known.get(contract.providerCode)
  if (provider?.roles.includes('provider') !== true)
    return refuse('take_over.provider_unknown', { creditCode: contract.providerCode })
  const other = await contractUsed(db, firm.id, contract.number)
  if (other !== null)
    return refuse('take_over.contract_used', { contractNumber: contract.number, number: other })
  const draft = draftOf(row, provider)
  const stated = await statedFacts(db, { inForce, organisation: firm, draft, on: issuedOn, at })
  const caps = capsOf(inForce, { facts: stated, act: 'grant', on: issuedOn })
  if (!caps.ok) return caps
  const claims: GatheredClaim[] = []
  for (const claim of rows.claims.filter(({ voucher }) => voucher === row.number)) {
    const on = claim.paidOn ?? cutOverOn
    const drawn = capsOf(inForce, { facts: { ...stated, ...claimFacts(row, claim, on) }, act: 'payment', on })
    if (!drawn.ok) return drawn
    claims.push({ row: claim, caps: drawn.value })
  }
  const shared = await sharedCap(db, inForce, row)
  return accept({
    row,
    firm,
    provider,
    pool: poolOf(inForce, row.pool),
    draft,
    caps: [...caps.value, ...shared],
    claims,
  })
}

async function contractUsed(db: Kysely<Tables>, firmId: string, number: string): Promise<string | null> {
  const other = await db
    .selectFrom('service_contract')
    .innerJoin('application', 'application.contract_id', 'service_contract.id')
    .select('application.number')
    .where('service_contract.organisation_id', '=', firmId)
    .where('application.organisation_id', '=', firmId)
    .where('service_contract.number', '=', number)
    .where('application.state', 'not in', ['refused', 'withdrawn'])
    .executeTakeFirst()
  return other?.number ?? null
}

export function poolOf(inForce: InForce, district: string): PoolKey {
  return district === '' ? ownPool(booksOf(inForce).fund) : { kind: 'district', district, reference: '' }
}

function draftOf({ contract }: OpeningVoucherRow, provider: Organisation): Draft {
  const { number, signedOn, startsOn, endsOn, cluster, account, chip, priceFenPerCardHour: price } = contract
  return {
    contract: {
      number,
      providerId: provider.id,
      signedOn,
      startsOn,
      endsOn,
      amountFen: contract.amountFen.toString(),
      excludedFen: contract.excludedFen.toString(),
      cluster,
      account,
      prices: price === null ? [] : [{ chip, priceFenPerCardHour: price.toString() }],
    },
    statements: {},
    documents: [],
  }
}

function capsOf(
  { programme }: InForce,
  asked: { readonly facts: Facts; readonly act: Act; readonly on: Day },
): Decision<readonly CapLine[], 'take_over.facts_missing'> {
  const found = capAccounts(programme, asked)
  if (found.ok) return accept(found.value.map(capLine))
  const { facts } = found.refusal.params
  return refuse('take_over.facts_missing', { facts: Array.isArray(facts) ? (facts as string[]) : [] })
}

/** What a programme may read of a payment, as the old system settled it. */
function claimFacts(voucher: OpeningVoucherRow, claim: OpeningClaimRow, on: Day): Facts {
  const { baseFen } = claim
  return {
    'claim.submitted_on': on,
    'claim.metered': baseFen,
    'claim.contracted': baseFen,
    'claim.invoiced': baseFen,
    'claim.paid': baseFen,
    'voucher.left': leftOf(voucher) + claim.amountFen,
    'voucher.usable_until': voucher.usableUntil,
  }
}

/** What the firm may be granted in the year of issue by all programmes of the fund. */
async function sharedCap(
  db: Kysely<Tables>,
  inForce: InForce,
  { creditCode, issuedOn }: OpeningVoucherRow,
): Promise<readonly CapLine[]> {
  const year = Number(issuedOn.slice(0, 4))
  const limit = await sharedLimitOf(db, inForce.fund, year)
  return limit === null ? [] : [sharedCapLine(creditCode, year, limit.limitFen)]
}

async function poolFaults(
  db: Kysely<Tables>,
  { inForce, rows }: GatherInput,
): Promise<readonly OpeningFault[]> {
  const city = inForce.jurisdiction.slice(0, 4)
  const isForeign = (pool: string): boolean =>
    pool !== '' && (!pool.startsWith(city) || pool === inForce.jurisdiction)
  const foreign = (sheet: 'money' | 'vouchers', row: number, district: string): OpeningFault => ({
    sheet,
    row,
    column: 'pool',
    code: 'take_over.district_foreign',
    params: { district },
  })
  const taken = await db
    .selectFrom('appropriation')
    .select('document_number')
    .where('adoption_id', '=', inForce.id)
    .execute()
  const used = new Set(taken.map((row) => row.document_number))
  return [
    ...rows.money.filter(({ pool }) => isForeign(pool)).map(({ row, pool }) => foreign('money', row, pool)),
    ...rows.vouchers
      .filter(({ pool }) => isForeign(pool))
      .map(({ row, pool }) => foreign('vouchers', row, pool)),
    ...rows.money
      .filter(({ documentNumber }) => used.has(documentNumber))
      .map(({ row, documentNumber }): OpeningFault => ({
        sheet: 'money',
        row,
        column: 'documentNumber',
        code: 'take_over.document_used',
        params: { documentNumber },
      })),
  ]
}

/** Every use of a cap in the order of the rows: the one that goes beyond the limit is named. */
async function capFaults(
  db: Kysely<Tables>,
  inForce: InForce,
  vouchers: readonly GatheredVoucher[],
): Promise<readonly OpeningFault[]> {
  const uses = vouchers.flatMap(({ row, caps, claims }) => [
    ...caps.map((line) => ({ sheet: 'vouchers' as const, row: row.row, line, fen: row.amountFen })),
    ...claims.flatMap((claim) =>
      claim.caps.map((line) => ({
        sheet: 'claims' as const,
        row: claim.row.row,
        line,
        fen: claim.row.amountFen,
      })),
    ),
  ])
  const lines = [...new Map(uses.map(({ line }) => [line.key, line])).values()]
  const before = await capsUsed(db, booksOf(inForce), lines)
  const used = new Map(lines.map(({ key }, index) => [key, before[index]!]))
  return uses.flatMap(({ sheet, row, line, fen }): OpeningFault[] => {
    const now = used.get(line.key)! + (line.measure === 'fen' ? fen : 1n)
    used.set(line.key, now)
    if (now <= line.limit) return []
    const said = (value: bigint, times: string, yuan: string): string =>
      line.measure === 'fen' ? `${formatFen(value)} ${yuan}` : `${value} ${times}`
    const params = {
      cap: line.cap,
      subject: line.subjectKey,
      period: line.periodKey,
      overYuan: said(now - line.limit, 'times', 'yuan'),
      overYuanZh: said(now - line.limit, '次', '元'),
      limit: said(line.limit, 'times', 'yuan'),
      limitZh: said(line.limit, '次', '元'),
    }
    return [{ sheet, row, column: 'amountFen', code: 'take_over.cap_exceeded', params }]
  })
}
