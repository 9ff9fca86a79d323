// D09 压线: amounts that crowd just below a cap or threshold. A firm: at least two contracts in [0.98 K, K). The whole
// population is compared with a smooth density beside the limit (`bunchingAt`); a kink in the rule makes bunching legal,
// so a firm's is only weighed when the population shows more mass than the smooth density, and never alone.
import { checked, detector, refs } from '../detector.ts'
import { bunchingAt } from '../mathematics/bunching.ts'
import { contractsAsked } from '../world/asked.ts'
import { grouped } from '../world/world-index.ts'

const parameters = { window: 0.02, leastContracts: 2, bins: 20, leastExcess: 1.5 } as const

export const bunching = detector({
  id: 'D09',
  name: 'bunching',
  version: 1,
  reach: 'firm',
  needs: ['contracts', 'programmes'],
  parameters,
  weight: 0.15,
  decisive: [],
  detect(world, limits, report) {
    for (const programme of world.rows('programmes')) {
      const limit = programme.thresholdFen
      if (limit === null) continue
      const options = { limit, width: limits.window * limit, bins: limits.bins }
      const population = world.population(`bunching ${programme.id} ${JSON.stringify(options)}`, (all) =>
        bunchingAt(
          all.where('contracts', 'programme', programme.id).map((contract) => contract.amountFen),
          options,
        ),
      )
      const below = contractsAsked(world).filter(
        ({ programme: own, amountFen }) =>
          own === programme.id && amountFen >= (1 - limits.window) * limit && amountFen < limit,
      )
      for (const [firm, own] of grouped(below, (contract) => contract.applicant)) {
        if (own.length < limits.leastContracts || population.ratio < limits.leastExcess) continue
        report.suspect({
          subject: { table: 'firms', id: firm },
          firms: [firm],
          severity: Math.min(1, own.length / 5),
          clauses: [
            {
              code: 'below_threshold',
              values: {
                thresholdFen: limit,
                contracts: own.length,
                expected: population.expected,
                seen: population.seen,
              },
              rows: refs('contracts', own),
            },
          ],
          innocent: [checked('legal_bunching', population.ratio < 2 * limits.leastExcess)],
          clears: ['quotations', 'separate_acceptances'],
        })
      }
    }
  },
})
