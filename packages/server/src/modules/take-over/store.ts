// Stores what was taken over: money, contracts, grants, vouchers and claims as documents of this platform, each with the
// number it had before; and the plan of their opening entries, which the ledger takes whole or not at all.
import { refuse, type Refusal } from '@suanquan/core'
import { startOf, type Day, type Instant } from '@suanquan/core/calendar'
import { leftOf, planOpening, type Opening, type OpeningVoucher } from '@suanquan/core/voucher'
import { sql, type Insertable, type Transaction } from 'kysely'
import { timestamp, type PostingPlan, type Tables } from '../../database/index.ts'
import { nextNumbers, storedApproval } from '../application/index.ts'
import { booksOf } from '../ledger/index.ts'
import type { InForce } from '../policy/index.ts'
import { storedCaps } from '../settlement/index.ts'
import { poolOf, type GatheredVoucher } from './gather.ts'
import type { TakeOverRow } from './load.ts'
import type { TakeOverPlan } from './plan.ts'

export interface Storing {
  readonly tx: Transaction<Tables>
  readonly takeOver: TakeOverRow
  readonly inForce: InForce
  readonly preparedBy: string
  readonly confirmedBy: string
  readonly at: Instant
  readonly today: Day
  readonly newId: () => string
}

type Row<Table extends keyof Tables> = Insertable<Tables[Table]>

interface Documents {
  readonly contracts: Row<'service_contract'>[]
  readonly applications: Row<'application'>[]
  readonly vouchers: Row<'voucher'>[]
  readonly claims: Row<'claim'>[]
  readonly openings: Row<'opening_claim'>[]
  readonly events: Row<'workflow_event'>[]
}

export async function storeOpening(storing: Storing, plan: TakeOverPlan): Promise<Opening> {
  const { tx, inForce, today } = storing
  const money = await storeMoney(storing, plan)
  const place = { jurisdiction: inForce.jurisdiction }
  const { vouchers } = plan.gathered
  const claims = vouchers.reduce((sum, voucher) => sum + voucher.claims.length, 0)
  const numbers = {
    application: await nextNumbers(tx, 'SQ', { place, today, count: vouchers.length }),
    claim: await nextNumbers(tx, 'DF', { place, today, count: claims }),
  }
  const documents: Documents = {
    contracts: [],
    applications: [],
    vouchers: [],
    claims: [],
    openings: [],
    events: [],
  }
  let claim = 0
  const opened = vouchers.map((voucher, index): OpeningVoucher => {
    const own = numbers.claim.slice(claim, (claim += voucher.claims.length))
    return addVoucher(storing, documents, { voucher, number: numbers.application[index]!, claims: own })
  })
  await storeAll(tx, 'service_contract', documents.contracts)
  await storeAll(tx, 'application', documents.applications)
  await storeAll(tx, 'voucher', documents.vouchers)
  await sql`update application set voucher_id = voucher.id from voucher
    where voucher.application_id = application.id and application.take_over_id = ${storing.takeOver.id}`.execute(
    tx,
  )
  await storeAll(tx, 'claim', documents.claims)
  await storeAll(tx, 'opening_claim', documents.openings)
  await storeAll(tx, 'workflow_event', documents.events)
  return { money, vouchers: opened }
}

async function storeAll<Table extends keyof Tables>(
  tx: Transaction<Tables>,
  table: Table,
  rows: readonly Row<Table>[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += 500)
    await tx
      .insertInto(table)
      .values(rows.slice(from, from + 500) as never)
      .execute()
}

async function storeMoney(storing: Storing, { rows }: TakeOverPlan): Promise<Opening['money']> {
  const { tx, takeOver, inForce, preparedBy, confirmedBy, at, newId } = storing
  const money = rows.money.map((row) => ({ id: newId(), row }))
  await storeAll(
    tx,
    'appropriation',
    money.map(({ id, row }) => ({
      id,
      jurisdiction: inForce.jurisdiction,
      district: inForce.jurisdiction,
      adoption_id: inForce.id,
      document_number: row.documentNumber,
      document_on: row.documentOn,
      tier_id: null,
      amount_fen: row.amountFen,
      state: 'approved',
      proposed_by: preparedBy,
      proposed_at: timestamp(takeOver.prepared_at ?? at),
      approved_by: confirmedBy,
      approved_at: timestamp(at),
      take_over_id: takeOver.id,
    })),
  )
  const districts = [...new Set(rows.money.map(({ pool }) => pool))].filter((pool) => pool !== '')
  for (const district of districts)
    await tx
      .insertInto('allotment')
      .values({
        id: newId(),
        jurisdiction: inForce.jurisdiction,
        district,
        adoption_id: inForce.id,
        kind: 'district',
        reference: '',
        name: district,
        city_share_numerator: null,
        city_share_denominator: null,
        rest_paid_by: null,
        opened_by: preparedBy,
        opened_at: timestamp(at),
        funded_at: timestamp(at),
      })
      .onConflict((conflict) =>
        conflict
          .columns(['adoption_id', 'kind', 'district', 'reference'])
          .doUpdateSet({ funded_at: timestamp(at) }),
      )
      .execute()
  return money.map(({ id, row }) => ({ id, pool: poolOf(inForce, row.pool), amountFen: row.amountFen }))
}

