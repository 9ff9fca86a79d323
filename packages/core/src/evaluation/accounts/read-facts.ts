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

/** A part and the whole it is counted from. */
const PARTS: readonly (readonly [InputKey, InputKey])[] = [
  ['auditedWithLoss', 'auditedSample'],
  ['beneficiaries', 'eligibleFirms'],
  ['smeBeneficiaries', 'beneficiaries'],
  ['privateApplicants', 'applicants'],
  ['privateBeneficiaries', 'beneficiaries'],
  ['firstTimeUsers', 'beneficiaries'],
  ['outputsVerified', 'outputsClaimed'],
  ['portsSucceeded', 'portsAttempted'],
  ['reversals', 'holds'],
  ['responded', 'surveyed'],
  ['satisfied', 'responded'],
]

/** The first contradiction among the facts: an estimate outside its interval, a part larger than its whole. */
function contradictionIn(facts: Facts): { readonly input: string; readonly place: string } | null {
  for (const [input, fact] of Object.entries(facts)) {
    if ('ci' in fact && !(fact.ci[0] <= fact.estimate && fact.estimate <= fact.ci[1]))
      return { input, place: 'estimate, ci' }
    if (!('groups' in fact)) continue
    const group = Object.entries(fact.groups).find(([, { part, whole }]) => part > whole)
    if (group) return { input, place: `${group[0]}: part > whole` }
  }
  const numberOf = (input: InputKey): number | undefined => {
    const fact = facts[input]
    return fact && 'value' in fact ? fact.value : undefined
  }
  const wrong = PARTS.find(([part, whole]) => (numberOf(part) ?? 0) > (numberOf(whole) ?? Infinity))
  return wrong ? { input: wrong[0], place: `> ${wrong[1]}` } : null
}

type FactsCode = 'evaluation.unknown_input' | 'evaluation.bad_fact' | 'evaluation.contradiction'

/**
 * @param given an object of facts by input name, as parsed from JSON or YAML
 * @returns refusals `evaluation.unknown_input`, `evaluation.bad_fact` and `evaluation.contradiction` with the input and
 *   the place in it
 */
export function readFacts(given: unknown): Decision<Facts, FactsCode> {
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
  const contradiction = contradictionIn(facts as Facts)
  return contradiction === null ? accept(facts as Facts) : refuse('evaluation.contradiction', contradiction)
}

/** The same from the text of a YAML or JSON file; `evaluation.not_yaml` when it is neither. */
export function parseFacts(text: string): Decision<Facts, 'evaluation.not_yaml' | FactsCode> {
  let given: unknown
  try {
    given = parse(text, { maxAliasCount: 0 })
  } catch (error) {
    return refuse('evaluation.not_yaml', { problem: error instanceof Error ? error.message : '' })
  }
  return readFacts(given)
}
