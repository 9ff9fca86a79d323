// The ledger once more, in a few functions: what a careful clerk would keep by hand. It shares no code with core/ledger
// nor with the SQL function, so that an error of thought has to be made three times to pass.
import type { Answer, Batch, Posting, PostingSet, Result, Uuid } from '@suanquan/core/ledger'

interface Page {
  readonly code: string
  readonly until: string | null
  closed: boolean
  given: bigint
  got: bigint
  /** promised by holds */
  giving: bigint
  getting: bigint
}

interface First {
  readonly asked: string
  readonly result: Result
  readonly sequence: bigint | null
}

export interface ReferenceLedger {
  readonly pages: ReadonlyMap<Uuid, Page>
  readonly post: (batch: Batch) => readonly (readonly Answer[])[]
  /** as if the last call had never been made */
  readonly undo: () => void
  /** what the account can still give */
  readonly left: (id: Uuid) => bigint
  /** what holds promise it */
  readonly promised: (id: Uuid) => bigint
}

const SOURCES = new Set(['treasury', 'cap_source', 'quota_source'])
const MOST = 10n ** 15n
const MOVES = new Set(
  `appropriate treasury appropriation, withdraw appropriation treasury, allot appropriation pool, allot pool pool,
  take_back pool appropriation, issue pool voucher, redeem voucher payable, award pool payable, pay payable paid,
  bounce paid payable, unredeem payable voucher, unaward payable pool, expire voucher pool, revoke voucher pool,
  give_up voucher pool, claw_back paid receivable, cancel_clawback receivable paid, recover receivable treasury,
  grant cap_source cap, use cap cap_used, free cap_used cap, lower cap cap_source, grant quota_source quota,
  use quota quota_used, free quota_used quota, lower quota quota_source, set_aside appropriation management,
  put_back management appropriation, spend management management_spent, carry_over appropriation appropriation,
  carry_over pool pool, carry_over management management, lapse appropriation treasury, lapse pool treasury,
  lapse management treasury, advance appropriation imprest, draw_down imprest imprest_drawn,
  draw_back imprest_drawn imprest, refill imprest_drawn imprest, owe_back imprest_drawn imprest_owed,
  return_advance imprest appropriation, return_advance imprest_owed appropriation,
  open_use cap cap_used, open_use quota quota_used, open_revoke voucher pool,
  open_expire voucher pool, open_pay payable paid, open_redeem voucher payable, open_issue pool voucher,
  open_allot appropriation pool, open_appropriate treasury appropriation`.split(/,\s+/),
)
const GOING_HOME = new Set<string>(
  'expire revoke give_up carry_over lapse open_revoke open_expire open_redeem'.split(' '),
)

interface Hold {
  readonly asked: Posting & { kind: 'reserve' }
  end: 'settle' | 'release' | null
}

/** All the clerk has on the table; `undos` takes the last call back. */
interface Table {
  readonly pages: Map<Uuid, Page>
  readonly holds: Map<Uuid, Hold>
  readonly firsts: Map<Uuid, First>
  undos: (() => void)[]
  next: bigint
  clock: number
}

/** @param nameOf the id under which terms are opened: identity is not what is modelled here */
export function referenceLedger(
  nameOf: (terms: NonNullable<Batch['open']>[number]) => Uuid,
): ReferenceLedger {
  const table: Table = {
    pages: new Map(),
    holds: new Map(),
    firsts: new Map(),
    undos: [],
    next: 1n,
    clock: -Infinity,
  }
  const { pages } = table
  return {
    pages,
    left: (id) => {
      const page = pages.get(id)
      return page === undefined ? 0n : page.got - page.given - page.giving
    },
    promised: (id) => pages.get(id)?.getting ?? 0n,
    undo: () => {
      for (const undo of table.undos.toReversed()) undo()
      table.undos = []
    },
    post: (batch) => {
      const { next, clock } = table
      table.undos = [() => Object.assign(table, { next, clock })]
      const at = Math.max(batch.moment, clock)
      const today = new Date(at + 28_800_000).toISOString().slice(0, 10)
      for (const terms of batch.open ?? []) {
        const id = nameOf(terms)
        if (pages.has(id)) continue
        const zero = { given: 0n, got: 0n, giving: 0n, getting: 0n }
        pages.set(id, { code: terms.code, until: terms.usableUntil, closed: false, ...zero })
        table.undos.push(() => pages.delete(id))
      }
      for (const id of batch.close ?? []) {
        const page = pages.get(id)
        if (page === undefined || page.closed) continue
        page.closed = true
        table.undos.push(() => (page.closed = false))
      }
      const answers = batch.sets.map((set) => postSet(table, set, at, today))
      if (table.next > next) table.clock = at
      return answers
    },
  }
}

