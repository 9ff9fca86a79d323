// Honest firms that look guilty, so that a detector that shoots too soon is seen to: neighbours in an incubator, start-ups
// of one filing agent, a declared group with a treasury, mutual customers with equal amounts, call-offs and renewals above
// the threshold together, refunds by red-letter invoices, offline inference and solvers, state owners on both sides.
import { addDays, dayOf } from '@suanquan/core/calendar'
import type { Row } from '@suanquan/core/supervision'
import { dayBetween, type Draft } from './draft.ts'
import { addRole, makeFirm, type FirmPlan } from './firms.ts'
import type { City } from './market.ts'
import { purchase } from './purchase.ts'
import { pay, refund, series, trade } from './trade.ts'

export function addHardNegatives(draft: Draft, city: City, each: number): string[] {
  const firms: string[] = []
  for (let turn = 0; turn < each; turn++)
    for (const make of [
      neighbours,
      startUps,
      treasury,
      mutualTrade,
      frameworks,
      refunds,
      steadyWork,
      stateOwned,
    ])
      firms.push(...make(draft, city).map(({ id }) => id))
  return firms
}

type Make = (draft: Draft, city: City) => Row<'firms'>[]

const provider = (draft: Draft, city: City): City['providers'][number] => draft.random.pick(city.providers)

function honest(draft: Draft, city: City, plan: FirmPlan = {}): Row<'firms'> {
  return makeFirm(draft, city.society, { addressHash: draft.secret(), ...plan })
}

/** Same address and same campus network, nothing else. */
const neighbours: Make = (draft, city) => {
  const addressHash = draft.secret()
  return Array.from({ length: 4 }, () => {
    const firm = honest(draft, city, { addressHash })
    purchase(draft, city, { firm, provider: provider(draft, city) })
    return firm
  })
}

/** Young, small, filed by one small agent whose phone they all carry. */
const startUps: Make = (draft, city) => {
  const [phone, born] = [draft.secret(), dayBetween(draft.random, '2023-10-01', 60)]
  return Array.from({ length: 4 }, (_, place) => {
    const firm = honest(draft, city, {
      phone,
      registeredOn: addDays(born, 30 * place),
      staff: 3 + draft.random.int(5),
    })
    purchase(draft, city, { firm, provider: provider(draft, city) }, { amountFen: 6_000_000 })
    return firm
  })
}

/** A parent sweeps its daughters' money and gives it back. */
const treasury: Make = (draft, city) => {
  const declaredGroup = `group-${draft.secret()}`
  const [parent, child] = [honest(draft, city, { declaredGroup }), honest(draft, city, { declaredGroup })]
  addRole(draft, {
    holder: parent.id,
    firm: child.id,
    kind: 'shareholder',
    share: 0.8,
    from: child.registeredOn,
  })
  const { payment } = purchase(draft, city, { firm: child, provider: provider(draft, city) })
  const paidOn = dayOf(payment.at)
  pay(draft, { from: child.id, to: parent.id, paidOn: addDays(paidOn, 3), amountFen: payment.amountFen })
  pay(draft, { from: parent.id, to: child.id, paidOn: addDays(paidOn, 9), amountFen: payment.amountFen })
  return [parent, child]
}

/** The provider buys software from its customer, for about the same amount, with an invoice. */
const mutualTrade: Make = (draft, city) => {
  const firm = honest(draft, city)
  const { payment, contract } = purchase(draft, city, { firm, provider: provider(draft, city) })
  trade(draft, {
    from: contract.provider,
    to: firm.id,
    paidOn: addDays(dayOf(payment.at), 12),
    amountFen: Math.round(0.97 * payment.amountFen),
  })
  return [firm]
}

const frameworks: Make = (draft, city) => {
  const [first, second] = [honest(draft, city), honest(draft, city)]
  series(draft, city, { firm: first, provider: provider(draft, city) }, 'call_offs')
  series(draft, city, { firm: second, provider: provider(draft, city) }, 'renewals')
  return [first, second]
}

/** A contract paid, cancelled before the redemption of another, and refunded. */
const refunds: Make = (draft, city) => {
  const firm = honest(draft, city)
  const { contract } = purchase(draft, city, { firm, provider: provider(draft, city) })
  refund(draft, {
    from: firm.id,
    to: contract.provider,
    paidOn: addDays(contract.signedOn, 4),
    amountFen: 0.98 * contract.amountFen,
  })
  return [firm]
}

const steadyWork: Make = (draft, city) =>
  (
    [
      {
        work: 'offline_inference',
        declaredClass: 'inference',
        observedClass: 'inference',
        image: 'triton:24.04',
      },
      { work: 'solver', declaredClass: 'simulation', observedClass: 'simulation', image: 'openfoam:11' },
    ] as const
  ).map((observed) => {
    const firm = honest(draft, city)
    purchase(draft, city, { firm, provider: provider(draft, city) }, { observed })
    return firm
  })

/** The state owns a part of both, which relates nobody. */
const stateOwned: Make = (draft, city) => {
  const firm = honest(draft, city)
  const { contract } = purchase(draft, city, { firm, provider: provider(draft, city) })
  for (const owned of [firm.id, contract.provider])
    addRole(draft, {
      holder: city.society.stateRoot,
      firm: owned,
      kind: 'shareholder',
      share: 0.45,
      from: '2016-01-01',
    })
  return [firm]
}
