// One line of a sweep: what the bureau holds of a firm's contract is assessed as an application is, on the day. Whoever
// qualifies gets a case that waits for its sign-off; of everybody else the line says what is missing or why not, and
// nothing of it stays.
import type { BodyOf, Routes } from '@suanquan/api'
import { sql, type Selectable, type Transaction } from 'kysely'
import { timestamp, type SweptLine, type Tables, type UpperAward } from '../../database/index.ts'
import {
  assessCase,
  loadApplication,
  lockOrganisation,
  moveCase,
  nextNumber,
  otherUseOf,
  storeDetermination,
} from '../application/index.ts'
import { claimUse, loadContract, type ContractRow } from '../metering/index.ts'
import type { InForce } from '../policy/index.ts'
import type { Day, Instant } from '@suanquan/core/calendar'
import type { ActedBy } from '../../identity/acting.ts'

export type List = BodyOf<Routes['makeSweep']>
type Held = List['awards'][number]
type Words = SweptLine['reasons'][number]
type Organisation = Selectable<Tables['organisation']>

export interface Sweeping {
  readonly tx: Transaction<Tables>
  readonly newId: () => string
  readonly at: Instant
  readonly today: Day
  readonly sweepId: string
  readonly by: ActedBy
  readonly inForce: InForce
  readonly source: string
}

const NO_FIRM: Words = { zh: '登记中没有这家单位', en: 'the register does not know the firm' }
const NO_CONTRACT: Words = {
  zh: '平台没有这份合同，也就没有计量',
  en: 'the platform does not have the contract, and so no metering',
}
const NOTHING: Words = {
  zh: '已计量的部分没有可支持的金额',
  en: 'nothing of what is metered is left to support',
}

export async function sweepLine(sweeping: Sweeping, held: Held): Promise<SweptLine> {
  const { tx } = sweeping
  const line = { creditCode: held.creditCode, contractNumber: held.contractNumber, applicationId: null }
  const none = { ...line, ceilingFen: null }
  const organisation = await tx
    .selectFrom('organisation')
    .selectAll()
    .where('credit_code', '=', held.creditCode)
    .executeTakeFirst()
  if (organisation === undefined)
    return { ...none, organisationName: null, outcome: 'missing', reasons: [NO_FIRM] }
  const named = { ...none, organisationName: organisation.name }
  await lockOrganisation(tx, organisation.id)
  const contract = await contractOf(tx, organisation.id, held.contractNumber)
  if (contract === null) return { ...named, outcome: 'missing', reasons: [NO_CONTRACT] }
  await sql`savepoint line`.execute(tx)
  const found = await openCase(sweeping, { held, organisation, contract })
  if (found.outcome !== 'qualifies') await sql`rollback to savepoint line`.execute(tx)
  await sql`release savepoint line`.execute(tx)
  return { ...named, ...found }
}

/** The contract as it was last registered; the one that an application lives on comes first. */
async function contractOf(
  tx: Transaction<Tables>,
  organisationId: string,
  number: string,
): Promise<ContractRow | null> {
  const found = await tx
    .selectFrom('service_contract')
    .leftJoin('application', (join) =>
      join
        .onRef('application.contract_id', '=', 'service_contract.id')
        .on('application.state', 'not in', ['refused', 'withdrawn']),
    )
    .select('service_contract.id')
    .where('service_contract.organisation_id', '=', organisationId)
    .where('service_contract.number', '=', number)
    .orderBy(sql`application.id is null`)
    .orderBy('signed_on', 'desc')
    .orderBy('service_contract.id')
    .executeTakeFirst()
  return found === undefined ? null : loadContract(tx, found.id)
}

interface Candidate {
  readonly held: Held
  readonly organisation: Organisation
  readonly contract: ContractRow
}

type Found = Pick<SweptLine, 'outcome' | 'reasons' | 'applicationId' | 'ceilingFen'>

