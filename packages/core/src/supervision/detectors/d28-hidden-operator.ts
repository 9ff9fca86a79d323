// D28 隐蔽运营商链: between centre and firm stand operators that nobody disclosed, or a chain of three and more, or an
// operator that is related to the buyer although the provider on paper is not.
import { checked, detector, ref, refs, type Clause } from '../detector.ts'
import { groupsOf } from '../relations/groups.ts'
import { operatorsAsked } from '../world/asked.ts'
import { grouped } from '../world/world-index.ts'

const parameters = { mostHops: 2 } as const

export const hiddenOperator = detector({
  id: 'D28',
  name: 'hidden_operator',
  version: 1,
  reach: 'firm',
  needs: ['contracts', 'operators', 'firms', 'roles'],
  parameters,
  weight: 0.5,
  decisive: [],
  detect(world, limits, report) {
    const groups = groupsOf(world)
    for (const [id, links] of grouped(operatorsAsked(world), (operator) => operator.contract)) {
      const contract = world.find('contracts', id)
      if (contract === undefined) continue
      const clauses: Clause[] = []
      const hidden = links.filter((link) => !link.disclosed)
      if (hidden.length > 0)
        clauses.push({
          code: 'undisclosed',
          values: { operators: hidden.length },
          rows: refs('operators', hidden),
        })
      if (links.length > limits.mostHops)
        clauses.push({ code: 'long_chain', values: { hops: links.length }, rows: refs('operators', links) })
      const own = links.filter((link) => groups.together(link.firm, contract.applicant))
      if (own.length > 0)
        clauses.push({
          code: 'operator_of_the_buyer',
          values: { operator: own[0]!.firm },
          rows: refs('operators', own),
        })
      if (clauses.length === 0) continue
      report.suspect({
        subject: ref('contracts', contract),
        firms: [contract.applicant, contract.provider, ...new Set(links.map((link) => link.firm))],
        severity: Math.min(1, 0.4 + 0.3 * clauses.length),
        clauses,
        innocent: [checked('disclosed_reseller', hidden.length === 0)],
        clears: ['chain_of_contracts'],
      })
    }
  },
})
