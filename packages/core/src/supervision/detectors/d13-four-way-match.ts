// D13 四单匹配: contract, metering, invoice and payment of a redemption must carry each other. Deterministic clauses:
// metered value and invoices differ by over 2 %; invoices above what was metered; buyer paid less than its own share;
// somebody else paid; payment after the redemption; an invoice taken back within 90 days after it.
import { addDays, startOf } from '../../calendar/index.ts'
import { checked, detector, ref, refs, type Clause } from '../detector.ts'
import { listed, moneyOf } from '../relations/money.ts'
import type { Row, RowRef } from '../world/tables.ts'
import type { WorldIndex } from '../world/world-index.ts'

const parameters = { tolerance: 0.02, redLetterDays: 90, graceDays: 1 } as const
type Limits = Readonly<Record<keyof typeof parameters, number>>

export const fourWayMatch = detector({
  id: 'D13',
  name: 'four_way_match',
  version: 1,
  reach: 'feeds',
  needs: ['redemptions', 'contracts', 'usage', 'invoices', 'payments', 'accounts'],
  parameters,
  weight: 0.9,
  decisive: ['invoiced_above_metered', 'paid_less', 'paid_by_another', 'paid_after', 'taken_back'],
  detect(world, limits, report) {
    for (const redemption of world.rows('redemptions')) {
      const contract = world.find('contracts', redemption.contract)
      if (contract === undefined) {
        report.undecided(ref('redemptions', redemption), 'contract')
        continue
      }
      const clauses = clausesOf(world, { redemption, contract }, limits)
      if (clauses.length === 0) continue
      report.suspect({
        subject: ref('contracts', contract),
        firms: [contract.applicant],
        severity: 1,
        clauses,
        innocent: [
          checked('late_metering', false),
          checked('group_payment_agreement', groupPaid(world, clauses, contract)),
        ],
        clears: ['corrected_invoice', 'bank_statement', 'metering_record'],
      })
    }
  },
})

interface Redeemed {
  readonly redemption: Row<'redemptions'>
  readonly contract: Row<'contracts'>
}

function clausesOf(world: WorldIndex, { redemption, contract }: Redeemed, limits: Limits): Clause[] {
  const all = world.where('invoices', 'contract', contract.id)
  const taken = all.filter((invoice) => invoice.redLetterOf !== null)
  const back = new Set(taken.map((invoice) => invoice.redLetterOf))
  // A corrected invoice before the redemption is ordinary; only what stood when the voucher paid is compared.
  const invoices = all.filter(
    (invoice) =>
      invoice.redLetterOf === null &&
      !(
        back.has(invoice.id) &&
        taken.some((red) => red.redLetterOf === invoice.id && red.issuedOn <= redemption.redeemedOn)
      ),
  )
  const hours = world.sum('usage', 'cardHours', { column: 'contract', value: contract.id })
  const meteredFen = Math.round(hours * contract.priceFenPerCardHour)
  const invoicedFen = invoices.reduce((sum, invoice) => sum + invoice.amountFen, 0) - contract.excludedFen
  const base = [ref('redemptions', redemption), ref('contracts', contract)]
  const clauses: Clause[] = []
  const add = (code: string, values: Clause['values'], rows: readonly RowRef[]): void => {
    clauses.push({ code, values, rows: [...base, ...rows] })
  }
  const above = invoicedFen > (1 + limits.tolerance) * meteredFen
  if (above || Math.abs(meteredFen - invoicedFen) > limits.tolerance * Math.max(invoicedFen, 1)) {
    const usage = world.where('usage', 'contract', contract.id)
    const records = [...refs('invoices', invoices), ...refs('usage', usage)]
    add(above ? 'invoiced_above_metered' : 'metered_differs', { meteredFen, invoicedFen }, records)
  }
  payments(world, { redemption, contract }, limits, add)
  const until = addDays(redemption.redeemedOn, limits.redLetterDays)
  const late = taken.filter((red) => red.issuedOn > redemption.redeemedOn && red.issuedOn <= until)
  if (late.length > 0) add('taken_back', { invoices: late.length }, refs('invoices', late))
  return clauses
}

function payments(
  world: WorldIndex,
  { redemption, contract }: Redeemed,
  limits: Limits,
  add: (code: string, values: Clause['values'], rows: readonly RowRef[]) => void,
): void {
  const flows = listed(moneyOf(world).ofContract(contract.id)).filter((flow) => flow.to === contract.provider)
  const rows = refs(
    'payments',
    flows.map((flow) => flow.payment),
  )
  const paidFen = flows.reduce((sum, flow) => sum + flow.amountFen, 0)
  const ownFen = redemption.expenseFen - redemption.subsidyFen
  if (paidFen < (1 - limits.tolerance) * ownFen) add('paid_less', { paidFen, ownFen }, rows)
  const others = flows.filter((flow) => flow.from !== contract.applicant)
  if (others.length > 0)
    add(
      'paid_by_another',
      { payments: others.length },
      refs(
        'payments',
        others.map((flow) => flow.payment),
      ),
    )
  const after = startOf(addDays(redemption.redeemedOn, limits.graceDays))
  const late = flows.filter((flow) => flow.at >= after)
  if (late.length > 0)
    add(
      'paid_after',
      { payments: late.length },
      refs(
        'payments',
        late.map((flow) => flow.payment),
      ),
    )
}

/** Somebody of the buyer's declared group paid. */
function groupPaid(world: WorldIndex, clauses: readonly Clause[], contract: Row<'contracts'>): boolean {
  if (!clauses.some(({ code }) => code === 'paid_by_another')) return false
  const group = world.find('firms', contract.applicant)?.declaredGroup
  const payers = listed(moneyOf(world).ofContract(contract.id)).map(
    (flow) => world.find('firms', flow.from)?.declaredGroup,
  )
  return group !== null && group !== undefined && payers.every((other) => other === group)
}