async function openCase(sweeping: Sweeping, candidate: Candidate): Promise<Found> {
  const { tx, newId, at, today, inForce } = sweeping
  const id = await insertCase(sweeping, candidate)
  const row = (await loadApplication(tx, id))!
  const other = await otherUseOf(tx, row, candidate.organisation)
  if (other !== undefined)
    return nothing('taken', [
      { zh: `申请 ${other} 已用这份合同`, en: `application ${other} has the contract` },
    ])
  if (!(await sharedWithSeller(tx, candidate.contract.id, id)))
    await claimUse(tx, newId, candidate.contract.id, at)
  const assessment = await assessCase(tx, { row, inForce, findings: {}, on: today, at })
  const { determination } = assessment
  if (determination.eligible === 'unknown') {
    const open = determination.conditions.filter(({ verdict }) => verdict === 'unknown')
    return nothing(
      'missing',
      open.map(({ text }) => text),
    )
  }
  if (determination.eligible === false || determination.governed.verdict !== true) {
    const failed = determination.conditions.filter(({ verdict }) => verdict === false)
    return nothing(
      'not_eligible',
      failed.map(({ fail, text }) => fail ?? text),
    )
  }
  const ceiling = determination.ceilingFen ?? 0n
  if (ceiling === 0n) return nothing('missing', [NOTHING])
  const moved = await moveCase(
    { tx, newId, at, today },
    { kind: 'application', row, workflow: row.workflow, inForce },
    { event: 'sweep', role: 'reviewer', ...sweeping.by, detail: { sweepId: sweeping.sweepId } },
  )
  if (!moved.ok) throw new Error('a new case can be swept')
  await storeDetermination(tx, newId, { row, inForce, assessment, kind: 'determination', at, today })
  await tx
    .updateTable('application')
    .set({
      state: moved.value.to,
      ceiling_fen: ceiling,
      eligible: 'yes',
      complete_at: timestamp(at),
      deadline_on: moved.value.deadlineOn,
      deadline_provisional: moved.value.deadlineProvisional,
    })
    .where('id', '=', id)
    .execute()
  return { outcome: 'qualifies', reasons: [], applicationId: id, ceilingFen: ceiling.toString() }
}

function nothing(outcome: SweptLine['outcome'], reasons: readonly Words[]): Found {
  return { outcome, reasons, applicationId: null, ceilingFen: null }
}

async function sharedWithSeller(tx: Transaction<Tables>, contractId: string, id: string): Promise<boolean> {
  const other = await tx
    .selectFrom('application')
    .select('id')
    .where('contract_id', '=', contractId)
    .where('id', '<>', id)
    .where('state', 'not in', ['refused', 'withdrawn'])
    .executeTakeFirst()
  return other !== undefined
}

async function insertCase(
  { tx, newId, at, today, inForce, sweepId, source }: Sweeping,
  { held, organisation, contract }: Candidate,
): Promise<string> {
  const id = newId()
  const upper: UpperAward = { percent: held.percent, approvedOn: held.approvedOn, source }
  const { application } = inForce.way
  await tx
    .insertInto('application')
    .values({
      id,
      jurisdiction: organisation.jurisdiction,
      district: organisation.district,
      number: await nextNumber(tx, 'SQ', inForce, today),
      adoption_id: inForce.id,
      organisation_id: organisation.id,
      workflow: JSON.stringify(application),
      state: application.initial,
      draft: JSON.stringify({ contract: draftContract(contract), statements: {}, documents: [] }),
      contract_id: await free(tx, contract.id, organisation.id),
      findings: JSON.stringify({}),
      correction_fields: JSON.stringify([]),
      eligible: 'unknown',
      created_at: timestamp(at),
      updated_at: timestamp(at),
      deadline_provisional: false,
      sweep_id: sweepId,
      upper_award: JSON.stringify(upper),
    })
    .execute()
  return id
}

/** The contract, or null where another application of the firm lives on it: then the line ends there. */
async function free(
  tx: Transaction<Tables>,
  contractId: string,
  organisationId: string,
): Promise<string | null> {
  const other = await tx
    .selectFrom('application')
    .select('id')
    .where('contract_id', '=', contractId)
    .where('organisation_id', '=', organisationId)
    .where('state', 'not in', ['refused', 'withdrawn'])
    .executeTakeFirst()
  return other === undefined ? contractId : null
}

function draftContract(row: ContractRow): object {
  return {
    number: row.number,
    providerId: row.provider_id,
    signedOn: row.signed_on,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    amountFen: row.amount_fen.toString(),
    excludedFen: row.excluded_fen.toString(),
    use: row.use,
    cluster: row.cluster,
    account: row.account,
    ...(row.qos === null ? {} : { qos: row.qos }),
    prices: row.prices,
    shard: row.shard,
  }
}
