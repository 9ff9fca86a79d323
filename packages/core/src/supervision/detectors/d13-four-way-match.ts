// D13 四单匹配: contract, metering, invoice and payment must carry what was redeemed. Deterministic clauses: more was redeemed
// and invoiced than metered; the buyer had not paid its own share of all that was redeemed so far, never or only later;
// somebody else paid; an invoice taken back within 90 days after. A contract may be paid and redeemed month by month, so
// sums up to each redemption are compared. What is not metered at all is for people, and an account that nobody is known
// to hold decides nothing.
import { addDays, startOf } from '../../calendar/index.ts'
import { checked, detector, ref, refs, type Clause } from '../detector.ts'
import { listed, moneyOf, type Flow } from '../relations/money.ts'
import type { Row, RowRef } from '../world/tables.ts'
import type { WorldIndex } from '../world/world-index.ts'

const parameters = { tolerance: 0.02, redLetterDays: 90, graceDays: 1 } as const
type Limits = Readonly<Record<keyof typeof parameters, number>>

export const fourWayMatch = detector({
  id: 'D13',
  name: 'four_way_match',
  version: 2,
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
      const redeemed = redeemedOf(world, redemption, contract)
      const base = [ref('redemptions', redemption), ref('contracts', contract)]
      const clauses: Clause[] = []
      const add: Add = (code, values, rows) => clauses.push({ code, values, rows: [...base, ...rows] })
      records(world, redeemed, limits, add)
      payments(world, redeemed, limits, {
        add,
        undecided: (missing) => report.undecided(ref('redemptions', redemption), missing),
      })
      if (clauses.length === 0) continue
      report.suspect({
        subject: ref('contracts', contract),
        firms: [contract.applicant],
        severity: 1,
        clauses,
        innocent: [
          checked('late_metering', meteredLate(world, redeemed)),
          checked('group_payment_agreement', groupPaid(world, clauses, contract)),
        ],
        clears: ['corrected_invoice', 'bank_statement', 'metering_record'],
      })
    }
  },
})

type Add = (code: string, values: Clause['values'], rows: readonly RowRef[]) => void

interface Redeemed {
  readonly redemption: Row<'redemptions'>
  readonly contract: Row<'contracts'>
  /** all that was redeemed on the contract up to this redemption */
  readonly expenseFen: number
  /** the buyer's own share of it */
  readonly ownFen: number
}

function redeemedOf(world: WorldIndex, redemption: Row<'redemptions'>, contract: Row<'contracts'>): Redeemed {
  const all = world.where('redemptions', 'contract', contract.id)
  const before = all.filter(({ redeemedOn }) => redeemedOn <= redemption.redeemedOn)
  const expenseFen = before.reduce((sum, one) => sum + one.expenseFen, 0)
  const subsidyFen = before.reduce((sum, one) => sum + one.subsidyFen, 0)
  return { redemption, contract, expenseFen, ownFen: expenseFen - subsidyFen }
}

function records(
  world: WorldIndex,
  { redemption, contract, expenseFen }: Redeemed,
  limits: Limits,
  add: Add,
): void {
  const all = world.where('invoices', 'contract', contract.id)
  const taken = all.filter((invoice) => invoice.redLetterOf !== null)
  // A corrected invoice before the redemption is ordinary; only what stood when the voucher paid is compared.
  const before = taken.filter((red) => red.issuedOn <= redemption.redeemedOn)
  const back = new Set(before.map((red) => red.redLetterOf))
  const invoices = all.filter((invoice) => invoice.redLetterOf === null && !back.has(invoice.id))
  const usage = world.where('usage', 'contract', contract.id)
  const hours = world.sum('usage', 'cardHours', { column: 'contract', value: contract.id })
  const meteredFen = Math.round(hours * contract.priceFenPerCardHour)
  const invoicedFen = invoices.reduce((sum, invoice) => sum + invoice.amountFen, 0) - contract.excludedFen
  const evidence = [...refs('invoices', invoices), ...refs('usage', usage)]
  const most = (1 + limits.tolerance) * meteredFen
  if (usage.length === 0) {
    if (invoicedFen > 0) add('not_metered', { invoicedFen }, evidence)
  } else if (invoicedFen > most && expenseFen - contract.excludedFen > most)
    add('invoiced_above_metered', { meteredFen, invoicedFen }, evidence)
  else if (Math.abs(meteredFen - invoicedFen) > limits.tolerance * Math.max(invoicedFen, 1))
    add('metered_differs', { meteredFen, invoicedFen }, evidence)
  const until = addDays(redemption.redeemedOn, limits.redLetterDays)
  const late = taken.filter((red) => red.issuedOn > redemption.redeemedOn && red.issuedOn <= until)
  if (late.length > 0) add('taken_back', { invoices: late.length }, refs('invoices', late))
}

interface Judge {
  readonly add: Add
  readonly undecided: (missing: string) => void
}

function payments(
  world: WorldIndex,
  { redemption, contract, ownFen }: Redeemed,
  limits: Limits,
  { add, undecided }: Judge,
): void {
  const all = listed(moneyOf(world).ofContract(contract.id))
  const known = (account: string): boolean => world.find('accounts', account) !== undefined
  const flows = all.filter((flow) => flow.to === contract.provider)
  const elsewhere = all.filter(({ from, payment }) => from !== contract.provider && !known(payment.toAccount))
  const after = startOf(addDays(redemption.redeemedOn, limits.graceDays))
  const paidBy = (some: readonly Flow[], moment = Infinity): number =>
    some.reduce((sum, flow) => sum + (flow.at < moment ? flow.amountFen : 0), 0)
  const wantedFen = (1 - limits.tolerance) * ownFen
  const paidFen = paidBy(flows)
  if (paidBy(flows, after) < wantedFen) {
    const late = flows.filter((flow) => flow.at >= after)
    if (paidBy([...flows, ...elsewhere], after) >= wantedFen) undecided('account_of_the_payee')
    else if (paidFen >= wantedFen) add('paid_after', { payments: late.length }, refsOf(late))
    else if (paidFen + paidBy(elsewhere) >= wantedFen) undecided('account_of_the_payee')
    else add('paid_less', { paidFen, ownFen }, refsOf(flows))
  }
  const others = flows.filter(
    ({ from, payment }) => from !== contract.applicant && known(payment.fromAccount),
  )
  if (others.length > 0) add('paid_by_another', { payments: others.length }, refsOf(others))
  if (flows.some(({ payment }) => !known(payment.fromAccount))) undecided('account_of_the_payer')
}

function refsOf(flows: readonly Flow[]): RowRef[] {
  return refs(
    'payments',
    flows.map(({ payment }) => payment),
  )
}

/** Metering that was fetched before the redemption may not have been whole; undefined without any. */
function meteredLate(world: WorldIndex, { redemption, contract }: Redeemed): boolean | undefined {
  const usage = world.where('usage', 'contract', contract.id)
  if (usage.length === 0) return undefined
  return usage.every(({ fetchedOn }) => fetchedOn < redemption.redeemedOn)
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
