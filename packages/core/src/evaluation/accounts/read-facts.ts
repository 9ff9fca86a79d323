// Facts as a file gives them become typed facts, or the name of the first that is not what its input is.
import { parse } from 'yaml'
import { z } from 'zod'
import { isDay } from '../../calendar/index.ts'
import { accept, refuse, type Decision } from '../../refusal.ts'
import { DESIGN_GRADES } from './grade.ts'
import { INPUTS, type Facts, type InputKey } from './inputs.ts'

const provenance = {
  source: z.string().min(1),
  cutOn: z.string().refine(isDay),
  n: z.int().nonnegative().optional(),
  missingShare: z.number().min(0).max(1).optional(),
}
const amount = z.number()
const count = z.number().nonnegative()

const KINDS = {
  number: z.strictObject({ ...provenance, value: amount }),
  list: z.strictObject({ ...provenance, values: z.array(amount).min(1).max(1_000_000) }),
  groups: z.strictObject({
    ...provenance,
    groups: z.record(z.string(), z.strictObject({ part: count, whole: count })),
  }),
  cells: z.strictObject({
    ...provenance,
    cells: z.array(z.strictObject({ district: z.string(), money: count, workers: count })).min(1),
  }),
  effect: z.strictObject({
    ...provenance,
    estimate: amount,
    ci: z.tuple([amount, amount]).refine(([low, high]) => low <= high),
    grade: z.enum(DESIGN_GRADES),
    nTreated: count.optional(),
    nControl: count.optional(),
    horizonMonths: z.int().positive().max(120).optional(),
    checks: z.record(z.string(), z.number().min(0).max(1)).optional(),
  }),
} as const

/** Inputs that may be below zero; all other numbers are counts, amounts or shares. */
const SIGNED: ReadonlySet<string> = new Set<InputKey>(['rateChange', 'discountRate'])

/**
 * @param given an object of facts by input name, as parsed from JSON or YAML
 * @returns refusals `evaluation.unknown_input`, `evaluation.bad_fact` with the input and the place in it
 */
export function readFacts(
  given: unknown,
): Decision<Facts, 'evaluation.unknown_input' | 'evaluation.bad_fact'> {
  if (given === null || typeof given !== 'object' || Array.isArray(given))
    return refuse('evaluation.bad_fact', { input: 'facts', place: '' })
  const facts: Record<string, unknown> = {}
  for (const [input, value] of Object.entries(given)) {
    if (!Object.hasOwn(INPUTS, input)) return refuse('evaluation.unknown_input', { input })
    const parsed = KINDS[INPUTS[input as InputKey].kind].safeParse(value)
    if (!parsed.success)
      return refuse('evaluation.bad_fact', { input, place: parsed.error.issues[0]?.path.join('.') ?? '' })
    if ('value' in parsed.data && parsed.data.value < 0 && !SIGNED.has(input))
      return refuse('evaluation.bad_fact', { input, place: 'value' })
    facts[input] = parsed.data
  }
  return accept(facts as Facts)
}

/** The same from the text of a YAML or JSON file; `evaluation.not_yaml` when it is neither. */
export function parseFacts(
  text: string,
): Decision<Facts, 'evaluation.not_yaml' | 'evaluation.unknown_input' | 'evaluation.bad_fact'> {
  let given: unknown
  try {
    given = parse(text, { maxAliasCount: 0 })
  } catch (error) {
    return refuse('evaluation.not_yaml', { problem: error instanceof Error ? error.message : '' })
  }
  return readFacts(given)
}
