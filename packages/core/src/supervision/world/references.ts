// Ids that point at rows that are not there. A world that lost rows still runs: what points nowhere is counted and named,
// so that nobody takes a hollow world for a clean one. A table that is absent is a missing source and counts nothing here.
import type { RowRef, TableName, World } from './tables.ts'
import { tableNames } from './tables.ts'
import type { WorldIndex } from './world-index.ts'

type References = { readonly [Name in TableName]?: Readonly<Record<string, readonly TableName[]>> }

/** For each table its columns of ids, and the tables one of which has the row. */
const references: References = {
  roles: { holder: ['persons', 'firms'], firm: ['firms'] },
  contacts: { firm: ['firms'] },
  accounts: { holder: ['firms', 'persons'] },
  applications: { programme: ['programmes'], firm: ['firms'] },
  vouchers: { application: ['applications'], programme: ['programmes'], firm: ['firms'] },
  contracts: { programme: ['programmes'], voucher: ['vouchers'], applicant: ['firms'], provider: ['firms'] },
  operators: { contract: ['contracts'], firm: ['firms'] },
  invoices: {
    seller: ['firms', 'persons'],
    buyer: ['firms', 'persons'],
    redLetterOf: ['invoices'],
    contract: ['contracts'],
  },
  payments: { fromAccount: ['accounts'], toAccount: ['accounts'], contract: ['contracts'] },
  redemptions: { voucher: ['vouchers'], contract: ['contracts'], redeemer: ['firms'] },
  grants: { firm: ['firms'] },
  usage: { contract: ['contracts'], device: ['devices'] },
  samples: { usage: ['usage'] },
  devices: { provider: ['firms'] },
  documents: { application: ['applications'] },
  quotes: { contract: ['contracts'] },
  decisions: { application: ['applications'] },
  sanctions: { firm: ['firms'] },
  audits: { voucher: ['vouchers'] },
}

export interface Dangling {
  readonly table: TableName
  readonly column: string
  /** where the row should be */
  readonly to: readonly TableName[]
  /** rows that point nowhere */
  readonly rows: number
  /** different ids that are not there */
  readonly ids: number
  /** the first of them */
  readonly example: string
}

/** What points nowhere, by table and column. */
export function danglingOf(world: WorldIndex): readonly Dangling[] {
  return tableNames.flatMap((table) =>
    Object.entries(references[table] ?? {}).flatMap(([column, to]) =>
      danglingIn(world, { table, column, to }),
    ),
  )
}

interface Reference {
  readonly table: TableName
  readonly column: string
  readonly to: readonly TableName[]
}

function danglingIn(world: WorldIndex, { table, column, to }: Reference): Dangling[] {
  const own = world.columns(table)
  const targets = to.map((name) => world.columns(name))
  if (own === undefined || targets.includes(undefined)) return []
  const groups = own.by(column as 'id')
  let [rows, ids] = [0, 0]
  let example = ''
  for (let group = 0; group < groups.groups; group++) {
    const id = groups.valueOf(group)
    if (targets.some((target) => target!.placeOf(id) >= 0)) continue
    rows += groups.nth(group).length
    ids += 1
    if (example === '') example = world.texts.textOf(id)
  }
  return rows === 0 ? [] : [{ table, column, to, rows, ids, example }]
}

/** The first of some added rows that points at nothing in the world or among them. */
export function firstDangling(
  world: WorldIndex,
  rows: World,
): (RowRef & { readonly column: string; readonly to: readonly TableName[] }) | undefined {
  for (const [table, own] of Object.entries(rows) as [
    TableName,
    readonly Readonly<Record<string, unknown>>[],
  ][])
    for (const [column, to] of Object.entries(references[table] ?? {})) {
      const known = (id: string, name: TableName): boolean =>
        world.placeOf(name, id) >= 0 || (rows[name] ?? []).some((row) => row.id === id)
      if (!to.every((name) => world.has(name) || rows[name] !== undefined)) continue
      for (const row of own) {
        const id = row[column]
        if (typeof id === 'string' && !to.some((name) => known(id, name))) return { table, column, to, id }
      }
    }
  return undefined
}
