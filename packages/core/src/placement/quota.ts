// Quotas of districts and programmes over one stock of devices, with borrowing and reclaim. Each has a nominal amount;
// what it leaves idle others may borrow (up to their borrowing limit and its lending limit), and when the owner wants it
// back, borrowed grants are named for reclaim, the latest first, so that the owner is always served within its nominal
// amount. Amounts are whole units of whatever is shared out, for instance thousandths of P_d16.
import { accept, refuse, type Decision } from '../refusal.ts'

export interface Quota {
  readonly name: string
  readonly nominal: number
  /** most that it may take beyond its nominal amount; absent: any */
  readonly borrowingLimit?: number
  /** most of its idle amount that others may take; absent: all */
  readonly lendingLimit?: number
}

export interface QuotaGrant {
  readonly id: string
  readonly quota: string
  readonly amount: number
}

export interface QuotaState {
  readonly quotas: readonly Quota[]
  /** in the order in which they were granted */
  readonly grants: readonly QuotaGrant[]
}

export interface Admission {
  readonly state: QuotaState
  /** part of the grant that is borrowed */
  readonly borrowed: number
  /** grants of others that must end for this one to begin, already taken out of the state */
  readonly reclaimed: readonly QuotaGrant[]
}

export type QuotaRefusal =
  | 'placement.no_such_quota'
  | 'placement.bad_amount'
  | 'placement.duplicate_id'
  | 'placement.quota_exhausted'

/** Refuses `placement.no_such_quota`, `bad_amount`, `duplicate_id`, and `quota_exhausted` with what is missing. */
export function admit(state: QuotaState, grant: QuotaGrant): Decision<Admission, QuotaRefusal> {
  const quota = state.quotas.find((candidate) => candidate.name === grant.quota)
  if (quota === undefined) return refuse('placement.no_such_quota', { quota: grant.quota })
  if (!Number.isSafeInteger(grant.amount) || grant.amount <= 0)
    return refuse('placement.bad_amount', { id: grant.id })
  if (state.grants.some((other) => other.id === grant.id))
    return refuse('placement.duplicate_id', { id: grant.id })
  const used = usedBy(state, quota.name)
  const borrowed = Math.max(0, Math.min(grant.amount, used + grant.amount - quota.nominal))
  const accepted = { ...state, grants: [...state.grants, grant] }
  if (borrowed === 0) return accept({ ...makeRoom(state, accepted, grant), borrowed })
  const missing = shortfall(state, quota, used + grant.amount - quota.nominal)
  if (missing > 0) return refuse('placement.quota_exhausted', { quota: quota.name, missing, borrowed })
  return accept({ state: accepted, borrowed, reclaimed: [] })
}

/** @returns undefined when there is no such grant */
export function giveBack(state: QuotaState, id: string): QuotaState | undefined {
  const grants = state.grants.filter((grant) => grant.id !== id)
  return grants.length === state.grants.length ? undefined : { ...state, grants }
}

export function usedBy(state: QuotaState, name: string): number {
  return state.grants.reduce((sum, grant) => sum + (grant.quota === name ? grant.amount : 0), 0)
}

/** How much more idle amount would have to be on loan for the quota to exceed its nominal amount by `excess`. */
function shortfall(state: QuotaState, quota: Quota, excess: number): number {
  const overLimit = excess - (quota.borrowingLimit ?? Number.MAX_SAFE_INTEGER)
  let lendable = 0
  let onLoan = 0
  for (const other of state.quotas) {
    const used = usedBy(state, other.name)
    if (other.name !== quota.name) {
      onLoan += Math.max(0, used - other.nominal)
      lendable += Math.min(Math.max(0, other.nominal - used), other.lendingLimit ?? Number.MAX_SAFE_INTEGER)
    }
  }
  return Math.max(overLimit, excess + onLoan - lendable)
}

/** Within its nominal amount a quota is always served: borrowed grants make room, the latest first. */
function makeRoom(
  before: QuotaState,
  accepted: QuotaState,
  grant: QuotaGrant,
): { state: QuotaState; reclaimed: readonly QuotaGrant[] } {
  const stock = before.quotas.reduce((sum, quota) => sum + quota.nominal, 0)
  const reclaimed: QuotaGrant[] = []
  let state = accepted
  let over = state.grants.reduce((sum, entry) => sum + entry.amount, 0) - stock
  for (const candidate of [...before.grants].reverse()) {
    if (over <= 0) break
    const lender = state.quotas.find((quota) => quota.name === candidate.quota)!
    if (candidate.quota === grant.quota || usedBy(state, lender.name) <= lender.nominal) continue
    reclaimed.push(candidate)
    state = giveBack(state, candidate.id)!
    over -= candidate.amount
  }
  return { state, reclaimed }
}
