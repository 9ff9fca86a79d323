// What a soft link is, and which shared keys count for one.
import type { RowRef } from '../world/tables.ts'

export interface SoftLinkLimits {
  /** keys that more firms share are ignored */
  readonly mostSharers: number
  /** of bank accounts and devices */
  readonly mostSharersOfStrongKey: number
  readonly percentile: number
  /** an agent of fewer firms is not told from somebody who files for friends */
  readonly leastClients: number
  /** what more of an agent's firms state is the agent's own */
  readonly leastLentShare: number
  readonly shuffles: number
}

export interface SharedKey {
  readonly kind: string
  readonly sharers: number
  readonly rows: readonly RowRef[]
}

export interface SoftLink {
  readonly left: string
  readonly right: string
  readonly weight: number
  readonly keys: readonly SharedKey[]
}

export function keyCounts(kind: string, sharers: number, limits: SoftLinkLimits): boolean {
  const strong = kind === 'bank' || kind === 'device'
  return sharers >= 2 && sharers <= (strong ? limits.mostSharersOfStrongKey : limits.mostSharers)
}

/**
 * What a key that k of N firms share weighs: ln(N/k) in whole millionths, so that a sum of weights is the same in
 * whatever order they are added.
 */
export function keyWeight(firms: number, sharers: number): number {
  return Math.round(1e6 * Math.log(firms / sharers))
}
