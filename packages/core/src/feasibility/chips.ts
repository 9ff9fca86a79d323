// The peaks that a review needs, as an argument: whoever calls brings the accelerator table. The few rows below are
// dated working data until the capacity module's table is handed in.
import type { PReading } from './proposal.ts'

export interface ChipPeak {
  readonly model: string
  /** TFLOPS or TOPS a card by reading; a missing one is not published */
  readonly peaks: Readonly<Partial<Record<PReading, number>>>
  readonly watts: number
  readonly stack: string
  /** a low row needs the vendor's signed certificate or an acceptance run before it counts */
  readonly confidence: 'high' | 'medium' | 'low'
  readonly source: string
  readonly asOf: string
}

/** The row of a model, or undefined when the table does not know it. */
export type ChipTable = (model: string) => ChipPeak | undefined

const NVIDIA = 'NVIDIA data sheets; export variant as in listed-company filings'
const HUAWEI = 'Huawei Connect 2025; measured 16-bit GEMM of the 910B published by FlagPerf'

const hopper = { dense_fp16: 989.4, sparse_fp16: 1979, dense_int8: 1979, sparse_int8: 3958 }
const ampere = { dense_fp16: 312, sparse_fp16: 624, dense_int8: 624, sparse_int8: 1248, fp64: 9.7 }

const ROWS: readonly ChipPeak[] = [
  row('A100', { ...ampere }, 400, ['CUDA', 'high', NVIDIA]),
  row('A800', { ...ampere }, 400, ['CUDA', 'high', NVIDIA]),
  row('H100', { ...hopper, fp64: 34 }, 700, ['CUDA', 'high', NVIDIA]),
  row('H800', { ...hopper, fp64: 1 }, 700, ['CUDA', 'high', NVIDIA]),
  row('H200', { ...hopper, fp64: 34 }, 700, ['CUDA', 'high', NVIDIA]),
  row('H20', { dense_fp16: 148, sparse_fp16: 296, dense_int8: 296, fp64: 1 }, 400, [
    'CUDA',
    'medium',
    NVIDIA,
  ]),
  row('Ascend 910B3', { dense_fp16: 313, dense_int8: 626 }, 400, ['CANN', 'medium', HUAWEI]),
  row('Ascend 910C', { dense_fp16: 800, dense_int8: 1600 }, 650, ['CANN', 'medium', HUAWEI]),
  row('MLU590', { dense_fp16: 256 }, 350, ['Neuware', 'low', 'sources conflict between 256 and 345']),
  row('P800', { dense_fp16: 345 }, 400, ['XRE', 'low', 'not confirmed by the vendor']),
]

const BY_MODEL = new Map(ROWS.map((chip) => [chip.model, chip]))

export const workingChips: ChipTable = (model) => BY_MODEL.get(model)

function row(
  model: string,
  peaks: ChipPeak['peaks'],
  watts: number,
  rest: readonly [stack: string, confidence: ChipPeak['confidence'], source: string],
): ChipPeak {
  const [stack, confidence, source] = rest
  return { model, peaks, watts, stack, confidence, source, asOf: '2026-08-31' }
}
