// Which step of a case makes whom know what. The workflow's event is the cause, so that what is told and what is on record
// are one; a step that nobody waits for tells nobody.
import type { MessageKindName } from '@suanquan/api'
import type { Transaction } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { tell } from './outbox.ts'

interface Step {
  readonly kind: 'application' | 'claim' | 'project' | 'clawback' | 'rectification' | 'dispute'
  readonly id: string
  /** of the event among those of its case */
  readonly position: number
  readonly event: string
  readonly role: string
  readonly reason: string | null
  readonly detail: Readonly<Record<string, unknown>>
  /** who has no part in what the case waits for: the people of the other tiers */
  readonly except: readonly string[]
}

type Known = readonly MessageKindName[]

const KNOWN: Readonly<Record<Step['kind'], Readonly<Record<string, Known>>>> = {
  application: {
    submit: ['application_received', 'application_to_review', 'contract_to_check'],
    endorse: ['review_passed_on', 'countersign_asked'],
    send_back: ['review_sent_back'],
    request_correction: ['correction_asked'],
    lapse: ['application_lapsed'],
    approve: ['application_approved'],
    approve_waiting: ['application_waiting'],
    offer: ['offer_made'],
    appeal: ['offer_appealed'],
    presume_decline: ['offer_ended'],
    presume_consent: ['offer_presumed'],
    fund: ['application_funded'],
    refuse: ['application_refused'],
    announce: ['application_announced'],
    dismiss: ['objection_dismissed'],
    uphold: ['objection_upheld'],
    award: ['support_awarded'],
    admit: ['project_candidate'],
    select: ['project_selected'],
    keep_in_reserve: ['project_in_reserve'],
    pass_over: ['project_passed_over'],
    lodge_appeal: ['appeal_received', 'appeal_to_decide'],
    affirm: ['appeal_affirmed'],
    change: ['appeal_changed'],
    change_waiting: ['application_waiting'],
    remand: ['appeal_remanded'],
    hear: ['explanation_asked'],
    explain: ['explanation_given'],
  },
  claim: {
    submit: ['claim_received', 'claim_to_review'],
    deduct: ['deduction_made'],
    reverse: ['deduction_reversed'],
    approve: ['claim_approved'],
    refuse: ['claim_refused'],
    lapse: ['hold_ended'],
    pay: ['disbursement_paid'],
    return_payment: ['payment_returned'],
    lodge_appeal: ['claim_appeal_received', 'claim_appeal_to_decide'],
    affirm: ['claim_appeal_affirmed'],
    change: ['claim_approved'],
    correct: ['claim_corrected'],
    correct_settled: ['claim_corrected'],
    correct_up: ['claim_corrected'],
    correct_down: ['claim_corrected'],
    correct_to_nothing: ['claim_corrected'],
  },
  // told by its own module, which knows whom it obliges
  project: {},
  clawback: {},
  rectification: {},
  dispute: {},
}

/** Whose deadline is the one that the case now has: the others have none to keep. */
const WITH_DEADLINE: ReadonlySet<MessageKindName> = new Set([
  'application_to_review',
  'review_passed_on',
  'countersign_asked',
  'review_sent_back',
  'appeal_to_decide',
  'explanation_asked',
  'correction_asked',
  'offer_made',
  'application_announced',
  'claim_to_review',
])

export function tellOfStep(tx: Transaction<Tables>, step: Step): void {
  const about = step.kind
  if (about === 'rectification') return
  const asked = step.detail['fields']
  const fields = Array.isArray(asked) ? asked.map(({ field }: { field: string }) => field) : []
  for (const kind of KNOWN[step.kind][step.event] ?? []) {
    // a seller knows its own contract
    if (kind === 'contract_to_check' && step.role === 'provider') continue
    tell(tx, {
      kind,
      cause: `${step.kind} ${step.id} ${step.position}`,
      about,
      aboutId: step.id,
      except: step.except,
      params: {
        ...(step.reason === null ? {} : { reason: step.reason }),
        ...(fields.length === 0 ? {} : { fields }),
      },
      ...(WITH_DEADLINE.has(kind) ? { caseDeadline: true as const } : {}),
    })
  }
}
