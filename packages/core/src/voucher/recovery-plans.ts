// Taking back and putting right, in the ledger. A clawback revokes what is left of a voucher and makes what was paid a
// debt of whom it was paid to; recovery goes to the treasury. What an appeal upholds is unwound posting by posting. A
// correction reverses what was recorded of a claim, its caps included, and records what is right, as one linked set.
import type { Posting, Uuid } from '../ledger/index.ts'
import type { Fen } from '../money/index.ts'
import {
  capAccounts,
  paid,
  payable,
  pool,
  receivable,
  treasury,
  voucher,
  type CapLine,
  type PayableTerms,
  type Terms,
  type VoucherTerms,
} from './accounts.ts'
import { posting, type Books, type Move, type PaymentTerms, type Plan } from './plans.ts'
import { spentOf, totalOf, type Source } from './sources.ts'

/** What a decision takes back: of a voucher what is left of it, of what was paid a part. */
export interface ClawbackTerms {
  /** the document of the decision */
  readonly id: Uuid
  /** number of the decision, whom it obliges, where */
  readonly debt: PayableTerms
  readonly voucher: VoucherTerms | null
  readonly revokedFen: Fen
  readonly owedFen: Fen
  /** the pools that paid for the grant */
  readonly sources: readonly Source[]
}

type Step = Pick<Move, 'name' | 'code' | 'debit' | 'credit' | 'amount'>

/** One linked set of what is more than nothing; null when there is nothing to post. */
function setOf(books: Books, document: Uuid, district: string, steps: readonly Step[]): Plan | null {
  const set = steps
    .filter(({ amount }) => amount > 0n)
    .map((step): Posting => posting(books, { ...step, document, district }))
  if (set.length === 0) return null
  return { open: steps.flatMap(({ debit, credit }): Terms[] => [debit, credit]), sets: [set] }
}

/** What each source's part changes by when the spending goes from one amount to another. */
function partsOf(
  sources: readonly Source[],
  fromFen: Fen,
  toFen: Fen,
): readonly { readonly pool: Source['pool']; readonly fen: Fen; readonly suffix: string }[] {
  const [before, after] = [spentOf(sources, fromFen), spentOf(sources, toFen)]
  return sources.map(({ pool: key }, index) => {
    const change = after[index]! - before[index]!
    return { pool: key, fen: change < 0n ? -change : change, suffix: index === 0 ? '' : `/${index}` }
  })
}

/** What is left of the voucher, to its pools or back from them, each its share. */
function restSteps(books: Books, terms: ClawbackTerms, code: 'revoke' | 'issue'): readonly Step[] {
  const { fund } = books
  if (terms.voucher === null) return []
  const account = voucher(fund, terms.voucher)
  const whole = totalOf(terms.sources)
  return partsOf(terms.sources, whole, whole - terms.revokedFen).map(({ pool: key, fen, suffix }): Step => {
    const other = pool(fund, key)
    return code === 'revoke'
      ? { name: `revoke${suffix}`, code, debit: account, credit: other, amount: fen }
      : { name: `restore${suffix}`, code, debit: other, credit: account, amount: fen }
  })
}

export function planClawback(books: Books, terms: ClawbackTerms): Plan | null {
  const { fund } = books
  const { id, debt, owedFen } = terms
  const demand: Step = {
    name: 'claw-back',
    code: 'claw_back',
    debit: paid(fund, debt),
    credit: receivable(fund, debt),
    amount: owedFen,
  }
  return setOf(books, id, debt.district, [...restSteps(books, terms, 'revoke'), demand])
}

/** @param terms with what is unwound: what was revoked, and what is still owed */
export function planCancelClawback(books: Books, terms: ClawbackTerms): Plan | null {
  const { fund } = books
  const { id, debt, owedFen } = terms
  const cancel: Step = {
    name: 'cancel',
    code: 'cancel_clawback',
    debit: receivable(fund, debt),
    credit: paid(fund, debt),
    amount: owedFen,
  }
  return setOf(books, id, debt.district, [...restSteps(books, terms, 'issue'), cancel])
}

