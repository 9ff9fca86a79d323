import type { AnswerOf, Routes } from '@suanquan/api'
import { viewSettlement } from '../metering/index.ts'
import { ENGINE_VERSION, viewDetermination } from '../policy/index.ts'
import type { ClaimInput, Match } from './match.ts'

/** A match with its redemption, not yet filed. */
export function viewMatched(
  input: ClaimInput,
  match: Match,
): Omit<AnswerOf<Routes['matchClaim']>, 'openMonths'> {
  const { inForce, today } = input
  return {
    matched: viewSettlement(match.settlement),
    determination: viewDetermination({
      id: null,
      on: today,
      programme: inForce.programme,
      programmeHash: inForce.programmeHash,
      engineVersion: ENGINE_VERSION,
      determination: match.determination,
      expected: match.determination,
      facts: [],
    }),
    payableFen: match.payableFen.toString(),
  }
}
