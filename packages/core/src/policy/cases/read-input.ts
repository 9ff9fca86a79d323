// Facts and balances as a file writes them, every fault with its line and column.
import type { z } from 'zod'
import { nearMember } from '../check/parameters.ts'
import { readCapBalances } from '../cap-balances.ts'
import type { Balances, Facts } from '../determination.ts'
import type { DeterminationInput } from '../determine.ts'
import { hasErrors, reportNear, type Diagnostic, type Report } from '../diagnostic.ts'
import { readFacts } from '../fact-values.ts'
import type { Programme } from '../programme.ts'
import { factsShape, inputShape } from '../shape.ts'
import { keyPlace, placeOf, readShaped, type Path } from '../shaped.ts'
import { readYaml, type Tree } from '../yaml-tree.ts'

type InputShape = z.infer<typeof inputShape>

export interface Reader {
  readonly programme: Programme
  readonly tree: Tree
  readonly into: Report
}

/** Reads a file of facts (YAML or JSON): the facts alone, or `facts` with `balances`, `award` and `on`. */
export function readInput(
  programme: Programme,
  text: string,
  file: string,
): { readonly diagnostics: readonly Diagnostic[]; readonly input?: DeterminationInput } {
  const into: Report = { file, diagnostics: [] }
  const tree = readYaml(text, { file, diagnostics: [] })
  const whole = tree?.kind === 'map' && tree.entries.has('facts')
  const shaped = whole ? readShaped(text, inputShape, into) : readShaped(text, factsShape, into)
  if (!shaped) return { diagnostics: into.diagnostics }
  const reader = { programme, tree: shaped.tree, into }
  const { facts, balances, award, on } = (whole ? shaped.content : { facts: shaped.content }) as InputShape
  reportFacts(reader, whole ? ['facts'] : [], facts)
  const given = { facts, balances: readBalances(reader, ['balances'], balances ?? {}) }
  const input = { ...given, ...(award === undefined ? {} : { award }), ...(on === undefined ? {} : { on }) }
  return hasErrors(into.diagnostics) ? { diagnostics: into.diagnostics } : { diagnostics: [], input }
}

/** Reports each fact that is unknown or not of its type. */
export function reportFacts({ programme, tree, into }: Reader, path: Path, given: Facts): void {
  const { facts } = programme.facts
  for (const { fact, code, params } of readFacts(programme.facts, given).problems) {
    const finding =
      code === 'policy.unknown_fact'
        ? { code, params, written: fact, known: Object.keys(facts) }
        : nearMember(facts[fact]!.type, given[fact], { code, params })
    reportNear(into, keyPlace(tree, path, fact), finding)
  }
}

/** Balances as a file writes them: amounts with their unit, counts as numbers. */
export function readBalances(
  { programme, tree, into }: Reader,
  path: Path,
  shape: NonNullable<InputShape['balances']>,
): Balances {
  const caps = programme.awards.flatMap((award) => award.caps)
  const { balances, problems } = readCapBalances(caps, shape)
  for (const { cap, counter, type, refusal } of problems) {
    const written = counter && shape[cap]?.[counter]
    if (counter === undefined) {
      const finding = { ...refusal, written: cap, known: caps.map(({ id }) => id) }
      reportNear(into, keyPlace(tree, path, cap), finding)
    } else reportNear(into, placeOf(tree, [...path, cap, counter]), nearMember(type, written, refusal))
  }
  return balances
}
