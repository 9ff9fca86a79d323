// One supported purchase from application to redemption, with everything that it leaves behind: documents, decision,
// voucher, contract, use of devices, invoice, payment, redemption. Honest unless a deviation is asked for: a scheme is an
// honest course with some facts changed, so that everything else about it looks as it should.
import { addDays, startOf, type Day } from '@suanquan/core/calendar'
import type { Row } from '@suanquan/core/supervision'
import { chance, dayBetween, momentOn, type Draft } from './draft.ts'
import { accountOf } from './firms.ts'
import { listPriceFen, priceFen, type City, type Provider } from './market.ts'
import { addSeries, type Observed } from './observed.ts'
import { drawSubject } from './texts.ts'

export interface Deviation {
  readonly amountFen?: number
  readonly priceFactor?: number
  readonly signedOn?: Day
  readonly startsOn?: Day
  readonly months?: number
  readonly number?: string
  readonly text?: string
  readonly framework?: string
  readonly sku?: string
  readonly chip?: string
  readonly mode?: string
  readonly templateHash?: string
  readonly agent?: string
  /** share of what is invoiced that the meter sees */
  readonly deliveredShare?: number
  readonly payer?: string
  readonly redeemer?: string
  readonly tenant?: string
  readonly observed?: Observed
  readonly devices?: readonly Row<'devices'>[]
  readonly faceFen?: number
  readonly reviewer?: string
  readonly quotes?: 'honest' | 'cover'
}

export interface Purchase {
  readonly application: Row<'applications'>
  readonly voucher: Row<'vouchers'>
  readonly contract: Row<'contracts'>
  readonly usage: readonly Row<'usage'>[]
  readonly invoice: Row<'invoices'>
  readonly payment: Row<'payments'>
  readonly redemption: Row<'redemptions'>
}

export const RATE = 0.3

interface Place {
  readonly draft: Draft
  readonly city: City
}

export function purchase(
  draft: Draft,
  city: City,
  parties: { readonly firm: Row<'firms'>; readonly provider: Provider },
  deviation: Deviation = {},
): Purchase {
  const { random } = draft
  const { firm, provider } = parties
  const signedOn = deviation.signedOn ?? dayBetween(random, '2024-02-01', 240)
  const amountFen = deviation.amountFen ?? city.drawAmount()
  const application = apply({ draft, city }, firm, signedOn, deviation)
  const faceFen = deviation.faceFen ?? Math.round(RATE * amountFen)
  const issuedOn = addDays(signedOn, -5)
  const voucher = draft.add('vouchers', {
    application: application.id,
    programme: city.programme.id,
    firm: firm.id,
    faceFen,
    issuedOn,
    usableUntil: addDays(issuedOn, 365),
  })
  const contract = sign(draft, { ...parties, voucher, signedOn, amountFen }, deviation)
  if (amountFen > 1.2e8 || deviation.quotes) quote(draft, city, contract, deviation.quotes ?? 'honest')
  const usage = use({ draft, city }, contract, provider, deviation)
  const endedOn = contract.endsOn
  const billedFen = contract.amountFen
  const invoice = draft.add('invoices', {
    number: String(10_000_000 + random.int(90_000_000)),
    issuedOn: addDays(endedOn, 1 + random.int(5)),
    amountFen: billedFen,
    seller: provider.firm.id,
    buyer: firm.id,
    redLetterOf: null,
    contract: contract.id,
    city: '990100',
    category: 'compute',
  })
  const paidOn = addDays(invoice.issuedOn, 2 + random.int(12))
  const payment = draft.add('payments', {
    fromAccount: accountOf(deviation.payer ?? firm.id),
    toAccount: accountOf(provider.firm.id),
    at: momentOn(random, paidOn),
    amountFen: chance(random, 0.5) ? billedFen : billedFen - faceFen,
    contract: contract.id,
  })
  const redemption = draft.add('redemptions', {
    voucher: voucher.id,
    contract: contract.id,
    redeemer: deviation.redeemer ?? firm.id,
    redeemedOn: addDays(paidOn, 3 + random.int(20)),
    expenseFen: billedFen - contract.excludedFen,
    subsidyFen: faceFen,
  })
  return { application, voucher, contract, usage, invoice, payment, redemption }
}

function apply(
  { draft, city }: Place,
  firm: Row<'firms'>,
  signedOn: Day,
  deviation: Deviation,
): Row<'applications'> {
  const { random } = draft
  const handedInOn = addDays(signedOn, -40 + random.int(15))
  const agent = deviation.agent ?? firm.agent
  const application = draft.add('applications', {
    programme: city.programme.id,
    firm: firm.id,
    handedInAt: momentOn(random, handedInOn),
    handler: null,
    agent,
    // An agent's clients come on the agent's template, whoever they buy from.
    templateHash: deviation.templateHash ?? (agent === null ? draft.secret() : `template of ${agent}`),
    amountFen: deviation.amountFen ?? 0,
  })
  draft.add('documents', {
    application: application.id,
    kind: 'site_photograph',
    sha256: draft.secret() + draft.secret(),
    dhash: draft.secret(),
    author: null,
  })
  if (deviation.reviewer === undefined) {
    const score = Math.min(100, Math.max(60, 78 + 8 * random.normal()))
    draft.add('decisions', {
      application: application.id,
      reviewer: random.pick(city.reviewers),
      decidedAt: momentOn(random, addDays(handedInOn, 7)),
      minutes: Math.round(20 + 90 * random.next()),
      score: Math.round(score),
      approved: true,
      override: chance(random, 0.02),
    })
  } else
    draft.add('decisions', {
      application: application.id,
      reviewer: deviation.reviewer,
      decidedAt: momentOn(random, addDays(handedInOn, 1)),
      minutes: 1 + random.int(6),
      score: chance(random, 0.5) ? null : 55,
      approved: true,
      override: chance(random, 0.8),
    })
  return application
}

