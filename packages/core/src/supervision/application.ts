// One new application, judged at once on a world that is loaded already: every detector whose findings an application can
// change runs on the index with the new rows laid over it, and looks only at what concerns the firm. What the population
// says (the threshold of chance links, fitted prices, the linkage model, boilerplate) is that of the last full run, and so
// are the findings of detectors that judge the whole population or read only what feeds bring later.
import { canonicalText } from '../canonical.ts'
import { accept, refuse, type Decision } from '../refusal.ts'
import { detectors as allDetectors } from './detectors/index.ts'
import {
  scoreOf,
  supervise,
  type Finding,
  type FirmScore,
  type Standing,
  type SuperviseOptions,
  type SupervisionReport,
} from './supervise.ts'
import { contractsAsked, rowsOfContractsAsked, vouchersAsked } from './world/asked.ts'
import { faultOfRow } from './world/check-row.ts'
import { overlay } from './world/overlay.ts'
import { firstDangling } from './world/references.ts'
import type { TableName, World } from './world/tables.ts'
import type { WorldIndex } from './world/world-index.ts'

/** The tables that an application brings rows of. */
export const applicationTables = [
  'firms',
  'persons',
  'roles',
  'contacts',
  'applications',
  'vouchers',
  'contracts',
  'operators',
  'documents',
  'quotes',
] as const satisfies readonly TableName[]

export type ApplicationRefusal =
  | 'supervision.application_missing'
  | 'supervision.application_table'
  | 'supervision.value_invalid'
  | 'supervision.application_firms'
  | 'supervision.firm_unknown'
  | 'supervision.reference_unknown'
  | 'supervision.id_repeated'
  | 'supervision.row_differs'

/** How a detector stands about one application: judged on its rows, or as the last full run left it. */
export type ApplicationStanding = Standing & { readonly from: 'application' | 'last_run' }

export interface ApplicationReport extends FirmScore {
  /** everything that concerns the firm */
  readonly found: readonly Finding[]
  /**
   * every detector; of one judged anew, `examined` counts what the firm has of what it judges, of one of the last run
   * what that run examined; `findings` are those about the firm
   */
  readonly standings: readonly ApplicationStanding[]
  /** rows that the world had already; an application of which it has all is judged as in the last full run */
  readonly known: number
}

/**
 * @param index of the world; what is built on it for one application serves the next
 * @param last the report of a full run over the same world
 * @param rows of the application: only of `applicationTables`, of one firm, pointing at what the world or the
 *   application has; rows that the world has already, word for word, are left out
 * @returns what a full run over both would find about the firm that applies, or `supervision.application_missing`,
 *   `supervision.application_table`, `supervision.value_invalid`, `supervision.application_firms`, `supervision.firm_unknown`,
 *   `supervision.reference_unknown`, `supervision.id_repeated`, `supervision.row_differs`
 */
export function superviseApplication(
  index: WorldIndex,
  last: SupervisionReport,
  rows: World,
  options: SuperviseOptions,
): Decision<ApplicationReport, ApplicationRefusal> {
  const fresh = checkRows(index, rows)
  if (!fresh.ok) return fresh
  const { firm, added, known } = fresh.value
  const unchanged = Object.keys(added).length === 0
  const detectors = options.detectors ?? allDetectors
  const anew = unchanged ? [] : detectors.filter(({ reach }) => reach === 'firm')
  const carried = new Set(detectors.filter((detector) => !anew.includes(detector)).map(({ id }) => id))
  const world = overlay(index, added, firm)
  const run = supervise(world, { ...options, detectors: anew })
  const found = [
    ...run.findings.filter(({ firms }) => firms.includes(firm)),
    ...last.findings.filter(({ detector, firms }) => carried.has(detector) && firms.includes(firm)),
  ]
  const standings = detectors.flatMap(({ id, needs }): ApplicationStanding[] => {
    const from = carried.has(id) ? 'last_run' : 'application'
    const standing = (from === 'last_run' ? last : run).standings.find(({ detector }) => detector === id)
    if (standing === undefined) return []
    if (standing.status === 'not_evaluable') return [{ ...standing, from }]
    const findings = found.filter(({ detector }) => detector === id).length
    const examined = from === 'last_run' ? standing.examined : rowsAbout(world, needs[0]!, firm)
    return [{ ...standing, examined, findings, from }]
  })
  return accept({ ...scoreOf(firm, found, options), found, standings, known })
}

interface Fresh {
  readonly firm: string
  readonly added: World
  readonly known: number
}

/** The rows that are new, all of one firm and pointing somewhere. */
function checkRows(index: WorldIndex, rows: World): Decision<Fresh, ApplicationRefusal> {
  const malformed = malformedRow(rows)
  if (malformed !== undefined) return malformed
  const [firm, ...others] = new Set((rows.applications ?? []).map((application) => application.firm))
  if (firm === undefined) return refuse('supervision.application_missing')
  if (others.length > 0)
    return refuse('supervision.application_firms', { firms: [firm, ...others].join(' ') })
  const added: Partial<Record<TableName, readonly Identified[]>> = {}
  let known = 0
  for (const [table, own] of Object.entries(rows) as [TableName, readonly Identified[]][]) {
    const seen = new Set<string>()
    const fresh: Identified[] = []
    for (const [place, row] of own.entries()) {
      const named = { table, line: place + 2, id: row.id }
      if (seen.has(row.id)) return refuse('supervision.id_repeated', named)
      seen.add(row.id)
      const before = index.record(table, row.id)
      if (before === undefined) fresh.push(row)
      else if (canonicalText(before) !== canonicalText(row)) return refuse('supervision.row_differs', named)
      else known += 1
    }
    if (fresh.length > 0) added[table] = fresh
  }
  const isFirm = (rows.firms ?? []).some(({ id }) => id === firm) || index.placeOf('firms', firm) >= 0
  if (!isFirm && index.has('firms')) return refuse('supervision.firm_unknown', { firm })
  const dangling = firstDangling(index, rows)
  if (dangling === undefined) return accept({ firm, added: added as World, known })
  const { table, column, id, to } = dangling
  return refuse('supervision.reference_unknown', { table, column, id, to: to.join(' ') })
}

/** Rows come from outside: a table that no application has, or what is no row of its table, is named with its line. */
function malformedRow(
  rows: World,
): Decision<never, 'supervision.application_table' | 'supervision.value_invalid'> | undefined {
  for (const [table, own] of Object.entries(rows) as [TableName, unknown][]) {
    if (!(applicationTables as readonly TableName[]).includes(table))
      return refuse('supervision.application_table', { table })
    if (!Array.isArray(own))
      return refuse('supervision.value_invalid', { table, line: 1, column: 'id', text: typeof own })
    for (const [place, row] of (own as readonly unknown[]).entries()) {
      const fault = faultOfRow(table, row)
      if (fault !== undefined)
        return refuse('supervision.value_invalid', { table, line: place + 2, ...fault })
    }
  }
  return undefined
}

interface Identified {
  readonly id: string
}

/** What the firm has of the rows that a detector judges. */
function rowsAbout(world: WorldIndex, table: TableName, firm: string): number {
  switch (table) {
    case 'firms':
      return world.count('firms', 'id', firm)
    case 'contracts':
      return contractsAsked(world).length
    case 'quotes':
    case 'redemptions':
      return rowsOfContractsAsked(world, table).length
    case 'documents':
      return world
        .where('applications', 'firm', firm)
        .reduce((sum, { id }) => sum + world.count('documents', 'application', id), 0)
    case 'vouchers':
      return vouchersAsked(world).length
    default:
      return world.rows(table).length
  }
}
