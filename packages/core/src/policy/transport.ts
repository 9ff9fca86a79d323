// A checked programme as JSON and back, so that a browser decides by the very programme the server decides by without
// reading YAML itself. Amounts are marked, since JSON numbers lose digits; places in the file and the fact schema are
// left out, the schema by its name.
import { assert } from '../assert.ts'
import { factsSchemas } from './facts.ts'
import { withOwnFacts } from './own-facts.ts'
import type { AdoptedProgramme } from './programme.ts'

const WHOLE = '$whole'

/** Plain JSON values only. */
export type PackedProgramme = Readonly<Record<string, unknown>>

export function packProgramme(programme: AdoptedProgramme): PackedProgramme {
  const { facts, ...rest } = programme
  const text = JSON.stringify({ ...rest, facts: facts.id }, (key, value: unknown) => {
    if (key === 'place') return undefined
    return typeof value === 'bigint' ? { [WHOLE]: value.toString() } : value
  })
  return JSON.parse(text) as PackedProgramme
}

/** @throws when the fact schema is not one of ours */
export function unpackProgramme(packed: PackedProgramme): AdoptedProgramme {
  const programme = unpacked(packed) as AdoptedProgramme & { readonly facts: unknown }
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
