// Papers that were true for as long as somebody looked, or that tell of something old as if it were new.
import { addDays, startOf } from '@suanquan/core/calendar'
import type { Row } from '@suanquan/core/supervision'
import type { Draft } from '../../draft.ts'
import { accountOf } from '../../firms.ts'
import type { Provider } from '../../market.ts'
import { newDevice } from '../../market.ts'
import { purchase, type Purchase } from '../../purchase.ts'
import { edited } from '../../texts.ts'
import { invoice, pay, trade } from '../../trade.ts'
import { ordinary, type Stage } from '../scheme.ts'
import {
  amend,
  care,
  dealer,
  deviceOf,
  earlyDay,
  IDLE,
  modestFen,
  payForServices,
  people,
  pieces,
  supportFen,
  type LayOutApart,
} from './parts.ts'

const HOUR = 3_600_000

/**
 * I05. From the trade-in audits of 2025, where deals were made for the subsidy and undone after it: contract, invoice and
 * payment are real until the money of the programme has come; weeks later the invoice is taken back with a red-letter one
 * and the price returned. Easy: all at once, to the buyer, for cards that stood idle. Medium: in two parts to the owner.
 * Hard: in three parts, long after, alternately to the owner and, as a purchase of goods, to another firm of his; the
 * meter saw ordinary work.
 */
export const returnedAfterSubsidy: LayOutApart = (stage) => {
  const { draft, city } = stage
  const hides = care(stage)
  const [owner] = people(draft, 1) as [string]
  const provider = dealer(stage)
  const buyer = ordinary(stage, { legalRepresentative: owner })
  const other = ordinary(stage, { legalRepresentative: owner, staff: 3 + draft.random.int(8) })
  const deal = purchase(
    draft,
    city,
    { firm: buyer, provider },
    {
      amountFen: modestFen(stage),
      signedOn: earlyDay(stage),
      months: 2,
      deliveredShare: [0.2, 0.6, 1][hides]!,
      ...(hides === 0 ? { observed: IDLE } : {}),
    },
  )
  const undoneOn = addDays(deal.redemption.redeemedOn, 12 + 2 * draft.knobs.delayDays + draft.random.int(20))
  pieces(stage, 0.93 * deal.invoice.amountFen, 1 + hides).forEach((amountFen, place) => {
    const paidOn = addDays(undoneOn, place * (9 + draft.random.int(12)))
    const parties = { seller: provider.firm.id, buyer: buyer.id }
    const redLetterOf = deal.invoice.id
    invoice(draft, { ...parties, paidOn, amountFen: -amountFen, redLetterOf, category: 'compute' })
    const from = provider.firm.id
    if (hides === 2 && place % 2 === 1) trade(draft, { from, to: other.id, paidOn, amountFen })
    else pay(draft, { from, to: hides === 0 ? buyer.id : owner, paidOn, amountFen })
  })
  const members = [buyer.id, provider.firm.id, ...(hides === 2 ? [other.id] : [])]
  return { members, amountFen: supportFen([deal]) }
}

/**
 * I06. From the old machines that were sold as new and from the research relief claimed for what was done anyway: use
 * that a contract of the year before had already paid for is put on a new paper once there is a programme. Easy: the old
 * contract runs on beside the new one on the same machines with nearly the same words; its invoice is taken back and the
 * money returned. Medium: the old use ends on the day on which the new begins; the money goes to the owner. Hard: other
 * machines, a few days between, more of the words changed; the old invoice stays and the provider settles by services
 * that it buys from a firm of the same owner.
 */
