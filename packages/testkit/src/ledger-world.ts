// Random histories of a fund for differential tests: sensible programmes mixed with everything a client can get wrong.
// The same seed gives the same history. Nothing here knows the answers: the model and the database are asked the same.
import type { Random } from '@suanquan/core'
import { addDays, dayOf, startOf, type Instant } from '@suanquan/core/calendar'
import {
  accountId,
  accountKinds,
  MOST_PER_POSTING,
  reservationOf,
  triples,
  type Account,
  type AccountCode,
  type AccountTerms,
  type Batch,
  type Journal,
  type Posting,
  type PostingCode,
  type PostingSet,
  type Uuid,
} from '@suanquan/core/ledger'

const DAY_MS = 86_400_000

/** A random UUIDv4-shaped id. */
export function randomUuid(random: Random): Uuid {
  const digits = Array.from({ length: 4 }, () =>
    random.int(4_294_967_296).toString(16).padStart(8, '0'),
  ).join('')
  return [0, 8, 12, 16, 20].map((from, index) => digits.slice(from, [8, 12, 16, 20, 32][index])).join('-')
}

export interface LedgerWorld {
  /** the next call; `journal` must hold everything that was asked before */
  readonly nextBatch: (journal: Journal) => Batch
}

/** @param start moment of the first batch */
export function ledgerWorld(
  random: Random,
  { ledger, jurisdiction }: Pick<Journal, 'ledger' | 'jurisdiction'>,
  start: Instant,
): LedgerWorld {
  const past: PostingSet[] = []
  const holds: Uuid[] = []
  let moment = start
  const nextBatch = (journal: Journal): Batch => {
    // mostly forward, sometimes a slow clock, sometimes over midnight
    moment += random.int(20) === 0 ? -random.int(60_000) : random.int(DAY_MS / 12)
    const open = past.length === 0 || random.int(25) === 0 ? openings(random, moment) : []
    const accounts = [...journal.books.accounts.values()].map(({ account }) => account)
    for (const terms of open) {
      const full = { ...terms, ledger, jurisdiction }
      accounts.push({ ...full, id: accountId(full, journal.hash) })
    }
    const close = random.int(20) === 0 && accounts.length > 40 ? [random.pick(accounts).id] : []
    const used = new Set<Uuid>()
    const sets: PostingSet[] = []
    const wanted = 1 + random.int(random.int(4) === 0 ? 60 : 8)
    for (let count = 0; count < wanted; count++) {
      const set = randomSet({ random, accounts, holds, past, moment, journal })
      const keys = set.flatMap((posting) => [posting.id, reservationOf(posting) ?? []].flat())
      if (new Set(keys).size < keys.length || keys.some((key) => used.has(key))) continue
      for (const key of keys) used.add(key)
      sets.push(set)
    }
    for (const set of sets) {
      past.push(set)
      holds.push(...set.filter(({ kind }) => kind === 'reserve').map(({ id }) => id))
    }
    return { ledger, jurisdiction, moment, open, close, sets }
  }
  return { nextBatch }
}

interface Scene {
  readonly random: Random
  readonly accounts: readonly Account[]
  readonly holds: readonly Uuid[]
  readonly past: readonly PostingSet[]
  readonly moment: Instant
  readonly journal: Journal
}

/** Several sources, so that money can be sent back to where it did not come from. */
const OPENED: Partial<Record<AccountCode, number>> = {
  treasury: 2,
  cap_source: 2,
  pool: 2,
  voucher: 6,
  cap: 2,
}

function openings(random: Random, moment: Instant): Omit<AccountTerms, 'ledger' | 'jurisdiction'>[] {
  const codes = (Object.keys(accountKinds) as AccountCode[]).flatMap((code) =>
    Array.from({ length: OPENED[code] ?? 1 }, () => code),
  )
  return codes.map((code) => ({
    code,
    district: random.pick(['110000', '110108', '110105']),
    programme: random.pick(['beijing-2023', '']),
    year: random.pick([2024, 2025, null]),
    kind: random.pick(['', 'firm_year_claimed', '合同']),
    holder: random.pick(['', '91110108MA01', '91110105MA02']),
    reference: random.pick(['', `V-${random.int(50)}`, `券-${random.int(50)}`]),
    usableUntil: code === 'voucher' && random.int(3) > 0 ? addDays(dayOf(moment), random.int(15) - 1) : null,
  }))
}

function randomSet(scene: Scene): PostingSet {
  const { random, past } = scene
  if (past.length > 0 && random.int(5) === 0) return retry(scene, random.pick(past))
  const links = random.int(2) === 0 ? 1 : 1 + random.int(4)
  return Array.from({ length: links }, () => randomPosting(scene))
}

