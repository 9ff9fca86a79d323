import fc from 'fast-check'
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { addDays, startOf } from '../calendar/index.ts'
import type { Hash } from '../canonical.ts'
import { derivedUuid, emptyJournal, post, reservationOf, usable, type Journal } from '../ledger/index.ts'
import { pool, voucher } from './accounts.ts'
import { sumsOfParts, voucherPieces, type VoucherLine, type VoucherPiece } from './pieces.ts'
import {
  idOf,
  planAppropriation,
  planApproval,
  planDeduction,
  planExpiry,
  planGrant,
  planHold,
  planRedemption,
  planReleaseHold,
  type Books,
  type ClaimTerms,
  type Plan,
} from './plans.ts'
import { planTakeBack } from './take-back.ts'
import { ownPool } from './sources.ts'

const hash: Hash = (bytes) => createHash('sha256').update(bytes).digest()
const books: Books = { fund: { ledger: 1, jurisdiction: '990100', programme: 'p' }, hash }
const START = '2024-03-01'
const TERMS = { number: 'Q-1', holder: '91110000MA001A1X0X', district: '990101', usableUntil: '2024-03-20' }
const FACE = 1000n
const SOURCES = [{ pool: ownPool(books.fund), amountFen: FACE }]
const account = idOf(books, voucher(books.fund, TERMS))
const document = (name: string): string => derivedUuid(hash, ['document', name])

type Act =
  | { readonly do: 'hold' | 'deduct'; readonly fen: bigint }
  | { readonly do: 'approve' | 'refuse' | 'take_back'; readonly which: number; readonly part: bigint }
  | { readonly do: 'expire' }

const fen = fc.bigInt({ min: 1n, max: 400n })
const acts: fc.Arbitrary<readonly Act[]> = fc.array(
  fc.oneof(
    fc.record({ do: fc.constantFrom('hold' as const, 'deduct' as const), fen }),
    fc.record({
      do: fc.constantFrom('approve' as const, 'refuse' as const, 'take_back' as const),
      which: fc.nat(9),
      part: fen,
    }),
    fc.constant({ do: 'expire' as const }),
  ),
  { maxLength: 14 },
)

/** Every act goes through the ledger's rules; what they refuse leaves nothing. */
function play(asked: readonly Act[]): Journal {
  const journal = emptyJournal(1, '990100', hash)
  const claims: { readonly terms: ClaimTerms; readonly fen: bigint }[] = []
  const carryOut = (plan: Plan, day: number): void => {
    const moment = startOf(addDays(START, day))
    post(journal, { ledger: 1, jurisdiction: '990100', moment, open: plan.open, sets: plan.sets })
  }
  const grant = { makes: 'voucher' as const, ...TERMS }
  const approval = { id: document('approval'), amountFen: FACE, caps: [] }
  carryOut(planAppropriation(books, document('money'), 5000n), 0)
  carryOut(planApproval(books, approval, grant), 1)
  carryOut(planGrant(books, approval, grant), 2)
  asked.forEach((act, index) => {
    const day = 3 + index * 2
    if (act.do === 'expire') {
      const { balance, account: own } = journal.books.accounts.get(account)!
      const left = usable({ ...own, usableUntil: null }, balance, startOf(addDays(START, day)))
      if (left > 0n)
        carryOut(
          planExpiry(books, document(`voucher ${index}`), { terms: TERMS, sources: SOURCES, left }),
          day,
        )
      return
    }
    if ('fen' in act) {
      const number = `D-${index}`
      const terms = { id: document(number), number, payee: TERMS.holder, district: '990101', voucher: TERMS }
      claims.push({ terms, fen: act.fen })
      carryOut(
        act.do === 'hold' ? planHold(books, terms, act.fen) : planDeduction(books, terms, act.fen, []),
        day,
      )
      return
    }
    const claim = claims[act.which]
    if (claim === undefined) return
    const part = act.part < claim.fen ? act.part : claim.fen
    if (act.do === 'approve') carryOut(planRedemption(books, claim.terms, part, []), day)
    if (act.do === 'refuse') carryOut(planReleaseHold(books, claim.terms, claim.fen), day)
    if (act.do === 'take_back') {
      const taken = { deductedFen: claim.fen, caps: [], keptFen: claim.fen - part, returned: null }
      carryOut(planTakeBack(books, claim.terms, taken), day)
    }
  })
  return journal
}

