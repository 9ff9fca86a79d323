// 分配批次: when a programme divides what there is by merit, in proportion or by lot, one officer closes the list and states
// the rule, the draw (announced beforehand) is entered with its source, another officer confirms. The list and the result
// are public under numbers that name nobody, so that anybody can replay them.
import { z } from 'zod'
import { route } from '../route.ts'
import { computeLine } from './capacity.ts'
import { dayText, fenText, idParams, idText, instantText, plainText } from '../wire.ts'

const bilingual = z.object({ zh: z.string(), en: z.string() })

export const roundRules = ['first_come', 'merit', 'merit_shared', 'pro_rata', 'lottery'] as const
export const roundStates = ['announced', 'proposed', 'confirmed', 'cancelled'] as const
const awardReasons = ['whole', 'in_part', 'pool_used_up', 'below_minimum'] as const
const leftReasons = ['nothing', 'all_met', 'next_does_not_fit', 'below_minimum'] as const

const roundRow = z
  .object({
    id: idText,
    adoptionId: idText,
    title: bilingual,
    number: z.string(),
    rule: z.enum(roundRules),
    state: z.enum(roundStates),
    openedAt: instantText,
    lots: z.number().int(),
    claimsFen: fenText,
    poolFen: fenText,
    drawName: z.string(),
    drawOn: dayText.nullable(),
  })
  .meta({ id: 'RoundRow' })

const namedRound = z.object({ id: idText, number: z.string() })

const round = roundRow
  .extend({
    minimumFen: fenText,
    listHash: z.string(),
    hashName: z.literal('SM3'),
    /** the cancelled draw that it was opened to draw again, why, and the round that draws this one again */
    redrawOf: namedRound.nullable().default(null),
    redrawReason: z.string().nullable().default(null),
    redrawnBy: namedRound.nullable().default(null),
    /** what the public draw showed, and where that stands */
    shown: z.string().nullable(),
    source: z.string().nullable(),
    seed: z.string().nullable(),
    awardedFen: fenText.nullable(),
    leftFen: fenText.nullable(),
    leftWhy: z.enum(leftReasons).nullable(),
    confirmedAt: instantText.nullable(),
    /** the reader took the last step: another person takes the next */
    proposedByMe: z.boolean(),
    /** what the awards let firms buy against what centres had free, as it was seen at the confirmation; for the offices */
    compute: z.array(computeLine).nullable(),
    /** why it was confirmed although compute is short */
    computeReason: z.string().nullable(),
    lines: z.array(
      z.object({
        number: z.string(),
        claimFen: fenText,
        completeAt: instantText,
        score: z.number().int(),
        turn: z.number().int().nullable(),
        awardFen: fenText.nullable(),
        why: z.enum(awardReasons).nullable(),
      }),
    ),
  })
  .meta({ id: 'Round' })

export const roundPlan = z
  .object({
    adoptionId: idText,
    title: bilingual,
    /** by which the programme divides; the first come need no round */
    named: z.enum(roundRules),
    hasOrder: z.boolean(),
    /** a draw of this pool was cancelled: the next one draws again and says why */
    redraws: namedRound.nullable(),
    pool: z.object({ id: idText.nullable(), kind: z.string(), name: z.string(), district: z.string() }),
    poolFen: fenText,
    claimsFen: fenText,
    minimumFen: fenText,
    rules: z.array(
      z.object({
        rule: z.enum(roundRules),
        /** null for the lottery: nobody knows before the draw */
        awardedFen: fenText.nullable(),
        leftFen: fenText.nullable(),
        leftWhy: z.enum(leftReasons).nullable(),
        whole: z.number().int().nullable(),
        inPart: z.number().int().nullable(),
        nothing: z.number().int().nullable(),
        /** for the lottery: how many it can reach at least and at most */
        fewest: z.number().int().nullable(),
        most: z.number().int().nullable(),
      }),
    ),
    lines: z.array(
      z.object({
        applicationId: idText,
        number: z.string(),
        organisationName: z.string(),
        claimFen: fenText,
        completeAt: instantText,
        score: z.number().int(),
        awards: z.array(z.object({ rule: z.enum(roundRules), awardFen: fenText })),
      }),
    ),
  })
  .meta({ id: 'RoundPlan' })

