// Why a task goes where it goes, or nowhere: one line for every class of nodes, with what rules it out or how many of its
// nodes lack what, the best node and the parts of its score, and the prices of the class. Codes and values, no sentences.
import { accept, type Decision } from '../refusal.ts'
import { classReason, nodeFits, type ClassReason, type Demand } from './demand.ts'
import type { Fleet, NodeClass } from './fleet.ts'
import type { Placer } from './placer.ts'
import type { ScoreParts } from './priced.ts'
import { PRICED_RESOURCES } from './prices.ts'
import { checkTask, kindOf, type TaskKind, type TaskSpec } from './specs.ts'

/** How many nodes of a class lack what; a node may lack several things. */
export interface Lack {
  readonly cpu: number
  readonly memory: number
  readonly devices: number
}

export interface Candidate {
  readonly nodeClass: NodeClass
  /** rules the whole class out whatever its load */
  readonly excluded?: ClassReason
  /** nodes on which the task fits now, and what the others lack; only when the class is not excluded */
  readonly fitting: number
  readonly lack: Lack
  readonly bestNode?: string
  /** parts of the best node's score; only with the priced method */
  readonly parts?: ScoreParts
  /** devices per device, per 1,000 thousandths of a core and per GiB; only with the priced method */
  readonly prices?: { readonly device: number; readonly core: number; readonly gib: number }
}

export interface Explanation {
  /** the node that `place` would take now */
  readonly chosen?: string
  readonly candidates: readonly Candidate[]
}

/** Refuses `placement.bad_task`. Changes nothing, except that a strategy that draws at random draws. */
export function explain(placer: Placer, task: TaskSpec): Decision<Explanation, 'placement.bad_task'> {
  const checked = checkTask(task)
  if (!checked.ok) return checked
  const { fleet } = placer
  const demand = placer.demandOf(task)
  const chosen = placer.choose(demand)
  const candidates = fleet.classes.map((nodeClass) => candidateOf(placer, demand, nodeClass))
  return accept({ ...(chosen < 0 ? {} : { chosen: fleet.nodes[chosen]!.id }), candidates })
}

function candidateOf(placer: Placer, demand: Demand, nodeClass: NodeClass): Candidate {
  const { fleet, pricing } = placer
  const prices = pricing === undefined ? {} : { prices: pricesOf(pricing.prices.price, nodeClass.index) }
  const state = stateOf(fleet, demand, nodeClass)
  if (state.excluded !== undefined) return { ...state, ...prices }
  const { fitting, lack } = state
  const best = placer.choose(demand, { nodeClass: nodeClass.index })
  if (best < 0) return { nodeClass, fitting, lack, ...prices }
  const parts = pricing === undefined ? {} : { parts: pricing.parts(placer.row(demand), best) }
  return { nodeClass, fitting, lack, bestNode: fleet.nodes[best]!.id, ...parts, ...prices }
}

/** What rules a class out, or what its nodes lack; chooses nothing. */
function stateOf(
  fleet: Fleet,
  demand: Demand,
  nodeClass: NodeClass,
): Pick<Candidate, 'nodeClass' | 'excluded' | 'fitting' | 'lack'> {
  const excluded = classReason(demand.task, nodeClass)
  if (excluded === undefined) return { nodeClass, ...survey(fleet, demand, nodeClass) }
  return { nodeClass, excluded, fitting: 0, lack: { cpu: 0, memory: 0, devices: 0 } }
}

/** `no_such_chip`: no node has a chip of the task's set; `no_class`: none could host it even idle; else what ran out. */
export type FailureCode = 'no_such_chip' | 'no_class' | 'devices' | 'cpu' | 'memory'

export interface Failure {
  readonly code: FailureCode
  readonly kind: TaskKind
  /** the task's set of chips; empty for any */
  readonly chips: readonly string[]
  readonly candidates: readonly Pick<Candidate, 'nodeClass' | 'excluded' | 'fitting' | 'lack'>[]
}

/** Why a task that fits nowhere now does not fit: devices, unless nodes with free devices lack something else. */
export function explainFailure(placer: Placer, task: TaskSpec): Failure {
  const demand = placer.demandOf(task)
  const candidates = placer.fleet.classes.map((nodeClass) => stateOf(placer.fleet, demand, nodeClass))
  const chips = task.chips?.map(({ chip }) => chip) ?? []
  return { code: failureCode(candidates), kind: kindOf(task), chips, candidates }
}

function failureCode(candidates: Failure['candidates']): FailureCode {
  const open = candidates.filter(({ excluded }) => excluded === undefined)
  if (open.length === 0)
    return candidates.every(({ excluded }) => excluded === 'chip_not_in_set') ? 'no_such_chip' : 'no_class'
  const sum = (count: (candidate: Failure['candidates'][number]) => number): number =>
    open.reduce((total, candidate) => total + count(candidate), 0)
  if (sum(({ lack }) => lack.devices) === sum(({ nodeClass }) => nodeClass.nodes)) return 'devices'
  return sum(({ lack }) => lack.cpu) >= sum(({ lack }) => lack.memory) ? 'cpu' : 'memory'
}

export interface ClassPrice {
  readonly nodeClass: NodeClass
  /** devices per device, per 1,000 thousandths of a core and per GiB */
  readonly prices: NonNullable<Candidate['prices']>
}

/** The prices of every class now; empty but with the priced method. */
export function classPrices({ fleet, pricing }: Placer): ClassPrice[] {
  if (pricing === undefined) return []
  return fleet.classes.map((nodeClass) => ({
    nodeClass,
    prices: pricesOf(pricing.prices.price, nodeClass.index),
  }))
}

function survey(fleet: Fleet, demand: Demand, nodeClass: NodeClass): { fitting: number; lack: Lack } {
  const lack = { cpu: 0, memory: 0, devices: 0 }
  let fitting = 0
  for (let node = 0; node < fleet.nodes.length; node++) {
    if (fleet.classOf[node] !== nodeClass.index) continue
    if (nodeFits(fleet, demand, node)) {
      fitting++
      continue
    }
    const cpu = fleet.cpuFree[node]! < demand.cpuMilli
    const memory = fleet.memoryFree[node]! < demand.memoryMib
    if (cpu) lack.cpu++
    if (memory) lack.memory++
    if (!nodeFits(fleet, { ...demand, cpuMilli: 0, memoryMib: 0 }, node)) lack.devices++
  }
  return { fitting, lack }
}

function pricesOf(price: Float64Array, nodeClass: number): { device: number; core: number; gib: number } {
  const at = nodeClass * PRICED_RESOURCES
  return { device: price[at]!, core: price[at + 1]! * 1000, gib: price[at + 2]! * 1024 }
}
