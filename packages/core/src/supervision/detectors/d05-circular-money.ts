// D05 资金回流: money that a buyer's group paid a provider comes back to the group in two to six hops, each later than
// the one before, within 60 days, each hop 0.85 to 1.02 of the one before and at least 70 % of the start in the end.
// Refunds under red-letter invoices were taken out before; a way back that invoices cover leg by leg is mutual trade.
import { checked, detector, ref, refs } from '../detector.ts'
import { groupsOf, type Groups } from '../relations/groups.ts'
import { firstAfter, listed, moneyOf, type Flow, type Money } from '../relations/money.ts'
import { contractsAsked } from '../world/asked.ts'
import type { Row } from '../world/tables.ts'
import type { WorldIndex } from '../world/world-index.ts'

const DAY_MS = 86_400_000
const parameters = {
  leastFen: 1_000_000,
  leastShareOfContract: 0.1,
  leastRatio: 0.85,
  mostRatio: 1.02,
  leastReturn: 0.7,
  mostHops: 6,
  mostDays: 60,
  mostSteps: 20_000,
} as const
type Limits = Readonly<Record<keyof typeof parameters, number>>

export const circularMoney = detector({
  id: 'D05',
  name: 'circular_money',
  version: 1,
  reach: 'firm',
  needs: ['contracts', 'payments', 'accounts', 'firms', 'roles', 'invoices'],
  parameters,
  weight: 0.9,
  decisive: [],
  detect(world, limits, report) {
    const [money, groups] = [moneyOf(world), groupsOf(world)]
    for (const contract of contractsAsked(world)) {
      const starts = listed(money.ofContract(contract.id)).filter((flow) => flow.to === contract.provider)
      const ways = starts
        .map((start) => wayBack({ world, money, groups, limits, contract }, start))
        .filter((way) => way !== undefined)
      if (ways.length === 0) continue
      const paidFen = starts.reduce((sum, flow) => sum + flow.amountFen, 0)
      const returnedFen = ways.reduce((sum, way) => sum + way.at(-1)!.amountFen, 0)
      report.suspect({
        subject: ref('contracts', contract),
        firms: [contract.applicant, contract.provider],
        severity: Math.min(1, returnedFen / paidFen),
        clauses: ways.map((way) => ({
          code: 'returned',
          values: { hops: way.length, paidFen: way[0]!.amountFen, returnedFen: way.at(-1)!.amountFen },
          rows: refs(
            'payments',
            way.map((flow) => flow.payment),
          ),
        })),
        innocent: [
          checked('red_letter_refund', false),
          checked(
            'mutual_trade',
            ways.some((way) => way.slice(1).some((flow) => covered(world, flow))),
          ),
        ],
        clears: ['bank_statements_of_each_hop', 'contracts_of_the_return_legs'],
      })
    }
  },
})

interface Search {
  readonly world: WorldIndex
  readonly money: Money
  readonly groups: Groups
  readonly limits: Limits
  readonly contract: Row<'contracts'>
}

/** The first way back in order of time, shortest first where moments are equal. */
function wayBack(search: Search, start: Flow): readonly Flow[] | undefined {
  const { money, groups, limits, contract } = search
  const least = Math.max(limits.leastFen, limits.leastShareOfContract * contract.amountFen)
  if (start.amountFen < least) return undefined
  const last = start.at + limits.mostDays * DAY_MS
  const related = groups.together(contract.applicant, contract.provider)
  const home = (holder: string): boolean =>
    related ? holder === contract.applicant : groups.together(holder, contract.applicant)
  let steps = 0
  return step([start])

  function step(way: readonly Flow[]): readonly Flow[] | undefined {
    const before = way.at(-1)!
    for (const holder of positions(before.to)) {
      const flows = money.outOf(holder)
      for (let at = firstAfter(flows, before.at); at < flows.length && flows.momentAt(at) <= last; at++) {
        if ((steps += 1) > limits.mostSteps) return undefined
        const amountFen = flows.amountAt(at)
        const ratio = amountFen / before.amountFen
        if (ratio < limits.leastRatio || ratio > limits.mostRatio || amountFen < least) continue
        const flow = flows.flowAt(at)
        if (way.some((earlier) => earlier.from === flow.to && !home(flow.to))) continue
        const next = [...way, flow]
        if (home(flow.to)) {
          const returned = flow.amountFen >= limits.leastReturn * start.amountFen
          if (returned && !next.slice(1).every((leg) => covered(search.world, leg))) return next
          continue
        }
        if (next.length >= limits.mostHops) continue
        const found = step(next)
        if (found) return found
      }
    }
    return undefined
  }

  /** Whose accounts continue the way: the whole group of the holder, or the holder alone among related parties. */
  function positions(holder: string): readonly string[] {
    return related ? [holder] : groups.membersOf(groups.groupOf(holder))
  }
}

/** The payee sent the payer an invoice over the same amount, within 2 %. */
function covered(world: WorldIndex, flow: Flow): boolean {
  return world
    .where('invoices', 'seller', flow.to)
    .some(
      (invoice) =>
        invoice.buyer === flow.from && Math.abs(invoice.amountFen - flow.amountFen) <= 0.02 * flow.amountFen,
    )
}
