// One new application, judged at once on a world that is loaded already: every detector whose findings an application can
// change runs on the index with the new rows laid over it, and looks only at what concerns the firm. What the population
// says (the threshold of chance links, fitted prices, the linkage model, boilerplate) is that of the last full run, and so
// are the findings of detectors that judge the whole population or read only what feeds bring later.
import { accept, refuse, type Decision } from '../refusal.ts'
import { detectors as allDetectors } from './detectors/index.ts'
import {
  scoreOf,
  supervise,
  type Finding,
  type FirmScore,
  type SuperviseOptions,
  type SupervisionReport,
} from './supervise.ts'
import { overlay } from './world/overlay.ts'
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
  | 'supervision.id_repeated'

export interface ApplicationReport extends FirmScore {
  /** everything that concerns the firm */
  readonly found: readonly Finding[]
  /** detectors whose findings are those of the last full run */
  readonly carried: readonly string[]
}

/**
 * @param index of the world; what is built on it for one application serves the next
 * @param last the report of a full run over the same world
 * @param rows of the application: only of `applicationTables`, with ids that the world does not have
 * @returns what a full run over both would find about the firm that applies, or `supervision.application_missing`,
 *   `supervision.application_table`, `supervision.id_repeated`
 */
export function superviseApplication(
  index: WorldIndex,
  last: SupervisionReport,
  rows: World,
  options: SuperviseOptions,
): Decision<ApplicationReport, ApplicationRefusal> {
  const firm = rows.applications?.[0]?.firm
  if (firm === undefined) return refuse('supervision.application_missing')
  for (const [table, own] of Object.entries(rows) as [TableName, readonly { id: string }[]][]) {
    if (!(applicationTables as readonly TableName[]).includes(table))
      return refuse('supervision.application_table', { table })
    const known = own.findIndex(
      ({ id }, place) => index.placeOf(table, id) >= 0 || own.findIndex((row) => row.id === id) < place,
    )
    if (known >= 0) return refuse('supervision.id_repeated', { table, line: known + 2, id: own[known]!.id })
  }
  const detectors = options.detectors ?? allDetectors
  const anew = detectors.filter(({ reach }) => reach === 'firm')
  const carried = new Set(detectors.filter(({ reach }) => reach !== 'firm').map(({ id }) => id))
  const run = supervise(overlay(index, rows, firm), { ...options, detectors: anew })
  const found = [
    ...run.findings.filter(({ firms }) => firms.includes(firm)),
    ...last.findings.filter(({ detector, firms }) => carried.has(detector) && firms.includes(firm)),
  ]
  return accept({ ...scoreOf(firm, found, options), found, carried: [...carried] })
}
