// A programme year before it is issued (analytics §3.7): firms learn of the programme month by month, apply when the
// expected voucher beats the trouble, queue for the pool, respond to the price they then face. Every draw uses its own
// numbered stream and every firm the same count of numbers in it, so two policies met with the same seed meet the same
// firms on the same days (common random numbers), and draws can be shared out over processors.
import { seededRandom, type Random } from '../../random.ts'
import { accept, refuse, type Decision } from '../../refusal.ts'
import { prepare, respond, type PreparedSchedule } from './response.ts'
import { supportAt, tabulate, type Schedule, type ScheduleCode, type SupportEvaluator } from './schedule.ts'
import type { Population } from './population.ts'

/** A triangular prior with its source; equal ends make it a fixed number. */
export interface Prior {
  readonly low: number
  readonly mode: number
  readonly high: number
  readonly source: string
}

export interface Behaviour {
  /** price elasticity of compute, at most 0 */
  readonly elasticity: Prior
  /** share of support that reaches the user */
  readonly passThrough: Prior
  /** trouble of applying, yuan */
  readonly hassle: Prior
  /** spread of what else moves a firm to apply, yuan */
  readonly noise: Prior
  /** share of firms that know in the first month, and share of the others that learn each month */
  readonly awareAtStart: Prior
  readonly awarePerMonth: Prior
  /** log-odds that a firm without compute starts: intercept + slope × support per yuan of spend */
  readonly newUserIntercept: Prior
  readonly newUserSlope: Prior
  /** share of firms that would take a voucher and never use it */
  readonly unused: Prior
}

export type Queue = 'first_come' | 'lottery' | 'score'

export interface SimulationInput {
  readonly population: Population
  readonly schedules: readonly Schedule[]
  readonly behaviour: Behaviour
  /** yuan */
  readonly pool: number
  readonly queue: Queue
  /** applications are decided together every so many months; 1 for first come, first served */
  readonly batchMonths: number
  readonly months: number
  /** yuan per P_d16·h */
  readonly pricePerCompute: number
  readonly seed: string
}

/** One column per measure, one entry per draw. */
export interface DrawResults {
  readonly from: number
  readonly applied: Float64Array
  readonly granted: Float64Array
  readonly committed: Float64Array
  readonly redeemed: Float64Array
  readonly deadWeight: Float64Array
  readonly additionalSpend: Float64Array
  readonly baselineSpend: Float64Array
  readonly localRevenue: Float64Array
  readonly outsideRevenue: Float64Array
  readonly newUsers: Float64Array
  readonly unusedVouchers: Float64Array
  readonly anywayVouchers: Float64Array
  readonly gini: Float64Array
  /** month in which the pool ran out; 0 when it did not */
  readonly exhaustedIn: Float64Array
  /** committed and redeemed by month: draw · months + month */
  readonly committedByMonth: Float64Array
  readonly redeemedByMonth: Float64Array
  /** what the firms with vouchers spend on compute, by month */
  readonly spendByMonth: Float64Array
  /** redeemed by class of firm: draw · classes + class */
  readonly redeemedByClass: Float64Array
  /** mean redeemed of each firm over these draws */
  readonly perFirm: Float64Array
}

/**
 * Samples the policy for every class of the population.
 * @param tolerance yuan; the unit to which the policy rounds when that is more than a yuan
 */
export function schedulesOf(
  evaluate: SupportEvaluator,
  population: Population,
  tolerance = 1,
): Decision<readonly Schedule[], ScheduleCode> {
  const schedules: Schedule[] = []
  for (const firmClass of population.classes) {
    const schedule = tabulate(evaluate, firmClass, { largestSpend: population.largestSpend, tolerance })
    if (!schedule.ok) return schedule
    schedules.push(schedule.value)
  }
  return accept(schedules)
}

/**
 * Simulates draws `from` (inclusive) to `to`; the same draws whatever the range they are asked in.
 * @param onDraw called after each draw with how many are done
 */
