// What a history has asked so far, and the claims on vouchers that its acts make and come back to.
import type { Random } from '@suanquan/core'
import type { Instant } from '@suanquan/core/calendar'
import type { Uuid } from '@suanquan/core/ledger'
import {
  idOf,
  sharedCapLine,
  voucher,
  type Approval,
  type Books,
  type CapLine,
  type ClaimTerms,
  type GrantTerms,
  type Plan,
  type Source,
  type VoucherTerms,
} from '@suanquan/core/voucher'
import { randomUuid } from '../ledger-world.ts'

const RECENT = 80

/** An act with everything it needs: the same in any fund. */
export interface Act {
  readonly name: string
  readonly plan: (books: Books) => Plan & { readonly close?: readonly Uuid[] }
}

export interface Grant {
  readonly approval: Approval
  readonly terms: GrantTerms
}

interface Voucher {
  readonly id: Uuid
  readonly terms: VoucherTerms
  readonly sources: readonly Source[]
}

export interface Draw {
  readonly claim: ClaimTerms
  readonly sources: readonly Source[]
  readonly amount: bigint
  readonly caps: readonly CapLine[]
}

/** What has been asked so far, whatever became of it. */
export interface Life {
  readonly random: Random
  readonly books: Books
  moment: Instant
  /** what an account can still give, by the reference model */
  readonly left: (id: Uuid) => bigint
  /** what an account was promised, by the reference model */
  readonly promised: (id: Uuid) => bigint
  /** the budget year whose money is in use */
  year: number | null
  readonly grants: Grant[]
  readonly vouchers: Voucher[]
  readonly draws: Draw[]
  /** by claim: what a deduction asked of an imprest */
  readonly drawn: Map<Uuid, bigint>
}

/** Some of: what a firm may get a year, of the programme or the fund, how often a contract may be claimed, what there is at all. */
export function caps(random: Random, firm: number, counter: string): readonly CapLine[] {
  const line = (cap: string, subject: string, limit: bigint, measure: CapLine['measure']): CapLine => ({
    cap,
    counter,
    measure,
    limit,
    key: `${cap}/${counter}/${subject}`,
    subjectKey: subject,
    periodKey: cap === 'firm_year' ? '2024' : '',
  })
  return [
    line('firm_year', `firm ${firm}`, 30_000n, 'fen'),
    line('contract', `contract ${firm}/${random.int(40)}`, 3n, 'count'),
    line('programme', 'all', 900_000n, 'fen'),
    sharedCapLine(`firm ${firm}`, 2024, 20_000n),
  ].filter(() => random.int(2) === 0)
}

export function draw(life: Life, plan: (books: Books, draw: Draw) => Plan): Act['plan'] | null {
  const { random } = life
  const on = recent(life, life.vouchers)
  if (on === null) return null
  const left = life.left(idOf(life.books, voucher(life.books.fund, on.terms)))
  const amount = random.int(12) === 0 ? left + 1n : part(random, left)
  const number = `C-${randomUuid(random).slice(0, 8)}`
  const { holder: payee, district } = on.terms
  const claim = { id: randomUuid(random), number, payee, district, voucher: on.terms }
  const drawn = { claim, sources: on.sources, amount, caps: caps(random, Number(payee.slice(7)), 'paid') }
  life.draws.push(drawn)
  return (books) => plan(books, drawn)
}

export function ofDraw(
  life: Life,
  plan: (books: Books, draw: Draw, part: bigint) => Plan,
): Act['plan'] | null {
  const { random } = life
  const drawn = recent(life, life.draws)
  if (drawn === null) return null
  const { amount } = drawn
  const approved = random.int(20) === 0 ? amount + 1n : random.int(3) === 0 ? part(random, amount) : amount
  return (books) => plan(books, drawn, approved)
}

export function recent<Thing>({ random }: Life, things: readonly Thing[]): Thing | null {
  if (things.length === 0) return null
  return random.int(30) === 0 ? random.pick(things) : random.pick(things.slice(-RECENT))
}

/** 1 to so much, when there is so much. */
function part(random: Random, most: bigint): bigint {
  return most < 2n ? most : 1n + BigInt(random.int(Number(most)))
}
