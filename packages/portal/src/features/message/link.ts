// Where a message leads: the page on which its reader does what it is about.
import type { Role } from '@suanquan/api'
import type { Answer } from '../../client/call.ts'

export type Message = Answer<'listMessages'>['items'][number]

export interface Target {
  readonly to: string
  readonly params?: { readonly id: string }
}

/** Kinds that are for another office's page than their case's own. */
const BY_KIND: Partial<Record<Message['kind'], string>> = {
  application_to_review: '/review/applications/$id',
  review_due: '/review/applications/$id',
  objection_to_answer: '/review/notices',
  claim_to_review: '/review/claims/$id',
  claim_review_due: '/review/claims/$id',
  contract_to_check: '/usage',
  claimed_use_corrected: '/usage/periods',
  claimed_use_corrected_finance: '/usage/periods',
  contract_running_out_centre: '/usage',
  pool_running_out: '/finance/pool',
}

const BY_THING: Record<Message['about'], string> = {
  application: '/applications/$id',
  claim: '/claims/$id',
  voucher: '/vouchers/$id',
  disbursement: '/finance/disbursements/$id',
  appropriation: '/finance/pool',
  pool_move: '/finance/parts',
  fund: '/finance/fund',
  take_over: '/finance/take-overs/$id',
  round: '/rounds/$id',
  adoption: '/deductions',
  adoption_draft: '/author/adoptions/$id',
  programme_proposal: '/author/proposals/$id',
  clawback: '/clawbacks/$id',
  dispute: '/disputes/$id',
  project: '/projects/$id',
  selection: '/review/selections/$id',
  usage_feed: '/usage/completeness',
}

export function targetOf(
  { kind, about, aboutId }: Pick<Message, 'kind' | 'about' | 'aboutId'>,
  roles: ReadonlySet<Role>,
): Target {
  const provider = about === 'claim' && roles.has('provider') && !roles.has('clerk')
  const to = BY_KIND[kind] ?? (provider ? '/deductions/$id' : BY_THING[about])
  return to.endsWith('$id') ? { to, params: { id: aboutId } } : { to }
}
