// 兑付申请: matched when it is filed, and what is payable is held on the voucher at once, so that two claims never spend
// the same fen. Claims of one firm come one after the other: periods never overlap, and an invoice that is shown for two
// vouchers counts once.
import { accept, canonicalText, refuse, type Decision } from '@suanquan/core'
import { addDays, addWorkingDays, startOf, type Day } from '@suanquan/core/calendar'
import { formatFen } from '@suanquan/core/money'
import { planHold } from '@suanquan/core/voucher'
import type { Kysely } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { Asked, Command, CommandContext, Query } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import { moveCase, nextNumber, lockOrganisation } from '../application/index.ts'
import { unknownAttachment } from '../attachment/index.ts'
import { planOf, voucherTerms } from '../ledger/index.ts'
import { lastClaimableDay, loadContract, lockPurchase, openMonthsOf, papersUsed } from '../metering/index.ts'
import { decisionRecord, ENGINE_VERSION, type InForce } from '../policy/index.ts'
import { lockPapers, registerTyped } from '../trade-paper/index.ts'
import { loadVoucher } from './load.ts'
import { type ClaimBody, type ClaimInput, type Match, matchClaim, payableMatch } from './match.ts'
import { numbersOf, papersAgree } from './papers-agree.ts'
import { viewMatched } from './view-matched.ts'
import { viewClaim } from './view.ts'

type Code =
  | 'request.not_found'
  | 'request.forbidden'
  | 'claim.provider_deducts'
  | 'claim.voucher_not_usable'
  | 'claim.voucher_revoked'
  | 'claim.period_outside_contract'
  | 'claim.period_overlaps'
  | 'attachment.unknown'
  | 'trade_paper.contradicts'
  | 'trade_paper.certificate_elsewhere'

/** What a claim is checked for before it is matched. */
async function checkedInput(
  world: World,
  db: Kysely<Tables>,
  asked: Asked<'submitClaim' | 'matchClaim'>,
): Promise<Decision<ClaimInput, Code>> {
  const { body, at, today } = asked
  const voucher = await loadVoucher(db, body.voucherId)
  if (!voucher) return notFound('voucher')
  const target = { ...voucher, organisationIds: [voucher.holder_id] }
  if (!mayTouch(asked.person, 'claim.submit', target)) return outOfScope('claim.submit', 'voucher')
  const inForce = await world.programmes.inForce(db, voucher.adoption_id)
  if (inForce.way.draws !== 'hold') return refuse('claim.provider_deducts', { number: voucher.number })
  if (voucher.revoked_at !== null) return refuse('claim.voucher_revoked', { number: voucher.number })
  if (today > voucher.usable_until) {
    return refuse('claim.voucher_not_usable', { number: voucher.number, usableUntil: voucher.usable_until })
  }
  const contract = await loadContract(db, voucher.contract_id)
  const { starts_on: startsOn } = contract
  const endsOn = await lastClaimableDay(db, contract)
  if (body.periodFrom > body.periodTo || body.periodFrom < startsOn || body.periodTo > endsOn) {
    return refuse('claim.period_outside_contract', { startsOn, endsOn })
  }
  const overlapping = await db
    .selectFrom('claim')
    .select('number')
    .where('voucher_id', '=', voucher.id)
    .where('state', 'not in', ['refused', 'withdrawn'])
    .where('period_from', '<=', body.periodTo)
    .where('period_to', '>=', body.periodFrom)
    .executeTakeFirst()
  if (overlapping) return refuse('claim.period_overlaps', { number: overlapping.number })
  const unknown = await unknownAttachment(db, attachmentsOf(body), voucher.holder_id)
  if (unknown !== undefined) return refuse('attachment.unknown', { attachmentId: unknown })
  const papers = await papersAgree(db, { organisationId: voucher.holder_id, contractId: contract.id }, body)
  if (!papers.ok) return papers
  return accept({
    body,
    voucher,
    contract,
    inForce,
    at,
    today,
    submittedOn: today,
    claimedOn: today,
    stage: 'claim',
    deductedFen: 0n,
    except: null,
  })
}

export function matchOnly(world: World): Query<'matchClaim'> {
  return {
    kind: 'query',
    run: async (asked, { db, touch }) => {
      touch({ kind: 'voucher', id: asked.body.voucherId })
      const input = await checkedInput(world, db, asked)
      if (!input.ok) return input
      const match = await matchClaim(db, input.value)
      if (!match.ok) return match
      const { contract, body } = input.value
      const openMonths = await openMonthsOf(db, contract, { from: body.periodFrom, to: body.periodTo })
      return accept({ ...viewMatched(input.value, match.value), openMonths })
    },
  }
}

export function submitClaim(world: World): Command<'submitClaim'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const voucher = await loadVoucher(context.tx, asked.body.voucherId, 'lock')
      if (voucher) await lockOrganisation(context.tx, voucher.holder_id)
      await lockPapers(context.tx, numbersOf(asked.body))
      if (voucher) await lockPurchase(context.tx, voucher.contract_id)
      const input = await checkedInput(world, context.tx, asked)
      if (!input.ok) return input
      const match = await payableMatch(context.tx, input.value)
      return match.ok ? store(asked, context, input.value, match.value) : match
    },
    view: (subject, { db }, asked) => viewClaim(world, db, subject, asked),
  }
}

