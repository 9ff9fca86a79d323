// How well supervision does on a world whose truth is known. A finding is right when a firm it names takes part in some
// scheme; a scheme is found by a detector when a finding of it names one of its members. Cases are firms ranked by score.
import type { Band, Finding, SupervisionReport, World } from '@suanquan/core/supervision'
import { authors, type Author, type Scheme } from './truth.ts'

/** The classes of targets and the detectors that belong to each. */
export const classes = {
  deterministic: ['D11a', 'D12', 'D13', 'D18'],
  graph: ['D01', 'D02', 'D05', 'D10', 'D21', 'D23'],
  documents: ['D11b', 'D11c', 'D22'],
  telemetry: ['D15', 'D16', 'D17'],
  price: ['D08'],
} as const

export interface Rates {
  /** findings, and how many of them name a member of a scheme */
  readonly findings: number
  readonly right: number
  /** schemes that expect it, and how many were found */
  readonly expected: number
  readonly found: number
}

/** Schemes of one author. Reached: a member stands in band review or above, by whatever detectors. Named: some finding
 * names a member, however weak. */
export interface Reach {
  readonly schemes: number
  readonly named: number
  readonly reached: number
  readonly amountFen: number
  readonly reachedFen: number
}

export interface Measured {
  readonly byAuthor: Readonly<Record<Author, Reach>>
  readonly byDetector: Readonly<Record<string, Rates>>
  readonly byScheme: Readonly<Record<string, { readonly expected: number; readonly found: number }>>
  /** area under precision and recall of firms ranked by their score */
  readonly prArea: number
  /** honest firms that took part in the programme, and those in band review or above */
  readonly honest: number
  readonly honestInReview: number
}

export function measure(world: World, schemes: readonly Scheme[], report: SupervisionReport): Measured {
  const members = new Set(schemes.flatMap((scheme) => scheme.members))
  const rates: Record<string, Rates> = {}
  const byScheme: Record<string, { expected: number; found: number }> = {}
  const named = new Map<string, Set<string>>()
  const firmOf = new Map((world.applications ?? []).map(({ id, firm }) => [id, firm]))
  const applicationOf = new Map((world.decisions ?? []).map(({ id, application }) => [id, application]))
  const detectors = report.standings.map(({ detector }) => detector)
  for (const detector of detectors) {
    const own = report.findings.filter((finding) => finding.detector === detector)
    named.set(detector, new Set(own.flatMap(namesOf)))
    const right = own.filter((finding) => namesOf(finding).some((firm) => members.has(firm))).length
    const expecting = schemes.filter((scheme) => scheme.expects.includes(detector))
    const found = expecting.filter((scheme) =>
      scheme.members.some((firm) => named.get(detector)!.has(firm)),
    ).length
    rates[detector] = { findings: own.length, right, expected: expecting.length, found }
  }
  for (const { kind, expects, members: own } of schemes) {
    const tally = (byScheme[kind] ??= { expected: 0, found: 0 })
    tally.expected += 1
    const finders = expects.length === 0 ? detectors : expects
    if (finders.some((detector) => own.some((firm) => named.get(detector)?.has(firm)))) tally.found += 1
  }
  // A corrupt reviewer is a case about a person: what the firms behind it deserve is settled there, not by a firm's score.
  const aside = new Set(
    schemes.filter(({ expects }) => expects.join(' ') === 'D26').flatMap((scheme) => scheme.members),
  )
  const byAuthor = reachOf(schemes, report, new Set([...named.values()].flatMap((firms) => [...firms])))
  return { byAuthor, byDetector: rates, byScheme, ...ranked(world, { members, aside }, report) }

  /** A finding about a reviewer names no firm: those whose applications were waved through stand in its evidence. */
  function namesOf(finding: Finding): readonly string[] {
    if (finding.firms.length > 0) return finding.firms
    const rows = finding.clauses.flatMap((clause) => clause.rows)
    return rows.flatMap(({ id }) => firmOf.get(applicationOf.get(id) ?? '') ?? [])
  }
}

