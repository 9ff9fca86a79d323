// 核销 at billing: the provider deducts a voucher from the bill of a month. What is metered and contracted is rated at once,
// redeemed in the same transaction and owed to the provider; the firm pays the rest.
import { accept, canonicalText, refuse, type Decision } from '@suanquan/core'
import { addDays, addMonths } from '@suanquan/core/calendar'
import { formatFen } from '@suanquan/core/money'
import { planDeduction, upTo, withDraw, type CapLine } from '@suanquan/core/voucher'
import type { Kysely } from 'kysely'
import { timestamp, type PostingPlan, type Tables } from '../../database/index.ts'
import type { Asked, Command, CommandContext, Query } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import { capLine, lockOrganisation, moveCase, nextNumber } from '../application/index.ts'
import { imprestLeft } from '../imprest/index.ts'
import { booksOf, planOf, voucherTerms } from '../ledger/index.ts'
import { lastClaimableDay, loadContract } from '../metering/index.ts'
import { loadVoucher, storedCaps } from './load.ts'
import { type ClaimInput, type Match, matchClaim, payableMatch, paymentCaps } from './match.ts'
import { storeDecision } from './submit-claim.ts'
import { viewMatched } from './view-matched.ts'
import { viewClaim } from './view.ts'

type Code =
  | 'request.not_found'
  | 'request.forbidden'
  | 'deduction.firm_claims'
  | 'deduction.month_outside_contract'
  | 'claim.voucher_not_usable'
  | 'claim.voucher_revoked'
  | 'claim.period_overlaps'

async function checkedInput(
  world: World,
  db: Kysely<Tables>,
  { body: { voucherId, month }, person, at, today }: Asked<'makeDeduction' | 'matchDeduction'>,
): Promise<Decision<ClaimInput, Code>> {
  const voucher = await loadVoucher(db, voucherId)
  if (!voucher) return notFound('voucher')
  const contract = await loadContract(db, voucher.contract_id)
  const target = { ...voucher, organisationIds: [contract.provider_id] }
  if (!mayTouch(person, 'deduction.make', target)) return outOfScope('deduction.make', 'voucher')
  const inForce = await world.programmes.inForce(db, voucher.adoption_id)
  const { number, usable_until: usableUntil } = voucher
  if (inForce.way.draws !== 'deduction') return refuse('deduction.firm_claims', { number })
  if (voucher.revoked_at !== null) return refuse('claim.voucher_revoked', { number })
  if (today > usableUntil) return refuse('claim.voucher_not_usable', { number, usableUntil })
  const { starts_on: startsOn } = contract
  const endsOn = await lastClaimableDay(db, contract)
  const [first, last] = [`${month}-01`, addDays(addMonths(`${month}-01`, 1), -1)]
  if (last < startsOn || first > endsOn) {
    return refuse('deduction.month_outside_contract', { month, startsOn, endsOn })
  }
  const periodFrom = first < startsOn ? startsOn : first
  const periodTo = last > endsOn ? endsOn : last
  const other = await db
    .selectFrom('claim')
    .select('number')
    .where('voucher_id', '=', voucher.id)
    .where('state', 'not in', ['refused', 'withdrawn'])
    .where('period_from', '<=', periodTo)
    .where('period_to', '>=', periodFrom)
    .executeTakeFirst()
  if (other) return refuse('claim.period_overlaps', { number: other.number })
  const body = { periodFrom, periodTo, invoices: [], payments: [], deliveryCertificateId: null }
  return accept({
    body,
    voucher,
    contract,
    inForce,
    at,
    today,
    submittedOn: today,
    claimedOn: today,
    stage: 'billing',
    deductedFen: 0n,
    except: null,
  })
}

export function matchDeduction(world: World): Query<'matchDeduction'> {
  return {
    kind: 'query',
    run: async (asked, { db, touch }) => {
      touch({ kind: 'voucher', id: asked.body.voucherId })
      const input = await checkedInput(world, db, asked)
      if (!input.ok) return input
      const match = await matchClaim(db, input.value)
      if (!match.ok) return match
      const drawn = await drawnFrom(db, input.value, match.value)
      const matched = viewMatched(input.value, match.value)
      return accept({ ...matched, imprestFen: drawn === null ? null : drawn.amountFen.toString() })
    },
  }
}

