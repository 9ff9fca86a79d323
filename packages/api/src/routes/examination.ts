// 分级审核: what a tier does with a case, short of deciding it.
import { z } from 'zod'
import { route } from '../route.ts'
import { amountFenText, findingsByFact, idParams, plainText } from '../wire.ts'
import { application } from './application.ts'
import { correctionBody } from './tiers.ts'

export const examinationRoutes = {
  examineApplication: route('POST /api/applications/:id/examinations', {
    summary: {
      zh: '分级审核：报上级、退回下级、财政会签',
      en: 'review in tiers: pass on, send back, countersign',
    },
    access: 'application.examine',
    params: idParams,
    body: z.discriminatedUnion('decision', [
      z.object({
        decision: z.literal('endorse'),
        opinion: z.enum(['support', 'oppose']),
        /** what the tier would grant; of no account when it opposes */
        amountFen: amountFenText,
        findings: findingsByFact,
        reason: plainText(2000, 2),
      }),
      z.object({ decision: z.literal('send_back'), reason: plainText(2000, 2) }),
      z.object({ decision: z.literal('countersign'), reason: plainText(2000, 2) }),
      correctionBody,
    ]),
    answer: application,
    refusals: [
      'application.transition_not_allowed',
      'application.not_eligible',
      'application.eligibility_unknown',
      'application.above_ceiling',
      'application.amount_zero',
      'application.finding_not_asked',
      'application.field_not_correctable',
      'party.credit_code_unconfirmed',
      'voucher.cap_reached',
      'fund.shared_cap_reached',
      'application.conflict_of_interest',
      'application.experts_asked',
      'application.inspection_open',
      'application.other_tier',
      'application.four_eyes',
      'application.not_tiered',
      'application.refuse_instead',
      'sweep.own',
    ],
  }),
} as const
