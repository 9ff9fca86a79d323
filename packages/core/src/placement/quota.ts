// Quotas of districts and programmes over one stock of devices, with borrowing and reclaim. Each has a nominal amount;
// what it leaves idle others may borrow (up to their borrowing limit and its lending limit), and when the owner wants it
// back, borrowed grants are named for reclaim, the latest first, so that the owner is always served within its nominal
// amount and no more stays on loan than the lending limits allow. Amounts are whole units of whatever is shared out, for instance thousandths of P_d16.
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
  | 'placement.bad_quota'
  | 'placement.duplicate_id'
  | 'placement.quota_exhausted'

/**
 * Refuses `placement.no_such_quota`, `bad_amount`, `duplicate_id`, `bad_quota` (an amount that is no whole number from zero,
 * or a name that occurs twice), and `quota_exhausted` with what is missing.
 */
export function admit(state: QuotaState, grant: QuotaGrant): Decision<Admission, QuotaRefusal> {
  const checked = checkState(state, grant)
  if (!checked.ok) return checked
  const quota = state.quotas.find((candidate) => candidate.name === grant.quota)!
  const excess = usedBy(state, quota.name) + grant.amount - quota.nominal
  const borrowed = Math.max(0, Math.min(grant.amount, excess))
  const accepted = { ...state, grants: [...state.grants, grant] }
  if (borrowed === 0) return accept({ ...makeRoom(state, accepted, grant), borrowed })
  const missing = Math.max(overLent(accepted), excess - (quota.borrowingLimit ?? Number.MAX_SAFE_INTEGER))
  if (missing > 0) return refuse('placement.quota_exhausted', { quota: quota.name, missing, borrowed })
  return accept({ state: accepted, borrowed, reclaimed: [] })
}

/** Sums stay exact: no amount is larger. */
const LARGEST_AMOUNT = 1_000_000_000_000

const whole = (value: number, least: number): boolean =>
  Number.isSafeInteger(value) && value >= least && value <= LARGEST_AMOUNT

function checkState(
  { quotas, grants }: QuotaState,
  grant: QuotaGrant,
): Decision<QuotaGrant, Exclude<QuotaRefusal, 'placement.quota_exhausted'>> {
  const names = new Set<string>()
  for (const { name, nominal, borrowingLimit = 0, lendingLimit = 0 } of quotas) {
    const sensible = [nominal, borrowingLimit, lendingLimit].every((amount) => whole(amount, 0))
    if (!sensible || name === '' || names.has(name)) return refuse('placement.bad_quota', { quota: name })
    names.add(name)
  }
  const ids = new Set<string>()
  for (const { id, quota, amount } of [...grants, grant]) {
    if (!names.has(quota)) return refuse('placement.no_such_quota', { quota })
    if (!whole(amount, 1)) return refuse('placement.bad_amount', { id })
    if (ids.has(id)) return refuse('placement.duplicate_id', { id })
    ids.add(id)
  }
  return accept(grant)
}

/** @returns undefined when there is no such grant */
export function giveBack(state: QuotaState, id: string): QuotaState | undefined {
  const grants = state.grants.filter((grant) => grant.id !== id)
  return grants.length === state.grants.length ? undefined : { ...state, grants }
}

export function usedBy(state: QuotaState, name: string): number {
  return state.grants.reduce((sum, grant) => sum + (grant.quota === name ? grant.amount : 0), 0)
}

/**
 * How much more is on loan than is lent out: what quotas hold beyond their nominal amounts, less what the others leave
 * idle within their lending limits. Above zero, some limit is broken.
 */
function overLent(state: QuotaState): number {
  let over = 0
  for (const quota of state.quotas) {
    const excess = usedBy(state, quota.name) - quota.nominal
    over += excess > 0 ? excess : -Math.min(-excess, quota.lendingLimit ?? Number.MAX_SAFE_INTEGER)
  }
  return over
}

/** Within its nominal amount a quota is always served: borrowed grants make room, the latest first. */
function makeRoom(
  before: QuotaState,
  accepted: QuotaState,
  grant: QuotaGrant,
): { state: QuotaState; reclaimed: readonly QuotaGrant[] } {
  const reclaimed: QuotaGrant[] = []
  let state = accepted
  for (const candidate of [...before.grants].reverse()) {
    if (overLent(state) <= 0) break
    const borrower = state.quotas.find((quota) => quota.name === candidate.quota)!
    if (candidate.quota === grant.quota || usedBy(state, borrower.name) <= borrower.nominal) continue
    reclaimed.push(candidate)
    state = giveBack(state, candidate.id)!
  }
  return { state, reclaimed }
}
