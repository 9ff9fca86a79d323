// 提出争议: in time, of a line that is there, at most its amount; what is said to be too much is held from here on.
import { accept, refuse, type Decision } from '@suanquan/core'
import { addWorkingDays } from '@suanquan/core/calendar'
import { formatFen } from '@suanquan/core/money'
import { answererOf, DISPUTE_ANSWER_DAYS, DISPUTED_STATES, disputeUntil } from '@suanquan/core/settlement'
import type { Kysely, Selectable } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { Asked, Command, CommandContext } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import { lockOrganisation, nextNumber } from '../application/index.ts'
import { unknownAttachment } from '../attachment/index.ts'
import { tell } from '../message/index.ts'
import { type ContractRow, loadContract, monthBounds } from '../metering/index.ts'
import { moveDispute, partiesOf, sidesOf } from './load.ts'
import { claimedOn, namedSubject, type Subject } from './subject.ts'
import { viewDispute } from './view.ts'

export function openDispute(world: World): Command<'openDispute'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const { tx, touch } = context
      const known = await tx
        .selectFrom('service_contract')
        .select(['id', 'organisation_id'])
        .where('id', '=', asked.params.id)
        .executeTakeFirst()
      if (known === undefined) return notFound('contract')
      touch({ kind: 'contract', id: known.id, organisationId: known.organisation_id })
      const contract = await loadContract(tx, known.id)
      if (!mayTouch(asked.person, 'dispute.open', partiesOf(contract)))
        return outOfScope('dispute.open', 'contract')
      await lockOrganisation(tx, contract.organisation_id)
      // the claims that it may hold
      await tx
        .selectFrom('claim')
        .select('id')
        .where('contract_id', '=', known.id)
        .orderBy('id')
        .forUpdate()
        .execute()
      const subject = await checked(tx, asked, contract)
      return subject.ok ? store(world, { asked, context, contract }, subject.value) : subject
    },
    view: (subject, { db }, asked) => viewDispute(db, subject, asked),
  }
}

type Code =
  | 'request.not_found'
  | 'dispute.too_late'
  | 'dispute.open_already'
  | 'dispute.subject_unknown'
  | 'dispute.amount_beyond'
  | 'dispute.shortfall_too_little'
  | 'attachment.unknown'

async function checked(
  tx: Kysely<Tables>,
  { body, person, today }: Asked<'openDispute'>,
  contract: ContractRow,
): Promise<Decision<Subject, Code>> {
  const { month } = body
  const of = { contractId: contract.id, month }
  const subject = await namedSubject(tx, of, body.subject)
  if (subject === undefined) return refuse('dispute.subject_unknown', { contract: contract.number, month })
  if (subject.kind === 'shortfall' && body.direction === 'too_much')
    return refuse('dispute.shortfall_too_little')
  const until = disputeUntil(monthBounds(month).endsOn, await claimedOn(tx, of))
  if (until !== null && today > until) return refuse('dispute.too_late', { month, until })
  const mostFen = body.direction === 'too_much' ? subject.amountFen : subject.valueFen
  const amountFen = BigInt(body.amountFen)
  if (amountFen === 0n || amountFen > mostFen)
    return refuse('dispute.amount_beyond', { mostYuan: formatFen(mostFen) })
  const running = await tx
    .selectFrom('dispute')
    .select('number')
    .where('contract_id', '=', contract.id)
    .where('month', '=', month)
    .where('subject', '=', subject.kind)
    .where('subject_ref', '=', subject.ref)
    .where('state', 'in', [...DISPUTED_STATES])
    .executeTakeFirst()
  if (running !== undefined) return refuse('dispute.open_already', { number: running.number })
  const { side } = sidesOf(person!, contract)[0]!
  const owner = side === 'provider' ? contract.provider_id : contract.organisation_id
  const unknown = await unknownAttachment(tx, body.attachmentIds, owner)
  if (unknown !== undefined) return refuse('attachment.unknown', { attachmentId: unknown })
  return accept(subject)
}

interface Opening {
  readonly asked: Asked<'openDispute'>
  readonly context: CommandContext
  readonly contract: ContractRow
}

async function store(
  world: World,
  { asked, context, contract }: Opening,
  subject: Subject,
): ReturnType<Command<'openDispute'>['run']> {
  const { tx, newId, touch } = context
  const { body, person, at, today } = asked
  const application = await tx
    .selectFrom('application')
    .select(['id', 'adoption_id'])
    .where('contract_id', '=', contract.id)
    .where('state', 'not in', ['refused', 'withdrawn'])
    .orderBy('created_at')
    .executeTakeFirst()
  if (application === undefined) return notFound('contract')
  const { side, role } = sidesOf(person!, contract)[0]!
  const counted = addWorkingDays(today, DISPUTE_ANSWER_DAYS)
  if (!counted.ok) throw new Error('today is in the calendar')
  const id = newId()
  const number = await nextNumber(tx, 'ZY', contract, today)
  const values = {
    id,
    jurisdiction: contract.jurisdiction,
    district: contract.district,
    number,
    adoption_id: application.adoption_id,
    application_id: application.id,
    contract_id: contract.id,
    organisation_id: contract.organisation_id,
    provider_id: contract.provider_id,
    claim_id: subject.claimId,
    month: body.month,
    subject: subject.kind,
    subject_ref: subject.ref,
    direction: body.direction,
    disputed_fen: BigInt(body.amountFen),
    rated_fen: subject.amountFen,
    reason: body.reason,
    opened_side: side,
    opened_by: person!.id,
    answer_by: counted.value.day,
    answer_provisional: counted.value.provisional,
  }
  await tx
    .insertInto('dispute')
    .values({
      ...values,
      attachments: JSON.stringify(body.attachmentIds),
      opened_at: timestamp(at),
      state: 'opened',
    })
    .execute()
  const row = await tx
    .selectFrom('dispute')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const moved = await moveDispute(
    world,
    { tx, newId, at, today },
    { row: { ...row, state: 'new' }, person },
    { event: 'open', role, reason: body.reason, detail: { amountFen: body.amountFen } },
  )
  if (!moved.ok) throw new Error('a new dispute can be opened')
  touch({ kind: 'dispute', id, organisationId: contract.organisation_id })
  askAnswer(tx, row)
  return accept({ subject: id })
}

/** The other side hears what it has to answer, and until when. */
function askAnswer(tx: CommandContext['tx'], row: Selectable<Tables['dispute']>): void {
  tell(tx, {
    kind: 'dispute_to_answer',
    cause: `dispute ${row.id}`,
    about: 'dispute',
    aboutId: row.id,
    params: { number: row.number, amountFen: row.disputed_fen.toString() },
    deadlineOn: row.answer_by,
    place: {
      jurisdiction: row.jurisdiction,
      district: row.district,
      firmId: answererOf(row.opened_side) === 'firm' ? row.organisation_id : row.provider_id,
    },
  })
}
