// A price that is true for the paper and not for the trade.
import { addDays, startOf } from '@suanquan/core/calendar'
import type { Row } from '@suanquan/core/supervision'
import type { Draft } from '../../draft.ts'
import { accountOf } from '../../firms.ts'
import type { Provider } from '../../market.ts'
import { purchase, type Purchase } from '../../purchase.ts'
import { drawSubject } from '../../texts.ts'
import { ordinary } from '../scheme.ts'
import { amend, care, dealer, earlyDay, modestFen, people, type LayOutApart } from './parts.ts'

/**
 * I10. From the dealers who raised a price before they took the subsidy off: the supported contract is dear, and a second
 * one without support is almost free, so that both together cost what the market asks. The list price was lifted to
 * match. Easy: both are the buyer's, days apart. Hard: the dear one is only a third above the market, no list price was
 * left behind, and the cheap one is signed weeks later by a firm of the same owner.
 */
export const twoPrices: LayOutApart = (stage) => {
  const { draft, city } = stage
  const { random, knobs } = draft
  const hides = care(stage)
  const [owner] = people(draft, 1) as [string]
  const provider = dealer(stage)
  const buyer = ordinary(stage, { legalRepresentative: owner })
  const sister = ordinary(stage, { legalRepresentative: owner, staff: 5 + random.int(15) })
  const deal = purchase(
    draft,
    city,
    { firm: buyer, provider },
    {
      amountFen: modestFen(stage, 5e7),
      priceFactor: knobs.priceFactor,
      signedOn: earlyDay(stage),
      months: 3,
    },
  )
  const { priceFenPerCardHour } = deal.contract
  const listPriceFen = hides === 2 ? null : Math.round(priceFenPerCardHour * (1.02 + 0.06 * random.next()))
  amend(draft, 'contracts', deal.contract.id, { listPriceFen })
  addCheapOne(draft, { deal, provider, firm: hides === 2 ? sister : buyer, daysLater: 3 + 16 * hides })
  const members = [buyer.id, provider.firm.id, ...(hides === 2 ? [sister.id] : [])]
  return { members, amountFen: Math.round(deal.redemption.subsidyFen * (1 - 1 / knobs.priceFactor)) }
}

interface Cheap {
  readonly deal: Purchase
  readonly provider: Provider
  readonly firm: Row<'firms'>
  readonly daysLater: number
}

/** So many hours for next to nothing that all hours together cost what the market asks. */
function addCheapOne(draft: Draft, { deal, provider, firm, daysLater }: Cheap): void {
  const { random } = draft
  const { id: _, ...terms } = deal.contract
  const fair = terms.priceFenPerCardHour / draft.knobs.priceFactor
  const low = Math.max(1, Math.round(0.15 * fair))
  const cardHours = (terms.cardHours * (terms.priceFenPerCardHour - fair)) / (fair - low)
  const startsOn = addDays(terms.startsOn, daysLater)
  const [cards, hours] = [8 * Math.ceil(cardHours / 8 / 1900), 1900]
  const wholeHours = Math.min(hours, cardHours / cards)
  const amountFen = Math.round(low * cardHours)
  const contract = draft.add('contracts', {
    ...terms,
    programme: null,
    voucher: null,
    applicant: firm.id,
    number: `SQ-${draft.secret().slice(0, 6)}-${1000 + random.int(9000)}`,
    signedOn: addDays(terms.signedOn, daysLater),
    startsOn,
    endsOn: addDays(startsOn, Math.ceil(wholeHours / 24) + 1),
    cardHours,
    priceFenPerCardHour: low,
    listPriceFen: null,
    amountFen,
    excludedFen: 0,
    text: provider.template + drawSubject(random),
  })
  const startsAt = startOf(startsOn) + 9 * 3_600_000
  const endsAt = startsAt + Math.ceil(wholeHours * 3_600_000)
  for (let left = cards; left > 0; left -= 8)
    draft.add('usage', {
      contract: contract.id,
      device: provider.deviceFree(draft, { chip: terms.chip, cards: 8, startsAt, endsAt }).id,
      startsAt,
      endsAt,
      cardHours: 8 * wholeHours,
      exclusive: true,
      declaredClass: 'training',
      observedClass: 'training',
      image: 'megatron:24.05',
      tenant: firm.id,
      energyKwh: 8 * wholeHours * 0.35,
      feedGaps: random.int(4),
    })
  const parties = { amountFen, contract: contract.id }
  draft.add('invoices', {
    ...parties,
    number: String(10_000_000 + random.int(90_000_000)),
    issuedOn: addDays(contract.endsOn, 2),
    seller: provider.firm.id,
    buyer: firm.id,
    redLetterOf: null,
    city: '990100',
    category: 'compute',
  })
  draft.add('payments', {
    ...parties,
    fromAccount: accountOf(firm.id),
    toAccount: accountOf(provider.firm.id),
    at: startOf(addDays(contract.endsOn, 6 + random.int(10))) + 11 * 3_600_000,
  })
}
