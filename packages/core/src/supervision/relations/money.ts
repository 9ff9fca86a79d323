// Payments between holders of accounts, in time, ready to be walked: what each holder paid and got, sorted by moment.
// An account without a known holder stands for itself. A payment back under a red-letter invoice is a refund, not a flow.
// All flows are five arrays and three groupings; a flow becomes an object when somebody looks at it.
import { groupPlaces, type Grouping } from '../world/groups.ts'
import type { Row } from '../world/tables.ts'
import type { WorldIndex } from '../world/world-index.ts'
import { orderByMoment } from './moments.ts'

export interface Flow {
  readonly payment: Row<'payments'>
  readonly from: string
  readonly to: string
  readonly at: number
  readonly amountFen: number
}

/** Some flows in order of time. */
export interface Flows {
  readonly length: number
  readonly momentAt: (place: number) => number
  readonly amountAt: (place: number) => number
  /** codes of the payer and the payee */
  readonly fromAt: (place: number) => number
  readonly toAt: (place: number) => number
  readonly flowAt: (place: number) => Flow
}

export interface Money {
  /** @param holder its id, or the code of it */
  readonly outOf: (holder: string | number) => Flows
  readonly into: (holder: string | number) => Flows
  readonly ofContract: (contract: string) => Flows
}

export function moneyOf(world: WorldIndex): Money {
  // An application brings no payments: the money of the world beneath is also that of a world that adds to it.
  const whole = world.base ?? world
  return whole.once('money', () => build(whole))
}

function build(world: WorldIndex): Money {
  const flows = flowsOf(world)
  const [out, into] = [groupPlaces(flows.from), groupPlaces(flows.to)]
  const contracts = groupPlaces(flows.contract)
  const some = (grouping: Grouping, of: string | number): Flows =>
    view(world, flows, grouping.of(typeof of === 'number' ? of : world.texts.codeOf(of)))
  return {
    outOf: (holder) => some(out, holder),
    into: (holder) => some(into, holder),
    ofContract: (contract) => some(contracts, contract),
  }
}

interface FlowTable {
  readonly payment: Int32Array
  readonly from: Int32Array
  readonly to: Int32Array
  readonly contract: Int32Array
  readonly at: Float64Array
  readonly amountFen: Float64Array
}

function flowsOf(world: WorldIndex): FlowTable {
  const payments = world.columns('payments')
  const empty = new Int32Array(0)
  const none = new Float64Array(0)
  if (payments === undefined)
    return { payment: empty, from: empty, to: empty, contract: empty, at: none, amountFen: none }
  const [moments, amounts] = [payments.numbers('at'), payments.numbers('amountFen')]
  const holderOf = holders(world)
  const from = payments.codes('fromAccount').map(holderOf)
  const to = payments.codes('toAccount').map(holderOf)
  const isRefund = refunds(world)
  const payment = orderByMoment(moments).filter(
    (place) => from[place] !== to[place] && !isRefund(from[place]!, to[place]!, amounts[place]!),
  )
  const inOrder = <Numbers extends Int32Array | Float64Array>(column: Numbers): Numbers => {
    const values = column.slice(0, payment.length) as Numbers
    for (let at = 0; at < payment.length; at++) values[at] = column[payment[at]!]!
    return values
  }
  return {
    payment,
    from: inOrder(from),
    to: inOrder(to),
    contract: inOrder(payments.codes('contract')),
    at: inOrder(moments),
    amountFen: inOrder(amounts),
  }
}

/** From the code of an account to that of its holder. */
function holders(world: WorldIndex): (account: number) => number {
  const accounts = world.columns('accounts')
  if (accounts === undefined) return (account) => account
  const holder = accounts.codes('holder')
  return (account) => {
    const place = accounts.placeOf(account)
    return place < 0 ? account : holder[place]!
  }
}

/** Whether a red-letter invoice over the amount belongs to a payment from its seller to its buyer. */
function refunds(world: WorldIndex): (from: number, to: number, amountFen: number) => boolean {
  const invoices = world.columns('invoices')
  const found = new Map<number, string[]>()
  if (invoices === undefined) return () => false
  const [red, seller, buyer] = [
    invoices.codes('redLetterOf'),
    invoices.codes('seller'),
    invoices.codes('buyer'),
  ]
  const amounts = invoices.numbers('amountFen')
  for (let place = 0; place < invoices.size; place++)
    if (red[place]! >= 0) {
      const known = found.get(seller[place]!)
      const refund = `${buyer[place]} ${Math.abs(amounts[place]!)}`
      if (known === undefined) found.set(seller[place]!, [refund])
      else known.push(refund)
    }
  return (from, to, amountFen) => found.get(from)?.includes(`${to} ${amountFen}`) ?? false
}

function view(world: WorldIndex, flows: FlowTable, places: Int32Array): Flows {
  const { texts } = world
  return {
    length: places.length,
    momentAt: (place) => flows.at[places[place]!]!,
    amountAt: (place) => flows.amountFen[places[place]!]!,
    fromAt: (place) => flows.from[places[place]!]!,
    toAt: (place) => flows.to[places[place]!]!,
    flowAt: (place) => {
      const at = places[place]!
      return {
        payment: world.columns('payments')!.row(flows.payment[at]!),
        from: texts.textOf(flows.from[at]!),
        to: texts.textOf(flows.to[at]!),
        at: flows.at[at]!,
        amountFen: flows.amountFen[at]!,
      }
    },
  }
}

/** The flows from one place up to another, as objects. */
export function listed(flows: Flows, from = 0, until = flows.length): Flow[] {
  const found: Flow[] = []
  for (let place = from; place < until; place++) found.push(flows.flowAt(place))
  return found
}

/** The first place in flows whose moment is after `at`. */
export function firstAfter(flows: Flows, at: number): number {
  let [low, high] = [0, flows.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (flows.momentAt(middle) > at) high = middle
    else low = middle + 1
  }
  return low
}
