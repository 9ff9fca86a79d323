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
  tableNames,
  writeTable,
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
  const [read, readMs] = timed(() => readWorld((file) => readFileSync(join(folder, file), 'utf8')))
  rmSync(folder, { recursive: true })
  if (!read.ok) throw new Error(read.refusal.code)
  const index = indexWorld(read.value)
  const each: Record<string, number> = {}
  let findings = 0
  for (const detector of detectors) {
    const [report, ms] = timed(() => supervise(index, { hash, detectors: [detector] }))
    each[detector.id] = Math.round(ms)
    findings += report.findings.length
  }
  const result = {
    rows: Object.fromEntries(tableNames.map((table) => [table, read.value[table]?.length ?? 0])),
    findings,
    readSeconds: readMs / 1000,
    superviseSeconds: Object.values(each).reduce((sum, ms) => sum + ms, 0) / 1000,
    maxRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
    load: loadavg(),
    each,
  }
  console.table(each)
  console.log({ ...result, each: undefined })
  return result
}

function make(folder: string): void {
  const { world } = generateWorld({ level: 'bench', difficulty: 'medium', seed: sources.slice(0, 16) })
  for (const table of tableNames)
    writeFileSync(join(folder, fileOf(table)), writeTable(table, world[table] ?? []))
}

function timed<Value>(run: () => Value): [Value, number] {
  const from = performance.now()
  const value = run()
  return [value, performance.now() - from]
}

function sourcesHash(folder: string): string {
  const digest = createHash('sha256')
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted())
    if (name.endsWith('.ts') && !name.endsWith('.test.ts'))
      digest.update(name).update(readFileSync(join(folder, name)))
  return digest.digest('hex')
}
