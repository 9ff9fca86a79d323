// Class prices: what one unit of a class's devices, CPU or memory is worth to the demand still to come, in devices.
// The expected demand is poured over the classes as a fluid: each kind of demand goes where it costs least, prices
// follow the load, and the loads are averaged (method of successive averages), so no solver is needed. A class that
// only some users can use stays cheap for nobody else, and an ample one draws everybody who may use it.
//   price = (load / free)³ · worth of the free devices / free units
// A device is worth the work that the expected demand gets out of it, so that slower chips count for what they do.
import type { Demand } from './demand.ts'
import type { Fleet } from './fleet.ts'
import type { WeightedDemand } from './fragmentation.ts'
import { requestedMilliOf } from './specs.ts'

/** Per class three numbers: devices, CPU, memory. */
export interface ClassPrices {
  /** devices of efficiency 1 per device, per thousandth of a core, per MiB */
  readonly price: Float64Array
  /** expected load over what is free; 1 means that it will just be used up */
  readonly load: Float64Array
  /** per class, devices of efficiency 1 that one of its devices stands for */
  readonly worth: Float64Array
  readonly expected: ExpectedDemand
}

/** The history in arrays, since every refresh pours it many times. */
interface ExpectedDemand {
  readonly weight: Float64Array
  readonly work: Float64Array
  readonly cpuMilli: Float64Array
  readonly memoryMib: Float64Array
  /** per demand and class, devices taken there; -1 when it cannot host it */
  readonly devices: Float64Array
}

export const PRICED_RESOURCES = 3

/** No load counts as more than this many times what is free, so that prices stay finite. */
const GREATEST_RATIO = 100

export function createPrices(fleet: Fleet, history: readonly WeightedDemand[]): ClassPrices {
  const size = fleet.classes.length * PRICED_RESOURCES
  const worth = Float64Array.from(fleet.classes, ({ index }) => worthOf(history, index))
  const expected: ExpectedDemand = {
    weight: Float64Array.from(history, ({ weight }) => weight),
    work: Float64Array.from(history, ({ demand }) => requestedMilliOf(demand.task) / 1000),
    cpuMilli: Float64Array.from(history, ({ demand }) => demand.cpuMilli),
    memoryMib: Float64Array.from(history, ({ demand }) => demand.memoryMib),
    devices: Float64Array.from(
      history.flatMap(({ demand }) =>
        Array.from(demand.devicesOn, (devices, k) =>
          devices < 0 ? -1 : (devices * demand.milliOn[k]!) / 1000,
        ),
      ),
    ),
  }
  return { price: new Float64Array(size), load: new Float64Array(size), worth, expected }
}

/** Work asked for over devices taken, over the demands that the class can serve; 1 where there are none. */
function worthOf(history: readonly WeightedDemand[], nodeClass: number): number {
  let asked = 0
  let taken = 0
  for (const { demand, weight } of history) {
    if (demand.devicesOn[nodeClass]! <= 0) continue
    asked += weight * requestedMilliOf(demand.task)
    taken += weight * demand.devicesOn[nodeClass]! * demand.milliOn[nodeClass]!
  }
  return taken === 0 ? 1 : asked / taken
}

/** What the demand costs on the class at these prices, in devices of efficiency 1. */
export function costOn(prices: ClassPrices, demand: Demand, nodeClass: number): number {
  const at = nodeClass * PRICED_RESOURCES
  return (
    (prices.price[at]! * demand.devicesOn[nodeClass]! * demand.milliOn[nodeClass]!) / 1000 +
    prices.price[at + 1]! * demand.cpuMilli +
    prices.price[at + 2]! * demand.memoryMib
  )
}

/** Recomputes the prices in place for the demand expected to fill what is free. */
export function refreshPrices(fleet: Fleet, prices: ClassPrices, rounds: number): void {
  const free = freeByClass(fleet)
  const tasks = expectedTasks(prices, free)
  const load = new Float64Array(free.length)
  const next = new Float64Array(free.length)
  prices.price.fill(0)
  for (let round = 0; round < rounds; round++) {
    pour(prices, tasks, next)
    const share = 2 / (round + 2)
    for (let index = 0; index < load.length; index++) load[index]! += share * (next[index]! - load[index]!)
    priceLoad(prices, free, load)
  }
}

function freeByClass(fleet: Fleet): Float64Array {
  const free = new Float64Array(fleet.classes.length * PRICED_RESOURCES)
  for (let node = 0; node < fleet.nodes.length; node++) {
    const at = fleet.classOf[node]! * PRICED_RESOURCES
    free[at]! += fleet.milliFree[node]! / 1000
    free[at + 1]! += fleet.cpuFree[node]!
    free[at + 2]! += fleet.memoryFree[node]!
  }
  return free
}

/** How many tasks of the history's mix would fill the free devices. */
function expectedTasks({ worth, expected }: ClassPrices, free: Float64Array): number {
  const devices = worth.reduce((sum, each, nodeClass) => sum + each * free[nodeClass * PRICED_RESOURCES]!, 0)
  const wanted = expected.work.reduce((sum, work, index) => sum + work * expected.weight[index]!, 0)
  return wanted === 0 ? 0 : devices / wanted
}

/** Sends each kind of demand whole to the class where it costs least. */
function pour({ price, worth, expected }: ClassPrices, tasks: number, into: Float64Array): void {
  const classes = worth.length
  into.fill(0)
  for (let index = 0; index < expected.weight.length; index++) {
    const cpu = expected.cpuMilli[index]!
    const memory = expected.memoryMib[index]!
    let best = -1
    let least = Number.POSITIVE_INFINITY
    for (let nodeClass = 0; nodeClass < classes; nodeClass++) {
      const devices = expected.devices[index * classes + nodeClass]!
      if (devices < 0) continue
      const at = nodeClass * PRICED_RESOURCES
      const cost = price[at]! * devices + price[at + 1]! * cpu + price[at + 2]! * memory
      if (cost >= least) continue
      least = cost
      best = nodeClass
    }
    if (best < 0) continue
    const amount = tasks * expected.weight[index]!
    const at = best * PRICED_RESOURCES
    into[at]! += amount * expected.devices[index * classes + best]!
    into[at + 1]! += amount * cpu
    into[at + 2]! += amount * memory
  }
}

function priceLoad(prices: ClassPrices, free: Float64Array, load: Float64Array): void {
  for (let index = 0; index < free.length; index++) {
    const devices =
      free[index - (index % PRICED_RESOURCES)]! * prices.worth[Math.floor(index / PRICED_RESOURCES)]!
    const used = free[index]! > 0 && devices > 0
    const ratio = used ? Math.min(GREATEST_RATIO, load[index]! / free[index]!) : 0
    prices.load[index] = ratio
    prices.price[index] = used ? (ratio * ratio * ratio * devices) / free[index]! : 0
  }
}
