// Whole populations are determined by columns exactly as row by row: for every programme of this repository, every award
// and both acts, over its worked cases and thousands of rows made from them by changing, moving by one and dropping facts.
import { readdirSync, readFileSync } from 'node:fs'
import { env } from 'node:process'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../calendar/index.ts'
import { seededRandom, type Random } from '../../random.ts'
import type { Act } from '../prepared.ts'
import { readCases, type WorkedCase } from '../cases/read-cases.ts'
import { checkProgramme } from '../check/check-programme.ts'
import { determine, determineRedemption } from '../determine.ts'
import type { Balances, FactValue } from '../determination.ts'
import type { Fact } from '../facts.ts'
import { readFacts } from '../fact-values.ts'
import type { Programme } from '../programme.ts'
import {
  determinePopulation,
  readPopulation,
  type PopulationDetermined,
  type PopulationRow,
} from './index.ts'

const root = new URL('../../../../../programmes/', import.meta.url)
const folders = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('programme.yaml'))
  .map((path) => path.replace(/\/?programme\.yaml$/, ''))
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')
const ROWS = env['SUANQUAN_FULL'] === '1' ? 20_000 : 60

/** Programmes whose rows are determined one by one, and why. */
const NOT_COLUMNAR: Readonly<Record<string, string>> = {
  // a rate whose denominator is the length of the contract
  'nanning/2025-compute-reward reward grant': 'share()',
  // a year’s part of a longer contract
  'shanghai/2025-district-reward rent grant': 'share()',
}

describe.each(folders)('%s', (folder) => {
  const checked = checkProgramme(read(`${folder}/programme.yaml`), 'programme.yaml').programme!
  const { answers, cases } = readCases(checked, read(`${folder}/cases.yaml`), 'cases.yaml').cases!
  const programme = { ...checked, parameters: { ...checked.parameters, ...Object.fromEntries(answers) } }
  const acts: readonly Act[] = programme.redemption ? ['grant', 'payment'] : ['grant']

  for (const award of programme.awards)
    for (const act of acts)
      test(`${award.id}, ${act}: the same of every row`, () => {
        const random = seededRandom(`${folder}/${award.id}/${act}`)
        const own = cases.filter((item) => item.act === act && (item.award ?? award.id) === award.id)
        const base = own.length === 0 ? cases : own
        const rows = Array.from({ length: ROWS }, () => rowLike(programme, base, random))
        const all = bothAgree(programme, rows, { act, award: award.id })
        expect(all.notColumnar ?? undefined).toBe(NOT_COLUMNAR[`${folder} ${award.id} ${act}`])
        if (all.notColumnar === null) expect(all.byRow).toBeLessThan(all.rows)
      })
})

/** Determines the rows that are whole in both ways and holds every row equal. */
function bothAgree(
  programme: Programme,
  rows: readonly PopulationRow[],
  { act, award }: { readonly act: Act; readonly award: string },
): PopulationDetermined {
  const { population, broken } = readPopulation(programme.facts, rows)
  const left = new Set(broken.map(({ row }) => row))
  const whole = rows.filter((_, row) => !left.has(row))
  expect(whole.length).toBe(population.rows)
  const found = determinePopulation(programme, { population, act, award })
  if (!found.ok) throw new Error(found.refusal.code)
  const determineRow = act === 'grant' ? determine : determineRedemption
  for (const [row, item] of whole.entries()) {
    const one = determineRow(programme, { ...item, award })
    if (!one.ok) throw new Error(one.refusal.code)
    const { failed, outcome, ceilingFen, binding } = one.value
    const binds = outcome === 'supported' || outcome === 'exhausted' ? binding : null
    expect({ row, ...said(found.value, row) }).toEqual({ row, failed, outcome, ceilingFen, binding: binds })
  }
  return found.value
}

function said(all: PopulationDetermined, row: number) {
  const amount = all.ceilingFen[row]!
  return {
    failed: all.conditions.filter((_, bit) => (all.failed[bit >> 5]![row]! >>> (bit & 31)) & 1),
    outcome: all.outcomes[all.outcome[row]!],
    ceilingFen: Number.isNaN(amount) ? null : BigInt(amount),
    binding: all.binds[all.binding[row]! - 1] ?? null,
  }
}

/** A worked case with up to three facts changed, and now and then its balances. */
function rowLike(programme: Programme, cases: readonly WorkedCase[], random: Random): PopulationRow {
  const { given, balances } = cases[random.int(cases.length)]!
  const facts: Record<string, FactValue> = { ...given }
  const paths = Object.keys(programme.facts.facts).filter((path) => cases.some((item) => path in item.given))
  for (let change = random.int(4); change > 0; change--) {
    const path = paths[random.int(paths.length)]!
    const changed = valueLike(programme.facts.facts[path]!, cases, random)
    if (changed === undefined) delete facts[path]
    else facts[path] = changed
  }
  return { facts, balances: random.int(4) === 0 ? usedLike(programme, random) : balances }
}

function valueLike(fact: Fact, cases: readonly WorkedCase[], random: Random): FactValue | undefined {
  if (random.int(10) === 0) return undefined
  const given = cases.flatMap(({ given }) => given[fact.path] ?? [])
  const some = given[random.int(given.length)]
  if (some === undefined) return undefined
  const known = readFacts({ id: '', enumerations: {}, facts: { [fact.path]: fact } }, { [fact.path]: some })
  const value = known.facts.get(fact.path)
  const step = random.int(3) - 1
  switch (fact.type.kind) {
    case 'bool':
      return random.int(2) === 0
    case 'money':
    case 'int':
      return typeof value === 'bigint' && value + BigInt(step) >= 0n ? value + BigInt(step) : some
    case 'date':
      return typeof value === 'string' ? addDays(value, step) : some
    case 'enumeration':
      return fact.type.members[random.int(fact.type.members.length)]
    default:
      return some
  }
}

function usedLike(programme: Programme, random: Random): Balances {
  const caps = programme.awards.flatMap((award) => award.caps)
  return Object.fromEntries(
    caps.map(({ id, measure }) => {
      const used = () => (measure === 'count' ? BigInt(random.int(4)) : BigInt(random.int(2 ** 31)) * 50n)
      return [id, { granted: used(), paid: used(), joint: used() }]
    }),
  )
}
