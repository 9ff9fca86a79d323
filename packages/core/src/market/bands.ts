// Volume bands are graduated: the hours up to a mark cost what they cost without it, only those above it cost less. The
// volume of a month goes on through a change of price, in the order of the versions.
import { rate, type Exact, type Fen } from '../money/index.ts'
import { afterOffs, type BasisPoints, type PriceTerms } from './offer.ts'

/** A quantity of card-seconds as an exact fraction: unit-seconds over units a card. */
export interface CardSeconds {
  readonly unitSeconds: bigint
  readonly unitsPerCard: bigint
}

/** The part of a quantity that lies in one band. */
export interface BandPart {
  readonly off: BasisPoints
  readonly unitSeconds: bigint
}

const HOUR = 3600n

/** @param before unit-seconds of the month that were charged at earlier versions, in the same units a card */
export function bandParts(
  bands: PriceTerms['bands'],
  { unitSeconds, unitsPerCard }: CardSeconds,
  before: bigint,
): BandPart[] {
  const marks = bands.map(({ aboveHours }) => BigInt(aboveHours) * HOUR * unitsPerCard)
  const edges = [0n, ...marks]
  return edges.flatMap((edge, index) => {
    const from = before > edge ? before : edge
    const next = edges[index + 1]
    const end = before + unitSeconds
    const until = next !== undefined && next < end ? next : end
    return until > from ? [{ off: bands[index - 1]?.off ?? 0, unitSeconds: until - from }] : []
  })
}

/** What time costs, exact: every band at the price that is left after all its discounts. */
export function timeCharge(
  priceFen: Fen,
  offs: readonly BasisPoints[],
  parts: readonly BandPart[],
  unitsPerCard: bigint,
): Exact {
  return parts.reduce<Exact>(
    (sum, part) => {
      const price = afterOffs(priceFen, [...offs, part.off])
      const [a, b] = [price.numerator * part.unitSeconds, price.denominator * HOUR * unitsPerCard]
      return rate(sum.numerator * b + a * sum.denominator, sum.denominator * b)
    },
    { numerator: 0n, denominator: 1n },
  )
}
