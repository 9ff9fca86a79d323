// What each event of a voucher's life asks of the ledger. Approving reserves: the pool and every cap are drawn on at
// once, all or none, so that two approvals never promise the same fen. The end of the notice settles the reservations:
// only then the voucher can be used. Ids of postings follow from the document that causes them: the same act again is
// a retry, never a second posting.
import {
  accountId,
  derivedUuid,
  type PostingCode,
  type Posting,
  type PostingSet,
  type Uuid,
} from '../ledger/index.ts'
import type { Instant } from '../calendar/index.ts'
import type { Hash } from '../canonical.ts'
import type { Fen } from '../money/index.ts'
import {
  appropriation,
  capAccounts,
  paid,
  payable,
  pool,
  treasury,
  voucher,
  type CapLine,
  type Fund,
  type GrantTerms,
  type PayableTerms,
  type PoolKey,
  type Terms,
  type VoucherTerms,
} from './accounts.ts'
import { partNumber, partsIn, type ApprovedPart } from './parts.ts'
import { sourcesOf, spentOf, totalOf, type Source } from './sources.ts'

/** Accounts to open and linked sets to post, in order. */
export interface Plan {
  readonly open: readonly Terms[]
  readonly sets: readonly PostingSet[]
}

/** One approval: what is drawn from the pool and which caps it counts against. */
export interface Approval {
  /** the document of the reservations; a later approval of the same application has another */
  readonly id: Uuid
  readonly amountFen: Fen
  readonly caps: readonly CapLine[]
  /** the pools that pay, the one that pays the rest last; the programme's own pays all when left out */
  readonly sources?: readonly Source[]
  /** what is paid in parts is reserved part by part, each a payable of its own; paid whole when left out */
  readonly parts?: readonly ApprovedPart[]
}

export interface Books {
  readonly fund: Fund
  readonly hash: Hash
}

/**
 * Money from the treasury to the programme's pool.
 * @param tier the pool of a district that adds its own money: its treasury pays
 */
export function planAppropriation(books: Books, document: Uuid, amount: Fen, tier?: PoolKey): Plan {
  const { fund } = books
  const district = tier?.district ?? fund.jurisdiction
  const [from, through, to] = [treasury(fund, district), appropriation(fund, district), pool(fund, tier)]
  const step = (code: PostingCode, debit: Terms, credit: Terms): Posting =>
    posting(books, { document, name: code, code, debit, credit, amount, district })
  return {
    open: [from, through, to],
    sets: [[step('appropriate', from, through), step('allot', through, to)]],
  }
}

/**
 * Approval: grants each cap its limit (once), then reserves pool and caps as one linked set.
 * @param part only this one; all when left out
 */
export function planApproval(books: Books, approval: Approval, terms: GrantTerms, part?: number): Plan {
  const { fund } = books
  const caps = approval.caps.map((line) => ({ line, accounts: capAccounts(fund, line) }))
  const open = [
    ...sourcesOf(fund, approval).map(({ pool: key }) => pool(fund, key)),
    ...partsIn(approval).map((_, each) => grantedAccount(books, approval, terms, each)),
    ...caps.flatMap(({ accounts }) => [accounts.source, accounts.left, accounts.used]),
  ]
  const grants = caps.map(({ line }): PostingSet => [grantOf(books, line)])
  const reserved = draws(books, approval, terms, part).map((each): Posting => ({
    ...each.movement,
    kind: 'reserve',
    expiresAt: null,
  }))
  return { open, sets: [...grants, reserved] }
}

/** The set of a plan that must not be refused: the last one. */
export function decisiveSet(plan: Plan): number {
  return plan.sets.length - 1
}

/** The end of the notice: the reservations of the approval, or of one part, become the voucher, or what is payable. */
export function planGrant(books: Books, approval: Approval, terms: GrantTerms, part?: number): Plan {
  const set = draws(books, approval, terms, part).map((each): Posting => ({
    ...each.movement,
    id: derived(books, approval.id, `${each.name}/settle`),
    kind: 'settle',
    reservation: each.movement.id,
  }))
  return { open: [], sets: [set] }
}

/** Withdrawal or an objection upheld: the pool and the caps get everything back, or what one part reserved. */
export function planRelease(books: Books, approval: Approval, terms: GrantTerms, part?: number): Plan {
  const set = draws(books, approval, terms, part).map((each): Posting => ({
    ...each.movement,
    id: derived(books, approval.id, `${each.name}/release`),
    kind: 'release',
    reservation: each.movement.id,
  }))
  return { open: [], sets: [set] }
}

/**
 * The parts of an approval whose money is still reserved, by their place.
 * @param open ids of reservations that nothing has settled or released
 */
