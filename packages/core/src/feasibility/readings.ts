// A published P says little until its precision is known. This file lays the possible readings side by side, turns
// each into P_d16 and says which of them the chip list explains.
import { CLAIM_TOLERANCE, DEFAULTS } from './benchmarks.ts'
import { countedFp16, type Acceptance, type Accelerator, type Precision } from '../capacity/index.ts'
import { P_READINGS, type PReading, type Proposal } from './proposal.ts'

/** Dense 16-bit P in one P of the reading; a double-precision P says nothing about 16 bit. */
export const DENSE_SHARE: Readonly<Record<PReading, number | undefined>> = {
  dense_fp16: 1,
  sparse_fp16: 0.5,
  dense_int8: 0.5,
  sparse_int8: 0.25,
  fp64: undefined,
}

/** The peak of a card that a reading means. */
const PEAK_OF: Readonly<Record<PReading, readonly [Precision, 'dense' | 'sparse']>> = {
  dense_fp16: ['fp16', 'dense'],
  sparse_fp16: ['fp16', 'sparse'],
  dense_int8: ['int8', 'dense'],
  sparse_int8: ['int8', 'sparse'],
  fp64: ['fp64', 'dense'],
}

/** The row of a model under any of its spellings, or undefined when the table does not know it. */
export type ChipTable = (model: string) => Accelerator | undefined

export interface Reading {
  readonly reading: PReading
  readonly claimedPetaflops: number
  /** undefined for double precision */
  readonly densePetaflops: number | undefined
  /** outlay per P_d16, for double precision per P as claimed; undefined while the outlay is unknown */
  readonly capexYuanPerPetaflop: number | undefined
}

export interface ChipSum {
  readonly densePetaflops: number
  readonly cards: number
  /** undefined while the rated draw of one of the cards is not known */
  readonly cardKw: number | undefined
  /** undefined while the memory of one of the cards is not known */
  readonly memoryGib: number | undefined
  readonly stacks: readonly string[]
  /** cards of low confidence that neither a certificate nor a measurement vouches for */
  readonly uncounted: readonly string[]
  /** what the list adds up to in each reading that all its chips have a peak for */
  readonly petaflops: Readonly<Partial<Record<PReading, number>>>
}

type ListedChip = NonNullable<Proposal['compute']['chips']>['value'][number]

/** The chip list added up; undefined when it is unknown or names a card that has no row or no dense 16-bit peak. */
export function chipSum(proposal: Proposal, chips: ChipTable): ChipSum | undefined {
  const rows = proposal.compute.chips?.value.map((item) => ({ item, chip: chips(item.model) }))
  if (!rows) return undefined
  const found = rows.filter((row): row is { item: ListedChip; chip: Accelerator } => row.chip !== undefined)
  if (found.length < rows.length || found.some((row) => peakOf(row.chip, 'dense_fp16') === undefined))
    return undefined
  const petaflops: Partial<Record<PReading, number>> = {}
  for (const reading of P_READINGS) {
    const peaks = found.map((row) => ({ count: row.item.count, peak: peakOf(row.chip, reading) }))
    if (peaks.every((part) => part.peak !== undefined))
      petaflops[reading] = peaks.reduce((sum, part) => sum + (part.count * part.peak!) / 1000, 0)
  }
  const powered = found.every((row) => row.chip.watts !== undefined)
  const sized = found.every((row) => row.chip.memoryGib !== undefined)
  const summed = (each: (chip: Accelerator) => number): number =>
    found.reduce((sum, row) => sum + row.item.count * each(row.chip), 0)
  return {
    densePetaflops: petaflops.dense_fp16!,
    cards: summed(() => 1),
    cardKw: powered ? summed((chip) => chip.watts! / 1000) : undefined,
    memoryGib: sized ? summed((chip) => chip.memoryGib!) : undefined,
    stacks: [...new Set(found.map((row) => row.chip.stack))].sort(),
    uncounted: found
      .filter((row) => countedFp16(row.chip, acceptanceOf(row.item)) === undefined)
      .map((row) => row.chip.model),
    petaflops,
  }
}

function peakOf(chip: Accelerator, reading: PReading): number | undefined {
  const [precision, sparsity] = PEAK_OF[reading]
  return chip.peaks[precision]?.[sparsity]
}

function acceptanceOf({ certified, measuredFp16 }: ListedChip): Acceptance {
  return { ...(certified ? { certified } : {}), ...(measuredFp16 === undefined ? {} : { measuredFp16 }) }
}

/** Models of the list that the table does not know. */
export function unknownChips(proposal: Proposal, chips: ChipTable): string[] {
  return (proposal.compute.chips?.value ?? []).map((item) => item.model).filter((model) => !chips(model))
}

/** Readings in which the chip list gives the claim within the tolerance. */
export function explainedBy(claimedPetaflops: number, sum: ChipSum): PReading[] {
  return P_READINGS.filter((reading) => {
    const petaflops = sum.petaflops[reading]
    return petaflops !== undefined && Math.abs(claimedPetaflops / petaflops - 1) <= CLAIM_TOLERANCE
  })
}

/**
 * The readings under which the proposal must be looked at: one when chips or a stated precision settle it, else all.
 * Empty while neither a claim nor chips are known.
 */
export function readingsOf(proposal: Proposal, sum: ChipSum | undefined): Reading[] {
  const capexYuan = yuan(proposal.capex.total?.value)
  const claimed = proposal.compute.claimedPetaflops?.value
  if (sum) {
    const densePetaflops = sum.densePetaflops
    const perPetaflop = capexYuan === undefined ? undefined : capexYuan / densePetaflops
    return [
      {
        reading: 'dense_fp16',
        claimedPetaflops: claimed ?? densePetaflops,
        densePetaflops,
        capexYuanPerPetaflop: perPetaflop,
      },
    ]
  }
  if (claimed === undefined) return []
  const stated = proposal.compute.reading?.value
  return P_READINGS.filter((reading) => stated === undefined || reading === stated).map((reading) => {
    const dense = DENSE_SHARE[reading]
    const densePetaflops = dense === undefined ? undefined : claimed * dense
    const perPetaflop = capexYuan === undefined ? undefined : capexYuan / (densePetaflops ?? claimed)
    return { reading, claimedPetaflops: claimed, densePetaflops, capexYuanPerPetaflop: perPetaflop }
  })
}

/** Rated draw of the servers, kW; undefined while the chips or their draw are not known. */
export function serverKw(sum: ChipSum | undefined): number | undefined {
  return sum?.cardKw === undefined ? undefined : sum.cardKw * DEFAULTS.serverOverCards.value
}

/** Money of a fact as a projection figure; a proposal's outlay stays far below 2^53 fen. */
export function yuan(fen: bigint | undefined): number | undefined {
  return fen === undefined ? undefined : Number(fen) / 100
}
