// The two parts of a project's money: the first is payable when both have signed, the second by the result of acceptance;
// what is not paid goes back to its pools and caps.
import { partNumber, planGrant, planRelease } from '@suanquan/core/voucher'
import { timestamp, type PostingPlan } from '../../database/index.ts'
import type { ActedBy } from '../../identity/acting.ts'
import { approvalOf, moveCase, reservedGrant } from '../application/index.ts'
import { planOf } from '../ledger/index.ts'
import type { ProjectCase, moveProject } from './load.ts'

type Context = Parameters<typeof moveProject>[0]

/** A part becomes a claim that is payable at once; finance puts it in a batch as it does every approved claim. */
export async function payPart(
  context: Context,
  { row, application, inForce }: ProjectCase,
  { part, by }: { readonly part: number; readonly by: ActedBy },
): Promise<PostingPlan> {
  const { tx, newId, at } = context
  const id = newId()
  const { jurisdiction, district } = row
  const workflow = inForce.way.claim
  const moved = await moveCase(
    context,
    { kind: 'claim', row: { id, jurisdiction, district, state: workflow.initial }, workflow, inForce },
    {
      event: 'award',
      role: 'reviewer',
      ...by,
      detail: { applicationId: application.id, projectId: row.id },
    },
  )
  if (!moved.ok) throw new Error('a part of a project can be awarded')
  const approval = approvalOf(application)!
  const terms = await reservedGrant(tx, application, inForce)
  if (terms.makes !== 'payable') throw new Error('a project has no voucher')
  const { amountFen } = approval.parts![part]!
  const [from, to] = [row.starts_on, row.ends_on]
  await tx
    .insertInto('claim')
    .values({
      id,
      jurisdiction,
      district,
      number: partNumber(terms.number, approval, part),
      adoption_id: row.adoption_id,
      application_id: application.id,
      contract_id: null,
      organisation_id: row.organisation_id,
      payee_id: row.organisation_id,
      payee_credit_code: terms.payee,
      state: moved.value.to,
      period_from: from,
      period_to: to,
      body: JSON.stringify({
        periodFrom: from,
        periodTo: to,
        invoices: [],
        payments: [],
        deliveryCertificateId: null,
      }),
      matched: null,
      base_fen: amountFen,
      payable_fen: amountFen,
      approved_fen: amountFen,
      submitted_at: timestamp(at),
      deadline_provisional: false,
    })
    .execute()
  return planOf(inForce, (books) => planGrant(books, approval, terms, part))
}

/** @param part only this one; everything that was reserved when left out */
export async function releasePart(
  { tx }: Pick<Context, 'tx'>,
  { application, inForce }: Pick<ProjectCase, 'application' | 'inForce'>,
  part?: number,
): Promise<PostingPlan | undefined> {
  const approval = approvalOf(application)!
  if (part !== undefined && (approval.parts![part]?.amountFen ?? 0n) === 0n) return undefined
  const terms = await reservedGrant(tx, application, inForce)
  return planOf(inForce, (books) => planRelease(books, approval, terms, part))
}

export const FIRST = 0
export const SECOND = 1
