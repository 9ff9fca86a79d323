// Examples of rules, and the proof that they hold every clause: take a clause out of what a detector reports and one of
// the examples must fail. For tests; the runner is an argument.
import { assert } from '../assert.ts'
import type { Detector, Parameters, Suspicion } from './detector.ts'
import { detectors } from './detectors/index.ts'
import { supervise, type Finding } from './supervise.ts'
import { blankRow } from './world/blank-row.ts'
import type { Row, TableName, World } from './world/tables.ts'

export type Rows = { [Name in TableName]?: readonly Partial<Row<Name>>[] }

export interface Examples {
  /** a test that may be run again without a clause */
  readonly example: (name: string, run: () => void) => void
  /** what a detector finds in a world of these rows; all its tables are there, if only empty */
  readonly found: (id: string, rows: Rows, parameters?: Parameters) => readonly Finding[]
  /** the codes of the clauses that it finds, each once, in order */
  readonly codes: (id: string, rows: Rows, parameters?: Parameters) => string[]
  /** the detectors and the clauses that came up so far, as `D01 same_person` */
  readonly clauses: () => readonly string[]
  /** those of them that no example misses */
  readonly unmissed: () => readonly string[]
}

export function newExamples(test: (name: string, run: () => void) => void): Examples {
  const all: { readonly run: () => void; readonly seen: Set<string> }[] = []
  let seen = new Set<string>()
  let without: string | undefined
  return { example, found, codes, clauses, unmissed }

  function example(name: string, holds: () => void): void {
    const one = { run: holds, seen: new Set<string>() }
    all.push(one)
    test(name, () => {
      seen = one.seen
      one.run()
    })
  }

  function found(id: string, rows: Rows, parameters: Parameters = {}): readonly Finding[] {
    const detector = detectors.find((one) => one.id === id)!
    return run(watched(detector, keeps), rows, parameters)
  }

  function keeps(clause: string): boolean {
    seen.add(clause)
    return clause !== without
  }

  function codes(id: string, rows: Rows, parameters: Parameters = {}): string[] {
    const own = found(id, rows, parameters).flatMap((finding) => finding.clauses.map(({ code }) => code))
    return [...new Set(own)].sort()
  }

  function clauses(): readonly string[] {
    return [...new Set(all.flatMap((one) => [...one.seen]))].sort()
  }

  function unmissed(): readonly string[] {
    return clauses().filter((clause) => {
      const fails = all.some((one) => one.seen.has(clause) && failsWithout(clause, one.run))
      return !fails
    })
  }

  function failsWithout(clause: string, holds: () => void): boolean {
    without = clause
    seen = new Set()
    try {
      holds()
      return false
    } catch {
      return true
    } finally {
      without = undefined
    }
  }
}

function run(detector: Detector, rows: Rows, parameters: Parameters): readonly Finding[] {
  const world: Record<string, unknown> = Object.fromEntries(detector.needs.map((table) => [table, []]))
  for (const [table, some] of Object.entries(rows) as [TableName, readonly Partial<Row<TableName>>[]][])
    world[table] = some.map((row, index) => blankRow(table, { id: `${table}${index}`, ...row } as never))
  const report = supervise(world as World, {
    hash: (bytes) => bytes.slice(-32),
    detectors: [detector],
    parameters: { [detector.id]: parameters },
  })
  assert(report.standings[0]!.status === 'evaluated', 'an example has every source')
  for (const { clauses } of report.findings)
    for (const { rows: evidence } of clauses) assert(evidence.length > 0, 'every clause has a row')
  return report.findings
}

/** The detector without the clauses that are not kept. */
function watched(detector: Detector, keeps: (clause: string) => boolean): Detector {
  const less = (suspicion: Suspicion): Suspicion => ({
    ...suspicion,
    clauses: suspicion.clauses.filter(({ code }) => keeps(`${detector.id} ${code}`)),
  })
  return {
    ...detector,
    detect: (world, parameters, report) =>
      detector.detect(world, parameters, {
        ...report,
        suspect: (suspicion) => {
          const left = less(suspicion)
          if (left.clauses.length > 0) report.suspect(left)
        },
      }),
  }
}
