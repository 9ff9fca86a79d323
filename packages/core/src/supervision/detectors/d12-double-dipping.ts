// D12 重复享受: the same contract, or the same service over the same days, is supported by another programme too, where
// the programme bars it or the rates together exceed its limit (从优不重复, 就高). Deterministic.
import { checked, detector, ref } from '../detector.ts'
import { contractsAsked } from '../world/asked.ts'
import type { Row } from '../world/tables.ts'

const parameters = { rateTolerance: 0.0001 } as const

export const doubleDipping = detector({
  id: 'D12',
  name: 'double_dipping',
  version: 1,
  reach: 'firm',
  needs: ['contracts', 'grants', 'programmes'],
  parameters,
  weight: 0.95,
  decisive: ['stacking_barred', 'rate_exceeded'],
  detect(world, limits, report) {
    for (const contract of contractsAsked(world)) {
      const programme = world.find('programmes', contract.programme)
      if (programme === undefined) continue
      const others = world
        .where('grants', 'firm', contract.applicant)
        .filter((grant) => grant.programme !== contract.programme && sameThing(contract, grant))
      if (others.length === 0) continue
      const rate = others.reduce((sum, grant) => sum + grant.rate, programme.maximumRate)
      const limit = programme.totalRateLimit
      const exceeded = limit !== null && rate > limit + limits.rateTolerance
      if (!programme.stackingBarred && !exceeded) continue
      report.suspect({
        subject: ref('contracts', contract),
        firms: [contract.applicant],
        severity: 1,
        clauses: others.map((grant) => ({
          code: programme.stackingBarred ? 'stacking_barred' : 'rate_exceeded',
          values: { rate, other: grant.programme },
          rows: [ref('contracts', contract), ref('programmes', programme), ref('grants', grant)],
        })),
        innocent: [checked('other_part_of_the_contract', false)],
        clears: ['repayment_of_the_other_grant', 'split_of_the_expense'],
      })
    }
  },
})

function sameThing(contract: Row<'contracts'>, grant: Row<'grants'>): boolean {
  if (grant.contractNumber === contract.number) return true
  return (
    grant.provider === contract.provider &&
    grant.startsOn < contract.endsOn &&
    contract.startsOn < grant.endsOn
  )
}
