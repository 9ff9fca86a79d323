// Facts that one programme declares for itself in its YAML, as `own.<name>`: what no schema has foreseen.
import { MAX_FEN, type FactSource, type FactsSchema } from './facts.ts'
import type { Programme, Text } from './programme.ts'

/** A schema with the facts that one programme adds to it. */
export function withOwnFacts(schema: FactsSchema, own: Programme['ownFacts']): FactsSchema {
  if (!own) return schema
  return {
    id: schema.id,
    facts: { ...schema.facts, ...own.facts },
    enumerations: { ...schema.enumerations, ...own.enumerations },
  }
}

interface OwnFact {
  readonly type: string
  readonly options?: Readonly<Record<string, Text>> | undefined
  readonly label: Text
  readonly source: FactSource
}

/** The facts of a programme file's own, by their paths. */
export function readOwnFacts(written: Readonly<Record<string, OwnFact>>): NonNullable<Programme['ownFacts']> {
  const enumerations: Record<string, Readonly<Record<string, Text>>> = {}
  const facts = Object.entries(written).map(([path, { type, options = {}, label, source }]) => {
    const base = { path, label, source, sensitivity: 'business' as const }
    if (type === 'money') return { ...base, type: { kind: 'money' as const }, maxFen: MAX_FEN }
    if (type !== 'choice') return { ...base, type: { kind: type as 'string' } }
    const name = path.replace('.', '_')
    enumerations[name] = options
    return { ...base, type: { kind: 'enumeration' as const, name, members: Object.keys(options) } }
  })
  return { facts: Object.fromEntries(facts.map((fact) => [fact.path, fact])), enumerations }
}
