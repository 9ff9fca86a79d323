// Calendars for leases of whole devices. A lease takes some devices of some nodes from a start to an end; it may be
// booked ahead, and a short one slips into a gap before a long one that waits (conservative backfill: nobody who holds a
// reservation is ever made to start later). When a lease ends early, those behind it move up in the order they were made.
import { assert } from '../assert.ts'
import type { Instant } from '../calendar/index.ts'
import { seededRandom } from '../random.ts'
import { accept, refuse, type Decision } from '../refusal.ts'
import { classReason, compileDemand } from './demand.ts'
import { createFleet, type Fleet } from './fleet.ts'
import { shuffleById } from './placer.ts'
import { createPrices, PRICED_RESOURCES, refreshPrices } from './prices.ts'
import type { NodeSpec, TaskSpec } from './specs.ts'

export interface LeaseRequest {
  readonly id: string
  /** nodes wanted, all in one centre */
  readonly nodes: number
  /** what is wanted of each node: whole devices, chips, centres, security class; CPU and memory come with the devices */
  readonly each: TaskSpec
  readonly durationMs: number
  readonly notBefore: Instant
  /** latest start; absent: any */
  readonly notAfter?: Instant
}

/** Devices of one node, as positions within it. */
export interface LeasedNode {
  readonly node: string
  readonly devices: readonly number[]
}

export interface Lease {
  readonly request: LeaseRequest
  readonly startsAt: Instant
  /** first instant at which the devices are free again */
  readonly endsAt: Instant
  readonly nodes: readonly LeasedNode[]
}

export interface LeaseBook {
  /** Refuses `placement.bad_lease`, `placement.duplicate_id`, `placement.no_lease_possible`. */
  readonly reserve: (request: LeaseRequest) => Decision<Lease, LeaseRefusal>
  /** Ends a running lease early, or takes back one that has not begun; then moves waiting ones up. Refuses `placement.no_such_lease`. */
  readonly end: (id: string, at: Instant) => Decision<readonly Lease[], 'placement.no_such_lease'>
  /** in the order in which they were reserved */
  readonly leases: () => readonly Lease[]
  /** devices leased at the moment */
  readonly busyAt: (at: Instant) => number
}

export type LeaseRefusal = 'placement.bad_lease' | 'placement.duplicate_id' | 'placement.no_lease_possible'
/** How nodes are picked among those free at the earliest start; all book the earliest start there is. */
export type LeaseChoice = 'firstfit' | 'bestfit' | 'cheapest' | 'priced'

export interface LeaseBookOptions {
  readonly seed: number | string
  /** absent: priced */
  readonly choice?: LeaseChoice
  /** leases asked for before, as the expectation of those to come: what is scarce is kept for those who need it */
  readonly history?: readonly LeaseRequest[]
}

interface Interval {
  readonly from: Instant
  readonly to: Instant
}

interface Book {
  readonly fleet: Fleet
  /** per device, sorted by start and never overlapping */
  readonly calendars: readonly Interval[][]
  readonly leases: Map<string, Lease>
  readonly nodeIndex: ReadonlyMap<string, number>
  readonly choice: LeaseChoice
  /** per class, what one device counts in the choice */
  readonly price: Float64Array
}

const PRICE_ROUNDS = 40

export function createLeaseBook(nodes: readonly NodeSpec[], options: LeaseBookOptions): LeaseBook {
  const fleet = createFleet(shuffleById(nodes, seededRandom(options.seed).fork('order')))
  const calendars = Array.from({ length: fleet.deviceFree.length }, (): Interval[] => [])
  const nodeIndex = new Map(fleet.nodes.map((node, index) => [node.id, index]))
  const choice = options.choice ?? 'priced'
  const price = choice === 'priced' ? scarcity(fleet, options.history ?? []) : listPrices(fleet)
  const book: Book = { fleet, calendars, leases: new Map(), nodeIndex, choice, price }
  return {
    reserve: (request) => reserve(book, request),
    end: (id, at) => endEarly(book, id, at),
    leases: () => [...book.leases.values()],
    busyAt: (at) => calendars.filter((calendar) => !isFree(calendar, { from: at, to: at + 1 })).length,
  }
}

/**
 * Per class, the price of a device to the device-time expected (the fluid assignment of `prices.ts`), more so the greater
 * the part of it that the class could serve: among classes equally scarce the one that fewer can use goes first.
 */
