// The order in which a programme puts those who want its money when there is too little: its expressions, one after the
// other. What cannot be evaluated for a case comes last in its line.
import { compareValues, isValue } from './expression/index.ts'
import { readFacts } from './fact-values.ts'
import type { Facts } from './determination.ts'
import type { Programme } from './programme.ts'
import { openSession } from './session.ts'
import type { Value } from './types.ts'

/** @returns for each case a score, higher is served first, equal when the programme puts them level */
export function orderScores(programme: Programme, cases: readonly Facts[]): readonly number[] {
  const order = programme.allocation?.order ?? []
  const keys = cases.map((facts) => {
    const session = openSession(programme, readFacts(programme.facts, facts).facts)
    return order.map(({ by }): Value | null => {
      const outcome = session.evaluate(by)
      return isValue(outcome) ? outcome : null
    })
  })
  const compare = (left: number, right: number): number => {
    for (const [index, { direction }] of order.entries()) {
      const [a, b] = [keys[left]![index]!, keys[right]![index]!]
      if (a === null && b === null) continue
      if (a === null) return -1
      if (b === null) return 1
      const difference = compareValues(a, b)
      if (difference !== 0) return direction === 'descending' ? difference : -difference
    }
    return 0
  }
  const rising = cases.map((_, index) => index).sort(compare)
  const scores = cases.map(() => 0)
  rising.forEach((index, place) => {
    const before = rising[place - 1]
    scores[index] = before === undefined ? 0 : scores[before]! + (compare(before, index) === 0 ? 0 : 1)
  })
  return scores
}
