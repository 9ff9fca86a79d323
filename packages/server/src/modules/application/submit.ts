// 提交: the draft must be whole; its contract is registered (one application a contract, a firm's submissions one after the other); the
// determination is made and stored with everything it read. An application that fails a condition may be submitted
// all the same: a refusal with reasons is a decision that people take.
import { accept, refuse, type Decision } from '@suanquan/core'
import type { SettlementRefusal } from '@suanquan/core/settlement'
import type { Transaction } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { Asked, CommandContext, Handler } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { notFound, outOfScope } from '../../identity/scope.ts'
import { claimUse, papersUsed } from '../metering/index.ts'
import { type InForce, notOpen, requiredOf, windowAt } from '../policy/index.ts'
import { lockPapers, registerTyped, typedContradiction } from '../trade-paper/index.ts'
import { aboutCase, assessCase, type CaseToAssess } from './assess.ts'
import { type ApplicationRow, loadApplication, loadOrganisation, loadParties } from './load.ts'
import { mayApply } from './may-apply.ts'
import { gapsIn } from './missing.ts'
import { moveCase } from './move.ts'
import { proofOf } from './proof.ts'
import { registerContract } from './register-contract.ts'
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
      const inForce = await world.programmes.inForce(tx, row.adoption_id)
      if (!mayApply(asked.person, 'application.submit', row, inForce.way))
        return outOfScope('application.submit', 'application')
      return submit(inForce, asked, context, row)
    },
    view: (subject, { db }, asked) => viewApplication(world, db, subject, asked),
  }
}

async function submit(
  inForce: InForce,
  asked: Asked<'submitApplication'>,
  { tx, newId }: CommandContext,
  row: ApplicationRow,
): ReturnType<Extract<Handler<'submitApplication'>, { kind: 'command' }>['run']> {
  const { at, today } = asked
  if (row.state === 'draft' && windowAt(inForce, at) === null) {
    return refuse('adoption.not_open', notOpen(inForce, at))
  }
  const moved = await moveCase(
    { tx, newId, at, today },
    { kind: 'application', row, workflow: row.workflow, inForce },
    { event: 'submit', role: inForce.way.applicant, actorId: asked.person!.id },
  )
  if (!moved.ok) return moved
  const organisation = await loadOrganisation(tx, row.organisation_id)
  const { buyer, provider } = await loadParties(tx, inForce.way, organisation, row.draft)
  const missing = gapsIn(row.draft, inForce).map(({ about }) => about)
  const required = requiredOf(inForce)
  const counterparty = `contract.${required.counterparty}`
  const nobody = !required.project && (buyer === null || provider === null)
  if (nobody && !missing.includes(counterparty)) missing.push(counterparty)
  if (missing.length > 0) return refuse('application.incomplete', { missing })
  const contract = required.project
    ? NO_CONTRACT
    : await registerContract(tx, newId, { row, buyer: buyer!, provider: provider! })
  if (!contract.ok) return contract
  const submitted = { ...row, contract_id: contract.value.id }
  const which = { row: submitted, inForce, on: today, at }
  const proved = await useProofs(tx, newId, {
    ...which,
    shared: contract.value.shared,
    owner: organisation,
    by: asked.person!.id,
  })
  if (!proved.ok) return proved
  const assessment = await assessCase(tx, { row: submitted, inForce, findings: {}, on: today, at })
  await storeDetermination(tx, newId, { row, inForce, assessment, kind: 'determination', at, today })
  const { determination, expected } = assessment
  await tx
    .updateTable('application')
    .set({
      state: moved.value.to,
      contract_id: contract.value.id,
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

/** A project rests on none. */
const NO_CONTRACT = { ok: true, value: { id: null, shared: false } } as const

interface ProofsToUse extends Pick<CaseToAssess, 'row' | 'inForce' | 'on' | 'at'> {
  /** whether the other party's application holds the contract already */
  readonly shared: boolean
  readonly owner: Parameters<typeof registerTyped>[1]['owner']
  readonly by: string
}

/** Where proofs come with the application: its use becomes the contract's, and its papers are used up by it. */
async function useProofs(
  tx: Transaction<Tables>,
  newId: () => string,
  { row, inForce, on, at, shared, owner, by }: ProofsToUse,
): Promise<Decision<null, SettlementRefusal | 'trade_paper.contradicts'>> {
  if (inForce.way.provesWith !== 'application') return accept(null)
  const { invoices = [], payments = [] } = row.draft.proofs ?? {}
  await lockPapers(tx, [
    ...invoices.map(({ number }) => number),
    ...payments.map(({ reference }) => reference),
  ])
  const agreed = await typedContradiction(tx, owner.id, { invoices, payments }, row.id)
  if (!agreed.ok) return agreed
  if (!shared) await claimUse(tx, newId, row.contract_id!, at)
  const about = await aboutCase(tx, { row, inForce, on, at })
  const proof = await proofOf(tx, { inForce, draft: row.draft, application: row, ...about })
  if (!proof.ok) return proof
  await registerTyped(tx, { owner, by, at, newId }, { invoices, payments })
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
