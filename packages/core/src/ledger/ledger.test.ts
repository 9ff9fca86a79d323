import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { hex, type Hash } from '../canonical.ts'
import { startOf, type Day } from '../calendar/index.ts'
import {
  accountId,
  accountKinds,
  balancesAsOf,
  contentBytes,
  emptyJournal,
  MOST_PER_POSTING,
  post,
  postingRules,
  refusalOf,
  triples,
  usable,
  verifier,
  type AccountCode,
  type AccountTerms,
  type Finding,
  type Journal,
  type Posting,
  type PostingCode,
  type PostingSet,
} from './index.ts'

const sha256: Hash = (bytes) => createHash('sha256').update(bytes).digest()
const city = { ledger: 1, jurisdiction: '110000' }
const today = startOf('2024-06-01')
const after = (day: Day): number => startOf(day)

let counter = 0
const uuid = (): string => `00000000-0000-4000-8000-${String(++counter).padStart(12, '0')}`

const terms = (code: AccountCode, more: Partial<AccountTerms> = {}): AccountTerms => ({
  ...city,
  district: '110000',
  code,
  programme: 'beijing-2023',
  year: 2024,
  kind: '',
  holder: '',
  reference: '',
  usableUntil: null,
  ...more,
})
const treasury = terms('treasury')
const appropriation = terms('appropriation')
const pool = terms('pool')
const voucher = terms('voucher', { holder: 'FIRM-A', reference: 'V-1', usableUntil: '2024-12-31' })
const other = terms('voucher', { holder: 'FIRM-B', reference: 'V-2', usableUntil: '2024-12-31' })
const payable = terms('payable', { holder: 'FIRM-A' })
const paid = terms('paid', { holder: 'FIRM-A' })
const capSource = terms('cap_source')
const cap = terms('cap', { kind: 'firm_year_claimed', holder: 'FIRM-A' })
const capUsed = terms('cap_used', { kind: 'firm_year_claimed', holder: 'FIRM-A' })
const everything = [treasury, appropriation, pool, voucher, other, payable, paid, capSource, cap, capUsed]
const id = (account: AccountTerms): string => accountId(account, sha256)

type Asked = [debit: AccountTerms, credit: AccountTerms, amount: bigint, code: PostingCode]
const movement = ([debit, credit, amount, code]: Asked): Omit<Posting, 'kind'> => ({
  id: uuid(),
  debit: id(debit),
  credit: id(credit),
  amount,
  code,
  document: uuid(),
  district: '110000',
})
const entry = (...asked: Asked): Posting => ({ ...movement(asked), kind: 'post' }) as Posting
const hold = (expiresAt: number | null, ...asked: Asked): Posting =>
  ({ ...movement(asked), kind: 'reserve', expiresAt }) as Posting
const resolve = (kind: 'settle' | 'release', reserved: Posting, amount: bigint): Posting => ({
  ...reserved,
  id: uuid(),
  kind,
  reservation: reserved.id,
  amount,
})

const ask = (journal: Journal, sets: readonly PostingSet[], moment = today): string[][] =>
  post(journal, { ...city, moment, sets }).map((answers) => answers.map(({ result }) => result))
const one = (journal: Journal, posting: Posting, moment = today): string =>
  ask(journal, [[posting]], moment)[0]![0]!
const left = (journal: Journal, account: AccountTerms, moment = today): bigint =>
  usable(account, journal.books.accounts.get(id(account))!.balance, moment)

/** A pool of 1000 and a cap of 300 for firm A. */
function funded(): Journal {
  const journal = emptyJournal(city.ledger, city.jurisdiction, sha256)
  post(journal, { ...city, moment: today, open: everything, sets: [] })
  const start = ask(journal, [
    [entry(treasury, appropriation, 1000n, 'appropriate')],
    [entry(appropriation, pool, 1000n, 'allot')],
    [entry(capSource, cap, 300n, 'grant')],
  ])
  expect(start.flat()).toEqual(['posted', 'posted', 'posted'])
  return journal
}

function findings(journal: Journal): readonly Finding[] {
  const head = { ...city, nextSequence: BigInt(journal.rows.length) + 1n, chain: journal.chain }
  const proof = verifier(head, [...journal.books.accounts.values()], sha256)
  for (const row of journal.rows) proof.add(row)
  return proof.finish()
}