/** What came back, or goes back again, and who had paid it. */
export interface Payback {
  readonly document: Uuid
  readonly amount: Fen
  readonly sources: readonly Source[]
  /** recovered before it */
  readonly beforeFen: Fen
}

/** Between the debt and the treasuries that had paid: the city's, and a district's for what its tier added. */
function paybackSteps(
  books: Books,
  debt: PayableTerms,
  payback: Payback,
  code: 'recover' | 'unrecover',
): readonly Step[] {
  const { fund } = books
  const { sources, beforeFen, amount } = payback
  const owed = receivable(fund, debt)
  return partsOf(sources, beforeFen, beforeFen + amount).map(({ pool: key, fen, suffix }): Step => {
    const from = key.kind === 'tier' ? treasury(fund, key.district) : treasury(fund)
    return code === 'recover'
      ? { name: `recover${suffix}`, code, debit: owed, credit: from, amount: fen }
      : { name: `unrecover${suffix}`, code, debit: from, credit: owed, amount: fen }
  })
}

/** 收回: the firm has paid back. */
export function planRecovery(books: Books, debt: PayableTerms, payback: Payback): Plan {
  return setOf(books, payback.document, debt.district, paybackSteps(books, debt, payback, 'recover'))!
}

/** 抵扣应付: what is payable on another claim of the same payee settles the debt; no money moves at the bank. */
export function planSetOff(books: Books, debt: PayableTerms, claim: PaymentTerms, payback: Payback): Plan {
  const { fund } = books
  const settled: Step = {
    name: 'pay',
    code: 'pay',
    debit: payable(fund, claim),
    credit: paid(fund, claim),
    amount: payback.amount,
  }
  const recovered = paybackSteps(books, debt, payback, 'recover')
  return setOf(books, payback.document, debt.district, [settled, ...recovered])!
}

/** 坏账核销: nobody demands it any longer; it stays what it was, paid. */
export function planUndemand(books: Books, debt: PayableTerms, document: Uuid, amount: Fen): Plan {
  const { fund } = books
  const step: Step = {
    name: 'write-off',
    code: 'cancel_clawback',
    debit: receivable(fund, debt),
    credit: paid(fund, debt),
    amount,
  }
  return setOf(books, document, debt.district, [step])!
}

/** 退汇: the bank sent back what was paid; it is owed again, under the claim that it was paid for. */
export function planBounce(books: Books, claim: PaymentTerms, document: Uuid, amount: Fen): Plan {
  const { fund } = books
  const step: Step = {
    name: `bounce/${claim.id}`,
    code: 'bounce',
    debit: paid(fund, claim),
    credit: payable(fund, claim),
    amount,
  }
  return setOf(books, document, claim.district, [step])!
}

/** What was recovered under a decision that did not stand goes back to the firm. */
export function planRefund(books: Books, debt: PayableTerms, payback: Payback): Plan {
  const { fund } = books
  const cancel: Step = {
    name: 'refund',
    code: 'cancel_clawback',
    debit: receivable(fund, debt),
    credit: paid(fund, debt),
    amount: payback.amount,
  }
  const back = paybackSteps(books, debt, payback, 'unrecover')
  return setOf(books, payback.document, debt.district, [...back, cancel])!
}

/** A claim as it is recorded and as it is right. */
export interface Rectified {
  /** the document of the correction */
  readonly id: Uuid
  readonly recordedFen: Fen
  readonly rightFen: Fen
  /** of what was recorded: paid, or set off */
  readonly settledFen: Fen
  /** what the record drew on: caps on payments, or those of a grant without a voucher */
  readonly caps: readonly CapLine[]
  /** where the amount comes from: the voucher while it can be used, else its pools */
  readonly source: VoucherTerms | PaidByPools
  /** of what was paid too much: demanded under this number, and now back */
  readonly demanded: { readonly debt: PayableTerms; readonly amountFen: Fen } | null
}

