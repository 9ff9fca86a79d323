// 提出: what is to be taken back, why, by which clause and on what evidence. Nothing moves yet; the firm is told and heard.
import { accept, refuse, type Decision } from '@suanquan/core'
import { clawbackTable } from '@suanquan/core/application'
import { addWorkingDays, type Day } from '@suanquan/core/calendar'
import { formatFen } from '@suanquan/core/money'
import { usable } from '@suanquan/core/ledger'
import { voucher as voucherAccount } from '@suanquan/core/voucher'
import type { Instant } from '@suanquan/core/calendar'
import type { Kysely } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { BodyOf, Routes } from '@suanquan/api'
import type { Asked, Command, CommandContext, Query } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { actedBy } from '../../identity/acting.ts'
import { mayTouch, mustStandAside, notFound, outOfScope } from '../../identity/scope.ts'
import { type ApplicationRow, loadApplication, moveCase, nextNumber } from '../application/index.ts'
import { balancesOf, booksOf, voucherTerms } from '../ledger/index.ts'
import { tell } from '../message/index.ts'
import { loadVoucher } from '../settlement/index.ts'
import { openClaims, paidClaims, type PaidClaim } from './load.ts'
import { viewClawback } from './view.ts'

/** For a statement; as long as the law gives for asking for a hearing (行政处罚法 第六十四条). */
const HEARING_DAYS = 5

function earliestAnswer(today: Day): { readonly day: Day; readonly provisional: boolean } {
  const counted = addWorkingDays(today, HEARING_DAYS)
  if (!counted.ok) throw new Error('today is in the calendar')
  return counted.value
}

/** What is left of a voucher now; nothing once it was revoked. */
export async function leftOfVoucher(
  world: World,
  db: Kysely<Tables>,
  id: string | null,
  at: Instant,
): Promise<bigint> {
  const row = id === null ? undefined : await loadVoucher(db, id)
  if (row === undefined || row.revoked_at !== null) return 0n
  const { fund, ...books } = booksOf(await world.programmes.inForce(db, row.adoption_id))
  const terms = voucherAccount(fund, voucherTerms(row))
  const [balance] = await balancesOf(db, { fund, ...books }, [terms])
  return usable({ ...terms, ledger: fund.ledger, jurisdiction: fund.jurisdiction }, balance!, at)
}

export function readRecoverable(world: World): Query<'readRecoverable'> {
  return {
    kind: 'query',
    run: async ({ params, person, at, today }, { db, touch }) => {
      const row = await loadApplication(db, params.id)
      if (!row) return notFound('application')
      touch({ kind: 'application', id: row.id, organisationId: row.organisation_id })
      if (!mayTouch(person, 'clawback.propose', { ...row, organisationIds: [row.organisation_id] }))
        return outOfScope('clawback.propose', 'application')
      const voucher = row.voucher_id === null ? undefined : await loadVoucher(db, row.voucher_id)
      const claims = await paidClaims(db, row.id)
      return accept({
        voucherNumber: voucher?.number ?? null,
        usableFen: (await leftOfVoucher(world, db, row.voucher_id, at)).toString(),
        claims: claims
          .filter(({ leftFen }) => leftFen > 0n)
          .map(({ claimId, number, payeeName, leftFen }) => ({
            claimId,
            claimNumber: number,
            payeeName,
            leftFen: leftFen.toString(),
          })),
        open: await openClaims(db, row.id),
        running: (await runningOf(db, row.id))?.id ?? null,
        answerBy: earliestAnswer(today).day,
      })
    },
  }
}

async function runningOf(
  db: Kysely<Tables>,
  applicationId: string,
): Promise<{ id: string; number: string } | undefined> {
  return db
    .selectFrom('clawback')
    .select(['id', 'number'])
    .where('application_id', '=', applicationId)
    .where('state', 'in', ['hearing', 'heard'])
    .executeTakeFirst()
}

export function proposeClawback(world: World): Command<'proposeClawback'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const { body, person, today } = asked
      const { tx, touch } = context
      const row = await loadApplication(tx, body.applicationId, 'lock')
      if (!row) return notFound('application')
      touch({ kind: 'application', id: row.id, organisationId: row.organisation_id })
      if (!mayTouch(person, 'clawback.propose', { ...row, organisationIds: [row.organisation_id] }))
        return outOfScope('clawback.propose', 'application')
      if (await mustStandAside(tx, person, row.organisation_id, [row.id]))
        return refuse('application.conflict_of_interest')
      if (row.state !== 'granted') return refuse('clawback.not_granted', { state: row.state })
      const running = await runningOf(tx, row.id)
      if (running) return refuse('clawback.open_already', { number: running.number })
      const earliest = earliestAnswer(today)
      if (body.answerBy < earliest.day) return refuse('clawback.hearing_short', { earliest: earliest.day })
      const taken = await takenBack(tx, row, body)
      if (!taken.ok) return taken
      const whole = await wholeOf(tx, row.id)
      if (whole !== null && taken.value.sumFen < whole)
        return refuse('clawback.not_whole', { wholeYuan: formatFen(whole) })
      const id = await store(world, asked, context, { row, answer: earliest, taken: taken.value })
      touch({ kind: 'clawback', id, organisationId: row.organisation_id })
      return accept({ subject: id })
    },
    view: (subject, { db }, asked) => viewClawback(db, subject, asked),
  }
}