export function simulate(
  input: SimulationInput,
  from: number,
  to: number,
  onDraw?: (done: number) => void,
): Decision<DrawResults, 'evaluation.bad_option'> {
  const bad = badOption(input, from, to)
  if (bad !== null) return refuse('evaluation.bad_option', bad)
  const results = emptyResults(input, from, to - from)
  const work = workspace(input.population.classOf.length, input.months)
  for (let draw = from; draw < to; draw++) {
    simulateYear(input, draw, { results, work })
    onDraw?.(draw + 1 - from)
  }
  for (let firm = 0; firm < results.perFirm.length; firm++) results.perFirm[firm]! /= to - from
  return accept(results)
}

function badOption(
  { pool, months, batchMonths, pricePerCompute, schedules, population, behaviour }: SimulationInput,
  from: number,
  to: number,
): { option: string; value: number } | null {
  if (!(pool >= 0 && pool < Infinity)) return { option: 'pool', value: pool }
  if (!Number.isSafeInteger(months) || months < 1 || months > 60) return { option: 'months', value: months }
  if (!Number.isSafeInteger(batchMonths) || batchMonths < 1 || batchMonths > months)
    return { option: 'batchMonths', value: batchMonths }
  if (!(pricePerCompute > 0 && pricePerCompute < Infinity))
    return { option: 'pricePerCompute', value: pricePerCompute }
  if (
    !Number.isSafeInteger(from) ||
    !Number.isSafeInteger(to) ||
    from < 0 ||
    to <= from ||
    to - from > 100_000
  )
    return { option: 'draws', value: to - from }
  if (schedules.length !== population.classes.length) return { option: 'schedules', value: schedules.length }
  const limits: Readonly<Record<keyof Behaviour, readonly [number, number]>> = {
    elasticity: [-5, 0],
    passThrough: [0, 1],
    hassle: [0, 1e9],
    noise: [0, 1e9],
    awareAtStart: [0, 1],
    awarePerMonth: [0, 1],
    newUserIntercept: [-50, 50],
    newUserSlope: [0, 100],
    unused: [0, 1],
  }
  for (const [option, [low, high]] of Object.entries(limits) as [keyof Behaviour, [number, number]][]) {
    const prior = behaviour[option]
    if (!(prior.low >= low && prior.low <= prior.mode && prior.mode <= prior.high && prior.high <= high))
      return { option, value: prior.mode }
  }
  return null
}

/** What a firm is in one draw. */
interface Workspace {
  readonly spend: Float64Array
  /** 0 uses compute anyway, 1 would start with a voucher, 2 takes a voucher and does not use it, 3 none of these */
  readonly kind: Uint8Array
  readonly awareIn: Uint8Array
  readonly trouble: Float64Array
  readonly place: Float64Array
  readonly received: Float64Array
  /** firms by the month in which they learn of the programme */
  readonly byMonth: readonly number[][]
}

function workspace(firms: number, months: number): Workspace {
  return {
    spend: new Float64Array(firms),
    kind: new Uint8Array(firms),
    awareIn: new Uint8Array(firms),
    trouble: new Float64Array(firms),
    place: new Float64Array(firms),
    received: new Float64Array(firms),
    byMonth: Array.from({ length: months }, () => []),
  }
}

function emptyResults({ population, months }: SimulationInput, from: number, draws: number): DrawResults {
  const column = (width = 1): Float64Array => new Float64Array(draws * width)
  return {
    from,
    applied: column(),
    granted: column(),
    committed: column(),
    redeemed: column(),
    deadWeight: column(),
    additionalSpend: column(),
    baselineSpend: column(),
    localRevenue: column(),
    outsideRevenue: column(),
    newUsers: column(),
    unusedVouchers: column(),
    anywayVouchers: column(),
    gini: column(),
    exhaustedIn: column(),
    committedByMonth: column(months),
    redeemedByMonth: column(months),
    spendByMonth: column(months),
    redeemedByClass: column(population.classes.length),
    perFirm: new Float64Array(population.classOf.length),
  }
}