const computePlan = z
  .object({
    adoptionId: idText,
    title: bilingual,
    /** whose awards are spent; of a lottery, by which nobody knows them yet, those in proportion */
    rule: z.enum(roundRules),
    awardedFen: z.string(),
    /** what firms spend to use the awards up */
    spentFen: z.string(),
    lines: z.array(computeLine),
    /** applications whose contract prices nothing: what they buy is unknown */
    unpriced: z.array(z.string()),
    centres: z.array(z.object({ id: idText, name: z.string(), stated: z.number().int() })),
  })
  .meta({ id: 'ComputePlan' })

export const roundRoutes = {
  planRound: route('GET /api/adoptions/:id/round-plan', {
    summary: { zh: '资金不足时各办法的结果比较', en: 'what falls out under each rule when money is short' },
    access: 'pool.read',
    params: idParams,
    query: z.object({
      /** an allotment; the programme's own pool when left out */
      allotmentId: idText.optional(),
      minimumFen: z
        .string()
        .regex(/^[1-9]\d{0,14}$/)
        .default('1'),
    }),
    answer: roundPlan,
  }),
  planCompute: route('GET /api/adoptions/:id/compute-plan', {
    summary: {
      zh: '这笔钱能买多少算力，中心有多少空闲',
      en: 'what the money lets firms buy against what centres have free',
    },
    access: 'pool.read',
    params: idParams,
    query: z.object({
      allotmentId: idText.optional(),
      minimumFen: z
        .string()
        .regex(/^[1-9]\d{0,14}$/)
        .default('1'),
      /** the programme's own when left out */
      rule: z.enum(roundRules).optional(),
    }),
    answer: computePlan,
  }),
  openRound: route('POST /api/rounds', {
    summary: { zh: '公布分配名单和办法', en: 'close the list of a round and publish it' },
    access: 'round.open',
    body: z.object({
      adoptionId: idText,
      allotmentId: idText.optional(),
      minimumFen: z.string().regex(/^[1-9]\d{0,14}$/),
      /** for a lottery: which public draw decides, and its day */
      drawName: plainText(120)
        .regex(/^[^\t\n\r]*$/)
        .default(''),
      drawOn: dayText.optional(),
      /** why a cancelled draw is made again; public */
      redrawReason: plainText(400).default(''),
    }),
    answer: round,
    refusals: [
      'round.redraw_reason_missing',
      'round.redraw_own_cancellation',
      'round.redrawn_already',
      'round.nothing_to_redraw',
      'round.first_come',
      'round.nobody_waits',
      'round.open_already',
      'round.draw_unannounced',
      'round.tier_shares',
      'round.no_order',
    ],
  }),
  drawRound: route('POST /api/rounds/:id/result', {
    summary: { zh: '登记开奖结果并计算', en: 'enter the public draw and work the result out' },
    access: 'round.open',
    params: idParams,
    body: z.object({ shown: plainText(200).default(''), source: plainText(400).default('') }),
    answer: round,
    refusals: [
      'round.wrong_state',
      'round.draw_too_early',
      'round.draw_empty',
      'round.draw_unfit',
      'round.source_missing',
    ],
  }),
  decideRound: route('POST /api/rounds/:id/decision', {
    summary: { zh: '复核分配结果', en: 'confirm or cancel a round (another person)' },
    access: 'round.decide',
    params: idParams,
    body: z.object({
      decision: z.enum(['confirm', 'cancel']),
      reason: plainText(400).default(''),
      /** why to go on although firms could buy more than centres have free */
      computeReason: plainText(400).default(''),
    }),
    answer: round,
    refusals: [
      'round.wrong_state',
      'round.own_proposal',
      'round.pool_short',
      'round.reason_missing',
      'round.compute_short',
    ],
  }),
  listRounds: route('GET /api/rounds', {
    summary: { zh: '分配批次', en: 'rounds' },
    access: 'public',
    answer: z.object({ items: z.array(roundRow) }),
  }),
  readRound: route('GET /api/rounds/:id', {
    summary: { zh: '分配名单、办法和结果', en: 'list, rule and result of a round' },
    access: 'public',
    params: idParams,
    answer: round,
  }),
  listOwnLots: route('GET /api/applications/:id/lots', {
    summary: { zh: '一份申请在分配批次中的编号', en: 'the numbers of an application in rounds' },
    access: 'application.read',
    params: idParams,
    answer: z.object({
      items: z.array(z.object({ roundId: idText, roundNumber: z.string(), number: z.string() })),
    }),
  }),
} as const
