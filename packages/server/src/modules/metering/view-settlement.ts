import { shortfallTexts, type AnswerOf, type Routes } from '@suanquan/api'
import type { ReckonedLeg, Settlement } from '@suanquan/core/settlement'

type MatchView = AnswerOf<Routes['matchClaim']>['matched']

/** The match as every page shows it: firm, centre and reviewer read the same lines with the same reasons. */
export function viewSettlement(settlement: Settlement): MatchView {
  const least = leastLeg(settlement.legs)
  return {
    legs: settlement.legs.map(({ leg, applies, shownFen, countedFen, causes }) => ({
      leg,
      applies,
      shownFen: shownFen.toString(),
      countedFen: countedFen.toString(),
      least: leg === least,
      causes: causes.map(({ code, amountFen, refs }) => ({
        code,
        text: shortfallTexts[code],
        amountFen: amountFen.toString(),
        refs: [...refs],
      })),
    })),
    shownFen: settlement.shownFen.toString(),
    shortfalls: settlement.shortfalls.map(({ code, leg, beforeFen, afterFen, differenceFen, refs }) => ({
      code,
      text: shortfallTexts[code],
      leg,
      beforeFen: beforeFen.toString(),
      afterFen: afterFen.toString(),
      differenceFen: differenceFen.toString(),
      refs: [...refs],
    })),
    baseFen: settlement.baseFen.toString(),
    leftOut: [...settlement.leftOut],
  }
}

function leastLeg(legs: readonly ReckonedLeg[]): string | null {
  const applying = legs.filter(({ applies }) => applies)
  const least = applying.reduce<ReckonedLeg | null>(
    (best, leg) => (best === null || leg.countedFen < best.countedFen ? leg : best),
    null,
  )
  return least?.leg ?? null
}