describe('answers are for good', () => {
  test('L1 a whole set retried returns its first answer for every link and writes nothing', () => {
    const journal = funded()
    const set = [entry(pool, voucher, 200n, 'issue'), entry(cap, capUsed, 200n, 'use')]
    const first = post(journal, { ...city, moment: today, sets: [set] })
    const before = journal.rows.length
    expect(first[0]!.map(({ result }) => result)).toEqual(['posted', 'posted'])
    expect(post(journal, { ...city, moment: after('2025-02-01'), sets: [set] })).toEqual(first)
    expect(journal.rows.length).toBe(before)
  })
  test('L1 a refused set retried names the same refusing link, even when it would pass now', () => {
    const journal = funded()
    const set = [
      entry(pool, voucher, 200n, 'issue'),
      entry(cap, capUsed, 301n, 'use'),
      entry(pool, other, 1n, 'issue'),
    ]
    const first = ask(journal, [set])
    expect(first).toEqual([['linked_failed', 'exceeds_credits', 'linked_failed']])
    expect(one(journal, entry(capSource, cap, 50n, 'grant'))).toBe('posted')
    expect(ask(journal, [set])).toEqual(first)
    expect(refusalOf(set, post(journal, { ...city, moment: today, sets: [set] })[0]!)).toMatchObject({
      code: 'ledger.exceeds_credits',
      params: { debit: id(cap), amount: 301n, link: 2, links: 3 },
    })
  })
  test('L2 an id used again with any other content, alone or in another set, is taken', () => {
    const journal = funded()
    const posting = entry(pool, voucher, 10n, 'issue')
    expect(one(journal, posting)).toBe('posted')
    const fresh = entry(pool, voucher, 1n, 'issue')
    expect(one(journal, { ...posting, amount: 11n })).toBe('id_taken')
    expect(one(journal, { ...posting, document: uuid() })).toBe('id_taken')
    expect(ask(journal, [[posting, fresh]])).toEqual([['id_taken', 'linked_failed']])
    expect(ask(journal, [[posting, fresh]])).toEqual([['id_taken', 'linked_failed']])
    expect(one(journal, posting)).toBe('posted')
    expect(left(journal, pool)).toBe(990n)
  })
  test('a malformed batch throws and changes nothing', () => {
    const journal = funded()
    const posting = entry(pool, voucher, 10n, 'issue')
    expect(() => ask(journal, [[posting], [posting]])).toThrow('occurs once')
    expect(() => post(journal, { ...city, jurisdiction: '310000', moment: today, sets: [] })).toThrow()
    expect(() => one(journal, { ...posting, id: posting.id.replace('0000', 'ABCD') })).toThrow('lower case')
    expect(journal.rows.length).toBe(3)
  })
})

describe('money', () => {
  test('L3 a pool never issues more than it has, and a set posts whole or not at all', () => {
    const journal = funded()
    expect(one(journal, entry(pool, voucher, 1000n, 'issue'))).toBe('posted')
    expect(one(journal, entry(pool, other, 1n, 'issue'))).toBe('exceeds_credits')
    expect(left(journal, pool)).toBe(0n)
  })
  test('L3 a treasury never gets back more than it gave', () => {
    const journal = funded()
    const second = terms('treasury', { kind: 'second' })
    post(journal, { ...city, moment: today, open: [second], sets: [] })
    expect(one(journal, entry(pool, appropriation, 5n, 'take_back'))).toBe('posted')
    expect(one(journal, entry(appropriation, second, 5n, 'withdraw'))).toBe('exceeds_debits')
    expect(one(journal, entry(appropriation, treasury, 5n, 'withdraw'))).toBe('posted')
  })
  test.each([0n, -1n, MOST_PER_POSTING + 1n])('an amount of %s is out of range', (amount) => {
    expect(one(funded(), entry(pool, voucher, amount, 'issue'))).toBe('amount_out_of_range')
  })
  test('L4 what is held is not usable; a settlement takes part and frees the rest; a hold is resolved once', () => {
    const journal = funded()
    one(journal, entry(pool, voucher, 100n, 'issue'))
    const held = hold(null, voucher, payable, 60n, 'redeem')
    expect(one(journal, held)).toBe('posted')
    expect(left(journal, voucher)).toBe(40n)
    expect(one(journal, entry(voucher, payable, 41n, 'redeem'))).toBe('exceeds_credits')
    expect(one(journal, resolve('settle', held, 61n))).toBe('amount_not_reserved')
    expect(one(journal, resolve('release', held, 59n))).toBe('amount_not_reserved')
    expect(one(journal, resolve('settle', held, 25n))).toBe('posted')
    expect(left(journal, voucher)).toBe(75n)
    expect(one(journal, resolve('settle', held, 1n))).toBe('already_settled')
    expect(one(journal, resolve('release', held, 60n))).toBe('already_settled')
  })
  test('L4 an expired hold can be released but not settled', () => {
    const journal = funded()
    one(journal, entry(pool, voucher, 100n, 'issue'))
    const held = hold(after('2024-06-05'), voucher, payable, 60n, 'redeem')
    one(journal, held)
    expect(one(journal, resolve('settle', held, 60n), after('2024-06-05'))).toBe('reservation_expired')
    expect(one(journal, resolve('release', held, 60n), after('2024-06-05'))).toBe('posted')
    expect(left(journal, voucher)).toBe(100n)
  })
})

