// The P-reconciler: which definition of "P" makes a published figure true of the cards behind it. The same 8-card server
// is 8 P dense and 16 P sparse, so a figure without its definition is not a quantity. The answers:
//   explained    the cards are known, and some definition gives the figure within 3 %
//   hypothesis   the cards are known, but the peak that gives the figure is not to be trusted yet; or they are not known, but whole clusters of a usual card would give it: readings listed, never summed
//   unexplained  nothing does
import { countedFp16, precisions, type Acceptance, type Accelerator, type Definition } from './accelerator.ts'
import { accelerators, type CapacityClaim, type CardCount } from './claim.ts'

export interface Reading extends Definition {
  readonly petaflops: number
  /** published over computed, less one */
  readonly difference: number
}

export interface ClusterReading extends Reading {
  readonly model: string
  readonly cards: number
  /** dense FP16 of so many cards, should the reading be true; undefined where the card does not count yet */
  readonly petaflopsDense16: number | undefined
  /** `nominal` takes one card as one P; `peak` takes the card's own peak */
  readonly per: 'nominal' | 'peak'
}

export interface Reconciliation {
  readonly claim: CapacityClaim
  readonly status: 'explained' | 'hypothesis' | 'unexplained'
  /** definitions within 3 %, the likeliest first */
  readonly readings: readonly Reading[]
  /** every definition computed for the cards, near or far */
  readonly computed: readonly Reading[]
  /** only without cards: whole clusters that would give the figure, the least accidental first */
  readonly clusters: readonly ClusterReading[]
  /** published P per card when the cards are known */
  readonly impliedPerCard?: number
  /** P_d16 of the cards, whatever the figure says; undefined without cards and while some card may not count */
  readonly petaflopsDense16?: number
  /** cards that do not count yet: no dense FP16 peak that can be trusted */
  readonly uncounted: readonly string[]
  /** the rows that the answer rests on, with source, day, confidence and what was measured */
  readonly cards: readonly Accelerator[]
}

/**
 * How hypotheses are made where no cards are named: a few whole clusters, or one pod, of a card of which clusters of
 * thousands are built (inference cards such as the H20 would make anything fit), within the tolerance.
 */
export const hypothesisRule = {
  tolerance: 0.03,
  clusterCards: 8192,
  mostClusters: 16,
  /** at one P a card instead of the card's own peak */
  mostNominalClusters: 64,
  podCards: [1024, 2048, 4096],
  models: ['A100-80G', 'A800', 'H100', 'H800', 'H200', 'Ascend910B', 'Ascend910C'],
} as const

/** @param acceptance certificates and acceptance runs by model, for cards of low confidence */
export function reconcile(
  claim: CapacityClaim,
  cards: readonly CardCount[],
  acceptance: Readonly<Record<string, Acceptance>> = {},
): Reconciliation {
  return cards.length === 0 ? withoutCards(claim) : withCards(claim, cards, acceptance)
}

function withCards(
  claim: CapacityClaim,
  cards: readonly CardCount[],
  acceptance: Readonly<Record<string, Acceptance>>,
): Reconciliation {
  const computed = definitions().flatMap((definition) => readingOf(claim, cards, definition))
  const readings = computed.filter(
    (reading) => Math.abs(reading.difference) <= hypothesisRule.tolerance && isStated(claim, reading),
  )
  const counted = cards.map(({ card, count }) => ({
    card,
    count,
    each: countedFp16(card, acceptance[card.model]),
  }))
  const uncounted = counted.filter(({ each }) => each === undefined).map(({ card }) => card.model)
  const total = counted.reduce((sum, { count, each }) => sum + (count * (each ?? 0)) / 1000, 0)
  const number = cards.reduce((sum, { count }) => sum + count, 0)
  return {
    claim,
    status: readings.length === 0 ? 'unexplained' : uncounted.length > 0 ? 'hypothesis' : 'explained',
    readings: [...readings].sort(likelier),
    computed,
    clusters: [],
    impliedPerCard: claim.petaflops / number,
    ...(uncounted.length === 0 ? { petaflopsDense16: total } : {}),
    uncounted,
    cards: [...new Set(cards.map(({ card }) => card))],
  }
}

/** A figure that says its own precision or sparsity is read in no other. */
function isStated({ stated }: CapacityClaim, { precision, sparsity }: Definition): boolean {
  return (stated.precision ?? precision) === precision && (stated.sparsity ?? sparsity) === sparsity
}

