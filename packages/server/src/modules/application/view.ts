// An application as its page shows it: the draft, the facts with their sources, the determination (the stored one, or
// today's while it can still change), documents, events, and what the reader may do now.
import type { AnswerOf, Routes } from '@suanquan/api'
import { revive } from '../policy/index.ts'
import {
  allowedEvents,
  pathOf,
  reviewStates,
  tierOf,
  type Actor,
  type RegisterDoubt,
  type SourcedFact,
} from '@suanquan/core/application'
import { workingDaysLeft, type Day, type Instant } from '@suanquan/core/calendar'
import type { Determination } from '@suanquan/core/policy'
import type { Settlement } from '@suanquan/core/settlement'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Person } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayRead, mayTouch } from '../../identity/scope.ts'
import { viewAttachment } from '../attachment/index.ts'
import { confirmationOf, viewSettlement } from '../metering/index.ts'
import { type DeterminationView, ENGINE_VERSION, type InForce, viewDetermination } from '../policy/index.ts'
import { ruleOf, sharedCapOf } from '../pool/index.ts'
import { assessCase } from './assess.ts'
import { awardCompute } from './compute.ts'
import { correctableOf, viewChanges } from './corrections.ts'
import { type ApplicationRow, loadApplication, loadOrganisation } from './load.ts'
import { attachmentIdsOf, draftMark } from './draft.ts'
import { appealOpenUntil } from './appeal-open.ts'
import { opinionsFor } from './view-opinions.ts'
import { missingOf } from './missing.ts'
import { asksOf } from './view-asks.ts'
import { viewEvents } from './view-events.ts'
import { viewStanding } from './view-standing.ts'

export type ApplicationView = AnswerOf<Routes['readApplication']>
type RowView = AnswerOf<Routes['listApplications']>['items'][number]

export interface Reader {
  readonly person: Person | null
  readonly at: Instant
  readonly today: Day
}

export async function viewApplication(
  world: World,
  db: Kysely<Tables>,
  id: string,
  reader: Reader,
): Promise<ApplicationView> {
  const row = (await loadApplication(db, id))!
  const inForce = await world.programmes.inForce(db, row.adoption_id)
  const organisation = await loadOrganisation(db, row.organisation_id)
  const reckoned = await reckon(db, row, inForce, reader)
  const attachments = await attachmentsOf(db, row)
  const events = await viewEvents(db, row.id, reader.person)
  const actors = actorsOf(reader.person, row)
  const allowed = allowedEvents(row.workflow, row.state, actors).map(({ event, to }) => ({ event, to }))
  const may = (event: string): boolean => allowed.some((each) => each.event === event)
  return {
    ...viewRow(
      { ...row, organisationName: organisation.name, creditCode: organisation.credit_code },
      inForce,
      reader.today,
    ),
    draft: row.draft,
    draftMark: draftMark(row.draft),
    compute: await viewCompute(db, row, inForce, { reader, reckoned }),
    sharedCap: await viewSharedCap(db, inForce, organisation.credit_code, reader.today),
    facts: viewFacts(reckoned.facts, inForce),
    confirmation: row.contract_id === null ? null : await confirmationOf(db, row.contract_id),
    doubts: reckoned.doubts.map((doubt) => ({
      ...doubt,
      label: inForce.programme.facts.facts[doubt.id]?.label ?? { zh: doubt.id, en: doubt.id },
    })),
    determination: reckoned.view,
    matched: reckoned.settlement === null ? null : viewSettlement(reckoned.settlement),
    ceilingFen:
      row.state === 'draft' || row.state === 'correction'
        ? (reckoned.view?.ceilingFen ?? null)
        : (row.ceiling_fen?.toString() ?? null),
    eligible:
      row.state === 'draft' && reckoned.view !== null
        ? reckoned.view.eligible
        : (row.eligible as ApplicationView['eligible']),
    missing:
      row.state === 'draft' || row.state === 'correction'
        ? (await missingOf(db, row, inForce)).map(({ code, about }) => ({ code, params: { about } }))
        : [],
    attachments,
    events,
    ...(await viewStanding(db, row, inForce, reader.today)),
    appealUntil: may('lodge_appeal')
      ? appealOpenUntil({ events, decisions: appealableActs(row), inForce, today: reader.today })
      : null,
    allowed,
    path: [...pathOf(row.workflow)],
    opinions: (await opinionsFor(db, row, reader.person)) as ApplicationView['opinions'],
    correctionFields: row.correction_fields,
    correctable: [...correctableOf(inForce, row.draft)],
    changes: await viewChanges(db, row),
    creditCodeDoubt: organisation.credit_code_doubt as ApplicationView['creditCodeDoubt'],
    others: await othersOf(db, row, reader.person),
    voucherId: row.voucher_id,
    takenOver: await takenOverOf(db, row),
    claimId: await payableOf(db, row, inForce),
    projectId: await projectOf(db, row, inForce),
    asks: asksOf(inForce),
    noticeId: row.notice_id,
  }
}