interface Signing {
  readonly firm: Row<'firms'>
  readonly provider: Provider
  readonly voucher: Row<'vouchers'>
  readonly signedOn: Day
  readonly amountFen: number
}

function sign(draft: Draft, signing: Signing, deviation: Deviation): Row<'contracts'> {
  const { random } = draft
  const { firm, provider, voucher, signedOn, amountFen } = signing
  const chip = deviation.chip ?? random.pick(provider.chips)
  const fair = priceFen(random, chip, signedOn)
  const price = Math.max(1, Math.round(fair * (deviation.priceFactor ?? 1)))
  const excludedFen = chance(random, 0.1) ? Math.round(0.05 * amountFen) : 0
  const startsOn = deviation.startsOn ?? addDays(signedOn, 2)
  const cardHours = (amountFen - excludedFen) / price
  const cards = Math.max(1, Math.min(256, Math.ceil(cardHours / (24 * 27 * (deviation.months ?? 4)))))
  const days = Math.max(2, Math.ceil(cardHours / cards / 24) + 1)
  return draft.add('contracts', {
    number: deviation.number ?? `SQ-${draft.secret().slice(0, 6)}-${1000 + random.int(9000)}`,
    programme: voucher.programme,
    voucher: voucher.id,
    applicant: firm.id,
    provider: provider.firm.id,
    framework: deviation.framework ?? null,
    signedOn,
    startsOn,
    endsOn: addDays(startsOn, days),
    sku: deviation.sku ?? `${chip}-${cards > 4 ? 'cluster' : 'cloud'}`,
    chip,
    mode: deviation.mode ?? (cards > 8 ? 'lease' : 'cloud'),
    region: '990100',
    cardHours,
    priceFenPerCardHour: price,
    listPriceFen: listPriceFen(random, { chip, fairFen: fair, on: signedOn }),
    amountFen,
    excludedFen,
    text: deviation.text ?? provider.template + drawSubject(random),
  })
}

function quote(draft: Draft, city: City, contract: Row<'contracts'>, kind: 'honest' | 'cover'): void {
  const { random } = draft
  const author = draft.secret()
  const spread = 0.003 + 0.003 * random.next()
  const others = kind === 'honest' ? 2 : 3
  draft.add('quotes', {
    contract: contract.id,
    bidder: contract.provider,
    amountFen: contract.amountFen,
    author: kind === 'cover' ? author : draft.secret(),
  })
  for (let bid = 0; bid < others; bid++) {
    const above = kind === 'honest' ? 0.02 + 0.25 * random.next() : 0.02 + spread * bid
    draft.add('quotes', {
      contract: contract.id,
      bidder: random.pick(city.providers).firm.id,
      amountFen: Math.round(contract.amountFen * (1 + above)),
      author: kind === 'cover' && chance(random, 1 - draft.knobs.cover) ? author : draft.secret(),
    })
  }
}

function use(
  { draft, city }: Place,
  contract: Row<'contracts'>,
  provider: Provider,
  deviation: Deviation,
): Row<'usage'>[] {
  const cards = Math.max(1, Math.round(contract.cardHours / 24 / Math.max(1, daysOf(contract) - 1)))
  const hours = (contract.cardHours * (deviation.deliveredShare ?? 1)) / cards
  const startsAt = startOf(contract.startsOn) + 9 * 3_600_000
  const endsAt = startsAt + Math.ceil(hours * 3_600_000)
  const work = deviation.observed ?? city.drawWork()
  const rows: Row<'usage'>[] = []
  for (let left = cards; left > 0; left -= 8) {
    const inUse = Math.min(8, left)
    const wanted = { chip: contract.chip, cards: inUse, startsAt, endsAt }
    const device = deviation.devices?.[rows.length] ?? provider.deviceFree(draft, wanted)
    rows.push(
      draft.add('usage', {
        contract: contract.id,
        device: device.id,
        startsAt,
        endsAt,
        cardHours: hours * inUse,
        exclusive: true,
        declaredClass: work.declaredClass,
        observedClass: work.observedClass,
        image: work.image,
        tenant: deviation.tenant ?? contract.applicant,
        energyKwh: hours * inUse * 0.35,
        feedGaps: draft.random.int(4),
      }),
    )
  }
  if (deviation.observed !== undefined || city.takesSeries()) addSeries(draft, rows[0]!, work)
  return rows
}

function daysOf(contract: Row<'contracts'>): number {
  return (startOf(contract.endsOn) - startOf(contract.startsOn)) / 86_400_000
}
