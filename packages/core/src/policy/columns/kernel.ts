// The columnar code of one award and one span of parameter values: chunk by chunk, first every condition of every row as
// a bit, then the amount of the rows that fail none. It writes into the arrays of a run and lists the rows that it must
// leave to the scalar path.
import { dayNumber, type Day } from '../../calendar/index.ts'
import { capsOf, type Act } from '../prepared.ts'
import { isValue, type Outcome } from '../expression/index.ts'
import type { Award, Cap, Condition, Programme, RateRule, Rounding } from '../programme.ts'
import { referencesOf } from '../references.ts'
import type { Expression } from '../types.ts'
import {
  columnOf,
  evaluateOn,
  guardOf,
  helpers,
  NotColumnar,
  number,
  rounded,
  truth,
  type Printer,
} from './code.ts'
import { constant, extreme, notNegative, product, sameScale, type Num } from './numbers.ts'
import type { Population } from './population.ts'

/** A span of governing days, both included, in which every parameter has one value. */
export interface Span {
  readonly from: number
  readonly to: number
  readonly on: Day
}

/** Where a run writes, one entry a row; `failed` has a bit a condition, 32 to an array. */
export interface Written {
  readonly failed: readonly Uint32Array[]
  /** place in `OUTCOMES` */
  readonly outcome: Uint8Array
  /** NaN while unknown */
  readonly ceilingFen: Float64Array
  /** place in the list of what may bind, from 1; 0 for nothing */
  readonly binding: Uint8Array
  /** rows for the scalar path */
  readonly rest: Uint32Array
}

export const OUTCOMES = ['supported', 'not_governed', 'not_eligible', 'exhausted', 'unknown'] as const
const EXHAUSTED = OUTCOMES.indexOf('exhausted')

/** What an act of an award asks, in the order in which a determination asks it. */
export interface Rules {
  readonly conditions: readonly Condition[]
  /** what may bind: legs, limits, caps */
  readonly binds: readonly string[]
  readonly caps: readonly Cap[]
}

export function rulesFor(programme: Programme, award: Award, act: Act): Rules {
  const { redemption } = programme
  const caps = capsOf(award, act)
  const named = caps.map((cap) => cap.id)
  if (act === 'grant')
    return { conditions: [...programme.eligibility, ...award.eligibility], binds: named, caps }
  const limits = [...redemption!.legs, ...redemption!.within].map((item) => item.id)
  return { conditions: redemption!.eligibility, binds: [...limits, ...named], caps }
}

interface Task {
  readonly programme: Programme
  readonly award: Award
  readonly act: Act
  readonly population: Population
  readonly span: Span
}

export type Kernel = (written: Written, rest: number) => number

/**
 * @returns a function that writes the rows of the span and adds to the rest; it returns how many rows the rest has
 * @throws NotColumnar when an expression has no columnar code
 */
export function kernelOf(task: Task): Kernel {
  const arrays = new Map<string, unknown>()
  const printer = (): Printer => ({
    programme: task.programme,
    population: task.population,
    on: task.span.on,
    arrays,
    lines: [],
    locals: new Map(),
    variables: new Map(),
  })
  const rules = rulesFor(task.programme, task.award, task.act)
  const first = printer()
  const masks = masksOf(first, rules.conditions)
  const second = printer()
  const total = totalOf(second, task, rules)
  const governing = columnOf(first, task.programme.governs.by)
  const unknown = knownOf(task, arrays)
  const text = textOf({ task, first, second, masks, total, governing, unknown })
  const names = [...arrays.keys()]
  const run = madeOf(task.programme, names, text)
  return (written, rest) =>
    run(written, rest, helpers, task.population.rows, ...names.map((name) => arrays.get(name)))
}

type Made = (...args: readonly unknown[]) => number

const made = new WeakMap<Programme, Map<string, Made>>()

/** The same text is made code once: populations of one shape differ in their columns only. */
function madeOf(programme: Programme, names: readonly string[], text: string): Made {
  let ofProgramme = made.get(programme)
  if (ofProgramme === undefined) made.set(programme, (ofProgramme = new Map<string, Made>()))
  const key = `${names.join()}\n${text}`
  const known = ofProgramme.get(key)
  if (known !== undefined) return known
  // The code is printed from a checked programme: names are our own, texts are JSON strings; no file's words are code.
  // oxlint-disable-next-line no-new-func, typescript/no-implied-eval
  const run = new Function('W', 'rest', 'H', 'rows', ...names, text) as Made
  ofProgramme.set(key, run)
  return run
}

function masksOf(printer: Printer, conditions: readonly Condition[]): readonly string[] {
  const bits = conditions.map((item, index) => `(${truth(printer, item.require)}^1)<<${index % 32}`)
  const words = Array.from({ length: Math.max(1, Math.ceil(bits.length / 32)) }, (_, word) =>
    bits.slice(word * 32, word * 32 + 32),
  )
  return words.map((word) => (word.length === 0 ? '0' : word.join('|')))
}

