// The amount as a till receipt: each line names what was applied, by which clause, and what was left after it. A line
// that cannot be worked out leaves the amount unknown from there on, except a cap whose limit is an open question:
// it is shown and passed over, since the ceiling is then "at most" in any case.
import { toFen, type Exact, type Fen } from '../money/index.ts'
import type { Balances, Headroom, Step } from './determination.ts'
import { asFraction, failure, isValue, openEnds, type Outcome } from './expression/index.ts'
import type { Amount, Cap, Provenance, RateRule, Rounding, Text } from './programme.ts'
import type { Expression } from './types.ts'
import { fillFrom, type Session } from './session.ts'
import { headroomOf, type CapFound } from './caps.ts'

export interface Receipt {
  readonly session: Session
  readonly steps: Step[]
  readonly headrooms: Omit<Headroom, 'take'>[]
  readonly needed: Set<string>
  /** the amount so far, in fen and not yet rounded; undefined once it is unknown */
  amount: Exact | undefined
  rateCase: string | null
  binding: string | null
}

export function openReceipt(session: Session): Receipt {
  return {
    session,
    steps: [],
    headrooms: [],
    needed: new Set(),
    amount: undefined,
    rateCase: null,
    binding: null,
  }
}

export function citing(origin: Partial<Provenance>): { readonly cite?: string; readonly basis?: string } {
  return {
    ...(origin.cite === undefined ? {} : { cite: origin.cite }),
    ...(origin.basis === undefined ? {} : { basis: origin.basis }),
  }
}

function openFields(receipt: Receipt, outcome: Outcome): Pick<Step, 'needed' | 'failure'> {
  const { needed, failure: reason } = openEnds(outcome)
  for (const name of needed) receipt.needed.add(name)
  return { ...(needed.length > 0 ? { needed } : {}), ...(reason === undefined ? {} : { failure: reason }) }
}

function amountFields(amount: Exact | undefined): Pick<Step, 'amount' | 'exact'> {
  if (!amount) return { amount: null }
  const fen = toFen(amount, 'fen', 'down')
  return amount.denominator === 1n ? { amount: fen } : { amount: fen, exact: amount }
}

/** The base line, and its own rounding where the programme rounds stepwise. A base below zero counts as zero. */
export function addBase(receipt: Receipt, base: Amount): void {
  const outcome = receipt.session.evaluate(base.is)
  receipt.amount = isValue(outcome) ? notNegative(asFraction(outcome)) : undefined
  receipt.steps.push({
    kind: 'base',
    id: 'base',
    ...amountFields(receipt.amount),
    binding: false,
    text: fillFrom(receipt.session, base.text),
    ...citing(base),
    ...openFields(receipt, outcome),
  })
  if (base.round) addRounding(receipt, base.round, 'base')
}

function notNegative(amount: Exact): Exact {
  return amount.numerator < 0n ? { numerator: 0n, denominator: 1n } : amount
}

/** A rate below zero, such as a bonus less a deduction, gives nothing. */
export function addRate(receipt: Receipt, rule: RateRule): void {
  const { outcome, chosen, origin } = chooseRate(receipt.session, rule)
  const rate = isValue(outcome) ? asFraction(outcome) : undefined
  receipt.rateCase = rate ? chosen : null
  const { amount } = receipt
  receipt.amount = amount && rate ? notNegative(product(amount, rate)) : undefined
  receipt.steps.push({
    kind: 'rate',
    id: chosen ?? 'default',
    ...amountFields(receipt.amount),
    ...(rate ? { rate } : {}),
    binding: false,
    ...citing(origin),
    ...openFields(receipt, outcome),
  })
}

function product(left: Exact, right: Exact): Exact {
  return { numerator: left.numerator * right.numerator, denominator: left.denominator * right.denominator }
}

interface ChosenRate {
  readonly outcome: Outcome
  readonly chosen: string | null
  readonly origin: Partial<Provenance>
}

/** The one row that holds, else the default. Two rows that hold at once are a failure that names neither as right. */
function chooseRate(session: Session, rule: RateRule): ChosenRate {
  const verdicts = rule.rows.map((row) => ({ row, verdict: session.evaluate(row.when) }))
  const holding = verdicts.filter(({ verdict }) => verdict === true)
  if (holding.length > 1) {
    const names = holding.map(({ row }) => row.id).join('+')
    return { outcome: failure('rate_conflict'), chosen: names, origin: rule }
  }
  const open = verdicts.find(({ verdict }) => !isValue(verdict))
  if (open) return { outcome: open.verdict, chosen: null, origin: rule }
  const row = holding[0]?.row
  if (row) return { outcome: session.evaluate(row.value), chosen: row.id, origin: row }
  return {
    outcome: rule.default ? session.evaluate(rule.default) : failure('rate_conflict'),
    chosen: null,
    origin: rule,
  }
}