async function store(
  asked: Asked<'submitClaim'>,
  { tx, newId, touch }: CommandContext,
  input: ClaimInput,
  match: Match,
): ReturnType<Command<'submitClaim'>['run']> {
  const { body, voucher, inForce, at, today } = input
  const id = newId()
  const number = await nextNumber(tx, 'DF', inForce, today)
  const place = { jurisdiction: voucher.jurisdiction, district: voucher.district }
  const workflow = inForce.way.claim
  const holdEndsOn = lastHeldDay(inForce, today)
  const moved = await moveCase(
    { tx, newId, at, today },
    { kind: 'claim', row: { ...place, id, state: workflow.initial }, workflow, inForce },
    { event: 'submit', role: 'clerk', actorId: asked.person!.id },
  )
  if (!moved.ok) throw new Error('a new claim can be submitted')
  await tx
    .insertInto('claim')
    .values({
      ...place,
      id,
      number,
      adoption_id: inForce.id,
      voucher_id: voucher.id,
      state: moved.value.to,
      application_id: voucher.application_id,
      contract_id: voucher.contract_id,
      organisation_id: voucher.holder_id,
      payee_id: voucher.holder_id,
      payee_credit_code: voucher.holder_credit_code,
      period_from: body.periodFrom,
      period_to: body.periodTo,
      body: JSON.stringify(body),
      matched: canonicalText(match.settlement),
      base_fen: match.settlement.baseFen,
      payable_fen: match.payableFen,
      submitted_at: timestamp(at),
      hold_ends_on: holdEndsOn,
      deadline_on: moved.value.deadlineOn,
      deadline_provisional: moved.value.deadlineProvisional,
    })
    .execute()
  const owner = { ...place, id: voucher.holder_id, credit_code: voucher.holder_credit_code }
  await registerTyped(tx, { owner, by: asked.person!.id, at, newId }, body)
  const papers = papersUsed(match.evidence, match.settlement.baseFen)
  await tx
    .insertInto('claim_evidence')
    .values(papers.map((paper) => ({ ...place, ...paper, claim_id: id })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await storeDecision(tx, newId(), { claimId: id, input, match, kind: 'claim' })
  touch({ kind: 'claim', id, organisationId: voucher.holder_id })
  const holder = voucherTerms(voucher)
  const terms = { id, number, payee: holder.holder, district: voucher.district, voucher: holder }
  const exceeded = {
    code: 'voucher.exceeds_balance' as const,
    params: { number: voucher.number, leftYuan: '0', wantedYuan: formatFen(match.payableFen) },
  }
  const plan = planOf<'voucher.exceeds_balance'>(
    inForce,
    (books) =>
      planHold(books, terms, match.payableFen, holdEndsOn === null ? null : startOf(addDays(holdEndsOn, 1))),
    (_link, result) => (result === 'exceeds_credits' ? 'again' : exceeded),
  )
  return accept({ subject: id, plan })
}

/** The last day on which what is held today can be approved; null where it is held until it is decided. */
function lastHeldDay({ programme: { adoption } }: InForce, today: Day): Day | null {
  if (adoption.holds === undefined) return null
  const last = addWorkingDays(today, adoption.holds.workdays)
  // no amount falls back by a calendar that is not published yet
  return last.ok && !last.value.provisional ? last.value.day : null
}

export async function storeDecision(
  tx: Kysely<Tables>,
  id: string,
  decided: {
    readonly claimId: string
    readonly input: ClaimInput
    readonly match: Match
    readonly kind: 'claim' | 'claim_review' | 'deduction'
  },
): Promise<void> {
  const { input, match } = decided
  const record = decisionRecord(
    { evidence: match.evidence, facts: match.facts, balances: match.balances, on: input.today },
    { settlement: match.settlement, determination: match.determination },
  )
  await tx
    .insertInto('decision')
    .values({
      id,
      jurisdiction: input.voucher.jurisdiction,
      district: input.voucher.district,
      kind: decided.kind,
      object_id: decided.claimId,
      adoption_id: input.inForce.id,
      programme_hash: input.inForce.programmeHash,
      adoption_hash: input.inForce.adoptionHash,
      engine_version: ENGINE_VERSION,
      decided_at: timestamp(input.at),
      decided_on: input.today,
      input: record.input,
      result: record.result,
      result_hash: record.hash,
    })
    .execute()
}

export function attachmentsOf(body: Omit<ClaimBody, 'voucherId'>): string[] {
  return [
    ...body.invoices.map(({ attachmentId }) => attachmentId),
    ...body.payments.map(({ attachmentId }) => attachmentId),
    ...(body.deliveryCertificateId === null ? [] : [body.deliveryCertificateId]),
  ]
}
