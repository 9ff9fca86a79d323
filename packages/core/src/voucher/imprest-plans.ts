// 备用金: money of the fund that a provider has in hand, so that it need not wait for a claim to be paid. What it deducts at
// billing is drawn from it in the deduction's own set; the payment of the claim fills it again in the payment's own set.
// So a claim is paid once: the provider keeps what the bank pays, and the advance stays what it was. What is drawn for an
// amount that is then rejected is owed back. At the end everything is returned to what the programmes of the fund share.
import { assert } from '../assert.ts'
import type { PostingCode, Uuid } from '../ledger/index.ts'
import type { Fen, Rate } from '../money/index.ts'
import {
  appropriation,
  imprest,
  imprestDrawn,
  imprestOwed,
  sharedFund,
  type PayableTerms,
  type Terms,
} from './accounts.ts'
import { posting, type Books, type PaymentTerms, type Plan } from './plans.ts'

/** What a programme says about the advances of its providers. */
export interface ImprestRule {
  /** of what was allotted to the programme, for all its providers together; null: no share is set */
  readonly share: Rate | null
  /** of one provider; null: no amount is set */
  readonly amountFen: Fen | null
  /** a deduction beyond the imprest: claimed in the ordinary way, or refused */
  readonly beyond: 'claim' | 'refuse'
}

/** What stands out: advanced and not returned, wherever it is. */
export interface Outstanding {
  readonly ofProviderFen: Fen
  readonly ofProgrammeFen: Fen
}

/** How much more may be advanced to a provider by the programme's rule: never below nothing. */
export function advanceLimit(rule: ImprestRule, allottedFen: Fen, outstanding: Outstanding): Fen {
  const { share, amountFen } = rule
  assert(share !== null || amountFen !== null, 'an imprest is bounded by a share or an amount')
  const limits = [
    ...(share === null
      ? []
      : [(allottedFen * share.numerator) / share.denominator - outstanding.ofProgrammeFen]),
    ...(amountFen === null ? [] : [amountFen - outstanding.ofProviderFen]),
  ]
  const least = limits.reduce((left, right) => (left < right ? left : right))
  return least > 0n ? least : 0n
}

/** 拨付备用金 @param provider its credit code */
export function planAdvance(books: Books, document: Uuid, provider: string, amount: Fen): Plan {
  const { fund } = books
  const [from, to] = [appropriation(sharedFund(fund)), imprest(fund, provider)]
  const move = { document, name: 'advance', code: 'advance' as const, district: fund.jurisdiction }
  return { open: [from, to], sets: [[posting(books, { ...move, debit: from, credit: to, amount })]] }
}

export interface Returned {
  readonly provider: string
  readonly amount: Fen
  /** what the provider owes back: returned first */
  readonly owedFen: Fen
}

/** 缴回备用金: what is owed comes back first, then what lies unused. */
export function planReturn(books: Books, document: Uuid, { provider, amount, owedFen }: Returned): Plan {
  const { fund } = books
  const [owed, left] = [imprestOwed(fund, provider), imprest(fund, provider)]
  const to = appropriation(sharedFund(fund))
  const ofOwed = amount < owedFen ? amount : owedFen
  const move = { document, code: 'return_advance' as const, credit: to, district: fund.jurisdiction }
  const set = [
    { ...move, name: 'return/owed', debit: owed, amount: ofOwed },
    { ...move, name: 'return', debit: left, amount: amount - ofOwed },
  ].filter((each) => each.amount > 0n)
  return { open: [owed, left, to], sets: [set.map((each) => posting(books, each))] }
}

/** An amount as far as there is so much: what a deduction draws, what a payment fills again, what a claim keeps. */
export function upTo(leftFen: Fen, amount: Fen): Fen {
  if (leftFen <= 0n) return 0n
  return amount < leftFen ? amount : leftFen
}

/** A deduction that draws on the imprest: one set, all or nothing. */
export function withDraw(books: Books, deduction: Plan, claim: PaymentTerms, amount: Fen): Plan {
  return linked(books, deduction, { claim, document: claim.id, amount, code: 'draw_down' })
}

/** What a deduction drew, put back or owed back in the set that takes the deduction back. */
export function withDrawnBack(
  books: Books,
  plan: Plan,
  claim: PaymentTerms,
  {
    amount,
    document,
    by,
  }: { readonly amount: Fen; readonly document: Uuid; readonly by: 'provider' | 'office' },
): Plan {
  return linked(books, plan, { claim, document, amount, code: by === 'provider' ? 'draw_back' : 'owe_back' })
}

/** The payment of a claim fills the imprest with what was drawn for it. */
export function withRefill(
  books: Books,
  payment: Plan,
  claim: PaymentTerms,
  { amount, document }: { readonly amount: Fen; readonly document: Uuid },
): Plan {
  return linked(books, payment, { claim, document, amount, code: 'refill' })
}

interface Link {
  readonly claim: PaymentTerms
  readonly document: Uuid
  readonly amount: Fen
  readonly code: Extract<PostingCode, 'draw_down' | 'draw_back' | 'refill' | 'owe_back'>
}

/** One more posting in the decisive set of a plan; nothing where there is nothing to move. */
function linked(books: Books, plan: Plan, { claim, document, amount, code }: Link): Plan {
  if (amount === 0n) return plan
  const [debit, credit] = endsOf(books, claim, code)
  const name = `${code}/${claim.id}`
  const move = posting(books, { document, name, code, debit, credit, amount, district: claim.district })
  return {
    open: [...plan.open, debit, credit],
    sets: [...plan.sets.slice(0, -1), [...plan.sets.at(-1)!, move]],
  }
}

function endsOf({ fund }: Books, claim: PayableTerms, code: Link['code']): readonly [Terms, Terms] {
  const [left, drawn] = [imprest(fund, claim.payee), imprestDrawn(fund, claim)]
  if (code === 'draw_down') return [left, drawn]
  return [drawn, code === 'owe_back' ? imprestOwed(fund, claim.payee) : left]
}
