// What supervision reaches and what it costs. `npm run bench supervision [-- targets|authors|speed|all]`.
// targets: small worlds of each difficulty on seeds that follow from the detectors' sources; authors: the same with the
// schemes of both authors, reported apart, because high rates on one's own schemes say little; speed: one world of 100,000
// firms, a million payments and 100,000 contracts, each detector by itself, memory, and the files of the world read.
import { createHash } from 'node:crypto'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cpus, loadavg, tmpdir } from 'node:os'

import {
  authors,
  classes,
  generateWorld,
  generatorHash,
  measure,
  reachTogether,
  schemeKinds,
  together,
  type Difficulty,
  type Measured,
  type Reach,
  type SchemeKind,
} from '@suanquan/city'
import {
  detectors,
  indexWorld,
  fileOf,
  readWorld,
  supervise,
  superviseApplication,
  tableNames,
  writeTable,
  type Finding,
  type SupervisionReport,
  type TableName,
  type World,
  type WorldIndex,
} from '@suanquan/core/supervision'

const asked = process.argv[2] ?? 'all'
const difficulties = ['easy', 'medium', 'hard'] as const
const hash = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()
const sources = sourcesHash(join(process.cwd(), '../../packages/core/src/supervision'))
const results: Record<string, unknown> = {
  generatorHash,
  sources,
  node: process.version,
  cpu: cpus()[0]?.model,
  load: loadavg(),
}
console.log(`generator ${generatorHash.slice(0, 16)}, detectors ${sources.slice(0, 16)}`)
if (asked === 'make') make(process.argv[3]!)
else {
  if (['all', 'targets'].includes(asked)) results['targets'] = difficulties.map(targets)
  if (['all', 'targets', 'authors'].includes(asked)) results['authors'] = difficulties.map(byAuthor)
  if (['all', 'speed'].includes(asked)) results['speed'] = speed()
  mkdirSync('results', { recursive: true })
  writeFileSync('results/supervision.json', `${JSON.stringify(results, undefined, 2)}\n`)
}

function targets(difficulty: Difficulty): object {
  const runs: Measured[] = []
  for (let index = 0; index < 6; index++) {
    const { world, schemes } = generateWorld({
      level: 'small',
      difficulty,
      seed: `${sources.slice(0, 16)}/${index}`,
      authors: 'own',
    })
    runs.push(measure(world, schemes, supervise(world, { hash })))
  }
  const sum = (name: 'honest' | 'honestInReview' | 'prArea'): number =>
    runs.reduce((total, run) => total + run[name], 0)
  const area = sum('prArea') / runs.length
  const accused = (1000 * sum('honestInReview')) / sum('honest')
  console.log(
    `${difficulty}: area ${area.toFixed(3)}, honest firms in review ${accused.toFixed(2)} per 1,000`,
  )
  const rows: Record<string, object> = {}
  const sets = { ...classes, ...Object.fromEntries(detectors.map(({ id }) => [id, [id]])) }
  for (const [name, ids] of Object.entries(sets)) {
    const rates = together(runs.flatMap(({ byDetector }) => ids.map((id) => byDetector[id]!)))
    if (rates.expected === 0 && rates.findings === 0) continue
    rows[name] = {
      ...rates,
      precision: Number(rates.precision.toFixed(3)),
      recall: Number(rates.recall.toFixed(3)),
    }
  }
  console.table(rows)
  return { difficulty, area, accused, rows }
}

/** What is reached of the schemes of each author, and of each kind of the independent one. */
function byAuthor(difficulty: Difficulty): object {
  const runs = Array.from({ length: 6 }, (_, index) => {
    const { world, schemes } = generateWorld({
      level: 'small',
      difficulty,
      seed: `${sources.slice(0, 16)}/${index}`,
    })
    const report = supervise(world, { hash })
    const kinds = new Map(schemes.map((scheme) => [scheme.kind, scheme.author]))
    const ofKind = (kind: string): Reach =>
      measure(
        world,
        schemes.filter((scheme) => scheme.kind === kind),
        report,
      ).byAuthor.independent
    const apart = [...kinds].filter(([, author]) => author === 'independent')
    const measured = measure(world, schemes, report)
    return { measured, kinds: Object.fromEntries(apart.map(([kind]) => [kind, ofKind(kind)])) }
  })
  const rows: Record<string, ReturnType<typeof reachTogether>> = {}
  for (const author of authors)
    rows[author] = reachTogether(runs.map(({ measured }) => measured.byAuthor[author]))
  for (const kind of Object.keys(runs[0]!.kinds))
    rows[`${kind} ${schemeKinds[kind as SchemeKind].name}`] = reachTogether(
      runs.map(({ kinds }) => kinds[kind]!),
    )
  const sum = (name: 'honest' | 'honestInReview'): number =>
    runs.reduce((total, { measured }) => total + measured[name], 0)
  const accused = (1000 * sum('honestInReview')) / sum('honest')
  console.log(`${difficulty}, both authors: honest firms in review ${accused.toFixed(2)} per 1,000`)
  console.table(rows)
  return { difficulty, accused, rows }
}