function scarcity(fleet: Fleet, history: readonly LeaseRequest[]): Float64Array {
  const total = history.reduce((sum, { nodes, durationMs }) => sum + nodes * durationMs, 0)
  const expected = history.map(({ each, nodes, durationMs }) => ({
    demand: compileDemand(fleet, { ...each, cpuMilli: 0, memoryMib: 0 }),
    weight: (nodes * durationMs) / total,
  }))
  const prices = createPrices(fleet, expected)
  refreshPrices(fleet, prices, PRICE_ROUNDS)
  return Float64Array.from(fleet.classes, ({ index }) => {
    const breadth = expected.reduce(
      (sum, { demand, weight }) => sum + (demand.devicesOn[index]! > 0 ? weight : 0),
      0,
    )
    return prices.price[index * PRICED_RESOURCES]! * (1 + breadth)
  })
}

function listPrices(fleet: Fleet): Float64Array {
  return Float64Array.from(fleet.classes, ({ example }) => Number(example.priceFenPerDeviceHour ?? 0n))
}

function reserve(book: Book, request: LeaseRequest): Decision<Lease, LeaseRefusal> {
  const { id, each } = request
  const sensible =
    Number.isSafeInteger(request.nodes) &&
    request.nodes >= 1 &&
    each.devices >= 1 &&
    each.deviceMilli === 1000 &&
    Number.isSafeInteger(request.notBefore) &&
    Number.isSafeInteger(request.durationMs) &&
    request.durationMs > 0
  if (!sensible) return refuse('placement.bad_lease', { id })
  if (book.leases.has(id)) return refuse('placement.duplicate_id', { id })
  const lease = earliest(book, request)
  if (lease === undefined) return refuse('placement.no_lease_possible', { id })
  enter(book, lease)
  return accept(lease)
}

/** The earliest start at which one centre has enough nodes free: `notBefore`, or the end of some lease. */
function earliest(book: Book, request: LeaseRequest): Lease | undefined {
  const nodes = eligible(book.fleet, request)
  const starts = new Set([request.notBefore])
  for (const { node } of nodes)
    for (const calendar of calendarsOf(book, node))
      for (const { to } of calendar) if (to > request.notBefore) starts.add(to)
  for (const startsAt of [...starts].sort((left, right) => left - right)) {
    if (request.notAfter !== undefined && startsAt > request.notAfter) return undefined
    const span = { from: startsAt, to: startsAt + request.durationMs }
    const chosen = choose(book, request, nodes, span)
    if (chosen !== undefined) return { request, startsAt, endsAt: span.to, nodes: chosen }
  }
  return undefined
}

interface Eligible {
  readonly node: number
  /** devices taken there: more of a slower chip */
  readonly devices: number
}

function eligible(fleet: Fleet, { each }: LeaseRequest): Eligible[] {
  const perClass = fleet.classes.map((nodeClass) => {
    const wanted: TaskSpec = { ...each, cpuMilli: 0, memoryMib: 0 }
    if (classReason(wanted, nodeClass) !== undefined) return 0
    const efficiency =
      each.chips?.find((choice) => choice.chip === nodeClass.example.chip)?.efficiencyMilli ?? 1000
    return Math.ceil((each.devices * 1000) / efficiency)
  })
  return fleet.nodes.flatMap((_, node) => {
    const devices = perClass[fleet.classOf[node]!]!
    return devices > 0 ? [{ node, devices }] : []
  })
}

interface Offer {
  readonly node: number
  readonly devices: readonly number[]
  /** devices at their prices; nothing with best fit */
  readonly cost: number
  /** devices of the node that stay free through the span */
  readonly left: number
  /** free time around the span on the devices taken, as far as the neighbours; the smaller the tighter */
  readonly slackMs: number
}

function choose(
  book: Book,
  request: LeaseRequest,
  nodes: readonly Eligible[],
  span: Interval,
): LeasedNode[] | undefined {
  const byCentre = new Map<string, Offer[]>()
  for (const candidate of nodes) {
    const offer = offerOf(book, candidate, span)
    if (offer === undefined) continue
    const centre = book.fleet.nodes[candidate.node]!.centre ?? ''
    const known = byCentre.get(centre)
    if (known === undefined) byCentre.set(centre, [offer])
    else known.push(offer)
  }
  let best: Choice | undefined
  for (const offers of byCentre.values()) {
    if (offers.length < request.nodes) continue
    if (book.choice !== 'firstfit') offers.sort(tighter)
    const chosen = offers.slice(0, request.nodes)
    const cost = chosen.reduce((sum, { cost }) => sum + cost, 0)
    const option = { chosen, cost, spare: offers.length - request.nodes }
    if (best === undefined || (book.choice !== 'firstfit' && isBetter(option, best))) best = option
  }
  return best?.chosen.map(({ node, devices }) => ({ node: book.fleet.nodes[node]!.id, devices }))
}

