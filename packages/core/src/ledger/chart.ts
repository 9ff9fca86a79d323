// The chart of accounts and the only postings a voucher programme may make. A triple (debit account, credit account,
// posting) that is not listed does not exist: that is how a voucher has no transfer. The numbers are stored and hashed;
// a number once used never gets another meaning.

/** What an account is bounded by: what has left it never exceeds what has come in, or the other way round. */
export type Floor = 'debits_within_credits' | 'credits_within_debits'

export interface AccountKind {
  readonly number: number
  readonly floor: Floor
  /** quotas count times (one voucher a contract), all others fen; no posting joins the two */
  readonly unit: 'fen' | 'times'
}

const within = (number: number, unit: AccountKind['unit'] = 'fen'): AccountKind => ({
  number,
  floor: 'debits_within_credits',
  unit,
})
const source = (number: number, unit: AccountKind['unit'] = 'fen'): AccountKind => ({
  number,
  floor: 'credits_within_debits',
  unit,
})

export const accountKinds = {
  /** where public money comes from and returns to: never gets back more than it gave */
  treasury: source(1),
  appropriation: within(2),
  /** a pool, a yearly tranche, a district's allotment: pools feed pools */
  pool: within(3),
  voucher: within(4),
  /** redeemed and owed to the firm or the provider */
  payable: within(5),
  paid: within(6),
  /** paid wrongly and demanded back */
  receivable: within(7),
  /** 备用金: advanced to a provider and not drawn on; in its hands, still public money */
  imprest: within(8),
  /** drawn from it for one deduction that is neither settled nor taken back */
  imprest_drawn: within(9),
  /** drawn for what was then rejected: the provider owes it back */
  imprest_owed: within(10),
  cap_source: source(11),
  /** what may still be used of a cap: per firm and year, per contract, lifetime, shared, intermediary */
  cap: within(12),
  cap_used: within(13),
  /** management cost: set aside from the appropriation of a fund, beside every pool */
  management: within(31),
  management_spent: within(32),
  quota_source: source(21, 'times'),
  quota: within(22, 'times'),
  quota_used: within(23, 'times'),
} as const satisfies Record<string, AccountKind>

export type AccountCode = keyof typeof accountKinds

export interface PostingRule {
  readonly number: number
  readonly between: readonly (readonly [debit: AccountCode, credit: AccountCode])[]
  /**
   * Stays possible after the account's end: a return, which empties an account to where its money came from, and an
   * opening entry, which records what had happened before that end.
   */
  readonly returns?: true
  /** an opening entry of a programme that was taken over: what the posting would be, had it been made here */
  readonly opens?: string
}