export function partsReserved(
  books: Books,
  approval: Approval,
  terms: GrantTerms,
  open: ReadonlySet<Uuid>,
): readonly number[] {
  return partsIn(approval).flatMap((_, part) =>
    draws(books, approval, terms, part).some(({ movement: { id } }) => open.has(id)) ? [part] : [],
  )
}

/** One claim, by the id of its document. */
export interface PaymentTerms extends PayableTerms {
  readonly id: Uuid
}

/** A claim on a voucher. */
export interface ClaimTerms extends PaymentTerms {
  readonly voucher: VoucherTerms
}

/**
 * 预扣: a claim takes its amount out of what is usable until it is decided.
 * @param expiresAt from when on the hold can only be released; null: it lasts until it is decided
 */
export function planHold(
  books: Books,
  claim: ClaimTerms,
  amount: Fen,
  expiresAt: Instant | null = null,
): Plan {
  const owed = payable(books.fund, claim)
  const hold: Posting = { ...redemption(books, claim, amount), kind: 'reserve', expiresAt }
  return { open: [owed], sets: [[hold]] }
}

/** 核销: the approved part of the hold is redeemed, the caps on payments are drawn on; the rest becomes usable again. */
export function planRedemption(
  books: Books,
  claim: ClaimTerms,
  approved: Fen,
  caps: readonly CapLine[],
): Plan {
  const settle: Posting = {
    ...redemption(books, claim, approved),
    id: derived(books, claim.id, 'redeem/settle'),
    kind: 'settle',
    reservation: derived(books, claim.id, 'redeem'),
  }
  const used = usesOf(books, claim, approved, caps)
  return { open: used.open, sets: [...used.grants, [settle, ...used.uses]] }
}

export function planReleaseHold(books: Books, claim: ClaimTerms, held: Fen): Plan {
  const release: Posting = {
    ...redemption(books, claim, held),
    id: derived(books, claim.id, 'redeem/release'),
    kind: 'release',
    reservation: derived(books, claim.id, 'redeem'),
  }
  return { open: [], sets: [[release]] }
}

/** 核销 at billing: what the provider deducts is redeemed at once and owed to it; caps on payments are drawn on. */
export function planDeduction(books: Books, claim: ClaimTerms, amount: Fen, caps: readonly CapLine[]): Plan {
  const used = usesOf(books, claim, amount, caps)
  const redeemed: Posting = { ...redemption(books, claim, amount), kind: 'post' }
  return {
    open: [payable(books.fund, claim), ...used.open],
    sets: [...used.grants, [redeemed, ...used.uses]],
  }
}

/** 拨付 of one claim; the bank line is the document. */
export function planPayment(books: Books, claim: PaymentTerms, document: Uuid, amount: Fen): Plan {
  const { district } = claim
  const debit = payable(books.fund, claim)
  const credit = paid(books.fund, claim)
  const pay = posting(books, {
    document,
    name: `pay/${claim.id}`,
    code: 'pay',
    debit,
    credit,
    amount,
    district,
  })
  return { open: [credit], sets: [[pay]] }
}

/** A voucher as it is emptied: its pools, and what is left of it. */
export interface VoucherRest {
  readonly terms: VoucherTerms
  readonly sources: readonly Source[]
  readonly left: Fen
}

/** 过期: what is left of a voucher after its last day returns to the pools that it came from, each its share. */
export function planExpiry(books: Books, voucherId: Uuid, { terms, sources, left }: VoucherRest): Plan {
  const debit = voucher(books.fund, terms)
  const move = {
    document: voucherId,
    name: 'expire',
    code: 'expire',
    debit,
    district: terms.district,
  } as const
  const spentFen = totalOf(sources)
  return { open: [], sets: [returnsTo(books, move, { sources, spentFen, amount: left })] }
}

/** The id of an account of the fund. */
export function idOf(books: Books, terms: Terms): Uuid {
  const { ledger, jurisdiction } = books.fund
  return accountId({ ...terms, ledger, jurisdiction }, books.hash)
}

type Movement = Omit<Extract<Posting, { kind: 'post' }>, 'kind'>

export interface Move {
  readonly document: Uuid
  readonly name: string
  readonly code: PostingCode
  readonly debit: Terms
  readonly credit: Terms
  readonly amount: bigint
  readonly district: string
}

function movement(books: Books, move: Move): Movement {
  return {
    id: derived(books, move.document, move.name),
    debit: idOf(books, move.debit),
    credit: idOf(books, move.credit),
    amount: move.amount,
    code: move.code,
    document: move.document,
    district: move.district,
  }
}

/** One posting of a document; its id follows from the document and its name. */
export function posting(books: Books, move: Move): Posting {
  return { ...movement(books, move), kind: 'post' }
}