interface Year {
  readonly results: DrawResults
  readonly work: Workspace
}

function simulateYear(input: SimulationInput, draw: number, { results, work }: Year): void {
  const random = seededRandom(`${input.seed}/${draw}`)
  const truth = drawBehaviour(input.behaviour, random)
  const prepared = input.schedules.map((schedule) => prepare(schedule, truth))
  drawFirms(input, work, { random, truth, prepared })
  const at = draw - results.from
  let left = input.pool
  let waiting: number[] = []
  for (let month = 0; month < input.months; month++) {
    const fresh = applicantsOf(input, work, { month, truth, prepared })
    results.applied[at]! += fresh.length
    inOrder(fresh, input, work)
    waiting = waiting.concat(fresh)
    // the last batch is decided with the year, however short it is
    if ((month + 1) % input.batchMonths !== 0 && month + 1 < input.months) continue
    if (input.batchMonths > 1) inOrder(waiting, input, work)
    for (const firm of waiting) {
      if (left <= 0) break
      left -= grant(input, { results, work }, { firm, month, left, at, prepared })
      if (left <= 0) results.exhaustedIn[at] = month + 1
    }
    waiting = []
  }
  results.gini[at] = giniOfGranted(work.received, results.granted[at]!)
}

interface Truth {
  readonly elasticity: number
  readonly passThrough: number
  readonly hassle: number
  readonly noise: number
  readonly awareAtStart: number
  readonly awarePerMonth: number
  readonly newUserIntercept: number
  readonly newUserSlope: number
  readonly unused: number
}

function drawBehaviour(behaviour: Behaviour, random: Random): Truth {
  const draw = ({ low, mode, high }: Prior): number => {
    const u = random.next()
    if (high === low) return low
    const turn = (mode - low) / (high - low)
    return u < turn
      ? low + Math.sqrt(u * (high - low) * (mode - low))
      : high - Math.sqrt((1 - u) * (high - low) * (high - mode))
  }
  return {
    elasticity: draw(behaviour.elasticity),
    passThrough: draw(behaviour.passThrough),
    hassle: draw(behaviour.hassle),
    noise: draw(behaviour.noise),
    awareAtStart: draw(behaviour.awareAtStart),
    awarePerMonth: draw(behaviour.awarePerMonth),
    newUserIntercept: draw(behaviour.newUserIntercept),
    newUserSlope: draw(behaviour.newUserSlope),
    unused: draw(behaviour.unused),
  }
}

/** Draws what every firm would spend, what it is and when it learns; seven numbers each, used or not. */
function drawFirms(
  { population, months }: SimulationInput,
  work: Workspace,
  { random, truth, prepared }: { random: Random; truth: Truth; prepared: readonly PreparedSchedule[] },
): void {
  for (const list of work.byMonth) list.length = 0
  work.received.fill(0)
  const stays = Math.log(1 - Math.min(truth.awarePerMonth, 1 - 1e-12))
  for (let firm = 0; firm < work.spend.length; firm++) {
    const radius = Math.sqrt(-2 * Math.log(1 - random.next()))
    const deviate = Math.max(-4, Math.min(4, radius * Math.cos(2 * Math.PI * random.next())))
    const spend = Math.exp(population.logMedian[firm]! + population.logSpread[firm]! * deviate)
    work.spend[firm] = spend
    const lot = random.next()
    const start = random.next()
    const aware = random.next()
    work.trouble[firm] = truth.hassle - truth.noise * Math.log(1 / Math.max(random.next(), 1e-12) - 1)
    work.place[firm] = random.next()
    const adopts = population.adopts[firm]!
    if (lot < adopts) work.kind[firm] = 0
    else if (lot < adopts + truth.unused) work.kind[firm] = 2
    else {
      const generosity =
        (supportAt(prepared[population.classOf[firm]!]!.schedule, spend) / spend) * truth.passThrough
      const odds = truth.newUserIntercept + truth.newUserSlope * generosity
      work.kind[firm] = start < 1 / (1 + Math.exp(-odds)) ? 1 : 3
    }
    if (work.kind[firm] === 3) continue
    const month = monthOfNews(aware, truth.awareAtStart, stays)
    if (month < months) work.byMonth[month]!.push(firm)
  }
}

