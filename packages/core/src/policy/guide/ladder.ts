// How much an award gives, read from the rule itself: its cases (rates by case, caps by case) as rows, and within each
// case the bands of the amount it is reckoned from. Nothing is written by hand for a programme: what the tree does not
// allow to be shown as rows and bands is said in words, and `bands` is null.
import type { Day } from '../../calendar/index.ts'
import { isValue, type Outcome } from '../expression/index.ts'
import { writeRate, writeValue } from '../message.ts'
import { printed } from '../check/truth-table.ts'
import type { Award, Cap, Programme, RateRow, Text } from '../programme.ts'
import { partsOf } from '../references.ts'
import { fillFrom, openSession, type Session } from '../session.ts'
import type { Expression } from '../types.ts'
import { bandsOf, extreme, fixed, scaled, type Band } from './bands.ts'
import { both, branchesOf, combined, MOST_CASES, type Branch, type Test } from './branches.ts'
import { inWords } from './words.ts'

export interface LadderCase {
  /** what must hold, in words; none: always */
  readonly when: readonly Text[]
  readonly tests: readonly Test[]
  /** null where the base is not multiplied by a rate */
  readonly rate: Text | null
  /** before rounding and with nothing used of any cap; null where there is no such table */
  readonly bands: readonly Band[] | null
}

export interface LadderLimit extends Pick<LadderCase, 'when' | 'tests'> {
  readonly limit: Text
}

export interface LadderCap {
  readonly id: string
  readonly text: Text
  readonly cap: Cap
  readonly limits: readonly LadderLimit[]
  /** whether the bands are cut by it */
  readonly inBands: boolean
}

export interface Ladder {
  readonly award: Award
  /** the amount of which the bands are; null where there is none alone */
  readonly measured: Expression | null
  /** what the bands are of */
  readonly of: Text
  /** the base in words */
  readonly base: Text
  readonly cases: readonly LadderCase[]
  readonly caps: readonly LadderCap[]
  /** caps of an applicant or a contract that the bands leave out: open, or worked out from more than the amount */
  readonly besides: readonly Text[]
}

interface Reader {
  readonly programme: Programme
  readonly on: Day
  readonly session: Session
  /** the amount of which the bands are, as it prints */
  readonly variable: string | undefined
}

/** @param on the governing day whose values are shown; by default the latest */
export function awardLadder(programme: Programme, award: Award, on: Day = '2999-12-31'): Ladder {
  const session = openSession(programme, new Map([[programme.governs.by, on]]))
  const measured = variableOf(programme, award)
  const reader: Reader = { programme, on, session, variable: measured && printed(measured) }
  const caps = award.caps.map((cap) => {
    const limits = branchesOf(cap.limit, readingOf(reader))
    return { cap, limits, inBands: isPersonal(cap) && hasBands(reader, limits) }
  })
  const cutting = caps.filter(({ inBands }) => inBands)
  const cases = casesOf(reader, award, cutting.map(({ limits }) => limits)) // prettier-ignore
  return {
    award,
    measured: measured ?? null,
    of: measured?.kind === 'fact' ? inWords(programme, on, measured) : fillFrom(session, award.base.text),
    base: inWords(programme, on, followed(programme, award.base.is)),
    cases,
    caps: caps.map((item) => capOf(reader, item)),
    besides: caps.flatMap(({ cap, inBands }) =>
      isPersonal(cap) && !inBands ? [fillFrom(session, cap.text)] : [],
    ),
  }
}

/** Caps of an applicant or a contract, in fen: a pool is nobody's band. */
function isPersonal({ measure, subjects, counts }: Cap): boolean {
  const shared = subjects.some((subject) => /^(programme$|award$|group:)/.test(subject))
  return measure === 'fen' && !shared && counts.includes('granted')
}

/** A definition that says no more than its name is followed once. */
function followed(programme: Programme, expression: Expression): Expression {
  return expression.kind === 'definition' ? programme.definitions[expression.name]!.is : expression
}

function readingOf({ programme, variable }: Reader): Parameters<typeof branchesOf>[1] {
  const definition = (name: string): Expression => programme.definitions[name]!.is
  const reads = (expression: Expression): boolean =>
    printed(expression) === variable ||
    (expression.kind === 'definition' ? reads(definition(expression.name)) : partsOf(expression).some(reads))
  return { definition, inside: (test) => test.kind === 'binary' && reads(test) }
}

/** The amount of which the bands are: the one fact that the base is made of, or the base where it is plain facts. */
function variableOf(programme: Programme, award: Award): Expression | undefined {
  const facts = new Map<string, Expression>()
  let plain = true
  const walk = (expression: Expression): void => {
    if (expression.kind === 'fact' && expression.type.kind === 'money') facts.set(expression.path, expression)
    const sum = expression.kind === 'binary' && ['+', '-'].includes(expression.operator)
    if (!sum && !['fact', 'definition'].includes(expression.kind)) plain = false
    if (expression.kind === 'definition') walk(programme.definitions[expression.name]!.is)
    else partsOf(expression).forEach(walk)
  }
  walk(award.base.is)
  if (plain) return award.base.is
  return facts.size === 1 ? [...facts.values()][0] : undefined
}

