// Calendars for leases of whole devices. A lease takes some devices of some nodes from a start to an end; it may be
// booked ahead, and a short one slips into a gap before a long one that waits (conservative backfill: nobody who holds a
// reservation is ever made to start later). When a lease ends early, those behind it move up in the order they were made.
import { assert } from '../assert.ts'
import type { Instant } from '../calendar/index.ts'
import { seededRandom } from '../random.ts'
import { accept, refuse, type Decision } from '../refusal.ts'
import { classReason, compileDemand } from './demand.ts'
import {
  freeFrom,
  giveBack,
  isFree,
  slackOf,
  take,
  together,
  type DeviceCalendar,
  type Span,
} from './device-calendar.ts'
import { createFleet, type Fleet } from './fleet.ts'
import { shuffleById } from './placer.ts'
import { createPrices, PRICED_RESOURCES, refreshPrices } from './prices.ts'
import { checkNodes, checkTask, type NodeSpec, type TaskSpec } from './specs.ts'

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
  /** Ends a running lease early, or takes back one that has not begun; then moves waiting ones up. Refuses `placement.no_such_lease`, `bad_instant`. */
  readonly end: (id: string, at: Instant) => Decision<readonly Lease[], EndRefusal>
  /** in the order in which they were reserved */
  readonly leases: () => readonly Lease[]
  /** devices leased at the moment */
  readonly busyAt: (at: Instant) => number
}

export type LeaseRefusal = 'placement.bad_lease' | 'placement.duplicate_id' | 'placement.no_lease_possible'
export type EndRefusal = 'placement.no_such_lease' | 'placement.bad_instant'
/** How nodes are picked among those free at the earliest start; all book the earliest start there is. */
export type LeaseChoice = 'firstfit' | 'bestfit' | 'cheapest' | 'priced'

export interface LeaseBookOptions {
  readonly seed: number | string
  /** absent: priced */
  readonly choice?: LeaseChoice
  /** leases asked for before, as the expectation of those to come: what is scarce is kept for those who need it */
  readonly history?: readonly LeaseRequest[]
}

interface Book {
  readonly fleet: Fleet
  /** per device */
  readonly calendars: readonly DeviceCalendar[]
  readonly leases: Map<string, Lease>
  readonly nodeIndex: ReadonlyMap<string, number>
  readonly choice: LeaseChoice
  /** per class, what one device counts in the choice */
  readonly price: Float64Array
}

const PRICE_ROUNDS = 40

/** Refuses `placement.bad_node`, `placement.duplicate_id` and, for a lease of the history, `placement.bad_lease`. */
export function createLeaseBook(
  nodes: readonly NodeSpec[],
  options: LeaseBookOptions,
): Decision<LeaseBook, 'placement.bad_node' | 'placement.duplicate_id' | 'placement.bad_lease'> {
  const { choice = 'priced', history = [] } = options
  const checked = checkNodes(nodes)
  if (!checked.ok) return checked
  const absurd = history.find((request) => !isSensible(request))
  if (absurd !== undefined) return refuse('placement.bad_lease', { id: absurd.id })
  const fleet = createFleet(shuffleById(nodes, seededRandom(options.seed).fork('order')))
  const calendars = Array.from({ length: fleet.deviceFree.length }, (): DeviceCalendar => [])
  const nodeIndex = new Map(fleet.nodes.map((node, index) => [node.id, index]))
  const price = choice === 'priced' ? scarcity(fleet, history) : listPrices(fleet)
  const book: Book = { fleet, calendars, leases: new Map(), nodeIndex, choice, price }
  return accept({
    reserve: (request) => reserve(book, request),
    end: (id, at) => endEarly(book, id, at),
    leases: () => [...book.leases.values()],
    busyAt: (at) => calendars.filter((calendar) => !isFree(calendar, { from: at, to: at + 1 })).length,
  })
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
  const { id } = request
  if (!isSensible(request)) return refuse('placement.bad_lease', { id })
  if (book.leases.has(id)) return refuse('placement.duplicate_id', { id })
  const lease = earliest(book, request)
  if (lease === undefined) return refuse('placement.no_lease_possible', { id })
  enter(book, lease)
  return accept(lease)
}

/** A thousand years: no instant and no duration is larger, so that every end is an exact number. */
const LARGEST_MS = 1000 * 366 * 86_400_000

function isSensible({ id, nodes, each, durationMs, notBefore, notAfter }: LeaseRequest): boolean {
  const whole = (value: number, least: number): boolean =>
    Number.isSafeInteger(value) && value >= least && value <= LARGEST_MS
  return (
    checkTask({ ...each, id }).ok &&
    each.devices >= 1 &&
    each.deviceMilli === 1000 &&
    whole(nodes, 1) &&
    whole(durationMs, 1) &&
    whole(notBefore, -LARGEST_MS) &&
    (notAfter === undefined || whole(notAfter, notBefore))
  )
}

