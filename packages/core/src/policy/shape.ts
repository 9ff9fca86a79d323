// The shape of a programme file, of its cases and of an adoption: which keys there are and what kind of thing each
// holds. `programmes/schema.json`, which editors complete and underline from, is generated from here. What the texts
// mean (types, clauses, disjoint cases) is the checker's business.
import { z } from 'zod'
import { isDay } from '../calendar/index.ts'

/** `constructor` is the one name of this form that every JavaScript object already has */
export const name = z.string().regex(/^(?!constructor$)[a-z][a-z0-9_]*$/, { error: 'name' })
const expression = z.string().min(1).describe('an expression of the CEL profile')
export const date = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'date', abort: true })
  .refine(isDay, { error: 'day' })
export const division = z.string().regex(/^\d{6}$/, { error: 'division' })
export const text = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })
const number = z.union([z.string(), z.number()])
export const value = z.union([z.string(), z.number(), z.boolean()])
const provenance = {
  cite: z.string().optional().describe('<source>.<clause>'),
  basis: z
    .enum(['cited', 'derived', 'assumed'])
    .optional()
    .describe('assumed: not in the published text; an adoption must answer it'),
  note: z.string().optional(),
}

const source = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9]*$/, { error: 'source_id' }),
  kind: z.enum(['official', 'press', 'guide', 'reply', 'decision', 'proposal']),
  grade: z.enum(['S0', 'S1', 'S2', 'S3', 'S4', 'A', 'B', 'C', 'D', 'K', 'U']),
  title: z.string().min(1),
  number: z.string().optional(),
  issuer: z.string().optional(),
  issued: date.optional(),
  url: z.string().optional(),
  clauses: z.record(z.string(), text),
})

const ownFact = z.strictObject({
  type: z.enum(['bool', 'int', 'string', 'money', 'date', 'region', 'industry', 'choice']),
  options: z.record(name, text).optional().describe('of a choice: the values it may take, each in words'),
  label: text,
  source: z
    .enum(['declared', 'document', 'reviewer'])
    .describe('the applicant’s word, shown by a document, or found by a reviewer'),
})

const parameter = z.strictObject({
  type: z.string(),
  options: z.record(name, text).optional().describe('of a choice: the values it may take, each in words'),
  bound: z.enum(['exact', 'at_most', 'at_least']).optional(),
  values: z.record(z.string(), z.union([value, z.array(value)])).optional(),
  question: name.optional().describe('the open question whose answer sets this parameter'),
  label: text,
  ...provenance,
})

const condition = z.strictObject({
  id: name,
  require: expression,
  text,
  fail: text,
  evidence: z.array(name).optional(),
  decided_by: z.enum(['machine', 'reviewer', 'expert_panel']).optional(),
  ...provenance,
})

const round = z.strictObject({
  to: z.enum(['fen', 'jiao', 'yuan', '10yuan', '100yuan', 'wan']),
  mode: z.enum(['down', 'up', 'half_up', 'half_even']),
  when: expression.optional(),
  ...provenance,
})

const amount = z.strictObject({ is: expression, text, round: round.optional(), ...provenance })
const rateRow = z.strictObject({ id: name, when: expression, value: expression, ...provenance })
const rate = z.strictObject({
  default: expression.optional(),
  exceptions: z.array(rateRow).optional(),
  cases: z.array(rateRow).min(2).optional(),
  ...provenance,
})

const cap = z.strictObject({
  id: name,
  limit: expression,
  measure: z.enum(['fen', 'count']).optional(),
  over: z.strictObject({
    subject: z.union([z.string(), z.array(z.string()).min(1)]),
    period: z.enum(['contract', 'calendar_year', 'programme']),
    counts: z.array(z.enum(['granted', 'paid'])).min(1),
    reading: expression.optional().describe('a choice of each_of and joint'),
  }),
  text,
  ...provenance,
})

const award = z.strictObject({
  id: name,
  title: text,
  per: z
    .enum(['contract', 'enterprise_year', 'data_source_year', 'project'])
    .describe('what one grant is for; what is for a whole year needs a cap that counts grants'),
  eligibility: z.array(condition).optional(),
  base: amount,
  rate: rate.optional(),
  round,
  caps: z.array(cap),
  group: name.optional(),
})

