// D07 返点: within 180 days after a redemption the provider's group pays the buyer's group at least 5 % of the subsidy,
// without an invoice for goods or services over it. s = what came back over the subsidy.
import { startOf } from '../../calendar/index.ts'
import { checked, detector, ref, refs } from '../detector.ts'
import { groupsOf } from '../relations/groups.ts'
import { firstAfter, moneyOf, type Flow } from '../relations/money.ts'
import { rowsOfContractsAsked } from '../world/asked.ts'
import type { Row } from '../world/tables.ts'
import type { WorldIndex } from '../world/world-index.ts'

const DAY_MS = 86_400_000
const parameters = { withinDays: 180, leastShare: 0.05, invoiceTolerance: 0.05 } as const

export const kickback = detector({
  id: 'D07',
  name: 'kickback',
  version: 1,
  reach: 'firm',
  needs: ['redemptions', 'contracts', 'payments', 'accounts', 'invoices', 'firms', 'roles'],
  parameters,
  weight: 0.7,
  decisive: [],
  detect(world, limits, report) {
    const [money, groups] = [moneyOf(world), groupsOf(world)]
    for (const redemption of rowsOfContractsAsked(world, 'redemptions')) {
      const contract = world.find('contracts', redemption.contract)
      if (contract === undefined || redemption.subsidyFen <= 0) continue
      // Between members of one group money moves for many reasons, and D01 has already spoken.
      if (groups.together(contract.applicant, contract.provider)) continue
      const after = startOf(redemption.redeemedOn)
      const until = after + limits.withinDays * DAY_MS
      const back: Flow[] = []
      for (const member of groups.membersOf(groups.groupOf(contract.provider))) {
        const flows = money.outOf(member)
        for (let at = firstAfter(flows, after); at < flows.length && flows.momentAt(at) <= until; at++) {
          const flow = flows.flowAt(at)
          if (groups.together(flow.to, contract.applicant) && !invoiced(world, flow, limits.invoiceTolerance))
            back.push(flow)
        }
      }
      const backFen = back.reduce((sum, flow) => sum + flow.amountFen, 0)
      if (backFen < limits.leastShare * redemption.subsidyFen || backFen === 0) continue
      report.suspect({
        subject: ref('contracts', contract),
        firms: [contract.applicant, contract.provider],
        severity: Math.min(1, backFen / redemption.subsidyFen),
        clauses: [
          {
            code: 'paid_back',
            values: { backFen, subsidyFen: redemption.subsidyFen },
            rows: [
              ref('redemptions', redemption),
              ...refs(
                'payments',
                back.map((flow) => flow.payment),
              ),
            ],
          },
        ],
        innocent: [checked('trade_with_invoice', false), checked('red_letter_refund', false)],
        clears: ['invoice_of_the_return_trade', 'bank_statements'],
      })
    }
  },
})

function invoiced(world: WorldIndex, flow: Flow, tolerance: number): boolean {
  return world
    .where('invoices', 'seller', flow.to)
    .some(
      (invoice: Row<'invoices'>) =>
        invoice.buyer === flow.from && near(invoice.amountFen, flow.amountFen, tolerance),
    )
}

function near(left: number, right: number, tolerance: number): boolean {
  return Math.abs(left - right) <= tolerance * right
}
