// Balances of caps as people write them: amounts with their unit, numbers of grants as whole numbers.
import type { Refusal } from '../refusal.ts'
import type { Balances, CapBalance } from './determination.ts'
import { readLiteral } from './literals.ts'
import type { Cap, Counter } from './programme.ts'
import type { Type } from './types.ts'

export type WrittenBalances = Readonly<
  Record<string, Readonly<Partial<Record<Counter, string | number | undefined>>>>
>

export interface BalanceProblem {
  readonly cap: string
  /** without one the cap itself is unknown */
  readonly counter?: Counter
  readonly type: Type
  readonly refusal: Refusal
}

const COUNTERS = ['granted', 'paid', 'joint'] as const

/** @returns what can be read, and `policy.unknown_cap` or what is wrong with an amount for the rest */
export function readCapBalances(
  caps: readonly Cap[],
  written: WrittenBalances,
): { readonly balances: Balances; readonly problems: readonly BalanceProblem[] } {
  const balances: Record<string, CapBalance> = {}
  const problems: BalanceProblem[] = []
  for (const [id, counters] of Object.entries(written)) {
    const cap = caps.find((item) => item.id === id)
    const type = { kind: cap?.measure === 'count' ? 'int' : 'money' } as const
    if (!cap) {
      const known = caps.map((item) => item.id)
      problems.push({ cap: id, type, refusal: { code: 'policy.unknown_cap', params: { cap: id, known } } })
      continue
    }
    const read: Partial<Record<Counter, bigint>> = {}
    for (const counter of COUNTERS) {
      const text = counters[counter]
      if (text === undefined) continue
      const value = readLiteral(type, String(text))
      if (value.ok) read[counter] = value.value as bigint
      else problems.push({ cap: id, counter, type, refusal: value.refusal })
    }
    balances[id] = read
  }
  return { balances, problems }
}
