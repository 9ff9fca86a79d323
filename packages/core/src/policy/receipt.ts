// The amount as a till receipt: each line names what was applied, by which clause, and what was left after it. A line
// that cannot be worked out leaves the amount unknown from there on, except a cap whose limit is an open question:
// it is shown and passed over, since the ceiling is then "at most" in any case.
import { roundTo, toFen, type Exact, type Fen } from '../money/index.ts'
import type { Balances, Headroom, Step } from './determination.ts'
import { asFraction, failure, isOpen, isValue, openEnds, type Outcome } from './expression/index.ts'
import type { Amount, Cap, Provenance, RateRow, RateRule, Rounding, Text } from './programme.ts'
import type { Expression } from './types.ts'
import { fillFrom, type Draft, type Session } from './session.ts'
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

type Line = Draft<Step>

/** Adds a line with the amount after it, where it comes from and what keeps it open. */
function addLine(
  receipt: Receipt,
  line: Omit<Line, 'amount'>,
  more: {
    readonly amount: Exact | undefined
    readonly origin?: Partial<Provenance>
    readonly outcome?: Outcome
  },
): void {
  const { amount, origin, outcome } = more
  const whole = line as Line
  whole.amount = amount === undefined ? null : toFen(amount, 'fen', 'down')
  if (amount !== undefined && amount.denominator !== 1n) whole.exact = amount
  if (origin?.cite !== undefined) whole.cite = origin.cite
  if (origin?.basis !== undefined) whole.basis = origin.basis
  if (outcome !== undefined && isOpen(outcome)) {
    const { needed, failure: reason } = openEnds(outcome)
    for (const name of needed) receipt.needed.add(name)
    if (needed.length > 0) whole.needed = needed
    if (reason !== undefined) whole.failure = reason
  }
  receipt.steps.push(whole)
}

/** The base line, and its own rounding where the programme rounds stepwise. A base below zero counts as zero. */
export function addBase(receipt: Receipt, base: Amount): void {
  const { session } = receipt
  const outcome = session.evaluate(base.is)
  receipt.amount = isValue(outcome) ? notNegative(asFraction(outcome)) : undefined
  const text = fillFrom(session, base.text)
  const line = { kind: 'base', id: 'base', binding: false, text } as const
  addLine(receipt, line, { amount: receipt.amount, origin: base, outcome })
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
  const line: Omit<Line, 'amount'> = { kind: 'rate', id: chosen ?? 'default', binding: false }
  if (rate) line.rate = rate
  addLine(receipt, line, { amount: receipt.amount, origin, outcome })
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
  let row: RateRow | undefined
  let names = ''
  let open: Outcome | undefined
  for (const each of rule.rows) {
    const verdict = session.evaluate(each.when)
    if (verdict === true) {
      names = row === undefined ? each.id : `${names}+${each.id}`
      row ??= each
    } else if (isOpen(verdict)) open ??= verdict
  }
  if (row !== undefined && names !== row.id)
    return { outcome: failure('rate_conflict'), chosen: names, origin: rule }
  if (open !== undefined) return { outcome: open, chosen: null, origin: rule }
  if (row !== undefined) return { outcome: session.evaluate(row.value), chosen: row.id, origin: row }
  const outcome = rule.default ? session.evaluate(rule.default) : failure('rate_conflict')
  return { outcome, chosen: null, origin: rule }
}

/** Rounds by the stated rule, when its condition holds. */
export function addRounding(receipt: Receipt, round: Rounding, id: string): void {
  const when: Outcome = round.when ? receipt.session.evaluate(round.when) : true
  if (when === false) return
  const known = receipt.amount !== undefined && when === true
  receipt.amount = known ? asFraction(toFen(receipt.amount!, round.to, round.mode)) : undefined
  const rounding = { to: round.to, mode: round.mode }
  const line = { kind: 'round', id, rounding, binding: false } as const
  addLine(receipt, line, { amount: receipt.amount, origin: round, outcome: when })
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
  legs.forEach(({ id, text: written }, index) => {
    const text = fillFrom(receipt.session, written)
    const line = { kind: 'leg', id, binding: index === binding, text } as const
    addLine(receipt, line, { amount: limits[index], outcome: outcomes[index]! })
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
  const shown = limit ? toFen(limit, 'fen', 'down') : null
  const line = { kind: 'within', id: item.id, limit: shown, binding, text } as const
  addLine(receipt, line, { amount: receipt.amount, outcome })
}

/** Cuts the amount to what is left of a cap. Headroom is cut to whole rounding units, so that no odd fen is promised. */
export function addCap(
  receipt: Receipt,
  cap: Cap,
  given: { readonly found: CapFound; readonly balances: Balances; readonly round: Rounding },
): void {
  const { found, balances, round } = given
  const text = fillFrom(receipt.session, cap.text)
  if (!('account' in found)) {
    const line = { kind: 'cap', id: cap.id, text, limit: null, headroom: null, binding: false } as const
    addLine(receipt, line, { amount: receipt.amount, origin: cap, outcome: found.open })
    return
  }
  const room = headroomOf(found.account, balances)
  receipt.headrooms.push(room)
  const { used, balanceKnown, headroom } = room
  const whole = cap.measure === 'fen' ? roundTo(headroom, round.to, 'down') : headroom > 0n ? undefined : 0n
  const binding =
    whole !== undefined && receipt.amount !== undefined && isLess(asFraction(whole), receipt.amount)
  if (binding) {
    receipt.amount = asFraction(whole)
    receipt.binding = cap.id
  }
  const { limit } = found.account
  addLine(
    receipt,
    { kind: 'cap', id: cap.id, text, limit, used, balanceKnown, headroom, binding },
    { amount: receipt.amount, origin: cap },
  )
}

function isLess(left: Exact, right: Exact): boolean {
  if (left.denominator === right.denominator) return left.numerator < right.numerator
  return left.numerator * right.denominator < right.numerator * left.denominator
}

/** The amount in whole fen once every line is written; the last rounding has made it whole. */
export function totalOf(receipt: Receipt): Fen | null {
  return receipt.amount ? toFen(receipt.amount, 'fen', 'down') : null
}
