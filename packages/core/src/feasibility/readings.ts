// A published P says little until its precision is known. This file lays the possible readings side by side, turns
// each into P_d16 and says which of them the chip list explains.
import { CLAIM_TOLERANCE } from './benchmarks.ts'
import type { ChipPeak, ChipTable } from './chips.ts'
import { P_READINGS, type PReading, type Proposal } from './proposal.ts'

/** Dense 16-bit P in one P of the reading; a double-precision P says nothing about 16 bit. */
export const DENSE_SHARE: Readonly<Record<PReading, number | undefined>> = {
  dense_fp16: 1,
  sparse_fp16: 0.5,
  dense_int8: 0.5,
  sparse_int8: 0.25,
  fp64: undefined,
}

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
  readonly cardKw: number
  readonly stacks: readonly string[]
  readonly lowConfidence: readonly string[]
  /** what the list adds up to in each reading that all its chips have a peak for */
  readonly petaflops: Readonly<Partial<Record<PReading, number>>>
}

/** The chip list added up; undefined when it is unknown or names a model that the table does not have. */
export function chipSum(proposal: Proposal, chips: ChipTable): ChipSum | undefined {
  const rows = proposal.compute.chips?.value.map((item) => ({ item, chip: chips(item.model) }))
  if (!rows) return undefined
  const found = rows.filter((row): row is typeof row & { chip: ChipPeak } => row.chip !== undefined)
  if (found.length < rows.length || found.some((row) => row.chip.peaks.dense_fp16 === undefined))
    return undefined
  const petaflops: Partial<Record<PReading, number>> = {}
  for (const reading of P_READINGS) {
    const peaks = found.map((row) => ({ count: row.item.count, peak: row.chip.peaks[reading] }))
    if (peaks.every((part) => part.peak !== undefined))
      petaflops[reading] = peaks.reduce((sum, part) => sum + (part.count * part.peak!) / 1000, 0)
  }
  return {
    densePetaflops: petaflops.dense_fp16!,
    cards: found.reduce((sum, row) => sum + row.item.count, 0),
    cardKw: found.reduce((sum, row) => sum + (row.item.count * row.chip.watts) / 1000, 0),
    stacks: [...new Set(found.map((row) => row.chip.stack))].sort(),
    lowConfidence: found.filter((row) => row.chip.confidence === 'low').map((row) => row.chip.model),
    petaflops,
  }
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

/** Money of a fact as a projection figure; a proposal's outlay stays far below 2^53 fen. */
export function yuan(fen: bigint | undefined): number | undefined {
  return fen === undefined ? undefined : Number(fen) / 100
}