/** Of a city with one centre it would tell firms that centre's sales. */
async function viewCompute(
  db: Kysely<Tables>,
  row: ApplicationRow,
  inForce: InForce,
  { reader, reckoned }: { readonly reader: Reader; readonly reckoned: Reckoned },
): Promise<ApplicationView['compute']> {
  if (!mayTouch(reader.person, 'pool.read', row)) return null
  if (row.compute !== null) return [...row.compute.lines]
  const { expected: determination } = reckoned
  const isReviewed = reviewStates.some((state) => state === row.state)
  if (!isReviewed || ruleOf(inForce.programme) !== 'first_come') return null
  if (determination === null || determination.ceilingFen === null) return null
  const { at, today } = reader
  const fen = determination.ceilingFen
  const seen = await awardCompute(db, { row, inForce, fen, determination, at, today })
  return seen === null ? null : [...seen.lines]
}

/** Which take-over it came by, and the number that its voucher had before. */
async function takenOverOf(db: Kysely<Tables>, row: ApplicationRow): Promise<ApplicationView['takenOver']> {
  if (row.take_over_id === null) return null
  return db
    .selectFrom('take_over')
    .innerJoin('voucher', 'voucher.take_over_id', 'take_over.id')
    .select(['take_over.number', 'take_over.system_name as systemName', 'voucher.old_number as oldNumber'])
    .where('take_over.id', '=', row.take_over_id)
    .where('voucher.application_id', '=', row.id)
    .$narrowType<{ oldNumber: string }>()
    .executeTakeFirstOrThrow()
}

async function viewSharedCap(
  db: Kysely<Tables>,
  inForce: InForce,
  creditCode: string,
  today: Day,
): Promise<ApplicationView['sharedCap']> {
  const shared = await sharedCapOf(db, inForce, creditCode, today)
  if (shared === null) return null
  const { year, line, leftFen } = shared
  return { year, limitFen: line.limit.toString(), leftFen: leftFen.toString() }
}

/** Against a refusal, or an approval of less than could be granted. */
export function appealableActs(
  row: Pick<ApplicationRow, 'state' | 'approved_fen' | 'ceiling_fen'>,
): readonly string[] {
  if (row.state === 'refused') return ['refuse', 'uphold']
  const less = row.approved_fen !== null && row.ceiling_fen !== null && row.approved_fen < row.ceiling_fen
  return less ? ['approve', 'approve_waiting'] : []
}

/** What a reader may be in the workflow, by the grants that cover the row. */
export function actorsOf(
  person: Person | null,
  row: { district: string; organisation_id: string; payee_id?: string },
): readonly Actor[] {
  const roles = (person?.grants ?? []).filter((grant) =>
    grant.organisationId === null
      ? grant.district === null || grant.district === row.district
      : grant.organisationId === row.organisation_id || grant.organisationId === row.payee_id,
  )
  const known: readonly string[] = ['clerk', 'reviewer', 'finance', 'provider']
  const tiers = roles
    .filter(({ role }) => role === 'reviewer')
    .map(({ district }) => (district === null ? 'city_reviewer' : 'district_reviewer'))
  return [...new Set([...roles.map(({ role }) => role), ...tiers])].filter(
    (role) => known.includes(role) || role.endsWith('_reviewer'),
  ) as readonly Actor[]
}

export function viewRow(
  row: ApplicationRow & { readonly organisationName: string; readonly creditCode: string },
  inForce: InForce,
  today: Day,
): RowView {
  const left = row.deadline_on === null ? null : workingDaysLeft(today, row.deadline_on)
  return {
    id: row.id,
    number: row.number,
    adoptionId: row.adoption_id,
    programmeTitle: inForce.programme.title,
    way: inForce.way.id,
    organisationId: row.organisation_id,
    organisationName: row.organisationName,
    creditCode: row.creditCode,
    district: row.district,
    state: row.state as RowView['state'],
    tier: tierOf(row.workflow, row.state),
    contractNumber: row.draft.contract.number ?? null,
    contractAmountFen: row.draft.contract.amountFen ?? null,
    ceilingFen: row.ceiling_fen?.toString() ?? null,
    approvedFen: row.approved_fen?.toString() ?? null,
    eligible: row.eligible as RowView['eligible'],
    submittedAt: row.complete_at === null ? null : new Date(row.complete_at).toISOString(),
    updatedAt: new Date(row.updated_at).toISOString(),
    deadlineOn: row.deadline_on,
    workingDaysLeft: left === null || !left.ok ? null : left.value.days,
    deadlineProvisional: row.deadline_provisional,
  }
}

interface Reckoned {
  /** as if the reviewer finds what is still to be found; null where another system had decided */
  readonly expected: Determination | null
  readonly facts: readonly SourcedFact[]
  /** of a case that is decided: as they were then */
  readonly doubts: readonly RegisterDoubt[]
  /** null where another system had decided */
  readonly view: DeterminationView | null
  /** the match of the proofs, where they come with the application */
  readonly settlement: Settlement | null
}

