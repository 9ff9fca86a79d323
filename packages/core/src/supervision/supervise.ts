// One run of supervision over a world: every detector on its parameters, findings with the hashes of the rows they stand
// on, and for each firm a score 1 − Π(1 − wᵢsᵢ) with its band. It reads everything and touches nothing: people decide,
// and only the decisive clauses, deterministic predicates, may stop a payment by themselves. The band hold without one is
// advice to people.
import type { Day } from '../calendar/index.ts'
import { startOf } from '../calendar/index.ts'
import { assert } from '../assert.ts'
import { canonicalText, hex, utf8, type Hash } from '../canonical.ts'
import type { Detector, Parameters, Suspicion, Clause } from './detector.ts'
import { detectors as allDetectors } from './detectors/index.ts'
import type { StoredWorld } from './world/files.ts'
import type { RowRef, TableName, World } from './world/tables.ts'
import { indexWorld, type WorldIndex } from './world/world-index.ts'

export interface EvidenceRow extends RowRef {
  /** of the row as canonical text; '' where the row itself is missing from the world */
  readonly hash: string
}

export interface Evidence extends Omit<Clause, 'rows'> {
  readonly rows: readonly EvidenceRow[]
}

export interface Finding extends Omit<Suspicion, 'clauses'> {
  /** of detector, version, parameters, subject and evidence */
  readonly id: string
  readonly detector: string
  readonly version: number
  readonly parameters: Parameters
  /** may stop a payment by itself: one of its clauses is a deterministic predicate of the detector */
  readonly decisive: boolean
  readonly clauses: readonly Evidence[]
}

export type Standing =
  | {
      readonly detector: string
      readonly status: 'evaluated'
      /** rows of the table whose rows it judges, its first; with none nothing was examined */
      readonly examined: number
      /** tables it needs that are there without a row */
      readonly empty: readonly TableName[]
      readonly findings: number
      /** subjects that could not be judged, by what was missing */
      readonly undecided: Readonly<Record<string, number>>
    }
  | { readonly detector: string; readonly status: 'not_evaluable'; readonly missing: readonly TableName[] }

export type Band = 'none' | 'watch' | 'review' | 'hold'

export interface FirmScore {
  readonly firm: string
  readonly score: number
  readonly band: Band
  /** of each detector the strongest */
  readonly findings: readonly string[]
  /** findings in which a decisive clause stands: only these may stop a payment by themselves */
  readonly decisive: readonly string[]
}

export interface SupervisionReport {
  readonly findings: readonly Finding[]
  readonly standings: readonly Standing[]
  /** firms above band none, and all with a decisive clause, the highest score first */
  readonly firms: readonly FirmScore[]
}

export interface SuperviseOptions {
  readonly hash: Hash
  /**
   * only findings whose evidence holds something of this day or later, or nothing that is dated; firms are those that
   * one of them names, scored by all that is known of them
   */
  readonly since?: Day | undefined
  /** other parameters for some detectors, by detector: a back-test */
  readonly parameters?: Readonly<Record<string, Parameters>> | undefined
  /** other weights than the expert priors, by detector: after calibration */
  readonly weights?: Readonly<Record<string, number>> | undefined
  readonly detectors?: readonly Detector[] | undefined
  /** called after each detector */
  readonly after?: ((done: number) => void) | undefined
}

export const bands = { watch: 0.3, review: 0.6, hold: 0.85 } as const

export function supervise(
  world: World | StoredWorld | WorldIndex,
  options: SuperviseOptions,
): SupervisionReport {
  const index = 'where' in world ? (world as WorldIndex) : indexWorld(world as World | StoredWorld)
  checkOptions(options)
  const findings: Finding[] = []
  const older: Finding[] = []
  const standings: Standing[] = []
  const hashes = new Map<string, string>()
  for (const [done, detector] of (options.detectors ?? allDetectors).entries()) {
    options.after?.(done)
    const missing = detector.needs.filter((table) => !index.has(table))
    if (missing.length > 0) {
      standings.push({ detector: detector.id, status: 'not_evaluable', missing })
      continue
    }
    const parameters = { ...detector.parameters, ...options.parameters?.[detector.id] }
    const undecided: Record<string, number> = {}
    const suspicions: Suspicion[] = []
    detector.detect(index, parameters, {
      suspect: (suspicion) => suspicions.push(suspicion),
      undecided: (_, what) => (undecided[what] = (undecided[what] ?? 0) + 1),
    })
    const before = findings.length
    for (const suspicion of suspicions) {
      const recent = !options.since || touches(index, suspicion, options.since)
      const finding = findingOf(index, { detector, parameters, suspicion }, options.hash, hashes)
      ;(recent ? findings : older).push(finding)
    }
    standings.push({
      detector: detector.id,
      status: 'evaluated',
      examined: sizeOf(index, detector.needs[0]!),
      empty: detector.needs.filter((table) => sizeOf(index, table) === 0),
      findings: findings.length - before,
      undecided,
    })
  }
  const named = new Set(findings.flatMap(({ firms }) => firms))
  const firms = scores([...findings, ...older], options).filter(({ firm }) => named.has(firm))
  return { findings, standings, firms }
}

