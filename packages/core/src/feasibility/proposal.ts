// A proposal as typed data. Every fact is known with a named source, or unknown; nothing is filled in silently. The
// schema holds the ranges beyond which a figure is absurd, so that no later step meets a number it cannot carry.
import { z } from 'zod'
import { isDay } from '../calendar/index.ts'
import { parseMoney } from '../money/index.ts'

/**
 * published: somebody else's page or file · derived: arithmetic on published figures, shown in the note · filed: a document handed in with the proposal · undertaking: the
 * applicant's signed word, still to be evidenced: it counts as known and becomes a condition of the approval ·
 * assumed: our own working assumption: it feeds scenarios, but a gate that rests on it stays unknown.
 */
export const SOURCE_KINDS = ['published', 'derived', 'filed', 'undertaking', 'assumed'] as const

const source = z.strictObject({
  kind: z.enum(SOURCE_KINDS),
  title: z.string().min(1).max(300),
  url: z.string().max(500).optional(),
  date: z.string().refine(isDay, 'not_a_day').optional(),
})

/** 15亿元, 1500万元, 1234.56元; without a unit it is yuan: 15亿, 1500000000, 1.5e9. */
const money = z.union([z.string(), z.number()]).transform((text, context) => {
  const parsed = parseMoney(withUnit(text))
  if (parsed.ok && parsed.value >= 0n) return parsed.value
  context.issues.push({ code: 'custom', message: parsed.ok ? 'negative' : parsed.refusal.code, input: text })
  return z.NEVER
})

function withUnit(amount: string | number): string {
  if (typeof amount === 'number') return `${amount}元`
  const text = amount.normalize('NFKC').trim()
  const plain = /^\d+(\.\d+)?e\+?\d+$/i.test(text)
    ? String(Number(text))
    : text.replace(/,(?=\d{3}(\D|$|,))/g, '')
  return /[\d万亿]$/.test(plain) ? `${plain}元` : plain
}

const share = z.number().min(0).max(1)
const petaflops = z.number().positive().max(1e7)

/** `{ value, source, note? }`, or `unknown` (the same as leaving it out), which reads as null. */
function fact<Schema extends z.ZodType>(
  value: Schema,
): z.ZodDefault<z.ZodPreprocess<z.ZodNullable<z.ZodObject<FactShape<Schema>, z.core.$strict>>>> {
  const known = z.strictObject({ value, source: z.string(), note: z.string().max(500).optional() })
  return z.preprocess((raw) => (raw === 'unknown' ? null : raw), known.nullable()).default(null)
}

type FactShape<Schema extends z.ZodType> = {
  value: Schema
  source: z.ZodString
  note: z.ZodOptional<z.ZodString>
}

/** What a published P may mean. The first four are readings of an AI centre, the last one of an HPC centre. */
export const P_READINGS = ['dense_fp16', 'sparse_fp16', 'dense_int8', 'sparse_int8', 'fp64'] as const
export type PReading = (typeof P_READINGS)[number]

export const FAVOURS = ['land', 'energy', 'fiscal'] as const
export type Favour = (typeof FAVOURS)[number]

const chip = z.strictObject({
  model: z.string().min(1),
  count: z.int().min(1).max(10_000_000),
  /** the vendor's signed certificate for the dense 16-bit peak */
  certified: z.boolean().optional(),
  /** dense 16-bit matrix product measured at acceptance, TFLOPS a card */
  measuredFp16: z.number().positive().max(100_000).optional(),
})

const compute = z.strictObject({
  claimedPetaflops: fact(petaflops),
  reading: fact(z.enum(P_READINGS)),
  chips: fact(z.array(chip).min(1).max(50)),
  standardRacks: fact(z.number().min(1).max(1e7)),
  floorAreaSquareMetres: fact(z.number().min(1).max(1e8)),
})

const site = z.strictObject({
  insideNationalHub: fact(z.boolean()),
  insideProvincialLayout: fact(z.boolean()),
  favoursRequested: fact(z.array(z.enum(FAVOURS)).max(3)),
  cityHasCentreOverOneYear: fact(z.boolean()),
  cityRackOccupancy: fact(share),
})

const contract = z.strictObject({
  buyer: z.string().min(1),
  signed: z.boolean(),
  takeOrPay: z.boolean(),
  /** a framework agreement (框架协议) read as a contract counts only on the applicant's undertaking */
  form: z.enum(['contract', 'framework']).default('contract'),
  affiliated: z.boolean(),
  /** share of the centre's capacity */
  share,
  fromYear: z.int().min(1).max(30),
  toYear: z.int().min(1).max(30),
  /** what the buyer pays a year for its share, VAT excluded */
  perYear: money,
})

const demand = z.strictObject({
  offtake: fact(z.array(contract).max(100)),
  ownBudgetShare: fact(share),
  sameGovernmentVoucherShare: fact(share),
  /** rent of one P_d16 for a year, VAT excluded */
  marketRentPerPetaflopYear: fact(money),
})

const energy = z.strictObject({
  quota: fact(z.enum(['approved', 'hosted', 'applied', 'refused'])),
  quotaMwhPerYear: fact(z.number().min(0).max(1e9)),
  fullItKw: fact(z.number().min(0.1).max(1e8)),
  pue: fact(z.number().min(1).max(4)),
  yuanPerKwh: fact(z.number().min(0).max(10)),
})