export const postingRules = {
  appropriate: { number: 1, between: [['treasury', 'appropriation']] },
  withdraw: { number: 2, between: [['appropriation', 'treasury']] },
  allot: {
    number: 3,
    between: [
      ['appropriation', 'pool'],
      ['pool', 'pool'],
    ],
  },
  take_back: { number: 4, between: [['pool', 'appropriation']] },
  issue: { number: 5, between: [['pool', 'voucher']] },
  redeem: { number: 6, between: [['voucher', 'payable']] },
  /** direct after use: nothing was ever issued */
  award: { number: 7, between: [['pool', 'payable']] },
  pay: { number: 8, between: [['payable', 'paid']] },
  /** the bank sent the payment back */
  bounce: { number: 9, between: [['paid', 'payable']] },
  unredeem: { number: 10, between: [['payable', 'voucher']] },
  unaward: { number: 11, between: [['payable', 'pool']] },
  /** only after the last usable day: a sweep that runs early takes nothing */
  expire: { number: 12, between: [['voucher', 'pool']], returns: true },
  revoke: { number: 13, between: [['voucher', 'pool']], returns: true },
  give_up: { number: 14, between: [['voucher', 'pool']], returns: true },
  claw_back: { number: 15, between: [['paid', 'receivable']] },
  cancel_clawback: { number: 16, between: [['receivable', 'paid']] },
  recover: { number: 17, between: [['receivable', 'treasury']] },
  /** what was recovered goes back to whom it was wrongly taken from */
  unrecover: { number: 20, between: [['treasury', 'receivable']] },
  grant: {
    number: 21,
    between: [
      ['cap_source', 'cap'],
      ['quota_source', 'quota'],
    ],
  },
  use: {
    number: 22,
    between: [
      ['cap', 'cap_used'],
      ['quota', 'quota_used'],
    ],
  },
  free: {
    number: 23,
    between: [
      ['cap_used', 'cap'],
      ['quota_used', 'quota'],
    ],
  },
  lower: {
    number: 24,
    between: [
      ['cap', 'cap_source'],
      ['quota', 'quota_source'],
    ],
  },
  set_aside: { number: 31, between: [['appropriation', 'management']] },
  put_back: { number: 32, between: [['management', 'appropriation']] },
  /** a payment of management cost: no triple leads here from a pool */
  spend: { number: 33, between: [['management', 'management_spent']] },
  /** the year's accounts are closed: what is left goes on in those of the next year */
  carry_over: {
    number: 34,
    between: [
      ['appropriation', 'appropriation'],
      ['pool', 'pool'],
      ['management', 'management'],
    ],
    returns: true,
  },
  /** the year's accounts are closed: what is left goes back to the treasury */
  lapse: {
    number: 35,
    between: [
      ['appropriation', 'treasury'],
      ['pool', 'treasury'],
      ['management', 'treasury'],
    ],
    returns: true,
  },
  advance: { number: 41, between: [['appropriation', 'imprest']] },
  /** in one set with the deduction that it pays */
  draw_down: { number: 42, between: [['imprest', 'imprest_drawn']] },
  /** the provider reversed its deduction: the firm pays it instead */
  draw_back: { number: 43, between: [['imprest_drawn', 'imprest']] },
  /** in one set with the payment of the claim, so that nothing is refilled that was not paid */
  refill: { number: 44, between: [['imprest_drawn', 'imprest']] },
  owe_back: { number: 45, between: [['imprest_drawn', 'imprest_owed']] },
  return_advance: {
    number: 46,
    between: [
      ['imprest', 'appropriation'],
      ['imprest_owed', 'appropriation'],
    ],
  },
  /** 期初: what a programme had done elsewhere before it was taken over, each act under a reason of its own */
  open_use: {
    number: 56,
    between: [
      ['cap', 'cap_used'],
      ['quota', 'quota_used'],
    ],
    opens: 'use',
  },
  open_revoke: { number: 57, between: [['voucher', 'pool']], returns: true, opens: 'revoke' },
  open_expire: { number: 58, between: [['voucher', 'pool']], returns: true, opens: 'expire' },
  open_pay: { number: 59, between: [['payable', 'paid']], opens: 'pay' },
  open_redeem: { number: 60, between: [['voucher', 'payable']], returns: true, opens: 'redeem' },
  open_issue: { number: 61, between: [['pool', 'voucher']], opens: 'issue' },
  open_allot: { number: 62, between: [['appropriation', 'pool']], opens: 'allot' },
  open_appropriate: { number: 63, between: [['treasury', 'appropriation']], opens: 'appropriate' },
} as const satisfies Record<string, PostingRule>

export type PostingCode = keyof typeof postingRules

/** True when the triple is in the table. */
export function isAllowed(debit: AccountCode, credit: AccountCode, code: PostingCode): boolean {
  const rule: PostingRule = postingRules[code]
  return rule.between.some(([from, to]) => from === debit && to === credit)
}

export function isReturn(code: PostingCode): boolean {
  const rule: PostingRule = postingRules[code]
  return rule.returns === true
}

/** True for the entries with which a programme that was taken over begins. */
export function isOpening(code: PostingCode): boolean {
  const rule: PostingRule = postingRules[code]
  return rule.opens !== undefined
}

/** What a posting does, wherever it was done: an opening entry counts as the act that it records. */
export function actOf(code: PostingCode): PostingCode {
  const rule: PostingRule = postingRules[code]
  return (rule.opens as PostingCode | undefined) ?? code
}

/** The numbers of every posting that does something, opening entries among them. */
export function numbersOf(...codes: readonly PostingCode[]): readonly number[] {
  return (Object.keys(postingRules) as PostingCode[])
    .filter((code) => codes.includes(actOf(code)))
    .map((code) => postingRules[code].number)
}

export interface Triple {
  readonly debit: AccountCode
  readonly credit: AccountCode
  readonly code: PostingCode
}

/** Every allowed triple, for audits and pages. */
export const triples: readonly Triple[] = (
  Object.entries(postingRules) as [PostingCode, PostingRule][]
).flatMap(([code, rule]) => rule.between.map(([debit, credit]) => ({ debit, credit, code })))

export const accountCodeOf = invert(accountKinds)
export const postingCodeOf = invert(postingRules)

function invert<Name extends string>(
  table: Readonly<Record<Name, { readonly number: number }>>,
): (number: number) => Name {
  const names = new Map((Object.keys(table) as Name[]).map((name) => [table[name].number, name]))
  return (number) => {
    const name = names.get(number)
    if (name === undefined) throw new RangeError(`no code has the number ${number}`)
    return name
  }
}