/** What a deduction would draw from the provider's imprest; null where the programme has none. */
async function drawnFrom(
  db: Kysely<Tables>,
  { inForce, contract }: ClaimInput,
  { payableFen }: Match,
): Promise<{ readonly amountFen: bigint; readonly leftFen: bigint; readonly suffices: boolean } | null> {
  const { imprest } = inForce.terms
  if (imprest === null) return null
  const { leftFen } = await imprestLeft(db, booksOf(inForce), contract.seller)
  const amountFen = upTo(leftFen, payableFen)
  return { amountFen, leftFen, suffices: amountFen === payableFen || imprest.beyond === 'claim' }
}

export function makeDeduction(world: World): Command<'makeDeduction'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const voucher = await loadVoucher(context.tx, asked.body.voucherId, 'lock')
      if (voucher) await lockOrganisation(context.tx, voucher.holder_id)
      const input = await checkedInput(world, context.tx, asked)
      if (!input.ok) return input
      const match = await payableMatch(context.tx, input.value)
      return match.ok ? store(asked, context, input.value, match.value) : match
    },
    view: (subject, { db }, asked) => viewClaim(world, db, subject, asked),
  }
}

async function store(
  asked: Asked<'makeDeduction'>,
  { tx, newId, touch }: CommandContext,
  input: ClaimInput,
  match: Match,
): ReturnType<Command<'makeDeduction'>['run']> {
  const { body, voucher, contract, inForce, at, today } = input
  const imprest = await drawnFrom(tx, input, match)
  if (imprest !== null && !imprest.suffices) {
    const amounts = { leftYuan: formatFen(imprest.leftFen), wantedYuan: formatFen(match.payableFen) }
    return refuse('imprest.short', amounts)
  }
  const drawnFen = imprest?.amountFen ?? 0n
  const id = newId()
  const number = await nextNumber(tx, 'HX', inForce, today)
  const place = { jurisdiction: voucher.jurisdiction, district: voucher.district }
  const workflow = inForce.way.claim
  const moved = await moveCase(
    { tx, newId, at, today },
    { kind: 'claim', row: { ...place, id, state: workflow.initial }, workflow, inForce },
    {
      event: 'deduct',
      role: 'provider',
      actorId: asked.person!.id,
      detail: { amountFen: match.payableFen.toString() },
    },
  )
  if (!moved.ok) throw new Error('a new deduction can be made')
  const caps = paymentCaps(inForce, match.facts, today).map(capLine)
  const payee = { payee_id: contract.provider_id, payee_credit_code: contract.seller }
  await tx
    .insertInto('claim')
    .values({
      ...place,
      ...payee,
      id,
      number,
      adoption_id: inForce.id,
      voucher_id: voucher.id,
      state: moved.value.to,
      application_id: voucher.application_id,
      contract_id: voucher.contract_id,
      organisation_id: voucher.holder_id,
      period_from: body.periodFrom,
      period_to: body.periodTo,
      body: JSON.stringify(body),
      matched: canonicalText(match.settlement),
      base_fen: match.settlement.baseFen,
      payable_fen: match.payableFen,
      deducted_fen: match.payableFen,
      drawn_caps: storedCaps(caps),
      imprest_fen: drawnFen,
      imprest_left_fen: drawnFen,
      submitted_at: timestamp(at),
      deadline_provisional: false,
    })
    .execute()
  await storeDecision(tx, newId(), { claimId: id, input, match, kind: 'deduction' })
  touch({ kind: 'claim', id, organisationId: voucher.holder_id })
  const drawn = { id, number, caps, drawnFen }
  return accept({ subject: id, plan: deductionPlan(input, match, drawn) })
}

interface Deducted {
  readonly id: string
  readonly number: string
  readonly caps: readonly CapLine[]
  readonly drawnFen: bigint
}

/** One set: the redemption, its caps, and the draw on the imprest; what somebody took meanwhile is decided anew. */
function deductionPlan(
  { voucher, contract, inForce }: ClaimInput,
  { payableFen }: Match,
  { id, number, caps, drawnFen }: Deducted,
): PostingPlan<'voucher.exceeds_balance'> {
  const { district } = voucher
  const terms = { id, number, payee: contract.seller, district, voucher: voucherTerms(voucher) }
  const exceeded = {
    code: 'voucher.exceeds_balance' as const,
    params: { number: voucher.number, leftYuan: '0', wantedYuan: formatFen(payableFen) },
  }
  return planOf<'voucher.exceeds_balance'>(
    inForce,
    (books) => withDraw(books, planDeduction(books, terms, payableFen, caps), terms, drawnFen),
    (_link, result) => (result === 'exceeds_credits' ? 'again' : exceeded),
  )
}
