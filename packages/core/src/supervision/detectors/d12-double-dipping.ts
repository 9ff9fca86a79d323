// D12 重复享受: the same contract, or the same service over the same days, is supported by another programme too, where
// the programme bars it or the rates together exceed its limit (从优不重复, 就高). Deterministic where the contract is the
// same by its number and the rate is the one that was paid. Other support of the same provider over the same days under
// another number, or a rate known only by its ceiling, is for people.
import { checked, detector, ref, type Clause } from '../detector.ts'
import { contractsAsked } from '../world/asked.ts'
import type { Row } from '../world/tables.ts'
import type { WorldIndex } from '../world/world-index.ts'

const parameters = { rateTolerance: 0.0001 } as const

export const doubleDipping = detector({
  id: 'D12',
  name: 'double_dipping',
  version: 2,
  reach: 'firm',
  needs: ['contracts', 'grants', 'programmes'],
  parameters,
  weight: 0.95,
  decisive: ['stacking_barred', 'rate_exceeded'],
  detect(world, limits, report) {
    for (const contract of contractsAsked(world)) {
      const programme = world.find('programmes', contract.programme)
      if (programme === undefined) {
        if (contract.programme !== null) report.undecided(ref('contracts', contract), 'programme')
        continue
      }
      const others = world
        .where('grants', 'firm', contract.applicant)
        .filter(
          (grant) =>
            grant.programme !== contract.programme &&
            (sameNumber(contract, grant) || sameDays(world, contract, grant)),
        )
      if (others.length === 0) continue
      const paid = paidRate(world, contract)
      const rate = others.reduce((sum, grant) => sum + grant.rate, paid ?? programme.maximumRate)
      const limit = programme.totalRateLimit
      const exceeded = limit !== null && rate > limit + limits.rateTolerance
      if (!programme.stackingBarred && !exceeded) continue
      const proven = others.every((grant) => sameNumber(contract, grant))
      const clause = (grant: Row<'grants'>): Clause => {
        const values = { rate, other: grant.programme }
        const rows = [ref('contracts', contract), ref('programmes', programme), ref('grants', grant)]
        if (!sameNumber(contract, grant)) return { code: 'same_provider_and_days', values, rows }
        if (programme.stackingBarred) return { code: 'stacking_barred', values, rows }
        return proven && paid !== undefined
          ? { code: 'rate_exceeded', values, rows }
          : { code: 'rate_may_be_exceeded', values, rows }
      }
      const clauses = others.map(clause)
      report.suspect({
        subject: ref('contracts', contract),
        firms: [contract.applicant],
        severity: clauses.some(({ code }) => code !== 'same_provider_and_days') ? 1 : 0.7,
        clauses,
        innocent: [
          checked('other_part_of_the_contract', contract.excludedFen > 0 ? true : undefined),
          checked('another_contract_with_the_provider', proven ? false : undefined),
        ],
        clears: ['repayment_of_the_other_grant', 'split_of_the_expense'],
      })
    }
  },
})

function sameNumber(contract: Row<'contracts'>, grant: Row<'grants'>): boolean {
  return grant.contractNumber === contract.number
}

/** The same service by provider and days; not where the number is that of another contract of the firm. */
function sameDays(world: WorldIndex, contract: Row<'contracts'>, grant: Row<'grants'>): boolean {
  const others = world.where('contracts', 'number', grant.contractNumber)
  if (others.some(({ id, applicant }) => id !== contract.id && applicant === contract.applicant)) return false
  return (
    grant.provider === contract.provider &&
    grant.startsOn < contract.endsOn &&
    contract.startsOn < grant.endsOn
  )
}

/** What the vouchers paid of the expense so far; undefined before the first redemption. */
function paidRate(world: WorldIndex, contract: Row<'contracts'>): number | undefined {
  const redemptions = world.where('redemptions', 'contract', contract.id)
  const expenseFen = redemptions.reduce((sum, redemption) => sum + redemption.expenseFen, 0)
  if (expenseFen <= 0) return undefined
  return redemptions.reduce((sum, redemption) => sum + redemption.subsidyFen, 0) / expenseFen
}
