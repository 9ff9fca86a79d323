// Payments between holders of accounts, in time, ready to be walked: what each holder paid and got, sorted by moment.
// An account without a known holder stands for itself. A payment back under a red-letter invoice is a refund, not a flow.
import type { Row } from '../world/tables.ts'
import { grouped, type WorldIndex } from '../world/world-index.ts'

export interface Flow {
  readonly payment: Row<'payments'>
  readonly from: string
  readonly to: string
  readonly at: number
  readonly amountFen: number
}

export interface Money {
  readonly outOf: (holder: string) => readonly Flow[]
  readonly into: (holder: string) => readonly Flow[]
  readonly ofContract: (contract: string) => readonly Flow[]
}

export function moneyOf(world: WorldIndex): Money {
  return world.once('money', () => build(world))
}

function build(world: WorldIndex): Money {
  const holders = new Map(world.rows('accounts').map((account) => [account.id, account.holder]))
  const refunds = refundsOf(world)
  const flows: Flow[] = []
  for (const payment of world.rows('payments')) {
    const from = holders.get(payment.fromAccount) ?? payment.fromAccount
    const to = holders.get(payment.toAccount) ?? payment.toAccount
    if (from === to || refunds.has(`${from}|${to}|${payment.amountFen}`)) continue
    flows.push({ payment, from, to, at: payment.at, amountFen: payment.amountFen })
  }
  flows.sort((a, b) => a.at - b.at || (a.payment.id < b.payment.id ? -1 : 1))
  const [out, into] = [grouped(flows, (flow) => flow.from), grouped(flows, (flow) => flow.to)]
  const contracts = grouped(flows, (flow) => flow.payment.contract)
  return {
    outOf: (holder) => out.get(holder) ?? NONE,
    into: (holder) => into.get(holder) ?? NONE,
    ofContract: (contract) => contracts.get(contract) ?? NONE,
  }
}

const NONE: readonly Flow[] = []

/** Seller, buyer and amount of every red-letter invoice: the refund that belongs to it. */
function refundsOf(world: WorldIndex): Set<string> {
  const refunds = new Set<string>()
  for (const invoice of world.rows('invoices'))
    if (invoice.redLetterOf !== null)
      refunds.add(`${invoice.seller}|${invoice.buyer}|${Math.abs(invoice.amountFen)}`)
  return refunds
}

/** The first place in flows sorted by time whose moment is after `at`. */
export function firstAfter(flows: readonly Flow[], at: number): number {
  let [low, high] = [0, flows.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (flows[middle]!.at > at) high = middle
    else low = middle + 1
  }
  return low
}