describe('a voucher', () => {
  test('L5 has no transfer: no triple leads from a voucher to a voucher, or from anyone to another holder', () => {
    for (const { debit, credit } of triples) expect([debit, credit]).not.toEqual(['voucher', 'voucher'])
    const journal = funded()
    one(journal, entry(pool, voucher, 100n, 'issue'))
    for (const code of Object.keys(postingRules) as PostingCode[])
      expect(one(journal, entry(voucher, other, 1n, code))).toBe('not_allowed')
  })
  test('L5 of another holder, day or number is another account', () => {
    const ids = [
      voucher,
      { ...voucher, holder: 'FIRM-B' },
      { ...voucher, usableUntil: '2025-12-31' },
      { ...voucher, reference: 'V-2' },
      { ...voucher, jurisdiction: '310000' },
      { ...voucher, programme: 'beijing-202', kind: '3' },
    ].map(id)
    expect(new Set(ids).size).toBe(ids.length)
  })
  test('L6 cannot be debited after its last usable day and reads zero, swept or not', () => {
    const journal = funded()
    one(journal, entry(pool, voucher, 100n, 'issue'))
    const lastMoment = after('2025-01-01') - 1
    expect(left(journal, voucher, lastMoment)).toBe(100n)
    expect(one(journal, entry(voucher, payable, 1n, 'redeem'), lastMoment)).toBe('posted')
    expect(one(journal, entry(voucher, payable, 1n, 'redeem'), lastMoment + 1)).toBe('debit_account_expired')
    expect(one(journal, hold(null, voucher, payable, 1n, 'redeem'), lastMoment + 1)).toBe(
      'debit_account_expired',
    )
    expect(left(journal, voucher, lastMoment + 1)).toBe(0n)
  })
  test('L6 a claim held in time is settled after the last day, until the hold itself expires', () => {
    const journal = funded()
    one(journal, entry(pool, voucher, 100n, 'issue'))
    const claim = hold(after('2025-03-31'), voucher, payable, 80n, 'redeem')
    expect(one(journal, claim)).toBe('posted')
    expect(one(journal, resolve('settle', claim, 70n), after('2025-02-10'))).toBe('posted')
    expect(left(journal, voucher, after('2025-02-10'))).toBe(0n)
  })
  test('L7 goes back to its pool after its day, once, by an ordinary posting; never a day early', () => {
    const journal = funded()
    one(journal, entry(pool, voucher, 100n, 'issue'))
    expect(one(journal, entry(voucher, pool, 100n, 'expire'))).toBe('not_yet_expired')
    const sweep = entry(voucher, pool, 100n, 'expire')
    expect(one(journal, sweep, after('2025-01-01'))).toBe('posted')
    expect(one(journal, sweep, after('2025-01-02'))).toBe('posted')
    expect(one(journal, entry(voucher, pool, 1n, 'expire'), after('2025-01-02'))).toBe('exceeds_credits')
    expect(left(journal, pool)).toBe(1000n)
  })
  test('L8 closed takes and gives nothing but returns and releases', () => {
    const journal = funded()
    const held = hold(null, voucher, payable, 30n, 'redeem')
    ask(journal, [[entry(pool, voucher, 100n, 'issue')], [held]])
    post(journal, { ...city, moment: today, close: [id(voucher)], sets: [] })
    expect(one(journal, entry(voucher, payable, 1n, 'redeem'))).toBe('debit_account_closed')
    expect(one(journal, entry(pool, voucher, 1n, 'issue'))).toBe('credit_account_closed')
    expect(one(journal, resolve('settle', held, 1n))).toBe('debit_account_closed')
    expect(one(journal, entry(voucher, pool, 71n, 'revoke'))).toBe('exceeds_credits')
    expect(one(journal, resolve('release', held, 30n))).toBe('posted')
    expect(one(journal, entry(voucher, pool, 100n, 'revoke'))).toBe('posted')
  })
})