function draws(
  books: Books,
  approval: Approval,
  terms: GrantTerms,
  only?: number,
): readonly { readonly name: string; readonly movement: Movement }[] {
  return partsIn(approval)
    .flatMap((_, part) =>
      only === undefined || part === only ? drawsOfPart(books, approval, terms, part) : [],
    )
    .map((move) => ({ name: move.name, movement: movement(books, move) }))
}

/** A cap of money is drawn on by every part, a cap that counts grants by the first alone. */
function drawsOfPart(books: Books, approval: Approval, terms: GrantTerms, part: number): readonly Move[] {
  const { fund } = books
  const { amountFen, ...asked } = partsIn(approval)[part]!
  const shared = { document: approval.id, district: terms.district }
  const code = terms.makes === 'voucher' ? 'issue' : 'award'
  const suffix = part === 0 ? '' : `/part-${part + 1}`
  const grants = sourcesOf(fund, { amountFen, ...asked })
    .filter((source) => source.amountFen > 0n)
    .map((source, index): Move => ({
      ...shared,
      name: `${nth(code, index)}${suffix}`,
      code,
      debit: pool(fund, source.pool),
      credit: grantedAccount(books, approval, terms, part),
      amount: source.amountFen,
    }))
  const uses = approval.caps
    .filter(({ measure }) => (measure === 'fen' ? amountFen > 0n : part === 0))
    .map((line): Move => {
      const { left, used } = capAccounts(fund, line)
      const amount = line.measure === 'fen' ? amountFen : 1n
      return { ...shared, name: `use/${line.key}${suffix}`, code: 'use', debit: left, credit: used, amount }
    })
  return [...grants, ...uses]
}

/** Postings that give an amount back to the pools it came from, each what its share of the spending falls by. */
export function returnsTo(
  books: Books,
  move: Omit<Move, 'credit' | 'amount'>,
  back: { readonly sources: readonly Source[]; readonly spentFen: Fen; readonly amount: Fen },
): PostingSet {
  const before = spentOf(back.sources, back.spentFen)
  const after = spentOf(back.sources, back.spentFen - back.amount)
  return back.sources
    .map(({ pool: key }, index) => ({ key, amount: before[index]! - after[index]! }))
    .filter(({ amount }) => amount > 0n)
    .map(({ key, amount }, index) =>
      posting(books, { ...move, name: nth(move.name, index), credit: pool(books.fund, key), amount }),
    )
}

/** The first of several postings has the plain name, so that its id does not hang on how many follow. */
function nth(name: string, index: number): string {
  return index === 0 ? name : `${name}/${index}`
}

function redemption(books: Books, claim: ClaimTerms, amount: Fen): Movement {
  const { fund } = books
  return movement(books, {
    document: claim.id,
    name: 'redeem',
    code: 'redeem',
    debit: voucher(fund, claim.voucher),
    credit: payable(fund, claim),
    amount,
    district: claim.district,
  })
}

function grantedAccount({ fund }: Books, approval: Approval, terms: GrantTerms, part: number): Terms {
  if (terms.makes === 'voucher') return voucher(fund, terms)
  return payable(fund, { ...terms, number: partNumber(terms.number, approval, part) })
}

/** The caps on payments that a redemption draws on: their accounts, their limits (granted once), their uses. */
function usesOf(
  books: Books,
  claim: ClaimTerms,
  amount: Fen,
  caps: readonly CapLine[],
): { readonly open: readonly Terms[]; readonly grants: readonly PostingSet[]; readonly uses: PostingSet } {
  const accounts = caps.map((line) => ({ line, accounts: capAccounts(books.fund, line) }))
  return {
    open: accounts.flatMap(({ accounts: each }) => [each.source, each.left, each.used]),
    grants: caps.map((line): PostingSet => [grantOf(books, line)]),
    uses: accounts.map(({ line, accounts: { left, used } }): Posting =>
      posting(books, {
        document: claim.id,
        name: `use/${line.key}`,
        code: 'use',
        debit: left,
        credit: used,
        amount: line.measure === 'fen' ? amount : 1n,
        district: claim.district,
      }),
    ),
  }
}

/** The limit goes to a cap once: its id follows from the cap itself, whoever comes first. */
export function grantOf(books: Books, line: CapLine): Posting {
  const { source, left } = capAccounts(books.fund, line)
  const cap = idOf(books, left)
  return posting(books, {
    document: cap,
    name: 'grant',
    code: 'grant',
    debit: source,
    credit: left,
    amount: line.limit,
    district: books.fund.jurisdiction,
  })
}

function derived(books: Books, document: Uuid, name: string): Uuid {
  return derivedUuid(books.hash, ['suanquan/posting/v1', document, name])
}
