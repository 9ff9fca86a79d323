// A population (企业名单) as columns: one typed array a fact, one a counter of a cap. What a row does not know stays
// unknown; a whole number beyond 2^53, which no column holds exactly, is kept beside the columns.
import { dayFromNumber, dayNumber } from '../../calendar/index.ts'
import type { Balances, Facts, FactValue } from '../determination.ts'
import { readFacts, type FactProblem } from '../fact-values.ts'
import type { FactsSchema } from '../facts.ts'
import type { Type, Value } from '../types.ts'

/** bool: 0 or 1 · date: days since 1970 · int, money: whole numbers, money in fen · the rest: places in `dictionary` */
export interface Column {
  readonly values: Uint8Array | Int32Array | Float64Array
  readonly dictionary?: readonly string[]
  /** 1 where the row knows the fact; every row does when left out */
  readonly known?: Uint8Array
}

export interface Population {
  readonly rows: number
  /** by path; a fact without a column is unknown to every row */
  readonly facts: ReadonlyMap<string, Column>
  /** what is used of a cap, by `<cap>.<counter>`: fen, or a number of grants; NaN where no balance is known */
  readonly balances: ReadonlyMap<string, Float64Array>
  /** facts that their column cannot hold, by row; the column does not know them */
  readonly beyond: ReadonlyMap<number, Facts>
}

export interface PopulationRow {
  readonly facts: Facts
  readonly balances: Balances
}

/** Row `row` of the input, counted from 0, which is no row of the population. */
export interface BrokenRow {
  readonly row: number
  readonly problems: readonly FactProblem[]
}

export const isWhole = (value: bigint): boolean => value >= -MOST && value <= MOST
const MOST = BigInt(Number.MAX_SAFE_INTEGER)

/** @returns the rows that are whole, and each broken one with all that is wrong with it */
export function readPopulation(
  schema: FactsSchema,
  rows: Iterable<PopulationRow>,
): { readonly population: Population; readonly broken: readonly BrokenRow[] } {
  const writers = new Map<string, Writer>()
  const balances = new Map<string, number[]>()
  const beyond = new Map<number, Facts>()
  const broken: BrokenRow[] = []
  let [read, kept] = [0, 0]
  for (const { facts: given, balances: used } of rows) {
    const { facts, problems } = readFacts(schema, given)
    const absurd = Object.entries(used).flatMap(([cap, counters]) =>
      Object.values(counters).some((amount) => !isWhole(amount))
        ? [{ fact: cap, code: 'policy.absurd_amount', params: { fact: cap, maxFen: MOST } }]
        : [],
    )
    if (problems.length + absurd.length > 0) broken.push({ row: read, problems: [...problems, ...absurd] })
    else {
      for (const [path, value] of facts) {
        if (typeof value === 'bigint' && !isWhole(value))
          beyond.set(kept, { ...beyond.get(kept), [path]: value })
        else writerOf(writers, path, schema.facts[path]!.type).put(kept, value)
      }
      for (const [cap, counters] of Object.entries(used))
        for (const [counter, amount] of Object.entries(counters))
          listOf(balances, `${cap}.${counter}`)[kept] = Number(amount)
      kept += 1
    }
    read += 1
  }
  const facts = new Map([...writers].map(([path, writer]) => [path, writer.column(kept)]))
  const columns = new Map([...balances].map(([name, used]) => [name, amountsOf(used, kept)]))
  return { population: { rows: kept, facts, balances: columns, beyond }, broken }
}

interface Writer {
  readonly put: (row: number, value: Value) => void
  readonly column: (rows: number) => Column
}

function writerOf(writers: Map<string, Writer>, path: string, type: Type): Writer {
  const known = writers.get(path)
  if (known !== undefined) return known
  const writer = columnWriter(type)
  writers.set(path, writer)
  return writer
}

function columnWriter(type: Type): Writer {
  const numbers: number[] = []
  const places = new Map<string, number>()
  const coded = isCoded(type)
  return {
    put: (row, value) => {
      if (coded) {
        const text = value as string
        if (!places.has(text)) places.set(text, places.size)
        numbers[row] = places.get(text)!
      } else numbers[row] = type.kind === 'date' ? dayNumber(value as string) : Number(value)
    },
    column: (rows) => {
      const values = storeFor(type, rows)
      const known = new Uint8Array(rows)
      for (let row = 0; row < rows; row++) {
        const number = numbers[row]
        if (number === undefined) continue
        values[row] = number
        known[row] = 1
      }
      return {
        values,
        ...(coded ? { dictionary: [...places.keys()] } : {}),
        ...(known.includes(0) ? { known } : {}),
      }
    },
  }
}

/** Facts that are places in a dictionary. */
export function isCoded(type: Type): boolean {
  return !['bool', 'date', 'int', 'money'].includes(type.kind)
}

function storeFor(type: Type, rows: number): Column['values'] {
  if (type.kind === 'bool') return new Uint8Array(rows)
  return type.kind === 'int' || type.kind === 'money' ? new Float64Array(rows) : new Int32Array(rows)
}

function listOf(lists: Map<string, number[]>, name: string): number[] {
  const list = lists.get(name) ?? []
  lists.set(name, list)
  return list
}

function amountsOf(used: readonly number[], rows: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => used[row] ?? Number.NaN)
}

/** One row as `determine` takes it. */
export function rowOf(schema: FactsSchema, population: Population, row: number): PopulationRow {
  const facts: Record<string, FactValue> = { ...population.beyond.get(row) }
  for (const [path, { values, dictionary, known }] of population.facts) {
    if (known !== undefined && known[row] !== 1) continue
    const number = values[row]!
    facts[path] = dictionary === undefined ? plain(schema.facts[path]!.type, number) : dictionary[number]!
  }
  const balances: Record<string, Record<string, bigint>> = {}
  for (const [name, used] of population.balances) {
    if (Number.isNaN(used[row]!)) continue
    const dot = name.lastIndexOf('.')
    const counters = (balances[name.slice(0, dot)] ??= {})
    counters[name.slice(dot + 1)] = BigInt(used[row]!)
  }
  return { facts, balances }
}

function plain(type: Type, number: number): FactValue {
  if (type.kind === 'bool') return number === 1
  return type.kind === 'date' ? dayFromNumber(number) : BigInt(number)
}