/** The columns of which some row is without its fact. */
function knownOf({ programme, award, act, population }: Task, arrays: Map<string, unknown>): string {
  const rules = rulesFor(programme, award, act)
  const paths = new Set([
    programme.governs.by,
    ...referencesOf(programme, expressionsFor(programme, award, act)).facts,
    ...rules.caps.flatMap((cap) => cap.subjects.filter((subject) => population.facts.has(subject))),
  ])
  const known = [...paths].flatMap((path) => population.facts.get(path)?.known ?? [])
  if (known.length === 0) return '0'
  return `(${known
    .map((column) => {
      const name = `k${arrays.size}`
      arrays.set(name, column)
      return `${name}[i]`
    })
    .join('&')})^1`
}

/** Every expression that an act of an award evaluates. */
export function expressionsFor(programme: Programme, award: Award, act: Act): Expression[] {
  const { redemption } = programme
  const { conditions, caps } = rulesFor(programme, award, act)
  const rate = act === 'grant' ? award.rate : redemption!.rate
  const round = act === 'grant' ? [award.base.round, award.round] : [redemption!.round]
  const amounts =
    act === 'grant' ? [award.base.is] : [...redemption!.legs, ...redemption!.within].map((item) => item.is)
  const parts: (Expression | undefined)[] = [
    ...conditions.map((item) => item.require),
    ...amounts,
    rate?.default,
    ...(rate?.rows ?? []).flatMap((row) => [row.when, row.value]),
    ...round.map((item) => item?.when),
    ...caps.flatMap((cap) => [cap.limit, cap.reading]),
  ]
  return parts.filter((item) => item !== undefined)
}

interface Total {
  readonly amount: string
  readonly binding: string
}

/** The amount of a row that is eligible: statements in `printer`, and the names of what they end in. */
function totalOf(printer: Printer, task: Task, rules: Rules): Total {
  const { programme, award, act } = task
  const { lines } = printer
  lines.push('let b=0;')
  const redemption = act === 'payment' ? programme.redemption! : undefined
  let amount: Num
  if (redemption === undefined) {
    amount = notNegative(number(printer, award.base.is))
    if (award.base.round) amount = roundedWhen(printer, amount, award.base.round)
  } else
    amount = leastLeg(
      printer,
      redemption.legs.map((leg) => leg.is),
    )
  const rate = redemption === undefined ? award.rate : redemption.rate
  if (rate) amount = notNegative(product(amount, chosenRate(printer, rate), guardOf(printer)))
  amount = roundedWhen(printer, amount, redemption?.round ?? award.round)
  let place = redemption?.legs.length ?? 0
  for (const limit of redemption?.within ?? [])
    amount = cut(printer, amount, { limit: notNegative(number(printer, limit.is)), place: ++place })
  for (const cap of rules.caps)
    amount = capped(printer, amount, { cap, round: redemption?.round ?? award.round, task, place: ++place })
  if (amount.scale > 1n) amount = rounded(printer, amount, { to: 'fen', mode: 'down' })
  return { amount: named(printer, amount).code, binding: 'b' }
}

function named(printer: Printer, num: Num): Num {
  const name = `a${printer.lines.length}`
  printer.lines.push(`const ${name}=${num.code};`)
  return { ...num, code: name }
}

/** The first of the least legs binds. */
function leastLeg(printer: Printer, legs: readonly Expression[]): Num {
  const nums = sameScale(
    legs.map((leg) => notNegative(number(printer, leg))),
    guardOf(printer),
  ).map((num) => named(printer, num))
  const amount = named(printer, extreme('min', nums, guardOf(printer)))
  const places = nums.map(({ code }, index) => `${code}===${amount.code}?${index + 1}:`)
  printer.lines.push(`b=${places.join('')}0;`)
  return amount
}

/** The one row that holds, else the default; two at once, or none without a default, are a failure. */
function chosenRate(printer: Printer, rule: RateRule): Num {
  const whens = rule.rows.map((row) => {
    const name = `w${printer.lines.length}`
    const code = truth(printer, row.when)
    printer.lines.push(`const ${name}=${code};`)
    return name
  })
  const sum = ['0', ...whens].join('+')
  printer.lines.push(`odd|=+((${sum})${rule.default ? '>1' : '!==1'});`)
  const last = rule.default ? number(printer, rule.default) : constant(0n)
  const nums = sameScale([...rule.rows.map((row) => number(printer, row.value)), last], guardOf(printer))
  const code = nums.map((num, index) => (index < whens.length ? `${whens[index]}?${num.code}:` : num.code))
  const [low, high] = [
    extreme('min', nums, guardOf(printer)).low,
    extreme('max', nums, guardOf(printer)).high,
  ]
  return { code: `(${code.join('')})`, scale: nums[0]!.scale, low, high }
}

function roundedWhen(printer: Printer, amount: Num, round: Rounding): Num {
  const from = named(printer, amount)
  if (!round.when) return rounded(printer, from, round)
  const test = truth(printer, round.when)
  const whole = rounded(printer, from, round)
  const scaled = product({ ...whole, scale: from.scale }, constant(from.scale), guardOf(printer))
  const code = `(${test}?${scaled.code}:${from.code})`
  const high = scaled.high > from.high ? scaled.high : from.high
  return { ...from, code, high }
}

