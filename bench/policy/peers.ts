// Other engines on the expressions of a programme, each in its own language: installed on demand into .cache/peers, where
// their platform packages trouble no lock file, or told as skipped. What they get is easier than what we get: facts
// already read, amounts as whole numbers, days as numbers, a year's anniversary computed beforehand; and they only
// evaluate: no reasons, no clauses, no steps, no accounts.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { addMonths, dayNumber } from '@suanquan/core/calendar'
import type { Facts } from '@suanquan/core/policy'
import type { Asked } from './expressions.ts'

const FOLDER = join('..', '..', '.cache', 'peers')
const PACKAGES = {
  '@marcbachmann/cel-js': { version: '8.0.0', entry: 'lib/index.js' },
  '@gorules/zen-engine': { version: '0.54.0', entry: 'index.js' },
  'json-rules-engine': { version: '7.3.1', entry: 'dist/index.js' },
} as const

export interface Peer {
  readonly name: string
  /** how many rows it is given: the slow ones fewer */
  readonly rows: number
  /** what it answers to each expression of a row; undefined for an expression it cannot say */
  readonly answers: (row: Row) => readonly unknown[] | Promise<readonly unknown[]>
}

/** Facts by the first part of their name, then the second. */
export type Row = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** @returns a sentence where the registry is out of reach */
export function installPeers(): string | undefined {
  const missing = Object.keys(PACKAGES).filter((name) => !existsSync(join(FOLDER, 'node_modules', name)))
  if (missing.length === 0) return undefined
  mkdirSync(FOLDER, { recursive: true })
  const wanted = Object.entries(PACKAGES).map(([name, { version }]) => `${name}@${version}`)
  const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--prefix', '.']
  const { status } = spawnSync('npm', ['install', ...options, ...wanted], { cwd: FOLDER, stdio: 'ignore' })
  return status === 0 ? undefined : 'the registry is out of reach: peers that are not installed are skipped'
}

async function load<Module>(name: keyof typeof PACKAGES): Promise<Module | undefined> {
  const file = join(process.cwd(), FOLDER, 'node_modules', name, PACKAGES[name].entry)
  return existsSync(file) ? ((await import(pathToFileURL(file).href)) as Module) : undefined
}

/** @param whole how whole numbers are given: CEL wants bigint, the others number */
export function rowFor(facts: Facts, whole: (value: bigint) => bigint | number): Row {
  const row: Record<string, Record<string, unknown>> = {}
  for (const [path, value] of Object.entries(facts)) {
    const [head, tail] = path.split('.') as [string, string]
    const fields = (row[head] ??= {})
    const day = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)
    fields[tail] = day ? whole(BigInt(dayNumber(value))) : typeof value === 'bigint' ? whole(value) : value
    if (day) fields[`${tail}_next_year`] = whole(BigInt(dayNumber(addMonths(value, 12))))
  }
  return row
}

export async function peersFor(asked: readonly Asked[]): Promise<readonly Peer[]> {
  const found = [await marcbachmann(asked), await bufbuild(asked), await zen(asked), await jsonRules(asked)]
  return found.filter((peer) => peer !== undefined)
}

async function marcbachmann(asked: readonly Asked[]): Promise<Peer | undefined> {
  const module = await load<{ parse: (text: string) => (row: Row) => unknown }>('@marcbachmann/cel-js')
  if (!module) return undefined
  const programs = asked.map(({ cel }) => module.parse(cel))
  return { name: '@marcbachmann/cel-js', rows: 20_000, answers: (row) => programs.map((run) => run(row)) }
}

async function bufbuild(asked: readonly Asked[]): Promise<Peer | undefined> {
  const { celEnv, parse, plan } = await import('@bufbuild/cel')
  const env = celEnv()
  const programs = asked.map(({ cel }) => plan(env, parse(cel)))
  const answers: Peer['answers'] = (row) => programs.map((run) => run(row as Parameters<typeof run>[0]))
  return { name: '@bufbuild/cel', rows: 10_000, answers }
}

interface Zen {
  readonly ZenEngine: new () => {
    readonly createDecision: (content: Buffer) => {
      readonly evaluate: (row: Row) => Promise<{ readonly result: Readonly<Record<string, unknown>> }>
    }
  }
}

async function zen(asked: readonly Asked[]): Promise<Peer | undefined> {
  const module = await load<Zen & { readonly default?: Zen }>('@gorules/zen-engine')
  if (!module) return undefined
  const engine = new (module.ZenEngine ?? module.default!.ZenEngine)()
  const expressions = asked.map((each, index) => ({ id: `e${index}`, key: `e${index}`, value: each.zen }))
  const at = { position: { x: 0, y: 0 } }
  const nodes = [
    { id: 'in', name: 'in', type: 'inputNode', ...at },
    { id: 'rule', name: 'rule', type: 'expressionNode', ...at, content: { expressions } },
    { id: 'out', name: 'out', type: 'outputNode', ...at },
  ]
  const edges = [
    { id: 'a', type: 'edge', sourceId: 'in', targetId: 'rule' },
    { id: 'b', type: 'edge', sourceId: 'rule', targetId: 'out' },
  ]
  const decision = engine.createDecision(Buffer.from(JSON.stringify({ nodes, edges })))
  const answers: Peer['answers'] = async (row) => {
    const { result } = await decision.evaluate(row)
    return asked.map((_, index) => result[`e${index}`])
  }
  return { name: '@gorules/zen-engine', rows: 2_000, answers }
}

interface JsonRules {
  readonly Engine: new (
    rules: readonly unknown[],
    options: unknown,
  ) => {
    readonly addOperator: (name: string, holds: (left: string, right: string) => boolean) => void
    readonly run: (facts: unknown) => Promise<{ readonly events: readonly { readonly type: string }[] }>
  }
}

/** It has no arithmetic: what is no condition stays unanswered. */
async function jsonRules(asked: readonly Asked[]): Promise<Peer | undefined> {
  const module = await load<JsonRules & { readonly default?: JsonRules }>('json-rules-engine')
  if (!module) return undefined
  const rules = asked.flatMap(({ rule }, index) =>
    rule === undefined ? [] : [{ conditions: { all: [rule] }, event: { type: `e${index}` } }],
  )
  const engine = new (module.Engine ?? module.default!.Engine)(rules, { allowUndefinedFacts: true })
  engine.addOperator('startsWith', (left, right) => left.startsWith(right))
  const answers: Peer['answers'] = async (row) => {
    const flat = Object.entries(row).flatMap(([head, fields]) =>
      Object.entries(fields).map(([tail, value]) => [`${head}.${tail}`, value]),
    )
    const { events } = await engine.run(Object.fromEntries(flat))
    const held = new Set(events.map(({ type }) => type))
    return asked.map(({ rule }, index) => (rule === undefined ? undefined : held.has(`e${index}`)))
  }
  return { name: 'json-rules-engine (conditions only)', rows: 2_000, answers }
}