/** What was paid to a project that failed: all of it is taken back, or nothing is. Null where no project failed. */
async function wholeOf(db: Kysely<Tables>, applicationId: string): Promise<bigint | null> {
  const failed = await db
    .selectFrom('project')
    .select('id')
    .where('application_id', '=', applicationId)
    .where('state', '=', 'failed')
    .executeTakeFirst()
  if (failed === undefined) return null
  const claims = await paidClaims(db, applicationId)
  return claims.reduce((sum, { leftFen }) => sum + leftFen, 0n)
}

interface Proposed {
  readonly row: ApplicationRow
  /** the shortest hearing, and whether its day may still move */
  readonly answer: { readonly provisional: boolean }
  readonly taken: Taken
}

async function store(
  world: World,
  { body, person, at, today }: Asked<'proposeClawback'>,
  { tx, newId }: CommandContext,
  { row, answer, taken }: Proposed,
): Promise<string> {
  const inForce = await world.programmes.inForce(tx, row.adoption_id)
  const id = newId()
  const number = await nextNumber(tx, 'ZH', inForce, today)
  const place = { jurisdiction: row.jurisdiction, district: row.district }
  const moved = await moveCase(
    { tx, newId, at, today },
    {
      kind: 'clawback',
      row: { ...place, id, state: clawbackTable.initial },
      workflow: clawbackTable,
      inForce,
    },
    { event: 'propose', role: 'reviewer', ...actedBy(person!, row, 'reviewer'), reason: body.finding },
  )
  if (!moved.ok) throw new Error('a new clawback can be proposed')
  const { debtor, lines, sumFen } = taken
  await tx
    .insertInto('clawback')
    .values({
      ...place,
      id,
      number,
      adoption_id: row.adoption_id,
      application_id: row.id,
      voucher_id: row.voucher_id,
      organisation_id: row.organisation_id,
      debtor_id: debtor.id,
      debtor_credit_code: debtor.creditCode,
      state: moved.value.to,
      basis: body.basis,
      finding: body.finding,
      clause: body.clause,
      evidence: JSON.stringify(body.evidence),
      revokes: body.revokes,
      proposed_fen: sumFen,
      answer_by: body.answerBy,
      answer_provisional: answer.provisional,
      proposed_by: person!.id,
      proposed_at: timestamp(at),
      instalments: '[]',
    })
    .execute()
  if (lines.length > 0) {
    const rows = lines.map((line) => ({
      ...place,
      clawback_id: id,
      claim_id: line.claimId,
      amount_fen: line.amountFen,
    }))
    await tx.insertInto('clawback_line').values(rows).execute()
  }
  for (const firmId of new Set([debtor.id, row.organisation_id]))
    tell(tx, {
      kind: 'clawback_hearing',
      cause: `clawback ${id} ${firmId}`,
      about: 'clawback',
      aboutId: id,
      params: { number, amountFen: sumFen.toString() },
      deadlineOn: body.answerBy,
      place: { ...place, firmId },
    })
  return id
}

interface Taken {
  readonly debtor: { readonly id: string; readonly creditCode: string }
  readonly lines: readonly { readonly claimId: string; readonly amountFen: bigint }[]
  readonly sumFen: bigint
}

type TakenCode =
  | 'clawback.nothing_taken'
  | 'clawback.line_unknown'
  | 'clawback.above_paid'
  | 'clawback.two_payees'

async function takenBack(
  db: Kysely<Tables>,
  row: ApplicationRow,
  { revokes, lines }: BodyOf<Routes['proposeClawback']>,
): Promise<Decision<Taken, TakenCode>> {
  const claims = await paidClaims(db, row.id)
  const asked = lines
    .map(({ claimId, amountFen }) => ({ claimId, amountFen: BigInt(amountFen) }))
    .filter(({ amountFen }) => amountFen > 0n)
  const found: PaidClaim[] = []
  for (const { claimId, amountFen } of asked) {
    const claim = claims.find((each) => each.claimId === claimId)
    if (claim === undefined || found.includes(claim)) return refuse('clawback.line_unknown', { claimId })
    if (amountFen > claim.leftFen)
      return refuse('clawback.above_paid', { number: claim.number, leftYuan: formatFen(claim.leftFen) })
    found.push(claim)
  }
  if (new Set(found.map(({ payeeId }) => payeeId)).size > 1) return refuse('clawback.two_payees')
  const sumFen = asked.reduce((sum, { amountFen }) => sum + amountFen, 0n)
  if (sumFen === 0n && !(revokes && row.voucher_id !== null)) return refuse('clawback.nothing_taken')
  const [first] = found
  if (first !== undefined)
    return accept({ debtor: { id: first.payeeId, creditCode: first.payeeCreditCode }, lines: asked, sumFen })
  const { credit_code: creditCode } = await db
    .selectFrom('organisation')
    .select('credit_code')
    .where('id', '=', row.organisation_id)
    .executeTakeFirstOrThrow()
  return accept({ debtor: { id: row.organisation_id, creditCode }, lines: asked, sumFen })
}
