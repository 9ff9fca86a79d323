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
    kind: z.enum(['base', 'rate', 'product', 'cap', 'pool', 'round', 'total']),
    text: bilingual,
    note: bilingual.nullable(),
    clause: z.string().nullable(),
    amountFen: z.string().nullable(),
    rate: z.string().nullable(),
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
