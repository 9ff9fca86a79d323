// What the public route says of a round, as the replay reads it.
import type { PublishedRound } from '@suanquan/core/voucher'
import type { AnswerOf } from './route.ts'
import type { Routes } from './routes/index.ts'

export function publishedRound(round: AnswerOf<Routes['readRound']>): PublishedRound {
  const { number, rule, drawName, drawOn, listHash, shown, seed, lines } = round
  return {
    number,
    rule,
    drawName,
    drawOn,
    listHash,
    shown,
    seed,
    poolFen: BigInt(round.poolFen),
    minimumFen: BigInt(round.minimumFen),
    lines: lines.map((line) => ({
      number: line.number,
      claimFen: BigInt(line.claimFen),
      completeAt: Date.parse(line.completeAt),
      score: line.score,
    })),
    awards: new Map(
      lines.map(({ number: of, turn, awardFen }) => [
        of,
        { turn, awardFen: awardFen === null ? null : BigInt(awardFen) },
      ]),
    ),
  }
}