interface Choice {
  readonly chosen: readonly Offer[]
  readonly cost: number
  readonly spare: number
}

function isBetter(option: Choice, best: Choice): boolean {
  return option.cost < best.cost || (option.cost === best.cost && option.spare < best.spare)
}

function tighter(left: Offer, right: Offer): number {
  return (
    left.cost - right.cost || left.left - right.left || left.slackMs - right.slackMs || left.node - right.node
  )
}

function offerOf(book: Book, { node, devices }: Eligible, span: Interval): Offer | undefined {
  const free = calendarsOf(book, node).flatMap((calendar, position) =>
    isFree(calendar, span) ? [{ position, slackMs: slackOf(calendar, span) }] : [],
  )
  if (free.length < devices) return undefined
  if (book.choice === 'bestfit')
    free.sort((left, right) => left.slackMs - right.slackMs || left.position - right.position)
  const taken = free.slice(0, devices)
  return {
    node,
    devices: taken.map(({ position }) => position),
    cost: book.choice === 'bestfit' ? 0 : devices * book.price[book.fleet.classOf[node]!]!,
    left: free.length - devices,
    slackMs: taken.reduce((sum, { slackMs }) => sum + slackMs, 0),
  }
}

function calendarsOf({ fleet, calendars }: Book, node: number): readonly Interval[][] {
  return calendars.slice(fleet.deviceStart[node], fleet.deviceStart[node + 1])
}

function isFree(calendar: readonly Interval[], { from, to }: Interval): boolean {
  return calendar.every((taken) => taken.to <= from || taken.from >= to)
}

/** Nothing before or after counts as a gap of thirty days. */
const OPEN_GAP_MS = 30 * 86_400_000

function slackOf(calendar: readonly Interval[], { from, to }: Interval): number {
  let before = OPEN_GAP_MS
  let after = OPEN_GAP_MS
  for (const taken of calendar) {
    if (taken.to <= from) before = Math.min(before, from - taken.to)
    else after = Math.min(after, taken.from - to)
  }
  return before + after
}

function enter(book: Book, lease: Lease): void {
  const span = { from: lease.startsAt, to: lease.endsAt }
  for (const calendar of devicesOf(book, lease)) {
    assert(isFree(calendar, span), 'a device has one lease at a time')
    calendar.push(span)
    calendar.sort((left, right) => left.from - right.from)
  }
  book.leases.set(lease.request.id, lease)
}

function leave(book: Book, lease: Lease): void {
  for (const calendar of devicesOf(book, lease)) {
    const at = calendar.findIndex((taken) => taken.from === lease.startsAt && taken.to === lease.endsAt)
    assert(at >= 0, 'a lease stands in the calendar of its devices')
    calendar.splice(at, 1)
  }
}

function devicesOf(book: Book, lease: Lease): Interval[][] {
  return lease.nodes.flatMap(({ node, devices }) => {
    const first = book.fleet.deviceStart[book.nodeIndex.get(node)!]!
    return devices.map((position) => book.calendars[first + position]!)
  })
}

function endEarly(
  book: Book,
  id: string,
  at: Instant,
): Decision<readonly Lease[], 'placement.no_such_lease'> {
  const lease = book.leases.get(id)
  if (lease === undefined || lease.endsAt <= at) return refuse('placement.no_such_lease', { id })
  leave(book, lease)
  if (lease.startsAt < at) enter(book, { ...lease, endsAt: at })
  else book.leases.delete(id)
  return accept(moveUp(book, at))
}

/** Each lease that has not begun is booked again, never later; answers those that now start earlier. */
function moveUp(book: Book, now: Instant): Lease[] {
  const moved: Lease[] = []
  for (const lease of book.leases.values()) {
    if (lease.startsAt <= now) continue
    leave(book, lease)
    const notBefore = Math.max(now, lease.request.notBefore)
    const again = earliest(book, { ...lease.request, notBefore, notAfter: lease.startsAt })
    const kept =
      again !== undefined && again.startsAt < lease.startsAt ? { ...again, request: lease.request } : lease
    enter(book, kept)
    if (kept !== lease) moved.push(kept)
  }
  return moved
}