const leg = z.enum(['metered', 'contract', 'invoice', 'payment'])
const redemption = z.strictObject({
  eligibility: z.array(condition).optional(),
  legs: z.array(z.strictObject({ id: leg, is: expression, text })).min(1),
  left_out: z.array(z.strictObject({ id: leg, text, ...provenance })).optional(),
  rate,
  round,
  within: z.array(z.strictObject({ id: name, is: expression, text })).optional(),
})

const length = z.strictObject({ workdays: expression.optional(), days: expression.optional() })
const stage = z.strictObject({
  id: name,
  actor: z.enum(['applicant', 'operator', 'district', 'authority', 'finance', 'public', 'holder']),
  within: length.optional(),
  lasts: length.optional(),
  silence: z.enum(['declines', 'consents']).optional().describe('what no answer within the limit means'),
  pays: expression.optional().describe('the part of a project’s grant that this stage pays'),
  on: z
    .array(z.enum(['excellent', 'qualified', 'failed']))
    .min(1)
    .optional()
    .describe('the results of acceptance that pay it; without any it is paid at the start'),
  text,
  ...provenance,
})

/** 区县 → 市 → 财政: a path leaves tiers out, never turns them round. */
export const reviewTiers = ['district', 'city', 'finance'] as const

export const inOrder = (tiers: readonly (typeof reviewTiers)[number][]): boolean =>
  tiers.every((tier, at) => at === 0 || reviewTiers.indexOf(tiers[at - 1]!) < reviewTiers.indexOf(tier)) &&
  tiers[0] !== 'finance'

const reviewPath = z.array(z.enum(reviewTiers)).min(1).refine(inOrder, { error: 'tiers' })

export const programmeShape = z.strictObject({
  suanquan: z.literal('policy/v1'),
  id: z.string().regex(/^cn(\.[a-z0-9_]+)+$/, { error: 'programme_id' }),
  version: number,
  status: z
    .enum(['proposed', 'draft', 'reviewed', 'in_force', 'closed'])
    .describe('proposed: no authority has issued it, so none can adopt it'),
  title: text,
  jurisdiction: division,
  instrument: z.enum([
    'compute_voucher',
    'training_voucher',
    'model_voucher',
    'corpus_voucher',
    'token_voucher',
    'data_voucher',
    'service_voucher',
    'algorithm_voucher',
    'labelling_voucher',
    'cloud_voucher',
    'compute_reward',
  ]),
  facts: z.string(),
  own_facts: z
    .record(z.string().regex(/^own\.(?!constructor$)[a-z][a-z0-9_]*$/), ownFact)
    .optional()
    .describe('facts that only this programme reads, as own.<name>'),
  calendar: z.enum(['cn-mainland']).optional(),
  sources: z.array(source).min(1),
  governs: z.strictObject({ by: z.string(), from: date, to: date.optional(), ...provenance }),
  parameters: z.record(name, parameter),
  definitions: z
    .record(name, z.strictObject({ type: z.string(), is: expression, text, ...provenance }))
    .optional(),
  eligibility: z.array(condition),
  awards: z.array(award).min(1),
  redemption: redemption.optional(),
  funding: z
    .array(z.strictObject({ id: name, share: z.string(), text, ...provenance }))
    .min(2)
    .optional()
    .describe('which budgets bear the money: shares such as 1/2 that come to the whole'),
  allocation: z
    .strictObject({
      order: z.array(z.strictObject({ by: expression, direction: z.enum(['ascending', 'descending']) })),
      when_short: z.enum(['first_come', 'prorata', 'order_then_prorata', 'order', 'lottery']),
      ...provenance,
    })
    .optional(),
  voucher: z
    .strictObject({
      bound_to: z.string(),
      transferable: z.literal(false),
      in_parts: z.boolean().describe('may be claimed in several parts'),
      usable_until: expression,
      claims_until: expression.optional(),
      on_expiry: z.literal('return_to_pool'),
      ...provenance,
    })
    .optional(),
  imprest: z
    .strictObject({
      share: expression.optional().describe('of what was allotted, for all providers together'),
      amount: expression.optional().describe('the most that one provider may have in hand'),
      beyond: z
        .enum(['claim', 'refuse'])
        .describe('a deduction beyond it: paid when it is claimed, or refused'),
      returned_within: length.describe('counted from the last day on which a voucher is usable'),
      ...provenance,
    })
    .optional()
    .describe('备用金: money advanced to providers that deduct at billing (W2)'),
  documents: z.record(name, text).optional(),
  procedure: z
    .strictObject({
      way: z.enum(['W1', 'W2', 'W3', 'W4', 'W5', 'W6']),
      windows: expression.optional(),
      stages: z.array(stage),
      review: reviewPath.optional().describe('who reviews, one tier after the other'),
    })
    .optional(),
  open_questions: z
    .array(z.strictObject({ id: name, ask: text, blocks: z.enum(['in_force', 'nothing']) }))
    .optional(),
})

