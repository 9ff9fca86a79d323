// D04 空壳: a score of points, never a ground for rejection by itself, because genuine start-ups look alike. The points
// follow the documented cases (analysis of shell applicants in training and wage subsidies); s = logistic(points − 6).
import { dayOf, daysBetween } from '../../calendar/index.ts'
import { checked, detector, ref, refs, type Clause } from '../detector.ts'
import { quantile, sorted } from '../mathematics/robust.ts'
import type { Row } from '../world/tables.ts'
import { grouped, type WorldIndex } from '../world/world-index.ts'

const parameters = {
  youngDays: 180,
  revenueShare: 0.5,
  peerPercentile: 0.99,
  sameAddress: 5,
  sisters: 3,
  sisterDays: 7,
  staffGap: 0.5,
  centre: 6,
  alertPoints: 7,
} as const
type Limits = Readonly<Record<keyof typeof parameters, number>>

export const shell = detector({
  id: 'D04',
  name: 'shell',
  version: 1,
  reach: 'firm',
  needs: ['firms', 'applications', 'contracts'],
  parameters,
  weight: 0.35,
  decisive: [],
  detect(world, limits, report) {
    const { peerPercentile } = limits
    const peers = world.population(`contract per head ${peerPercentile}`, (all) => ({
      limit: peerLimit(all, peerPercentile),
    })).limit
    for (const [id, applications] of applicantsOf(world)) {
      const firm = world.find('firms', id)
      if (firm === undefined) continue
      const rows = { firm, application: applications, contracts: world.where('contracts', 'applicant', id) }
      const clauses = [
        ...young(rows, limits),
        ...size(rows, limits, peers),
        ...surroundings(world, rows, limits),
      ]
      const points = clauses.reduce((sum, { values }) => sum + Number(values['points']), 0)
      if (points < limits.alertPoints) continue
      report.suspect({
        subject: ref('firms', firm),
        firms: [id],
        severity: 1 / (1 + Math.exp(limits.centre - points)),
        clauses,
        innocent: [
          checked('genuine_start_up', world.has('usage') ? usesIt(world, rows.contracts) : undefined),
          checked('sources_missing', firm.insuredStaff === null || firm.paidInFen === null),
        ],
        clears: ['site_visit', 'social_insurance_extract', 'pilot_sized_voucher'],
      })
    }
  },
})

interface Applicant {
  readonly firm: Row<'firms'>
  readonly application: Row<'applications'>
  readonly contracts: readonly Row<'contracts'>[]
}

function applicantsOf(world: WorldIndex): Iterable<[string, Row<'applications'>]> {
  if (world.focus === undefined) return firstApplications(world)
  const [first, ...others] = world.where('applications', 'firm', world.focus)
  if (first === undefined) return []
  return [[world.focus, others.reduce((a, b) => (b.handedInAt < a.handedInAt ? b : a), first)]]
}

function firstApplications(world: WorldIndex): Map<string, Row<'applications'>> {
  return world.once('first applications', () => {
    const first = new Map<string, Row<'applications'>>()
    for (const application of world.rows('applications')) {
      const known = first.get(application.firm)
      if (known === undefined || application.handedInAt < known.handedInAt)
        first.set(application.firm, application)
    }
    return first
  })
}

function young({ firm, application }: Applicant, limits: Limits): Clause[] {
  const days = daysBetween(firm.registeredOn, dayOf(application.handedInAt))
  if (days >= limits.youngDays) return []
  const rows = [ref('firms', firm), ref('applications', application)]
  return [{ code: 'young', values: { days, points: 2 }, rows }]
}

function size({ firm, contracts }: Applicant, limits: Limits, peers: number | undefined): Clause[] {
  const clauses: Clause[] = []
  const [self, staff] = [[ref('firms', firm)], firm.insuredStaff]
  const amountFen = contracts.reduce((sum, contract) => sum + contract.amountFen, 0)
  const rows = [...self, ...refs('contracts', contracts)]
  if (firm.paidInFen === 0) clauses.push({ code: 'no_paid_in_capital', values: { points: 1 }, rows: self })
  if (staff !== null && staff <= 1)
    clauses.push({ code: 'no_staff', values: { staff, points: 2 }, rows: self })
  if (firm.lastYearRevenueFen !== null && amountFen > limits.revenueShare * firm.lastYearRevenueFen)
    clauses.push({
      code: 'contract_exceeds_revenue',
      values: { amountFen, revenueFen: firm.lastYearRevenueFen, points: 2 },
      rows,
    })
  if (peers !== undefined && staff !== null && amountFen / Math.max(staff, 1) > peers)
    clauses.push({ code: 'contract_per_head', values: { amountFen, staff, peers, points: 2 }, rows })
  const declared = firm.declaredStaff
  if (
    declared !== null &&
    staff !== null &&
    declared > 0 &&
    Math.abs(declared - staff) / declared > limits.staffGap
  )
    clauses.push({ code: 'staff_contradicted', values: { declared, insured: staff, points: 2 }, rows: self })
  return clauses
}

function surroundings(world: WorldIndex, { firm }: Applicant, limits: Limits): Clause[] {
  const clauses: Clause[] = []
  const self = [ref('firms', firm)]
  const neighbours = applicantsAt(world, firm.addressHash)
  if (neighbours > limits.sameAddress)
    clauses.push({ code: 'shared_address', values: { applicants: neighbours, points: 1 }, rows: self })
  if (firm.hasSite === false) clauses.push({ code: 'no_site', values: { points: 1 }, rows: self })
  const sisters = world
    .where('firms', 'agent', firm.agent)
    .filter(
      (other) =>
        other.id !== firm.id &&
        Math.abs(daysBetween(other.registeredOn, firm.registeredOn)) <= limits.sisterDays,
    )
  if (sisters.length >= limits.sisters)
    clauses.push({
      code: 'sisters_of_one_agent',
      values: { sisters: sisters.length, points: 2 },
      rows: refs('firms', [firm, ...sisters]),
    })
  return clauses
}

function peerLimit(world: WorldIndex, percentile: number): number | undefined {
  const byFirm = grouped(world.rows('contracts'), (contract) => contract.applicant)
  const perHead: number[] = []
  for (const [id, contracts] of byFirm) {
    const staff = world.find('firms', id)?.insuredStaff
    if (staff === undefined || staff === null) continue
    perHead.push(contracts.reduce((sum, contract) => sum + contract.amountFen, 0) / Math.max(staff, 1))
  }
  return perHead.length < 20 ? undefined : quantile(sorted(perHead), percentile)
}

/** Firms at an address that applied. */
function applicantsAt(world: WorldIndex, address: string | null): number {
  if (!address) return 0
  const at = world.base ?? world
  const below = at.once(`applicants at ${address}`, () => applied(at, address))
  const isNew = world.base !== undefined && world.base.count('applications', 'firm', world.focus!) === 0
  const here = world.find('firms', world.focus ?? null)?.addressHash === address
  return below + (isNew && here && world.count('applications', 'firm', world.focus!) > 0 ? 1 : 0)
}

function applied(world: WorldIndex, address: string): number {
  return world
    .where('firms', 'addressHash', address)
    .filter(({ id }) => world.count('applications', 'firm', id) > 0).length
}

function usesIt(world: WorldIndex, contracts: readonly Row<'contracts'>[]): boolean {
  return contracts.some((contract) => world.count('usage', 'contract', contract.id) > 0)
}