function postSet(table: Table, set: PostingSet, at: number, today: string): readonly Answer[] {
  const asked = JSON.stringify(set, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value))
  const remember = (id: Uuid, first: First): First => {
    table.firsts.set(id, first)
    table.undos.push(() => table.firsts.delete(id))
    return first
  }
  const known = set.map(({ id }) => table.firsts.get(id))
  if (known.some((first) => first !== undefined))
    return set.map(({ id }, link) => {
      const first = known[link] ?? remember(id, { asked, result: 'linked_failed', sequence: null })
      if (first.asked !== asked) return { id, result: 'id_taken', sequence: null }
      return { id, result: first.result, sequence: first.sequence }
    })
  const done: (() => void)[] = []
  let why: Result | null = null
  for (const posting of set) {
    why = refusal(table, posting, at, today)
    if (why !== null) break
    done.push(carryOut(table, posting))
  }
  if (why === null) table.undos.push(...done)
  else for (const undo of done.toReversed()) undo()
  return set.map(({ id }, link) => {
    const result = why === null ? 'posted' : link === done.length ? why : 'linked_failed'
    const sequence = why === null ? table.next++ : null
    remember(id, { asked, result, sequence })
    return { id, result, sequence }
  })
}

function refusal({ pages, holds }: Table, posting: Posting, at: number, today: string): Result | null {
  const { debit, credit, amount, kind, code } = posting
  const [from, to] = [pages.get(debit), pages.get(credit)]
  if (debit === credit) return 'accounts_equal'
  if (from === undefined) return 'debit_account_unknown'
  if (to === undefined) return 'credit_account_unknown'
  if (!MOVES.has(`${code} ${from.code} ${to.code}`)) return 'not_allowed'
  if (amount <= 0n || amount > MOST) return 'amount_out_of_range'
  let freed = 0n
  if (kind === 'settle' || kind === 'release') {
    const hold = holds.get(posting.reservation)
    if (hold === undefined) return 'reservation_unknown'
    const { asked, end } = hold
    if (asked.debit !== debit || asked.credit !== credit || asked.code !== code) return 'reservation_differs'
    if (end !== null) return end === 'settle' ? 'already_settled' : 'already_released'
    if (amount > asked.amount || (kind === 'release' && amount < asked.amount)) return 'amount_not_reserved'
    if (kind === 'release') return null
    if (asked.expiresAt !== null && at >= asked.expiresAt) return 'reservation_expired'
    freed = asked.amount
  }
  if (!GOING_HOME.has(code) && from.closed) return 'debit_account_closed'
  if (to.closed) return 'credit_account_closed'
  const over = from.until !== null && today > from.until
  if (kind !== 'settle' && over && !GOING_HOME.has(code)) return 'debit_account_expired'
  if (kind !== 'settle' && code === 'expire' && !over) return 'not_yet_expired'
  if (!SOURCES.has(from.code) && from.given + from.giving - freed + amount > from.got)
    return 'exceeds_credits'
  if (SOURCES.has(to.code) && to.got + to.getting - freed + amount > to.given) return 'exceeds_debits'
  return null
}

function move({ pages }: Table, posting: Posting, posted: bigint, held: bigint): void {
  const [from, to] = [pages.get(posting.debit)!, pages.get(posting.credit)!]
  from.given += posted
  to.got += posted
  from.giving += held
  to.getting += held
}

function carryOut(table: Table, posting: Posting): () => void {
  const { holds } = table
  const { kind, amount } = posting
  if (kind === 'reserve') holds.set(posting.id, { asked: posting, end: null })
  const hold = kind === 'settle' || kind === 'release' ? holds.get(posting.reservation)! : null
  if (hold !== null) hold.end = kind as 'settle' | 'release'
  const posted = kind === 'post' || kind === 'settle' ? amount : 0n
  const held = kind === 'reserve' ? amount : hold === null ? 0n : -hold.asked.amount
  move(table, posting, posted, held)
  return () => {
    move(table, posting, -posted, -held)
    if (kind === 'reserve') holds.delete(posting.id)
    if (hold !== null) hold.end = null
  }
}
