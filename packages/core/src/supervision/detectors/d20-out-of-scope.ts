// D20 超范围: more than a tenth of the card-hours is work that the programme does not support; the centre lies outside the
// region of the programme; lines that it excludes (storage, network, security) stand in the expense that was redeemed.
import { checked, detector, ref, refs, type Clause } from '../detector.ts'
import { contractsAsked } from '../world/asked.ts'
import type { Row } from '../world/tables.ts'
import type { WorldIndex } from '../world/world-index.ts'

const parameters = { mostOutside: 0.1, tolerance: 0.01 } as const

export const outOfScope = detector({
  id: 'D20',
  name: 'out_of_scope',
  version: 1,
  reach: 'firm',
  needs: ['contracts', 'programmes', 'usage', 'redemptions'],
  parameters,
  weight: 0.4,
  decisive: [],
  detect(world, limits, report) {
    for (const contract of contractsAsked(world)) {
      const programme = world.find('programmes', contract.programme)
      if (programme === undefined) continue
      const clauses: Clause[] = [...work(world, contract, programme, limits.mostOutside)]
      if (programme.region !== null && contract.region !== programme.region)
        clauses.push({
          code: 'outside_region',
          values: { region: contract.region },
          rows: [ref('contracts', contract), ref('programmes', programme)],
        })
      for (const redemption of world.where('redemptions', 'contract', contract.id)) {
        const supportable = contract.amountFen - contract.excludedFen
        if (contract.excludedFen > 0 && redemption.expenseFen > (1 + limits.tolerance) * supportable)
          clauses.push({
            code: 'excluded_lines_in_base',
            values: { excludedFen: contract.excludedFen, expenseFen: redemption.expenseFen },
            rows: [ref('contracts', contract), ref('redemptions', redemption)],
          })
      }
      if (clauses.length === 0) continue
      report.suspect({
        subject: ref('contracts', contract),
        firms: [contract.applicant],
        severity: 0.7,
        clauses,
        innocent: [
          checked(
            'class_misread',
            clauses.every(({ code }) => code === 'outside_purpose'),
          ),
        ],
        clears: ['description_of_the_work', 'split_of_the_lines'],
      })
    }
  },
})

function work(
  world: WorldIndex,
  contract: Row<'contracts'>,
  programme: Row<'programmes'>,
  most: number,
): Clause[] {
  if (programme.purposes === null) return []
  const purposes = new Set(programme.purposes.split(' '))
  const known = world.where('usage', 'contract', contract.id).filter((usage) => usage.observedClass !== null)
  const hours = known.reduce((sum, usage) => sum + usage.cardHours, 0)
  const outside = known.filter((usage) => !purposes.has(usage.observedClass!))
  const share = hours === 0 ? 0 : outside.reduce((sum, usage) => sum + usage.cardHours, 0) / hours
  if (share <= most) return []
  return [{ code: 'outside_purpose', values: { share }, rows: refs('usage', outside) }]
}
