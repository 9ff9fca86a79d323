// OpenB's columns (Alibaba's public GPU-sharing trace), so that any cluster and task list written that way can be
// measured: nodes as `sn,cpu_milli,memory_mib,gpu,model`, tasks as `name,cpu_milli,memory_mib,num_gpu,gpu_milli` with
// an optional `gpu_spec` (models parted by |, empty for any) and `creation_time`, by which the tasks are put in order.
import { accept, refuse, type Decision } from '../refusal.ts'
import { checkNode, checkTask, type NodeSpec, type TaskSpec } from './specs.ts'

export type TableRefusal =
  | 'placement.missing_column'
  | 'placement.empty_table'
  | 'placement.duplicate_id'
  | 'placement.bad_node'
  | 'placement.bad_task'

type Row = Readonly<Record<string, string>>

/** Refuses `placement.missing_column`, `empty_table`, `duplicate_id` and what `checkNode` refuses. */
export function readNodes(csv: string): Decision<readonly NodeSpec[], TableRefusal> {
  return readTable(csv, ['sn', 'cpu_milli', 'memory_mib', 'gpu', 'model'], (row) =>
    checkNode({
      id: row['sn']!,
      chip: Number(row['gpu']) > 0 ? row['model']! : '',
      devices: quantity(row['gpu']),
      cpuMilli: quantity(row['cpu_milli']),
      memoryMib: quantity(row['memory_mib']),
    }),
  )
}

/** Tasks in the order of their creation, then of their ids, whatever the order of the rows. Refuses as `readNodes` does, with what `checkTask` refuses. */
export function readTasks(csv: string): Decision<readonly TaskSpec[], TableRefusal> {
  const created = new Map<string, number>()
  const tasks = readTable(csv, ['name', 'cpu_milli', 'memory_mib', 'num_gpu', 'gpu_milli'], (row) => {
    const devices = quantity(row['num_gpu'])
    created.set(row['name']!, Number(row['creation_time'] ?? 0) || 0)
    // Some rows of the trace name a model twice.
    const models = [...new Set((row['gpu_spec'] ?? '').split('|'))].filter((model) => model !== '')
    return checkTask({
      id: row['name']!,
      cpuMilli: quantity(row['cpu_milli']),
      memoryMib: quantity(row['memory_mib']),
      devices,
      deviceMilli: devices === 0 ? 0 : quantity(row['gpu_milli']),
      ...(models.length > 0 ? { chips: models.map((chip) => ({ chip, efficiencyMilli: 1000 })) } : {}),
    })
  })
  if (!tasks.ok) return tasks
  const place = ({ id }: TaskSpec): number => created.get(id)!
  return accept(
    [...tasks.value].sort((left, right) => place(left) - place(right) || (left.id < right.id ? -1 : 1)),
  )
}

/** Empty or odd text is NaN, which every check refuses. */
function quantity(text: string | undefined): number {
  return text === undefined || text.trim() === '' ? Number.NaN : Number(text)
}

function readTable<Item extends { readonly id: string }>(
  csv: string,
  columns: readonly string[],
  read: (row: Row) => Decision<Item, TableRefusal>,
): Decision<readonly Item[], TableRefusal> {
  const lines = csv
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line !== '')
  const header = (lines[0] ?? '').split(',')
  const missing = columns.find((column) => !header.includes(column))
  if (missing !== undefined) return refuse('placement.missing_column', { column: missing })
  if (lines.length === 1) return refuse('placement.empty_table')
  const items: Item[] = []
  const ids = new Set<string>()
  for (const line of lines.slice(1)) {
    const cells = line.split(',')
    const item = read(Object.fromEntries(header.map((name, index) => [name, cells[index] ?? ''])))
    if (!item.ok) return item
    if (ids.has(item.value.id)) return refuse('placement.duplicate_id', { id: item.value.id })
    ids.add(item.value.id)
    items.push(item.value)
  }
  return accept(items)
}
