// Why a draft cannot be submitted yet: every reason, so that a clerk sees the whole list beside the button.
import { daysBetween, type Day } from '../calendar/index.ts'
import type { ContractFacts, StatementFacts } from './facts.ts'

export interface DraftToCheck {
  readonly contract: {
    readonly [Field in keyof ContractFacts | 'providerId' | 'buyerCode' | 'account' | 'cluster']?: unknown
  } & {
    readonly startsOn?: Day | undefined
    readonly endsOn?: Day | undefined
    readonly prices?: readonly unknown[] | undefined
  }
  readonly statements: StatementFacts & {
    readonly purpose?: string | undefined
    readonly truthful?: boolean | undefined
  }
  readonly documents: readonly { readonly kind: string }[]
  readonly project?: ProjectDraft | undefined
  readonly proofs?:
    | { readonly invoices: readonly unknown[]; readonly payments: readonly unknown[] }
    | undefined
}

/** A project as its firm plans it, where projects are selected. */
export interface ProjectDraft {
  readonly title?: string | undefined
  readonly plan?: string | undefined
  readonly startsOn?: Day | undefined
  readonly endsOn?: Day | undefined
  readonly budgetFen?: unknown
  /** items of the corpus that it delivers */
  readonly items?: number | undefined
}

/** What a programme asks of an application beyond the contract itself. */
export interface Required {
  /** kinds of documents that the conditions ask for */
  readonly documents: readonly string[]
  /** facts that the applicant states itself */
  readonly declared: readonly string[]
  /** invoices and payments come with the application */
  readonly proofs: boolean
  /** the party to the contract that the applicant names: whom it buys from, or whom it sells to */
  readonly counterparty: 'providerId' | 'buyerCode'
  /** it rests on a project, and on no contract */
  readonly project: boolean
}

/** What is missing or contradicts itself: a code for the page, and the field or document it is about. */
export interface Missing {
  readonly code: 'field' | 'document' | 'promise' | 'dates' | 'contract_used'
  readonly about: string
}

const CONTRACT_FIELDS = [
  'number',
  'signedOn',
  'startsOn',
  'endsOn',
  'amountFen',
  'excludedFen',
  'use',
] as const
const SERVICE_FIELDS = ['cluster', 'account'] as const
export const PROJECT_FIELDS = ['title', 'plan', 'startsOn', 'endsOn', 'budgetFen', 'items'] as const
const PROJECT_STATEMENT_FIELDS = ['otherCitySubsidy'] as const
const STATEMENT_FIELDS = ['relatedParties', 'otherCitySubsidy', 'purpose'] as const

export function missingIn(draft: DraftToCheck, required: Required): readonly Missing[] {
  const { statements, proofs, project = {} } = draft
  const stated = required.project ? PROJECT_STATEMENT_FIELDS : STATEMENT_FIELDS
  const missing: Missing[] = [
    ...(required.project
      ? PROJECT_FIELDS.filter((field) => empty(project[field])).map((field) =>
          fieldMissing(`project.${field}`),
        )
      : contractGaps(draft, required)),
    ...stated.filter((field) => empty(statements[field])).map((field) => fieldMissing(`statements.${field}`)),
    ...required.declared
      .filter((fact) => empty(statements.declared?.[fact]))
      .map((fact) => fieldMissing(`statements.${fact}`)),
    ...(['invoices', 'payments'] as const)
      .filter((kind) => required.proofs && (proofs?.[kind] ?? []).length === 0)
      .map((kind) => fieldMissing(`proofs.${kind}`)),
  ]
  const have = new Set(draft.documents.map(({ kind }) => kind))
  for (const kind of required.documents) if (!have.has(kind)) missing.push({ code: 'document', about: kind })
  const dates = datesProblem(required.project ? project : draft.contract)
  if (dates !== null) missing.push({ code: 'dates', about: dates })
  if (statements.truthful !== true) missing.push({ code: 'promise', about: 'truthful' })
  return missing
}

function contractGaps({ contract }: DraftToCheck, { counterparty }: Required): Missing[] {
  const fields = [counterparty, ...CONTRACT_FIELDS, ...SERVICE_FIELDS]
  return [
    ...fields.filter((field) => empty(contract[field])).map((field) => fieldMissing(`contract.${field}`)),
    ...((contract.prices ?? []).length === 0 ? [fieldMissing('contract.prices')] : []),
  ]
}

const empty = (value: unknown): boolean => value === undefined || value === ''

function fieldMissing(about: string): Missing {
  return { code: 'field', about }
}

/** A term that ends before it starts, or a term longer than ten years, is a slip of the pen. */
export function datesProblem(contract: {
  readonly startsOn?: Day | undefined
  readonly endsOn?: Day | undefined
}): 'ends_before_start' | 'term_too_long' | null {
  const { startsOn, endsOn } = contract
  if (startsOn === undefined || endsOn === undefined) return null
  if (endsOn < startsOn) return 'ends_before_start'
  return daysBetween(startsOn, endsOn) > 3660 ? 'term_too_long' : null
}