interface ToAdd {
  readonly voucher: GatheredVoucher
  /** of its application; the voucher carries the same */
  readonly number: string
  readonly claims: readonly string[]
}

function addVoucher(storing: Storing, documents: Documents, toAdd: ToAdd): OpeningVoucher {
  const { takeOver, inForce, newId } = storing
  const { voucher, number, claims } = toAdd
  const { row, firm, provider, pool, caps } = voucher
  const ids = { approval: newId(), application: newId(), contract: newId(), voucher: newId() }
  const place = { jurisdiction: inForce.jurisdiction, district: firm.district }
  documents.contracts.push(contractRow(voucher, { ...place, id: ids.contract }))
  documents.applications.push(applicationRow(storing, voucher, { ids, number }))
  const voucherNumber = number.replace(/^SQ/, 'Q')
  documents.vouchers.push(voucherRow(storing, voucher, { ids, number: voucherNumber }))
  const detail = { takeOverId: takeOver.id, oldNumber: row.number, issuedOn: row.issuedOn }
  documents.events.push(
    eventRow(storing, place, { kind: 'application', id: ids.application, to: 'granted', detail }),
  )
  const terms = {
    number: voucherNumber,
    holder: firm.credit_code,
    district: firm.district,
    usableUntil: row.usableUntil,
  }
  const payee = inForce.way.draws === 'deduction' ? provider : firm
  return {
    id: ids.approval,
    terms,
    pool,
    amountFen: row.amountFen,
    expiredFen: row.expiredFen,
    revokedFen: row.revokedFen,
    caps,
    claims: voucher.claims.map((claim, index) => {
      const id = newId()
      const own = claims[index]!
      const paying = { id, number: own, payee: payee.credit_code, payeeId: payee.id }
      addClaim(storing, documents, { ids, voucher, claim, paying })
      return {
        id,
        number: own,
        payee: payee.credit_code,
        district: firm.district,
        amountFen: claim.row.amountFen,
        isPaid: claim.row.paidOn !== null,
        caps: claim.caps,
      }
    }),
  }
}

interface Named {
  readonly ids: {
    readonly approval: string
    readonly application: string
    readonly contract: string
    readonly voucher: string
  }
  readonly number: string
}

function sharedColumns(
  { takeOver, inForce }: Storing,
  { firm }: GatheredVoucher,
): { jurisdiction: string; district: string; take_over_id: string; adoption_id: string } {
  const { jurisdiction, id } = inForce
  return { jurisdiction, district: firm.district, take_over_id: takeOver.id, adoption_id: id }
}

/** Granted elsewhere: no ceiling and no verdict of this platform. */
function applicationRow(
  storing: Storing,
  voucher: GatheredVoucher,
  { ids, number }: Named,
): Row<'application'> {
  const { inForce, at } = storing
  const { row, firm, pool, caps, draft } = voucher
  const { amountFen } = row
  const sources = [{ pool, amountFen }]
  return {
    ...sharedColumns(storing, voucher),
    id: ids.application,
    number,
    organisation_id: firm.id,
    workflow: JSON.stringify(inForce.way.application),
    state: 'granted',
    draft: JSON.stringify(draft),
    contract_id: ids.contract,
    findings: '{}',
    correction_fields: '[]',
    ceiling_fen: null,
    eligible: 'unknown',
    approved_fen: amountFen,
    approval: storedApproval({ id: ids.approval, amountFen, caps, sources }),
    voucher_id: null,
    notice_id: null,
    complete_at: timestamp(startOf(row.issuedOn)),
    created_at: timestamp(at),
    updated_at: timestamp(at),
    deadline_on: null,
    deadline_provisional: false,
  }
}

