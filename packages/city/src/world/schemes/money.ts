// S03 the price comes back in hops with a fee, S04 through persons and accounts that keep nothing, S05 an inflated price
// with a rebate, S14 a voucher sold for cash.
import { dayOf, addDays } from '@suanquan/core/calendar'
import type { Row } from '@suanquan/core/supervision'
import { between, chance } from '../draft.ts'
import { makePerson } from '../firms.ts'
import { purchase } from '../purchase.ts'
import { invoice, pay } from '../trade.ts'
import { colluder, honestProvider, ordinary, type LayOut, type Stage } from './scheme.ts'

/** The money goes along the holders, each taking its fee and its time. */
function comeBack({ draft }: Stage, start: Row<'payments'>, holders: readonly string[]): void {
  const { random, knobs } = draft
  let [amountFen, paidOn] = [start.amountFen, dayOf(start.at)]
  for (let hop = 0; hop + 1 < holders.length; hop++) {
    amountFen *=
      1 - (knobs.fee / (holders.length - 1)) * between(random, 0.8, 1.2) - knobs.jitter * random.next() * 0.5
    paidOn = addDays(paidOn, 1 + random.int(knobs.delayDays))
    const [from, to] = [holders[hop]!, holders[hop + 1]!]
    pay(draft, { from, to, paidOn, amountFen })
    // Some legs are dressed up as trade; never all of them.
    if (hop > 0 && chance(random, knobs.cover)) invoice(draft, { seller: to, buyer: from, paidOn, amountFen })
  }
}

export const returnFlow: LayOut = (stage) => {
  const { draft, city } = stage
  const [firm, provider] = [ordinary(stage), colluder(stage)]
  const { payment } = purchase(
    draft,
    city,
    { firm, provider },
    { amountFen: Math.max(2e7, city.drawAmount()) },
  )
  const fronts = Array.from({ length: 1 + draft.knobs.extraHops }, () => ordinary(stage).id)
  comeBack(stage, payment, [provider.firm.id, ...fronts, firm.id])
  return [firm.id, provider.firm.id]
}

export const returnThroughPersons: LayOut = (stage) => {
  const { draft, city } = stage
  const owner = makePerson(draft)
  const [firm, provider] = [ordinary(stage, { legalRepresentative: owner }), colluder(stage)]
  const { payment } = purchase(
    draft,
    city,
    { firm, provider },
    { amountFen: Math.max(2e7, city.drawAmount()) },
  )
  const mules = Array.from({ length: 1 + draft.knobs.extraHops }, () => makePerson(draft))
  comeBack(stage, payment, [provider.firm.id, ...mules, owner])
  return [firm.id, provider.firm.id]
}

export const inflatedPrice: LayOut = (stage) => {
  const { draft, city } = stage
  const { random, knobs } = draft
  const [firm, provider] = [ordinary(stage), colluder(stage)]
  const priceFactor = knobs.priceFactor * between(random, 0.95, 1.1)
  const { redemption } = purchase(draft, city, { firm, provider }, { priceFactor })
  pay(draft, {
    from: provider.firm.id,
    to: firm.id,
    paidOn: addDays(redemption.redeemedOn, 5 + random.int(5 * knobs.delayDays)),
    amountFen: redemption.subsidyFen * between(random, 0.2, 0.6),
  })
  return [firm.id, provider.firm.id]
}

/** Somebody buys the voucher at a discount and runs their own work on it. */
export const voucherResale: LayOut = (stage) => {
  const { draft, city } = stage
  const { random } = draft
  const [holder, buyer] = [ordinary(stage), ordinary(stage)]
  const { voucher } = purchase(
    draft,
    city,
    { firm: holder, provider: honestProvider(stage) },
    { tenant: buyer.id },
  )
  pay(draft, {
    from: buyer.id,
    to: holder.id,
    paidOn: addDays(voucher.issuedOn, 2 + random.int(20)),
    amountFen: voucher.faceFen * between(random, 0.55, 0.9),
  })
  return [holder.id, buyer.id]
}