/** FP16 is what P is counted in unless somebody says otherwise; among equals the nearer one. */
function likelier(left: Reading, right: Reading): number {
  const rank = (reading: Reading): number => (reading.precision === 'fp16' ? 0 : 1)
  return rank(left) - rank(right) || Math.abs(left.difference) - Math.abs(right.difference)
}

function definitions(): Definition[] {
  return precisions.flatMap((precision) => [
    { precision, sparsity: 'dense' as const },
    { precision, sparsity: 'sparse' as const },
  ])
}

/** No reading when one of the cards has no such peak: a part is not the whole. */
function readingOf(claim: CapacityClaim, cards: readonly CardCount[], definition: Definition): Reading[] {
  let petaflops = 0
  for (const { card, count } of cards) {
    const peak = card.peaks[definition.precision]?.[definition.sparsity]
    if (peak === undefined) return []
    petaflops += (count * peak) / 1000
  }
  return [{ ...definition, petaflops, difference: claim.petaflops / petaflops - 1 }]
}

function withoutCards(claim: CapacityClaim): Reconciliation {
  const clusters = [...nominalClusters(claim), ...peakClusters(claim)].filter((each) => isStated(claim, each))
  const models = new Set(clusters.map((each) => each.model))
  return {
    claim,
    status: clusters.length > 0 ? 'hypothesis' : 'unexplained',
    readings: [],
    computed: [],
    clusters,
    uncounted: [],
    cards: accelerators.filter((card) => models.has(card.model)),
  }
}

/** Whole clusters of 8,192 cards at one P each, where that is the figure as it was rounded and within the tolerance. */
function nominalClusters(claim: CapacityClaim): ClusterReading[] {
  const clusters = Math.round(claim.petaflops / hypothesisRule.clusterCards)
  const cards = clusters * hypothesisRule.clusterCards
  if (clusters < 1 || clusters > hypothesisRule.mostNominalClusters) return []
  const difference = claim.petaflops / cards - 1
  if (Math.abs(cards - claim.petaflops) > claim.roundingPetaflops) return []
  if (Math.abs(difference) > hypothesisRule.tolerance) return []
  const each = accelerators.find((card) => card.model === 'H800')!
  const dense = (cards * each.peaks.fp16!.dense!) / 1000
  return [
    {
      model: each.model,
      cards,
      precision: 'fp16',
      sparsity: 'dense',
      petaflops: cards,
      difference,
      petaflopsDense16: dense,
      per: 'nominal',
    },
  ]
}

/** A few whole clusters, or one to four pods of 1,024, of a usual card at its own peak; the least accidental first. */
function peakClusters(claim: CapacityClaim): ClusterReading[] {
  const found = hypothesisRule.models.flatMap((model) => {
    const card = accelerators.find((entry) => entry.model === model)!
    return (['dense', 'sparse'] as const).flatMap((sparsity) => clustersOf(claim, card, sparsity))
  })
  const accident = ({ cards, difference }: ClusterReading): number =>
    Math.abs(difference) *
    (cards % hypothesisRule.clusterCards === 0
      ? cards / hypothesisRule.clusterCards
      : hypothesisRule.podCards.length)
  return found.sort((left, right) => accident(left) - accident(right))
}

function clustersOf(claim: CapacityClaim, card: Accelerator, sparsity: 'dense' | 'sparse'): ClusterReading[] {
  const peak = card.peaks.fp16?.[sparsity]
  if (peak === undefined) return []
  const whole = Math.round((claim.petaflops * 1000) / peak / hypothesisRule.clusterCards)
  const sizes = [
    ...hypothesisRule.podCards,
    ...(whole >= 1 && whole <= hypothesisRule.mostClusters ? [whole * hypothesisRule.clusterCards] : []),
  ]
  return sizes.flatMap((cards) => {
    const petaflops = (cards * peak) / 1000
    const difference = claim.petaflops / petaflops - 1
    const counted = countedFp16(card)
    const petaflopsDense16 = counted && (cards * counted) / 1000
    const reading = {
      model: card.model,
      cards,
      precision: 'fp16',
      sparsity,
      petaflops,
      difference,
      petaflopsDense16,
      per: 'peak',
    } as const
    return Math.abs(difference) <= hypothesisRule.tolerance ? [reading] : []
  })
}