function voucherRow(storing: Storing, voucher: GatheredVoucher, { ids, number }: Named): Row<'voucher'> {
  const { row, firm } = voucher
  const at = timestamp(storing.at)
  const emptied = leftOf(row) === 0n && row.expiredFen + row.revokedFen > 0n
  return {
    ...sharedColumns(storing, voucher),
    id: ids.voucher,
    number,
    old_number: row.number,
    application_id: ids.application,
    contract_id: ids.contract,
    holder_id: firm.id,
    holder_credit_code: firm.credit_code,
    amount_fen: row.amountFen,
    issued_on: row.issuedOn,
    usable_until: row.usableUntil,
    returned_at: emptied ? at : null,
    revoked_at: row.revokedFen > 0n ? at : null,
  }
}

function contractRow(
  { row: { contract }, firm, provider, draft }: GatheredVoucher,
  own: { readonly id: string; readonly jurisdiction: string; readonly district: string },
): Row<'service_contract'> {
  return {
    ...own,
    organisation_id: firm.id,
    provider_id: provider.id,
    number: contract.number,
    signed_on: contract.signedOn,
    starts_on: contract.startsOn,
    ends_on: contract.endsOn,
    amount_fen: contract.amountFen,
    excluded_fen: contract.excludedFen,
    use: '',
    cluster: contract.cluster,
    account: contract.account,
    qos: null,
    prices: JSON.stringify(draft.contract.prices),
    shard: null,
  }
}

interface ClaimToAdd {
  readonly ids: Named['ids']
  readonly voucher: GatheredVoucher
  readonly claim: GatheredVoucher['claims'][number]
  readonly paying: {
    readonly id: string
    readonly number: string
    readonly payee: string
    readonly payeeId: string
  }
}

function addClaim(storing: Storing, documents: Documents, toAdd: ClaimToAdd): void {
  const { takeOver, inForce } = storing
  const { ids, voucher, claim, paying } = toAdd
  const { row, caps } = claim
  const place = { jurisdiction: inForce.jurisdiction, district: voucher.firm.district }
  const { periodFrom, periodTo, amountFen, baseFen } = row
  const isPaid = row.paidOn !== null
  const state = isPaid ? 'paid' : 'approved'
  documents.claims.push({
    ...place,
    id: paying.id,
    number: paying.number,
    adoption_id: inForce.id,
    voucher_id: ids.voucher,
    application_id: ids.application,
    contract_id: ids.contract,
    organisation_id: voucher.firm.id,
    payee_id: paying.payeeId,
    payee_credit_code: paying.payee,
    state,
    period_from: periodFrom,
    period_to: periodTo,
    body: JSON.stringify({ periodFrom, periodTo, invoices: [], payments: [], deliveryCertificateId: null }),
    matched: null as never,
    base_fen: baseFen,
    payable_fen: amountFen,
    approved_fen: amountFen,
    settled_fen: isPaid ? amountFen : 0n,
    drawn_caps: storedCaps(caps),
    submitted_at: timestamp(startOf(periodTo)),
    deadline_on: null,
    deadline_provisional: false,
    deducted_fen: null,
    batch_id: null,
  })
  documents.openings.push({
    ...place,
    claim_id: paying.id,
    take_over_id: takeOver.id,
    old_number: row.number,
    paid_on: row.paidOn,
    bank_reference: isPaid ? row.bankReference : null,
  })
  const detail = { takeOverId: takeOver.id, oldNumber: row.number }
  documents.events.push(eventRow(storing, place, { kind: 'claim', id: paying.id, to: state, detail }))
}

function eventRow(
  { confirmedBy, at, newId }: Storing,
  place: { readonly jurisdiction: string; readonly district: string },
  event: {
    readonly kind: string
    readonly id: string
    readonly to: string
    readonly detail: Readonly<Record<string, string>>
  },
): Row<'workflow_event'> {
  return {
    ...place,
    id: newId(),
    object_kind: event.kind,
    object_id: event.id,
    position: 0,
    at: timestamp(at),
    event: 'take_over',
    from_state: 'new',
    to_state: event.to,
    actor_id: confirmedBy,
    actor_role: 'finance',
    reason: null,
    detail: JSON.stringify(event.detail),
  }
}

/** All or nothing: whatever the ledger refuses is named, and nothing of the take-over remains. */
export function openingPlan(inForce: InForce, opening: Opening): PostingPlan<'take_over.ledger_refused'> {
  const books = booksOf(inForce)
  const { open, sets } = planOpening(books, opening)
  const names = new Map(opening.vouchers.map(({ id, terms }) => [id, terms.number]))
  return {
    ledger: books.fund.ledger,
    jurisdiction: books.fund.jurisdiction,
    open,
    sets,
    refused: (set, _link, result): Refusal<'take_over.ledger_refused'> => {
      const { document } = sets[set]![0]!
      return refuse('take_over.ledger_refused', { result, what: names.get(document) ?? document }).refusal
    },
  }
}
