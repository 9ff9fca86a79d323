// D19 倒卖券、转租算力: somebody else redeems a voucher; somebody who is no provider pays the holder 50 to 95 % of its face
// within 30 days of issue without an invoice; the holder invoices others for compute; other firms' tenants run on it.
import { startOf } from '../../calendar/index.ts'
import { checked, detector, ref, refs, type Clause } from '../detector.ts'
import { groupsOf } from '../relations/groups.ts'
import { firstAfter, moneyOf, type Flows } from '../relations/money.ts'
import { vouchersAsked } from '../world/asked.ts'
import type { Row } from '../world/tables.ts'
import type { WorldIndex } from '../world/world-index.ts'

const DAY_MS = 86_400_000
const parameters = { leastShare: 0.5, mostShare: 0.95, withinDays: 30 } as const
type Limits = Readonly<Record<keyof typeof parameters, number>>

export const resale = detector({
  id: 'D19',
  name: 'resale',
  version: 1,
  reach: 'firm',
  needs: [
    'vouchers',
    'redemptions',
    'contracts',
    'payments',
    'accounts',
    'invoices',
    'usage',
    'firms',
    'roles',
  ],
  parameters,
  weight: 0.75,
  decisive: [],
  detect(world, limits, report) {
    for (const voucher of vouchersAsked(world)) {
      const contracts = world.where('contracts', 'voucher', voucher.id)
      const clauses = [
        ...redeemedByAnother(world, voucher),
        ...sold(world, voucher, contracts, limits),
        ...sublet(world, voucher, contracts),
      ]
      if (clauses.length === 0) continue
      report.suspect({
        subject: ref('vouchers', voucher),
        firms: [voucher.firm],
        severity: Math.min(1, 0.7 + 0.15 * (clauses.length - 1)),
        clauses,
        innocent: [checked('group_member', false), checked('trade_with_invoice', false)],
        clears: ['invoice_of_the_payment', 'list_of_users'],
      })
    }
  },
})

function redeemedByAnother(world: WorldIndex, voucher: Row<'vouchers'>): Clause[] {
  const others = world
    .where('redemptions', 'voucher', voucher.id)
    .filter(({ redeemer }) => redeemer !== voucher.firm)
  if (others.length === 0) return []
  return [
    {
      code: 'redeemed_by_another',
      values: { redeemer: others[0]!.redeemer },
      rows: [ref('vouchers', voucher), ...refs('redemptions', others)],
    },
  ]
}

function sold(
  world: WorldIndex,
  voucher: Row<'vouchers'>,
  contracts: readonly Row<'contracts'>[],
  limits: Limits,
): Clause[] {
  const groups = groupsOf(world)
  const after = startOf(voucher.issuedOn)
  const flows = moneyOf(world).into(voucher.firm)
  const providers = new Set(contracts.map((contract) => contract.provider))
  for (let at = firstAfter(flows, after); at < flows.length; at++) {
    if (flows.momentAt(at) > after + limits.withinDays * DAY_MS) break
    const share = flows.amountAt(at) / voucher.faceFen
    if (share < limits.leastShare || share > limits.mostShare) continue
    const flow = flows.flowAt(at)
    if (providers.has(flow.from)) continue
    if (groups.together(flow.from, voucher.firm) || world.find('firms', flow.from) === undefined) continue
    const invoiced = world
      .where('invoices', 'seller', voucher.firm)
      .some((invoice) => invoice.buyer === flow.from)
    // A customer pays again and again; a buyer of vouchers pays once.
    if (invoiced || timesFrom(flows, flows.fromAt(at)) > 1 || !usedByAnother(world, voucher, contracts))
      continue
    return [
      {
        code: 'paid_for_voucher',
        values: { share, payer: flow.from },
        rows: [ref('vouchers', voucher), ref('payments', flow.payment)],
      },
    ]
  }
  return []
}

function timesFrom(flows: Flows, payer: number): number {
  let times = 0
  for (let at = 0; at < flows.length; at++) if (flows.fromAt(at) === payer) times += 1
  return times
}

/** Something else of the voucher leads to another firm: its redemption or the tenants that ran on it. */
function usedByAnother(
  world: WorldIndex,
  voucher: Row<'vouchers'>,
  contracts: readonly Row<'contracts'>[],
): boolean {
  return redeemedByAnother(world, voucher).length > 0 || strangers(world, voucher, contracts).length > 0
}

function strangers(
  world: WorldIndex,
  voucher: Row<'vouchers'>,
  contracts: readonly Row<'contracts'>[],
): Row<'usage'>[] {
  const groups = groupsOf(world)
  return contracts
    .flatMap((contract) => world.where('usage', 'contract', contract.id))
    .filter(
      ({ tenant }) => tenant !== null && tenant !== voucher.firm && !groups.together(tenant, voucher.firm),
    )
}

function sublet(
  world: WorldIndex,
  voucher: Row<'vouchers'>,
  contracts: readonly Row<'contracts'>[],
): Clause[] {
  const clauses: Clause[] = []
  const others = strangers(world, voucher, contracts)
  if (others.length > 0) {
    const tenants = new Set(others.map((usage) => usage.tenant)).size
    clauses.push({ code: 'tenants_of_other_firms', values: { tenants }, rows: refs('usage', others) })
  }
  const isProvider = world.count('contracts', 'provider', voucher.firm) > 0
  const sales = world
    .where('invoices', 'seller', voucher.firm)
    .filter((invoice) => invoice.category === 'compute' && invoice.issuedOn >= voucher.issuedOn)
  if (sales.length > 0 && !isProvider)
    clauses.push({ code: 'sells_compute', values: { invoices: sales.length }, rows: refs('invoices', sales) })
  return clauses
}