/** The first month by which a firm of this rank knows; Infinity when nobody learns later. */
function monthOfNews(rank: number, atStart: number, logStays: number): number {
  if (rank < atStart) return 0
  return logStays === 0 ? Infinity : Math.ceil(Math.log((1 - rank) / (1 - atStart)) / logStays)
}

/** Those who learn this month and for whom the voucher beats the trouble. */
function applicantsOf(
  { population, months }: SimulationInput,
  work: Workspace,
  { month, truth, prepared }: { month: number; truth: Truth; prepared: readonly PreparedSchedule[] },
): number[] {
  const share = (months - month) / months
  return work.byMonth[month]!.filter((firm) => {
    const own = prepared[population.classOf[firm]!]!
    const baseline = work.spend[firm]! * share
    const spend = work.kind[firm] === 0 ? respond(own, baseline) : baseline
    return supportAt(own.schedule, spend) * truth.passThrough > work.trouble[firm]!
  })
}

function inOrder(queue: number[], { queue: rule, population }: SimulationInput, { place }: Workspace): void {
  if (rule === 'score')
    queue.sort((a, b) => population.score[b]! - population.score[a]! || place[a]! - place[b]!)
  else queue.sort((a, b) => place[a]! - place[b]!)
}

/**
 * One voucher; what it takes from the pool. The last one gets what is left and then changes nothing: a firm that is
 * paid less than the rule says does not spend more because of it.
 */
function grant(
  { population, months }: SimulationInput,
  { results, work }: Year,
  one: { firm: number; month: number; left: number; at: number; prepared: readonly PreparedSchedule[] },
): number {
  const { firm, month, left, at } = one
  const firmClass = population.classOf[firm]!
  const own = one.prepared[firmClass]!
  const share = (months - month) / months
  const potential = work.spend[firm]! * share
  const kind = work.kind[firm]!
  const baseline = kind === 0 ? potential : 0
  let spend = kind === 0 ? respond(own, potential) : potential
  let voucher = supportAt(own.schedule, spend)
  if (voucher > left) {
    if (kind === 0) spend = potential
    voucher = Math.min(left, supportAt(own.schedule, spend))
  }
  results.granted[at]!++
  results.committed[at]! += voucher
  results.committedByMonth[at * months + month]! += voucher
  if (kind === 2) {
    results.unusedVouchers[at]!++
    return voucher
  }
  if (kind === 0) results.anywayVouchers[at]!++
  else results.newUsers[at]!++
  results.redeemed[at]! += voucher
  results.deadWeight[at]! += Math.min(voucher, supportAt(own.schedule, baseline))
  results.additionalSpend[at]! += spend - baseline
  results.baselineSpend[at]! += baseline
  results.localRevenue[at]! += spend * population.localShare[firm]!
  results.outsideRevenue[at]! += spend * (1 - population.localShare[firm]!)
  results.redeemedByClass[at * population.classes.length + firmClass]! += voucher
  results.perFirm[firm]! += voucher
  work.received[firm] = voucher
  for (let later = month; later < months; later++) {
    results.redeemedByMonth[at * months + later]! += voucher / (months - month)
    results.spendByMonth[at * months + later]! += spend / (months - month)
  }
  return voucher
}

/** Gini of money among those who received any. */
function giniOfGranted(received: Float64Array, granted: number): number {
  if (granted === 0) return 0
  const amounts = received.filter((amount) => amount > 0).sort()
  let [total, weighted] = [0, 0]
  for (let index = 0; index < amounts.length; index++) {
    total += amounts[index]!
    weighted += (index + 1) * amounts[index]!
  }
  return total === 0 ? 0 : (2 * weighted) / (amounts.length * total) - (amounts.length + 1) / amounts.length
}
