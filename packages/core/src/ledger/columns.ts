// The judgement of `judge.ts` over typed arrays, for journals of millions of postings: it says yes or no and never why.
// A yes must be what `judge` says (a test holds the two together); after a no the explaining verifier is asked. Amounts
// are floats here that never pass 2^53: where a column would, the answer is no.
import { addDays, startOf, type Instant } from '../calendar/index.ts'
import { accountKinds, isReturn, postingRules, triples, type PostingCode } from './chart.ts'
import { MOST_PER_POSTING, postingKinds } from './posting.ts'
import type { Balance } from './account.ts'
import type { StoredAccount } from './verify.ts'

/** A posting as columns have it; accounts are places in the list given to `columnBooks`, −1 where unknown. */
export interface ColumnPosting {
  /** numbers as stored: `postingKinds`, `postingRules` */
  kind: number
  code: number
  debit: number
  credit: number
  amount: number
  sequence: number
  at: Instant
  /** of a reservation; Infinity where it never ends */
  expiresAt: Instant
  /** any text that stands for the id of this posting, asked for when it reserves */
  id: string
  /** the same for the reservation that it settles or releases */
  reservation: string
}

export interface ColumnBooks {
  /** true when the ledger's rules post it at this point; changes nothing */
  readonly allows: (posting: ColumnPosting) => boolean
  /** carries out what is allowed */
  readonly apply: (posting: ColumnPosting) => void
  /** true when every stored balance is the derived one and both sides of the books are equal */
  readonly agree: () => boolean
}

interface Reserved {
  readonly debit: number
  readonly credit: number
  readonly code: number
  readonly amount: number
  readonly expiresAt: Instant
}

const { reserve: RESERVE, settle: SETTLE, release: RELEASE } = postingKinds
const EXPIRE = postingRules.expire.number
const MOST = Number(MOST_PER_POSTING)
const COLUMNS = ['debitsPending', 'debitsPosted', 'creditsPending', 'creditsPosted'] as const

const RETURNS: ReadonlySet<number> = new Set(
  (Object.keys(postingRules) as PostingCode[]).filter(isReturn).map((code) => postingRules[code].number),
)

/** Codes of accounts and postings are below 64. */
const BITS = 6
const ALLOWED = new Uint8Array(1 << (3 * BITS))
for (const { debit, credit, code } of triples)
  ALLOWED[place(postingRules[code].number, accountKinds[debit].number, accountKinds[credit].number)] = 1

/** Books in which nothing is posted yet. */
export function columnBooks(stored: readonly StoredAccount[]): ColumnBooks {
  const { codes, sources, expiresFrom, closedFrom } = termsOf(stored)
  const [debitsPending, debitsPosted, creditsPending, creditsPosted] = COLUMNS.map(
    () => new Float64Array(stored.length),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array]
  const reservations = new Map<string, Reserved>()

  function keepsFloors(posting: ColumnPosting): boolean {
    const { debit, credit } = posting
    const [pending, posted] = effect(posting)
    const out = debitsPending[debit]! + pending + debitsPosted[debit]! + posted
    const given = creditsPending[credit]! + pending + creditsPosted[credit]! + posted
    if (!(out <= Number.MAX_SAFE_INTEGER && given <= Number.MAX_SAFE_INTEGER)) return false
    const debitKeeps =
      sources[debit] === 1
        ? creditsPending[debit]! + creditsPosted[debit]! <= debitsPosted[debit]! + posted
        : out <= creditsPosted[debit]!
    const creditKeeps =
      sources[credit] === 1
        ? given <= debitsPosted[credit]!
        : debitsPending[credit]! + debitsPosted[credit]! <= creditsPosted[credit]! + posted
    return debitKeeps && creditKeeps
  }

  function effect({ kind, amount, reservation }: ColumnPosting): readonly [pending: number, posted: number] {
    if (kind === RESERVE) return [amount, 0]
    if (kind === RELEASE) return [-amount, 0]
    return [kind === SETTLE ? -reservations.get(reservation)!.amount : 0, amount]
  }

  function isOpen({ debit, credit, sequence, kind, code, at }: ColumnPosting): boolean {
    const returning = RETURNS.has(code)
    if (!returning && (closedFrom[debit]! <= sequence || closedFrom[credit]! <= sequence)) return false
    if (kind === SETTLE) return true
    const expired = at >= expiresFrom[debit]!
    return expired ? returning : code !== EXPIRE
  }

  function allows(posting: ColumnPosting): boolean {
    const { kind, debit, credit, amount, code } = posting
    if (debit < 0 || credit < 0 || debit === credit) return false
    if (ALLOWED[place(code, codes[debit]!, codes[credit]!)] !== 1) return false
    if (!(amount >= 1 && amount <= MOST)) return false
    if (kind >= SETTLE && !isReserved(posting, reservations.get(posting.reservation))) return false
    return kind === RELEASE || (isOpen(posting) && keepsFloors(posting))
  }

  function apply(posting: ColumnPosting): void {
    const { kind, debit, credit, amount, code, expiresAt } = posting
    const [pending, posted] = effect(posting)
    debitsPending[debit]! += pending
    debitsPosted[debit]! += posted
    creditsPending[credit]! += pending
    creditsPosted[credit]! += posted
    if (kind === RESERVE) reservations.set(posting.id, { debit, credit, code, amount, expiresAt })
    else if (kind >= SETTLE) reservations.delete(posting.reservation)
  }

  const derived = { debitsPending, debitsPosted, creditsPending, creditsPosted }
  return { allows, apply, agree: () => agree(stored, derived) }
}

function termsOf(stored: readonly StoredAccount[]): {
  readonly codes: Uint8Array
  /** 1 where credits stay within debits */
  readonly sources: Uint8Array
  readonly expiresFrom: Float64Array
  readonly closedFrom: Float64Array
} {
  return {
    codes: Uint8Array.from(stored, ({ account }) => accountKinds[account.code].number),
    sources: Uint8Array.from(stored, ({ account }) =>
      accountKinds[account.code].floor === 'credits_within_debits' ? 1 : 0,
    ),
    expiresFrom: Float64Array.from(stored, ({ account: { usableUntil } }) =>
      usableUntil === null ? Infinity : startOf(addDays(usableUntil, 1)),
    ),
    closedFrom: Float64Array.from(stored, (each) =>
      each.closedFrom === null ? Infinity : Number(each.closedFrom),
    ),
  }
}

function agree(
  stored: readonly StoredAccount[],
  derived: Readonly<Record<keyof Balance, Float64Array>>,
): boolean {
  const sum = (column: keyof Balance): bigint =>
    stored.reduce((total, { balance }) => total + balance[column], 0n)
  return (
    stored.every(({ balance }, index) =>
      COLUMNS.every((column) => balance[column] === BigInt(derived[column][index]!)),
    ) &&
    sum('debitsPosted') === sum('creditsPosted') &&
    sum('debitsPending') === sum('creditsPending')
  )
}

function isReserved(posting: ColumnPosting, reserved: Reserved | undefined): boolean {
  if (reserved === undefined) return false
  const { debit, credit, code, amount, at } = posting
  if (reserved.debit !== debit || reserved.credit !== credit || reserved.code !== code) return false
  if (posting.kind === RELEASE) return amount === reserved.amount
  return amount <= reserved.amount && reserved.expiresAt > at
}

function place(code: number, debit: number, credit: number): number {
  return (((code << BITS) | debit) << BITS) | credit
}
