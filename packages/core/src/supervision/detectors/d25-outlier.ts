// D25 孤立森林: firms unlike the others in many small ways at once. It orders the audit sample and is never a reason by
// itself; each finding names the features in which the firm stands furthest from the median.
import { seededRandom } from '../../index.ts'
import { dayOf, daysBetween } from '../../calendar/index.ts'
import { checked, detector, refs } from '../detector.ts'
import { isolationScores } from '../mathematics/isolation-forest.ts'
import { median, robustSpread } from '../mathematics/robust.ts'
import type { WorldIndex } from '../world/world-index.ts'

const parameters = { leastFirms: 50, trees: 100, samples: 256, topShare: 0.01, leastScore: 0.6 } as const

export const outlier = detector({
  id: 'D25',
  name: 'outlier',
  version: 2,
  reach: 'population',
  needs: ['firms', 'applications', 'contracts'],
  parameters,
  weight: 0.05,
  decisive: [],
  detect(world, limits, report) {
    // In order of their ids: the forest draws by place, and the order of a file is nobody's trait.
    const ids = [...new Set(world.rows('contracts').map((contract) => contract.applicant))]
      .filter((id) => world.find('firms', id) !== undefined)
      .sort()
    if (ids.length < limits.leastFirms) return
    const rows = withoutUnknown(ids.map((id) => featuresOf(world, id)))
    const scores = isolationScores(rows, seededRandom('supervision/outlier'), limits)
    const centres = FEATURES.map((_, feature) => median(rows.map((row) => row[feature]!)))
    const spreads = FEATURES.map((_, feature) => robustSpread(rows.map((row) => row[feature]!)) || 1)
    const order = Array.from(ids.keys()).sort((a, b) => scores[b]! - scores[a]! || a - b)
    for (const place of order.slice(0, Math.ceil(limits.topShare * ids.length))) {
      if (scores[place]! < limits.leastScore) break
      const distances = FEATURES.map((name, feature) => ({
        name,
        distance: (rows[place]![feature]! - centres[feature]!) / spreads[feature]!,
      })).sort((a, b) => Math.abs(b.distance) - Math.abs(a.distance))
      report.suspect({
        subject: { table: 'firms', id: ids[place]! },
        firms: [ids[place]!],
        severity: scores[place]!,
        clauses: distances.slice(0, 3).map(({ name, distance }) => ({
          code: `unlike_in_${name}`,
          values: { distance, score: scores[place]! },
          rows: [
            { table: 'firms' as const, id: ids[place]! },
            ...refs('contracts', world.where('contracts', 'applicant', ids[place]!)),
          ],
        })),
        innocent: [checked('unusual_and_honest', true)],
        clears: ['random_audit'],
      })
    }
  },
})

const FEATURES = [
  'age',
  'staff',
  'capital',
  'revenue',
  'contracts',
  'amount',
  'price',
  'card_hours',
  'providers',
  'excluded',
  'applications',
  'largest_share',
] as const

function featuresOf(world: WorldIndex, id: string): Float64Array {
  const firm = world.find('firms', id)!
  const contracts = world.where('contracts', 'applicant', id)
  const applications = world.where('applications', 'firm', id)
  const amount = contracts.reduce((sum, contract) => sum + contract.amountFen, 0)
  const hours = contracts.reduce((sum, contract) => sum + contract.cardHours, 0)
  const first = applications[0]
  const log = (value: number | null): number => (value === null ? NaN : Math.log1p(Math.max(0, value)))
  return Float64Array.of(
    first === undefined ? NaN : log(daysBetween(firm.registeredOn, dayOf(first.handedInAt))),
    log(firm.insuredStaff),
    log(firm.paidInFen),
    log(firm.lastYearRevenueFen),
    contracts.length,
    log(amount),
    log(hours === 0 ? 0 : amount / hours),
    log(hours),
    new Set(contracts.map((contract) => contract.provider)).size,
    contracts.reduce((sum, contract) => sum + contract.excludedFen, 0) / Math.max(amount, 1),
    applications.length,
    contracts.reduce((most, contract) => Math.max(most, contract.amountFen), 0) / Math.max(amount, 1),
  )
}

/** What is unknown of a firm is put at the median of those who are known: nobody is unlike the others by it. */
function withoutUnknown(rows: readonly Float64Array[]): Float64Array[] {
  const middle = FEATURES.map((_, feature) => {
    const known = rows.map((row) => row[feature]!).filter((value) => !Number.isNaN(value))
    return known.length === 0 ? 0 : median(known)
  })
  return rows.map((row) => row.map((value, feature) => (Number.isNaN(value) ? middle[feature]! : value)))
}
