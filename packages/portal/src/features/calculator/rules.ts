// The calculator's arithmetic, all of it in this browser: from what was typed to facts, and from facts to what each
// programme in force would give. Nothing here calls the server.
import {
  isAsked,
  grantFacts,
  ownCheck,
  unpackProgramme,
  viewDetermination,
  type AdoptedProgramme,
  type DeterminationView,
  type Fact,
  type FactsSchema,
} from '@suanquan/core/policy'
import type { Answer } from '../../client/call.ts'

export type OwnCheckItem = Answer<'readOwnChecks'>['items'][number]

/** Fact → what was typed or chosen, as text; yes and no as booleans. */
export type Typed = Readonly<Record<string, string | boolean>>

export interface Rules {
  readonly item: OwnCheckItem
  readonly programme: AdoptedProgramme
  /** what a firm is asked for it */
  readonly asked: readonly Fact[]
}

export function rulesOf(item: OwnCheckItem): Rules {
  const programme = unpackProgramme(item.programme)
  return { item, programme, asked: grantFacts(programme).filter(isAsked) }
}

/** Every fact that one of the programmes asks for, once, in the order of the schema. */
export function factsAsked(rules: readonly Rules[]): readonly Fact[] {
  const asked = new Set(rules.flatMap((each) => each.asked.map(({ path }) => path)))
  return Object.values(schemaOf(rules)?.facts ?? {}).filter(({ path }) => asked.has(path))
}

export function schemaOf(rules: readonly Rules[]): FactsSchema | undefined {
  return rules[0]?.programme.facts
}

const FORMS: Readonly<Record<string, RegExp>> = {
  region: /^\d{6}$/,
  industry: /^[A-T]\d{2,4}$/,
  money: /^\d{1,12}$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
}

/** What was typed so far that is not such a value. */
export function isWrong({ type }: Fact, typed: string | boolean | undefined): boolean {
  if (typeof typed !== 'string' || typed === '') return false
  return FORMS[type.kind]?.test(typed) === false
}

export interface Checked {
  readonly rules: Rules
  readonly view: DeterminationView
  readonly expectedFen: bigint
  readonly verdict: 'fits' | 'open' | 'not'
  /** the labels of what only a reviewer can find */
  readonly toFind: readonly { readonly zh: string; readonly en: string }[]
  /** what is still to be told, but for that */
  readonly needed: readonly { readonly fact: string; readonly label: { zh: string; en: string } }[]
}

/** @param today the day of the application; where the programme is closed, its first open day still to come */
export function checkAgainst(rules: Rules, typed: Typed, today: string): Checked {
  const { item, programme, asked } = rules
  const facts = Object.fromEntries(
    asked.flatMap((fact) => {
      const value = typed[fact.path]
      if (value === undefined || value === '' || isWrong(fact, value)) return []
      return [[fact.path, fact.type.kind === 'money' ? BigInt(value) : value]]
    }),
  )
  const on = !item.open && item.opensOn > today ? item.opensOn : today
  const made = ownCheck(programme, facts, on)
  if (!made.ok) throw new Error(`facts of the calculator are valid: ${made.refusal.code}`)
  const { determination, expected, toFind } = made.value
  const view = viewDetermination({
    id: null,
    on,
    programme,
    programmeHash: item.programmeHash,
    engineVersion: item.engineVersion,
    determination,
    expected,
    facts: asked.map(({ path }) => ({ id: path, source: 'declared' })),
  })
  const failed = determination.failed.length > 0 || determination.governed.verdict === false
  const needed = view.needed.filter(({ fact }) => !toFind.includes(fact))
  const open = needed.length > 0 || expected.outcome === 'unknown'
  const refused = failed || expected.outcome === 'not_eligible' || expected.outcome === 'not_governed'
  return {
    rules,
    view,
    expectedFen: expected.ceilingFen ?? 0n,
    verdict: refused ? 'not' : open ? 'open' : 'fits',
    toFind: toFind.map((fact) => programme.facts.facts[fact]!.label),
    needed,
  }
}

const ORDER = { fits: 0, open: 1, not: 2 } as const

/** Those that fit first, the larger amount first; then those that lack the least. */
export function ranked(checked: readonly Checked[]): readonly Checked[] {
  return [...checked].sort(
    (left, right) =>
      ORDER[left.verdict] - ORDER[right.verdict] ||
      Number(right.expectedFen - left.expectedFen) ||
      left.needed.length - right.needed.length,
  )
}
