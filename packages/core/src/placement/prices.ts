// Class prices: what one unit of a class's devices, CPU or memory is worth to the demand still to come, in devices.
// The expected demand is poured over the classes as a fluid: each kind of demand goes where it costs least, prices
// follow the load, and the loads are averaged (Frank-Wolfe's method of successive averages), so no solver is needed.
// A class that only one chip's users can use stays cheap for them and dear for everybody else.
import type { Fleet } from './fleet.ts'
import type { WeightedDemand } from './fragmentation.ts'

export interface PriceParameters {
  readonly rounds: number
}

/** Per class: [devices, CPU, memory] in devices per device, per milli-core and per MiB. */
export interface ClassPrices {
  readonly price: Float64Array
  /** expected load of each over what is free there */
  readonly load: Float64Array
}

const RESOURCES = 3

export function createPrices(fleet: Fleet): ClassPrices {
  const size = fleet.classes.length * RESOURCES
  return { price: new Float64Array(size), load: new Float64Array(size) }
}

/** Free devices, CPU and memory of each class. */
export function freeByClass(fleet: Fleet): Float64Array {
  const free = new Float64Array(fleet.classes.length * RESOURCES)
  for (let node = 0; node < fleet.nodes.length; node++) {
    const at = fleet.classOf[node]! * RESOURCES
    free[at]! += fleet.milliFree[node]! / 1000
    free[at + 1]! += fleet.cpuFree[node]!
    free[at + 2]! += fleet.memoryFree[node]!
  }
  return free
}

/** What the demand costs on the class at these prices, in devices. */
export function costOn(prices: ClassPrices, { demand }: Pick<WeightedDemand, 'demand'>, nodeClass: number): number {
  const at = nodeClass * RESOURCES
  const devices = (demand.devicesOn[nodeClass]! * demand.milliOn[nodeClass]!) / 1000
  return (
    prices.price[at]! * devices +
    prices.price[at + 1]! * demand.cpuMilli +
    prices.price[at + 2]! * demand.memoryMib
  )
}

/** Recomputes the prices in place for the demand expected to fill what is free. */
export function refreshPrices(
  fleet: Fleet,
  history: readonly WeightedDemand[],
  prices: ClassPrices,
  parameters: PriceParameters,
): void {
  const free = freeByClass(fleet)
  const tasks = expectedTasks(fleet, history, free)
  const size = free.length
  const load = new Float64Array(size)
  const next = new Float64Array(size)
  prices.price.fill(0)
  for (let round = 0; round < parameters.rounds; round++) {
    pour(fleet, history, prices, { tasks, into: next })
    const share = 2 / (round + 2)
    for (let index = 0; index < size; index++) load[index]! += share * (next[index]! - load[index]!)
    priceLoad(free, load, prices)
  }
}

/** How many tasks of the history's mix would fill the free devices. */
function expectedTasks(fleet: Fleet, history: readonly WeightedDemand[], free: Float64Array): number {
  let devices = 0
  for (let nodeClass = 0; nodeClass < fleet.classes.length; nodeClass++) devices += free[nodeClass * RESOURCES]!
  const wanted = history.reduce(
    (sum, { demand, weight }) => sum + (weight * demand.task.devices * demand.task.deviceMilli) / 1000,
    0,
  )
  return wanted === 0 ? 0 : devices / wanted
}

function pour(
  fleet: Fleet,
  history: readonly WeightedDemand[],
  prices: ClassPrices,
  flow: { readonly tasks: number; readonly into: Float64Array },
): void {
  flow.into.fill(0)
  for (const entry of history) {
    let best = -1
    let least = Number.POSITIVE_INFINITY
    for (let nodeClass = 0; nodeClass < fleet.classes.length; nodeClass++) {
      if (entry.demand.devicesOn[nodeClass]! < 0) continue
      const cost = costOn(prices, entry, nodeClass)
      if (cost < least) {
        least = cost
        best = nodeClass
      }
    }
    if (best < 0) continue
    const amount = flow.tasks * entry.weight
    const at = best * RESOURCES
    flow.into[at]! += (amount * entry.demand.devicesOn[best]! * entry.demand.milliOn[best]!) / 1000
    flow.into[at + 1]! += amount * entry.demand.cpuMilli
    flow.into[at + 2]! += amount * entry.demand.memoryMib
  }
}

function priceLoad(free: Float64Array, load: Float64Array, prices: ClassPrices): void {
  for (let index = 0; index < free.length; index++) {
    const capacity = free[index]!
    const devices = free[index - (index % RESOURCES)]!
    if (capacity <= 0 || devices <= 0) {
      prices.load[index] = 0
      prices.price[index] = 0
      continue
    }
    const ratio = Math.min(1000, load[index]! / capacity)
    prices.load[index] = ratio
    prices.price[index] = (ratio * ratio * devices) / capacity
  }
}
