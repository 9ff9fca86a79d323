// From text to a proposal: YAML or JSON in, a typed value or one refusal that names every mistake with its line.
import { isNode, LineCounter, parseDocument, type Document } from 'yaml'
import type { z } from 'zod'
import { accept, refuse, type Decision } from '../refusal.ts'
import { proposalSchema, type Proposal } from './proposal.ts'

export type ProposalCode =
  | 'feasibility.not_yaml'
  | 'feasibility.not_a_proposal'
  | 'feasibility.too_long'
  | 'feasibility.invalid'
  | 'feasibility.unknown_source'
  | 'feasibility.contract_years'
  | 'feasibility.oversold'
  | 'feasibility.funding_shares'
  | 'feasibility.grace_exceeds_loan'
  | 'feasibility.ratios'

const MOST_CHARACTERS = 1_000_000

export function readProposal(text: string): Decision<Proposal, ProposalCode> {
  if (text.length > MOST_CHARACTERS)
    return refuse('feasibility.too_long', { length: text.length, limit: MOST_CHARACTERS })
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { lineCounter, uniqueKeys: true })
  const mistake = document.errors[0]
  if (mistake) {
    if (looksLikeTable(text)) return notAProposal(text)
    const { line, col } = lineCounter.linePos(mistake.pos[0])
    return refuse('feasibility.not_yaml', { line, column: col, problem: mistake.code })
  }
  try {
    const raw: unknown = document.toJS({ maxAliasCount: 50 })
    if (raw === null || typeof raw !== 'object' || Array.isArray(raw)) return notAProposal(text)
    return checkProposal(raw, (path) => lineOf(document, lineCounter, path))
  } catch (error) {
    if (error instanceof ReferenceError)
      return refuse('feasibility.not_yaml', { line: 1, column: 1, problem: 'TOO_MANY_ALIASES' })
    throw error
  }
}

/** The line of a node, or of the nearest one above it that the file has. */
function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number | undefined {
  for (let length = path.length; length > 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
  }
  return undefined
}

/** Two first lines with the same number of commas or tabs, and no key: a CSV. */
function looksLikeTable(text: string): boolean {
  const [first = '', second = ''] = text.split(/\r?\n/)
  return [',', '\t'].some((sign) => {
    const cells = first.split(sign).length
    return cells > 1 && cells === second.split(sign).length && !/^\w+:\s/.test(first)
  })
}

const SHOWN_CHARACTERS = 60

function notAProposal(text: string): Refused {
  const firstLine = /[^\r\n]*/.exec(text.trimStart())![0].replace(/\p{C}/gu, '').slice(0, SHOWN_CHARACTERS)
  return refuse('feasibility.not_a_proposal', { firstLine })
}

/**
 * The same for data that is already parsed.
 * @param lineOf where a path stands in the file, if there is one
 */
export function checkProposal(
  raw: unknown,
  lineOf: (path: readonly PropertyKey[]) => number | undefined = () => undefined,
): Decision<Proposal, ProposalCode> {
  const parsed = proposalSchema.safeParse(raw)
  if (parsed.success) return unnamedSource(parsed.data) ?? contradiction(parsed.data) ?? accept(parsed.data)
  const found = parsed.error.issues.flatMap((issue) => mistakesOf(issue, lineOf))
  return refuse('feasibility.invalid', {
    path: found[0]!.path,
    problem: found[0]!.problem,
    count: found.length,
    mistakes: found.slice(0, MOST_MISTAKES).map((each) => each.text),
  })
}

const MOST_MISTAKES = 30

interface Mistake {
  readonly path: string
  readonly problem: string
  /** "L12 energy.pue.value: too_small >= 1" */
  readonly text: string
}

function mistakesOf(
  issue: z.core.$ZodIssue,
  lineOf: (path: readonly PropertyKey[]) => number | undefined,
): Mistake[] {
  const problem = issue.code === 'custom' ? issue.message : issue.code
  const keys = issue.code === 'unrecognized_keys' ? issue.keys : [undefined]
  return keys.map((key) => {
    const steps = key === undefined ? issue.path : [...issue.path, key]
    const [path, line] = [pathText(steps), lineOf(steps)]
    const words = [line === undefined ? '' : `L${line}`, `${path}:`, problem, expected(issue)]
    return { path, problem, text: words.filter((word) => word !== '').join(' ') }
  })
}

/** What would have been right, in signs that need no language. */
function expected(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `→ ${issue.expected}`
    case 'invalid_value':
      return `→ ${issue.values.map(String).join(' | ')}`
    case 'too_small':
      return `>= ${issue.minimum}`
    case 'too_big':
      return `<= ${issue.maximum}`
    default:
      return ''
  }
}

type Refused = Exclude<Decision<Proposal, ProposalCode>, { ok: true }>

/** Every fact names a source of the proposal's own list. */
function unnamedSource(proposal: Proposal): Refused | undefined {
  for (const { path, source } of factsOf(proposal))
    if (!Object.hasOwn(proposal.sources, source))
      return refuse('feasibility.unknown_source', { path, source })
  return undefined
}

/** Figures that cannot all be true. */
function contradiction(proposal: Proposal): Refused | undefined {
  for (const [index, contract] of (proposal.demand.offtake?.value ?? []).entries())
    if (contract.toYear < contract.fromYear)
      return refuse('feasibility.contract_years', { path: `demand.offtake.value[${index}]` })
  const oversold = (proposal.demand.offtake?.value ?? [])
    .map((contract) => ({ year: contract.fromYear, share: shareIn(proposal, contract.fromYear) }))
    .find((year) => year.share > 1 + 1e-9)
  if (oversold) return refuse('feasibility.oversold', oversold)
  const parts = proposal.funding.parts?.value
  if (parts) {
    const [least, most] = [sum(parts.map((part) => part.from)), sum(parts.map((part) => part.to))]
    if (least > 1 + 1e-9 || most < 1 - 1e-9 || parts.some((part) => part.from > part.to))
      return refuse('feasibility.funding_shares', { least, most })
  }
  const { loanYears, graceYears } = proposal.funding
  if (loanYears && graceYears && graceYears.value >= loanYears.value)
    return refuse('feasibility.grace_exceeds_loan', { grace: graceYears.value, years: loanYears.value })
  const { narrowRatio, broadRatio } = proposal.fiscal
  if (narrowRatio && broadRatio && broadRatio.value < narrowRatio.value)
    return refuse('feasibility.ratios', { narrow: narrowRatio.value, broad: broadRatio.value })
  return undefined
}

function shareIn(proposal: Proposal, year: number): number {
  const live = (proposal.demand.offtake?.value ?? []).filter(
    (contract) =>
      contract.signed && contract.takeOrPay && contract.fromYear <= year && contract.toYear >= year,
  )
  return sum(live.map((contract) => contract.share))
}

/** Every known fact with its path, in the order of the file. */
export function factsOf(proposal: Proposal): { path: string; source: string; note?: string }[] {
  const found: { path: string; source: string; note?: string }[] = []
  const walk = (value: unknown, path: string): void => {
    if (value === null || typeof value !== 'object' || path === 'sources') return
    if ('source' in value && typeof value.source === 'string') {
      const note = 'note' in value && typeof value.note === 'string' ? { note: value.note } : {}
      found.push({ path, source: value.source, ...note })
      return
    }
    for (const [key, item] of Object.entries(value)) walk(item, path === '' ? key : `${path}.${key}`)
  }
  walk(proposal, '')
  return found
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '')
}
