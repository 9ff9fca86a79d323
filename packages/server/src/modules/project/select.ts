// 立项: one reviewer proposes the list by rank, another decides on it. Approved, everybody on it has both parts of its money
// reserved in one linked set, or nobody has; the next are kept in reserve, the rest is refused.
import { accept, refuse, type Decision } from '@suanquan/core'
import { partsOf } from '@suanquan/core/application'
import type { Approval, GrantTerms, Source } from '@suanquan/core/voucher'
import { planSelection } from '@suanquan/core/voucher'
import type { Kysely, Selectable } from 'kysely'
import { timestamp, type SelectedLine, type Tables } from '../../database/index.ts'
import type { Asked, Command, CommandContext } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { actedBy } from '../../identity/acting.ts'
import { mayTouch, mustStandAside, notFound, outOfScope } from '../../identity/scope.ts'
import {
  type ApplicationRow,
  assessCase,
  capLine,
  grantTermsOf,
  loadApplication,
  loadOrganisation,
  lockPool,
  moveCase,
  nextNumber,
  storedApproval,
  storeDetermination,
} from '../application/index.ts'
import { planOf } from '../ledger/index.ts'
import { tell } from '../message/index.ts'
import type { InForce } from '../policy/index.ts'
import { type Funding, fundingOf, nameOfKey, sharedCapOf } from '../pool/index.ts'
import { fieldOf, openSelection, rankedIn, SELECTABLE } from './candidates.ts'
import { paymentParts } from './load.ts'
import { isOwn, viewSelection } from './view-selection.ts'

export function proposeSelection(world: World): Command<'proposeSelection'> {
  return {
    kind: 'command',
    run: async ({ body, person, at, today }, { tx, newId, touch }) => {
      await lockPool(tx, body.adoptionId)
      const known = await tx
        .selectFrom('adoption')
        .select(['id', 'jurisdiction'])
        .where('id', '=', body.adoptionId)
        .executeTakeFirst()
      if (!known) return notFound('adoption')
      const place = { jurisdiction: known.jurisdiction, district: known.jurisdiction }
      if (!mayTouch(person, 'project.select', place)) return outOfScope('project.select', 'adoption')
      const inForce = await world.programmes.inForce(tx, known.id)
      if (inForce.way.project === null) return refuse('project.way_selects_nothing')
      const open = await openSelection(tx, inForce.id)
      if (open !== undefined) return refuse('project.selection_open', { number: open.number })
      const field = await fieldOf(tx, { inForce, on: today, at })
      if (field.unscored.length > 0)
        return refuse('project.experts_open', { numbers: field.unscored.map(({ number }) => number) })
      const ranked = rankedIn(field, body)
      const lines = ranked.map(({ candidate, rank, place: to, because }): SelectedLine => {
        const { id, meanTenths, lowestTenths, experts, amountFen } = candidate
        const score = { meanTenths, lowestTenths, experts }
        return { applicationId: id, rank, ...score, amountFen: amountFen.toString(), place: to, because }
      })
      if (!(await anyMoves(tx, lines))) return refuse('project.nobody_selected')
      if (await mustAvoidAny(tx, person, lines)) return refuse('application.conflict_of_interest')
      const id = newId()
      const number = await nextNumber(tx, 'LX', inForce, today)
      await tx
        .insertInto('selection')
        .values({
          ...place,
          id,
          number,
          adoption_id: inForce.id,
          state: 'proposed',
          least_tenths: body.leastTenths,
          reserves: body.reserves,
          left_fen: field.poolFen,
          most: field.most,
          lines: JSON.stringify(lines),
          reason: body.reason,
          proposed_by: person!.id,
          proposed_for: actedBy(person!, place, 'reviewer').forPersonId,
          proposed_at: timestamp(at),
        })
        .execute()
      touch({ kind: 'selection', id })
      tell(tx, {
        kind: 'selection_to_decide',
        cause: `selection ${id}`,
        about: 'selection',
        aboutId: id,
        params: { number },
        place,
        except: [person!.id],
      })
      return accept({ subject: id })
    },
    view: (subject, { db }, asked) => viewSelection(world, db, subject, asked),
  }
}

