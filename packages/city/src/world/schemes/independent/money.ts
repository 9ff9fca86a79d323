// Money that comes back to where the purchase was paid from, in another name and for another reason.
import { addDays, dayOf } from '@suanquan/core/calendar'
import { addRole } from '../../firms.ts'
import { purchase } from '../../purchase.ts'
import { pay, trade } from '../../trade.ts'
import { ordinary } from '../scheme.ts'
import {
  care,
  dealer,
  earlyDay,
  giveShare,
  modestFen,
  pass,
  payForServices,
  people,
  pieces,
  supportFen,
  type LayOutApart,
} from './parts.ts'

/**
 * I03. From the shops that redeemed bought-up vouchers and shared the proceeds, and from the agencies that package firms
 * for a part of the grant: the buyer orders more than it needs and the provider shares the subsidy with the people behind
 * the buyer. After redemption it orders consulting, in pieces and with invoices, from a small firm. Easy: that firm is
 * the buyer's legal representative's, who then draws the money. Medium: a minority partner's. Hard: an acquaintance's,
 * who was the buyer's contact until the year before; more pieces, a smaller part, almost everything delivered.
 */
export const subsidySharedAsServices: LayOutApart = (stage) => {
  const { draft, city } = stage
  const hides = care(stage)
  const [boss, partner, acquaintance] = people(draft, 3) as [string, string, string]
  const buyer = ordinary(stage, { legalRepresentative: boss })
  if (hides === 1) giveShare(stage, { firm: buyer, holder: partner, share: 0.2 })
  if (hides === 2)
    addRole(draft, {
      holder: acquaintance,
      firm: buyer.id,
      kind: 'contact',
      from: buyer.registeredOn,
      to: '2023-11-30',
    })
  const consultancy = ordinary(stage, {
    legalRepresentative: [boss, partner, acquaintance][hides]!,
    staff: 2 + draft.random.int(5),
  })
  const provider = dealer(stage)
  const deal = purchase(
    draft,
    city,
    { firm: buyer, provider },
    {
      amountFen: modestFen(stage, 5e7),
      signedOn: earlyDay(stage),
      months: 3,
      deliveredShare: [0.45, 0.7, 0.93][hides]!,
    },
  )
  const sharedFen = Math.round([1.4, 1, 0.7][hides]! * deal.redemption.subsidyFen)
  pieces(stage, sharedFen, 2 + 2 * hides).forEach((amountFen, place) => {
    const paidOn = addDays(deal.redemption.redeemedOn, 3 + (place + 1) * (4 + draft.random.int(14)))
    payForServices(draft, { from: provider.firm.id, to: consultancy.id, paidOn, amountFen })
    if (hides === 0) pay(draft, { from: consultancy.id, to: boss, paidOn: addDays(paidOn, 5), amountFen })
  })
  return { members: [buyer.id, provider.firm.id, consultancy.id], amountFen: supportFen([deal]) }
}

/**
 * I04. From the training grants of 2017, where a handful of people were the applicants and the providers of thousands of
 * courses: one purse pays for every buyer. Each gets the price from the purse some days before it is due; the provider
 * returns it, less a fee, and the next buyer is paid for with the same money. Easy: the purse is a firm of the provider's
 * own legal representative, the buyers were founded within weeks. Hard: the purse is a private account, the way back
 * leads through a dealer in goods with invoices, the buyers are years old and each has its own representative.
 */
export const onePurse: LayOutApart = (stage) => {
  const { draft, city } = stage
  const { random, knobs } = draft
  const hides = care(stage)
  const [organiser, stranger] = people(draft, 2) as [string, string]
  const provider = dealer(stage, { legalRepresentative: organiser })
  const purseFirm = ordinary(stage, { legalRepresentative: hides === 0 ? organiser : stranger })
  const purse = hides === 2 ? stranger : purseFirm.id
  const buyers = Array.from({ length: 4 + hides }, () =>
    ordinary(stage, {
      registeredOn:
        hides === 0 ? addDays('2023-08-01', random.int(50)) : addDays('2018-06-01', random.int(1600)),
      staff: hides === 0 ? 1 + random.int(4) : 5 + random.int(25),
    }),
  )
  const deals = buyers.map((firm, place) => {
    const signedOn = addDays('2024-02-10', 24 * place + random.int(8))
    const deal = purchase(
      draft,
      city,
      { firm, provider },
      { amountFen: modestFen(stage), signedOn, months: 2 },
    )
    const { amountFen } = deal.payment
    const paidOn = dayOf(deal.payment.at)
    const lentFen = Math.round(amountFen * (1 + knobs.jitter * random.next()))
    pass(stage, {
      path: [purse, firm.id],
      paidOn: addDays(paidOn, -1 - random.int(2 + 2 * hides)),
      amountFen: lentFen,
    })
    const backOn = addDays(paidOn, 1 + random.int(knobs.delayDays))
    const backFen = Math.round(amountFen * (1 - knobs.fee))
    if (hides < 2) pass(stage, { path: [provider.firm.id, purse], paidOn: backOn, amountFen: backFen })
    else {
      trade(draft, { from: provider.firm.id, to: purseFirm.id, paidOn: backOn, amountFen: backFen })
      pass(stage, {
        path: [purseFirm.id, purse],
        paidOn: addDays(backOn, 2 + random.int(6)),
        amountFen: Math.round(backFen * (1 - knobs.fee / 3)),
      })
    }
    return deal
  })
  const members = [provider.firm.id, purseFirm.id, ...buyers.map(({ id }) => id)]
  return { members, amountFen: supportFen(deals) }
}