/** The pools that paid, and what all that rests on them has spent before the correction. */
export interface PaidByPools {
  readonly sources: readonly Source[]
  readonly spentFen: Fen
}

/**
 * What was recorded on a voucher is reversed whole, and what is right is recorded, all or nothing. Where the pools paid,
 * the difference goes back to each, or comes from each, by its share.
 */
export function planRectification(books: Books, claim: PaymentTerms, rectified: Rectified): Plan {
  const { fund } = books
  const { rightFen, settledFen, demanded } = rectified
  const settled = paid(fund, claim)
  const undemand: readonly Step[] =
    demanded === null
      ? []
      : [
          {
            name: 'undemand',
            code: 'cancel_clawback',
            debit: receivable(fund, demanded.debt),
            credit: settled,
            amount: demanded.amountFen,
          },
        ]
  const keptFen = rightFen < settledFen ? rightFen : settledFen
  const steps =
    'sources' in rectified.source
      ? differenceSteps(books, claim, { ...rectified, source: rectified.source, keptFen })
      : wholeSteps(books, claim, { ...rectified, source: rectified.source, keptFen })
  return setOf(books, rectified.id, claim.district, [...undemand, ...steps])!
}

type Kept<Origin> = Omit<Rectified, 'source'> & { readonly source: Origin; readonly keptFen: Fen }

function wholeSteps(books: Books, claim: PaymentTerms, rectified: Kept<VoucherTerms>): readonly Step[] {
  const { recordedFen, rightFen, settledFen, keptFen, caps } = rectified
  const [owed, settled] = [payable(books.fund, claim), paid(books.fund, claim)]
  const source = voucher(books.fund, rectified.source)
  return [
    { name: 'bounce', code: 'bounce', debit: settled, credit: owed, amount: settledFen },
    { name: 'reverse', code: 'unredeem', debit: owed, credit: source, amount: recordedFen },
    ...capSteps(books, caps, 'free', [recordedFen, 1n]),
    { name: 'right', code: 'redeem', debit: source, credit: owed, amount: rightFen },
    ...capSteps(books, caps, 'use', [rightFen, rightFen > 0n ? 1n : 0n]),
    { name: 'pay', code: 'pay', debit: owed, credit: settled, amount: keptFen },
  ]
}

function differenceSteps(books: Books, claim: PaymentTerms, rectified: Kept<PaidByPools>): readonly Step[] {
  const { recordedFen, rightFen, settledFen, keptFen, caps } = rectified
  const { sources, spentFen } = rectified.source
  const [owed, settled] = [payable(books.fund, claim), paid(books.fund, claim)]
  const less = rightFen < recordedFen
  const fen = less ? recordedFen - rightFen : rightFen - recordedFen
  const parts = partsOf(sources, spentFen, less ? spentFen - fen : spentFen + fen)
  return [
    { name: 'bounce', code: 'bounce', debit: settled, credit: owed, amount: settledFen - keptFen },
    ...parts.map(({ pool: key, fen: part, suffix }): Step => {
      const from = pool(books.fund, key)
      return less
        ? { name: `reverse${suffix}`, code: 'unaward', debit: owed, credit: from, amount: part }
        : { name: `right${suffix}`, code: 'award', debit: from, credit: owed, amount: part }
    }),
    ...capSteps(books, caps, less ? 'free' : 'use', [fen, rightFen === 0n ? 1n : 0n]),
  ]
}

/** @param amounts of money, and of times */
function capSteps(
  books: Books,
  caps: readonly CapLine[],
  code: 'free' | 'use',
  [fen, times]: readonly [Fen, bigint],
): readonly Step[] {
  return caps.map((line): Step => {
    const { left, used } = capAccounts(books.fund, line)
    const amount = line.measure === 'fen' ? fen : times
    const name = `${code}/${line.key}`
    return code === 'free'
      ? { name, code, debit: used, credit: left, amount }
      : { name, code, debit: left, credit: used, amount }
  })
}
