// A checked programme as JSON and back, so that a browser decides by the very programme the server decides by without
// reading YAML itself. Amounts are marked, since JSON numbers lose digits; places in the file and the fact schema are
// left out, the schema by its name.
import { assert } from '../assert.ts'
import { factsSchemas } from './facts.ts'
import { withOwnFacts } from './own-facts.ts'
import type { AdoptedProgramme, Programme } from './programme.ts'

const WHOLE = '$whole'

/** Plain JSON values only. */
export type PackedProgramme = Readonly<Record<string, unknown>>

/** @param programme adopted or bare */
export function packProgramme(programme: Programme): PackedProgramme {
  const { facts, ...rest } = programme
  const text = JSON.stringify({ ...rest, facts: facts.id }, (key, value: unknown) => {
    if (key === 'place' && isPlace(value)) return undefined
    return typeof value === 'bigint' ? { [WHOLE]: value.toString() } : value
  })
  return JSON.parse(text) as PackedProgramme
}

/** A parameter or a definition may itself be called `place`. */
function isPlace(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'line' in value && 'column' in value
}

/** @throws when it is not adopted or its fact schema is not one of ours */
export function unpackProgramme(packed: PackedProgramme): AdoptedProgramme {
  const programme = unpackBare(packed)
  assert(programme.adoption !== undefined, 'the packed programme is adopted')
  return programme as AdoptedProgramme
}

/** A programme that nobody needs to have adopted: it says what it would give, and decides nothing. */
export function unpackBare(packed: PackedProgramme): Programme {
  const programme = unpacked(packed) as Programme
  const facts = factsSchemas[String(packed['facts'])]
  assert(facts !== undefined, 'a packed programme names a fact schema that this version has')
  return { ...programme, facts: withOwnFacts(facts, programme.ownFacts) }
}

function unpacked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unpacked)
  if (typeof value !== 'object' || value === null) return value
  const record = value as Readonly<Record<string, unknown>>
  if (typeof record[WHOLE] === 'string') return BigInt(record[WHOLE])
  return Object.fromEntries(Object.entries(record).map(([key, each]) => [key, unpacked(each)]))
}
