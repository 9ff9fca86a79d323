// Where support follows the use, an application brings its own proofs: they are matched as those of a claim are, and the
// determination reads what was settled. Until it is submitted its contract is not registered, and only the papers are
// looked at: nobody reads the metered use of an account by typing its name.
import type { Decision } from '@suanquan/core'
import type { Day } from '@suanquan/core/calendar'
import type { Facts } from '@suanquan/core/policy'
import {
  settle,
  settledFee,
  type ClaimEvidence,
  type Leg,
  type SettledFee,
  type Settlement,
  type SettlementRefusal,
} from '@suanquan/core/settlement'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { evidenceOf, loadContract, papersOf } from '../metering/index.ts'
import { legsOf, revive, type InForce } from '../policy/index.ts'
import type { Draft } from './draft.ts'
import type { Parties } from './load.ts'

export interface Proof {
  readonly evidence: ClaimEvidence
  readonly settlement: Settlement
  readonly fee: SettledFee
}

export interface ProofInput extends Parties {
  readonly inForce: InForce
  readonly draft: Draft
  readonly application: { readonly id: string; readonly contract_id: string | null }
  readonly submittedOn: Day
}

/** Null where proofs come with a claim, or are not there yet. */
export async function proofOf(
  db: Kysely<Tables>,
  input: ProofInput,
): Promise<Decision<Proof | null, SettlementRefusal>> {
  const { inForce, draft } = input
  const { invoices = [], payments = [] } = draft.proofs ?? {}
  const nothing = { ok: true, value: null } as const
  const { provesWith } = inForce.way
  if (provesWith === 'claim') return nothing
  if (provesWith === 'application' && (invoices.length === 0 || payments.length === 0)) return nothing
  const evidence = await evidenceFor(db, input, { invoices, payments })
  if (evidence === null) return nothing
  const settled = settle(evidence)
  if (!settled.ok) return settled
  return { ok: true, value: { evidence, settlement: settled.value, fee: settledFee(settled.value) } }
}

/** The match that the last decision on an application was made on. */
export async function decidedProof(db: Kysely<Tables>, applicationId: string): Promise<Settlement> {
  const { result } = await db
    .selectFrom('decision')
    .select('result')
    .where('object_id', '=', applicationId)
    .where('kind', '=', 'review')
    .orderBy('decided_at', 'desc')
    .executeTakeFirstOrThrow()
  return revive((result as unknown as { readonly settlement: Settlement }).settlement)
}

/** The facts that a match settles; replay reckons them again. */
export function settledFacts({ settledFen, excludedFen }: SettledFee): Facts {
  return { 'contract.settled': settledFen, 'contract.excluded_settled': excludedFen }
}

/** Legs that rest on papers: where nobody applies, nobody has handed any in. */
const PAPERS: ReadonlySet<Leg> = new Set(['invoice', 'payment'])

async function evidenceFor(
  db: Kysely<Tables>,
  { inForce, application, draft, buyer, provider, submittedOn }: ProofInput,
  proofs: Parameters<typeof papersOf>[0],
): Promise<ClaimEvidence | null> {
  const legs = legsOf(inForce).filter((leg) => inForce.way.provesWith === 'application' || !PAPERS.has(leg))
  if (application.contract_id !== null) {
    const contract = await loadContract(db, application.contract_id)
    const period = { from: contract.starts_on, to: contract.ends_on }
    return evidenceOf(db, {
      legs,
      contract,
      period,
      claimedOn: submittedOn,
      deductedFen: 0n,
      proofs,
      except: application.id,
    })
  }
  const { number, amountFen, excludedFen = '0', signedOn, startsOn, endsOn } = draft.contract
  if (buyer === null || provider === null || !amountFen || !signedOn || !startsOn || !endsOn) return null
  return {
    legs: legs.filter((leg) => leg !== 'metered'),
    claimedOn: submittedOn,
    contract: {
      contractNo: number ?? '',
      buyer: buyer.credit_code,
      seller: provider.credit_code,
      amountFen: BigInt(amountFen),
      signedOn,
      termFrom: startsOn,
      termUntil: endsOn,
      prices: [],
      shard: null,
    },
    contractExcludedFen: BigInt(excludedFen),
    contractUsedFen: 0n,
    lines: [],
    meteredUsedFen: 0n,
    ...papersOf(proofs),
    deductedFen: 0n,
    askedFen: null,
  }
}