function linesOf(journal: Journal, until = Infinity): VoucherLine[] {
  return journal.rows
    .filter(({ sequence }) => Number(sequence) <= until)
    .filter(({ posting: { debit, credit } }) => debit === account || credit === account)
    .map(({ sequence, posting }) => ({
      sequence,
      id: posting.id,
      kind: posting.kind,
      code: posting.code,
      amount: posting.amount,
      reservation: reservationOf(posting),
      document: posting.document,
      debited: posting.debit === account,
      other: posting.debit === account ? posting.credit : posting.debit,
    }))
}

const total = (pieces: readonly VoucherPiece[]): bigint =>
  pieces.reduce((sum, { fen: each }) => sum + each, 0n)

describe('every fen of a voucher', () => {
  test('is in exactly one part, as of any sequence, and the parts agree with the balance', () => {
    fc.assert(
      fc.property(acts, (asked) => {
        const journal = play(asked)
        const issued = journal.rows.find(
          ({ posting }) => posting.credit === account && posting.kind === 'settle',
        )!
        for (let until = issued.sequence; until <= BigInt(journal.rows.length); until++) {
          const moment = journal.rows[Number(until) - 1]!.at
          const pieces = voucherPieces(linesOf(journal, Number(until)), { ...TERMS, moment })
          expect(total(pieces)).toBe(FACE)
          expect(pieces.every(({ fen: each }) => each > 0n)).toBe(true)
        }
        const moment = journal.rows.at(-1)!.at
        const sums = sumsOfParts(voucherPieces(linesOf(journal), { ...TERMS, moment }))
        const { balance, account: own } = journal.books.accounts.get(account)!
        expect(sums.usable).toBe(usable(own, balance, moment))
        expect(sums.held).toBe(balance.debitsPending)
      }),
      { numRuns: 60 },
    )
  })

  test('names the posting it rests on', () => {
    const journal = play([
      { do: 'hold', fen: 300n },
      { do: 'hold', fen: 200n },
      { do: 'approve', which: 0, part: 250n },
    ])
    const moment = journal.rows.at(-1)!.at
    const pieces = voucherPieces(linesOf(journal), { ...TERMS, moment })
    const behind = (piece: VoucherPiece): string => journal.rows[Number(piece.sequence) - 1]!.posting.document
    expect(pieces.map(({ part, fen: each }) => `${part} ${each}`)).toEqual([
      'usable 550',
      'held 200',
      'redeemed 250',
    ])
    expect(pieces.slice(1).map(behind)).toEqual([document('D-1'), document('D-0')])
  })

  test('after the last usable day nothing is usable, whether or not anybody swept', () => {
    const journal = play([{ do: 'hold', fen: 300n }])
    const moment = startOf(addDays(TERMS.usableUntil, 1))
    expect(sumsOfParts(voucherPieces(linesOf(journal), { ...TERMS, moment }))).toMatchObject({
      usable: 0n,
      lapsed: 700n,
      held: 300n,
    })
    const swept = play([
      { do: 'hold', fen: 300n },
      ...Array.from({ length: 10 }, (): Act => ({ do: 'expire' })),
    ])
    expect(
      sumsOfParts(voucherPieces(linesOf(swept), { ...TERMS, moment: swept.rows.at(-1)!.at })),
    ).toMatchObject({
      held: 300n,
      returned: 700n,
      lapsed: 0n,
    })
    expect(journal.books.accounts.has(idOf(books, pool(books.fund)))).toBe(true)
  })
})