describe('the past', () => {
  test('L9 balances as of a sequence and as of its moment are the balances there were then', () => {
    const journal = funded()
    const seen: { sequence: bigint; moment: number; pool: bigint }[] = []
    for (const [step, amount] of [5n, 7n, 11n].entries()) {
      const moment = today + step * 1000
      one(journal, entry(pool, voucher, amount, 'issue'), moment)
      seen.push({ sequence: BigInt(journal.rows.length), moment, pool: left(journal, pool) })
    }
    for (const { sequence, moment, pool: expected } of seen)
      for (const asOf of [{ sequence }, { moment }])
        expect(usable(pool, balancesAsOf(journal.rows, asOf).get(id(pool))!, moment)).toBe(expected)
  })
  test('L10 recorded moments never run backwards, whatever clock a server has', () => {
    const journal = funded()
    one(journal, entry(pool, voucher, 1n, 'issue'), today + 5000)
    one(journal, entry(pool, voucher, 1n, 'issue'), today - 5000)
    expect(journal.rows.slice(-2).map(({ at }) => at)).toEqual([today + 5000, today + 5000])
  })
  test('L11 the bytes of a row and of an account are those of the first commit', () => {
    const posting: Posting = {
      id: '01234567-89ab-4def-8123-456789abcdef',
      kind: 'reserve',
      debit: id(voucher),
      credit: id(payable),
      amount: 123_456n,
      code: 'redeem',
      document: 'fedcba98-7654-4210-8edc-ba9876543210',
      district: '110108',
      expiresAt: 1_735_660_800_000,
    }
    const bytes = contentBytes({ jurisdiction: '110000', posting, link: 0, links: 1 })
    expect(id(voucher)).toMatchInlineSnapshot(`"0d2fb0dd-ce11-8b0b-923e-b1df1d0cf0db"`)
    expect(hex(sha256(bytes))).toMatchInlineSnapshot(
      `"c7b5a5e68279e103bafc41778ab0eea014b498ed60be532144137231f5b3776f"`,
    )
  })
})

describe('the proof', () => {
  const lived = (): Journal => {
    const journal = funded()
    const held = hold(null, voucher, payable, 30n, 'redeem')
    ask(journal, [[entry(pool, voucher, 100n, 'issue'), entry(cap, capUsed, 100n, 'use')], [held]])
    one(journal, resolve('settle', held, 20n))
    one(journal, entry(payable, paid, 20n, 'pay'))
    return journal
  }
  test('L12 finds nothing in an honest journal', () => expect(findings(lived())).toEqual([]))

  const change = (journal: Journal, index: number, posting: Partial<Posting>): void => {
    const row = journal.rows[index]!
    journal.rows[index] = { ...row, posting: { ...row.posting, ...posting } as Posting }
  }
  const tampered: [string, string, (journal: Journal) => void][] = [
    ['an amount changed', 'chain', (journal) => change(journal, 3, { amount: 99n })],
    ['a document changed', 'set_hash', (journal) => change(journal, 3, { document: uuid() })],
    ['a row taken out', 'gapless', (journal) => void journal.rows.splice(4, 1)],
    ['the last row taken out', 'head', (journal) => (journal.chain = journal.rows.pop()!.setHash)],
    ['two rows exchanged', 'gapless', (journal) => void journal.rows.push(journal.rows.splice(5, 1)[0]!)],
    ['half a set', 'whole_sets', (journal) => void journal.rows.splice(3, 1)],
    ['more issued than there is', 'rules', (journal) => change(journal, 3, { amount: 1001n })],
    [
      'a voucher handed to another',
      'rules',
      (journal) => change(journal, 5, { debit: id(voucher), credit: id(other) }),
    ],
    [
      'a moment moved',
      'moments_in_order',
      (journal) => {
        journal.rows[4] = { ...journal.rows[4]!, at: today - 1 }
      },
    ],
    [
      'a balance raised',
      'balances',
      (journal) => {
        const account = journal.books.accounts.get(id(voucher))!
        account.balance = { ...account.balance, creditsPosted: 999n }
      },
    ],
    [
      'a balance raised',
      'double_entry',
      (journal) => {
        const account = journal.books.accounts.get(id(voucher))!
        account.balance = { ...account.balance, creditsPosted: 999n }
      },
    ],
    [
      'another holder',
      'account_identity',
      (journal) => {
        const found = journal.books.accounts.get(id(voucher))!
        journal.books.accounts.set(id(voucher), { ...found, account: { ...found.account, holder: 'FIRM-B' } })
      },
    ],
  ]
  test.each(tampered)('L12 finds %s (%s)', (_, check, tamper) => {
    const journal = lived()
    tamper(journal)
    expect(findings(journal).map((finding) => finding.check)).toContain(check)
  })
})

test('every account of the chart is bounded, its number is its own, and every triple keeps its unit', () => {
  const numbers = [...Object.values(accountKinds), ...Object.values(postingRules)].map(({ number }) => number)
  expect(new Set(numbers.slice(0, Object.keys(accountKinds).length)).size).toBe(
    Object.keys(accountKinds).length,
  )
  for (const { debit, credit } of triples) expect(accountKinds[debit].unit).toBe(accountKinds[credit].unit)
})