/** Rounds by the stated rule, when its condition holds. */
export function addRounding(receipt: Receipt, round: Rounding, id: string): void {
  const when: Outcome = round.when ? receipt.session.evaluate(round.when) : true
  if (when === false) return
  const known = receipt.amount !== undefined && when === true
  receipt.amount = known ? asFraction(toFen(receipt.amount!, round.to, round.mode)) : undefined
  receipt.steps.push({
    kind: 'round',
    id,
    ...amountFields(receipt.amount),
    rounding: { to: round.to, mode: round.mode },
    binding: false,
    ...citing(round),
    ...openFields(receipt, when),
  })
}

/** A limit named by the programme: a leg of the claim, what the voucher still holds. */
export interface Limit {
  readonly id: string
  readonly text: Text
  readonly is: Expression
}

/** Every leg is shown; the least of them is the base. One unknown leg leaves the base unknown. */
export function addLegs(receipt: Receipt, legs: readonly Limit[]): void {
  const outcomes = legs.map((leg) => receipt.session.evaluate(leg.is))
  const limits = outcomes.map((outcome) => (isValue(outcome) ? notNegative(asFraction(outcome)) : undefined))
  const known = limits.filter((limit) => limit !== undefined)
  const least = known.reduce((best, limit) => (isLess(limit, best) ? limit : best), known[0]!)
  receipt.amount = known.length === legs.length ? least : undefined
  const binding = receipt.amount ? limits.indexOf(least) : -1
  receipt.binding = legs[binding]?.id ?? null
  legs.forEach((leg, index) => {
    const fields = { ...amountFields(limits[index]), ...openFields(receipt, outcomes[index]!) }
    const text = fillFrom(receipt.session, leg.text)
    receipt.steps.push({ kind: 'leg', id: leg.id, ...fields, binding: index === binding, text })
  })
}

/** Cuts the amount to a limit. */
export function addLimit(receipt: Receipt, item: Limit): void {
  const outcome = receipt.session.evaluate(item.is)
  const limit = isValue(outcome) ? notNegative(asFraction(outcome)) : undefined
  const binding = limit !== undefined && receipt.amount !== undefined && isLess(limit, receipt.amount)
  if (binding) [receipt.amount, receipt.binding] = [limit, item.id]
  if (!limit) receipt.amount = undefined
  const text = fillFrom(receipt.session, item.text)
  const figures = { limit: limit ? toFen(limit, 'fen', 'down') : null, binding, text }
  const open = openFields(receipt, outcome)
  receipt.steps.push({ kind: 'within', id: item.id, ...amountFields(receipt.amount), ...figures, ...open })
}

/** Cuts the amount to what is left of a cap. Headroom is cut to whole rounding units, so that no odd fen is promised. */
export function addCap(
  receipt: Receipt,
  cap: Cap,
  given: { readonly found: CapFound; readonly balances: Balances; readonly round: Rounding },
): void {
  const { found, balances, round } = given
  const base = { kind: 'cap', id: cap.id, text: fillFrom(receipt.session, cap.text), ...citing(cap) } as const
  if (!('account' in found)) {
    const open = openFields(receipt, found.open)
    receipt.steps.push({
      ...base,
      ...amountFields(receipt.amount),
      limit: null,
      headroom: null,
      binding: false,
      ...open,
    })
    return
  }
  const room = headroomOf(found.account, balances)
  receipt.headrooms.push(room)
  const whole =
    cap.measure === 'count'
      ? room.headroom > 0n
        ? undefined
        : 0n
      : toFen(asFraction(room.headroom), round.to, 'down')
  const binding =
    whole !== undefined && receipt.amount !== undefined && isLess(asFraction(whole), receipt.amount)
  if (binding) {
    receipt.amount = asFraction(whole)
    receipt.binding = cap.id
  }
  const { used, balanceKnown, headroom } = room
  const figures = { limit: found.account.limit, used, balanceKnown, headroom, binding }
  receipt.steps.push({ ...base, ...amountFields(receipt.amount), ...figures })
}

function isLess(left: Exact, right: Exact): boolean {
  return left.numerator * right.denominator < right.numerator * left.denominator
}

/** The amount in whole fen once every line is written; the last rounding has made it whole. */
export function totalOf(receipt: Receipt): Fen | null {
  return receipt.amount ? toFen(receipt.amount, 'fen', 'down') : null
}
