// Buyer and seller who belong together and have taken care that the registers of the day do not say so.
import { addDays } from '@suanquan/core/calendar'
import type { Row } from '@suanquan/core/supervision'
import type { Draft } from '../../draft.ts'
import { addRole } from '../../firms.ts'
import { newDevice } from '../../market.ts'
import { purchase } from '../../purchase.ts'
import { drawSubject, drawTemplate } from '../../texts.ts'
import { invoice, pay } from '../../trade.ts'
import { ordinary } from '../scheme.ts'
import {
  amend,
  care,
  dealer,
  deviceOf,
  earlyDay,
  holdingsBelow,
  IDLE,
  modestFen,
  ownedBy,
  pass,
  people,
  supportFen,
  type LayOutApart,
} from './parts.ts'

/**
 * I01. From the electric cars of 2016 that makers sold to their own dealers, where they stood: the owner of a centre has
 * heard that affiliates are barred and gives his shares in a customer to a friend before the programme begins. The
 * customer goes on doing what he says, buys twice and leaves the cards idle. Easy: he sold late, was its legal
 * representative, and both firms keep one phone. Hard: two holdings held the shares, they were sold a year before, and
 * ordinary work runs on the cards.
 */
export const divestedAffiliate: LayOutApart = (stage) => {
  const { draft, city } = stage
  const hides = care(stage)
  const [owner, friend] = people(draft, 2) as [string, string]
  const phone = draft.secret()
  const kept = hides === 0 ? { phone } : {}
  const provider = dealer(stage, { legalRepresentative: owner, ...kept })
  const buyer = ordinary(stage, {
    legalRepresentative: friend,
    registeredOn: addDays('2019-03-01', draft.random.int(900)),
    staff: 6 + draft.random.int(30),
    ...kept,
  })
  const soldOn = addDays('2023-12-20', -150 * hides - draft.random.int(40))
  for (const role of rolesIn(draft, buyer.id)) amend(draft, 'roles', role.id, { from: soldOn })
  const holdings = holdingsBelow(stage, owner, hides)
  const past = { firm: buyer.id, from: buyer.registeredOn, to: soldOn }
  addRole(draft, { holder: holdings.at(-1) ?? owner, kind: 'shareholder', share: 0.85, ...past })
  if (hides === 0) addRole(draft, { holder: owner, kind: 'legal_representative', ...past })
  const deals = [earlyDay(stage), addDays(earlyDay(stage), 110)].map((signedOn) =>
    purchase(
      draft,
      city,
      { firm: buyer, provider },
      { amountFen: modestFen(stage), signedOn, months: 3, ...(hides === 2 ? {} : { observed: IDLE }) },
    ),
  )
  return { members: [provider.firm.id, buyer.id, ...holdings], amountFen: supportFen(deals) }
}

/**
 * I02. From the rules of several cities against splitting plants among firms and against supporting what one built for
 * oneself: a group rents its own machines. A trading house with no tie to anybody signs as the provider, pays the group's
 * plant behind it and keeps a fee. Easy: one owner holds both plant and buyer, the money comes back to the buyer through
 * him, and the register of operators was filled in by the centre. Hard: holdings between, two trading houses, each on a
 * paper of its own and named as the provider of the machines; nothing flows back because nothing has to.
 */
export const ownMachinesRentedBack: LayOutApart = (stage) => {
  const { draft, city } = stage
  const hides = care(stage)
  const [head] = people(draft, 1) as [string]
  const plant = dealer(stage, { legalRepresentative: head })
  const holdings = holdingsBelow(stage, head, hides)
  const buyer = ownedBy(stage, holdings.at(-1) ?? head, { staff: 20 + draft.random.int(60) })
  const fronts = Array.from({ length: hides === 2 ? 2 : 1 }, () =>
    ordinary(stage, { staff: 5 + draft.random.int(10) }),
  )
  const deals = fronts.map((front, place) => {
    const signedOn = addDays(earlyDay(stage), 60 * place)
    const text = drawTemplate(draft.random) + drawSubject(draft.random)
    const deal = purchase(
      draft,
      city,
      { firm: buyer, provider: { ...plant, firm: front } },
      { amountFen: modestFen(stage, 4e7), signedOn, months: 3, ...(hides === 2 ? { text } : {}) },
    )
    if (hides === 2)
      for (const use of deal.usage) {
        const { centre, chip, cards } = deviceOf(draft, use)
        const named = newDevice(draft, { provider: front.id, centre, chip, cards })
        amend(draft, 'usage', use.id, { device: named.id })
      }
    if (hides === 0)
      draft.add('operators', { contract: deal.contract.id, hop: 1, firm: plant.firm.id, disclosed: false })
    const forwarded = {
      from: front.id,
      to: plant.firm.id,
      paidOn: addDays(deal.redemption.redeemedOn, -1),
      amountFen: Math.round(deal.payment.amountFen * (1 - draft.knobs.fee)),
    }
    pay(draft, forwarded)
    invoice(draft, { ...forwarded, seller: plant.firm.id, buyer: front.id, category: 'compute' })
    if (hides < 2) {
      const path = [plant.firm.id, head, buyer.id].slice(0, 3 - hides)
      const [paidOn, amountFen] = [addDays(forwarded.paidOn, 2), 0.9 * forwarded.amountFen]
      pass(stage, { path, paidOn, amountFen: Math.round(amountFen) })
    }
    return deal
  })
  const members = [plant.firm.id, buyer.id, ...fronts.map(({ id }) => id), ...holdings]
  return { members, amountFen: supportFen(deals) }
}

function rolesIn(draft: Draft, firm: string): Row<'roles'>[] {
  return draft.tables.roles.slice(-40).filter((role) => role.firm === firm)
}
