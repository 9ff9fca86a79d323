// What people, providers, banks and time do to vouchers, as random acts over the plans of core/voucher: mostly in a
// sensible order, sometimes too much, too early, twice or of another's. A plan that is added gets its line in `acts`.
import { addDays, dayOf } from '@suanquan/core/calendar'
import {
  idOf,
  fundMoves,
  isOfProgramme,
  ownPool,
  planAppropriation,
  planApproval,
  planDeduction,
  planExpiry,
  planFundMove,
  planGrant,
  planHold,
  planMove,
  planPayment,
  planRedemption,
  planRelease,
  planReleaseHold,
  planTakeBack,
  sharedAward,
  sharedFund,
  sourcesOf,
  totalOf,
  voucher,
  type Books,
  type GrantTerms,
  type MoneyPlace,
  type Plan,
  type PoolKey,
} from '@suanquan/core/voucher'
import { randomUuid } from '../ledger-world.ts'
import { advanceImprest, deductFromImprest, payAndRefill, returnImprest, takeBackDrawn } from './imprests.ts'
import { caps, draw, ofDraw, recent, type Act, type Grant, type Life } from './life.ts'

export type { Act, Grant, Life } from './life.ts'

type Chance = (life: Life) => Act['plan'] | null

const DAY_MS = 86_400_000
const FIRMS = 60
/** what a district adds to the city's money */
const TIER: PoolKey = { kind: 'tier', district: '110108', reference: '' }
const BATCH: PoolKey = { kind: 'batch', district: '110000', reference: '1' }
/** the pools beside the programme's own */
export const PARTS: readonly PoolKey[] = [TIER, BATCH]

/** One line an act, with how often it is tried among the others. */
const acts: Readonly<Record<string, readonly [often: number, chance: Chance]>> = {
  appropriate: [2, appropriate],
  move: [2, move],
  fundMove: [3, fundMove],
  approve: [12, approve],
  grant: [12, (life) => ofGrant(life, (books, { approval, terms }) => planGrant(books, approval, terms))],
  release: [2, (life) => ofGrant(life, (books, { approval, terms }) => planRelease(books, approval, terms))],
  hold: [8, hold],
  redeem: [8, (life) => ofDraw(life, (books, of, part) => planRedemption(books, of.claim, part, of.caps))],
  releaseHold: [3, (life) => ofDraw(life, (books, of) => planReleaseHold(books, of.claim, of.amount))],
  deduct: [8, (life) => draw(life, (books, of) => planDeduction(books, of.claim, of.amount, of.caps))],
  takeBack: [3, takeBack],
  pay: [6, pay],
  expire: [6, expire],
  advance: [2, advanceImprest],
  returnAdvance: [1, returnImprest],
  deductFromImprest: [6, deductFromImprest],
  payAndRefill: [4, payAndRefill],
  takeBackDrawn: [3, takeBackDrawn],
}

const WEIGHED = Object.entries(acts).flatMap(([name, [often]]) => Array.from({ length: often }, () => name))

/** The next act; null when the dice fell on one that has nothing to act on yet. */
export function nextAct(life: Life): Act | null {
  const name = life.random.pick(WEIGHED)
  const plan = acts[name]![1](life)
  return plan === null ? null : { name, plan: inYear(life, plan) }
}

/** An act in the year that is open when it is thought of, also when it is asked again later. */
export function inYear({ year }: Pick<Life, 'year'>, plan: Act['plan']): Act['plan'] {
  return (books) => plan({ ...books, fund: { ...books.fund, year } })
}

/** Some holds end by themselves: what comes after can only be released. */
function hold(life: Life): Act['plan'] | null {
  const expiresAt = life.random.int(3) === 0 ? life.moment + life.random.int(20) * DAY_MS : null
  return draw(life, (books, { claim, amount }) => planHold(books, claim, amount, expiresAt))
}

/** Money for the pool: nothing can refuse it. */
export function appropriated(life: Life): Act {
  const [document, amount] = [randomUuid(life.random), 1n + BigInt(life.random.int(99))]
  const plan = inYear(life, (books) => planAppropriation(books, document, amount))
  return { name: 'appropriate', plan }
}

