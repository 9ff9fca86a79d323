// The policy engine behind the simulation: one determination for each spend that is asked for, by the same code that
// decides in production. What a determination needs beyond class and spend is stated once and holds for every firm.
import type { Day } from '../../calendar/index.ts'
import { determine, type Facts, type Programme } from '../../policy/index.ts'
import { accept, refuse, type Decision } from '../../refusal.ts'
import type { FirmClass, SupportEvaluator } from './schedule.ts'

export interface SimulatedPolicy {
  /** adopted, or bare: a simulation decides nothing */
  readonly programme: Programme
  readonly award?: string
  readonly on?: Day
  /** facts that hold for every firm: that it is honest, that the contract is signed in time … */
  readonly common: Facts
  /** facts of a class: size, industry, region … */
  readonly factsOf: (firm: FirmClass) => Facts
  /** the fact that carries the spend, such as `contract.amount` */
  readonly spendFact: string
}

/**
 * The evaluator of a policy.
 * @param sample a class to try it on; a determination that stays unknown is refused here with what it still needs
 * @returns `evaluation.support_unknown`
 */
export function policyEvaluator(
  policy: SimulatedPolicy,
  sample: FirmClass,
): Decision<SupportEvaluator, 'evaluation.support_unknown'> {
  const found = determined(policy, sample, SAMPLE_FEN)
  if (!found.ok) return refuse('evaluation.support_unknown', { needed: [found.refusal.code] })
  if (found.value.ceilingFen === null)
    return refuse('evaluation.support_unknown', { needed: found.value.needed })
  return accept((firm, annualSpendFen) => {
    const result = determined(policy, firm, annualSpendFen)
    return result.ok ? result.value.ceilingFen : null
  })
}

/** A million yuan. */
const SAMPLE_FEN = 100_000_000n

function determined(
  policy: SimulatedPolicy,
  firm: FirmClass,
  spendFen: bigint,
): ReturnType<typeof determine> {
  const { programme, award, on, common, factsOf, spendFact } = policy
  return determine(programme, {
    facts: { ...common, ...factsOf(firm), [spendFact]: spendFen },
    balances: {},
    ...(award === undefined ? {} : { award }),
    ...(on === undefined ? {} : { on }),
  })
}
