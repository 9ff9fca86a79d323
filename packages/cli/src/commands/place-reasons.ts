// Why tasks failed and what the classes cost, as `place` reports them: failures gathered by reason, kind and set of
// chips, each with the first task as its example and what every class of nodes lacked for it.
import {
  classPrices,
  explainFailure,
  type Failure,
  type NodeClass,
  type Placer,
  type TaskSpec,
} from '@suanquan/core/placement'

export interface ClassRow {
  readonly chip: string
  readonly devicesPerNode: number
  readonly cpuMilli: number
  readonly memoryMib: number
  readonly nodes: number
}

export interface PriceRow extends ClassRow {
  /** devices per device, per core and per GiB of memory */
  readonly device: number
  readonly core: number
  readonly gib: number
}

export interface FailureGroup extends Pick<Failure, 'code' | 'kind' | 'chips'> {
  readonly tasks: number
  /** the first of them, and the classes as it met them */
  readonly example: string
  readonly candidates: readonly (ClassRow & Omit<Failure['candidates'][number], 'nodeClass'>)[]
}

export interface FailureBook {
  readonly add: (task: TaskSpec) => void
  readonly groups: () => readonly FailureGroup[]
}

export function createFailureBook(placer: Placer): FailureBook {
  const groups = new Map<string, FailureGroup>()
  return {
    add: (task) => {
      const { code, kind, chips, candidates } = explainFailure(placer, task)
      const key = JSON.stringify([code, kind, chips])
      const known = groups.get(key)
      const shown = candidates.map(({ nodeClass, ...rest }) => ({ ...classOf(nodeClass), ...rest }))
      groups.set(
        key,
        known
          ? { ...known, tasks: known.tasks + 1 }
          : { code, kind, chips, tasks: 1, example: task.id, candidates: shown },
      )
    },
    groups: () => [...groups.values()].toSorted((left, right) => right.tasks - left.tasks),
  }
}

export function priceRows(placer: Placer): PriceRow[] {
  return classPrices(placer).map(({ nodeClass, prices }) => ({ ...classOf(nodeClass), ...prices }))
}

export function classOf({ example, nodes }: NodeClass): ClassRow {
  const { chip, devices, cpuMilli, memoryMib } = example
  return { chip, devicesPerNode: devices, cpuMilli, memoryMib, nodes }
}
