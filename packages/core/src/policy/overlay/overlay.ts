// Overlays: a yearly guide (申报指南) or a reform changes named parts of a programme from a day on, with a source of its
// own. The two files are composed before the check, so that what decides is one programme, checked whole; every finding
// points into the file in which its part stands. A guide stays within its measure: never above a ceiling, never beyond
// its days. A reform may change anything and is `proposed`, so that no authority can adopt it.
import { stringify } from 'yaml'
import { compareValues } from '../expression/index.ts'
import { checkTree, type Checked } from '../check/check-programme.ts'
import { hasErrors, report, reportNear, type Report } from '../diagnostic.ts'
import type { Parameter, Programme } from '../programme.ts'
import { contentOf, keyPlace, locate, placeOf, readShaped } from '../shaped.ts'
import { readYaml, type Tree } from '../yaml-tree.ts'
import { overlayCasesShape, overlayShape, type OverlayShape } from './overlay-shape.ts'
import { listsTogether, placedIn, putAt, removeAt, scalarOf, type Edited } from './tree-edits.ts'

export interface FileText {
  readonly text: string
  readonly file: string
}

export interface Composed extends Checked {
  /** the composed programme as a file of its own, present when it is whole: what is hashed, stored and adopted */
  readonly text?: string
}

/** Whether a text says that it is an overlay. */
export function isOverlay(text: string): boolean {
  return /^suanquan:\s*['"]?overlay\/v1/m.test(text)
}

/** The file of the base, as the overlay names it from its own folder; undefined where it names none. */
export function baseOf(text: string): string | undefined {
  return readShaped(text, overlayShape, { file: '', diagnostics: [] })?.content.base
}

/** Composes an overlay with its base and checks the whole. */
export function composeOverlay(overlay: FileText, base: FileText): Composed {
  const into: Report = { file: overlay.file, diagnostics: [] }
  const shaped = readShaped(overlay.text, overlayShape, into)
  if (!shaped) return { diagnostics: into.diagnostics }
  const under: Report = { file: base.file, diagnostics: [] }
  const tree = readYaml(base.text, under)
  const standing = tree && checkTree(tree, under).programme
  if (!tree || !standing) return { diagnostics: under.diagnostics }
  const found = `${standing.id}@${standing.version}`
  const { content } = shaped
  if (content.of !== found) {
    const params = { expected: content.of, found }
    report(into, placeOf(shaped.tree, ['of']), 'policy.overlay_of_another', params)
  }
  const composed = compose(tree, shaped.tree, content, into)
  if (hasErrors(into.diagnostics)) return { diagnostics: into.diagnostics }
  const whole: Report = { file: base.file, diagnostics: [] }
  const checked = checkTree(composed, whole)
  if (!checked.programme) return { diagnostics: checked.diagnostics }
  if (content.kind === 'guide') staysWithin(shaped.tree, { standing, guided: checked.programme }, into)
  if (hasErrors(into.diagnostics)) return { diagnostics: into.diagnostics }
  return { ...checked, text: stringify(contentOf(composed), { lineWidth: 0 }) }
}

interface BaseCase {
  readonly name?: string
  readonly given?: object
  readonly base?: object
}

/** What an overlay's cases come to: its own, after those of the base that it does not drop. */
export function composeCases(overlay: FileText, base: FileText): string | undefined {
  const own = readShaped(overlay.text, overlayCasesShape, { file: overlay.file, diagnostics: [] })
  const tree = own && readYaml(base.text, { file: base.file, diagnostics: [] })
  if (!own || !tree) return undefined
  const under = contentOf(tree) as Record<string, unknown>
  const { drops = [], also = {}, programme, parameters, ...rest } = own.content
  const kept = (list: unknown): readonly unknown[] =>
    ((list ?? []) as readonly BaseCase[])
      .filter(({ name = '' }) => !drops.includes(name))
      .map((each) => ({
        ...each,
        ...(each.given && { given: { ...also, ...each.given } }),
        ...(each.base && { base: { ...also, ...each.base } }),
      }))
  const lists = (['cases', 'terms', 'near_misses', 'equivalent_mutants'] as const).map(
    (name) => [name, [...kept(under[name]), ...(rest[name] ?? [])]] as const,
  )
  const answers = { ...(under['parameters'] as object), ...parameters }
  const known = Object.entries(answers).filter(([, value]) => value !== 'none')
  const filled = Object.fromEntries(lists.filter(([, list]) => list.length > 0))
  const whole = { suanquan: 'cases/v1', programme, parameters: Object.fromEntries(known), ...filled }
  return stringify(whole, { lineWidth: 0, aliasDuplicateObjects: false })
}

function compose(base: Tree, overlayTree: Tree, content: OverlayShape, into: Report): Tree {
  const overlay = placedIn(overlayTree, into.file)
  const part = (...path: readonly string[]): Tree | undefined => locate(overlay, path)
  let tree = base
  const take = (edited: Edited, at: readonly (string | number)[], path: string): void => {
    if (edited.ok) tree = edited.tree
    else {
      const { missing, suggestion } = edited
      const near = suggestion === undefined ? {} : { written: missing, known: [suggestion] }
      const finding = { code: 'policy.overlay_no_part', params: { path, part: missing }, ...near }
      reportNear(into, keyPlace(overlay, at.slice(0, -1), String(at.at(-1))), finding)
    }
  }
  for (const [index, path] of (content.remove ?? []).entries())
    take(removeAt(tree, path.split('.')), ['remove', index], path)
  for (const path of Object.keys(content.set ?? {}))
    take(putAt(tree, path.split('.'), part('set', path)!), ['set', path], path)
  const by = locate(base, ['governs', 'by'])!
  const governs = putAt(part('governs')!, ['by'], by)
  const status = content.kind === 'reform' ? scalarOf('proposed', overlay.place) : locate(base, ['status'])!
  const head: readonly (readonly [string, Tree])[] = [
    ['version', part('version')!],
    ['title', part('title') ?? locate(base, ['title'])!],
    ['status', status],
    ['sources', listsTogether(locate(base, ['sources']), part('sources')!)],
    ['governs', governs.ok ? governs.tree : overlay],
  ]
  for (const [key, value] of head) take(putAt(tree, [key], value), [key], key)
  return tree
}

interface Pair {
  readonly standing: Programme
  readonly guided: Programme
}

/** A guide governs within the days of its measure and never moves a bound the wrong way. */
function staysWithin(overlay: Tree, { standing, guided }: Pair, into: Report): void {
  const { from, to = '2999-12-31' } = standing.governs
  const own = guided.governs
  if (own.from < from || (own.to ?? '2999-12-31') > to) {
    const params = { from: own.from, to: own.to ?? '—', first: from, last: standing.governs.to ?? '—' }
    report(into, placeOf(overlay, ['governs']), 'policy.guide_outside_measure', params)
  }
  for (const [name, before] of Object.entries(standing.parameters)) {
    const after = guided.parameters[name]
    if (after === undefined || !movesBound(before, after)) continue
    const at = [`parameters.${name}`, ...after.values.map((each) => `parameters.${name}.values.${each.from}`)]
    const path = at.find((each) => locate(overlay, ['set', each]) !== undefined) ?? at[0]!
    report(into, keyPlace(overlay, ['set'], path), 'policy.guide_beyond_bounds', { name })
  }
}

function movesBound(before: Parameter, after: Parameter): boolean {
  if (before.bound === 'exact' || !['money', 'rate', 'int', 'date'].includes(before.type.kind)) return false
  if (after.bound !== before.bound) return true
  const published = before.values.at(-1)?.value ?? null
  return after.values.some(({ value }) => {
    if (value === null || published === null) return false
    const difference = compareValues(value, published)
    return before.bound === 'at_most' ? difference > 0 : difference < 0
  })
}
