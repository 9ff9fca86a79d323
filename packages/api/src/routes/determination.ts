// A determination as it travels: every condition with its verdict and clause, the reckoning line by line as on a till
// receipt, and which line limited the result. Sentences come from the programme, in both languages.
import { z } from 'zod'
import { dayText, idText } from '../wire.ts'

const bilingual = z.object({ zh: z.string(), en: z.string() })

const condition = z
  .object({
    id: z.string(),
    verdict: z.enum(['held', 'failed', 'unknown']),
    text: bilingual,
    fail: bilingual.nullable(),
    clause: z.string().nullable(),
    clauseText: bilingual.nullable(),
    decidedBy: z.enum(['machine', 'reviewer', 'expert_panel']),
    facts: z.array(
      z.object({
        id: z.string(),
        label: bilingual,
        value: z.string().nullable(),
        source: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'ConditionVerdict' })

const step = z
  .object({
    id: z.string(),
    /** leg and within occur in payments only; total is the last line */
    kind: z.enum(['base', 'rate', 'round', 'cap', 'leg', 'within', 'total']),
    text: bilingual,
    clause: z.string().nullable(),
    /** the amount after this line */
    amountFen: z.string().nullable(),
    /** a fraction in lowest terms, e.g. 1/5 */
    rate: z.string().nullable(),
    /** of a cap: the limit, what was used before, what was left */
    limitFen: z.string().nullable(),
    usedFen: z.string().nullable(),
    headroomFen: z.string().nullable(),
    /** a cap that counts times instead of fen */
    counts: z.boolean(),
    binding: z.boolean(),
  })
  .meta({ id: 'ReckoningStep' })

export const determination = z
  .object({
    id: idText.nullable(),
    determinedOn: dayText,
    programmeId: z.string(),
    programmeVersion: z.string(),
    programmeHash: z.string(),
    engineVersion: z.string(),
    governed: z.boolean(),
    eligible: z.enum(['yes', 'no', 'unknown']),
    conditions: z.array(condition),
    steps: z.array(step),
    bindingCap: z.string().nullable(),
    ceilingFen: z.string(),
    needed: z.array(z.object({ fact: z.string(), label: bilingual })),
  })
  .meta({ id: 'Determination' })
