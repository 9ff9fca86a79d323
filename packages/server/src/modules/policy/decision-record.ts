// A decision as it is kept: what went in, what came out, and the hash of what came out, in canonical text.
import { canonicalText, hex } from '@suanquan/core'
import { createHash } from 'node:crypto'

/** Raised with every change of the engine that can change a result; listed in docs/reference/errata.md. */
export const ENGINE_VERSION = 'policy/v1.0'

/** The stored form of a decision: what went in, what came out, and the hash of what came out. */
export function decisionRecord(
  input: unknown,
  result: unknown,
): { input: string; result: string; hash: string } {
  const text = storedText(result)
  return { input: storedText(input), result: text, hash: textHash(text) }
}

export function textHash(text: string): string {
  return hex(createHash('sha256').update(text).digest())
}

/** Canonical text in which a text that looks like a stored bigint carries an apostrophe: `revive` tells them apart. */
export function storedText(value: unknown): string {
  return canonicalText(marked(value))
}

function marked(value: unknown): unknown {
  if (typeof value === 'string') return /^'*-?\d+n$/.test(value) ? `'${value}` : value
  if (Array.isArray(value)) return value.map(marked)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, marked(item)]))
}

/** Stored results write bigints as digits with an n: back to bigints, and texts to what they were. */
export function revive<Value>(value: Value): Value {
  if (typeof value === 'string' && /^'+-?\d+n$/.test(value)) return value.slice(1) as Value
  if (typeof value === 'string' && /^-?\d+n$/.test(value)) return BigInt(value.slice(0, -1)) as Value
  if (Array.isArray(value)) return value.map(revive) as Value
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, revive(item)])) as Value
}