function cut(printer: Printer, amount: Num, given: { readonly limit: Num; readonly place: number }): Num {
  const [limit, before] = sameScale([given.limit, amount], guardOf(printer)).map((num) =>
    named(printer, num),
  ) as [Num, Num]
  const name = `a${printer.lines.length}`
  printer.lines.push(
    `let ${name}=${before.code};`,
    `if(${limit.code}<${name}){${name}=${limit.code};b=${given.place};}`,
  )
  return { ...before, code: name }
}

interface CapTask {
  readonly cap: Cap
  readonly round: Rounding
  readonly task: Task
  readonly place: number
}

/** Cuts to what is left of a cap, in whole units; a cap whose account stays open cuts nothing. */
function capped(printer: Printer, amount: Num, { cap, round, task, place }: CapTask): Num {
  const { programme, population, act } = task
  const facts = programme.facts.facts
  const absent = cap.subjects.some(
    (subject) => Object.hasOwn(facts, subject) && !population.facts.has(subject),
  )
  const reading = cap.reading ? plainValue(printer, cap.reading) : 'each_of'
  if (absent || !isValue(plainValue(printer, cap.limit) ?? true) || !isValue(reading ?? true)) {
    if (programme.adoption) printer.lines.push('odd=1;')
    return amount
  }
  if (reading === undefined) throw new NotColumnar('a reading that depends on facts')
  const counted = act === 'grant' ? 'granted' : 'paid'
  const counter = reading === 'joint' && cap.counts.length > 1 ? 'joint' : counted
  const used = usedOf(printer, population.balances.get(`${cap.id}.${counter}`))
  const limit = number(printer, cap.limit)
  const left = used === undefined ? limit.code : `(${limit.code}-${used})`
  const headroom = named(printer, notNegative({ ...limit, code: left, low: -1n }))
  if (cap.measure === 'count') {
    const none = named(printer, { ...amount, code: `(${headroom.code}>0?${amount.code}:0)`, low: 0n })
    printer.lines.push(`if(${none.code}<${amount.code})b=${place};`)
    return none
  }
  const whole = rounded(printer, headroom, { to: round.to, mode: 'down' })
  return cut(printer, amount, { limit: whole, place })
}

/** What is used of a cap; no balance counts as nothing used. */
function usedOf(printer: Printer, used: Float64Array | undefined): string | undefined {
  if (used === undefined) return undefined
  const name = `u${printer.arrays.size}`
  printer.arrays.set(name, used)
  return `(${name}[i]||0)`
}

/** The outcome of what reads no fact; undefined of what does. */
function plainValue(printer: Printer, expression: Expression): Outcome | undefined {
  const { facts } = referencesOf(printer.programme, [expression])
  return facts.size > 0 ? undefined : evaluateOn(printer, expression, new Map())
}

interface Printed {
  readonly task: Task
  readonly first: Printer
  readonly second: Printer
  readonly masks: readonly string[]
  readonly total: Total
  readonly governing: string
  readonly unknown: string
}

/** Rows of a chunk that go on to their amount are picked without a branch. */
const CHUNK = 4096

function textOf({ task, first, second, masks, total, governing, unknown }: Printed): string {
  const { from, to } = task.programme.governs
  const { span } = task
  const days = [dayNumber(from), to === undefined ? 'Infinity' : dayNumber(to)] as const
  const words = masks.map((mask, word) => `const m${word}=${mask};F${word}[i]=m${word};`)
  const fails = `+((${masks.map((_, word) => `m${word}`).join('|')})!==0)`
  const inSpan =
    span.from === -Infinity && span.to === Infinity ? '' : `if(!(g>=${span.from}&&g<=${span.to}))continue;`
  return `'use strict';
const {outcome,ceilingFen,binding}=W,R=W.rest,${masks.map((_, word) => `F${word}=W.failed[${word}]`).join(',')};
const sel=new Uint32Array(${CHUNK});
for(let o=0;o<rows;o+=${CHUNK}){
const e=o+${CHUNK}<rows?o+${CHUNK}:rows;let k=0;
for(let i=o;i<e;i++){
let odd=${unknown};const g=${governing};${inSpan}
${first.lines.join('\n')}
${words.join('\n')}
const w=+(g>=${days[0]})&+(g<=${days[1]}),x=${fails};
outcome[i]=(w^1)|((w&x)<<1);ceilingFen[i]=0;binding[i]=0;
R[rest]=i;rest=(rest+odd)|0;
sel[k]=i;k=(k+(w&(x^1)&(odd^1)))|0;}
for(let j=0;j<k;j++){
const i=sel[j];let odd=0;
${second.lines.join('\n')}
ceilingFen[i]=${total.amount};binding[i]=${total.binding};
if(${total.amount}===0)outcome[i]=${EXHAUSTED};
R[rest]=i;rest=(rest+odd)|0;}}
return rest;`
}
