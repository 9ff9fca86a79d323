// From text to a proposal: YAML or JSON in, a typed value or one refusal with the path of the first mistake out.
import { LineCounter, parseDocument } from 'yaml'
import { accept, refuse, type Decision } from '../refusal.ts'
import { proposalSchema, type Proposal } from './proposal.ts'

export type ProposalCode =
  | 'feasibility.not_yaml'
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
    const { line, col } = lineCounter.linePos(mistake.pos[0])
    return refuse('feasibility.not_yaml', { line, column: col, problem: mistake.code })
  }
  try {
    return checkProposal(document.toJS({ maxAliasCount: 50 }))
  } catch (error) {
    if (error instanceof ReferenceError)
      return refuse('feasibility.not_yaml', { line: 1, column: 1, problem: 'TOO_MANY_ALIASES' })
    throw error
  }
}

/** The same for data that is already parsed. */
export function checkProposal(raw: unknown): Decision<Proposal, ProposalCode> {
  const parsed = proposalSchema.safeParse(raw)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!
    const problem = issue.code === 'custom' ? issue.message : issue.code
    const keys = issue.code === 'unrecognized_keys' ? issue.keys.map(String) : []
    return refuse('feasibility.invalid', { path: pathText([...issue.path, ...keys.slice(0, 1)]), problem })
  }
  return unnamedSource(parsed.data) ?? contradiction(parsed.data) ?? accept(parsed.data)
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
