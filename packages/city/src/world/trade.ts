// The ordinary money of a city: firms pay a few suppliers again and again, large ones more than small ones; some trade
// goes both ways; some invoices are taken back. And the honest course of the programme: single contracts, renewals month
// by month, call-offs of a framework.
import { addDays } from '@suanquan/core/calendar'
import type { Row } from '@suanquan/core/supervision'
import { chance, dayBetween, lognormal, momentOn, type Draft } from './draft.ts'
import { accountOf } from './firms.ts'
import { levels } from './levels.ts'
import { FIRM_CAP_FEN, type City, type Provider } from './market.ts'
import { purchase, RATE, type Deviation } from './purchase.ts'
import { drawSubject } from './texts.ts'

export function honestPayments(draft: Draft, firms: readonly Row<'firms'>[], city: City): void {
  const { random } = draft
  const wanted = levels[draft.level].payments
  const providers = new Set(city.providers.map(({ firm }) => firm.id))
  // Preferential attachment: whoever was paid before is more likely to be paid again.
  const paid: string[] = firms.slice(0, 200).map((firm) => firm.id)
  for (let count = 0; count < wanted;) {
    const payer = random.pick(firms)
    const payee = chance(random, 0.7) ? random.pick(paid) : random.pick(firms).id
    if (payee === payer.id || providers.has(payer.id)) continue
    paid.push(payee)
    const amount = lognormal(random, 3e6, 1.4)
    const months = chance(random, 0.3) ? 1 + random.int(8) : 1
    const first = dayBetween(random, '2024-01-03', 100)
    for (let month = 0; month < months; month++, count++) {
      const paidOn = addDays(first, 30 * month + random.int(4))
      const amountFen = Math.round(amount * (1 + 0.05 * random.normal()))
      if (amountFen <= 0) continue
      pay(draft, { from: payer.id, to: payee, paidOn, amountFen })
      if (chance(random, 0.04))
        trade(draft, { from: payee, to: payer.id, paidOn: addDays(paidOn, 5 + random.int(40)), amountFen })
      else if (chance(random, 0.02)) refund(draft, { from: payer.id, to: payee, paidOn, amountFen })
    }
  }
}

interface Flow {
  readonly from: string
  readonly to: string
  readonly paidOn: string
  readonly amountFen: number
}

export function pay(draft: Draft, { from, to, paidOn, amountFen }: Flow): Row<'payments'> {
  return draft.add('payments', {
    fromAccount: accountOf(from),
    toAccount: accountOf(to),
    at: momentOn(draft.random, paidOn),
    amountFen: Math.round(amountFen),
    contract: null,
  })
}

/** A payment with the invoice of the goods behind it. */
export function trade(draft: Draft, flow: Flow): void {
  pay(draft, flow)
  invoice(draft, { ...flow, seller: flow.to, buyer: flow.from })
}

export function invoice(
  draft: Draft,
  made: {
    readonly seller: string
    readonly buyer: string
    readonly paidOn: string
    readonly amountFen: number
    readonly redLetterOf?: string
    readonly category?: string
  },
): Row<'invoices'> {
  return draft.add('invoices', {
    number: String(10_000_000 + draft.random.int(90_000_000)),
    issuedOn: addDays(made.paidOn, -3),
    amountFen: Math.round(made.amountFen),
    seller: made.seller,
    buyer: made.buyer,
    redLetterOf: made.redLetterOf ?? null,
    contract: null,
    city: '990100',
    category: made.category ?? 'goods',
  })
}

/** Paid, taken back with a red-letter invoice, money returned. */
export function refund(draft: Draft, flow: Flow): void {
  const first = invoice(draft, { ...flow, seller: flow.to, buyer: flow.from })
  const back = addDays(flow.paidOn, 10)
  invoice(draft, {
    seller: flow.to,
    buyer: flow.from,
    paidOn: back,
    amountFen: -Math.round(flow.amountFen),
    redLetterOf: first.id,
  })
  pay(draft, { from: flow.to, to: flow.from, paidOn: back, amountFen: flow.amountFen })
}

/** What honest applicants do over the year, until the contracts of the level are signed. */
export function honestPurchases(
  draft: Draft,
  applicants: readonly Row<'firms'>[],
  city: City,
  wanted: number,
): void {
  const { random } = draft
  let next = 0
  for (let signed = 0; signed < wanted && next < applicants.length;) {
    const firm = applicants[next++]!
    const provider = random.pick(city.providers)
    const draw = random.next()
    if (draw < 0.2) signed += series(draft, city, { firm, provider }, 'renewals')
    else if (draw < 0.35) signed += series(draft, city, { firm, provider }, 'call_offs')
    else {
      const first = city.drawAmount()
      purchase(draft, city, { firm, provider }, capped(first, 0))
      signed += 1
      const room = FIRM_CAP_FEN - RATE * first
      if (room > 2e7 && chance(random, 0.4)) {
        const other = random.pick(city.providers)
        purchase(draft, city, { firm, provider: other }, capped(city.drawAmount(), Math.round(RATE * first)))
        signed += 1
      }
    }
  }
}

/** The voucher ends at the firm's cap, whatever the contract is worth. */
function capped(amountFen: number, usedFen: number): Deviation {
  return { amountFen, faceFen: Math.max(1, Math.min(Math.round(RATE * amountFen), FIRM_CAP_FEN - usedFen)) }
}

/** Month after month on the same text; or call-offs of one framework, together as large as they like. */
export function series(
  draft: Draft,
  city: City,
  parties: { readonly firm: Row<'firms'>; readonly provider: Provider },
  kind: 'renewals' | 'call_offs',
): number {
  const { random } = draft
  const count = 2 + random.int(3)
  const text = parties.provider.template + drawSubject(random)
  const amountFen = Math.min(FIRM_CAP_FEN / RATE / count, city.drawAmount())
  const framework = `framework-${draft.secret().slice(0, 8)}`
  const chip = random.pick(parties.provider.chips)
  let signedOn = dayBetween(random, '2024-02-01', 120)
  for (let place = 0; place < count; place++) {
    const { contract } = purchase(draft, city, parties, {
      amountFen: Math.round(amountFen),
      signedOn,
      months: 1,
      text,
      chip,
      ...(kind === 'call_offs' ? { framework } : {}),
    })
    signedOn = kind === 'renewals' ? addDays(contract.endsOn, -2) : addDays(signedOn, 10 + random.int(30))
  }
  return count
}