function appropriate({ random }: Life): Act['plan'] {
  const [document, amount] = [randomUuid(random), BigInt(1 + random.int(40_000))]
  const tier = random.int(2) === 0 ? TIER : undefined
  return (books) => planAppropriation(books, document, amount, tier)
}

/** Between the places of public money, also what is not there. */
function move({ random, books }: Life): Act['plan'] {
  const own: MoneyPlace = { at: 'pool', pool: ownPool(books.fund) }
  const part: MoneyPlace = { at: 'pool', pool: BATCH }
  const [from, to] = random.pick<readonly [MoneyPlace, MoneyPlace]>([
    [own, part],
    [part, own],
    [own, { at: 'appropriation' }],
    [{ at: 'appropriation' }, { at: 'treasury' }],
  ])
  const [document, amount] = [randomUuid(random), BigInt(1 + random.int(5000))]
  return (of) => planMove(of, document, { from, to, amount })
}

/** What the programmes of the fund share, and the cost of managing them. */
function fundMove({ random }: Life): Act['plan'] {
  const [document, kind] = [randomUuid(random), random.pick(fundMoves)]
  const amount = BigInt(1 + random.int(kind === 'appropriate' ? 20_000 : 4000))
  return (books) => {
    const fund = isOfProgramme(kind) ? books.fund : sharedFund(books.fund)
    return planFundMove({ ...books, fund }, document, kind, amount)
  }
}

function approve(life: Life): Act['plan'] {
  const { random, books } = life
  const firm = random.int(FIRMS)
  const [payee, number] = [`9111010${firm}`, `V-${randomUuid(random).slice(0, 8)}`]
  const district = random.pick(['110108', '110105'])
  const usableUntil = addDays(dayOf(life.moment), random.int(120) - 5)
  const terms: GrantTerms =
    random.int(4) > 0
      ? { makes: 'voucher', number, holder: payee, district, usableUntil }
      : { makes: 'payable', number, payee, district }
  const amountFen = BigInt(random.int(50) === 0 ? 0 : 1 + random.int(1500))
  const share = { numerator: BigInt(1 + random.int(6)), denominator: 7n }
  const shared = sharedAward(amountFen, { pool: TIER, share }, ownPool(books.fund))
  const approval = {
    id: randomUuid(random),
    amountFen,
    caps: caps(random, firm, 'claimed'),
    ...(random.int(3) === 0 ? { sources: shared } : {}),
  }
  life.grants.push({ approval, terms })
  const sources = sourcesOf(books.fund, approval)
  if (terms.makes === 'voucher') life.vouchers.push({ id: randomUuid(random), terms, sources })
  return (of) => planApproval(of, approval, terms)
}

function ofGrant(life: Life, plan: (books: Books, grant: Grant) => Plan): Act['plan'] | null {
  const grant = recent(life, life.grants)
  return grant === null ? null : (books) => plan(books, grant)
}

function takeBack(life: Life): Act['plan'] | null {
  const { random } = life
  const swept = random.int(5) === 0
  const kept = random.int(2) === 0 ? 0n : BigInt(random.int(200))
  return ofDraw(life, (books, { claim, sources, amount, caps: drawn }) => {
    const spentFen = totalOf(sources)
    const keptFen = kept < amount ? kept : 0n
    const returned = swept && amount - keptFen <= spentFen ? { sources, spentFen } : null
    return planTakeBack(books, claim, { deductedFen: amount, caps: drawn, keptFen, returned })
  })
}

function pay(life: Life): Act['plan'] | null {
  const document = randomUuid(life.random)
  return ofDraw(life, (books, { claim }, part) => planPayment(books, claim, document, part))
}

function expire(life: Life): Act['plan'] | null {
  const on = recent(life, life.vouchers)
  if (on === null) return null
  const { terms, sources } = on
  const held = life.left(idOf(life.books, voucher(life.books.fund, terms)))
  const left = life.random.int(20) === 0 && held < totalOf(sources) ? held + 1n : held
  return (books) => planExpiry(books, on.id, { terms, sources, left })
}