/** The world is made by another process and read from its files, so that memory is what supervision alone needs. */
function speed(): object {
  const folder = mkdtempSync(join(tmpdir(), 'supervision-'))
  spawnSync(process.execPath, [process.argv[1]!, 'make', folder], { stdio: 'inherit' })
  const [read, readCost] = measured(() => readWorld((file) => bytesOf(join(folder, file))))
  rmSync(folder, { recursive: true })
  if (!read.ok) throw new Error(read.refusal.code)
  const index = indexWorld(read.value)
  const each: Record<string, number> = {}
  const findings: Finding[] = []
  let [seconds, cpuSeconds] = [0, 0]
  for (const detector of detectors) {
    const [report, cost] = measured(() => supervise(index, { hash, detectors: [detector] }))
    each[detector.id] = Math.round(1000 * cost.seconds)
    findings.push(...report.findings)
    seconds += cost.seconds
    cpuSeconds += cost.cpuSeconds
  }
  const result = {
    rows: Object.fromEntries(tableNames.map((table) => [table, read.value[table]?.size ?? 0])),
    findings: findings.length,
    /** files to tables, the disk's part included */
    reading: readCost,
    /** tables to findings with their evidence, every index included: what the 20 seconds are about */
    detection: { seconds, cpuSeconds },
    load: loadavg(),
    maxRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
    applications: applications(index, { findings, standings: [], firms: [] }),
    each,
  }
  console.table(each)
  console.log({ ...result, each: undefined })
  return result
}

/** New applications on the loaded world: every other one of a firm that is new, with the contacts of a known one. */
function applications(index: WorldIndex, last: SupervisionReport): object {
  const known = index.columns('applications')!
  const wanted = 400
  const times: number[] = []
  let found = 0
  for (let place = 0; place < wanted; place++) {
    const model = known.row(Math.floor((place * known.size) / wanted)).id
    const rows = likeApplication(index, model, { suffix: `-again-${place}`, newFirm: place % 2 === 1 })
    const [report, cost] = measured(() => superviseApplication(index, last, rows, { hash }))
    if (!report.ok) throw new Error(report.refusal.code)
    found += report.value.found.length
    times.push(1000 * cost.seconds)
  }
  const [first, ...others] = times
  others.sort((a, b) => a - b)
  const at = (share: number): number => Number(others[Math.floor(share * (others.length - 1))]!.toFixed(2))
  return {
    count: others.length,
    findings: found,
    /** builds what only applications need: bands of contracts, pictures, blocks of names */
    firstMilliseconds: Math.round(first!),
    milliseconds: { p50: at(0.5), p95: at(0.95), p99: at(0.99), most: at(1) },
    maxRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
  }
}

/** The rows of an application once more, under other ids. */
function likeApplication(
  index: WorldIndex,
  id: string,
  { suffix, newFirm }: { readonly suffix: string; readonly newFirm: boolean },
): World {
  const fresh: Record<string, object[]> = {}
  const application = index.find('applications', id)!
  const firm = newFirm ? `${application.firm}${suffix}` : application.firm
  const put = (table: TableName, of: string, change: object): void => {
    const row = index.record(table, of) as { id: string }
    ;(fresh[table] ??= []).push({ ...row, id: `${of}${suffix}`, ...change })
  }
  put('applications', id, { firm })
  for (const document of index.where('documents', 'application', id))
    put('documents', document.id, { application: `${id}${suffix}` })
  for (const voucher of index.where('vouchers', 'application', id)) {
    put('vouchers', voucher.id, { application: `${id}${suffix}`, firm })
    for (const contract of index.where('contracts', 'voucher', voucher.id))
      put('contracts', contract.id, { voucher: `${voucher.id}${suffix}`, applicant: firm })
  }
  if (newFirm) {
    put('firms', application.firm, { id: firm })
    for (const role of index.where('roles', 'firm', application.firm)) put('roles', role.id, { firm })
    for (const contact of index.where('contacts', 'firm', application.firm))
      put('contacts', contact.id, { firm })
  }
  return fresh as World
}

/** The bytes of a file without a copy. */
function bytesOf(path: string): Uint8Array {
  const { buffer, byteOffset, length } = readFileSync(path)
  return new Uint8Array(buffer, byteOffset, length)
}

function make(folder: string): void {
  const { world } = generateWorld({ level: 'bench', difficulty: 'medium', seed: sources.slice(0, 16) })
  for (const table of tableNames)
    writeFileSync(join(folder, fileOf(table)), writeTable(table, world[table] ?? []))
}

interface Cost {
  readonly seconds: number
  /** of all threads, garbage collection included: what is left of a busy machine's noise */
  readonly cpuSeconds: number
}

function measured<Value>(run: () => Value): [Value, Cost] {
  const [from, cpu] = [performance.now(), process.cpuUsage()]
  const value = run()
  const { user, system } = process.cpuUsage(cpu)
  return [value, { seconds: (performance.now() - from) / 1000, cpuSeconds: (user + system) / 1e6 }]
}

function sourcesHash(folder: string): string {
  const digest = createHash('sha256')
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted())
    if (name.endsWith('.ts') && !name.endsWith('.test.ts'))
      digest.update(name).update(readFileSync(join(folder, name)))
  return digest.digest('hex')
}