function reachOf(
  schemes: readonly Scheme[],
  report: SupervisionReport,
  named: ReadonlySet<string>,
): Record<Author, Reach> {
  const inReview = new Set(report.firms.filter(({ band }) => REVIEW.has(band)).map(({ firm }) => firm))
  const of = (author: Author): Reach => {
    const all = schemes.filter((scheme) => scheme.author === author)
    const reached = all.filter(({ members }) => members.some((firm) => inReview.has(firm)))
    return {
      schemes: all.length,
      named: all.filter(({ members }) => members.some((firm) => named.has(firm))).length,
      reached: reached.length,
      amountFen: sumFen(all),
      reachedFen: sumFen(reached),
    }
  }
  return Object.fromEntries(authors.map((author) => [author, of(author)])) as Record<Author, Reach>
}

function sumFen(schemes: readonly Scheme[]): number {
  return schemes.reduce((sum, { amountFen }) => sum + amountFen, 0)
}

/** The reach of several runs as one, with recall by schemes and by amounts. */
export function reachTogether(
  all: readonly Reach[],
): Reach & { readonly recall: number; readonly amountRecall: number } {
  const sum = (name: keyof Reach): number => all.reduce((total, reach) => total + reach[name], 0)
  const [schemes, reached, amountFen] = [sum('schemes'), sum('reached'), sum('amountFen')]
  const reachedFen = sum('reachedFen')
  const recall = schemes === 0 ? 1 : reached / schemes
  const amountRecall = amountFen === 0 ? 1 : reachedFen / amountFen
  return { schemes, named: sum('named'), reached, amountFen, reachedFen, recall, amountRecall }
}

/** Rates of several runs or detectors as one. */
export function together(
  all: readonly Rates[],
): Rates & { readonly precision: number; readonly recall: number } {
  const sum = (name: keyof Rates): number => all.reduce((total, rates) => total + rates[name], 0)
  const [findings, right, expected, found] = [sum('findings'), sum('right'), sum('expected'), sum('found')]
  return {
    findings,
    right,
    expected,
    found,
    precision: findings === 0 ? 1 : right / findings,
    recall: expected === 0 ? 1 : found / expected,
  }
}

const REVIEW: ReadonlySet<Band> = new Set(['review', 'hold'])

function ranked(
  world: World,
  { members, aside }: { readonly members: ReadonlySet<string>; readonly aside: ReadonlySet<string> },
  report: SupervisionReport,
): Pick<Measured, 'prArea' | 'honest' | 'honestInReview'> {
  const taking = new Set([
    ...(world.applications ?? []).map((application) => application.firm),
    ...(world.contracts ?? []).map((contract) => contract.provider),
  ])
  const scores = new Map(report.firms.map(({ firm, score }) => [firm, score]))
  const ordered = [...taking]
    .filter((firm) => !aside.has(firm))
    .map((firm) => ({ guilty: members.has(firm), score: scores.get(firm) ?? 0 }))
  ordered.sort((a, b) => b.score - a.score)
  const guilty = ordered.filter((one) => one.guilty).length
  let [seen, hit, prArea] = [0, 0, 0]
  for (let at = 0; at < ordered.length;) {
    const { score } = ordered[at]!
    let gained = 0
    for (; at < ordered.length && ordered[at]!.score === score; at++) {
      seen += 1
      if (ordered[at]!.guilty) gained += 1
    }
    hit += gained
    prArea += (gained / Math.max(guilty, 1)) * (hit / seen)
  }
  const inReview = report.firms.filter(({ band }) => REVIEW.has(band)).map(({ firm }) => firm)
  return {
    prArea,
    honest: ordered.length - guilty,
    honestInReview: inReview.filter((firm) => taking.has(firm) && !members.has(firm)).length,
  }
}