/** Whether the list changes anything: who is in reserve already and stays there does not move. */
async function anyMoves(db: Kysely<Tables>, lines: readonly SelectedLine[]): Promise<boolean> {
  if (lines.length === 0) return false
  const rows = await db
    .selectFrom('application')
    .select(['id', 'state'])
    .where(
      'id',
      'in',
      lines.map(({ applicationId }) => applicationId),
    ) // prettier-ignore
    .execute()
  const states = new Map(rows.map(({ id, state }) => [id, state]))
  return lines.some(({ applicationId, place }) => place !== 'reserve' || states.get(applicationId) !== place)
}

async function mustAvoidAny(
  db: Kysely<Tables>,
  person: Asked<'decideSelection'>['person'],
  lines: readonly SelectedLine[],
): Promise<boolean> {
  for (const { applicationId } of lines) {
    const row = (await loadApplication(db, applicationId))!
    if (await mustStandAside(db, person, row.organisation_id, [row.id])) return true
  }
  return false
}

type Row = Selectable<Tables['selection']>
type Decided = Awaited<ReturnType<Command<'decideSelection'>['run']>>

interface Case {
  readonly asked: Asked<'decideSelection'>
  readonly context: CommandContext
  readonly row: Row
  readonly inForce: InForce
}

export function decideSelection(world: World): Command<'decideSelection'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const { tx, touch } = context
      const { params, body, person, at } = asked
      const row = await tx
        .selectFrom('selection')
        .selectAll()
        .where('id', '=', params.id)
        .forUpdate()
        .executeTakeFirst()
      if (!row) return notFound('selection')
      touch({ kind: 'selection', id: row.id })
      if (!mayTouch(person, 'project.select', row)) return outOfScope('project.select', 'selection')
      if (row.state !== 'proposed') return refuse('project.selection_decided')
      if (isOwn(row, person)) return refuse('project.own_selection')
      if (await mustAvoidAny(tx, person, row.lines)) return refuse('application.conflict_of_interest')
      await tx
        .updateTable('selection')
        .set({
          state: body.approve ? 'approved' : 'rejected',
          decided_by: person!.id,
          decided_at: timestamp(at),
          decision_reason: body.reason,
        })
        .where('id', '=', row.id)
        .execute()
      if (!body.approve) return accept({ subject: row.id })
      const inForce = await world.programmes.inForce(tx, row.adoption_id)
      return carryOut({ asked, context, row, inForce })
    },
    view: (subject, { db }, asked) => viewSelection(world, db, subject, asked),
  }
}

interface Reserved {
  readonly approval: Approval
  readonly terms: GrantTerms
}

async function carryOut(each: Case): Promise<Decided> {
  const { context, row, inForce } = each
  const rows = new Map<string, ApplicationRow>()
  for (const { applicationId } of row.lines.toSorted((a, b) => (a.applicationId < b.applicationId ? -1 : 1)))
    rows.set(applicationId, (await loadApplication(context.tx, applicationId, 'lock'))!)
  await lockPool(context.tx, row.adoption_id)
  const changed = await changedSince(context.tx, row, rows)
  if (changed.length > 0) return refuse('project.candidates_changed', { numbers: changed })
  const reserved: Reserved[] = []
  for (const line of row.lines) {
    const application = rows.get(line.applicationId)!
    if (line.place === 'selected') {
      const selected = await select(each, application, line)
      if (!selected.ok) return selected
      reserved.push(selected.value)
    } else await passBy(each, application, line)
  }
  if (reserved.length === 0) return accept({ subject: row.id })
  const plan = planOf<'project.money_changed'>(
    inForce,
    (books) => planSelection(books, reserved),
    () => ({ code: 'project.money_changed', params: {} }),
  )
  return accept({ subject: row.id, plan })
}

