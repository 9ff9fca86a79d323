// The parts of a programme's money: allotments by district and batch, what a district adds, and moves between them that
// one finance officer proposes and another decides.
import { z } from 'zod'
import { route } from '../route.ts'
import { amountFenText, asOfQuery, dayText, idParams, idText, instantText, plainText } from '../wire.ts'

const bilingual = z.object({ zh: z.string(), en: z.string() })

export const allotmentKinds = ['district', 'batch', 'tier'] as const

/** The programme's own pool has no id. */
const part = z
  .object({
    id: idText.nullable(),
    kind: z.enum(['own', ...allotmentKinds]),
    district: z.string(),
    reference: z.string(),
    name: z.string(),
    /** has had money: from then on its applications draw on it */
    funded: z.boolean(),
    /** what the city pays of an award where a district adds its own, as a fraction */
    cityShare: z.string().nullable(),
    restPaidBy: z.enum(['city', 'district']).nullable(),
    /** came in: appropriated or moved here */
    inFen: z.string(),
    /** moved away or taken back */
    outFen: z.string(),
    reservedFen: z.string(),
    grantedFen: z.string(),
    /** came back from vouchers and payables */
    returnedFen: z.string(),
    leftFen: z.string(),
    /** approved and waiting for money that this pool should pay */
    waitingApplications: z.number().int(),
  })
  .meta({ id: 'PoolPart' })

const pools = z
  .object({
    adoptionId: idText,
    title: bilingual,
    asOf: instantText,
    /** the last posting that counts */
    sequence: z.number().int(),
    appropriatedFen: z.string(),
    /** appropriated and in no pool */
    unallottedFen: z.string(),
    withdrawnFen: z.string(),
    parts: z.array(part),
  })
  .meta({ id: 'Pools' })

const move = z
  .object({
    id: idText,
    adoptionId: idText,
    from: z.string(),
    fromName: z.string(),
    to: z.string(),
    toName: z.string(),
    amountFen: z.string(),
    documentNumber: z.string(),
    documentOn: dayText,
    reason: z.string(),
    state: z.enum(['proposed', 'approved', 'refused']),
    proposedBy: z.string(),
    proposedAt: instantText,
    proposedByMe: z.boolean(),
    decidedBy: z.string().nullable(),
    decidedAt: instantText.nullable(),
    decisionReason: z.string().nullable(),
  })
  .meta({ id: 'PoolMove' })

const place = z.union([z.literal('appropriation'), z.literal('pool'), idText])

export const poolRoutes = {
  readPools: route('GET /api/adoptions/:id/pools', {
    summary: {
      zh: '资金池分账（可查任一日或任一序号）',
      en: 'the pools of a programme, as of any day or sequence',
    },
    access: 'pool.read',
    params: idParams,
    query: asOfQuery,
    answer: pools,
    refusals: ['pool.as_of_twice'],
  }),
  openAllotment: route('POST /api/allotments', {
    summary: { zh: '设立分区、分批额度', en: 'open an allotment' },
    access: 'allotment.open',
    body: z.object({
      adoptionId: idText,
      kind: z.enum(allotmentKinds),
      /** the city's own for a batch of the whole city */
      district: z.string().regex(/^\d{6}$/),
      /** the number of a batch, empty for the others */
      reference: plainText(40),
      name: plainText(60, 2),
      /** for a tier: what the city pays, as `60%` or `3/5` */
      cityShare: plainText(20).optional(),
      restPaidBy: z.enum(['city', 'district']).optional(),
    }),
    answer: pools,
    refusals: ['pool.allotment_exists', 'pool.district_foreign', 'pool.reference_unfit', 'pool.share_unfit'],
  }),
  proposePoolMove: route('POST /api/pool-moves', {
    summary: { zh: '提出资金调剂', en: 'propose to move money between pools' },
    access: 'pool_move.propose',
    body: z.object({
      adoptionId: idText,
      from: place,
      to: z.union([place, z.literal('treasury')]),
      amountFen: amountFenText,
      documentNumber: plainText(60, 2),
      documentOn: dayText,
      reason: plainText(400, 2),
    }),
    answer: move,
    refusals: [
      'pool.amount_zero',
      'pool.document_used',
      'pool.move_unknown',
      'pool.tier_kept',
      'pool.document_later',
    ],
  }),
  decidePoolMove: route('POST /api/pool-moves/:id/decision', {
    summary: { zh: '复核资金调剂', en: 'decide on a move of money (another person)' },
    access: 'pool_move.decide',
    params: idParams,
    body: z.object({ decision: z.enum(['approve', 'refuse']), reason: plainText(400) }),
    answer: move,
    refusals: ['pool.own_proposal', 'pool.wrong_state', 'pool.short', 'pool.reason_missing'],
  }),
  listPoolMoves: route('GET /api/pool-moves', {
    summary: { zh: '资金调剂列表', en: 'moves of money' },
    access: 'pool_move.list',
    query: z.object({ adoptionId: idText.optional() }),
    answer: z.object({ items: z.array(move) }),
  }),
} as const