/** Booked at the earliest start at which one centre has enough nodes free: `notBefore`, or the end of some lease. */
function earliest(book: Book, request: LeaseRequest): Lease | undefined {
  const nodes = eligible(book.fleet, request)
  const startsAt = earliestStart(book, request, nodes)
  if (startsAt === Number.POSITIVE_INFINITY) return undefined
  const span = { from: startsAt, to: startsAt + request.durationMs }
  const chosen = choose(book, request, nodes, span)
  return { request, startsAt, endsAt: span.to, nodes: chosen }
}

/** Over the centres, when enough nodes have room together, each of them when enough of its devices have. */
function earliestStart(book: Book, request: LeaseRequest, nodes: readonly Eligible[]): Instant {
  const { durationMs, notBefore, notAfter = Number.MAX_SAFE_INTEGER } = request
  let earliest = Number.POSITIVE_INFINITY
  for (const own of byCentre(book, nodes)) {
    const latest = Math.min(notAfter, earliest)
    const calendars = own.map(({ node }) => calendarsOf(book, node))
    const start = together(own.length, request.nodes, { from: notBefore, to: latest }, (index, at) =>
      together(calendars[index]!.length, own[index]!.devices, { from: at, to: latest }, (device, from) =>
        freeFrom(calendars[index]![device]!, from, durationMs),
      ),
    )
    earliest = Math.min(earliest, start)
  }
  return earliest
}

function byCentre<Item extends { readonly node: number }>(book: Book, items: readonly Item[]): Item[][] {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const centre = book.fleet.nodes[item.node]!.centre ?? ''
    const known = groups.get(centre)
    if (known === undefined) groups.set(centre, [item])
    else known.push(item)
  }
  return [...groups.values()]
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

function choose(book: Book, request: LeaseRequest, nodes: readonly Eligible[], span: Span): LeasedNode[] {
  const open = nodes.flatMap((candidate) => offerOf(book, candidate, span) ?? [])
  let best: Choice | undefined
  for (const offers of byCentre(book, open)) {
    if (offers.length < request.nodes) continue
    if (book.choice !== 'firstfit') offers.sort(tighter)
    const chosen = offers.slice(0, request.nodes)
    const cost = chosen.reduce((sum, { cost }) => sum + cost, 0)
    const option = { chosen, cost, spare: offers.length - request.nodes }
    if (best === undefined || (book.choice !== 'firstfit' && isBetter(option, best))) best = option
  }
  assert(best !== undefined, 'some centre has room at the earliest start')
  return best.chosen.map(({ node, devices }) => ({ node: book.fleet.nodes[node]!.id, devices }))
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

function offerOf(book: Book, { node, devices }: Eligible, span: Span): Offer | undefined {
  const free = calendarsOf(book, node).flatMap((calendar, position) =>
    isFree(calendar, span) ? [{ position, slackMs: slackOf(calendar, span, OPEN_GAP_MS) }] : [],
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

function calendarsOf({ fleet, calendars }: Book, node: number): readonly DeviceCalendar[] {
  return calendars.slice(fleet.deviceStart[node], fleet.deviceStart[node + 1])
}

/** Nothing before or after counts as a gap of thirty days. */
const OPEN_GAP_MS = 30 * 86_400_000

function spanOf({ startsAt, endsAt }: Lease): Span {
  return { from: startsAt, to: endsAt }
}

function enter(book: Book, lease: Lease): void {
  for (const calendar of devicesOf(book, lease)) take(calendar, spanOf(lease))
  book.leases.set(lease.request.id, lease)
}

function leave(book: Book, lease: Lease): void {
  for (const calendar of devicesOf(book, lease)) giveBack(calendar, spanOf(lease))
}

function devicesOf(book: Book, lease: Lease): DeviceCalendar[] {
  return lease.nodes.flatMap(({ node, devices }) => {
    const first = book.fleet.deviceStart[book.nodeIndex.get(node)!]!
    return devices.map((position) => book.calendars[first + position]!)
  })
}

function endEarly(book: Book, id: string, at: Instant): Decision<readonly Lease[], EndRefusal> {
  if (!Number.isSafeInteger(at)) return refuse('placement.bad_instant', { id })
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
    const again = earliest(book, { ...lease.request, notBefore, notAfter: lease.startsAt - 1 })
    const kept = again === undefined ? lease : { ...again, request: lease.request }
    enter(book, kept)
    if (kept !== lease) moved.push(kept)
  }
  return moved
}
