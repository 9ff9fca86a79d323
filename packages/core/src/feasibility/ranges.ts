// What a calculator may be asked: every number finite and inside its stated range, so that no NaN and no infinity can
// come out. The same refusal serves every calculator of the module.
import { refuse, type Refusal } from '../refusal.ts'

export type RangeCode = 'feasibility.out_of_range'

/** Range by the argument's path: [from, to], both allowed. */
export type Ranges<Input> = { readonly [Key in keyof Input]?: readonly [from: number, to: number] }

/** The first number outside its range as a refusal; undefined values pass. */
export function outsideRange<Input extends object>(
  input: Input,
  ranges: Ranges<Input>,
): { readonly ok: false; readonly refusal: Refusal<RangeCode> } | undefined {
  for (const key of Object.keys(ranges) as (keyof Input & string)[]) {
    const value: unknown = input[key]
    const [from, to] = ranges[key]!
    if (value === undefined) continue
    if (typeof value !== 'number' || !(value >= from && value <= to))
      return refuse('feasibility.out_of_range', { path: key, value: String(value), from, to })
  }
  return undefined
}
