// D26 内控: a reviewer whose decisions stand outside what chance gives: an approval rate beyond the 99.8 % funnel limits,
// decisions faster than the fastest hundredth of all, overrides of the score beyond the limit, or approvals of firms the
// reviewer is tied to. For internal audit only.
import { checked, detector, refs, type Clause } from '../detector.ts'
import { quantile, sorted } from '../mathematics/robust.ts'
import type { Row } from '../world/tables.ts'
import { grouped, type WorldIndex } from '../world/world-index.ts'

const parameters = { leastDecisions: 20, limit: 3.09, fastPercentile: 0.05, leastFast: 0.3 } as const
type Limits = Readonly<Record<keyof typeof parameters, number>>

export const reviewer = detector({
  id: 'D26',
  name: 'reviewer',
  version: 1,
  reach: 'feeds',
  needs: ['decisions', 'applications', 'roles'],
  parameters,
  weight: 0.3,
  decisive: [],
  detect(world, limits, report) {
    const all = world.rows('decisions')
    const usual = FUNNELS.map(({ holds }) => shareOf(all, holds))
    const fast =
      all.length === 0 ? 0 : quantile(sorted(all.map((decision) => decision.minutes)), limits.fastPercentile)
    for (const [person, decisions] of grouped(all, (decision) => decision.reviewer)) {
      const clauses = [
        ...tied(world, person, decisions),
        ...(decisions.length >= limits.leastDecisions ? funnels(decisions, { usual, fast }, limits) : []),
      ]
      if (clauses.length === 0) continue
      report.suspect({
        subject: { table: 'decisions', id: decisions[0]!.id },
        firms: [],
        severity: Math.min(1, 0.4 + 0.2 * clauses.length),
        clauses,
        innocent: [
          checked(
            'assigned_easy_cases',
            clauses.every(({ code }) => code === 'approval_rate'),
          ),
        ],
        clears: ['second_review_of_a_sample'],
      })
    }
  },
})

const FUNNELS = [
  { code: 'approval_rate', holds: (row: Row<'decisions'>) => row.approved },
  { code: 'override_rate', holds: (row: Row<'decisions'>) => row.override },
  { code: 'missing_scores', holds: (row: Row<'decisions'>) => row.score === null },
] as const

function shareOf(rows: readonly Row<'decisions'>[], holds: (row: Row<'decisions'>) => boolean): number {
  return rows.filter(holds).length / rows.length
}

function funnels(
  own: readonly Row<'decisions'>[],
  { usual: ofAll, fast }: { readonly usual: readonly number[]; readonly fast: number },
  limits: Limits,
): Clause[] {
  const clauses: Clause[] = []
  for (const [place, { code, holds }] of FUNNELS.entries()) {
    const [usual, seen] = [ofAll[place]!, shareOf(own, holds)]
    const spread = Math.sqrt((usual * (1 - usual)) / own.length)
    const z = spread === 0 ? 0 : (seen - usual) / spread
    if (z > limits.limit)
      clauses.push({ code, values: { seen, usual, z }, rows: refs('decisions', own.filter(holds)) })
  }
  const quick = own.filter((row) => row.minutes <= fast && row.approved)
  if (quick.length >= limits.leastFast * own.length)
    clauses.push({
      code: 'approves_in_no_time',
      values: { share: quick.length / own.length, minutes: fast },
      rows: refs('decisions', quick),
    })
  return clauses
}

/** The reviewer holds a role in a firm whose application they approved. */
function tied(world: WorldIndex, person: string, decisions: readonly Row<'decisions'>[]): Clause[] {
  const roles = world.where('roles', 'holder', person)
  if (roles.length === 0) return []
  const firms = new Map(roles.map((role) => [role.firm, role]))
  const own = decisions.filter((decision) => {
    const firm = world.find('applications', decision.application)?.firm
    return decision.approved && firm !== undefined && firms.has(firm)
  })
  if (own.length === 0) return []
  const ties = own.map((decision) => firms.get(world.find('applications', decision.application)!.firm)!)
  return [
    {
      code: 'tied_to_applicant',
      values: { decisions: own.length },
      rows: [...refs('decisions', own), ...refs('roles', ties)],
    },
  ]
}