/** Who has left since the list was made, or come. */
async function changedSince(
  db: Kysely<Tables>,
  { adoption_id: adoptionId, lines }: Row,
  rows: ReadonlyMap<string, ApplicationRow>,
): Promise<string[]> {
  const selectable: readonly string[] = SELECTABLE
  const left = [...rows.values()].filter(({ state }) => !selectable.includes(state))
  const came = await db
    .selectFrom('application')
    .select(['id', 'number'])
    .where('adoption_id', '=', adoptionId)
    .where('state', 'in', [...SELECTABLE])
    .execute()
  const listed = new Set(lines.map(({ applicationId }) => applicationId))
  return [...left, ...came.filter(({ id }) => !listed.has(id))].map(({ number }) => number)
}

/** Reckoned anew on the day: what its caps or its facts no longer allow is not selected, and nothing else with it. */
async function select(
  each: Case,
  row: ApplicationRow,
  line: SelectedLine,
): Promise<Decision<Reserved, 'project.money_changed'>> {
  const { asked, context, inForce } = each
  const { tx, newId } = context
  const { at, today } = asked
  const assessment = await assessCase(tx, { row, inForce, findings: row.findings, on: today, at })
  const { determination } = assessment
  const amountFen = row.approved_fen!
  if (determination.eligible !== true || (determination.ceilingFen ?? 0n) < amountFen)
    return refuse('project.money_changed')
  const { credit_code: holder } = await loadOrganisation(tx, row.organisation_id)
  const shared = await sharedCapOf(tx, inForce, holder, today)
  if (shared !== null && amountFen > shared.leftFen) return refuse('project.money_changed')
  const funding = await fundingOf(tx, inForce, row.district)
  const approval: Approval = {
    id: newId(),
    amountFen,
    caps: [
      ...determination.headrooms.map(({ account }) => capLine(account)),
      ...(shared === null ? [] : [shared.line]),
    ],
    ...partsIn(funding, partsOf(amountFen, paymentParts(inForce))),
  }
  const moved = await move(each, row, line, 'select')
  if (!moved.ok) throw new Error('a candidate can be selected')
  await storeDetermination(tx, newId, { row, inForce, assessment, kind: 'review', at, today })
  await store(each, row.id, moved.value.to, { approval: storedApproval(approval) })
  return accept({ approval, terms: grantTermsOf(row, holder, inForce) })
}

/** Each part with its pools, and what every pool pays of the whole. */
function partsIn(
  { sourcesOf }: Funding,
  amounts: readonly bigint[],
): Required<Pick<Approval, 'parts' | 'sources'>> {
  const parts = amounts.map((amountFen) => ({ amountFen, sources: sourcesOf(amountFen) }))
  const whole = new Map<string, Source>()
  for (const { pool, amountFen } of parts.flatMap(({ sources }) => sources)) {
    const before = whole.get(nameOfKey(pool))?.amountFen ?? 0n
    whole.set(nameOfKey(pool), { pool, amountFen: before + amountFen })
  }
  return { parts, sources: [...whole.values()] }
}

/** Kept in reserve, or refused; who is in reserve already stays there without a step. */
async function passBy(each: Case, row: ApplicationRow, line: SelectedLine): Promise<void> {
  if (line.place === row.state) return
  const moved = await move(each, row, line, line.place === 'reserve' ? 'keep_in_reserve' : 'pass_over')
  if (!moved.ok) throw new Error('a candidate can be kept or passed over')
  await store(each, row.id, moved.value.to, {})
}

function move(
  { asked, context, row: selection, inForce }: Case,
  row: ApplicationRow,
  { rank, meanTenths, amountFen, because }: SelectedLine,
  event: string,
): ReturnType<typeof moveCase> {
  return moveCase(
    { tx: context.tx, newId: context.newId, at: asked.at, today: asked.today },
    { kind: 'application', row, workflow: row.workflow, inForce },
    {
      event,
      role: 'reviewer',
      ...actedBy(asked.person!, selection, 'reviewer'),
      reason: asked.body.reason,
      detail: { selectionId: selection.id, rank, meanTenths, amountFen, because },
    },
  )
}

async function store(
  { asked, context }: Case,
  id: string,
  state: string,
  changes: { readonly approval?: string },
): Promise<void> {
  await context.tx
    .updateTable('application')
    .set({ ...changes, state, updated_at: timestamp(asked.at) })
    .where('id', '=', id)
    .execute()
}
