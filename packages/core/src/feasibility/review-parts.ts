// What stands beside the gates in a review: the budget's burden at both ends of the public debt, idle neighbours,
// training targets, and claims next to what the computation says.
import type { Decision } from '../refusal.ts'
import { DEFAULTS } from './benchmarks.ts'
import { fiscalBurden, type FiscalBurden } from './fiscal.ts'
import type { GateContext } from './gates/index.ts'
import { P_READINGS, type PReading, type Proposal, type SourceKind } from './proposal.ts'
import { factsOf } from './read-proposal.ts'
import { DENSE_SHARE, yuan } from './readings.ts'
import { spareCapacity, type SpareCapacity } from './spare-capacity.ts'
import { trainingTime } from './training.ts'

export interface BurdenCase extends FiscalBurden {
  readonly publicDebtShare: number
  /** false: the proposal says how it is funded; true: the range is shown because it does not say */
  readonly assumedShare: boolean
}

const PUBLIC_DEBT = new Set(['special_bond', 'platform_debt'])
/** Shown when a public proposal does not say how it is funded: four fifths and all of it borrowed. */
const USUAL_PUBLIC_DEBT = { from: 0.8, to: 1 }

export function burdens(proposal: Proposal): BurdenCase[] {
  const { revenue, governmentDebt, narrowRatio, broadRatio, residents } = proposal.fiscal
  const capexYuan = yuan(proposal.capex.total?.value)
  if (!revenue || !governmentDebt || !narrowRatio || !broadRatio || capexYuan === undefined) return []
  const budget = {
    revenueYuan: yuan(revenue.value)!,
    governmentDebtYuan: yuan(governmentDebt.value)!,
    narrowRatio: narrowRatio.value,
    broadRatio: broadRatio.value,
    ...(residents ? { residents: residents.value } : {}),
  }
  const rate = proposal.funding.loanRate?.value ?? DEFAULTS.loanRate.value
  const tenorYears = proposal.funding.loanYears?.value ?? DEFAULTS.loanYears.value
  const share = publicDebtShare(proposal)
  const ends = [...new Set([share.from, share.to])]
  return ends.flatMap((publicDebtShare) => {
    const publicDebtYuan = publicDebtShare * capexYuan
    const burden = fiscalBurden(budget, { capexYuan, publicDebtYuan, rate, tenorYears })
    return burden.ok ? [{ publicDebtShare, assumedShare: share.assumed, ...burden.value }] : []
  })
}

function publicDebtShare(proposal: Proposal): { from: number; to: number; assumed: boolean } {
  const parts = proposal.funding.parts?.value
  if (!parts) return { ...USUAL_PUBLIC_DEBT, assumed: true }
  const borrowed = parts.filter((part) => PUBLIC_DEBT.has(part.kind))
  const sum = (end: 'from' | 'to'): number =>
    Math.min(
      1,
      borrowed.reduce((total, part) => total + part[end], 0),
    )
  return { from: sum('from'), to: sum('to'), assumed: false }
}

/** Undefined while neighbours or the project's P_d16 are not known. */
export function neighboursOf(
  context: GateContext,
): Decision<SpareCapacity, 'feasibility.out_of_range' | 'feasibility.duplicate_centre'> | undefined {
  const neighbours = context.proposal.neighbours?.value
  const only = context.readings.length === 1 ? context.readings[0]!.densePetaflops : undefined
  return neighbours && only !== undefined ? spareCapacity(only, neighbours) : undefined
}

/** A known fact and the kind of source it rests on. */
export interface FactBasis {
  readonly path: string
  readonly source: string
  readonly kind: SourceKind
  readonly note?: string
}

export function factBases(proposal: Proposal): FactBasis[] {
  return factsOf(proposal).map((fact) => ({ ...fact, kind: proposal.sources[fact.source]!.kind }))
}

type TrainingTarget = Proposal['trainingTargets'][number]

export interface TrainingAnswer extends Omit<TrainingTarget, 'id' | 'deadlineDays'> {
  readonly target: string
  readonly reading: PReading
  readonly days: number
  readonly deadlineDays: number | undefined
  /** undefined: no deadline stated */
  readonly inTime: boolean | undefined
  /** twice the floor of weights, gradients and optimiser state */
  readonly memoryPlanGb: number
  /** undefined: the cards or their memory are not known */
  readonly memoryFits: boolean | undefined
}

const GB_PER_GIB = 1.073741824

/** Days and memory of each target; a run that does not fit into the cards' memory is never in time. */
export function trainingOf({ proposal, readings, chipSum: sum }: GateContext): TrainingAnswer[] {
  const memory = sum?.memoryGib && {
    cards: sum.cards,
    memoryGbPerCard: (sum.memoryGib * GB_PER_GIB) / sum.cards,
  }
  return readings.flatMap(({ reading, densePetaflops }) =>
    densePetaflops === undefined
      ? []
      : proposal.trainingTargets.flatMap(({ id, deadlineDays, ...target }) => {
          const time = trainingTime({ densePetaflops, ...target, ...memory })
          if (!time.ok) return []
          const { days, memoryPlanGb, memoryFits } = time.value
          const inTime = deadlineDays === undefined ? undefined : days <= deadlineDays && memoryFits !== false
          return [{ target: id, reading, ...target, days, deadlineDays, inTime, memoryPlanGb, memoryFits }]
        }),
  )
}

/** "Below this many P such a model cannot be trained", and the days it takes at exactly that many P. */
export interface ClaimBeside {
  readonly thresholdPetaflops: number
  readonly parameters: number
  readonly tokens: number
  readonly modelFlopsUtilisation: number
  readonly source: string
  readonly computed: readonly {
    readonly reading: PReading
    readonly densePetaflops: number
    readonly days: number
  }[]
}

export function claimsBeside(proposal: Proposal): ClaimBeside[] {
  return proposal.thresholdClaims.map((claim) => ({
    thresholdPetaflops: claim.thresholdPetaflops,
    parameters: claim.parameters,
    tokens: claim.tokens,
    modelFlopsUtilisation: claim.modelFlopsUtilisation,
    source: claim.source,
    computed: P_READINGS.flatMap((reading) => {
      const dense = DENSE_SHARE[reading]
      if (dense === undefined) return []
      const densePetaflops = claim.thresholdPetaflops * dense
      const time = trainingTime({
        activeParameters: claim.parameters,
        totalParameters: claim.parameters,
        tokens: claim.tokens,
        densePetaflops,
        modelFlopsUtilisation: claim.modelFlopsUtilisation,
      })
      return time.ok ? [{ reading, densePetaflops, days: time.value.days }] : []
    }),
  }))
}
