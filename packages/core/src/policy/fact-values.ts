// Facts as they come in (JSON, YAML, forms) become values of their declared types, or a list of what is wrong with
// each: an unknown name, a number without its unit, an absurd amount. Nothing is guessed.
import type { Facts, FactValue } from './determination.ts'
import { nearest } from './diagnostic.ts'
import type { Fact, FactsSchema } from './facts.ts'
import { readLiteral } from './literals.ts'
import type { RefusalParams } from '../refusal.ts'
import type { Value } from './types.ts'

export interface FactProblem {
  readonly fact: string
  /** of the refusal catalogue */
  readonly code: string
  readonly params: RefusalParams
  readonly suggestion?: string
}

export interface ReadFacts {
  readonly facts: ReadonlyMap<string, Value>
  readonly problems: readonly FactProblem[]
}

export function readFacts(schema: FactsSchema, given: Facts): ReadFacts {
  const facts = new Map<string, Value>()
  const problems: FactProblem[] = []
  const known = factsOf(schema)
  for (const path of Object.keys(given)) {
    const raw = given[path]!
    const fact = known.get(path)
    if (!fact) {
      const suggestion = nearest(path, Object.keys(schema.facts))
      const problem = { fact: path, code: 'policy.unknown_fact', params: { name: path } }
      problems.push(suggestion === undefined ? problem : { ...problem, suggestion })
      continue
    }
    const read = readFact(fact, raw)
    if ('value' in read) facts.set(path, read.value)
    else problems.push({ fact: path, ...read })
  }
  return { facts, problems }
}

const schemas = new WeakMap<FactsSchema, ReadonlyMap<string, Fact>>()

function factsOf(schema: FactsSchema): ReadonlyMap<string, Fact> {
  let known = schemas.get(schema)
  if (known === undefined) schemas.set(schema, (known = new Map(Object.entries(schema.facts))))
  return known
}

type Read = { readonly value: Value } | { readonly code: string; readonly params: RefusalParams }

function readFact(fact: Fact, raw: FactValue): Read {
  const { kind } = fact.type
  if (kind === 'money' && typeof raw === 'number')
    return { code: 'money.no_unit', params: { text: String(raw) } }
  if (kind === 'money' && typeof raw === 'bigint') return bounded(fact, raw)
  if (typeof raw === 'boolean')
    return kind === 'bool'
      ? { value: raw }
      : { code: 'policy.wrong_kind', params: { text: String(raw), kind } }
  if (Array.isArray(raw))
    return { code: 'policy.wrong_kind', params: { text: raw.join(', ').slice(0, 100), kind } }
  const text = String(raw)
  if (text.length > 500) return { code: 'policy.text_too_long', params: { limit: 500 } }
  if (kind === 'string' && text.trim() === '') return { code: 'policy.empty_text', params: {} }
  const read = readLiteral(fact.type, kind === 'string' ? text.trim() : text)
  if (!read.ok) return { code: read.refusal.code, params: read.refusal.params }
  return bounded(fact, read.value)
}

function bounded(fact: Fact, value: Value): Read {
  if (fact.maxFen === undefined || typeof value !== 'bigint') return { value }
  if (value < 0n) return { code: 'policy.negative_amount', params: { fact: fact.path } }
  return value > fact.maxFen
    ? { code: 'policy.absurd_amount', params: { fact: fact.path, maxFen: fact.maxFen } }
    : { value }
}
