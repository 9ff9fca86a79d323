// Which contracts bind: signed, take-or-pay, with somebody who is neither affiliated nor the operator itself. A
// framework agreement binds only where the applicant has undertaken in writing that it will be signed as one; it then
// comes back as a condition of the approval.
import { LEAST_OFFTAKE_SHARE, OFFTAKE_YEARS } from './benchmarks.ts'
import type { OfftakeContract, Proposal } from './proposal.ts'
import { yuan } from './readings.ts'
import type { SignedContract } from './simulation.ts'

function bindingContracts(proposal: Proposal): readonly OfftakeContract[] | undefined {
  const offtake = proposal.demand.offtake
  if (!offtake) return undefined
  const undertaken = proposal.sources[offtake.source]!.kind === 'undertaking'
  return contractsOf(proposal).filter((contract) => undertaken || contract.form === 'contract')
}

/** Frameworks included. */
function contractsOf(proposal: Proposal): readonly OfftakeContract[] {
  const operator = proposal.capability.operator?.value.name.trim()
  return (proposal.demand.offtake?.value ?? []).filter(
    ({ signed, takeOrPay, affiliated, buyer }) =>
      signed && takeOrPay && !affiliated && buyer.trim() !== operator,
  )
}

/** Mean share of the first years that binding contracts take; undefined while offtake is not known. */
export function boundShare(proposal: Proposal): number | undefined {
  const contracts = bindingContracts(proposal)
  return contracts && shareOf(contracts)
}

/** The same, were every framework agreement signed as the contract it is read as. */
export function shareWithFrameworks(proposal: Proposal): number {
  return shareOf(contractsOf(proposal))
}

function shareOf(contracts: readonly OfftakeContract[]): number {
  let sum = 0
  for (const contract of contracts) {
    const years = Math.min(OFFTAKE_YEARS, contract.toYear) - contract.fromYear + 1
    sum += contract.share * Math.max(0, years)
  }
  return sum / OFFTAKE_YEARS
}

/** Contracts count only when they bind half of the first two years; else the prior without offtake stands. */
export function countedContracts(proposal: Proposal, fullRevenueYuan: number): SignedContract[] {
  const contracts = bindingContracts(proposal)
  if (!contracts || shareOf(contracts) < LEAST_OFFTAKE_SHARE - 1e-9 || fullRevenueYuan === 0) return []
  return contracts
    .filter((contract) => contract.share > 0)
    .map((contract) => ({
      share: contract.share,
      fromYear: contract.fromYear,
      toYear: contract.toYear,
      priceMultiple: yuan(contract.perYear)! / contract.share / fullRevenueYuan,
    }))
}
