// Where a fund's money went, from its postings alone: what the treasury gave, and what became of every fen of it. Nothing
// is counted twice: what came back to the pool and was granted once more is a second source. So always
//   appropriated + granted again = never granted + what every group was granted, by its fate.
import { actOf, type AccountCode, type PostingCode, type Uuid } from '../ledger/index.ts'
import type { Fen } from '../money/index.ts'

export interface FlowAccount {
  readonly id: Uuid
  readonly code: AccountCode
  /** the number of the voucher or the claim */
  readonly reference: string
}

/** All postings between two accounts under one code, as of some moment. */
export interface FlowSum {
  readonly debit: FlowAccount
  readonly credit: FlowAccount
  readonly code: PostingCode
  readonly posted: Fen
  /** reserved, neither settled nor released */
  readonly pending: Fen
}

/** What became of the money granted to one group of vouchers and payables. */
export interface GrantedFates {
  readonly reservedFen: Fen
  readonly heldFen: Fen
  readonly owedFen: Fen
  readonly paidFen: Fen
  readonly returnedFen: Fen
}

export interface MoneyFlow {
  /** given by the treasury, less what was withdrawn, lapsed at the end of a year or was set aside for management */
  readonly appropriatedFen: Fen
  /** never granted: in the appropriation or the pool, or advanced to a provider */
  readonly ungrantedFen: Fen
  /** came back to the pool and was granted again */
  readonly regrantedFen: Fen
  /** of what was paid: demanded back, not yet recovered */
  readonly demandedFen: Fen
  /** of what was paid: recovered to the treasury */
  readonly recoveredFen: Fen
  readonly groups: ReadonlyMap<string, GrantedFates>
}

type Fate = keyof GrantedFates
type Side = 'debit' | 'credit'

/** What a posted amount does to the group of the account on a side. */
const MOVES: Partial<Record<PostingCode, readonly (readonly [Side, Fate, 1n | -1n])[]>> = {
  issue: [['credit', 'heldFen', 1n]],
  award: [['credit', 'owedFen', 1n]],
  redeem: [
    ['debit', 'heldFen', -1n],
    ['credit', 'owedFen', 1n],
  ],
  unredeem: [
    ['debit', 'owedFen', -1n],
    ['credit', 'heldFen', 1n],
  ],
  unaward: [
    ['debit', 'owedFen', -1n],
    ['debit', 'returnedFen', 1n],
  ],
  expire: returning(),
  revoke: returning(),
  give_up: returning(),
  pay: [
    ['debit', 'owedFen', -1n],
    ['debit', 'paidFen', 1n],
  ],
  bounce: [
    ['credit', 'owedFen', 1n],
    ['credit', 'paidFen', -1n],
  ],
}

function returning(): readonly (readonly [Side, Fate, 1n | -1n])[] {
  return [
    ['debit', 'heldFen', -1n],
    ['debit', 'returnedFen', 1n],
  ]
}

const NOTHING: GrantedFates = { reservedFen: 0n, heldFen: 0n, owedFen: 0n, paidFen: 0n, returnedFen: 0n }

/**
 * @param sums of the whole fund as of one moment; those of caps and quotas change nothing
 * @param groupOf the group that a voucher or payable account counts under
 */
export function moneyFlow(sums: Iterable<FlowSum>, groupOf: (account: FlowAccount) => string): MoneyFlow {
  const groups = new Map<string, GrantedFates>()
  const add = (account: FlowAccount, fate: Fate, fen: Fen): void => {
    const key = groupOf(account)
    const before = groups.get(key) ?? NOTHING
    groups.set(key, { ...before, [fate]: before[fate] + fen })
  }
  const posted = new Map<PostingCode, Fen>()
  let given = 0n
  for (const sum of sums) {
    const act = actOf(sum.code)
    posted.set(act, (posted.get(act) ?? 0n) + sum.posted)
    given += givenBy({ ...sum, code: act })
    for (const [side, fate, sign] of MOVES[act] ?? []) add(sum[side], fate, sign * sum.posted)
    if (act === 'issue' || act === 'award') add(sum.credit, 'reservedFen', sum.pending)
  }
  const of = (code: PostingCode): Fen => posted.get(code) ?? 0n
  const granted = [...groups.values()].reduce((total, fates) => total + grantedTo(fates), 0n)
  const rest = given - granted
  return {
    appropriatedFen: given,
    ungrantedFen: rest > 0n ? rest : 0n,
    regrantedFen: rest < 0n ? -rest : 0n,
    demandedFen: of('claw_back') - of('cancel_clawback') - of('recover') + of('unrecover'),
    recoveredFen: of('recover') - of('unrecover'),
    groups,
  }
}

/** What a posting adds to the money that programmes can grant, or takes from it. */
function givenBy({ code, debit, posted }: FlowSum): Fen {
  if (code === 'appropriate' || code === 'put_back') return posted
  if (code === 'withdraw' || code === 'set_aside') return -posted
  return code === 'lapse' && debit.code !== 'management' ? -posted : 0n
}

function grantedTo(fates: GrantedFates): Fen {
  return fates.reservedFen + fates.heldFen + fates.owedFen + fates.paidFen + fates.returnedFen
}
