// D21 串通: a provider and firms that live off each other. A provider under a year old with over 80 % of its invoiced
// revenue from vouchers, and firms that never buy from anybody else, found by peeling the weighted graph of firms and
// providers down to its densest part (Fraudar, Hooi et al. 2016, columns weighted 1/ln(degree + 5)); or many first-time
// applicants of one provider that share one template or one agent. A city with one platform concentrates by policy.
import { dayOf, daysBetween } from '../../calendar/index.ts'
import { checked, detector, ref, refs, type Clause } from '../detector.ts'
import { peel } from '../mathematics/peel.ts'
import type { Row } from '../world/tables.ts'
import { grouped, type WorldIndex } from '../world/world-index.ts'

const parameters = {
  leastFirms: 5,
  voucherRevenue: 0.8,
  youngDays: 365,
  exclusiveShare: 0.9,
  templateShare: 0.6,
  leastDensityRatio: 0.8,
  platformShare: 0.5,
} as const
type Limits = Readonly<Record<keyof typeof parameters, number>>

export const collusion = detector({
  id: 'D21',
  name: 'collusion',
  version: 1,
  reach: 'population',
  needs: ['contracts', 'applications', 'firms', 'vouchers', 'invoices'],
  parameters,
  weight: 0.7,
  decisive: [],
  detect(world, limits, report) {
    const supported = world.rows('contracts').filter((contract) => contract.voucher !== null)
    const byProvider = grouped(supported, (contract) => contract.provider)
    const dense = peel(supported.map((contract) => ({ row: contract.applicant, column: contract.provider })))
    for (const [provider, contracts] of byProvider) {
      const firms = [...new Set(contracts.map((contract) => contract.applicant))]
      if (firms.length < limits.leastFirms) continue
      const platform = contracts.length / supported.length > limits.platformShare
      const clauses = [
        ...templates(world, firms, limits),
        ...youngProvider(world, provider, contracts, limits),
        ...exclusive(world, provider, contracts, limits),
      ]
      if (dense.columns.has(provider))
        clauses.push({
          code: 'densest_part',
          values: { density: dense.density },
          rows: refs('contracts', contracts),
        })
      const strong =
        clauses.some(({ code }) => code === 'one_template') ||
        clauses.some(({ code }) => code === 'young_provider')
      if (!strong || clauses.length < 2 || platform) continue
      report.suspect({
        subject: { table: 'firms', id: provider },
        firms: [provider, ...firms.filter((firm) => touched(clauses, world, firm))],
        severity: Math.min(1, 0.4 + 0.2 * clauses.length),
        clauses,
        innocent: [checked('single_platform_city', platform), checked('incubator_of_the_provider', false)],
        clears: ['visits_at_the_firms', 'customers_outside_the_programme'],
      })
    }
  },
})

/** First applications of the provider's firms on one template; the largest template only. */
function templates(world: WorldIndex, firms: readonly string[], limits: Limits): Clause[] {
  const applications = firms.flatMap((firm) => world.where('applications', 'firm', firm).slice(0, 1))
  const largest = [...grouped(applications, (application) => application.templateHash).values()].sort(
    (a, b) => b.length - a.length,
  )[0]
  if (largest === undefined || largest.length < limits.leastFirms) return []
  if (largest.length < limits.templateShare * firms.length) return []
  const elsewhere =
    world.where('applications', 'templateHash', largest[0]!.templateHash).length - largest.length
  // A template that the whole city uses says nothing about this provider.
  if (elsewhere > largest.length) return []
  return [
    {
      code: 'one_template',
      values: { applications: largest.length, elsewhere },
      rows: refs('applications', largest),
    },
  ]
}

function youngProvider(
  world: WorldIndex,
  provider: string,
  contracts: readonly Row<'contracts'>[],
  limits: Limits,
): Clause[] {
  const firm = world.find('firms', provider)
  const first = contracts.map((contract) => contract.signedOn).sort()[0]!
  if (firm === undefined || daysBetween(firm.registeredOn, first) >= limits.youngDays) return []
  const sold = world.where('invoices', 'seller', provider).filter((invoice) => invoice.redLetterOf === null)
  const total = sold.reduce((sum, invoice) => sum + invoice.amountFen, 0)
  const ids = new Set(contracts.map((contract) => contract.id))
  const ours = sold
    .filter((invoice) => invoice.contract !== null && ids.has(invoice.contract))
    .reduce((sum, invoice) => sum + invoice.amountFen, 0)
  if (total === 0 || ours / total <= limits.voucherRevenue) return []
  return [
    {
      code: 'young_provider',
      values: { share: ours / total, totalFen: total },
      rows: [ref('firms', firm), ...refs('invoices', sold)],
    },
  ]
}

function exclusive(
  world: WorldIndex,
  provider: string,
  contracts: readonly Row<'contracts'>[],
  limits: Limits,
): Clause[] {
  const firms = [...new Set(contracts.map((contract) => contract.applicant))]
  const bound = firms.filter((firm) =>
    world.where('contracts', 'applicant', firm).every((row) => row.provider === provider),
  )
  if (bound.length < limits.exclusiveShare * firms.length) return []
  const rows = refs(
    'contracts',
    contracts.filter((contract) => bound.includes(contract.applicant)),
  )
  return [{ code: 'firms_buy_nowhere_else', values: { firms: firms.length, bound: bound.length }, rows }]
}

/** A firm is only named where it carries one of the strong clauses: its application is on the template, or it is young. */
function touched(clauses: readonly Clause[], world: WorldIndex, firm: string): boolean {
  const template = clauses.find(({ code }) => code === 'one_template')
  const own = world.where('applications', 'firm', firm)
  if (template) return template.rows.some((row) => own.some((application) => application.id === row.id))
  const [first] = own
  const registered = world.find('firms', firm)?.registeredOn
  return (
    first !== undefined && registered !== undefined && daysBetween(registered, dayOf(first.handedInAt)) < 365
  )
}