const facts = z.record(z.string(), value)
const parameters = z.record(z.string(), z.union([value, z.array(value)]))
const counters = z.strictObject({
  granted: number.optional(),
  paid: number.optional(),
  joint: number.optional(),
})
const expected = z.strictObject({
  governed: z.boolean().optional(),
  eligible: z.union([z.boolean(), z.literal('unknown')]).optional(),
  outcome: z
    .enum(['supported', 'not_governed', 'not_eligible', 'exhausted', 'nothing', 'unknown'])
    .optional(),
  failed: z.array(name).optional(),
  needed: z.array(z.string()).optional(),
  base: z.string().optional(),
  rate: z.string().optional(),
  case: name.optional(),
  ceiling: z.string().optional(),
  binding: name.optional(),
  shares: z.array(z.string()).optional().describe('<budget>=<amount> of the ceiling'),
  accounts: z.array(z.string()).optional().describe('<account key>=<take> of every cap passed'),
})
const cells = {
  parameters: parameters.optional(),
  proves: z
    .array(z.string().regex(/^P\d{2,3}$/, { error: 'pattern_number' }))
    .min(1)
    .optional()
    .describe('the rule patterns of programmes/patterns.json that it proves'),
  award: name.optional(),
  act: z.enum(['grant', 'payment']).optional(),
  balances: z.record(name, counters).optional(),
  on: date.optional(),
}

const expectedTerms = z.strictObject({
  way: z.string().optional(),
  windows: z.array(z.string()).optional(),
  taken: z.boolean().optional().describe('whether applications are taken on that day'),
  stages: z.array(z.string()).optional().describe('<actor>:<stage>'),
  review: z.array(z.enum(reviewTiers)).optional(),
  pays: z
    .array(z.string())
    .optional()
    .describe('<stage>=<amount>, with the results of acceptance that pay it'),
  usable_until: date.optional(),
  claims_until: date.optional(),
  in_parts: z.boolean().optional(),
  transferable: z.literal(false).optional(),
  on_expiry: z.literal('return_to_pool').optional(),
  when_short: z.string().optional(),
  legs: z.array(z.string()).optional().describe('the legs of proof on which a claim is paid'),
  evidence: z.array(name).optional().describe('every document the conditions ask for'),
})

export const casesShape = z.strictObject({
  suanquan: z.literal('cases/v1'),
  programme: z.string(),
  parameters: parameters.optional().describe('answers to the open questions, for all cases'),
  facts: z.record(name, facts).optional().describe('named sets of facts'),
  cases: z
    .array(z.strictObject({ name: z.string().min(1), given: facts, ...cells, expect: expected }))
    .min(1),
  terms: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        parameters: cells.parameters,
        proves: cells.proves,
        on: date,
        at: z
          .string()
          .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
          .optional()
          .describe('the minute in China, noon without it'),
        expect: expectedTerms,
      }),
    )
    .optional()
    .describe('what the procedure comes to on a governing day'),
  near_misses: z
    .array(z.strictObject({ base: facts, set: facts, failed: z.array(name), ...cells }))
    .optional(),
  equivalent_mutants: z
    .array(z.strictObject({ mutant: z.string(), reason: z.string() }))
    .optional()
    .describe('mutants that no case can kill, each with its reason'),
})

/** What `suanquan determine` reads: the facts alone, or facts with balances, award and day. */
export const factsShape = facts
export const inputShape = z.strictObject({
  facts,
  balances: z.record(name, counters).optional(),
  award: name.optional(),
  on: date.optional(),
})

export type ProgrammeShape = z.infer<typeof programmeShape>
export type CasesShape = z.infer<typeof casesShape>