const STILL_OPEN: ReadonlySet<string> = new Set(['draft', ...reviewStates, 'correction'])

/** Today's determination while the case is open; afterwards the one that decided it. */
async function reckon(
  db: Kysely<Tables>,
  row: ApplicationRow,
  inForce: InForce,
  reader: Reader,
): Promise<Reckoned> {
  const shared = {
    programme: inForce.programme,
    programmeHash: inForce.programmeHash,
    engineVersion: ENGINE_VERSION,
  }
  if (row.take_over_id !== null)
    return { expected: null, facts: [], doubts: [], view: null, settlement: null }
  const stored = STILL_OPEN.has(row.state) ? undefined : await storedDecision(db, row.id)
  if (stored) {
    const { determination, expected, settlement } = revive(stored.result as unknown as Stored)
    const facts = (stored.input as unknown as { sources: readonly SourcedFact[] }).sources.map(reviveFact)
    const { doubts = [] } = stored.input as unknown as { doubts?: readonly RegisterDoubt[] }
    return {
      facts,
      doubts,
      expected,
      settlement: settlement ?? null,
      view: viewDetermination({
        ...shared,
        determination,
        expected,
        id: stored.id,
        on: stored.decided_on,
        facts,
      }),
    }
  }
  const { findings } = row
  const assessment = await assessCase(db, { row, inForce, findings, on: reader.today, at: reader.at })
  const { facts, doubts, determination, expected, proof } = assessment
  return {
    facts,
    doubts,
    expected,
    settlement: proof?.settlement ?? null,
    view: viewDetermination({ ...shared, id: null, on: reader.today, determination, expected, facts }),
  }
}

interface Stored {
  readonly determination: Determination
  readonly expected: Determination
  readonly settlement?: Settlement
}

// oxlint-disable-next-line typescript/explicit-function-return-type -- Kysely infers the row from the query
async function storedDecision(db: Kysely<Tables>, objectId: string) {
  return db
    .selectFrom('decision')
    .select(['id', 'decided_on', 'input', 'result'])
    .where('object_id', '=', objectId)
    .where('kind', 'in', ['determination', 'review'])
    .orderBy('decided_at', 'desc')
    .orderBy('kind', 'desc')
    .executeTakeFirst()
}

function reviveFact(fact: SourcedFact): SourcedFact {
  return revive(fact)
}

function viewFacts(facts: readonly SourcedFact[], { programme }: InForce): ApplicationView['facts'] {
  return facts.map(({ id, value, source, asOf }) => {
    const schema = programme.facts.facts[id]
    return {
      id,
      label: schema?.label ?? { zh: id, en: id },
      value: typeof value === 'bigint' ? value.toString() : value,
      type: schema?.type.kind ?? 'string',
      source,
      asOf,
    }
  })
}

async function attachmentsOf(
  db: Kysely<Tables>,
  row: ApplicationRow,
): Promise<ApplicationView['attachments']> {
  const ids = attachmentIdsOf(row.draft)
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('attachment')
    .selectAll()
    .where('id', 'in', ids)
    .orderBy('uploaded_at')
    .execute()
  return rows.map(viewAttachment)
}

async function othersOf(
  db: Kysely<Tables>,
  row: ApplicationRow,
  reader: Person | null,
): Promise<ApplicationView['others']> {
  const rows = await db
    .selectFrom('application')
    .select(['id', 'jurisdiction', 'district', 'number', 'state', 'draft', 'approved_fen'])
    .where('organisation_id', '=', row.organisation_id)
    .where('id', '<>', row.id)
    .orderBy('created_at', 'desc')
    .limit(20)
    .execute()
  const organisationIds = [row.organisation_id]
  const shown = rows.filter((other) => mayRead(reader, { ...other, organisationIds }))
  return shown.map((other) => ({
    id: other.id,
    number: other.number,
    state: other.state as RowView['state'],
    contractNumber: (other.draft as ApplicationRow['draft']).contract.number ?? null,
    approvedFen: other.approved_fen?.toString() ?? null,
  }))
}

/** What the end of the notice made payable, where no voucher is issued. */
async function payableOf(db: Kysely<Tables>, row: ApplicationRow, { way }: InForce): Promise<string | null> {
  if (way.grants.makes !== 'payable') return null
  const claim = await db
    .selectFrom('claim')
    .select('id')
    .where('application_id', '=', row.id)
    .executeTakeFirst()
  return claim?.id ?? null
}

/** What the end of the notice made of a selected case. */
async function projectOf(db: Kysely<Tables>, row: ApplicationRow, { way }: InForce): Promise<string | null> {
  if (way.project === null) return null
  const project = await db
    .selectFrom('project')
    .select('id')
    .where('application_id', '=', row.id)
    .executeTakeFirst()
  return project?.id ?? null
}
