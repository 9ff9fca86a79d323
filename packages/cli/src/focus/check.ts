// A FOCUS file against every rule of the model: each is passed, failed, not followed where it only advises, or waived with
// its reason; nothing is left unsaid. What a composite rule demands or applies to holds for its parts too.
import { FOCUS_SUPPORTS } from '@suanquan/core/settlement'
import { columnsOf, distinctCountFaults, holdsIn, type FocusTable, type Row } from './check-functions.ts'
import type { Check, Model, Rule } from './rules.ts'
import { wrongAsWritten, type WaivedReason } from './waivers.ts'

export type RuleVerdict =
  | { readonly id: string; readonly verdict: 'passed' }
  | { readonly id: string; readonly verdict: 'waived'; readonly reason: WaivedReason }
  | {
      readonly id: string
      readonly verdict: 'failed' | 'advised'
      readonly must: string
      /** rows that break it, from 1; empty where it is about the whole file */
      readonly rows: readonly number[]
    }

export interface Checking {
  readonly model: Model
  /** what the writer of the file supports; the platform's own unless said otherwise */
  readonly supports?: readonly string[]
}

/** One verdict a rule, in the order of the model. */
export function checkFocus(table: FocusTable, { model, supports = FOCUS_SUPPORTS }: Checking): RuleVerdict[] {
  const places = new Map(table.columns.map((name, index) => [name, index]))
  const rows = table.rows.map(
    (values): Row =>
      (name) =>
        values[places.get(name) ?? -1] ?? null,
  )
  const contexts = contextsOf(model, new Set(supports))
  const done = new Map<string, RuleVerdict>()
  const verdictOf = (id: string): RuleVerdict => {
    const known = done.get(id)
    if (known) return known
    const verdict = decide(id)
    done.set(id, verdict)
    return verdict
  }
  const decide = (id: string): RuleVerdict => {
    const rule = model.rules[id]!
    const { Requirement: requirement, Keyword: keyword, MustSatisfy: must } = rule.ValidationCriteria
    const applying = contexts(id).filter(({ applies }) => applies)
    const waived = (reason: WaivedReason): RuleVerdict => ({ id, verdict: 'waived', reason })
    if (Object.hasOwn(wrongAsWritten, id)) return waived('wrong_as_written')
    if (rule.Type === 'Dynamic' || requirement.CheckFunction === undefined) return waived('dynamic')
    if (applying.length === 0) return waived('not_applicable')
    const breaks = (lines: readonly number[]): RuleVerdict => {
      const verdict = keyword.startsWith('MUST') ? 'failed' : 'advised'
      return { id, verdict, must, rows: lines }
    }
    if (isComposite(requirement)) return composite(requirement)
    if (keyword === 'MAY') return waived('permission')
    if (requirement.CheckFunction === 'ColumnPresent')
      return places.has(requirement.ColumnName!) ? { id, verdict: 'passed' } : breaks([])
    if (columnsOf(requirement).some((name) => !places.has(name))) return waived('column_absent')
    const broken = applying.flatMap(({ conditions }) => faultsIn(requirement, conditions, rows))
    return broken.length === 0 ? { id, verdict: 'passed' } : breaks([...new Set(broken)])

    function composite({ CheckFunction, Items = [] }: Check): RuleVerdict {
      const parts = Items.map(({ ModelRuleId }) => verdictOf(ModelRuleId!))
      if (parts.every(({ verdict }) => verdict === 'waived')) return waived('parts_waived')
      const failed = parts.filter(({ verdict }) => verdict === 'failed')
      const holds =
        CheckFunction === 'AND' ? failed.length === 0 : parts.some(({ verdict }) => verdict !== 'failed')
      return holds ? { id, verdict: 'passed' } : breaks([])
    }
  }
  return Object.keys(model.rules).map(verdictOf)
}

function faultsIn(requirement: Check, conditions: readonly Check[], rows: readonly Row[]): number[] {
  const holding = (row: Row): boolean => conditions.every((condition) => holdsIn(condition, row))
  if (requirement.CheckFunction === 'CheckDistinctCount')
    return distinctCountFaults(requirement, conditions.length === 0 ? rows : rows.filter(holding))
  return rows.flatMap((row, index) => (holding(row) && !holdsIn(requirement, row) ? [index + 1] : []))
}

/** How a rule is reached from the whole: whether everything on the way applies, and the conditions met on it. */
interface Context {
  readonly applies: boolean
  readonly conditions: readonly Check[]
}

function contextsOf({ rules }: Model, supports: ReadonlySet<string>): (id: string) => readonly Context[] {
  const parents = new Map<string, string[]>()
  for (const [id, { ValidationCriteria }] of Object.entries(rules))
    if (isComposite(ValidationCriteria.Requirement))
      for (const { ModelRuleId } of ValidationCriteria.Requirement.Items!)
        parents.set(ModelRuleId!, [...(parents.get(ModelRuleId!) ?? []), id])
  const done = new Map<string, readonly Context[]>()
  const contexts = (id: string): readonly Context[] => {
    const known = done.get(id)
    if (known) return known
    const above = parents.get(id)?.flatMap(contexts) ?? [{ applies: true, conditions: [] }]
    const own = ownContext(rules[id]!, supports)
    const found = above.map(({ applies, conditions }) => ({
      applies: applies && own.applies,
      conditions: [...conditions, ...own.conditions],
    }))
    done.set(id, found)
    return found
  }
  return contexts
}

function ownContext(
  { ApplicabilityCriteria, ValidationCriteria }: Rule,
  supports: ReadonlySet<string>,
): Context {
  const { Condition } = ValidationCriteria
  return {
    applies: ApplicabilityCriteria.every((name) => supports.has(name)),
    conditions: Condition.CheckFunction === undefined ? [] : [Condition],
  }
}

function isComposite({ Items = [] }: Check): boolean {
  return Items.length > 0 && Items.every(({ CheckFunction }) => CheckFunction === 'CheckModelRule')
}