/** The same set again, or almost the same. */
function retry(scene: Scene, set: PostingSet): PostingSet {
  const { random } = scene
  const at = random.int(set.length)
  const link = set[at]!
  switch (random.int(9)) {
    case 0:
      return [link]
    case 1:
      return [...set].reverse()
    case 2:
      return [...set, randomPosting(scene)]
    case 3:
      return [randomPosting(scene), ...set.slice(1)]
    case 4:
      return set.with(at, { ...link, amount: link.amount + 1n })
    case 5:
      return set.with(at, { ...link, document: randomUuid(random) })
    default:
      return set
  }
}

function randomPosting(scene: Scene): Posting {
  const { random, accounts, holds } = scene
  if (holds.length > 0 && random.int(5) === 0) return resolution(scene)
  if (accounts.length === 0 || random.int(30) === 0) return nonsense(scene)
  // nine times the path of the money, once any triple
  const triple =
    random.int(25) === 0
      ? random.pick(triples)
      : random.pick(triples.filter(({ code }) => FLOWING.includes(code)))
  const of = (code: AccountCode): Uuid => {
    const fitting = accounts.filter((account) => account.code === code)
    return fitting.length > 0 ? random.pick(fitting).id : randomUuid(random)
  }
  const source = triple.debit === 'treasury' || triple.debit.endsWith('_source') || triple.code === 'withdraw'
  const amount = BigInt(1 + random.int(source ? 90_000 : triple.code === 'allot' ? 9000 : 400))
  return movement(scene, { debit: of(triple.debit), credit: of(triple.credit), amount, code: triple.code })
}

const FLOWING: readonly PostingCode[] = [
  'appropriate',
  'allot',
  'issue',
  'redeem',
  'pay',
  'grant',
  'use',
  'expire',
  'withdraw',
  'lower',
]

function nonsense(scene: Scene): Posting {
  const { random, accounts } = scene
  const any = (): Uuid =>
    accounts.length === 0 || random.int(4) === 0 ? randomUuid(random) : random.pick(accounts).id
  const debit = any()
  const credit = random.int(5) === 0 ? debit : any()
  return movement(scene, { debit, credit, amount: 1n, code: random.pick(triples).code })
}

function movement(
  { random, moment }: Scene,
  asked: Pick<Posting, 'debit' | 'credit' | 'amount' | 'code'>,
): Posting {
  const absurd = random.int(50) === 0
  const base = {
    ...asked,
    amount: absurd ? random.pick([0n, -5n, MOST_PER_POSTING, MOST_PER_POSTING + 1n]) : asked.amount,
    id: randomUuid(random),
    document: randomUuid(random),
    district: random.pick(['110000', '110108']),
  }
  if (random.int(3) > 0) return { ...base, kind: 'post' }
  const expiresAt = random.int(2) === 0 ? null : startOf(dayOf(moment)) + random.int(5) * DAY_MS
  return { ...base, kind: 'reserve', expiresAt }
}

/** Settles or releases a hold: mostly rightly, sometimes too much, twice, or with other accounts. */
function resolution({ random, accounts, holds, journal }: Scene): Posting {
  const recent = holds.slice(-120).filter((id) => journal.books.reservations.has(id))
  const reservation = recent.length === 0 || random.int(30) === 0 ? randomUuid(random) : random.pick(recent)
  const hold = journal.books.reservations.get(reservation)?.posting
  const amount = hold?.amount ?? 10n
  const kind = random.pick(['settle', 'settle', 'release'] as const)
  const part = 1n + BigInt(random.int(Number(amount < 1000n ? amount : 1000n)))
  const some = (code: AccountCode): Uuid =>
    accounts.find((account) => account.code === code)?.id ?? randomUuid(random)
  const sibling = (id: Uuid): Uuid => {
    const code = journal.books.accounts.get(id)?.account.code
    return random.pick(accounts.filter((account) => account.code === code)).id
  }
  return {
    id: randomUuid(random),
    kind,
    reservation,
    debit: hold?.debit ?? some('voucher'),
    credit: hold === undefined ? some('payable') : random.int(8) === 0 ? sibling(hold.credit) : hold.credit,
    amount: kind === 'release' && random.int(10) > 0 ? amount : random.int(10) === 0 ? amount + 1n : part,
    code: random.int(20) === 0 ? 'redeem' : (hold?.code ?? 'redeem'),
    document: randomUuid(random),
    district: '110108',
  }
}
