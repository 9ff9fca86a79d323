// 提交: the draft must be whole; its contract is registered (one application a contract, a firm's submissions one after the other); the
// determination is made and stored with everything it read. An application that fails a condition may be submitted
// all the same: a refusal with reasons is a decision that people take.
import { accept, refuse, type Decision } from '@suanquan/core'
import type { SettlementRefusal } from '@suanquan/core/settlement'
import type { Insertable, Selectable, Transaction } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { Asked, CommandContext, Handler } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import { claimUse, papersUsed } from '../metering/index.ts'
import { windowOn } from '../policy/index.ts'
import { aboutCase, assessCase, type CaseToAssess } from './assess.ts'
import type { Draft } from './draft.ts'
import { type ApplicationRow, loadApplication, loadProvider, lockOrganisation } from './load.ts'
import { gapsIn, otherUseOf } from './missing.ts'
import { moveCase } from './move.ts'
import { notOpen } from './open-draft.ts'
import { proofOf } from './proof.ts'
import { storeDetermination } from './store-determination.ts'
import { viewApplication } from './view.ts'

export function submitApplication(world: World): Handler<'submitApplication'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const { tx, touch } = context
      const row = await loadApplication(tx, asked.params.id, 'lock')
      if (!row) return notFound('application')
      touch({ kind: 'application', id: row.id, organisationId: row.organisation_id })
      if (!mayTouch(asked.person, 'application.submit', { ...row, organisationIds: [row.organisation_id] })) {
        return outOfScope('application.submit', 'application')
      }
      return submit(world, asked, context, row)
    },
    view: (subject, { db }, asked) => viewApplication(world, db, subject, asked),
  }
}

async function submit(
  world: World,
  asked: Asked<'submitApplication'>,
  { tx, newId }: CommandContext,
  row: ApplicationRow,
): ReturnType<Extract<Handler<'submitApplication'>, { kind: 'command' }>['run']> {
  const { at, today } = asked
  const inForce = await world.programmes.inForce(tx, row.adoption_id)
  if (row.state === 'draft' && windowOn(inForce, today) === null) {
    return refuse('adoption.not_open', notOpen(inForce, today))
  }
  const moved = await moveCase(
    { tx, newId, at, today },
    { kind: 'application', row, workflow: row.workflow, inForce },
    { event: 'submit', role: 'clerk', actorId: asked.person!.id },
  )
  if (!moved.ok) return moved
  const provider = await loadProvider(tx, row.draft)
  const missing = gapsIn(row.draft, inForce).map(({ about }) => about)
  if (provider === null && !missing.includes('contract.providerId')) missing.push('contract.providerId')
  if (missing.length > 0) return refuse('application.incomplete', { missing })
  const contract = await registerContract(tx, newId, row)
  if ('refusal' in contract) return { ok: false, refusal: contract.refusal }
  const submitted = { ...row, contract_id: contract.id }
  const proved = await useProofs(tx, newId, { row: submitted, inForce, on: today, at })
  if (!proved.ok) return proved
  const assessment = await assessCase(tx, { row: submitted, inForce, findings: {}, on: today, at })
  await storeDetermination(tx, newId, { row, inForce, assessment, kind: 'determination', at, today })
  const { determination, expected } = assessment
  await tx
    .updateTable('application')
    .set({
      state: moved.value.to,
      contract_id: contract.id,
      findings: JSON.stringify({}),
      correction_fields: JSON.stringify([]),
      ceiling_fen: expected.ceilingFen ?? 0n,
      eligible: determination.eligible === 'unknown' ? 'unknown' : determination.eligible ? 'yes' : 'no',
      complete_at: timestamp(at),
      updated_at: timestamp(at),
      deadline_on: moved.value.deadlineOn,
      deadline_provisional: moved.value.deadlineProvisional,
    })
    .where('id', '=', row.id)
    .execute()
  return accept({ subject: row.id })
}

/** Where proofs come with the application: its use becomes the contract's, and its papers are used up by it. */
async function useProofs(
  tx: Transaction<Tables>,
  newId: () => string,
  { row, inForce, on, at }: Pick<CaseToAssess, 'row' | 'inForce' | 'on' | 'at'>,
): Promise<Decision<null, SettlementRefusal>> {
  if (inForce.way.provesWith !== 'application') return accept(null)
  await claimUse(tx, newId, row.contract_id!)
  const about = await aboutCase(tx, { row, on, at })
  const proof = await proofOf(tx, { inForce, draft: row.draft, application: row, ...about })
  if (!proof.ok) return proof
  await tx.deleteFrom('application_evidence').where('application_id', '=', row.id).execute()
  const { jurisdiction, district } = row
  const papers = papersUsed(proof.value!.evidence, proof.value!.settlement.baseFen)
  await tx
    .insertInto('application_evidence')
    .values(papers.map((paper) => ({ jurisdiction, district, ...paper, application_id: row.id })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return accept(null)
}

type ContractUsed = {
  refusal: { code: 'application.contract_already_used'; params: { contractNumber: string; number: string } }
}

/** One live application a contract: the same firm and number is the same contract. */
async function registerContract(
  tx: Transaction<Tables>,
  newId: () => string,
  row: ApplicationRow,
): Promise<{ id: string } | ContractUsed> {
  const { contract } = row.draft
  await lockOrganisation(tx, row.organisation_id)
  const other = await otherUseOf(tx, row)
  if (other !== undefined) {
    const params = { contractNumber: contract.number!, number: other }
    return { refusal: { code: 'application.contract_already_used', params } }
  }
  const id = row.contract_id ?? newId()
  const values = contractValues(row, row.draft)
  if (row.contract_id === null)
    await tx
      .insertInto('service_contract')
      .values({ id, ...values })
      .execute()
  else await tx.updateTable('service_contract').set(values).where('id', '=', id).execute()
  return { id }
}

function contractValues(
  row: Pick<Selectable<Tables['application']>, 'jurisdiction' | 'district' | 'organisation_id'>,
  { contract }: Draft,
): Omit<Insertable<Tables['service_contract']>, 'id'> {
  return {
    jurisdiction: row.jurisdiction,
    district: row.district,
    organisation_id: row.organisation_id,
    provider_id: contract.providerId!,
    number: contract.number!,
    signed_on: contract.signedOn!,
    starts_on: contract.startsOn!,
    ends_on: contract.endsOn!,
    amount_fen: BigInt(contract.amountFen!),
    excluded_fen: BigInt(contract.excludedFen!),
    use: contract.use!,
    cluster: contract.cluster!,
    account: contract.account!,
    qos: contract.qos ?? null,
    prices: JSON.stringify(contract.prices),
    shard: contract.shard ? JSON.stringify(contract.shard) : null,
  }
}