const capability = z.strictObject({
  chipSupply: fact(
    z.strictObject({
      state: z.enum(['delivered', 'contracted', 'letter', 'none']),
      exportControlled: z.boolean(),
    }),
  ),
  operator: fact(
    z.strictObject({
      name: z.string().min(1),
      yearsOperating: z.number().min(0).max(100),
      largestClusterCards: z.int().min(0).max(10_000_000),
    }),
  ),
  software: fact(
    z.strictObject({
      scheduling: z.boolean(),
      metering: z.boolean(),
      stacks: z.array(z.string().min(1)).max(30),
    }),
  ),
  gradedProtectionLevel: fact(z.int().min(1).max(5)),
})

export const FUNDING_KINDS = ['own_equity', 'bank_loan', 'budget', 'special_bond', 'platform_debt'] as const

const funding = z.strictObject({
  parts: fact(
    z
      .array(z.strictObject({ kind: z.enum(FUNDING_KINDS), from: share, to: share }))
      .min(1)
      .max(20),
  ),
  loanRate: fact(z.number().min(0).max(0.5)),
  loanYears: fact(z.int().min(1).max(40)),
  graceYears: fact(z.int().min(0).max(10)),
})

const phase = z.strictObject({
  name: z.string().min(1),
  plannedPetaflops: petaflops,
  operatingPetaflops: z.number().min(0).max(1e7),
  soldShare: share.optional(),
})

const fiscal = z.strictObject({
  revenue: fact(money),
  governmentDebt: fact(money),
  narrowRatio: fact(z.number().positive().max(100)),
  broadRatio: fact(z.number().positive().max(100)),
  residents: fact(z.int().min(1).max(2_000_000_000)),
})

const neighbour = z.strictObject({
  id: z.string().min(1),
  densePetaflops: z.number().min(0).max(1e7),
  soldShare: share,
  distanceKm: z.number().min(0).max(20_038),
  substitutability: share,
})

const trainingTarget = z.strictObject({
  id: z.string().min(1),
  activeParameters: z.number().min(1).max(1e16),
  totalParameters: z.number().min(1).max(1e16),
  tokens: z.number().min(1).max(1e18),
  modelFlopsUtilisation: z.number().min(1e-4).max(1),
  deadlineDays: z.number().min(0.01).max(1e6).optional(),
})

/** "Below this many P, models of this size cannot be trained": shown beside the computation, never used in it. */
const thresholdClaim = z.strictObject({
  thresholdPetaflops: petaflops,
  parameters: z.number().min(1).max(1e16),
  tokens: z.number().min(1).max(1e18),
  modelFlopsUtilisation: z.number().min(1e-4).max(1),
  source: z.string(),
})

export const proposalSchema = z.strictObject({
  schema: z.literal('feasibility/v1'),
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
  name: z.string().min(1).max(200),
  place: z.string().min(1).max(100),
  round: z.int().min(1).max(20),
  submittedOn: z.string().refine(isDay, 'not_a_day'),
  note: z.string().max(2000).optional(),
  sources: z.record(z.string(), source),
  compute: compute.prefault({}),
  capex: z
    .strictObject({
      total: fact(money),
      items: fact(z.record(z.string().min(1), money)),
      /** the whole outlay is the proposer's, servers included; false for a building that tenants fill */
      includesServers: fact(z.boolean()),
    })
    .prefault({}),
  site: site.prefault({}),
  demand: demand.prefault({}),
  energy: energy.prefault({}),
  capability: capability.prefault({}),
  funding: funding.prefault({}),
  /** earlier phases of the same project; an empty list says that this is the first */
  earlierPhases: fact(z.array(phase).max(20)),
  fiscal: fiscal.prefault({}),
  /** years of operation that the appraisal counts */
  lifeYears: fact(z.int().min(1).max(30)),
  neighbours: fact(z.array(neighbour).max(1000)),
  trainingTargets: z.array(trainingTarget).max(20).default([]),
  thresholdClaims: z.array(thresholdClaim).max(20).default([]),
})

/** Where a fact stands in a proposal; what gates ask for by name. */
export const FACT_PATHS = [
  'compute.claimedPetaflops',
  'compute.reading',
  'compute.chips',
  'compute.standardRacks',
  'compute.floorAreaSquareMetres',
  'capex.total',
  'capex.items',
  'capex.includesServers',
  'site.insideNationalHub',
  'site.insideProvincialLayout',
  'site.favoursRequested',
  'site.cityHasCentreOverOneYear',
  'site.cityRackOccupancy',
  'demand.offtake',
  'demand.ownBudgetShare',
  'demand.sameGovernmentVoucherShare',
  'demand.marketRentPerPetaflopYear',
  'energy.quota',
  'energy.quotaMwhPerYear',
  'energy.fullItKw',
  'energy.pue',
  'energy.yuanPerKwh',
  'capability.chipSupply',
  'capability.operator',
  'capability.software',
  'capability.gradedProtectionLevel',
  'funding.parts',
  'funding.loanRate',
  'funding.loanYears',
  'funding.graceYears',
  'fiscal.revenue',
  'fiscal.governmentDebt',
  'fiscal.narrowRatio',
  'fiscal.broadRatio',
  'fiscal.residents',
  'earlierPhases',
  'lifeYears',
  'neighbours',
] as const

export type FactPath = (typeof FACT_PATHS)[number]

export type Proposal = z.output<typeof proposalSchema>
export type OfftakeContract = z.output<typeof contract>
export type Phase = z.output<typeof phase>
export type SourceKind = (typeof SOURCE_KINDS)[number]
export interface Known<Value> {
  readonly value: Value
  readonly source: string
  readonly note?: string | undefined
}
export type Fact<Value> = Known<Value> | null