/** The rows of a rate as branches: each exception, and the default when none of them holds; or the cases. */
function ratesOf(
  reader: Reader,
  { rate }: Award,
): (Branch | { tests: readonly Test[]; is: null })[] | undefined {
  if (!rate) return [{ tests: [], is: null }]
  const reading = readingOf(reader)
  const rowsOf = (tests: readonly Test[], value: Expression): Branch[] | undefined =>
    branchesOf(value, reading)?.flatMap((branch) => {
      const merged = both(tests, branch.tests)
      return merged ? [{ ...branch, tests: merged }] : []
    })
  const row = ({ when, value }: RateRow): Branch[] | undefined => rowsOf([{ test: when, holds: true }], value)
  const none = rate.rows.map(({ when }) => ({ test: when, holds: false }))
  const lists = [...rate.rows.map(row), ...(rate.default ? [rowsOf(none, rate.default)] : [])]
  return lists.some((list) => list === undefined) ? undefined : (lists as Branch[][]).flat()
}

function casesOf(
  reader: Reader,
  award: Award,
  limits: readonly (readonly Branch[] | undefined)[],
): LadderCase[] {
  const reading = readingOf(reader)
  const [bases, rates] = [branchesOf(award.base.is, reading), ratesOf(reader, award)]
  if (!bases || !rates) return [{ when: [], tests: [], rate: null, bands: null }]
  const known = limits.filter((list) => list !== undefined)
  const found = rates.flatMap((row) => {
    const lists = [bases, ...(row.is === null ? [] : [[row as Branch]]), ...known]
    const joined = combined([[{ tests: row.tests, is: award.base.is }], ...lists], (parts) => ({
      kind: 'list', type: { kind: 'list', of: { kind: 'money' } }, place: award.base.is.place, items: parts.slice(1),
    })) // prettier-ignore
    return (joined ?? [undefined]).map((branch) => branch && caseOf(reader, row.is !== null, branch))
  })
  const whole = found.filter((item) => item !== undefined)
  if (whole.length === found.length && whole.length <= MOST_CASES) return whole
  return rates.map(({ tests, is }) => ({
    ...saidOf(reader, tests),
    rate: is && rateWords(reader, is),
    bands: null,
  }))
}

function saidOf({ programme, on }: Reader, tests: readonly Test[]): Pick<LadderCase, 'when' | 'tests'> {
  const rest = tests.length > 1 && tests.every(({ holds }) => !holds)
  if (rest) return { tests, when: [{ zh: '其他情形', en: 'otherwise' }] }
  const when = tests.map(({ test, holds }) =>
    inWords(programme, on, holds ? test : { kind: 'not', type: test.type, place: test.place, operand: test }),
  )
  return { tests, when }
}

function rateWords({ programme, on, session }: Reader, value: Expression): Text {
  const outcome = session.evaluate(value)
  if (!isValue(outcome)) return inWords(programme, on, value)
  const written = writeRate(outcome as Parameters<typeof writeRate>[0])
  return { zh: written, en: written }
}

/** One combination: base, rate where there is one, then the limits, as the items of a list. */
function caseOf(reader: Reader, hasRate: boolean, { tests, is }: Branch): LadderCase {
  const items = (is as Expression & { kind: 'list' }).items
  const [base, ...rest] = items as [Expression, ...Expression[]]
  const rate = hasRate ? rest[0]! : null
  const limits = hasRate ? rest.slice(1) : rest
  return {
    ...saidOf(reader, tests),
    rate: rate && rateWords(reader, rate),
    bands: casesBands(reader, base, rate, limits),
  }
}

function casesBands(
  reader: Reader,
  base: Expression,
  rate: Expression | null,
  limits: readonly Expression[],
): Band[] | null {
  if (reader.variable === undefined) return null
  const constant = (expression: Expression): Outcome => reader.session.evaluate(expression)
  const reading = { of: reader.variable, definition: readingOf(reader).definition, constant }
  const bands = bandsOf(base, reading)
  const factor = rate && constant(rate)
  if (!bands || (factor !== null && !isValue(factor))) return null
  const above = extreme(bands, fixed({ numerator: 0n, denominator: 1n }), false)
  const share = factor === null ? above : scaled(above, factor as Band['share'])
  return limits.reduce<Band[]>((cut, limit) => {
    const most = bandsOf(limit, reading)
    return most ? extreme(cut, most, true) : cut
  }, share)
}

/** Every case of a limit is a function of the amount of which the bands are. */
function hasBands(reader: Reader, limits: readonly Branch[] | undefined): boolean {
  const constant = (expression: Expression): Outcome => reader.session.evaluate(expression)
  const reading = { of: reader.variable ?? '', definition: readingOf(reader).definition, constant }
  return limits?.every(({ is }) => bandsOf(is, reading) !== undefined) ?? false
}

interface CapRead {
  readonly cap: Cap
  readonly limits: readonly Branch[] | undefined
  readonly inBands: boolean
}

function capOf(reader: Reader, { cap, limits, inBands }: CapRead): LadderCap {
  const { programme, on, session } = reader
  const open = { zh: '待定', en: 'to be decided' }
  const limitOf = (is: Expression): Text => {
    const outcome = session.evaluate(is)
    const isOpen = !isValue(outcome) && is.kind === 'parameter'
    if (isOpen) return open
    if (!isValue(outcome)) return inWords(programme, on, is)
    const write = (language: 'zh' | 'en'): string =>
      writeValue(outcome, is.type, { schema: programme.facts, language })
    return { zh: write('zh'), en: write('en') }
  }
  const rows = limits ?? [{ tests: [], is: cap.limit }]
  return {
    id: cap.id,
    cap,
    text: fillFrom(session, cap.text),
    inBands,
    limits: rows.map(({ tests, is }) => ({ ...saidOf(reader, tests), limit: limitOf(is) })),
  }
}
