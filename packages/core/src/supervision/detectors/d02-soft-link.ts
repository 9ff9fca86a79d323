// D02 同址/同号/同IP: buyer and provider, or two firms that both applied, share rarer contact data than chance explains.
// s = 1 − exp(−(L − τ)/τ) for the shared weight L and the chance threshold τ.
import { checked, detector } from '../detector.ts'
import { groupsOf, linkLimits, sharedSoftLinks } from '../relations/groups.ts'
import { softLinks } from '../relations/soft-links.ts'

const parameters = { ...linkLimits, leastKinds: 2 } as const

export const softLink = detector({
  id: 'D02',
  name: 'soft_link',
  version: 2,
  reach: 'firm',
  needs: ['firms', 'contacts', 'applications', 'contracts'],
  parameters,
  weight: 0.6,
  decisive: [],
  detect(world, limits, report) {
    const usual = Object.entries(linkLimits).every(
      ([name, value]) => limits[name as keyof typeof linkLimits] === value,
    )
    const { threshold, links } = usual ? sharedSoftLinks(world) : softLinks(world, limits)
    const declared = groupsOf(world, 'declared')
    const involved = (firm: string): boolean =>
      world.count('applications', 'firm', firm) > 0 || world.count('contracts', 'provider', firm) > 0
    for (const { left, right, weight, keys } of links) {
      const kinds = new Set(keys.map(({ kind }) => kind))
      if (!involved(left) || !involved(right) || kinds.size < limits.leastKinds) continue
      const [first, second] = [world.find('firms', left)!, world.find('firms', right)!]
      // What a declared group shares is no secret: its own cap and its own contracts are D01's and D10's to judge.
      if (first.declaredGroup !== null && first.declaredGroup === second.declaredGroup) continue
      report.suspect({
        subject: { table: 'firms', id: left },
        firms: [left, right],
        severity: 1 - Math.exp(-(weight - threshold) / threshold),
        clauses: keys.map(({ kind, sharers, rows }) => ({
          code: `shared_${kind}`,
          values: { sharers, weight, threshold },
          rows,
        })),
        innocent: [
          checked('same_agent', first.agent === null ? undefined : first.agent === second.agent),
          checked('related_by_register', declared.together(left, right)),
        ],
        clears: ['lease_contracts', 'agent_confirmation', 'different_persons_in_charge'],
      })
    }
  },
})
