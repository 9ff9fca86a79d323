// One accelerator card as dated data: its peaks by precision and sparsity, where each figure comes from, how far it is
// to be believed, and what was measured. P_d16, dense FP16 or BF16, is the only unit of compute that adds up; sparsity
// counts as nothing in it. The rows stand in `accelerators-*.ts`.

/** Precisions in which compute is claimed; fp16 stands for FP16 and BF16, fp64 for the vector units. */
export const precisions = ['fp64', 'fp32', 'tf32', 'fp16', 'fp8', 'int8'] as const
export type Precision = (typeof precisions)[number]

/** What a P may mean: the precision it is counted in, and whether sparsity is counted twice. */
export interface Definition {
  readonly precision: Precision
  readonly sparsity: 'dense' | 'sparse'
}

/** Peaks of one card in TFLOPS (TOPS for int8); absent is not found, never zero. */
export interface Peak {
  readonly dense?: number
  readonly sparse?: number
}

/** Who stands behind the peaks: the vendor, a contract or filing that implies them, or an inference of ours. */
export type PeakBasis = 'vendor' | 'contract' | 'inferred' | 'quoted'
export type Confidence = 'high' | 'medium' | 'low'

export interface Accelerator {
  readonly model: string
  /** other spellings, compared without case, blanks and hyphens */
  readonly aliases: readonly string[]
  readonly vendor: string
  readonly peaks: Readonly<Partial<Record<Precision, Peak>>>
  /** where sources disagree: the least and the greatest dense fp16 peak found */
  readonly fp16Range?: readonly [number, number]
  readonly memoryGib?: number
  readonly memoryTbPerSecond?: number
  readonly watts?: number
  readonly linkGbPerSecond?: number
  readonly stack: string
  readonly basis: PeakBasis
  readonly confidence: Confidence
  readonly source: string
  /** day on which the row was last compared with its source */
  readonly checkedOn: string
  /** best dense fp16 matrix product found measured, TFLOPS */
  readonly measuredFp16?: number
  readonly remark?: string
}

/** Proof that a card of low confidence does what is claimed: a signed vendor certificate or an acceptance run. */
export interface Acceptance {
  readonly certified?: boolean
  /** dense fp16 matrix product measured on the cards delivered, TFLOPS */
  readonly measuredFp16?: number
}

const ACCEPTED_PART = 0.75

/**
 * What one card counts in P_d16, in TFLOPS; undefined while nothing trustworthy says so. A card of low confidence
 * counts only with a certificate or a measured matrix product of at least three quarters of the claim.
 */
export function countedFp16(card: Accelerator, acceptance: Acceptance = {}): number | undefined {
  const claimed = card.peaks.fp16?.dense
  if (claimed === undefined) return undefined
  if (card.confidence !== 'low' || acceptance.certified === true) return claimed
  return (acceptance.measuredFp16 ?? 0) >= ACCEPTED_PART * claimed ? claimed : undefined
}

/** The spelling by which models are compared: full-width letters and digits are the plain ones. */
export function modelKey(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s_-]/g, '')
}