export function sizeOf(index: WorldIndex, table: TableName): number {
  return (index.columns(table)?.size ?? 0) + (index.base === undefined ? 0 : index.added(table).length)
}

/** A weight or a parameter that no detector has, or that is no number where one is wanted, would change nothing unseen. */
function checkOptions({ weights = {}, parameters = {} }: SuperviseOptions): void {
  for (const [id, weight] of Object.entries(weights)) {
    assert(
      allDetectors.some((detector) => detector.id === id),
      `no detector is called ${id}`,
    )
    assert(weight >= 0 && weight <= 1, `the weight of ${id} is a part of one`)
  }
  for (const [id, own] of Object.entries(parameters)) {
    const detector = allDetectors.find((one) => one.id === id)
    assert(detector !== undefined, `no detector is called ${id}`)
    for (const [name, value] of Object.entries(own)) {
      assert(typeof value === typeof detector.parameters[name], `${id} has a parameter ${name} of this type`)
      assert(typeof value !== 'number' || Number.isFinite(value), `${name} of ${id} is a finite number`)
    }
  }
}

interface Raised {
  readonly detector: Detector
  readonly parameters: Parameters
  readonly suspicion: Suspicion
}

function findingOf(world: WorldIndex, raised: Raised, hash: Hash, hashes: Map<string, string>): Finding {
  const { detector, parameters, suspicion } = raised
  const clauses = suspicion.clauses.map((clause) => ({
    ...clause,
    rows: clause.rows.map((row) => ({ ...row, hash: rowHash(world, row, hash, hashes) })),
  }))
  const body = {
    detector: detector.id,
    version: detector.version,
    parameters,
    ...suspicion,
    clauses,
    decisive: clauses.some(({ code }) => detector.decisive.includes(code)),
  }
  return { id: hex(hash(utf8(canonicalText(body)))).slice(0, 32), ...body }
}

function rowHash(world: WorldIndex, { table, id }: RowRef, hash: Hash, known: Map<string, string>): string {
  const key = `${table} ${id}`
  let found = known.get(key)
  if (found === undefined) {
    const row = world.record(table, id)
    found = row === undefined ? '' : hex(hash(utf8(canonicalText(row))))
    known.set(key, found)
  }
  return found
}

/** The score of every firm that a finding names. */
function scores(findings: readonly Finding[], options: SuperviseOptions): FirmScore[] {
  const byFirm = new Map<string, Finding[]>()
  for (const finding of findings) {
    for (const firm of finding.firms) {
      const own = byFirm.get(firm)
      if (own) own.push(finding)
      else byFirm.set(firm, [finding])
    }
  }
  return [...byFirm]
    .map(([firm, own]) => scoreOf(firm, own, options))
    .filter(({ band, decisive }) => band !== 'none' || decisive.length > 0)
    .sort((a, b) => b.score - a.score || (a.firm < b.firm ? -1 : 1))
}

/** The score of a firm from the findings that name it: of each detector its strongest finding counts once. */
export function scoreOf(firm: string, findings: readonly Finding[], options: SuperviseOptions): FirmScore {
  const weights = new Map(
    (options.detectors ?? allDetectors).map(({ id, weight }) => [id, options.weights?.[id] ?? weight]),
  )
  const strongest = new Map<string, Finding>()
  for (const finding of findings) {
    const known = strongest.get(finding.detector)
    if (known === undefined || finding.severity > known.severity) strongest.set(finding.detector, finding)
  }
  const own = [...strongest.values()]
  const score = noisyOr(own.map((finding) => weights.get(finding.detector)! * finding.severity))
  const decisive = findings.filter((finding) => finding.decisive).map(({ id }) => id)
  return { firm, score, band: bandOf(score), findings: own.map(({ id }) => id), decisive }
}

/** The chance that at least one of independent signals is right. */
export function noisyOr(signals: readonly number[]): number {
  return 1 - signals.reduce((rest, signal) => rest * (1 - Math.min(1, Math.max(0, signal))), 1)
}

export function bandOf(score: number): Band {
  if (score > bands.hold) return 'hold'
  if (score > bands.review) return 'review'
  return score >= bands.watch ? 'watch' : 'none'
}

const DAY_COLUMNS = ['issuedOn', 'signedOn', 'redeemedOn', 'registeredOn', 'on'] as const
const MOMENT_COLUMNS = ['at', 'handedInAt', 'decidedAt', 'startsAt'] as const

/** Whether something of the evidence happened on the day or later, or nobody can say when it did. */
function touches(world: WorldIndex, suspicion: Suspicion, since: Day): boolean {
  const from = startOf(since)
  const rows = [suspicion.subject, ...suspicion.clauses.flatMap((clause) => clause.rows)]
  let dated = false
  for (const { table, id } of rows) {
    const row = world.find(table, id) as Readonly<Record<string, unknown>> | undefined
    if (row === undefined) continue
    for (const column of [...DAY_COLUMNS, ...MOMENT_COLUMNS]) {
      const value = row[column]
      if (value === null || value === undefined) continue
      dated = true
      if (typeof value === 'string' ? value >= since : (value as number) >= from) return true
    }
  }
  return !dated
}