export const oldContractNewPaper: LayOutApart = (stage) => {
  const { draft, city } = stage
  const { random, knobs } = draft
  const hides = care(stage)
  const [owner] = people(draft, 1) as [string]
  const provider = dealer(stage)
  const buyer = ordinary(stage, { legalRepresentative: owner, registeredOn: '2019-09-12' })
  const sister = ordinary(stage, { legalRepresentative: owner, staff: 3 + random.int(8) })
  const made = purchase(
    draft,
    city,
    { firm: buyer, provider },
    { amountFen: modestFen(stage, 4e7), signedOn: earlyDay(stage), months: 3 },
  )
  const old = addOldContract(stage, made, provider)
  const paidOn = addDays(made.redemption.redeemedOn, 4 + random.int(knobs.delayDays))
  const backFen = Math.round(made.payment.amountFen * (1 - knobs.fee))
  const from = provider.firm.id
  if (hides === 2)
    pieces(stage, backFen, 2).forEach((amountFen, place) =>
      payForServices(draft, { from, to: sister.id, paidOn: addDays(paidOn, 21 * place), amountFen }),
    )
  else {
    const taken = { seller: from, buyer: buyer.id, paidOn, redLetterOf: old.id, category: 'compute' }
    invoice(draft, { ...taken, amountFen: -Math.min(backFen, old.amountFen) })
    pay(draft, { from, to: hides === 0 ? buyer.id : owner, paidOn, amountFen: backFen })
  }
  const members = [buyer.id, provider.firm.id, ...(hides === 2 ? [sister.id] : [])]
  return { members, amountFen: supportFen([made]) }
}

/** The contract of the year before with its use, invoice and payment. Answers the invoice. */
function addOldContract(stage: Stage, made: Purchase, provider: Provider): Row<'invoices'> {
  const { draft } = stage
  const { random, knobs } = draft
  const hides = care(stage)
  const startsOn = addDays('2023-10-08', random.int(40))
  const startsAt = startOf(startsOn) + 9 * HOUR
  const [first] = made.usage
  const pauseDays = 3 + random.int(8)
  const endsAt = [first!.endsAt, first!.startsAt, first!.startsAt - pauseDays * 24 * HOUR][hides]!
  const hours = (endsAt - startsAt) / HOUR
  const cards = made.usage.map((use) => deviceOf(draft, use).cards)
  const cardHours = hours * cards.reduce((sum, count) => sum + count, 0)
  const { id: _, ...terms } = made.contract
  const contract = draft.add('contracts', {
    ...terms,
    programme: null,
    voucher: null,
    number: `SQ-${draft.secret().slice(0, 6)}-${1000 + random.int(9000)}`,
    signedOn: addDays(startsOn, -4),
    startsOn,
    endsOn: hides === 0 ? made.contract.endsOn : made.contract.startsOn,
    cardHours,
    amountFen: Math.round(cardHours * terms.priceFenPerCardHour),
    excludedFen: 0,
    text: edited(random, made.contract.text ?? '', knobs.textChange),
  })
  for (const [place, use] of made.usage.entries()) {
    const { centre, chip } = deviceOf(draft, use)
    const fresh = { provider: provider.firm.id, centre, chip, cards: cards[place]! }
    const device = newDevice(draft, fresh)
    const { id: __, ...rest } = amend(draft, 'usage', use.id, { device: device.id })
    draft.add('usage', {
      ...rest,
      contract: contract.id,
      device: hides === 2 ? newDevice(draft, fresh).id : device.id,
      startsAt,
      endsAt,
      cardHours: hours * cards[place]!,
      energyKwh: hours * cards[place]! * 0.35,
    })
  }
  return addOldBill(draft, contract)
}

/** Paid in advance, before there was a programme. */
function addOldBill(draft: Draft, contract: Row<'contracts'>): Row<'invoices'> {
  const { amountFen } = contract
  draft.add('payments', {
    fromAccount: accountOf(contract.applicant),
    toAccount: accountOf(contract.provider),
    at: startOf('2023-12-27') + 10 * HOUR,
    amountFen,
    contract: contract.id,
  })
  return draft.add('invoices', {
    number: String(10_000_000 + draft.random.int(90_000_000)),
    issuedOn: '2023-12-21',
    amountFen,
    seller: contract.provider,
    buyer: contract.applicant,
    redLetterOf: null,
    contract: contract.id,
    city: '990100',
    category: 'compute',
  })
}
